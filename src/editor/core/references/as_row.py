"""What a reference becomes in a table of citations, and what a row of one says as a reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from editor.core.papers import (
    UNKNOWN,
    ColumnRole,
    Paper,
    PaperName,
    column_roles,
    format_paper_name,
    papers,
    parse_paper_name,
)
from editor.core.references.plain_text import as_markdown, as_plain, escaped, link_in
from editor.core.references.reference import (
    NO_DATE,
    Name,
    Reference,
    address_in,
    authors_and_others,
    doi_in,
    has_organisation_word,
)
from editor.core.tables import Table

RESOLVER = "https://doi.org/"
"""Where the address of a DOI begins."""

_ET_AL = re.compile(r",?\s+(?:et al\b\.?|and others\b)\s*\Z", re.IGNORECASE)
_SURNAME = r"(?:[a-zà-ÿ'’]{1,4} ){0,2}[^\W\d_][\w'’.-]*"
_TWO = re.compile(rf"({_SURNAME})\s+and\s+({_SURNAME})\Z")


class DoiStyle(StrEnum):
    """How a table writes DOIs."""

    BARE = "10.1000/x"
    LABELLED = "doi:10.1000/x"
    ADDRESS = "https://doi.org/10.1000/x"
    LINK = "[10.1000/x](https://doi.org/10.1000/x)"


@dataclass(frozen=True, slots=True)
class RowStyle:
    """How the rows of a table are written: what each column holds, whether titles are links, and how DOIs look."""

    roles: tuple[ColumnRole, ...]
    links_titles: bool
    doi: DoiStyle


def style_of(table: Table) -> RowStyle:
    """How a new row has to be written to look like those that are there."""
    rows = papers(table)
    last = next((paper.doi for paper in reversed(rows) if paper.doi.strip("- ")), "")
    if link_in(last):
        doi = DoiStyle.LINK
    elif "://" in last:
        doi = DoiStyle.ADDRESS
    else:
        doi = DoiStyle.LABELLED if last.casefold().startswith("doi:") else DoiStyle.BARE
    return RowStyle(column_roles(table.columns), links_titles(rows), doi)


def links_titles(rows: Sequence[Paper]) -> bool:
    """Whether the titles of most rows are links."""
    return 2 * sum(bool(paper.name and link_in(paper.name.title)) for paper in rows) > len(rows)


def paper_cell(reference: Reference, *, linked: bool = False) -> str:
    """`Title (Author, Year)` in Markdown, with a link to the publication in the title if asked for and known."""
    address = _address(reference) if linked else ""
    title = f"[{escaped(reference.title)}]({address})" if address else as_markdown(reference.title)
    name = PaperName(title, as_markdown(reference.authors_as_cited), reference.year or NO_DATE)
    cell = format_paper_name(name)
    if parse_paper_name(cell) != name:
        # A bracket that is not closed in the authors would close too early, or not at all.
        cell = format_paper_name(PaperName(title, re.sub("[()]", "", name.authors), name.year))
    return cell


def row_of(reference: Reference, style: RowStyle, number: str) -> tuple[str, ...]:
    """The values, one a column, of a reference's row: "" for what it does not tell, `-` for how often it is cited."""
    values = {
        ColumnRole.NUMBER: number,
        ColumnRole.PAPER: paper_cell(reference, linked=style.links_titles),
        ColumnRole.INSIGHT: reference.insight,
        ColumnRole.CITED_BY: reference.cited_by or UNKNOWN,
        ColumnRole.DOI: _doi(reference.doi, style.doi) if reference.doi else "",
    }
    return tuple(values.get(role, "") for role in style.roles)


def reference_of(paper: Paper) -> Reference:
    """What a row tells of a publication: its authors as far as they are named, its DOI or address, and the insight."""
    name = paper.name or PaperName(paper.written, "", "")
    link = link_in(paper.written)
    authors, others = _authors(as_plain(name.authors))
    return Reference(
        title=as_plain(name.title),
        authors=authors,
        others=others,
        year=name.year,
        doi=doi_in(as_plain(paper.doi), link_in(paper.doi), link),
        url=address_in(link, link_in(paper.doi), as_plain(paper.doi)),
        insight=paper.insight,
        cited_by="" if paper.cited_by == UNKNOWN else paper.cited_by,
        line=paper.line,
    )


def references_of(table: Table) -> tuple[Reference, ...]:
    """The rows of a table that name a paper, as references in the table's order."""
    return tuple(reference for paper in papers(table) if (reference := reference_of(paper)).title)


def _address(reference: Reference) -> str:
    """Where a publication is found, written so that it can stand between the parentheses of a link."""
    return (
        RESOLVER + quote(reference.doi, safe="/:;.-_~")
        if reference.doi
        else quote(reference.url, safe="/:;.-_~%?#=&+,@!")
    )


def _doi(doi: str, style: DoiStyle) -> str:
    address = RESOLVER + quote(doi, safe="/:;.-_~()")
    match style:
        case DoiStyle.LINK:
            return f"[{escaped(doi)}]({RESOLVER}{quote(doi, safe='/:;.-_~')})"
        case DoiStyle.ADDRESS:
            return address
        case DoiStyle.LABELLED:
            return f"doi:{as_markdown(doi)}"
    return as_markdown(doi)


def _authors(written: str) -> tuple[tuple[Name, ...], bool]:
    """The authors of `A`, `A & B`, `A, B & C` or `A et al.`, and whether there are more than those."""
    first = _ET_AL.sub("", written)
    if first != written:
        return authors_and_others([_name(first)])[0], True
    names = [written]
    if two := _TWO.match(written):
        names = [two[1], two[2]]
    elif written.count(" & ") == 1:
        before, last = written.split(" & ")
        names = [*before.split(","), last]
    return authors_and_others(_name(name.strip(" ,")) for name in names)


def _name(written: str) -> Name:
    return Name(written, is_organisation=has_organisation_word(written))
