"""Blocks found before Python-Markdown reads the text, and built where it comes upon the lines in their places."""

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.def_list import DefListProcessor
from markdown.postprocessors import RawHtmlPostprocessor

from editor.core.patterns import when_used

# Python-Markdown takes both control characters out of every source, so no article can write a place of its own.
_PLACE = "\x02block:{}\x03"
_PLACE_LINE = re.compile(r"\x02block:(\d+)\x03")
MEANING = "\x02"
"""What stands before the colon of a line that gives a term's meaning, in the laid out text."""
_TASK = when_used(r"\[([ xX])\][ \t]+(?=\S)")


class PlacedBlock(Protocol):
    """A block that builds itself. Text that it holds is laid out, and may hold places of other blocks."""

    def build(self, parent: Element, parser: BlockParser) -> None:
        """Add the block to its parent."""


class Rule:
    """A thematic break."""

    def build(self, parent: Element, parser: BlockParser) -> None:
        SubElement(parent, "hr")


class Heading(NamedTuple):
    """A heading of a level from 1 to 6."""

    level: int
    text: str

    def build(self, parent: Element, parser: BlockParser) -> None:
        SubElement(parent, f"h{self.level}").text = self.text


class Quote(NamedTuple):
    """A block quote."""

    text: str

    def build(self, parent: Element, parser: BlockParser) -> None:
        _parse(SubElement(parent, "blockquote"), self.text, parser)


class ItemList(NamedTuple):
    """A list: numbered from `start`, or with bullets where that is None. In a tight one paragraphs have no element."""

    items: Sequence[str]
    start: int | None
    tight: bool

    def build(self, parent: Element, parser: BlockParser) -> None:
        element = SubElement(parent, "ul" if self.start is None else "ol")
        if self.start not in (None, 1):
            element.set("start", str(self.start))
        for text in self.items:
            # Python-Markdown has rules of its own for what stands in an item, so that is built elsewhere.
            content = Element("div")
            _parse(content, text, parser)
            item = SubElement(element, "li")
            for child in content:
                if self.tight and child.tag == "p":
                    _put_text(item, child.text or "")
                else:
                    item.append(child)
            if _put_box(item):
                item.set("class", "task-list-item")
                element.set("class", "task-list")


def _parse(parent: Element, text: str, parser: BlockParser) -> None:
    """Read what a block holds, whatever it stands in."""
    parser.state.set("placed")
    parser.parseChunk(parent, text)
    parser.state.reset()


def _put_text(item: Element, text: str) -> None:
    if len(item):
        item[-1].tail = f"{item[-1].tail or ''}\n{text}"
    else:
        item.text = f"{item.text}\n{text}" if item.text else text


def _put_box(item: Element) -> bool:
    """Put a box into an item that begins with the mark of a task (GFM, section 5.3); whether it does."""
    holder = item if item.text or not len(item) or item[0].tag != "p" else item[0]
    task = _TASK.match(holder.text or "")
    if task:
        box = Element("input", {"type": "checkbox", "disabled": ""})
        if task[1] != " ":
            box.set("checked", "")
        box.tail = f" {holder.text[task.end() :]}" if holder.text else ""
        holder.text = None
        holder.insert(0, box)
    return task is not None


class PlacedBlocks(BlockProcessor):
    """Knows the blocks of a text by their places, and builds them there."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self._blocks: list[PlacedBlock] = []

    def reset(self) -> None:
        """Forget the blocks of the text before."""
        self._blocks.clear()

    def place(self, block: PlacedBlock) -> str:
        """The line that stands for a block."""
        self._blocks.append(block)
        return _PLACE.format(len(self._blocks) - 1)

    def test(self, parent: Element, block: str) -> bool:
        """Whether the block is such a line of this text: notes that other texts define may hold theirs."""
        found = _PLACE_LINE.match(block)
        return found is not None and int(found[1]) < len(self._blocks)

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Build what stands there."""
        found = _PLACE_LINE.match(blocks.pop(0))
        if found:
            self._blocks[int(found[1])].build(parent, self.parser)


class DefinitionLists(DefListProcessor):
    """The library's own, for meanings that were found to have a term."""

    RE = re.compile(rf"(^|\n){MEANING}:[ ]{{1,3}}(.*?)(\n|$)")


class BlockHtml(str):
    """HTML that is a block of its own, whatever its tag."""

    __slots__ = ()


class BlockHtmlPostprocessor(RawHtmlPostprocessor):
    """Puts stashed HTML back, and knows what is a block by how it was stashed and not by its tag."""

    def stash_to_string(self, text: str) -> str:
        """The HTML as it was stashed."""
        return text

    def isblocklevel(self, html: str) -> bool:
        """Whether the paragraph that Python-Markdown makes of its place goes."""
        return isinstance(html, BlockHtml)
