"""Publications that are there already: the same DOI, or the same title and year."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from editor.core.references.reference import Reference

_NO_LETTER = re.compile(r"[\W_]+")


class Duplicate(NamedTuple):
    """What a reference doubles: the row at `position` from 1 in the table, or the reference so numbered in its list."""

    position: int
    in_table: bool
    shared: str

    @property
    def message(self) -> str:
        """A sentence for the writer."""
        place = f"Already in row {self.position}" if self.in_table else f"The same as number {self.position} of these"
        return f"{place}: {self.shared}."


@dataclass(slots=True)
class KnownPublications:
    """Publications to compare with, by what makes two of them the same."""

    _by_doi: dict[str, Duplicate] = field(default_factory=dict)
    _by_title: dict[tuple[str, str], Duplicate] = field(default_factory=dict)

    def add(self, reference: Reference, position: int, *, in_table: bool) -> None:
        """Remember a reference; the first of several that are the same is the one that is named."""
        if reference.doi:
            self._by_doi.setdefault(reference.doi.casefold(), Duplicate(position, in_table, "the same DOI"))
        duplicate = Duplicate(position, in_table, "the same title and year")
        self._by_title.setdefault((title_key(reference.title), year_key(reference.year)), duplicate)

    def find(self, reference: Reference) -> Duplicate | None:
        """What a reference doubles, if anything."""
        if reference.doi and (found := self._by_doi.get(reference.doi.casefold())):
            return found
        return self._by_title.get((title_key(reference.title), year_key(reference.year)))


def title_key(title: str) -> str:
    """A title without case, punctuation, spaces and diacritics; one that has nothing else, as it is."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    # Accents that stand apart are no letters.
    return _NO_LETTER.sub("", decomposed) or title


def year_key(year: str) -> str:
    """A year without the letter that an article gives it; what is no year is the same as none."""
    return year[:4] if year[:4].isdecimal() else ""
