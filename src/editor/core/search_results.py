"""How much of a title and a description a page of search results shows.

Google names no limit: it cuts a title link "as needed, typically to fit the device width" (Search Central, "Influencing
your title links in search results", and the same of snippets). What is known is measured: a desktop's title link is set
in Arial 20 px in a column of 600 px, which cuts most titles between 50 and 60 characters (Moz, "Title tag"); 580 px
leaves room for the three dots. A description is cut at 155 to 160 characters (Moz, "Meta description").
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_TITLE_PIXELS = 580
_TITLE_CHARACTERS = 60
_DESCRIPTION_CHARACTERS = 160
_TITLE_SIZE = 20
"""Pixels of the type that a desktop's results set titles in."""
_TITLES = frozenset({"title", "seo_title", "meta_title"})
_DESCRIPTIONS = frozenset({"description", "seo_description", "meta_description"})

# Advance widths of Arial, in thousandths of its size; they are those of Helvetica in Adobe's font metrics.
_WIDTHS = {
    222: "ijl'", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "Jcksvxyz", 556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~", 611: "FTZ",
    667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1015: "@",
}  # fmt: skip
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_USUAL_WIDTH, _WIDE = 556, 1000


@dataclass(frozen=True, slots=True)
class SearchLength:
    """How long a text is for search results: characters, pixels (0 where they do not count), and whether it is cut."""

    characters: int
    most_characters: int
    pixels: int
    most_pixels: int

    @property
    def is_cut(self) -> bool:
        """Whether its end would not be shown: by its width where that is known, else by its characters."""
        return self.pixels > self.most_pixels if self.most_pixels else self.characters > self.most_characters


def search_length(key: str, text: str) -> SearchLength | None:
    """What search results show of a title or a description; None for a field that they do not show."""
    name = key.lower().replace("-", "_")
    if name in _TITLES:
        return SearchLength(len(text), _TITLE_CHARACTERS, title_pixels(text), _TITLE_PIXELS)
    if name in _DESCRIPTIONS:
        return SearchLength(len(text), _DESCRIPTION_CHARACTERS, 0, 0)
    return None


def title_pixels(text: str) -> int:
    """The width of a title in search results, in pixels; letters that Arial's table here lacks are guessed."""
    return round(sum(_width(character) for character in text) * _TITLE_SIZE / 1000)


def _width(character: str) -> int:
    known = _WIDTH_OF.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTH_OF.get(base, _USUAL_WIDTH)
