"""Colours of the markdown being written: the lines in view only, each by its chunk's kind and its own text.

Formats are laid over the layout of a line and are no part of the document, so that colouring never looks like an edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QFont, QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from editor.core.article import Article
from editor.core.chunks import Chunk, ChunkKind
from editor.core.citation_state import CitationState
from editor.core.line_source import BEGINNING, CutState
from editor.core.lines import count_endings, first_line, split_lines, utf16_length
from editor.ui.line_marks import Marks, kept, moved
from editor.ui.theme import Tokens

if TYPE_CHECKING:
    from editor.core.citations import Citations
    from editor.ui.mention_marks import ChunkMarks, MentionMarks

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_LIST = re.compile(r"[ \t]*([-*+]|\d{1,9}[.)])(?=[ \t])")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_KEY = re.compile(r"([^\s#:][^:#]*):(?=\s|$)")
_DELIMITER_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_INLINE = re.compile(
    r"(?=[\\`!\[<h*_|])(?:"  # what any of them begins with: at most places of a line nothing has to be tried
    r"(?P<escape>\\[\\`*_{}\[\]()#+\-.!|~<>])"
    r"|(?P<code>(?P<ticks>`+)(?!`).{0,2000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<link>!?\[[^\[\]]{0,500}\](?:\([^()\s]{0,500}(?:[ ]\"[^\"]{0,200}\")?\)|\[[^\[\]]{0,200}\]))"
    r"|(?P<address><?https?://[^\s<>|)]{1,500}>?)"
    r"|(?P<html></?[A-Za-z][^<>]{0,500}>|<!--.{0,500}?-->)"
    r"|(?P<strong>(?P<double>\*\*|__)(?=\S).{1,1000}?(?<=\S)(?P=double))"
    r"|(?P<emphasis>(?<!\w)(?P<single>[*_])(?=[^\s*_]).{0,1000}?(?<=[^\s*_])(?P=single)(?!\w))"
    r"|(?P<pipe>\|)"
    r")"
)
LONGEST_LINE = 65_536
"""UTF-16 units of the longest line that is coloured: Qt lays out a whole line at each key, and again for colours."""


class LineKind(Enum):
    """What a line is to the eye."""

    TEXT = auto()
    HEADING = auto()
    CODE = auto()
    FENCE = auto()
    QUOTE = auto()
    FIELD = auto()
    MARKER = auto()
    HTML = auto()


@lru_cache(maxsize=512)
def line_kinds(kind: ChunkKind, text: str, fence: str = "", following: str = "") -> tuple[LineKind, ...]:
    """The kind of each line of a chunk, or of a part of one that begins in a `fence` and has the line `following`."""
    lines = [line.rstrip("\r\n") for line in split_lines(text)]
    if kind is ChunkKind.FRONT_MATTER:
        fences = (0, max((number for number, line in enumerate(lines) if line.strip()), default=0))
        return tuple(LineKind.MARKER if number in fences else LineKind.FIELD for number in range(len(lines)))
    return tuple(_body_kinds(kind, lines, fence, following))


def _body_kinds(kind: ChunkKind, lines: list[str], fence: str, after: str) -> Iterator[LineKind]:
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if fence:
            closes = found is not None and found.group(1).startswith(fence) and not line.strip(" \t`~")
            fence = "" if closes else fence
            yield LineKind.FENCE if closes else LineKind.CODE
        elif found:
            fence = found.group(1)
            yield LineKind.FENCE
        elif kind is ChunkKind.CODE and line.startswith(("    ", "\t")):
            yield LineKind.CODE
        else:
            following = lines[number + 1] if number + 1 < len(lines) else after
            yield _prose_kind(kind, line, following)


def _prose_kind(kind: ChunkKind, line: str, following: str) -> LineKind:
    if _HEADING.match(line):
        return LineKind.HEADING
    if kind is ChunkKind.PARAGRAPH and line.strip() and "|" not in line and _UNDERLINE.match(following):
        return LineKind.HEADING
    if _QUOTE.match(line):
        return LineKind.QUOTE
    if kind is ChunkKind.RULE or _UNDERLINE.match(line) or ("-" in line and _DELIMITER_ROW.match(line)):
        return LineKind.MARKER
    if kind is ChunkKind.HTML:
        return LineKind.HTML
    return LineKind.TEXT


class _Line(NamedTuple):
    """What a line was coloured as."""

    kind: LineKind
    text: str
    marks: Marks


class Highlighter:
    """Colours blocks of one document on demand and remembers what it did, so that a line is coloured once.

    Looking for citations takes longer than a letter may: lines keep the marks that they had until `read_citations`.
    """

    def __init__(self, document: QTextDocument, look: Tokens) -> None:
        self._document = document
        self._done: dict[int, _Line] = {}
        self._former: list[tuple[str, Marks]] = []
        self._look = look
        self._formats = _formats(look)
        self._citations: MentionMarks | None = None
        self._is_thorough = False
        self.has_unread = False
        """Whether chunks were coloured in which citations have not been looked for."""

    def wear(self, look: Tokens) -> None:
        """Take other colours, if they are others; all lines are to be coloured anew then."""
        if look == self._look:
            return
        self._look = look
        self._formats = _formats(look)
        self._done.clear()

    def judge_by(self, citations: Citations) -> None:
        """Mark citations by what is known of them now; `colour` and `read_citations` show it."""
        from editor.ui.mention_marks import MentionMarks  # noqa: PLC0415

        self._citations = MentionMarks(citations)
        self._is_thorough = True

    def forget(self, first_line: int) -> None:
        """Lines from this one on are no longer the ones that were coloured, by number."""
        gone = [self._done.pop(line) for line in [line for line in self._done if line >= first_line]]
        self._former += ((line.text, line.marks) for line in gone if line.marks)

    def colour(self, article: Article, first: QTextBlock, last_line: int) -> None:
        """Colour the lines from the block `first` to the line `last_line`, from 0, that are not coloured yet."""
        block = first
        place = article.chunks.at_line(block.blockNumber())
        line = place.before.lines
        for chunk in article.chunks.following(place.index):
            if line > last_line:
                break
            marks = self._citations.known_in(chunk) if self._citations else None
            self.has_unread |= marks is None and self._citations is not None
            block = self._colour_chunk(chunk, line, block, last_line, marks)
            line += chunk.lines

    def read_citations(self, article: Article, first: QTextBlock, last_line: int) -> None:
        """Look for citations in the chunks of these lines where that was not done yet, and mark them."""
        if self._citations is None:
            return
        place = article.chunks.at_line(first.blockNumber())
        line, start = place.before.lines, place.before.code_points
        table = article.citations_table
        for chunk in article.chunks.following(place.index):
            if line > last_line:
                break
            if self._citations.known_in(chunk) is None:
                marks = self._citations.read(chunk, start, table, thorough=self._is_thorough)
                self._colour_chunk(
                    chunk, line, self._document.findBlockByNumber(max(line, first.blockNumber())), last_line, marks
                )
            line += chunk.lines
            start += len(chunk.text)
        self.has_unread = self._is_thorough = False
        self._former.clear()

    def _colour_chunk(
        self, chunk: Chunk, start: int, block: QTextBlock, last_line: int, marks: ChunkMarks | None
    ) -> QTextBlock:
        """Colour a chunk whose first line is `start`; the block after it."""
        first, last = block.blockNumber() - start, last_line - start
        for line, kinds in kinds_of_parts(chunk, first, last):
            while (
                block.isValid() and block.blockNumber() <= last_line and block.blockNumber() - start - line < len(kinds)
            ):
                in_chunk = block.blockNumber() - start
                self._colour_line(block, kinds[in_chunk - line], marks.of(in_chunk) if marks else self._kept(block))
                block = block.next()
        return block

    def _kept(self, block: QTextBlock) -> Marks:
        """The marks that a line keeps until citations are looked for in it."""
        done = self._done.get(block.blockNumber())
        if done is not None:
            return moved(done.marks, done.text, block.text())
        return kept(self._former, block.text()) if self._former else ()

    def follow_line(self, block: QTextBlock) -> None:
        """Colour a line as what it was by what it reads now, just before the document's layout hears of the change."""
        if done := self._done.get(block.blockNumber()):
            self._set_colours(block, done.kind, moved(done.marks, done.text, block.text()))

    def _colour_line(self, block: QTextBlock, kind: LineKind, marks: Marks) -> None:
        if self._set_colours(block, kind, marks):
            # The same call that QSyntaxHighlighter makes: the layout must know, nobody else has to.
            blocked = self._document.blockSignals(True)
            self._document.markContentsDirty(block.position(), block.length())
            self._document.blockSignals(blocked)

    def _set_colours(self, block: QTextBlock, kind: LineKind, marks: Marks) -> bool:
        """Lay the colours over a line, and say whether there is another colour now."""
        is_long = block.length() > LONGEST_LINE
        # Qt would shape all of it anew whenever a part is painted or asked for: 20 to 50 ms for a megabyte. What it
        # keeps would not do for other formats, of which a long line has none.
        block.layout().setCacheEnabled(is_long)
        if is_long:
            return False
        text = block.text()
        done = _Line(kind, text, marks)
        if self._done.get(block.blockNumber()) == done:
            return False
        self._done[block.blockNumber()] = done
        ranges = [self._range(text, *span) for span in spans(kind, text)]
        ranges += [self._range(text, mark.start, mark.end, mark.state) for mark in marks]
        layout = block.layout()
        if not ranges and not layout.formats():
            return False
        layout.setFormats(ranges)
        return True

    def _range(self, text: str, start: int, end: int, name: str) -> QTextLayout.FormatRange:
        span = QTextLayout.FormatRange()
        span.start = utf16_length(text[:start])
        span.length = utf16_length(text[start:end])
        span.format = self._formats[name]
        return span


