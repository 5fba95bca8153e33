"""Which format a text of references is in, and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from editor.core.lines import line_ends
from editor.core.problems import Problem, Severity
from editor.core.references.apa import looks_like_apa, read_apa
from editor.core.references.bibtex import looks_like_bibtex, read_bibtex
from editor.core.references.csl_json import looks_like_csl_json, read_csl_json
from editor.core.references.nbib import looks_like_nbib, read_nbib
from editor.core.references.reference import Reference, Unread
from editor.core.references.ris import looks_like_ris, read_ris

LARGEST = 2_000_000
"""Code points. What is longer is not read: it is a library, and no list of papers for one article."""


class ReferenceFormat(StrEnum):
    """How references are written; the values are what a writer knows them by."""

    BIBTEX = "BibTeX"
    RIS = "RIS"
    NBIB = "PubMed"
    CSL_JSON = "CSL-JSON"
    APA = "APA"


@dataclass(frozen=True, slots=True)
class ReadReferences:
    """What a text holds: its format, None where it is in none, its references and why parts of it are none, in order.

    The problems' places are in the text as it was given.
    """

    format: ReferenceFormat | None
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]


_Reader = Callable[[str], Iterator[Reference | Unread]]
_FormatAndReader = tuple[ReferenceFormat, _Reader]
# In the order in which a text is tried: what is marked up most plainly comes first.
_FORMATS: tuple[tuple[ReferenceFormat, Callable[[str], bool], _Reader], ...] = (
    (ReferenceFormat.CSL_JSON, looks_like_csl_json, read_csl_json),
    (ReferenceFormat.NBIB, looks_like_nbib, read_nbib),
    (ReferenceFormat.RIS, looks_like_ris, read_ris),
    (ReferenceFormat.BIBTEX, looks_like_bibtex, read_bibtex),
    (ReferenceFormat.APA, looks_like_apa, read_apa),
)


def format_of(text: str) -> ReferenceFormat | None:
    """The format in which a text has references, as it seems from its marks; None where it seems to have none.

    Prose that cites (`Siebrecht (2013) found ...`) and papers' names (`Title (Author, 2013)`) are no references.
    """
    found = _format_and_reader(_with_lf(text[:LARGEST]))
    return found[0] if found else None


def read_references(text: str) -> ReadReferences:
    """All references of a text, whatever is in it: what cannot be read is a problem, and spoils nothing beside it."""
    lines = _with_lf(text)
    found = _format_and_reader(lines) if len(text) <= LARGEST else None
    items = list(_items(text, lines, found))
    return ReadReferences(
        found[0] if found else None,
        tuple(item for item in items if isinstance(item, Reference)),
        tuple(item for item in items if isinstance(item, Problem)),
    )


def reading(text: str) -> Iterator[Reference | Problem]:
    """The references and problems of a text one by one, so that whoever shows them can do other things meanwhile."""
    lines = _with_lf(text)
    return _items(text, lines, _format_and_reader(lines) if len(text) <= LARGEST else None)


def _items(text: str, lines: str, found: _FormatAndReader | None) -> Iterator[Reference | Problem]:
    if len(text) > LARGEST:
        message = f"This is too much: up to {LARGEST:,} characters are read. Choose the papers that you cite."
        yield Problem("references-too-large", Severity.ERROR, message, 0, 0, 1)
    elif found is None:
        if lines.strip():
            message = "No reference was found: neither BibTeX, RIS, PubMed’s format, CSL-JSON nor APA’s form."
            yield Problem("references-unknown-format", Severity.ERROR, message, 0, 0, 1)
    else:
        yield from _placed(text, found[1](lines))


def _placed(text: str, items: Iterator[Reference | Unread]) -> Iterator[Reference | Problem]:
    """The items with what is unread as problems at their lines; a reference without a title is none."""
    ends: list[int] = []
    for item in items:
        if isinstance(item, Reference) and item.title:
            yield item
            continue
        unread = item if isinstance(item, Unread) else Unread(item.line, "This reference has no title.")
        ends = ends or [0, *line_ends(text), len(text)]
        start = ends[min(unread.line - 1, len(ends) - 1)]
        end = ends[min(unread.line, len(ends) - 1)]
        yield Problem("reference-unread", Severity.WARNING, unread.message, start, end, unread.line)


def _with_lf(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _format_and_reader(text: str) -> _FormatAndReader | None:
    return next(((each, read) for each, fits, read in _FORMATS if fits(text)), None)
