"""Finds a text's blocks as CommonMark 0.31 (sections 4 and 5) and GitHub find them, for Python-Markdown to build.

Python-Markdown looks for blocks between blank lines, one kind after the other, and reads lists by rules of its own. So
one pass over the lines finds what they hold: fences and HTML become stashed HTML; headings, rules, quotes, lists and
tables become places, lines that stand for them; link definitions are taken out. What is left are paragraphs, and what
the library has beyond CommonMark: footnotes, definition lists, abbreviations and admonitions, whose lines are laid out
as it wants them.
"""

from __future__ import annotations

import re
from html import escape

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from editor.core.blocks import ADMONITION, BREAK, FENCE, HEADING, OPENERS, UNDERLINE, html_end
from editor.core.line_blocks import LINE_ENDING
from editor.core.patterns import when_used
from editor.core.tables import Table
from editor.rendering.block_lines import (
    TAB,
    Container,
    Cursor,
    Fence,
    Html,
    IndentedCode,
    Leaf,
    OpenList,
    Paragraph,
    take_quote_mark,
)
from editor.rendering.code_colours import coloured
from editor.rendering.link_grammar import read_definition, resolved
from editor.rendering.placed_blocks import MEANING, BlockHtml, Heading, ItemList, PlacedBlocks, Quote, Rule
from editor.rendering.table_blocks import PlacedTable

# Containers within containers beyond this are text, so that no text can exhaust the stack.
_DEEPEST = 24

_ITEM = re.compile(r"([-+*]|\d{1,9}[.)])(?![^ \t])")
_LANGUAGE = when_used(r"[{. ]*([^\s{},]+)")
# What goes on four columns in: a footnote and a definition, with what is right behind them, and an admonition.
_NOTE = re.compile(r"(\[\^[^\]]+\]:)[ \t]*")
_MEANING = re.compile(r": {1,3}(?=\S)")
_DEFINITION = when_used(r"\*?\[[^\]]+\]:")


class BlockLayout(Preprocessor):
    """The pass as Python-Markdown runs it, in the place of all that the library itself does before it reads blocks.

    `tables` are those of the exact text, known by their lines. `html_blocks` are then the blocks of HTML at the top
    level by their numbers in the stash: the line where each begins, from 0, and its text.
    """

    def __init__(self, md: Markdown, placed: PlacedBlocks) -> None:
        super().__init__(md)
        self._placed = placed
        self.tables: tuple[Table, ...] = ()
        self.html_blocks: dict[int, tuple[int, str]] = {}

    def run(self, lines: list[str]) -> list[str]:
        """The lines as the library wants them."""
        text = "\n".join(lines).replace(STX, "").replace(ETX, "")
        reading = _Pass(self.md, self._placed, {table.line: table for table in self.tables})
        laid_out = reading.laid_out(LINE_ENDING.sub("\n", text).split("\n"))
        self.html_blocks = reading.html_blocks
        return laid_out


