"""Where the blocks of a text begin and end, line by line, as far as cutting it into chunks asks.

Only what happens at the top level counts. What a list item, a footnote or an admonition holds ends with it, and it ends
at the latest at the next line after a blank one that is not indented; of that, no more is read than where it ends.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from editor.core.blocks import (
    ADMONITION,
    BLANK,
    BREAK,
    FENCE,
    HEADING,
    LIST_ITEM,
    OPENERS,
    UNDERLINE,
    behind_marks,
    ends_in_paragraph,
    html_end,
)
from editor.core.line_source import BEGINNING, CutState, OpenContainer
from editor.core.patterns import when_used

_TAB = 4
# What is an item whatever else a line may be that begins like one: no rule, no underline, no code in it.
_PLAIN_ITEM = when_used(r"[-+*] {1,4}[^\W\d_]")
_ITEM = when_used(r"([-+*]|\d{1,9}[.)])( +|$)(.*)")
# What goes on four columns in: a footnote, an admonition, a definition.
_HANGING = when_used(rf"\[\^[^\]]*\]:|{ADMONITION.pattern}|[:~] ")
# What stands for a line that goes on with a paragraph, and for one that ends it, whatever they look like.
_WORDS = "a"
_NO_WORDS = "***"
_NOTHING_ENDS_IT = "(?!)"
_OWN, _QUOTED = "own", "quoted"


class HtmlBlock(NamedTuple):
    """A block of HTML at the top level: the number of its first line and its lines."""

    line: int
    text: str


class BlockReader:
    """Reads lines one after the other, and knows what is open before the next one.

    `html` are the blocks of HTML that have ended. `open_to` are the kinds of block that one after a blank line may go
    on with: `-` a list, `>` a quote, `:` a definition.
    """

    def __init__(self, state: CutState = BEGINNING) -> None:
        self._holder = state.holder
        self._closing = _closing(state.holder)
        self._container = state.container
        self._in_paragraph = state.in_paragraph
        self._is_unsure = False
        self._before = ""
        self._html_begins = 0
        self._html_lines: list[str] = []
        self.open_to = state.open_to
        self.html: list[HtmlBlock] = []

    @property
    def state(self) -> CutState:
        """What is open before the next line."""
        return CutState(self._holder, self.open_to, self._container, self._goes_on())

    @property
    def holds_blank_lines(self) -> bool:
        """Whether a fence or open HTML holds the next line even where it is blank."""
        return self._closing is not None and self._holder != BLANK.pattern

    @property
    def waits_for(self) -> str:
        """What a line must hold to end the fence or the HTML that holds the next one; "" where nothing does."""
        return "</" if self._holder.startswith("</") else self._holder.replace("\\", "")

    @property
    def reads_html(self) -> bool:
        """Whether the next line belongs to a block of HTML that ends at a blank one."""
        return self._holder == BLANK.pattern

    def read(self, number: int, line: str) -> None:
        """Read the line of this number; a blank one only where it is held."""
        text = line.rstrip("\r\n")
        if "\t" in text:
            text = text.expandtabs(_TAB)
        if self._closing:
            self._read_held(text)
        else:
            self._before = self._read(number, text)

    def end_run(self) -> None:
        """A blank line, or the end of the text, after the lines read so far."""
        self._in_paragraph = ""
        self._is_unsure = False
        self._before = ""
        if self._container.is_empty:
            self._container = BEGINNING.container
        if self._html_lines:
            self._end_html()

    def _read(self, number: int, text: str) -> str:
        """Read a line that nothing holds; as what the next line finds before it."""
        content = text.lstrip(" ")
        indent = len(text) - len(content)
        begins = indent < _TAB and content[:1] in OPENERS
        if self._container.content:
            if indent >= self._container.content:
                return self._read_inside_line(text, content)
            if not (begins and _begins_block(text)) and self._goes_on():
                self._is_unsure |= len(self._before) - len(self._before.lstrip(" ")) >= self._container.content + _TAB
                return _WORDS
            self._container = BEGINNING.container
            self._in_paragraph = ""
        if begins:
            return self._read_block(number, text, content, indent)
        if indent < _TAB:
            self._in_paragraph = self._in_paragraph or _OWN
        return text

    def _read_inside_line(self, text: str, content: str) -> str:
        """Read a line of what a container holds; as what the next line finds before it.

        A line under one that was indented further may have gone on with a paragraph, or ended the container if that was
        code. Where it matters which, all the rest stays together.
        """
        goes_on = content[0] in "<=-" and bool(self._goes_on())
        if self._is_unsure and content[0] in "`~<":
            self._hold(_NOTHING_ENDS_IT)
        self._read_inside(text)
        if (goes_on and UNDERLINE.match(content)) or _ends_in_code(content):
            return _NO_WORDS
        return _WORDS if goes_on and content[0] == "<" and not _begins_block(content) else text

    def _goes_on(self) -> str:
        """Which paragraph the next line may go on with."""
        if self._container.content and self._before:
            return _OWN if not self._container.fence and ends_in_paragraph(self._before) else ""
        return self._in_paragraph

    def _read_block(self, number: int, text: str, content: str, indent: int) -> str:
        """Read a line that may begin a block other than a paragraph; as what the next line finds before it."""
        before, self._in_paragraph = self._in_paragraph, ""
        first = content[0]
        if first in "-+*" and _PLAIN_ITEM.match(content):
            return self._read_item(text, content, indent, before)
        if first in "`~" and (fence := FENCE.match(text)):
            self._hold(fence[1])
        elif first == ">":
            self.open_to |= {">"}
            self._in_paragraph = _QUOTED if ends_in_paragraph(text) else ""
        elif first == "<" and (ends := html_end(text, in_paragraph=bool(before))):
            self._html_begins = number
            self._hold(ends.pattern)
            self._read_held(text)
        elif (before == _OWN and UNDERLINE.match(text)) or BREAK.match(text) or HEADING.match(text):
            # Right under a table a lone hyphen is an item.
            self.open_to |= {"-"} if content.rstrip(" ") == "-" else set()
        elif LIST_ITEM.match(text):
            return self._read_item(text, content, indent, before)
        elif _HANGING.match(content):
            self.open_to |= {":"} if first in ":~" else set()
            self._container = OpenContainer(indent + _TAB)
        else:
            self._in_paragraph = before or _OWN
        return text

    def _read_item(self, text: str, content: str, indent: int, before: str) -> str:
        """A list may go on with it in any case; it is an item where a paragraph does not take it for its own."""
        if "-" not in self.open_to:
            self.open_to |= {"-"}
        item = _ITEM.match(content)
        if item is None:
            return text
        marker, spaces, words = item.groups()
        if before == _OWN and not (words and (marker in "-+*" or int(marker[:-1]) == 1)):
            self._in_paragraph = _OWN
            return text
        gap = len(spaces) if words and len(spaces) <= _TAB else 1
        self._container = OpenContainer(indent + len(marker) + gap, is_empty=not words)
        if (len(spaces) > _TAB or not words[:1].isalpha()) and _ends_in_code(content):
            return _NO_WORDS
        if words:
            self._read_inside(words)
        return text

    def _read_inside(self, text: str) -> None:
        """Open or close a fence in what a container holds."""
        content, opener, is_empty = self._container
        if opener:
            closing = text.strip(" ")
            if len(closing) >= len(opener) and not closing.strip(opener[0]):
                self._container = OpenContainer(content)
        elif is_empty or "```" in text or "~~~" in text:
            fence = FENCE.match(behind_marks(text))
            self._container = OpenContainer(content, fence[1] if fence else "")

    def _hold(self, holder: str) -> None:
        self._holder = holder
        self._closing = _closing(holder)

    def _read_held(self, text: str) -> None:
        """A line within a fence or HTML: CommonMark 0.31, sections 4.5 and 4.6. Without an end, all lines are."""
        is_fence = self._holder[0] in "`~"
        if not is_fence and self._holder != _NOTHING_ENDS_IT:
            self._html_lines.append(text)
        if self._closing and (self._closing.match(text) if is_fence else self._closing.search(text)):
            self._end_html()

    def _end_html(self) -> None:
        if self._html_lines:
            self.html.append(HtmlBlock(self._html_begins, "\n".join(self._html_lines)))
            self._html_lines = []
        self._hold("")


class HtmlAhead:
    """Finds the blocks of HTML that are to come, reading ahead of who asks but no line twice.

    `line` gives the line of a number, None beyond the end.
    """

    def __init__(self, line: Callable[[int], str | None]) -> None:
        self._line = line
        self.forget()

    def forget(self) -> None:
        """Lines have changed their numbers."""
        self._blocks = BlockReader()
        self._next = 0
        self._beginnings: set[int] = set()

    def blocks(self, number: int, last: int, state: CutState) -> Iterator[HtmlBlock]:
        """The blocks from the line `number` on, after which no line is in a run; those that begin at `last` at most."""
        if number not in self._beginnings or not _is_beginning(state):
            self._blocks = BlockReader(state)
            self._next = number
            self._beginnings.clear()
        found = self._blocks.html
        at = bisect_left(found, number, key=lambda block: block.line)
        goes_on = True
        while goes_on:
            while at < len(found):
                yield found[at]
                at += 1
            goes_on = (self._next <= last or self._blocks.reads_html) and self._read_on()
        yield from found[at:]

    def _read_on(self) -> bool:
        """Read one line more; False at the end of the text, where what is open ends too."""
        line = self._line(self._next)
        if line is None or (is_blank(line) and not self._blocks.holds_blank_lines):
            self._blocks.end_run()
            if _is_beginning(self._blocks.state):
                self._beginnings.add(self._next)
        else:
            self._blocks.read(self._next, line)
        if line is None:
            return False
        self._next += 1
        return True


def _is_beginning(state: CutState) -> bool:
    return state._replace(open_to=BEGINNING.open_to) == BEGINNING


def _closing(holder: str) -> re.Pattern[str] | None:
    """What the last line held matches, or of HTML holds."""
    if holder[:1] in ("`", "~"):
        return re.compile(rf" {{0,3}}{holder[0]}{{{len(holder)},}}[ \t]*\Z")
    return re.compile(holder, re.IGNORECASE | re.ASCII) if holder else None


def _ends_in_code(content: str) -> bool:
    """Whether the innermost of the list items that begin at a line begins with indented code."""
    spaces = ""
    while item := _ITEM.match(content):
        _, spaces, content = item.groups()
    return bool(content) and len(spaces) > _TAB


def _begins_block(text: str) -> bool:
    """Whether a line ends the paragraph before it."""
    content = text.lstrip(" ")
    return bool(
        content[0] == ">"
        or LIST_ITEM.match(text)
        or FENCE.match(text)
        or BREAK.match(text)
        or HEADING.match(text)
        or _HANGING.match(content)
        or html_end(text, in_paragraph=True)
    )


def is_blank(line: str) -> bool:
    """Spaces and tabs alone: CommonMark 0.31, section 2.1. A no-break space is text."""
    return not line.strip(" \t\r\n")
