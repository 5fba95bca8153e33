"""How many columns a text takes where every letter is as wide as the next."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NO_WIDTH = frozenset({"Mn", "Me", "Cf", "Cc"})


def display_width(text: str) -> int:
    """Columns of a text on one line: wide East Asian characters and emoji take two, combining marks none.

    By Unicode's East Asian Width (UAX 11) and general categories. What a font makes of several emoji joined to one is
    not known here.
    """
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH and character != "\t":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
