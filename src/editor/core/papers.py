"""The rows of the citations table as papers: which column is which, and what a paper's cell says."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import count, islice, repeat
from typing import NamedTuple

from editor.core.patterns import when_used
from editor.core.tables import Table, value_in

COLUMNS = ("S.No", "Paper Title (Author, Year)", "Relevant Insight", "Citations")
"""The headings of a new article's table."""

UNKNOWN = "-"
"""What the cited-by column says of a paper until the writer has looked it up."""


class ColumnRole(StrEnum):
    """What a column of the citations table holds."""

    NUMBER = "number"
    PAPER = "paper"
    INSIGHT = "insight"
    CITED_BY = "cited-by"
    DOI = "doi"
    OTHER = "other"


class PaperName(NamedTuple):
    """The parts of `Title (Author, Year)`, each "" where it is missing.

    `title` may hold parentheses and Markdown, `authors` is as written (`Barbagallo & Dominguez`, `Liu et al.`), `year`
    is four digits with or without a letter, `n.d.` or `in press`.
    """

    title: str
    authors: str
    year: str


class Paper(NamedTuple):
    """One row of the citations table.

    `position` counts rows from 1, `line` the article's lines from 1, `start` and `end` are the code points in the
    article of the paper's cell, or of the row where it has none. `written` is that cell's value and `name` its parts,
    None where it is malformed. The others are their cells' values, "" where the table or the row has no such cell.
    """

    position: int
    line: int
    start: int
    end: int
    written: str
    name: PaperName | None
    number: str
    insight: str
    cited_by: str
    doi: str


class _Vocabulary(NamedTuple):
    """A heading has a role when the role knows all its words and one of them is among its names."""

    role: ColumnRole
    names: frozenset[str]
    others: frozenset[str]


# In the order in which a heading is tried: `Paper No.` is a number, `Relevant paper insight` an insight.
_VOCABULARIES = tuple(
    _Vocabulary(role, frozenset(names.split()), frozenset(others.split()))
    for role, names, others in (
        (ColumnRole.NUMBER, "# № no nr num number serial sno", "paper ref reference row s sl sr"),
        (ColumnRole.CITED_BY, "citations cited cites", "# by google no number of scholar times total"),
        (ColumnRole.DOI, "doi", "link no number or url"),
        (
            ColumnRole.INSIGHT,
            "contribution finding findings insight insights relevance takeaway takeaways",
            "and from key main of paper relevant the",
        ),
        (
            ColumnRole.PAPER,
            (
                "article articles citation paper papers publication publications reference references source sources "
                "studies study title titles work works"
            ),
            "and author authors cited full key name of relevant the year",
        ),
    )
)
_BESIDE_PAPERS = (ColumnRole.NUMBER, ColumnRole.INSIGHT, ColumnRole.CITED_BY)
_ASIDE = re.compile(r"\([^()]*+\)")
_WORD = re.compile(r"[^\W_]+|[#№]")
_YEAR = re.compile(r"(?<![^\s,])(?:[0-9]{4}[a-z]?|n\.?\s?d\.?|in press)(?:-[a-z])?\Z", re.IGNORECASE)
# Behind something else in a parenthesis, where a year belongs.
_MEANT_AS_YEAR = when_used(r"(?<=[\s,])(?=[^\s,0-9]*+[0-9])[^\s,]++\Z")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,9}(?![0-9])")


def column_roles(columns: Sequence[str]) -> tuple[ColumnRole, ...]:
    """What each heading says its column holds. No two columns share a role: the first that fits has it."""
    roles: list[ColumnRole] = []
    for heading in columns:
        role = _role(heading)
        roles.append(ColumnRole.OTHER if role in roles else role)
    return tuple(roles)


def citations_table(tables: Iterable[Table]) -> Table | None:
    """The first table whose headings are those of a citations table."""
    return next((table for table in tables if lists_papers(column_roles(table.columns))), None)


