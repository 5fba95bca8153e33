"""RIS as references, by rispy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from editor.core.references.reference import (
    INSIGHT,
    Name,
    Reference,
    Unread,
    address_in,
    authors_and_others,
    cited_by_in,
    doi_in,
    one_line,
    organisation,
    person,
    title_of,
    unmarked,
    year_of,
)

_TAG = re.compile(r"[ \t]*([A-Z][A-Z0-9])[ \t]{0,2}-(?:[ \t]+(.*)|[ \t]*)\Z")
_LONGEST_RECORD = 200_000


def looks_like_ris(text: str) -> bool:
    """Whether a line opens a record."""
    return re.search(r"^[ \t]*TY[ \t]{1,2}-", text, re.MULTILINE) is not None


def read_ris(text: str) -> Iterator[Reference | Unread]:
    """Each record of a text whose lines end in LF, in order. A record ends where the next begins, if not before."""
    for line, record in _records(text):
        if sum(map(len, record)) > _LONGEST_RECORD:
            yield Unread(line, "This record is too long to be a reference.")
            continue
        fields = _fields(record)
        yield _reference(fields, line) if fields else Unread(line, "This record cannot be read.")


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The line that each record begins on, and its tags with their values, each in the form that the library knows."""
    record: list[list[str]] = []
    first = 0
    for number, line in enumerate(text.split("\n"), start=1):
        tag = _TAG.match(line)
        if record and tag and tag[1] in ("TY", "ER"):
            yield first, [" ".join(parts) for parts in record]
            record = []
        if tag and tag[1] == "TY":
            first, record = number, [["TY  -", tag[2] or "GEN"]]
        elif tag and record:
            record.append([f"{tag[1]}  -", tag[2] or ""])
        elif record and line.strip():
            # A long value goes on in lines of its own; the library joins them at a cost that grows with their square.
            record[-1].append(line.strip())
    if record:
        yield first, [" ".join(parts) for parts in record]


def _fields(record: Sequence[str]) -> dict[str, Any]:
    """A record's values by the names that rispy gives the tags; nothing where it cannot read them."""
    import rispy  # noqa: PLC0415

    try:
        return dict(rispy.loads("\n".join((*record, "ER  - ")), delimiter_tags_mapping={})[0])
    except Exception:  # noqa: BLE001 - the library raises what its dictionaries raise
        return {}


def _reference(fields: Mapping[str, Any], line: int) -> Reference:
    def text(*names: str) -> str:
        return next((found for name in names if (found := one_line(str(fields.get(name) or "")))), "")

    def texts(*names: str) -> list[str]:
        return [one_line(str(value)) for name in names for value in fields.get(name) or ()]

    written = texts("first_authors", "authors") or texts("secondary_authors")
    authors, others = authors_and_others(_name(name) for name in written)
    notes = texts("notes")
    insights = (note.removeprefix(INSIGHT) for note in notes if note.startswith(INSIGHT))
    times_cited = (found for note in notes if not note.startswith(INSIGHT) and (found := cited_by_in(note)))
    links = [link for value in texts("urls") for link in re.split(r";\s*(?=https?:)", value)]
    first, last = text("start_page"), text("end_page")
    in_other = text("alternate_title3", "journal_name", "secondary_title", "alternate_title2", "alternate_title1")
    return Reference(
        title=title_of(text("title", "primary_title", "translated_title")),
        authors=authors,
        others=others,
        year=year_of(text("year"), text("publication_year"), text("date")),
        container=unmarked(in_other or text("publisher")),
        volume=text("volume"),
        issue=text("number"),
        pages=f"{first}–{last}" if first and last and last != first else first,
        doi=doi_in(text("doi"), *links, text("custom3"), text("custom7")),
        url=address_in(*links),
        insight=next(insights, ""),
        cited_by=next(times_cited, ""),
        line=line,
    )


def _name(written: str) -> Name:
    """`Family, Given, Suffix`; without a comma, or with two that EndNote writes for one, it is an organisation."""
    if ",," in written or written.endswith(","):
        return organisation(written.replace(",,", ",").rstrip(","))
    family, *rest = [part.strip() for part in written.split(",", 2)]
    return person(family, rest[0], suffix=", ".join(rest[1:])) if rest else organisation(written)
