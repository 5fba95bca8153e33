"""A cell's Markdown read by the dialect's own reader of running text, which is slow to load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from editor.core.lines import split_lines
from editor.rendering.cell_text import CellRun, Look
from editor.rendering.inline import Inlines
from editor.rendering.link_grammar import read_definition

_MARKS = re.compile("\x02(?:(?P<character>[0-9]+)|wzxhzdk:(?P<html>[0-9]+))\x03")
_TAG = re.compile(r"<(?P<ends>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)")
_NO_MARKS = str.maketrans("", "", "\x02\x03")
_LOOKS = {
    **dict.fromkeys(("strong", "b"), Look.BOLD),
    **dict.fromkeys(("em", "i", "cite", "var", "dfn"), Look.ITALIC),
    **dict.fromkeys(("code", "kbd", "samp"), Look.CODE),
    **dict.fromkeys(("del", "s", "strike"), Look.STRUCK),
    "sup": Look.RAISED,
    "sub": Look.LOWERED,
}


def runs_of(value: str, definitions: str) -> Iterator[CellRun]:
    """The runs of a value, of which neighbours may have the same look."""
    return _Runs(value.translate(_NO_MARKS), _references(definitions)).all()


@lru_cache(maxsize=4)
def _references(definitions: str) -> dict[str, tuple[str, str]]:
    """Address and title by the label that defines them; of two alike the first counts."""
    found: dict[str, tuple[str, str]] = {}
    at = 0
    for line in split_lines(definitions):
        definition = read_definition(definitions, at)
        if definition and not definition.label.startswith("^"):
            found.setdefault(definition.label, (definition.target.address, definition.target.title))
        at += len(line)
    return found


@cache
def _markdown() -> Markdown:
    alone = Markdown()
    # In place of the extension's, which knows an article's notes: here are none.
    alone.inlinePatterns.register(InlineProcessor("(?!)"), "footnote", 175)
    return alone


class _Runs:
    """One reading of a value by the dialect's own reader of running text."""

    def __init__(self, value: str, references: dict[str, tuple[str, str]]) -> None:
        self._markdown = _markdown()
        self._markdown.htmlStash.reset()
        self._markdown.references = references
        self._root = Element("td")
        self._root.text = value
        # How many tags are open for each look: HTML within Markdown need not be nested.
        self._open = dict.fromkeys(_LOOKS.values(), 0)
        Inlines(self._markdown).run(self._root)

    def all(self) -> Iterator[CellRun]:
        return self._inside(self._root, Look.PLAIN, "")

    def _inside(self, element: Element, look: Look, link: str) -> Iterator[CellRun]:
        yield from self._words(element.text, look, link)
        for child in element:
            if child.tag == "br":
                yield CellRun("\n", look, link)
            elif child.tag == "img":
                words = child.get("alt") or child.get("src", "").rpartition("/")[2]
                yield from self._words(words, look | Look.PICTURE, link)
            else:
                inner = look | _LOOKS.get(child.tag, Look.PLAIN)
                address = next(iter(self._words(child.get("href"), look, "")), None)
                yield from self._inside(child, inner, address.text if address else link)
            yield from self._words(child.tail, look, link)

    def _words(self, text: str | None, look: Look, link: str) -> Iterator[CellRun]:
        """What the library's marks in a text stand for, and its entities."""
        at = 0
        words = ""
        for mark in _MARKS.finditer(text or ""):
            words += unescape((text or "")[at : mark.start()])
            at = mark.end()
            if mark["character"]:
                words += chr(int(mark["character"]))
                continue
            if words:
                yield CellRun(words, look | self._html_look(), link)
            words = self._break_or_look(str(self._markdown.htmlStash.rawHtmlBlocks[int(mark["html"])]))
        words += unescape((text or "")[at:])
        if words:
            yield CellRun(words, look | self._html_look(), link)

    def _break_or_look(self, html: str) -> str:
        """A line break where that is what the HTML says; a tag for a look begins or ends it."""
        tag = _TAG.match(html)
        name = tag["name"].lower() if tag else ""
        if tag and name in _LOOKS:
            look = _LOOKS[name]
            self._open[look] = max(self._open[look] + (-1 if tag["ends"] else 1), 0)
        return "\n" if name == "br" else ""

    def _html_look(self) -> Look:
        looks = Look.PLAIN
        for look, times in self._open.items():
            if times:
                looks |= look
        return looks
