"""The dialect: Python-Markdown set up so that what writers know from GitHub works beside its own footnotes,
definition lists, abbreviations, attribute lists and admonitions.

Its `meta` extension is never among them: it eats a first paragraph such as `Note: ...`. Extensions are handed over as
objects, since naming one by string makes Python-Markdown search the installed packages for it, 60 ms at each start.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.betterem import BetterEmExtension
from pymdownx.magiclink import MagiclinkExtension
from pymdownx.saneheaders import SaneHeadersExtension
from pymdownx.tasklist import TasklistExtension
from pymdownx.tilde import DeleteSubExtension

from editor.core.tables import find_tables
from editor.rendering.block_layout import BlockLayout
from editor.rendering.table_blocks import TableBlocks

# No text can hold these: Python-Markdown takes both control characters out of every source.
_NOTES_MARK = "\x02notes\x03"
_BEFORE_NOTES = f"<p>{_NOTES_MARK}</p>"


@dataclass(frozen=True, slots=True)
class Shared:
    """What an article's definitions come to, in the order in which they were written."""

    references: dict[str, tuple[str, str]]
    footnotes: dict[str, str]
    abbreviations: dict[str, str]


class Dialect(markdown.Markdown):
    """A converter. It is not thread-safe, and of no further use once it has raised."""

    def __init__(self) -> None:
        self._footnotes = _Footnotes()
        self._abbreviations = _Abbreviations()
        self.shared: Shared | None = None
        super().__init__(extensions=[self._footnotes, self._abbreviations, *_extensions()])
        self._table_blocks = TableBlocks(self)
        self._layout = BlockLayout(self, self._table_blocks)
        self.parser.blockprocessors.register(self._table_blocks, "table", 75)
        self.preprocessors.register(self._layout, "html_block", 20)
        self.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash-break", 185)
        self.treeprocessors.register(_ShareDefinitions(self), "shared-definitions", 60)

    def whole(self, text: str) -> tuple[str, str]:
        """The HTML of a whole article's body, and of its footnotes at the end ("" without); not sanitised.

        They are apart since HTML that the body leaves open must not swallow them.
        """
        self._start(text)
        body, _, notes = self.convert(text).partition(_BEFORE_NOTES)
        return body, notes

    def part(self, text: str, shared: Shared) -> str:
        """The HTML of one chunk as it is inside the article that `shared` is of; not sanitised."""
        self._start(text, shared)
        return self.convert(text)

    def notes(self, definitions: str) -> str:
        """The HTML of the footnotes alone; not sanitised."""
        self._start(definitions)
        self._footnotes.alone = True
        return self.convert(definitions).removeprefix(_BEFORE_NOTES)

    def definitions(self, text: str) -> Shared:
        """What the definitions in `text` come to."""
        self._start(text)
        lines = text.split("\n")
        for preprocessor in self.preprocessors:
            lines = preprocessor.run(lines)
        self.parser.parseDocument(lines)
        # A note may hold definitions too: the lines right under it are part of it.
        self._footnotes.makeFootnotesDiv(Element("div"))
        return Shared(dict(self.references), dict(self._footnotes.footnotes), dict(self._abbreviations.abbrs))

    def share(self, shared: Shared) -> None:
        """Put the article's definitions in place of those that the chunk itself holds."""
        self.references.clear()
        self.references.update(shared.references)
        self._footnotes.footnotes.clear()
        self._footnotes.footnotes.update(shared.footnotes)
        self._abbreviations.abbrs.clear()
        self._abbreviations.abbrs.update(shared.abbreviations)

    def _start(self, text: str, shared: Shared | None = None) -> None:
        self.shared = shared
        self._footnotes.wanted = shared is None
        self._footnotes.alone = False
        self._layout.tables = find_tables(text)
        self._table_blocks.reset()
        self.reset()


class _Footnotes(FootnoteExtension):
    """Footnotes numbered in the order of their definitions, so that a chunk's numbers need no other chunk.

    The arrow is asked for as text, since alone it is drawn as an emoji. No text can hold the place marker, which would
    move the notes elsewhere.
    """

    def __init__(self) -> None:
        self.wanted = True
        self.alone = False
        super().__init__(BACKLINK_TEXT="\u21a9\ufe0e", PLACE_MARKER="\x02nowhere\x03")

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        """The notes, where they are wanted; where they are wanted alone, all else goes."""
        if self.alone:
            root.clear()
        notes = super().makeFootnotesDiv(root) if self.wanted else None
        if notes is not None:
            SubElement(root, "p").text = _NOTES_MARK
        return notes


class _Abbreviations(AbbrExtension):
    """The library's own, whose stubs leave out what it collects."""

    abbrs: dict[str, str]


class _ShareDefinitions(Treeprocessor):
    """Runs when a chunk's blocks are parsed and before its words are read."""

    md: Dialect

    def run(self, root: Element) -> None:
        if self.md.shared is not None:
            self.md.share(self.md.shared)


def _extensions() -> list[Extension]:
    return [
        DefListExtension(),
        AttrListExtension(),
        AdmonitionExtension(),
        SaneListExtension(),
        BetterEmExtension(),
        SaneHeadersExtension(),
        DeleteSubExtension(subscript=False),
        TasklistExtension(),
        MagiclinkExtension(),
    ]
