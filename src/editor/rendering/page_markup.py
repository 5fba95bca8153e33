"""What an exported page owes to screen readers and validators beyond what the preview needs, in an article's HTML.

What scrolls can be reached by keyboard, each heading of a table says what it heads and each box of a task what it
means, a list has nothing but items, and a link that nobody can see is none. And what paper needs: an address that is a
link's words is not printed again behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from editor.core.patterns import when_used
from editor.rendering.page_words import Words
from editor.rendering.sanitised_tags import Tag, pieces_of, start_tag

_LINK = re.compile(r'<a(?: [a-z-]+="[^"]*")*? href="(https?://[^"]*)"(?: [a-z-]+="[^"]*")*>([^<]+)</a>')
_NO_PART_OF_IT = when_used(r"^(?:https?://(?:www\.)?(?:dx\.)?(?:doi\.org/(?=10\.))?|doi: ?(?=10\.))|/$", re.IGNORECASE)
_SWITCHED = re.compile(r'<(?:details|input|ol)(?: [a-z-]+="[^"]*")+>')
_LISTS = frozenset({"ul", "ol"})
_VOID = frozenset({"br", "col", "hr", "img", "input", "wbr"})
_SUBLIST_ITEM, _BOX = "SUBLIST ITEM", "BOX"
_WRAPPED = {"ul": _SUBLIST_ITEM, "ol": _SUBLIST_ITEM, "table": _BOX}
_WRAPPERS = {_SUBLIST_ITEM: "li", _BOX: "div"}
SUBLIST = "sublist"
"""The class of an item that only holds a list which stood in another list by itself."""


def mend_markup(html: str, words: Words) -> str:
    """The HTML of an article for a page; what it shows stays the same."""
    return "".join(_Mending(words).mended(list(pieces_of(html))))


def mark_addresses(html: str) -> str:
    """The HTML with a span of the class `address` around each link whose words are its address or its DOI."""

    def marked(link: re.Match[str]) -> str:
        address, words = (_NO_PART_OF_IT.sub("", unescape(part).strip()) for part in link.groups())
        return f'<span class="address">{link[0]}</span>' if words == address else link[0]

    return _LINK.sub(marked, html)


def without_empty_values(html: str) -> str:
    """The HTML with switches (`checked`, `open` ...) as people write them."""
    return _SWITCHED.sub(lambda tag: tag[0].replace('=""', ""), html)


class _Mending:
    def __init__(self, words: Words) -> None:
        self._words = words
        self._box = {"class": "table", "role": "group", "aria-label": words.table, "tabindex": "0"}
        self._open: list[str] = []
        """The elements that are open, by their names or, in capitals, by what they are for."""
        self._begins_box = False
        """Whether the element that began last is the box of a table."""
        self._column = 0
        """How many cells of the row stand before."""

    def mended(self, pieces: Sequence[Tag | str]) -> Iterator[str]:
        skip_end = False
        for at, piece in enumerate(pieces):
            if isinstance(piece, str):
                yield piece
            elif skip_end:
                skip_end = False
            elif _is_empty_link(pieces, at):
                skip_end = True
            else:
                yield from self._tag(piece)

    def _tag(self, tag: Tag) -> Iterator[str]:
        if tag.closing:
            yield tag.source
            if self._open and self._open[-1] == tag.name:
                self._open.pop()
            if self._open[-1:] == [_WRAPPED.get(tag.name)]:
                yield f"</{_WRAPPERS[self._open.pop()]}>"
            return
        if tag.name in _LISTS and self._open and self._open[-1] in _LISTS:
            self._open.append(_WRAPPED[tag.name])
            yield start_tag("li", {"class": SUBLIST})
        elif tag.name == "table" and "table" not in self._open and not self._begins_box:
            self._open.append(_WRAPPED[tag.name])
            yield start_tag("div", self._box)
        yield self._start(tag)
        self._begins_box = tag.name == "div" and "table" in tag.attributes.get("class", "").split()
        if tag.name not in _VOID:
            self._open.append(tag.name)

    def _start(self, tag: Tag) -> str:
        if tag.name == "tr":
            self._column = 0
        elif tag.name in ("td", "th"):
            self._column += 1
        if tag.name == "div" and tag.attributes.get("aria-label") == "Table":
            return start_tag("div", self._box)
        if tag.name == "input":
            label = self._words.done if "checked" in tag.attributes else self._words.to_do
            # The sanitiser sets attributes of a box in any order, and an article makes the same page each time.
            return start_tag("input", {"aria-label": label, **dict(sorted(tag.attributes.items()))})
        if tag.name == "pre":
            return start_tag("pre", {**tag.attributes, "tabindex": "0"})
        if tag.name == "th" and tag.attributes.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            heads_row = self._column == 1 and "thead" not in self._open
            return start_tag("th", {**tag.attributes, "scope": "row" if heads_row else "col"})
        return tag.source


def _is_empty_link(pieces: Sequence[Tag | str], at: int) -> bool:
    """Whether a link begins there that ends at once, and that nothing leads to."""
    tag, following = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else ""
    if not (isinstance(tag, Tag) and isinstance(following, Tag)):
        return False
    return (tag.name, tag.closing, following.name, following.closing) == ("a", False, "a", True) and (
        "href" in tag.attributes and "id" not in tag.attributes
    )
