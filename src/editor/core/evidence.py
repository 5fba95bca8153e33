"""How the evidence of an article is spread: over its sections, its papers and their years."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from editor.core.article import Article
from editor.core.bibliography import split_year
from editor.core.chunk_facts import Heading
from editor.core.citations import Citation, Citations
from editor.core.word_count import words_of

_FEWEST_CARRIED = 4
"""Of fewer citations one paper has more than half too easily."""


@dataclass(frozen=True, slots=True)
class SectionEvidence:
    """What stands from one heading to the next, of whatever level, or before the first: `title` is "" and `level` 0.

    `start` is the heading's code point, `words` are those of the prose without the table of papers, `citations` are in
    the order of the text.
    """

    title: str
    level: int
    start: int
    words: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`years` has for each year of a paper, in order, the positions of its rows; those without one are under `n.d.`.

    `carrier` is the position of the row that more than half of the citations mean, 0 where there is none.
    """

    sections: tuple[SectionEvidence, ...]
    years: tuple[tuple[str, tuple[int, ...]], ...]
    carrier: int
    carried: int
    """How many citations mean it."""

    @property
    def citations(self) -> int:
        """How many there are in all sections."""
        return sum(len(section.citations) for section in self.sections)

    @property
    def bare(self) -> tuple[SectionEvidence, ...]:
        """The sections with prose and without a citation."""
        return tuple(section for section in self.sections if section.words and not section.citations)


def evidence_of(article: Article, citations: Citations) -> Evidence:
    """How the citations of this article are spread over it; sections without prose, as that of its table, left out."""
    headings = [Heading(0, "", 0, 0), *article.outline]
    starts = [heading.start for heading in headings]
    starts[0] = -1
    words = _words(article, starts)
    cited: dict[int, list[Citation]] = defaultdict(list)
    for citation in citations.all:
        cited[bisect_right(starts, citation.mention.start) - 1].append(citation)
    sections = tuple(
        SectionEvidence(heading.title, heading.level, heading.start, words[at], tuple(cited[at]))
        for at, heading in enumerate(headings)
        if words[at] or cited[at]
    )
    counts = Counter(each.paper.position for each in citations.all if each.paper)
    carrier, carried = counts.most_common(1)[0] if counts else (0, 0)
    is_carried = len(citations.all) >= _FEWEST_CARRIED and carried * 2 > len(citations.all)
    return Evidence(sections, _years(citations), carrier if is_carried else 0, carried if is_carried else 0)


def _words(article: Article, starts: Sequence[int]) -> dict[int, int]:
    """The words of each section below its heading. What stands in one chunk with headings is the first one's."""
    table = article.citations_table
    found: dict[int, int] = defaultdict(int)
    start = 0
    for chunk in article.chunks:
        end = start + len(chunk.text)
        if not (table and start <= table.start < end):
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            of_headings = sum(len(heading.title.split()) for heading in article.outline[max(first - 1, 0) : last - 1])
            found[first if last > first else first - 1] += max(words_of(chunk) - of_headings, 0)
        start = end
    return found


def _years(citations: Citations) -> tuple[tuple[str, tuple[int, ...]], ...]:
    found: dict[str, list[int]] = defaultdict(list)
    for paper in citations.papers:
        if paper.name:
            year = split_year(paper.name.year)[0]
            found[year if year.isdigit() else "n.d."].append(paper.position)
    return tuple((year, tuple(found[year])) for year in sorted(found))
