"""Footnotes that need no other chunk: numbered in the order of their definitions, their references not counted."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension


class Footnotes(FootnoteExtension):
    """The library's own, for a text that may be a part of an article.

    Every reference to a note has the id of the first one, and every note one way back; `rendering.numbering` counts
    them over the whole article. The arrow is asked for as text, since alone it is drawn as an emoji. No text can hold
    the place marker, which would move the notes elsewhere.
    """

    def __init__(self) -> None:
        self.wanted = True
        self.alone = False
        super().__init__(BACKLINK_TEXT="\u21a9\ufe0e", PLACE_MARKER="\x02nowhere\x03")

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what the library does, but for its own counting of references."""
        super().extendMarkdown(md)
        md.treeprocessors.deregister("footnote-duplicate")

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        """The id of the first reference to a note, whichever this is."""
        return f"fnref:{id}"

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        """The notes, where they are wanted; where they are wanted alone, all else goes."""
        if self.alone:
            root.clear()
        self.read_inner_definitions()
        return super().makeFootnotesDiv(root) if self.wanted else None

    def read_inner_definitions(self) -> None:
        """Find the definitions that notes hold; they count for the whole article, as all do."""
        read: set[str] = set()
        while unread := [label for label in self.footnotes if label not in read]:
            for label in unread:
                read.add(label)
                if "]:" in (text := self.footnotes[label]):
                    self.parser.parseChunk(Element("div"), text)