class _Pass:
    """One reading of the lines of a text."""

    def __init__(self, md: Markdown, placed: PlacedBlocks, tables: dict[int, Table]) -> None:
        self._md = md
        self._placed = placed
        self._tables = tables
        self._line = 0
        self._open = [Container("document")]
        self._leaf: Leaf | None = None
        self.html_blocks: dict[int, tuple[int, str]] = {}

    def laid_out(self, lines: list[str]) -> list[str]:
        while self._line < len(lines):
            if table := self._tables.get(self._line):
                self._add_to(1).put([self._placed.place(PlacedTable(table))])
                self._line += len(table.lines)
            else:
                self._read(Cursor(lines[self._line]))
                self._line += 1
        document = self._add_to(1)
        return [*document.out, ""]

    def _read(self, cursor: Cursor) -> None:
        """Find the containers that a line is in, and read the block that it begins or goes on with."""
        depth = 1
        while depth < len(self._open) and self._open[depth].goes_on(cursor):
            depth += 1
        if depth == len(self._open) and self._leaf_takes(cursor):
            return
        if cursor.blank:
            self._close(depth)
            self._note_blank()
            return
        while self._begins_container(depth, cursor):
            depth = len(self._open)
        if not cursor.text or self._begins_leaf(depth, cursor):
            return
        if isinstance(self._leaf, Paragraph) and not self._begins_definition(depth, cursor.text):
            self._leaf.lines.append(cursor.text)
        else:
            self._add_to(depth)
            self._leaf = Paragraph(cursor.text)

    def _leaf_takes(self, cursor: Cursor) -> bool:
        """Whether the line belongs to the open block of code or HTML."""
        leaf = self._leaf
        if leaf is None or isinstance(leaf, Paragraph) or not leaf.takes(cursor):
            return False
        if leaf.ended:
            self._end_leaf()
        elif isinstance(leaf, IndentedCode) and cursor.blank:
            self._note_blank()
        else:
            self._note_words()
        return True

    def _begins_container(self, depth: int, cursor: Cursor) -> bool:
        if cursor.indent >= TAB or cursor.text[:1] not in OPENERS or len(self._open) > _DEEPEST:
            return False
        if cursor.text[0] == ">":
            self._add_to(depth)
            self._open.append(Container("quote"))
            take_quote_mark(cursor)
            return True
        return self._begins_item(depth, cursor) or self._begins_hanging(depth, cursor)

    def _begins_item(self, depth: int, cursor: Cursor) -> bool:
        """Section 5.2; in a paragraph only a bullet or a 1 with words begins one (section 5.3)."""
        item = _ITEM.match(cursor.text)
        if not item or BREAK.match(cursor.rest) or self._is_underline(depth, cursor):
            return False
        mark = item[1]
        number = int(mark[:-1]) if len(mark) > 1 else None
        has_words = bool(cursor.text[len(mark) :].strip(" \t"))
        if self._is_in_paragraph(depth) and not (has_words and number in (None, 1)):
            return False
        self._close(depth)
        parent = self._open[-1]
        if parent.open_list and parent.open_list.kind == mark[-1]:
            parent.open_list.loose |= parent.open_list.ends_blank or parent.blank
            self._note_words()
        else:
            self._add_to(depth).open_list = OpenList(mark[-1], number)
        width = cursor.indent + len(mark)
        cursor.take(width)
        gap = cursor.indent if has_words and cursor.indent <= TAB else 1
        if has_words:
            cursor.take(gap)
        self._open.append(Container("item", width + gap))
        return True

    def _begins_hanging(self, depth: int, cursor: Cursor) -> bool:
        """What Python-Markdown lets go on four columns in."""
        text = cursor.text
        right_under = not self._open[depth - 1].blank
        if note := _NOTE.match(text):
            container, taken = Container("note", TAB, f"{note[1]} "), note.end()
        elif ADMONITION.match(text):
            container, taken = Container("admonition", TAB, text), len(text)
        elif (meaning := _MEANING.match(text)) and self._has_term(depth):
            container, taken = Container("meaning", TAB, MEANING + meaning[0], right_under=right_under), meaning.end()
        else:
            return False
        self._add_to(depth)
        self._open.append(container)
        cursor.take(cursor.indent + taken)
        return True

    def _has_term(self, depth: int) -> bool:
        """Whether a term, or a meaning of one, comes last in the container that the line is in; it is closed then."""
        if depth < len(self._open):
            return self._open[depth].kind == "meaning"
        container = self._open[-1]
        if isinstance(self._leaf, Paragraph):
            self._end_leaf()
        return self._leaf is None and container.open_list is None and container.last in ("words", "meaning")

    def _begins_leaf(self, depth: int, cursor: Cursor) -> bool:
        """Whether a block begins that is neither a container nor a paragraph."""
        in_any_paragraph = isinstance(self._leaf, Paragraph)
        if cursor.indent >= TAB:
            if not in_any_paragraph:
                self._begin_leaf(depth, IndentedCode(), cursor)
            return not in_any_paragraph
        if cursor.text[0] not in OPENERS:
            return False
        if self._is_underline(depth, cursor) and (words := self._take_words()):
            self._add_to(depth).put([self._placed.place(Heading(1 if cursor.text[0] == "=" else 2, words))])
        elif HEADING.match(cursor.rest):
            self._add_to(depth).put([self._placed.place(_heading(cursor.text))])
        elif fence := FENCE.match(cursor.rest):
            mark = fence[1]
            self._add_to(depth)
            self._leaf = Fence(mark, cursor.text[len(mark) :].strip(" \t"), cursor.indent)
        elif ends := html_end(cursor.rest, in_paragraph=in_any_paragraph):
            self._begin_leaf(depth, Html(ends, self._line), cursor)
        elif BREAK.match(cursor.rest):
            self._add_to(depth).put([self._placed.place(Rule())])
        else:
            return False
        return True

    def _begin_leaf(self, depth: int, leaf: IndentedCode | Html, cursor: Cursor) -> None:
        self._add_to(depth)
        self._leaf = leaf
        self._leaf_takes(cursor)

    def _is_in_paragraph(self, depth: int) -> bool:
        """Whether the line would go on with a paragraph of the container that it is in."""
        return isinstance(self._leaf, Paragraph) and depth == len(self._open)

    def _is_underline(self, depth: int, cursor: Cursor) -> bool:
        return self._is_in_paragraph(depth) and UNDERLINE.match(cursor.rest) is not None

    def _begins_definition(self, depth: int, text: str) -> bool:
        """Whether a definition begins that is not to be read as words of the definition before it."""
        if not _DEFINITION.match(text) or not isinstance(self._leaf, Paragraph):
            return False
        ends_note = depth < len(self._open) and self._open[depth].kind == "note"
        return ends_note or text[0] == "*" or self._leaf.lines[0].startswith("*[")

    def _note_blank(self) -> None:
        """The line is blank for the containers that it is in, from the innermost quote on: that one's mark is not."""
        for container in reversed(self._open):
            container.blank = True
            if container.kind == "quote":
                break

    def _note_words(self) -> None:
        for container in self._open:
            container.blank = False

    def _add_to(self, depth: int) -> Container:
        """The innermost of so many open containers, made ready for a block; the others are closed."""
        self._close(depth)
        container = self._open[-1]
        if container.kind == "item" and container.blank and not container.empty and (of := self._open[-2].open_list):
            of.loose = True
        self._end_list(container)
        self._note_words()
        container.empty = False
        return container

    def _close(self, depth: int) -> None:
        """End the open block, and all containers but so many."""
        self._end_leaf()
        while len(self._open) > depth:
            container = self._open.pop()
            self._end_list(container)
            parent = self._open[-1]
            if container.kind == "quote":
                parent.put([self._placed.place(Quote(container.content))])
            elif container.kind == "item" and parent.open_list:
                parent.open_list.items.append(container.content)
                parent.open_list.ends_blank = container.blank
            else:
                self._put_hanging(parent, container)

    def _put_hanging(self, parent: Container, container: Container) -> None:
        """Lay out what Python-Markdown takes from here: four columns in behind its mark, or under a line of its own."""
        if container.kind == "meaning" and parent.definitions_end is not None:
            # Definitions go elsewhere, and leave nothing that would part a list of meanings from one before them.
            parent.out[parent.definitions_end : parent.definitions_end] = [self._stashed("<!-- -->"), ""]
            parent.definitions_end = None
        own_line = container.kind == "admonition" and container.content
        text = container.mark + ("\n" if own_line else "") + container.content
        first, *others = text.split("\n")
        lines = [first, *(" " * TAB + line if line else "" for line in others)]
        parent.put(lines, container.kind, right_under=container.right_under)
        if container.kind == "note":
            parent.definitions_end = len(parent.out)

    def _end_list(self, container: Container) -> None:
        if ended := container.open_list:
            container.open_list = None
            container.put([self._placed.place(ItemList(ended.items, ended.start, not ended.loose))])

    def _end_leaf(self) -> None:
        leaf = self._leaf
        if leaf is None:
            return
        if isinstance(leaf, Paragraph):
            container, words = self._open[-1], self._take_words()
            if words:
                container.put([words], "words")
            # Python-Markdown makes no paragraph of white space.
            if not words.strip() or words.startswith("*["):
                container.last = ""
                container.definitions_end = len(container.out)
            return
        self._leaf = None
        while not leaf.ended and leaf.lines and not leaf.lines[-1].strip(" \t"):
            leaf.lines.pop()
        if isinstance(leaf, Html):
            html = "\n".join(leaf.lines)
            if len(self._open) == 1:
                self.html_blocks[self._md.htmlStash.html_counter] = leaf.line, html
        else:
            html = _code_html(leaf.lines, leaf.info)
        self._open[-1].put([self._stashed(html)])

    def _stashed(self, html: str) -> str:
        return self._md.htmlStash.store(BlockHtml(html))

    def _take_words(self) -> str:
        """The open paragraph without the link definitions that it begins with; the first definition counts."""
        text = "\n".join(self._leaf.lines) if isinstance(self._leaf, Paragraph) else ""
        self._leaf = None
        at = 0
        while text.startswith("[", at) and (definition := read_definition(text, at)):
            self._md.references.setdefault(definition.label, (definition.target.address, definition.target.title))
            at = definition.target.end
        return text[at:]


def _heading(text: str) -> Heading:
    """A heading by its line, without the marks after its words (section 4.2)."""
    level = len(text) - len(text.lstrip("#"))
    content = text[level:].strip(" \t")
    words = content.rstrip("#")
    return Heading(level, words.rstrip(" \t") if not words or words[-1] in " \t" else content)


def _code_html(lines: list[str], info: str) -> str:
    language = _LANGUAGE.match(resolved(info))
    name = f' class="language-{escape(language[1])}"' if language else ""
    text = coloured("".join(f"{line}\n" for line in lines), language[1] if language else "")
    return f"<pre><code{name}>{text}</code></pre>"
