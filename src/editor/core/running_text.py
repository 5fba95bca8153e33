"""The running text of a chunk as a reader reads it, and where in the source each of its characters stands.

Code, HTML, addresses and the marks of markdown are not read. What is set in code and any address leave one `MASK`
behind, since a name cannot go on across them; marks of emphasis, brackets of links and tags leave nothing.
"""

import html
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from editor.core.blocks import BLANK, BREAK, FENCE, LIST_ITEM, TAG, UNDERLINE, behind_marks, indent_of
from editor.core.lines import split_lines
from editor.core.patterns import when_used

MASK = "\ufffc"
"""Stands for what is no prose: a code span, an address, a comment."""

_CONTINUED = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_LINK_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]{1,999}\]:[ \t]*\S")
_STARTS_SEGMENT = re.compile(r" {0,3}(?:#{1,6}(?![^ \t])|\||\[\^[^\]\s]+\]:|[:~][ \t])")
# CommonMark, section 5.2: in a paragraph no ordered list begins with such a number, but a year and its bracket may.
_BEGINS_WITH_YEAR = re.compile(r"[0-9]{4,9}[.)]")
_VERBATIM = "script|style|pre|textarea"
_TOKEN = re.compile(
    rf"""(?P<escape>\\[!-/:-@\[-`{{-~])
    |(?P<code>`+)
    |(?P<comment><!--)
    |(?P<verbatim><(?:{_VERBATIM})\b)
    |(?P<address><[A-Z][A-Z0-9+.-]{{1,31}}:[^\s<>]*+>|(?:https?://|www\.)[^\s<>]*+)
    |(?P<tag><{TAG})
    |(?P<entity>&(?:\#[0-9]{{1,7}}|\#X[0-9A-F]{{1,6}}|[A-Z][A-Z0-9]{{1,31}});)
    |(?P<note>\[\^[^\]\s]*+\]:?)
    |(?P<opening>!?\[)
    |(?P<target>\]\([ \t]*+(?:<[^<>\r\n]*+>|[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)
        (?:\s++(?:"[^"]*+"|'[^']*+'))?+\s*+\))
    |(?P<reference>\]\[[^\]\[]*+\])
    |(?P<closing>\])
    |(?P<emphasis>\*+|~~+|(?<![^\W_])_+|_+(?![^\W_]))""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
_TARGET = when_used(r"\]\([ \t]*(<[^<>\r\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)")
IMAGE_TAG = when_used(r"<img(?=[\s/>])", re.IGNORECASE)
_ATTRIBUTE = when_used(r"""\s([A-Za-z_:][\w.:-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+)""")
# Of a label no more is read, so that brackets within brackets cost no more than they are long.
_MOST_PIECES = 200
_BACKTICKS = re.compile("`+")
_HTML_ENDS = {"comment": re.compile("-->"), "verbatim": re.compile(rf"</(?:{_VERBATIM})\s*>", re.IGNORECASE)}


_index = itemgetter(0)


class Link(NamedTuple):
    """A link or a picture: code points from `start` up to `end` of the source, from its first bracket on.

    `target` is the address as written, "" where it is defined elsewhere; `label` what is read of it.
    """

    start: int
    end: int
    label: str
    target: str
    is_picture: bool


class Segment(NamedTuple):
    """A paragraph's worth of running text: no name and no citation goes on from one segment to the next.

    `text` is what is read. `places` are pairs: from this index of `text` on, characters stand one by
    one from this code point of the source on.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    links: tuple[Link, ...] = ()

    def place(self, at: int) -> int:
        """The code point of the source where the character at an index of `text` stands."""
        begins, source = self.places[bisect_right(self.places, at, key=_index) - 1]
        return source + at - begins

    def span(self, start: int, end: int) -> tuple[int, int]:
        """From which code point of the source up to which the characters from `start` up to `end` stand."""
        return self.place(start), self.place(end - 1) + 1


def segments(text: str, *, indented_is_code: bool = True) -> Iterator[Segment]:
    """What is read of a chunk's text, paragraph by paragraph.

    `indented_is_code`: whether a line behind a blank one that is indented by four columns is code; in a list it is not.
    """
    yield from (_ParagraphReader(lines).read() for lines in _paragraphs(text, indented_is_code=indented_is_code))


_Line = tuple[int, str]
"""Where a line's content begins in the source, and that content with its ending."""


def _paragraphs(text: str, *, indented_is_code: bool) -> Iterator[list[_Line]]:
    lines: list[_Line] = []
    start = 0
    fence: re.Pattern[str] | None = None
    after_blank = True
    for line in split_lines(text):
        content = line.rstrip("\r\n")
        goes_on = bool(lines) and _BEGINS_WITH_YEAR.match(content[_end(content) :]) is not None
        rest = content[_end(content) :] if goes_on else behind_marks(content)
        ends = begins = False
        if fence:
            ends = True
            fence = None if fence.match(rest) else fence
        elif opening := FENCE.match(rest):
            ends = True
            fence = _closing(opening[1])
        elif (after_blank and indented_is_code and indent_of(content) >= 4) or _is_no_prose(content, rest):
            ends = True
        else:
            item = not goes_on and LIST_ITEM.match(content.lstrip(" \t"))
            begins = bool(_STARTS_SEGMENT.match(content) or item)
        if (ends or begins) and lines:
            yield lines
            lines = []
        if not ends:
            at = len(content) - len(rest) if begins or not lines else _end(content)
            lines.append((start + at, line[at:]))
        after_blank = BLANK.match(content) is not None or (after_blank and ends)
        start += len(line)
    if lines:
        yield lines


def _is_no_prose(content: str, rest: str) -> bool:
    """Whether a line is blank, a rule, a heading's underline or defines a link; `rest` is it without its marks."""
    return any(
        pattern.match(line)
        for pattern, line in ((BLANK, rest), (UNDERLINE, content), (BREAK, content), (_LINK_DEFINITION, content))
    )


def _end(content: str) -> int:
    found = _CONTINUED.match(content)
    return found.end() if found else 0


@lru_cache(maxsize=64)
def _closing(fence: str) -> re.Pattern[str]:
    return re.compile(rf"[ \t]*{fence[0]}{{{len(fence)},}}+[ \t]*\Z")


class _ParagraphReader:
    """Reads one paragraph from left to right: `read` gives what a reader reads of it."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        starts = accumulate((len(content) for _, content in lines), initial=0)
        self._source = Segment(
            "".join(content for _, content in lines),
            tuple((start, source) for start, (source, _) in zip(starts, lines, strict=False)),
        )
        self._pieces: list[str] = []
        self._places: list[tuple[int, int]] = []
        self._length = 0
        self._brackets: list[tuple[int, int]] = []
        """Of the brackets that are open, where among the pieces they stand and where in the paragraph."""
        self._links: list[Link] = []

    def read(self) -> Segment:
        text, at = self._source.text, 0
        while token := _TOKEN.search(text, at):
            self._take_plain(at, token.start())
            at = self._take_token(token)
        self._take_plain(at, len(text))
        return Segment("".join(self._pieces), tuple(self._places) or self._source.places, tuple(self._links))

    def _take_token(self, token: re.Match[str]) -> int:
        """Take what a token of markdown leaves to be read, and return where the text goes on behind it."""
        start, end = token.span()
        match token.lastgroup:
            case "code":
                closing = self._closing_run(len(token[0]), end)
                self._take(MASK if closing else token[0], start)
                return closing or end
            case "comment" | "verbatim" as kind:
                closed = _HTML_ENDS[kind].search(self._source.text, end)
                self._take(MASK, start)
                return closed.end() if closed else len(self._source.text)
            case "address":
                self._take(MASK, start)
            case "escape":
                self._take(token[0][1], start + 1)
            case "entity":
                self._take(html.unescape(token[0]), start)
            case "tag":
                self._note_image(token)
            case "opening":
                self._brackets.append((len(self._pieces), start))
                self._take("[", end - 1)
            case "target" | "reference" | "closing" as kind:
                return self._close_bracket(start, end, is_link=kind != "closing")
        return end

    def _note_image(self, tag: re.Match[str]) -> None:
        """Note a picture that is written as HTML. One whose alternative text is empty is so on purpose."""
        if not IMAGE_TAG.match(tag[0]):
            return
        attributes = {name.lower(): html.unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(tag[0])}
        if "src" in attributes:
            label = attributes.get("alt", "") or (MASK if "alt" in attributes else "")
            self._links.append(Link(*self._source.span(*tag.span()), label, attributes["src"], is_picture=True))

    def _close_bracket(self, start: int, end: int, *, is_link: bool) -> int:
        opening = self._brackets.pop() if self._brackets else None
        if not is_link or opening is None:
            self._take("]", start)
            return start + 1
        piece, begins = opening
        target = _TARGET.match(self._source.text, start)
        self._links.append(
            Link(
                *self._source.span(begins, end),
                "".join(self._pieces[piece + 1 : piece + _MOST_PIECES]),
                target[1].removeprefix("<").removesuffix(">") if target else "",
                self._source.text[begins] == "!",
            )
        )
        self._pieces[piece] = " "
        return end

    def _take(self, piece: str, at: int) -> None:
        """Take a piece that stands from an index of the paragraph on."""
        if piece:
            self._places.append((self._length, self._source.place(at)))
            self._pieces.append(piece)
            self._length += len(piece)

    def _take_plain(self, start: int, end: int) -> None:
        """Take characters that mean what they are, line by line, since each line has a place of its own."""
        places = self._source.places
        while start < end:
            line = bisect_right(places, start, key=_index)
            stop = min(end, places[line][0]) if line < len(places) else end
            self._take(self._source.text[start:stop], start)
            start = stop

    @cached_property
    def _runs(self) -> Mapping[int, Sequence[int]]:
        """Where runs of backticks end, by their length."""
        runs: dict[int, list[int]] = defaultdict(list)
        for run in _BACKTICKS.finditer(self._source.text):
            runs[len(run[0])].append(run.end())
        return runs

    def _closing_run(self, length: int, at: int) -> int | None:
        """Where the code span ends that a run of this length opens before `at`; None where nothing closes it."""
        ends = self._runs[length]
        index = bisect_right(ends, at)
        return ends[index] if index < len(ends) else None