def kinds_of_parts(chunk: Chunk, first: int = 0, last: int | None = None) -> Iterator[tuple[int, Sequence[LineKind]]]:
    """The kinds of a chunk's lines part by part, each with its first line, for those with lines from `first` to `last`.

    Lines count from 0 in the chunk.
    """
    line = 0
    for (state, text), (_, after) in pairwise((*chunk.parts, (BEGINNING, ""))):
        endings = count_endings(text)
        lines = endings + (not text.endswith(("\n", "\r")))
        if first < line + lines and (last is None or line <= last):
            yield line, line_kinds(chunk.kind, text, _fence_of(state), first_line(after))
        line += endings


def _fence_of(state: CutState) -> str:
    return state.holder if state.holder.startswith(("`", "~")) else state.container.fence


def spans(kind: LineKind, text: str) -> list[tuple[int, int, str]]:
    """What is coloured in a line: code points from, up to, and the name of the format."""
    if kind in _WHOLE_LINE:
        found = [(0, len(text), _WHOLE_LINE[kind])]
        if kind is LineKind.HEADING and (heading := _HEADING.match(text)):
            found.append((heading.start(1), heading.end(1), "heading marker"))
        return found
    if kind is LineKind.FIELD:
        key = _KEY.match(text)
        return [(0, key.end(1), "key"), (key.end(1), key.end(), "marker")] if key else []
    found = []
    begin = 0
    if quote := _QUOTE.match(text):
        found += [(0, len(text), "quote"), (0, quote.end(), "marker")]
        begin = quote.end()
    if item := _LIST.match(text, begin):
        found.append((item.start(1), item.end(1), "marker"))
        begin = item.end()
    found += _inline_spans(text, begin)
    return found


