"""Texts without what readers pass over when they look for a word: case, and marks on letters."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"})
"""Letters that Unicode does not take apart into a base and a mark, though readers look for them there."""


def folded_case(text: str) -> str:
    """The text without case, its letters apart from their marks (Unicode's compatibility decomposition)."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def without_marks(folded: str) -> str:
    """A text that `folded_case` gave, without marks: `o` for `ø` as for `ö`."""
    if folded.isascii():
        return folded
    return "".join(character for character in folded if not unicodedata.combining(character)).translate(_LETTERS)
