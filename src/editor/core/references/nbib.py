"""PubMed's format (`.nbib`) as references, by its tags in the MEDLINE/PubMed data element descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from editor.core.references.reference import (
    Name,
    Reference,
    Unread,
    authors_and_others,
    doi_in,
    one_line,
    organisation,
    person,
    title_of,
    year_of,
)

_TAG = re.compile(r"([A-Z]{2,4}) {0,3}- ?(.*)\Z")
_LONGEST_RECORD = 400_000
_INITIALS = re.compile(r"(.+?) ((?:[^\W\d_]){1,4})(?: (Jr|Sr|[1-9](?:st|nd|rd|th)|I{1,3}|IV))?\Z")
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"


def looks_like_nbib(text: str) -> bool:
    """Whether a line has the number that a record begins with."""
    return re.search(r"^PMID {0,3}- ?[0-9]", text, re.MULTILINE) is not None


def read_nbib(text: str) -> Iterator[Reference | Unread]:
    """Each record of a text whose lines end in LF, in order: it begins with its PMID, which may stand in others."""
    for line, fields in _records(text):
        if sum(len(value) for _, value in fields) > _LONGEST_RECORD:
            yield Unread(line, "This record is too long to be a reference.")
        else:
            yield _reference(fields, line)


def _records(text: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """The line that each record begins on, and its tags with their values."""
    fields: list[tuple[str, list[str]]] = []
    first = 0
    for number, line in enumerate(text.split("\n"), start=1):
        tag = _TAG.match(line)
        if tag and tag[1] == "PMID":
            if fields:
                yield first, [(name, " ".join(parts)) for name, parts in fields]
            fields, first = [], number
        if tag and first:
            fields.append((tag[1], [tag[2].strip()]))
        elif fields and line.startswith(" "):
            fields[-1][1].append(line.strip())
    if fields:
        yield first, [(name, " ".join(parts)) for name, parts in fields]


def _reference(fields: Sequence[tuple[str, str]], line: int) -> Reference:
    values: dict[str, list[str]] = {}
    for tag, value in fields:
        values.setdefault(tag, []).append(value)

    def text(*tags: str) -> str:
        return next((found for tag in tags if (found := one_line(values.get(tag, [""])[0]))), "")

    authors, others = authors_and_others(_authors(fields, values))
    number = text("PMID")
    return Reference(
        title=_title(text("TI", "BTI", "TT", "CTI")),
        authors=authors,
        others=others,
        year=year_of(text("DP"), text("DEP"), text("DA")),
        container=text("JT", "TA", "BTI", "PB"),
        volume=text("VI"),
        issue=text("IP"),
        pages=text("PG"),
        doi=doi_in(*(value for tag in ("LID", "AID", "SO") for value in values.get(tag, ()) if _has_doi(tag, value))),
        url=f"{_PUBMED}{number}/" if number.isdecimal() else "",
        line=line,
    )


def _has_doi(tag: str, value: str) -> bool:
    return value.endswith("[doi]") or (tag == "SO" and "doi:" in value)


def _title(written: str) -> str:
    """A title without the brackets that PubMed puts around one that it translated."""
    title = title_of(written)
    return title_of(title[1:-1]) if title.startswith("[") and title.endswith("]") else title


def _authors(fields: Sequence[tuple[str, str]], values: Mapping[str, Sequence[str]]) -> Iterator[Name]:
    """Persons by their full names where these are given, organisations where they stand among them; else editors."""
    persons = next((tag for tag in ("FAU", "AU", "FED", "ED") if tag in values), "")
    for tag, value in fields:
        if tag == persons:
            yield _person(value)
        elif tag == "CN":
            yield organisation(value)


def _person(written: str) -> Name:
    family, comma, given = written.partition(",")
    if comma:
        return person(family, *(part.strip() for part in given.split(",", 1)[:1]))
    short = _INITIALS.match(written)
    return person(short[1], short[2], suffix=short[3] or "") if short else person(written)