def _inline_spans(text: str, begin: int) -> Iterator[tuple[int, int, str]]:
    for match in _INLINE.finditer(text, begin):
        name = match.lastgroup or ""
        name = {"ticks": "code", "double": "strong", "single": "emphasis"}.get(name, name)
        if name == "escape":
            continue
        yield match.start(), match.end(), "link" if name == "address" else name


_WHOLE_LINE = {
    LineKind.HEADING: "heading",
    LineKind.CODE: "code",
    LineKind.FENCE: "marker",
    LineKind.MARKER: "marker",
    LineKind.HTML: "html",
}


_UNDERLINES = {
    CitationState.ANSWERED: QTextCharFormat.UnderlineStyle.SingleUnderline,
    CitationState.MISSING: QTextCharFormat.UnderlineStyle.WaveUnderline,
    CitationState.CONTRADICTING: QTextCharFormat.UnderlineStyle.DashUnderline,
    CitationState.AMBIGUOUS: QTextCharFormat.UnderlineStyle.DotLine,
}


def _formats(look: Tokens) -> dict[str, QTextCharFormat]:
    formats: dict[str, QTextCharFormat] = {}
    for name in ("heading", "strong", "emphasis", "code", "link", "quote", "key", "pipe", "marker", "html"):
        formats[name] = QTextCharFormat()
        formats[name].setForeground(QColor(getattr(look.syntax, name)))
    formats["heading"].setFontWeight(QFont.Weight.Bold)
    formats["strong"].setFontWeight(QFont.Weight.Bold)
    formats["emphasis"].setFontItalic(True)
    formats["heading marker"] = QTextCharFormat(formats["marker"])
    for state in CitationState:
        formats[state] = QTextCharFormat()
        formats[state].setForeground(QColor(citation_colour(look, state)))
        if state in _UNDERLINES:
            formats[state].setUnderlineStyle(_UNDERLINES[state])
            quiet = state is CitationState.ANSWERED
            formats[state].setUnderlineColor(QColor(look.palette.edge if quiet else citation_colour(look, state)))
    return formats


def citation_colour(look: Tokens, state: CitationState) -> str:
    """The colour of a citation as `#rrggbb`."""
    if state is CitationState.MISSING:
        return look.palette.error
    is_well = state in (CitationState.PLAIN, CitationState.ANSWERED)
    return look.syntax.citation if is_well else look.palette.warning
