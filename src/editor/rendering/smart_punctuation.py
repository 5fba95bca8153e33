"""Typographic quotes, dashes and ellipses for straight ones, where a writer has asked for them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, AtomicString

_STRAIGHT = re.compile(r"[\"']|(?<!-)-{2,3}(?!-)|(?<!\.)\.{3}(?!\.)")
_WRITTEN = {"--": "–", "---": "—", "...": "…"}
_QUOTES = {'"': ("“", "”"), "'": ("‘", "’")}
# What a quote may open after: nothing, white space, an opening mark, a dash, or HTML.
_OPENS_AFTER = frozenset(f"([{{“‘–—-/{ETX}")
_LITERAL = frozenset({"code", "kbd", "pre", "samp"})


class SmartPunctuation(Treeprocessor):
    """Changes the words of the tree once they are read, so that neither code nor addresses nor attributes change.

    What the writer escaped, such as `\\"`, is not one of those marks any more and stays as it is.
    """

    # The character before the words that are read next, "" at the beginning of a block or a line.
    _before = ""

    def run(self, root: Element) -> None:
        self._read(root)

    def _read(self, element: Element) -> None:
        is_block = self.md.is_block_level(element.tag)
        if is_block or element.tag == "br":
            self._before = ""
        if element.tag in _LITERAL or element.tag == "img":
            self._before = "" if is_block else "x"
            return
        element.text = self._written(element.text, goes_on=len(element) > 0)
        for place, child in enumerate(element, start=1):
            self._read(child)
            child.tail = self._written(child.tail, goes_on=place < len(element))
        if is_block:
            self._before = ""

    def _written(self, text: str | None, *, goes_on: bool) -> str | None:
        """The text with its marks changed; `goes_on` says that an element follows it."""
        if not text:
            return text
        if isinstance(text, AtomicString):
            self._before = text[-1]
            return text

        def change(mark: re.Match[str]) -> str:
            written = _WRITTEN.get(mark[0])
            if written:
                return written
            before = text[mark.start() - 1] if mark.start() else self._before
            after = text[mark.end() : mark.end() + 1] or ("x" if goes_on else "")
            opening, closing = _QUOTES[mark[0]]
            opens = not before or before.isspace() or before in _OPENS_AFTER or before in _QUOTES
            # A quote before a number stands for the century.
            return opening if opens and after.strip() and not (mark[0] == "'" and after.isdigit()) else closing

        changed = _STRAIGHT.sub(change, text)
        self._before = changed[-1]
        return changed
