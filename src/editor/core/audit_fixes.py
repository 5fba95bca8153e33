"""What would mend a finding: each way is one undoable edit, and some findings only the writer can mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from editor.core.article import Article
from editor.core.audit_citations import Finding
from editor.core.bibliography import split_year
from editor.core.citation_style import CitationStyle, as_in_rows, style_of
from editor.core.citations import Citations
from editor.core.front_matter import add_field, set_field
from editor.core.mentions import Mention
from editor.core.papers import UNKNOWN, ColumnRole, Paper, PaperName, column_roles, format_paper_name, new_row
from editor.core.table_edits import add_row, set_cell
from editor.core.table_selection import remove_rows
from editor.core.tables import Table
from editor.core.text_edit import EditRefused, TextEdit, smallest_edit

Edits = Callable[[Article], tuple[TextEdit, ...]]
"""Raises EditRefused."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend a finding. `title` says what it does, as a command does; `edits` are made in one undo step."""

    title: str
    edits: Edits


def fixes(article: Article, finding: Finding, citations: Citations) -> tuple[Fix, ...]:
    """The ways to mend a finding of this article, the likeliest first; () where only the writer can."""
    mending = _MENDING.get(finding.problem.code)
    return tuple(mending(_Case(article, finding, citations))) if mending else ()


@dataclass(frozen=True, slots=True)
class _Case:
    article: Article
    finding: Finding
    citations: Citations

    @property
    def style(self) -> CitationStyle:
        return style_of(citation.mention for citation in self.citations.all)


# Citations


def _add_its_row(case: _Case) -> Iterator[Fix]:
    if mention := case.finding.mention:
        name = PaperName("", as_in_rows(mention.authors), mention.dated)
        yield Fix(f"Add a Row for “{format_paper_name(name)[1:-1]}”", partial(_added_row, name))


def _added_row(name: PaperName, article: Article) -> tuple[TextEdit, ...]:
    """A row whose title waits to be filled in."""
    table = _table(article)
    paper = column_roles(table.columns).index(ColumnRole.PAPER)
    values = list(new_row(table))
    values[paper] = format_paper_name(name)
    return add_row(table, values)


def _one_like_the_other(case: _Case) -> Iterator[Fix]:
    """The citation as its row has it, or the row as the citation has it."""
    mention, (paper, *others) = case.finding.mention, case.finding.papers
    if mention is None or paper.name is None or others:
        return
    cited = written_like(case.article, mention, paper.name, case.style)
    yield Fix(f"Cite It as “{_cited(mention, paper.name, case.style)}”", lambda _article: cited)
    if case.finding.problem.code == "citation-year":
        name = paper.name._replace(year=mention.dated)
    else:
        name = paper.name._replace(authors=as_in_rows(mention.authors))
    yield Fix(f"Change Row {paper.position} to “{name.authors}, {name.year}”", partial(_renamed, paper, name))


def _cited(mention: Mention, name: PaperName, style: CitationStyle) -> str:
    return style.in_sentence(name) if mention.narrative else style.in_brackets(name)


def written_like(article: Article, mention: Mention, name: PaperName, style: CitationStyle) -> tuple[TextEdit, ...]:
    """The edit that makes a mention name a paper. A further year of the same authors changes as a year alone does."""
    text = article.slice(mention.start, mention.end)
    if mention.authors and not text.startswith(mention.authors[:1]):
        wanted = name.year
    elif mention.narrative and not text.endswith((")", "]")):
        wanted = style.in_sentence(name)[:-1]
    else:
        wanted = _cited(mention, name, style)
    edit = smallest_edit(text, wanted, mention.start)
    return (edit,) if edit else ()


def _renamed(paper: Paper, name: PaperName, article: Article) -> tuple[TextEdit, ...]:
    table = _table(article)
    column = column_roles(table.columns).index(ColumnRole.PAPER)
    return set_cell(table, paper.position - 1, column, format_paper_name(name))


