"""The dialect: Python-Markdown set up so that what writers know from GitHub works beside its own footnotes,
definition lists, abbreviations, attribute lists and admonitions.

Its `meta` extension is never among them: it eats a first paragraph such as `Note: ...`. Extensions are handed over as
objects, since naming one by string makes Python-Markdown search the installed packages for it, 60 ms at each start.
"""

from typing import NamedTuple, Self
from xml.etree.ElementTree import Element

import markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import EmptyBlockProcessor, ParagraphProcessor
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.def_list import DefListExtension
from markdown.postprocessors import build_postprocessors
from markdown.serializers import to_xhtml_string
from markdown.treeprocessors import PrettifyTreeprocessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import STX, Registry

from editor.core.tables import find_tables
from editor.rendering.block_layout import BlockLayout
from editor.rendering.footnotes import Footnotes
from editor.rendering.inline import Inlines
from editor.rendering.placed_blocks import BlockHtmlPostprocessor, DefinitionLists, PlacedBlocks
from editor.rendering.regions import in_regions, serialised
from editor.rendering.table_blocks import InnerTables


class Shared(NamedTuple):
    """What an article's definitions come to, in the order in which they were written."""

    references: dict[str, tuple[str, str]]
    footnotes: dict[str, str]
    abbreviations: dict[str, str]


class Dialect(markdown.Markdown):
    """A converter. It is not thread-safe, and of no further use once it has raised.

    With `smart_quotes` straight quotes, `--`, `---` and `...` become typographic ones.
    """

    def __init__(self, *, smart_quotes: bool = False) -> None:
        self._footnotes = Footnotes()
        self._abbreviations = _Abbreviations()
        self.shared: Shared | None = None
        super().__init__(extensions=[self._footnotes, self._abbreviations, DefListExtension(), AdmonitionExtension()])
        self._placed = PlacedBlocks(self)
        self._layout = BlockLayout(self, self._placed)
        self._add_processors()
        if smart_quotes:
            from editor.rendering.smart_punctuation import SmartPunctuation  # noqa: PLC0415  # if they are wanted

            self.treeprocessors.register(SmartPunctuation(self), "smart-punctuation", 5)
        self.treeprocessors.register(_ShareDefinitions(self), "shared-definitions", 60)
        self.serializer = lambda root: serialised(root, self._layout.html_blocks, to_xhtml_string)

    def build_parser(self) -> Self:
        """Build only what the dialect has of the library: paragraphs, and what it has beyond CommonMark."""
        self.preprocessors = Registry()
        self.parser = BlockParser(self)
        self.parser.blockprocessors.register(EmptyBlockProcessor(self.parser), "empty", 100)
        self.parser.blockprocessors.register(ParagraphProcessor(self.parser), "paragraph", 10)
        self.inlinePatterns = Registry()
        self.treeprocessors = Registry()
        self.treeprocessors.register(PrettifyTreeprocessor(self), "prettify", 10)
        self.treeprocessors.register(UnescapeTreeprocessor(self), "unescape", 0)
        self.postprocessors = build_postprocessors(self)
        return self

    def whole(self, text: str) -> list[str]:
        """The HTML of a whole article's body and its footnotes at the end, in regions; not sanitised."""
        self._start(text)
        return self._converted(text)

    def part(self, text: str, shared: Shared) -> list[str]:
        """The HTML of one chunk as it is inside the article that `shared` is of, in regions; not sanitised."""
        self._start(text, shared)
        return self._converted(text)

    def notes(self, definitions: str) -> list[str]:
        """The HTML of the footnotes alone; not sanitised."""
        self._start(definitions)
        self._footnotes.alone = True
        return self._converted(definitions)

    def definitions(self, text: str) -> Shared:
        """What the definitions in `text` come to."""
        self._start(text)
        lines = text.split("\n")
        for preprocessor in self.preprocessors:
            lines = preprocessor.run(lines)
        self.parser.parseDocument(lines)
        # A note may hold definitions too: the lines right under it are part of it.
        for _ in self._footnotes.read():
            pass
        return Shared(dict(self.references), dict(self._footnotes.footnotes), dict(self._abbreviations.abbrs))

    def share(self, shared: Shared) -> None:
        """Put the article's definitions in place of those that the chunk itself holds."""
        self.references.clear()
        self.references.update(shared.references)
        self._footnotes.footnotes.clear()
        self._footnotes.footnotes.update(shared.footnotes)
        self._abbreviations.abbrs.clear()
        self._abbreviations.abbrs.update(shared.abbreviations)

    def _add_processors(self) -> None:
        self.preprocessors.register(self._layout, "html_block", 20)
        blocks = self.parser.blockprocessors
        blocks.register(self._placed, "placed", 110)
        blocks.register(InnerTables(self.parser), "table", 75)
        blocks.register(DefinitionLists(self.parser), "deflist", 25)
        self.treeprocessors.register(Inlines(self), "inline", 20)
        self.treeprocessors.register(_AttributeLists(self), "attr_list", 8)
        self.postprocessors.register(BlockHtmlPostprocessor(self), "raw_html", 30)

    def _converted(self, text: str) -> list[str]:
        # The library takes a text of white space such as no-break spaces for an empty one, and reads no STX in any.
        return in_regions(self.convert(f"{text}\n{STX}"))

    def _start(self, text: str, shared: Shared | None = None) -> None:
        self.shared = shared
        self._footnotes.wanted = shared is None
        self._footnotes.alone = False
        self._layout.tables = find_tables(text)
        self._placed.reset()
        self.reset()


class _Abbreviations(AbbrExtension):
    """The library's own, whose stubs leave out what it collects."""

    abbrs: dict[str, str]


class _ShareDefinitions(Treeprocessor):
    """Runs when a chunk's blocks are parsed and before its words are read."""

    md: Dialect

    def run(self, root: Element) -> None:
        if self.md.shared is not None:
            self.md.share(self.md.shared)


class _AttributeLists(Treeprocessor):
    """The library's own, for a text that has a brace."""

    def run(self, root: Element) -> None:
        if "{" in "".join(root.itertext()):
            # It takes longer to import than most articles to convert, and few have such a list.
            from markdown.extensions.attr_list import AttrListTreeprocessor  # noqa: PLC0415

            AttrListTreeprocessor(self.md).run(root)
