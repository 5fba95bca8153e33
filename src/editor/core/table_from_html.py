"""The first table of an HTML text as a block of cells, links and emphasis in them as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from itertools import groupby

from editor.core.table_clipboard import MOST_CELLS, Block, block_of, too_many_cells
from editor.core.text_edit import EditRefused

MOST_CHARACTERS = 8_000_000
"""What is longer is refused: it comes from anywhere, and the window waits for it."""

_SPACES = re.compile(r"[ \t\n\r\f]+")
_RUN_OF_SPACES = re.compile(" +")
_AROUND_BREAK = re.compile(r" ?\n ?")
_OUTSIDE = " \n\xa0"
"""What stands around a text and is no part of it."""
_MARKS = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "cite"), "*"),
    **dict.fromkeys(("code", "tt", "kbd"), "`"),
    **dict.fromkeys(("s", "del", "strike"), "~~"),
}
_INSIDE_OUT = ("`", "~~", "*", "**")
_BLOCKS = frozenset(("p", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"))
_UNSEEN = frozenset(("script", "style", "head", "title", "template", "noscript"))
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_IN_ADDRESS = {character: f"%{ord(character):02X}" for character in "()<>|\\"}
_MOST_SPAN, _MOST_DIGITS = 1_000, 6


@dataclass(slots=True)
class _Run:
    """A stretch of a cell's text with the same marks and the same link."""

    text: str
    marks: frozenset[str]
    address: str


@dataclass(slots=True)
class _Cell:
    columns: int
    rows: int
    runs: list[_Run] = field(default_factory=list)


def block_of_html(html: str) -> Block | None:
    """The cells of the first table with any; None where there is none.

    White space is read as browsers do, `<br>` and paragraphs as line breaks, cells that reach over others are followed
    by empty ones. Raises EditRefused where it is too large.
    """
    if len(html) > MOST_CHARACTERS:
        raise EditRefused(f"What was copied is too long to be pasted into a table: {len(html):,} characters.")
    reader = _TableReader()
    try:
        reader.feed(_without_declarations(html))
        reader.close()
    except AssertionError:
        # html.parser's way of giving up; what it read before that stands.
        pass
    rows = _spanned(reader.rows)
    return block_of(rows) if any(rows) else None


def _without_declarations(html: str) -> str:
    """The text without comments and declarations: looking for ends that are missing takes html.parser forever."""
    pieces: list[str] = []
    place = 0
    opened = html.find("<", html.rfind(">") + 1)
    html = html[:opened] if opened >= 0 else html
    while (at := html.find("<!", place)) >= 0:
        pieces.append(html[place:at])
        ending = "-->" if html.startswith("<!--", at) else ">"
        end = html.find(ending, at)
        if end < 0:
            return "".join(pieces)
        place = end + len(ending)
    return "".join((*pieces, html[place:]))


class _TableReader(HTMLParser):
    """Collects the rows of the first table that has cells; a table inside a cell is part of its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[_Cell]] = []
        self._depth = 0
        self._done = False
        self._in_cell = False
        self._unseen = 0
        self._marks: Counter[str] = Counter()
        self._addresses: list[str] = []
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._done:
            return
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._depth += 1
            self._break()
        elif self._depth == 1 and tag == "tr":
            self._begin_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag == "br":
            self._say("\n")
        elif tag == "a":
            self._addresses.append(dict(attrs).get("href") or "")
        elif tag in _MARKS:
            self._marks[_MARKS[tag]] += 1
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag == "table" and self._depth:
            self._depth -= 1
            self._in_cell = self._in_cell and self._depth > 0
            self._done = self._depth == 0 and bool(self.rows and any(self.rows))
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._in_cell = False
        elif tag == "a":
            del self._addresses[-1:]
        elif tag in _MARKS:
            self._marks[_MARKS[tag]] = max(self._marks[_MARKS[tag]] - 1, 0)
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if text := _SPACES.sub(" ", data):
            self._say(text)

    def _begin_row(self) -> None:
        self._in_cell = False
        self.rows.append([])

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        if not self.rows:
            self._begin_row()
        columns, rows = (_span(attributes.get(name)) for name in ("colspan", "rowspan"))
        self._cells += columns * rows
        if self._cells > MOST_CELLS:
            raise too_many_cells()
        self.rows[-1].append(_Cell(columns, rows))
        self._in_cell = True
        self._marks.clear()
        self._addresses.clear()

    def _break(self) -> None:
        """Begin a new line, unless one begins here already."""
        runs = self.rows[-1][-1].runs if self._in_cell else []
        if runs and not runs[-1].text.endswith("\n"):
            self._say("\n")

    def _say(self, text: str) -> None:
        if not self._in_cell or self._unseen or self._done:
            return
        marks = frozenset(mark for mark, times in self._marks.items() if times)
        address = self._addresses[-1] if self._addresses else ""
        self.rows[-1][-1].runs.append(_Run(text, marks, address))


def _span(value: str | None) -> int:
    if not value or not value.isascii() or not value.isdigit():
        return 1
    return min(max(int(value[:_MOST_DIGITS]), 1), _MOST_SPAN)


def _spanned(rows: list[list[_Cell]]) -> list[list[str]]:
    """The cells' texts at their places, an empty text wherever a cell reaches to from another place."""
    taken: dict[int, int] = {}
    block: list[list[str]] = []
    for row in filter(None, rows):
        line: list[str] = []
        below: dict[int, int] = {}
        for cell in row:
            while taken.get(len(line)):
                line.append("")
            for column in range(len(line), len(line) + cell.columns):
                below[column] = cell.rows - 1
            line += [_text(cell.runs), *[""] * (cell.columns - 1)]
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        taken |= {column: left for column, left in below.items() if left}
        block.append(line)
    return block


def _text(runs: list[_Run]) -> str:
    """A cell's runs as Markdown."""
    pieces: list[str] = []
    for address, linked in groupby(runs, key=lambda run: run.address):
        inside: list[str] = []
        for marks, alike in groupby(linked, key=lambda run: run.marks):
            inside += _wrapped("".join(run.text for run in alike), partial(_marked, marks=marks))
        pieces += _wrapped("".join(inside), partial(_linked, address=address))
    return _AROUND_BREAK.sub("\n", _RUN_OF_SPACES.sub(" ", "".join(pieces))).strip(_OUTSIDE)


def _wrapped(text: str, wrap: Callable[[str], str]) -> Iterator[str]:
    """The text with what wraps it right beside its first and last letter, where Markdown wants it."""
    inside = text.strip(_OUTSIDE)
    before = len(text) - len(text.lstrip(_OUTSIDE))
    yield text[:before]
    if inside:
        yield wrap(inside)
        yield text[before + len(inside) :]


def _marked(text: str, marks: frozenset[str]) -> str:
    if any(mark in text for mark in marks):
        return text
    for mark in _INSIDE_OUT:
        text = f"{mark}{text}{mark}" if mark in marks else text
    return text


def _linked(text: str, address: str) -> str:
    if not _ADDRESS.fullmatch(address) or text == address or "]" in text:
        return text
    return f"[{text}]({''.join(_IN_ADDRESS.get(character, character) for character in address)})"
