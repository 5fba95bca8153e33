"""What is open while a text is read line by line: where in a line reading is, the containers, and the last block."""

from __future__ import annotations

import re

from editor.core.blocks import BLANK

TAB = 4


class Cursor:
    """One line, and how much of it its containers have taken.

    `raw` is what is left of it; `rest` is that with its indentation as spaces, tab stops being every fourth column.
    """

    __slots__ = ("_column", "blank", "indent", "raw", "rest", "text")

    def __init__(self, line: str) -> None:
        self._column = 0
        self._leave(line)

    def take(self, columns: int) -> None:
        """Take that many columns, of white space or of a mark without tabs."""
        self._column += columns
        self._leave((self.rest if "\t" in self.raw[:columns] else self.raw)[columns:])

    def _leave(self, raw: str) -> None:
        self.raw = self.rest = raw
        self.text = raw.lstrip(" \t")
        space = raw[: len(raw) - len(self.text)]
        if "\t" in space:
            before = self._column % TAB
            space = (" " * before + space).expandtabs(TAB)[before:]
            self.rest = space + self.text
        self.indent = len(space)
        self.blank = not self.text


class OpenList:
    """A list that its next item may still join: items of the same `kind`, their last character or bullet."""

    def __init__(self, kind: str, start: int | None) -> None:
        self.kind = kind
        self.start = start
        self.loose = False
        self.ends_blank = False
        self.items: list[str] = []


class Container:
    """A document, quote, item or block that goes on four columns in; `out` is what it holds, laid out.

    `width` is by how many columns its lines are indented, `mark` what begins it in the new lines. `blank` says that a
    blank line came last, `last` what kind of block did, "words" being a paragraph that may be a term, and `right_under`
    that it begins right under the line before. `definitions_end` is where in `out` the last definitions were.
    """

    def __init__(self, kind: str, width: int = 0, mark: str = "", *, right_under: bool = False) -> None:
        self.kind = kind
        self.width = width
        self.mark = mark
        self.out: list[str] = []
        self.open_list: OpenList | None = None
        self.empty = True
        self.blank = False
        self.last = ""
        self.right_under = right_under
        self.definitions_end: int | None = None

    def goes_on(self, cursor: Cursor) -> bool:
        """Whether the container holds the line too, which then has its columns or mark taken."""
        if self.kind == "quote":
            if cursor.indent >= TAB or not cursor.text.startswith(">"):
                return False
            take_quote_mark(cursor)
            return True
        if cursor.blank:
            cursor.take(min(self.width, cursor.indent))
            return self.kind != "item" or not self.empty
        if cursor.indent < self.width:
            return False
        cursor.take(self.width)
        return True

    def put(self, lines: list[str], kind: str = "", *, right_under: bool = False) -> None:
        """Add a block with a blank line after it, and before it one too unless it is right under a term."""
        if right_under and self.last == "words":
            self.out.pop()
        self.out += lines
        self.out.append("")
        self.last = kind

    @property
    def content(self) -> str:
        """What it holds, without blank lines at its end."""
        return "\n".join(self.out).rstrip("\n")


def take_quote_mark(cursor: Cursor) -> None:
    """Take a quote's mark and the space after it, if there is one."""
    cursor.take(cursor.indent + 1)
    if cursor.rest.startswith(" "):
        cursor.take(1)


class Paragraph:
    """Lines of words."""

    def __init__(self, first: str) -> None:
        self.lines = [first]


class Fence:
    """A fenced block of code, the opener `offset` columns in (section 4.5)."""

    def __init__(self, opener: str, info: str, offset: int) -> None:
        self._close = re.compile(rf"{re.escape(opener[0])}{{{len(opener)},}}[ \t]*\Z")
        self._offset = offset
        self.info = info
        self.lines: list[str] = []
        self.ended = False

    def takes(self, cursor: Cursor) -> bool:
        """Take the line; the closing fence is the last."""
        if cursor.indent < TAB and self._close.match(cursor.text):
            self.ended = True
        else:
            cursor.take(min(cursor.indent, self._offset))
            self.lines.append(cursor.raw)
        return True


class IndentedCode:
    """Code by its indentation (section 4.4)."""

    info = ""
    ended = False

    def __init__(self) -> None:
        self.lines: list[str] = []

    def takes(self, cursor: Cursor) -> bool:
        """Take the line if it is indented enough, or blank."""
        if cursor.indent < TAB and not cursor.blank:
            return False
        cursor.take(min(TAB, cursor.indent))
        self.lines.append(cursor.raw)
        return True


class Html:
    """A block of HTML up to what ends it (section 4.6); `line` is where in the text it begins, from 0."""

    def __init__(self, ends: re.Pattern[str], line: int) -> None:
        self._ends = ends
        self.line = line
        self.lines: list[str] = []
        self.ended = False

    def takes(self, cursor: Cursor) -> bool:
        """Take the line, unless it is the blank one that ends the block."""
        if self._ends.pattern == BLANK.pattern and cursor.blank:
            return False
        self.lines.append(cursor.raw)
        self.ended = self._ends.search(cursor.raw) is not None
        return True


Leaf = Paragraph | Fence | IndentedCode | Html