def lists_papers(roles: Iterable[ColumnRole]) -> bool:
    """Whether a table of these columns lists papers: it has one for them and one of their numbers, insights or
    citation counts, in any order."""
    found = set(roles)
    return ColumnRole.PAPER in found and not found.isdisjoint(_BESIDE_PAPERS)


@lru_cache(maxsize=16384)
def parse_paper_name(cell_value: str) -> PaperName | None:
    """The parts of `Title (Author, Year)`; None where the value does not end in a parenthesis that ends in a year.

    That parenthesis may hold others (`(World Health Organization (WHO), 2020)`), and so may the title.
    """
    parts = paper_parts(cell_value)
    return parts if _YEAR.fullmatch(parts.year) else None


def paper_parts(cell_value: str) -> PaperName:
    """The parts as far as they can be told, also where `parse_paper_name` finds none.

    Where what is in the last parenthesis ends in no year, what has a digit behind its last comma counts as one;
    without a parenthesis at the end all of the value counts as the title.
    """
    value = cell_value.strip()
    opening = _last_group(value)
    if opening is None:
        return PaperName(value, "", "")
    authors, year = _source(value[opening + 1 : -1].strip())
    return PaperName(value[:opening].rstrip(), authors, year)


def paper_name_problem(cell_value: str) -> str:
    """What keeps a value from being `Title (Author, Year)`, as a sentence; "" where nothing does or it is empty."""
    value = cell_value.strip()
    parts = paper_parts(value)
    if not value:
        return ""
    if _YEAR.fullmatch(parts.year):
        return "" if parts.title and parts.authors else f"The {'author' if parts.title else 'title'} is missing."
    if parts.year:
        return f"“{parts.year}” is no year: four digits, “n.d.” or “in press”."
    if _last_group(value) is not None:
        return f"“({parts.authors})” does not end in a year."
    if value.count("(") != value.count(")"):
        return "A parenthesis is not closed." if value.count("(") > value.count(")") else "A parenthesis is not opened."
    return "“(Author, Year)” is missing at the end."


def with_parts(cell_value: str, parts: PaperName) -> str:
    """The value with these parts in place of those that `paper_parts` finds; what is between them stays as it is."""
    value = cell_value.strip()
    old, opening = paper_parts(value), _last_group(value)
    if opening is None:
        return format_paper_name(parts)
    head, group = value[:opening], value[opening:]
    if parts.title != old.title:
        gap = head[len(old.title) :] or " "
        head = parts.title + gap if parts.title else ""
    if (parts.authors, parts.year) != (old.authors, old.year):
        group = _with_source(group, old, parts)
    return (head + group).strip()


def format_paper_name(paper: PaperName) -> str:
    """`Title (Author, Year)`, without what is missing."""
    source = ", ".join(part for part in (paper.authors, paper.year) if part)
    return " ".join(part for part in (paper.title, f"({source})" if source else "") if part)


def _source(inside: str) -> tuple[str, str]:
    """The authors and the year of what a parenthesis holds; "" where something is missing."""
    year = _YEAR.search(inside) or _MEANT_AS_YEAR.search(inside)
    if year is None:
        return inside, ""
    return inside[: year.start()].rstrip().removesuffix(",").rstrip(), year[0]


def _with_source(group: str, old: PaperName, new: PaperName) -> str:
    """The parenthesis with other authors or another year; gone where neither is left."""
    if not (new.authors or new.year):
        return ""
    if (bool(old.authors), bool(old.year)) != (bool(new.authors), bool(new.year)):
        return f"({', '.join(part for part in (new.authors, new.year) if part)})"
    start = group.index(old.authors, 1) if old.authors else 1
    end = start + len(old.authors)
    year = group.rindex(old.year) if old.year else end
    return group[:start] + new.authors + group[end:year] + new.year + group[year + len(old.year) :]


def papers(table: Table) -> tuple[Paper, ...]:
    """Every row of a table as a paper, in the table's order."""
    return tuple(read_papers(table))


