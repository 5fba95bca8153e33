"""What is wrong between the citations of an article and its table of papers, and within that table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from editor.core.article import Article
from editor.core.bibliography import Contradiction
from editor.core.citations import Citation, Citations
from editor.core.mentions import Mention
from editor.core.papers import UNKNOWN, ColumnRole, Paper, as_number, column_roles
from editor.core.problems import Problem, Severity
from editor.core.references.as_row import reference_of
from editor.core.references.duplicates import KnownPublications
from editor.core.table_sorting import number_in


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with what it is about: the mention, and the rows that it is between or beside."""

    problem: Problem
    mention: Mention | None = None
    papers: tuple[Paper, ...] = ()


def find_in_citations(article: Article, citations: Citations, today: date) -> Iterator[Iterable[Finding]]:
    """All findings about citations and rows, by what they are about. Without a table of papers there are none."""
    if not citations.has_table:
        return
    for citation in citations.all:
        yield _of_citation(article, citation)
    for paper in citations.uncited:
        yield _uncited(paper)
    yield from _twice(citations.papers)
    yield from _of_rows(article, citations.papers, today)


def _of_citation(article: Article, citation: Citation) -> Iterator[Finding]:
    mention = citation.mention
    line = article.line_at(mention.start) + 1
    for code, message in said_of(citation):
        problem = Problem(code, Severity.WARNING, message, mention.start, mention.end, line)
        yield Finding(problem, mention, citation.answer.papers)


def said_of(citation: Citation) -> Iterator[tuple[str, str]]:
    """What is wrong with a citation of an article that has a table: codes and sentences."""
    mention, papers = citation.mention, citation.answer.papers
    shown = f"“{mention.authors}, {mention.dated}”"
    if not papers and not mention.secondary:
        yield "citation-missing", f"{shown} is cited but is not in the table."
    elif len(papers) > 1:
        rows = _listed([f"row {paper.position}" for paper in papers])
        apart = "tell them apart by a letter behind the year, here and in the rows."
        yield "citation-ambiguous", f"{shown} could mean {rows}: {apart}"
    elif papers:
        for contradiction in sorted(citation.answer.contradictions):
            code, message = _CONTRADICTIONS[contradiction]
            row = papers[0].name
            says = f"“{row.authors}, {row.year}”" if row else "nothing"
            yield code, message.format(shown=shown, row=f"row {papers[0].position}", says=says)


_CONTRADICTIONS = {
    Contradiction.YEAR: ("citation-year", "{shown} has another year than {row}, which says {says}."),
    Contradiction.YEAR_LETTER: ("citation-year", "{shown} has another letter behind its year than {row}: {says}."),
    Contradiction.LETTERS: ("citation-spelling", "{shown} is spelled otherwise than {row}, which says {says}."),
    Contradiction.DIACRITICS: ("citation-spelling", "{shown} is spelled otherwise than {row}, which says {says}."),
    Contradiction.ET_AL: ("citation-authors", "{shown} says “et al.”, but {row} names all authors: {says}."),
    Contradiction.AUTHORS: ("citation-authors", "{shown} names other authors than {row}, which says {says}."),
}


def _uncited(paper: Paper) -> Iterator[Finding]:
    if paper.name:
        says = f"“{paper.name.authors}, {paper.name.year}”"
        yield _at_row(paper, "paper-uncited", Severity.WARNING, f"{says} is in the table but is never cited.")


def _twice(papers: Sequence[Paper]) -> Iterator[Iterable[Finding]]:
    """Rows with the DOI, or the title and year, of a row before them."""
    known = KnownPublications()
    for paper in papers:
        reference = reference_of(paper)
        if reference.title:
            first = known.find(reference)
            if first:
                message = f"This is the paper of row {first.position} once more: {first.shared}."
                yield [_at_row(paper, "paper-twice", Severity.WARNING, message, (papers[first.position - 1], paper))]
            known.add(reference, paper.position, in_table=True)
        yield ()


def _of_rows(article: Article, papers: Sequence[Paper], today: date) -> Iterator[Iterable[Finding]]:
    table = article.citations_table
    roles = column_roles(table.columns) if table else ()
    for paper in papers:
        yield [*_of_name(paper, today), *_of_cells(paper, roles)]
    if ColumnRole.NUMBER in roles:
        yield _of_numbers(papers)


def _of_cells(paper: Paper, roles: Sequence[ColumnRole]) -> Iterator[Finding]:
    if ColumnRole.INSIGHT in roles and not paper.insight.strip():
        yield _at_row(paper, "paper-no-insight", Severity.HINT, f"Row {paper.position} has no insight.")
    cited_by = paper.cited_by.strip()
    if cited_by and cited_by != UNKNOWN and number_in(cited_by) is None:
        message = f"How often the paper is cited is no number: “{cited_by}”. Write “{UNKNOWN}” where it is unknown."
        yield _at_row(paper, "paper-cited-by", Severity.WARNING, message)


def _of_name(paper: Paper, today: date) -> Iterator[Finding]:
    if paper.name is None or not (paper.name.title and paper.name.authors):
        missing = "" if paper.name is None else " has no author" if paper.name.title else " has no title"
        message = f"Row {paper.position}{missing or ' does not end in “(Author, Year)”'}: write “Title (Author, Year)”."
        yield _at_row(paper, "paper-malformed", Severity.WARNING, message)
    elif paper.name.year[:4].isdigit() and int(paper.name.year[:4]) > today.year:
        yield _at_row(paper, "paper-future", Severity.WARNING, f"The year {paper.name.year} has not come yet.")


def _of_numbers(papers: Sequence[Paper]) -> Iterator[Finding]:
    """A number that is doubled, out of order or behind a gap. A cell without a number is left to the writer."""
    rows_of: dict[int, Paper] = {}
    before: int | None = None
    for paper in papers:
        number = as_number(paper.number.strip().strip("[]().#"))
        if number is None:
            continue
        if number in rows_of:
            message = f"The number {number} is that of row {rows_of[number].position} already."
            yield _at_row(paper, "number-doubled", Severity.WARNING, message)
        elif before is not None and number < before:
            yield _at_row(paper, "number-order", Severity.HINT, f"The number {number} stands behind {before}.")
        elif before is not None and number > before + 1:
            yield _at_row(paper, "number-gap", Severity.HINT, f"The number {number} follows {before}.")
        rows_of.setdefault(number, paper)
        before = number


def _at_row(
    paper: Paper, code: str, severity: Severity, message: str, papers: tuple[Paper, ...] | None = None
) -> Finding:
    return Finding(Problem(code, severity, message, paper.start, paper.end, paper.line), None, papers or (paper,))


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
