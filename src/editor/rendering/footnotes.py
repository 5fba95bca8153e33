"""Footnotes that need no other chunk: numbered in the order of their definitions, their references not counted."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension


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
        if not self.wanted or not self.footnotes:
            return None
        notes = Element("div", {"class": "footnote"})
        SubElement(notes, "hr")
        items = SubElement(notes, "ol")
        for number, (label, content) in enumerate(self.read(), start=1):
            item = SubElement(items, "li", {"id": self.makeFootnoteId(label)})
            item.extend(content)
            self._lead_back(item, label, number)
        return notes

    def read(self) -> Iterator[tuple[str, Element]]:
        """The labels and the content of the notes in their order, those included that are defined within others."""
        labels: list[str] = []
        while unread := list(self.footnotes)[len(labels) :]:
            labels += unread
            for label in unread:
                content = Element("div")
                self.parser.parseChunk(content, self.footnotes[label])
                yield label, content

    def _lead_back(self, item: Element, label: str, number: int) -> None:
        """Put the way back behind the last words of a note, or below it."""
        last = item[-1] if len(item) and item[-1].tag == "p" else SubElement(item, "p")
        if last.text:
            last.text += NBSP_PLACEHOLDER
        attributes = {"class": "footnote-backref", "href": f"#{self.makeFootnoteRefId(label)}"}
        attributes["title"] = f"Jump back to footnote {number} in the text"
        SubElement(last, "a", attributes).text = FN_BACKLINK_TEXT