def read_papers(table: Table) -> Iterator[Paper]:
    """The same one by one: a row's cells are split only when it is asked for."""
    roles = column_roles(table.columns)
    return (_paper(table, index, roles) for index in range(len(table.rows)))


def next_number(table: Table) -> str:
    """The number for a new row: one more than the greatest, written like it (`[7]` gives `[8]`).

    "1" where no row has a number, "" where the table has no column for it.
    """
    return next(_next_numbers(table))


def as_number(written: str) -> int | None:
    """The number that a cell is, of nine digits at most; None where it is anything else."""
    return int(written) if _NUMBER.fullmatch(written) else None


def number_after(written: str) -> str:
    """The number that follows a row's, written like it; "" where there is none in it."""
    number = _NUMBER.search(written)
    if number is None:
        return ""
    after = str(int(number[0]) + 1).zfill(len(number[0]))
    return written[: number.start()] + after + written[number.end() :]


def new_row(table: Table) -> tuple[str, ...]:
    """The values, one a column, of a row about to be filled in: its number, and "-" for how often it is cited."""
    return new_rows(table, 1)[0]


def new_rows(table: Table, how_many: int) -> tuple[tuple[str, ...], ...]:
    """The same for so many rows, numbered on."""
    roles = column_roles(table.columns)
    numbers = islice(_next_numbers(table), how_many)
    ready = ({ColumnRole.NUMBER: number, ColumnRole.CITED_BY: UNKNOWN} for number in numbers)
    return tuple(tuple(each.get(role, "") for role in roles) for each in ready)


@lru_cache(maxsize=16384)
def number_in(line: str, column: int) -> re.Match[str] | None:
    """The number in a cell of a row's line, as in `7`, `[7]`, `No. 7`: the match is the number, its string the value.

    Remembered, since those of all rows are looked at for each new row and whenever the writer pauses.
    """
    return _NUMBER.search(value_in(line, column))


def number_column(table: Table) -> int | None:
    """The column, from 0, of the rows' numbers."""
    return _column(column_roles(table.columns), ColumnRole.NUMBER)


def _next_numbers(table: Table) -> Iterator[str]:
    column = number_column(table)
    if column is None:
        yield from repeat("")
        return
    found = [number for line in table.rows.sources if (number := number_in(line, column))]
    if not found:
        yield from map(str, count(1))
        return
    written = max(found, key=lambda number: int(number[0])).string
    while True:
        written = number_after(written)
        yield written


def _role(heading: str) -> ColumnRole:
    plain = _ASIDE.sub(" ", heading.casefold()).replace("citation count", "citations")
    words = set(_WORD.findall(plain))
    for vocabulary in _VOCABULARIES:
        if words & vocabulary.names and words <= vocabulary.names | vocabulary.others:
            return vocabulary.role
    return ColumnRole.OTHER


def _column(roles: Sequence[ColumnRole], role: ColumnRole) -> int | None:
    return roles.index(role) if role in roles else None


def _last_group(value: str) -> int | None:
    """Where the parenthesis opens that closes at the very end of the value."""
    depth = 0
    for at in range(len(value) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(value[at], 0)
        if depth == 0:
            return at if value[at] == "(" else None
    return None


def _paper(table: Table, index: int, roles: Sequence[ColumnRole]) -> Paper:
    row = table.rows[index]
    cells = {role: cell for role, cell in zip(roles, row.cells, strict=False) if role is not ColumnRole.OTHER}
    values = {role: cell.value for role, cell in cells.items()}
    place = cells.get(ColumnRole.PAPER, row)
    written = values.get(ColumnRole.PAPER, "")
    return Paper(
        position=index + 1,
        line=table.line + row.line + 1,
        start=table.start + place.start,
        end=table.start + place.end,
        written=written,
        name=parse_paper_name(written),
        number=values.get(ColumnRole.NUMBER, ""),
        insight=values.get(ColumnRole.INSIGHT, ""),
        cited_by=values.get(ColumnRole.CITED_BY, ""),
        doi=values.get(ColumnRole.DOI, ""),
    )
