"""The citations of an article: each mention in its prose with the rows of the citations table that it may mean."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Final, NamedTuple, Self

from editor.core.article import Article
from editor.core.bibliography import Answer, Bibliography, Contradiction
from editor.core.chunks import Chunk, ChunkKind
from editor.core.citation_state import CitationState
from editor.core.mentions import Doubt, Mention, find_mentions
from editor.core.papers import Paper, read_papers
from editor.core.steps import Steps, at_once
from editor.core.tables import Table

_GUESSES = frozenset({Contradiction.LETTERS, Contradiction.YEAR})


class Citation(NamedTuple):
    """A mention, placed in the article, and what the table says to it."""

    mention: Mention
    answer: Answer

    @property
    def paper(self) -> Paper | None:
        """The one row that is meant; None where none is, or where it could be several."""
        return self.answer.papers[0] if len(self.answer.papers) == 1 else None


class _Judge(NamedTuple):
    """Decides what mentions are and mean, by a bibliography and by what the whole article makes likely.

    `cited` has the positions of the rows that are cited as they are written.
    """

    bibliography: Bibliography
    cited: AbstractSet[int]
    no_commas: bool

    def judge(self, mention: Mention, answer: Answer) -> Citation | None:
        sure = _without_guesses(answer, self.cited)
        return Citation(mention, sure) if _is_citation(mention, sure, no_commas=self.no_commas) else None


class Citations:
    """All citations of an article in the order of the text, and the papers of its table."""

    def __init__(
        self, found: tuple[Citation, ...], papers: tuple[Paper, ...], judge: _Judge, *, has_table: bool
    ) -> None:
        self.all: Final = found
        self.papers: Final = papers
        self.has_table: Final = has_table
        self._judge = judge

    def judge(self, mention: Mention) -> Citation | None:
        """What a mention that may have been written since would be among these; None where it is no citation."""
        return self._judge.judge(mention, self._judge.bibliography.answer(mention))

    def judges_like(self, other: Self) -> bool:
        """Whether every mention is to the other what it is to these."""
        mine, others = self._judge, other._judge
        if (self.has_table, mine.cited, mine.no_commas) != (other.has_table, others.cited, others.no_commas):
            return False
        return [paper.written for paper in self.papers] == [paper.written for paper in other.papers]

    def state_of(self, citation: Citation) -> CitationState:
        """What there is to say of a citation. Without a table, and of works known through others, it is nothing."""
        papers = citation.answer.papers
        if not self.has_table or (citation.mention.secondary and not papers):
            return CitationState.PLAIN
        if not papers:
            return CitationState.MISSING
        if len(papers) > 1:
            return CitationState.AMBIGUOUS
        return CitationState.CONTRADICTING if citation.answer.contradictions else CitationState.ANSWERED

    def citation_at(self, article: Article, offset: int) -> Citation | None:
        """The citation around a code point of the article as it is now, or right before it."""
        place = article.chunks.at_code_point(offset)
        start = place.before.code_points
        for mention in mentions_beside(article.chunks[place.index], start, article.citations_table):
            if mention.start <= offset <= mention.end and (citation := self.judge(mention)):
                return citation
        return None

    @cached_property
    def by_position(self) -> Mapping[int, tuple[int, ...]]:
        """For each cited row's position, the indices in `all` of the citations that may mean it."""
        found: dict[int, list[int]] = defaultdict(list)
        for index, citation in enumerate(self.all):
            for paper in citation.answer.papers:
                found[paper.position].append(index)
        return {position: tuple(indices) for position, indices in found.items()}

    @property
    def uncited(self) -> tuple[Paper, ...]:
        """The papers that no mention may mean. A row whose paper cannot be read is none of them."""
        return tuple(paper for paper in self.papers if paper.name and paper.position not in self.by_position)


def citations_of(article: Article) -> Citations:
    """Find all mentions, remembered by their chunk's text, and ask the table for each."""
    return at_once(finding_citations(article))


def finding_citations(article: Article, longest: int = sys.maxsize) -> Steps[Citations]:
    """The same in steps, between which something else may be done; no text of more than `longest` code points is read.

    A step takes as long as the longest text that is read at once: a paragraph, or a part of one with many lines.
    """
    table = article.citations_table
    rows: list[Paper] = []
    bibliography = Bibliography()
    for paper in read_papers(table) if table else ():
        rows.append(paper)
        bibliography.add(paper)
        yield
    mentions: list[Mention] = []
    for found in _placed(article, table, longest):
        mentions += found
        yield
    answers: list[Answer] = []
    for mention in mentions:
        answers.append(bibliography.answer(mention))
        yield
    cited = frozenset(
        answer.papers[0].position
        for answer in answers
        if len(answer.papers) == 1 and not answer.contradictions & _GUESSES
    )
    judge = _Judge(bibliography, cited, _leaves_out_commas(mentions))
    judged = (judge.judge(mention, answer) for mention, answer in zip(mentions, answers, strict=True))
    return Citations(tuple(filter(None, judged)), tuple(rows), judge, has_table=table is not None)


def _placed(article: Article, table: Table | None, longest: int) -> Iterator[list[Mention]]:
    start = 0
    for chunk in article.chunks:
        yield mentions_beside(chunk, start, table, longest)
        start += len(chunk.text)


def mentions_beside(chunk: Chunk, start: int, table: Table | None, longest: int = sys.maxsize) -> list[Mention]:
    """The mentions of a chunk that begins at `start` outside the citations table, placed in the article."""
    return [
        mention.moved(start + at)
        for at, text, in_list in prose_of(chunk, start, table)
        if len(text) <= longest
        for mention in find_mentions(text, in_list=in_list)
    ]


def prose_of(chunk: Chunk, start: int, table: Table | None) -> Iterator[tuple[int, str, bool]]:
    """What `find_mentions` is to read of a chunk: where each text begins in the chunk, the text, and its `in_list`."""
    if chunk.kind in (ChunkKind.FRONT_MATTER, ChunkKind.BLANK, ChunkKind.RULE):
        return
    in_list = chunk.kind is ChunkKind.LIST
    if table and start <= table.start < start + len(chunk.text):
        behind = table.start - start + len(table.text)
        yield 0, chunk.text[: table.start - start], in_list
        yield behind, chunk.text[behind:], in_list
        return
    at = 0
    for _, text in chunk.parts:
        yield at, text, in_list
        at += len(text)


def _without_guesses(answer: Answer, cited: AbstractSet[int]) -> Answer:
    """A row that is cited as it is written is not what another year or another name means."""
    if not answer.contradictions & _GUESSES:
        return answer
    left = tuple(paper for paper in answer.papers if paper.position not in cited)
    return Answer(left, answer.contradictions) if len(left) == 1 else Answer(())


def _leaves_out_commas(mentions: Sequence[Mention]) -> bool:
    """Whether the article's citations in brackets are written without a comma before the year."""
    sure = [mention for mention in mentions if mention.doubt is Doubt.NONE and not mention.narrative]
    return sum(mention.has_comma for mention in sure) * 2 < len(sure)


def _is_citation(mention: Mention, answer: Answer, *, no_commas: bool) -> bool:
    if mention.doubt is Doubt.NONE or (mention.doubt is Doubt.NO_COMMA and no_commas):
        return True
    return bool(answer.papers) and not answer.contradictions & _GUESSES
