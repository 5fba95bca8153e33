"""Lays lines out as Python-Markdown wants them, where it is stricter than what writers know from GitHub.

It wants the content of a list item four columns in, a blank line before a list and before a quote or fence that ends
one, and it knows no fences. So, in one pass over the lines: fences become stashed HTML, an item's lines move to the
next multiple of four wherever they began (CommonMark 0.31, section 5.2), and blank lines come in where a block begins
right after a line of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from editor.core.tables import Table
from editor.rendering.regions import HtmlBlock
from editor.rendering.table_blocks import TableBlocks

_TAB = 4
# Containers within containers beyond this are left as they are, so that no text can exhaust the stack.
_DEEPEST = 24

_ITEM = re.compile(r"([-+*]|\d{1,9}[.)])( +|$)(.*)")
_RULE = re.compile(r"([-*_])(?: *\1){2,} *$")
_UNDERLINE = re.compile(r"(?:=+|-+) *$")
_HEADING = re.compile(r"#{1,6}(?: |$)")
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,}) *(.*)")
_LANGUAGE = re.compile(r"[{. ]*([\w+#.-]+)")
# What goes on four columns in: a footnote, an admonition, a definition.
_HANGING = re.compile(r"\[\^[^\]]+\]:|!!! ?\w|: {1,3}\S")
# What may be a reference link, footnote or abbreviation, on more lines than this perhaps.
_DEFINITION = re.compile(r"\*?\[")
_BLANK = re.compile(r"^ *$")
# Each kind of HTML block: how it begins, and what the line holds that ends it (section 4.6).
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    "|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead"
    "|title|tr|track|ul"
)
_HTML = tuple(
    (re.compile(begins, re.IGNORECASE), re.compile(ends, re.IGNORECASE))
    for begins, ends in (
        (r"<(?:script|pre|style)(?=[\s>]|$)", r"</(?:script|pre|style)>"),
        (r"<!--", r"-->"),
        (r"<\?", r"\?>"),
        (r"<![A-Z]", r">"),
    )
) + ((re.compile(rf"</?(?:{_BLOCK_TAGS})(?=[\s/>]|$)", re.IGNORECASE), _BLANK),)


class BlockLayout(Preprocessor):
    """The pass as Python-Markdown runs it, once its white space is cleaned, in the place of its search for HTML.

    `tables` are those of the exact text; cleaning white space moves no line, so they are known by their lines.
    `html_blocks` are then those at the top level, by their numbers in the stash.
    """

    def __init__(self, md: Markdown, table_blocks: TableBlocks) -> None:
        super().__init__(md)
        self._table_blocks = table_blocks
        self.tables: tuple[Table, ...] = ()
        self.html_blocks: dict[int, HtmlBlock] = {}

    def run(self, lines: list[str]) -> list[str]:
        """The lines as the library wants them; tabs must have been expanded."""
        places = {table.line: (self._table_blocks.place(table), len(table.lines)) for table in self.tables}
        reading = _Pass(self.md, lines, places)
        laid_out = [*reading.laid_out(), "", ""]
        self.html_blocks = reading.html_blocks
        return laid_out


@dataclass(slots=True)
class _Container:
    """A list item, or a block that goes on four columns in; its content begins at the column `content`."""

    content: int
    is_item: bool
    loose: bool = False


class _Pass:
    """One reading of the lines of a text, or of those inside a quote."""

    def __init__(self, md: Markdown, lines: list[str], tables: dict[int, tuple[str, int]], nesting: int = 0) -> None:
        self._md = md
        self._lines = lines
        self._tables = tables
        self._nesting = nesting
        self.html_blocks: dict[int, HtmlBlock] = {}
        self._next = 0
        self._out: list[str] = []
        self._containers: list[_Container] = []
        self._after_blank = True
        self._in_paragraph = False

    def laid_out(self) -> list[str]:
        while self._next < len(self._lines):
            if table := self._tables.get(self._next):
                self._table(*table)
                continue
            line = self._lines[self._next]
            self._next += 1
            text = line.lstrip(" ")
            if text:
                self._read(len(line) - len(text), text)
            else:
                self._out.append("")
                self._after_blank = True
                self._in_paragraph = False
        return self._out

    def _read(self, indent: int, text: str) -> None:
        """Find the containers that a line is in, and read the block that it begins or goes on with."""
        depth = 0
        while depth < len(self._containers) and self._containers[depth].content <= indent:
            depth += 1
        left = self._containers[depth:]
        base = self._containers[depth - 1].content if depth else 0
        if left and self._in_paragraph and not _begins_block(indent - base, text):
            self._out.append(text)
            return
        if left:
            del self._containers[depth:]
            self._in_paragraph = False
        if self._after_blank:
            for container in self._containers:
                container.loose = True
            if not depth and _DEFINITION.match(text):
                self._part()
        in_list = bool(left) and left[0].is_item
        if in_list and left[0].loose and self._out[-1]:
            self._out.append("")
        self._block(text, base, indent - base, " " * (_TAB * depth), in_list=in_list)
        self._after_blank = False

    def _block(self, text: str, base: int, offset: int, lead: str, *, in_list: bool) -> None:
        """Read the block that begins `offset` columns after its container's content, at the column `base`.

        `lead` is what stands before it in the new line; `in_list` tells that the line before was in a list that this
        one may go on with.
        """
        if offset >= _TAB:
            self._put(lead + " " * offset + text, paragraph=self._in_paragraph)
        elif fence := _FENCE.match(text):
            self._fence(fence, base, offset, lead)
        elif self._in_paragraph and _UNDERLINE.match(text):
            self._put(self._continuation() + text, paragraph=False)
        elif _RULE.match(text) or _HEADING.match(text):
            self._separate()
            # The library allows no more than two spaces between the characters of a rule.
            self._put(lead + ("***" if _RULE.match(text) else text), paragraph=False)
        elif text.startswith(">") and self._nesting < _DEEPEST:
            self._quote(text, base, lead)
        elif (item := _ITEM.match(text)) and self._may_begin(item, in_list=in_list):
            self._item(item, base + offset, lead, in_list=in_list)
        elif close := _end_of_html(text):
            self._html(text, close, base, lead)
        elif self._in_paragraph and not _HANGING.match(text):
            self._out.append(self._continuation() + text)
        else:
            self._put(lead + " " * offset + text)
            if _HANGING.match(text):
                self._containers.append(_Container(base + offset + _TAB, is_item=False))

    def _continuation(self) -> str:
        """What stands before a further line of a paragraph: an item's lines need no indentation, others do."""
        depth = len(self._containers)
        while depth and self._containers[depth - 1].is_item:
            depth -= 1
        return " " * (_TAB * depth)

    def _put(self, line: str, *, paragraph: bool = True) -> None:
        self._out.append(line)
        self._in_paragraph = paragraph

    def _separate(self) -> None:
        """A blank line before the next block, but not within an item that is to stay tight."""
        container = self._containers[-1] if self._containers else None
        tight = container is not None and container.is_item and not container.loose
        if self._out and self._out[-1] and not tight:
            self._out.append("")

    def _part(self) -> None:
        """Leave a trace of a definition, which else vanishes and lets the lists before and after it become one."""
        self._out += (self._md.htmlStash.store("<!-- -->"), "")

    def _may_begin(self, item: re.Match[str], *, in_list: bool) -> bool:
        """Whether this is an item: in a paragraph only a bullet or a 1 with words begins one (section 5.3)."""
        if len(self._containers) >= _DEEPEST:
            return False
        if in_list or not self._in_paragraph:
            return True
        marker, _, content = item.groups()
        return bool(content) and (marker in "-+*" or int(marker[:-1]) == 1)

    def _item(self, item: re.Match[str], column: int, lead: str, *, in_list: bool) -> None:
        marker, spaces, content = item.groups()
        if not in_list:
            self._separate()
        gap = len(spaces) if content and len(spaces) <= _TAB else 1
        begins = column + len(marker) + gap
        self._containers.append(_Container(begins, is_item=True))
        lead += marker.replace(")", ".").ljust(_TAB - 1) + " "
        if (_ITEM.match(content) and not _RULE.match(content)) or _FENCE.match(content):
            self._in_paragraph = False
            self._block(content, begins, 0, lead, in_list=True)
        else:
            self._put(lead + content, paragraph=bool(content))

    def _table(self, place: str, length: int) -> None:
        """Put a table's place where its lines were: at the top level, whatever was open."""
        self._containers.clear()
        self._separate()
        self._put(place, paragraph=False)
        self._out.append("")
        self._next += length

    def _fence(self, fence: re.Match[str], base: int, offset: int, lead: str) -> None:
        """Stash a fenced block, up to its closing fence or to where its container ends (section 4.5)."""
        opener, info = fence.groups()
        close = re.compile(rf" {{0,3}}{re.escape(opener[0])}{{{len(opener)},}} *$")
        code: list[str] = []
        closed = False
        while self._next < len(self._lines):
            line = self._lines[self._next]
            indent = len(line) - len(line.lstrip(" "))
            if line.strip(" ") and indent < base:
                break
            self._next += 1
            if close.match(line[base:]):
                closed = True
                break
            code.append(line[min(indent, base + offset) :])
        if not closed:
            # What blank lines come before the next block is for that block to see.
            while code and not code[-1].strip(" "):
                code.pop()
                self._next -= 1
        self._separate()
        self._put(lead + self._stash(code, info), paragraph=False)
        if not self._containers:
            self._out.append("")

    def _stash(self, code: list[str], info: str) -> str:
        language = _LANGUAGE.match(info)
        name = f' class="language-{escape(language[1])}"' if language else ""
        text = "".join(escape(line, quote=False) + "\n" for line in code)
        return self._md.htmlStash.store(f"<pre><code{name}>{text}</code></pre>")

    def _quote(self, text: str, base: int, lead: str) -> None:
        """Lay out the lines of a quote as a text of their own."""
        inner = [_unquoted(text)]
        while self._next < len(self._lines):
            line = self._lines[self._next]
            text = line.lstrip(" ")
            if not (text.startswith(">") and base <= len(line) - len(text) < base + _TAB):
                break
            inner.append(_unquoted(text))
            self._next += 1
        self._separate()
        quoted = _Pass(self._md, inner, {}, self._nesting + 1)
        lines = quoted.laid_out()
        while lines and not lines[-1]:
            lines.pop()
        self._out += (f"{lead}> {line}" for line in lines or [""])
        self._in_paragraph = quoted._in_paragraph

    def _html(self, opening: str, close: re.Pattern[str], base: int, lead: str) -> None:
        """Stash an HTML block, up to the line that ends it or to where its container ends (section 4.6)."""
        first = self._next - 1
        html = [opening]
        ended = close.search(opening) is not None
        while not ended and self._next < len(self._lines):
            line = self._lines[self._next]
            text = line.lstrip(" ")
            if (text and len(line) - len(text) < base) or (close is _BLANK and not text):
                break
            self._next += 1
            html.append(line[base:])
            ended = close.search(line) is not None
        while not ended and not html[-1].strip(" "):
            html.pop()
            self._next -= 1
        self._separate()
        self._put(lead + self._md.htmlStash.store("\n".join(html)), paragraph=False)
        if not self._containers:
            self.html_blocks[self._md.htmlStash.html_counter - 1] = first, "\n".join(html)
            self._out.append("")


def _begins_block(offset: int, text: str) -> bool:
    """Whether a line ends the paragraph before it, instead of going on with it from outside its container."""
    if offset >= _TAB:
        return False
    return (
        text.startswith(">")
        or any(pattern.match(text) for pattern in (_FENCE, _RULE, _HEADING, _ITEM, _HANGING))
        or _end_of_html(text) is not None
    )


def _end_of_html(text: str) -> re.Pattern[str] | None:
    """What ends the HTML block that a line begins; None where it begins none."""
    if not text.startswith("<"):
        return None
    return next((ends for begins, ends in _HTML if begins.match(text)), None)


def _unquoted(text: str) -> str:
    """What a line of a quote holds after its mark."""
    return text[2:] if text.startswith("> ") else text[1:]
