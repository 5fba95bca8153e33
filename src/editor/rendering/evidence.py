"""An article's citations woven into its HTML: from each mention to its row, and from each row back."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from editor.core.article import Article
from editor.core.bibliography import Contradiction
from editor.core.citations import Citation, citations_of
from editor.core.papers import ColumnRole, column_roles, parse_paper_name
from editor.core.tables import Table
from editor.rendering.evidence_links import MentionLink, weave
from editor.rendering.evidence_table import FoundTable, SourceRow, find_table, source_table
from editor.rendering.export_report import UnlinkedMention, WhyUnlinked
from editor.rendering.free_ids import FreeIds
from editor.rendering.marked_source import Mark, MarkedHtml, render_marked
from editor.rendering.page_head import Source
from editor.rendering.page_words import Words
from editor.rendering.sanitised_tags import words_of

_GUESSES = frozenset({Contradiction.LETTERS, Contradiction.YEAR})


class WovenEvidence(NamedTuple):
    """An article's body as HTML; how many mentions are links, which are not; the papers as the page shows them."""

    html: str
    linked: int
    unlinked: tuple[UnlinkedMention, ...]
    sources: tuple[Source, ...]


def weave_evidence(article: Article, words: Words, *, smart_quotes: bool = False) -> WovenEvidence:
    """Render the article's body with its evidence. Raises CannotRender."""
    citations = citations_of(article).all
    meant = [citation for citation in citations if _why_unlinked(citation) is None]
    table = article.citations_table
    head = article.front_matter.body_start
    places: list[tuple[int, int, Citation | None]] = [
        (citation.mention.start - head, citation.mention.end - head, citation) for citation in meant
    ]
    if table:
        cell = table.start + table.header.cells[0].start - head
        places.append((cell, cell, None))
    places.sort(key=lambda place: place[:2])
    spans = [place[:2] for place in places]
    rendered = render_marked(article.slice(head, article.length), spans, smart_quotes=smart_quotes)
    marks = {citation: mark for (_, _, citation), mark in zip(places, rendered.marks, strict=False)}
    weaving = _Weaving(rendered, table, marks, words)
    html = weaving.html()
    unlinked = [
        _unlinked(article, citation, why)
        for citation in citations
        if (why := _why_unlinked(citation) or weaving.why_unlinked(citation)) and not _is_known_elsewhere(citation)
    ]
    return WovenEvidence(html, weaving.linked, tuple(unlinked), weaving.sources)


def _why_unlinked(citation: Citation) -> WhyUnlinked | None:
    if not citation.answer.papers:
        return WhyUnlinked.MISSING
    if citation.paper is None:
        return WhyUnlinked.AMBIGUOUS
    return WhyUnlinked.DOUBTFUL if citation.answer.contradictions & _GUESSES else None


def _is_known_elsewhere(citation: Citation) -> bool:
    """Whether the work is cited through another one, which alone has to be in the table."""
    return citation.mention.secondary and not citation.answer.papers


def _unlinked(article: Article, citation: Citation, why: WhyUnlinked) -> UnlinkedMention:
    mention = citation.mention
    text = " ".join(article.slice(mention.start, mention.end).split())
    rows = tuple(paper.position for paper in citation.answer.papers)
    return UnlinkedMention(article.line_at(mention.start) + 1, text, why, rows)


class _Weaving:
    """One article's HTML on its way from marks to links."""

    def __init__(
        self, rendered: MarkedHtml, table: Table | None, marks: dict[Citation | None, Mark], words: Words
    ) -> None:
        self._rendered = rendered
        self._marks = marks
        self._words = words
        self._ids = FreeIds(rendered.html)
        self._names = column_roles(table.columns).index(ColumnRole.PAPER) if table else 0
        self._dois = _column(table, ColumnRole.DOI)
        found = find_table(rendered.html, marks[None]) if table and None in marks else None
        self._table = found if found and table and len(found.rows) == len(table.rows) else None
        self._placed: frozenset[Citation] = frozenset()
        self.sources: tuple[Source, ...] = tuple(self._sources(self._table)) if self._table else ()

    @property
    def linked(self) -> int:
        """How many mentions lead to their rows."""
        return len(self._placed)

    def why_unlinked(self, citation: Citation) -> WhyUnlinked | None:
        """Why a mention that means one row leads nowhere; None where it leads there."""
        return None if citation in self._placed else WhyUnlinked.UNREACHABLE

    def html(self) -> str:
        """The body with links, and without any mark."""
        table = self._table
        if table is None:
            return self._rendered.without_marks()
        rows = [self._ids.take(f"cite-{position}") for position in range(1, len(table.rows) + 1)]
        names = [self._ids.take(f"{row}-paper") for row in rows]
        links: dict[Citation, MentionLink] = {}
        for citation, mark in self._marks.items():
            if citation and citation.paper:
                index = citation.paper.position - 1
                said = words_of(table.rows[index].cells[self._names])
                links[citation] = MentionLink(
                    mark, self._ids.take(f"mention-{len(links) + 1}"), rows[index], said, names[index]
                )
        html, found = weave(self._rendered.html, tuple(links.values()))
        self._placed = frozenset(citation for citation, link in links.items() if link.id in found)
        mentions: dict[str, list[str]] = defaultdict(list)
        for citation, link in links.items():
            if citation in self._placed:
                mentions[link.row].append(link.id)
        given = [SourceRow(row, name, tuple(mentions[row])) for row, name in zip(rows, names, strict=True)]
        return self._with_table(html, given)

    def _with_table(self, html: str, rows: Sequence[SourceRow]) -> str:
        table = find_table(html, self._marks[None])
        if table:
            made = source_table(table, rows, self._names, self._ids.take("papers"), self._words)
            html = html[: table.start] + made + html[table.end :]
        return MarkedHtml(html, (self._marks[None],)).without_marks()

    def _sources(self, table: FoundTable) -> Sequence[Source]:
        """The papers whose cells say title, author and year, as a reader reads them."""
        sources = []
        for row in table.rows:
            name = parse_paper_name(words_of(row.cells[self._names]))
            if name and name.title:
                sources.append(Source(name, words_of(row.cells[self._dois]) if self._dois is not None else ""))
        return sources


def _column(table: Table | None, role: ColumnRole) -> int | None:
    roles = column_roles(table.columns) if table else ()
    return roles.index(role) if role in roles else None