def _tell_rows_apart(case: _Case) -> Iterator[Fix]:
    """For each row that may be meant: letters behind the years of all of them, and its own behind the citation's."""
    mention, papers = case.finding.mention, case.finding.papers
    if mention is None or any(paper.name is None or split_year(paper.name.year)[1] for paper in papers):
        return
    for meant, paper in enumerate(papers):
        if paper.name:
            yield Fix(
                f"Mean Row {paper.position}, “{paper.name.title}”",
                partial(_lettered, papers, meant, mention, case.style),
            )


def _lettered(
    papers: tuple[Paper, ...], meant: int, mention: Mention, style: CitationStyle, article: Article
) -> tuple[TextEdit, ...]:
    edits: list[TextEdit] = []
    for index, paper in enumerate(papers):
        if paper.name is None:
            raise EditRefused("A row that could be meant can no longer be read.", paper.line)
        letter = chr(ord("a") + index)
        year = paper.name.year + (letter if paper.name.year[-1:].isdigit() else f"-{letter}")
        name = paper.name._replace(year=year)
        edits += _renamed(paper, name, article)
        if index == meant:
            edits += written_like(article, mention, name, style)
    return tuple(edits)


# Rows


def _remove_the_row(case: _Case) -> Iterator[Fix]:
    paper = case.finding.papers[-1]
    yield Fix(f"Remove Row {paper.position}", lambda now: remove_rows(_table(now), [paper.position - 1]))


def _count_as_unknown(case: _Case) -> Iterator[Fix]:
    row = case.finding.papers[0].position - 1
    roles = column_roles(_table(case.article).columns)
    if ColumnRole.CITED_BY in roles:
        column = roles.index(ColumnRole.CITED_BY)
        yield Fix(f"Write “{UNKNOWN}” for It", lambda now: set_cell(_table(now), row, column, UNKNOWN))


def _table(article: Article) -> Table:
    if article.citations_table is None:
        raise EditRefused("The article has no table of papers any more.")
    return article.citations_table


# The article


def _give_a_title(case: _Case) -> Iterator[Fix]:
    heading = case.article.outline[0].title if case.article.outline else ""
    if not heading:
        return
    field = case.article.front_matter.field("title")

    def edits(now: Article) -> tuple[TextEdit, ...]:
        if field:
            return set_field(now.front_matter, "title", heading)
        return add_field(now.front_matter, "title", heading, newline=now.newline)

    yield Fix(f"Make “{heading}” the Title", edits)


def _one_title(case: _Case) -> Iterator[Fix]:
    field = case.article.front_matter.field("title")
    heading = next((each for each in case.article.outline if each.start == case.finding.problem.start), None)
    if field is None or heading is None:
        return
    title = str(field.value)
    yield Fix("Change the Field to the Heading", lambda now: set_field(now.front_matter, "title", heading.title))
    line = case.article.slice(case.finding.problem.start, case.finding.problem.end)
    if line.count(heading.title) == 1 and "\n" not in title:
        changed = smallest_edit(line, line.replace(heading.title, title), case.finding.problem.start)
        if changed:
            yield Fix("Change the Heading to the Field", lambda _now: (changed,))


def _next_level(case: _Case) -> Iterator[Fix]:
    """The heading one level below the one before it, where it is written with number signs."""
    at = next((at for at, each in enumerate(case.article.outline) if each.start == case.finding.problem.start), 0)
    if not at:
        return
    level, wanted = case.article.outline[at].level, case.article.outline[at - 1].level + 1
    line = case.article.slice(case.finding.problem.start, case.finding.problem.end)
    signs = case.finding.problem.start + len(line) - len(line.lstrip(" "))
    if line.lstrip(" ").startswith("#" * level) and wanted < level:
        edit = TextEdit(signs + wanted, signs + level, "")
        yield Fix(f"Make It a Heading of Level {wanted}", lambda _now: (edit,))


_MENDING: dict[str, Callable[[_Case], Iterator[Fix]]] = {
    "citation-missing": _add_its_row,
    "citation-year": _one_like_the_other,
    "citation-spelling": _one_like_the_other,
    "citation-authors": _one_like_the_other,
    "citation-ambiguous": _tell_rows_apart,
    "paper-uncited": _remove_the_row,
    "paper-twice": _remove_the_row,
    "paper-cited-by": _count_as_unknown,
    "title-missing": _give_a_title,
    "title-differs": _one_title,
    "heading-skips": _next_level,
}
