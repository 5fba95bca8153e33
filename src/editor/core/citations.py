"""The citations of an article: each mention in its prose with the rows of the citations table that it may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from editor.core.article import Article
from editor.core.bibliography import Answer, Bibliography, Contradiction
from editor.core.chunk_facts import facts_of
from editor.core.mentions import Doubt, Mention, find_mentions, mentions_of
from editor.core.papers import Paper, read_papers
from editor.core.steps import Steps, at_once
from editor.core.tables import Table

_GUESSES = frozenset({Contradiction.LETTERS, Contradiction.YEAR})


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention, placed in the article, and what the table says to it."""

    mention: Mention
    answer: Answer

    @property
    def paper(self) -> Paper | None:
        """The one row that is meant; None where none is, or where it could be several."""
        return self.answer.papers[0] if len(self.answer.papers) == 1 else None


@dataclass(frozen=True)
class Citations:
    """All citations of an article in the order of the text, and the papers of its table."""

    all: tuple[Citation, ...]
    papers: tuple[Paper, ...]
    has_table: bool

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


def finding_citations(article: Article) -> Steps[Citations]:
    """The same in steps, between which something else may be done."""
    table = article.citations_table
    rows: list[Paper] = []
    bibliography = Bibliography()
    for paper in read_papers(table) if table else ():
        rows.append(paper)
        bibliography.add(paper)
        yield
    mentions: list[Mention] = []
    for found in _placed(article, table):
        mentions += found
        yield
    answers: list[Answer] = []
    for mention in mentions:
        answers.append(bibliography.answer(mention))
        yield
    cited = {
        answer.papers[0].position
        for answer in answers
        if len(answer.papers) == 1 and not answer.contradictions & _GUESSES
    }
    sure = [_without_guesses(answer, cited) for answer in answers]
    no_commas = _leaves_out_commas(mentions)
    return Citations(
        tuple(
            Citation(mention, answer)
            for mention, answer in zip(mentions, sure, strict=True)
            if _is_citation(mention, answer, no_commas=no_commas)
        ),
        tuple(rows),
        table is not None,
    )


def _placed(article: Article, table: Table | None) -> Iterator[list[Mention]]:
    """The mentions of each chunk outside the citations table, placed in the article."""
    start = 0
    for chunk in article.chunks:
        end = start + len(chunk.text)
        if table and start <= table.start < end and facts_of(chunk).citations_table:
            behind = table.start + len(table.text)
            before, after = chunk.text[: table.start - start], chunk.text[behind - start :]
            yield [mention.moved(start) for mention in find_mentions(before)]
            yield [mention.moved(behind) for mention in find_mentions(after)]
        else:
            yield [mention.moved(start) for mention in mentions_of(chunk)]
        start = end


def _without_guesses(answer: Answer, cited: Iterable[int]) -> Answer:
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
