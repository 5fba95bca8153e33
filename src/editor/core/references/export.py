"""A table of citations in the forms that other programs read: CSV, and its papers as BibTeX, RIS and CSL-JSON.

What a row does not tell (what kind of publication, given names, where it appeared) is left out, never guessed. Read
again, each of the last three gives the same rows, but for emphasis in titles, and `&` between two authors where a row
has `and`; numbers are given anew.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from editor.core.references.as_row import RESOLVER
from editor.core.references.latex import encoded
from editor.core.references.reference import (
    CITED_BY,
    IN_PRESS,
    INSIGHT,
    NO_DATE,
    Name,
    Reference,
    doi_in,
    unmarked,
)
from editor.core.tables import Table

_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
# What a spreadsheet takes for a formula, whoever wrote it; a number and the dash of what is unknown are none.
_FORMULA = re.compile(r"[=+@\t\r]|-[^\s0-9]")
_QUOTED = re.compile(r"[\",\r\n]|\A\s|\s\Z")


def export_csv(table: Table) -> str:
    """Every cell as written in the table, headings first, by RFC 4180; `<br>` is a line break.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    rows = (table.columns, *(tuple(cell.value for cell in row.cells) for row in table.rows))
    return "".join(",".join(map(_csv_cell, row)) + "\r\n" for row in rows)


def export_bibtex(references: Iterable[Reference]) -> str:
    """An entry for each reference, in UTF-8, under a key of its own: `siebrecht2013`."""
    keyed = _keyed(references)
    return "\n".join(f"@misc{{{key},\n{''.join(_bibtex_fields(reference))}}}\n" for key, reference in keyed)


def export_ris(references: Iterable[Reference]) -> str:
    """A record for each reference; the insight and how often a paper is cited are notes."""
    return "".join(
        "".join(f"{tag}  - {value}\r\n" for tag, value in _ris_fields(reference)) + "ER  - \r\n\r\n"
        for reference in references
    )


def export_csl_json(references: Iterable[Reference]) -> str:
    """A list with an item for each reference."""
    items = [{"id": key, "type": "document", **_csl_fields(reference)} for key, reference in _keyed(references)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _csv_cell(value: str) -> str:
    value = _BREAK.sub("\n", value)
    if _FORMULA.match(value):
        value = f"'{value}"
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value


def _bibtex_fields(reference: Reference) -> Iterator[str]:
    names = [*map(_bibtex_name, reference.authors), *(["others"] if reference.others else [])]
    fields = {
        "author": " and ".join(names),
        # In braces of its own, since styles change the case of what is not.
        "title": f"{{{encoded(_marked(reference.title))}}}",
        "year": "" if reference.year == NO_DATE else reference.year,
        "doi": re.sub(r"([{}\\])", r"\\\1", reference.doi),
        "url": _url(reference),
        "note": f"{CITED_BY}{encoded(reference.cited_by)}" if reference.cited_by else "",
        "annote": encoded(reference.insight),
    }
    return (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)


def _bibtex_name(name: Name) -> str:
    family = encoded(name.family)
    if not name.is_organisation and name.given and " and " not in f" {family} ":
        return f"{family}, {encoded(name.given)}"
    # A name of several words would be taken apart.
    return family if family.isalpha() and family.casefold() not in ("and", "others") else f"{{{family}}}"


def _ris_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "GEN"
    yield from (("AU", _ris_name(name)) for name in reference.authors)
    if reference.others:
        yield "AU", "et al."
    fields = (
        ("TI", _marked(reference.title)),
        ("PY", "" if reference.year == NO_DATE else reference.year),
        ("DO", reference.doi),
        ("UR", _url(reference)),
        ("N1", f"{CITED_BY}{reference.cited_by}" if reference.cited_by else ""),
        ("N1", f"{INSIGHT}{reference.insight}" if reference.insight else ""),
    )
    yield from ((tag, value) for tag, value in fields if value)


def _ris_name(name: Name) -> str:
    """`Family, Given`; the comma in an organisation's name is doubled, as EndNote does, so that it parts nothing."""
    return f"{name.family}, {name.given}" if name.given else name.family.replace(",", ",,", 1)


def _csl_fields(reference: Reference) -> dict[str, object]:
    authors: list[dict[str, str]] = [_csl_name(name) for name in reference.authors]
    if reference.others:
        authors.append({"literal": "et al."})
    fields: dict[str, object] = {
        "title": _marked(reference.title),
        "author": authors,
        **_csl_date(reference.year),
        "DOI": reference.doi,
        "URL": _url(reference),
        "note": f"{CITED_BY}{reference.cited_by}" if reference.cited_by else "",
        "annote": reference.insight,
    }
    return {name: value for name, value in fields.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if name.is_organisation:
        return {"literal": _marked(name.family)}
    return {"family": _marked(name.family), **({"given": _marked(name.given)} if name.given else {})}


def _csl_date(year: str) -> dict[str, object]:
    if year[:4].isdecimal():
        date: dict[str, object] = {"issued": {"date-parts": [[int(year[:4])]]}}
        return {**date, "year-suffix": year[4:]} if year[4:] else date
    if year == IN_PRESS:
        return {"status": year}
    return {"issued": {"literal": year}} if year and year != NO_DATE else {}


def _marked(text: str) -> str:
    """A title for where `<i>` is italic: with entities, if something in it would be taken for markup."""
    return text if unmarked(text) == text else text.replace("&", "&amp;").replace("<", "&lt;")


def _url(reference: Reference) -> str:
    """Its address, where that says more than its DOI does."""
    is_doi = reference.url.startswith(RESOLVER) and doi_in(reference.url) == reference.doi
    return "" if is_doi else reference.url


def _keyed(references: Iterable[Reference]) -> Iterator[tuple[str, Reference]]:
    """Each reference with a key that no other has: a hyphen is in no other part of one."""
    times: Counter[str] = Counter()
    for reference in references:
        stem = _key(reference)
        times[stem] += 1
        yield stem if times[stem] == 1 else f"{stem}-{times[stem]}", reference


def _key(reference: Reference) -> str:
    """The first author, or else the first word of the title, and the year: letters and digits of ASCII."""
    source = reference.authors[0].family if reference.authors else reference.title.split(" ")[0]
    decomposed = unicodedata.normalize("NFKD", f"{source}{reference.year}".casefold())
    return re.sub(r"[^a-z0-9]", "", decomposed) or "reference"
