"""Which row a citation means, and what is said of those that mean none or contradict theirs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.article import Article
from editor.core.audit_citations import find_in_citations
from editor.core.bibliography import Contradiction
from editor.core.citation_state import CitationState
from editor.core.citations import citations_of
from editor.core.mentions import mentions_of

TODAY = date(2026, 11, 25)
HEAD = "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"


def article_with(prose: str, papers: Sequence[str]) -> Article:
    rows = "".join(
        f"| {number} | A study {number} ({paper}) | An insight | 5 |\n" for number, paper in enumerate(papers, 1)
    )
    return Article.from_text(f"{prose}\n\n{HEAD}{rows}")


def meant(prose: str, *papers: str) -> list[tuple[list[int], set[str]]]:
    """For each citation the positions of the rows that it may mean, and what it contradicts in them."""
    found = citations_of(article_with(prose, papers))
    return [
        ([paper.position for paper in each.answer.papers], {str(said) for said in each.answer.contradictions})
        for each in found.all
    ]


@pytest.mark.parametrize(
    ("mention", "row"),
    [
        ("(Siebrecht, 2013)", "Siebrecht, 2013"),
        ("Siebrecht (2013)", "Siebrecht, 2013"),
        ("(Siebrecht 2013)", "Siebrecht, 2013"),
        ("(Adams & Baker, 2013)", "Adams and Baker, 2013"),
        ("(Adams et al., 2013)", "Adams et al., 2013"),
        ("(Adams and colleagues, 2013)", "Adams et al., 2013"),
        ("Adams and his colleagues (2013)", "Adams et al., 2013"),
        ("Adams, Baker, et al. (2013)", "Adams, Baker, Clark, & Dee, 2013"),
        ("(Adams & Baker, Eds., 2013)", "Adams & Baker, 2013"),
        ("(Adams, Baker, & Clark, 2013)", "Adams et al., 2013"),
        ("(Adams et al., 2013)", "Adams, Baker, & Clark, 2013"),
        ("(Adams et al., 2013)", "Adams, B., Clark, D. E., & Evans, F., 2013"),
        ("(B. Adams, 2013)", "Adams, 2013"),
        ("(Adams's 2013 paper)", "Adams, 2013"),
        ("As Adams, 2013 says", "Adams, 2013"),
        ("(McFall\u2010Ngai, 2013)", "McFall-Ngai, 2013"),
        ("(McFall\u2014Ngai, 2013)", "McFall-Ngai, 2013"),
        ("In Berlin\u2014Adams (2013) was there\u2014it grew", "Adams, 2013"),
        ("(O’Brien, 2013)", "O'Brien, 2013"),
        ("(Loon, 2013)", "van Loon, 2013"),
        ("(Van Loon, 2013)", "van Loon, 2013"),
        ("(Siebrecht, n. d.)", "Siebrecht, n.d."),
        ("(Siebrecht, in press)", "Siebrecht, in press"),
        ("(Siebrecht, 2013b)", "Siebrecht, 2013b"),
        ("(WHO, 2013)", "World Health Organization, 2013"),
        ("(WHO, 2013)", "World Health Organization (WHO), 2013"),
        ("(CDC, 2013)", "Centers for Disease Control and Prevention, 2013"),
        ("(US FDA, 2013)", "U.S. Food and Drug Administration, 2013"),
        ("(FDA, 2013)", "U.S. Food and Drug Administration, 2013"),
        ("(GBD 2019 Collaborators, 2013)", "GBD 2019 Collaborators, 2013"),
        ("(1000 Genomes Project Consortium, 2013)", "1000 Genomes Project Consortium, 2013"),
        ("(Adams & Baker, 2013)", "Adams CD, Baker E, 2013"),
        ("(World Health Organization [WHO], 2013)", "World Health Organization, 2013"),
        ("The World Health Organization (2013)", "WHO (World Health Organization), 2013"),
        ("(Department of Health and Human Services, 2013)", "Department of Health and Human Services, 2013"),
        ("In Drosophila, Adams and Baker (2013) say", "Adams & Baker, 2013"),
    ],
)
def test_a_citation_means_its_row(mention: str, row: str) -> None:
    assert meant(f"It grew {mention}.", "Others et al., 2013", row, "Siebrecht, 1999") == [([2], set())]


@pytest.mark.parametrize(
    ("mention", "row", "contradiction"),
    [
        ("(Adams et al., 2013)", "Adams & Baker, 2013", Contradiction.ET_AL),
        ("(Adams et al., 2013)", "Adams, 2013", Contradiction.ET_AL),
        ("(Adams & Baker, 2013)", "Adams et al., 2013", Contradiction.AUTHORS),
        ("(Adams, 2013)", "Adams & Baker, 2013", Contradiction.AUTHORS),
        ("(Adams, 2014)", "Adams, 2013", Contradiction.YEAR),
        ("(Adams & Baker, 2014)", "Adams & Baker, 2013", Contradiction.YEAR),
        ("(Adams, 2013)", "Adams, 2013a", Contradiction.YEAR_LETTER),
        ("(Aragon, 2013)", "Aragón, 2013", Contradiction.DIACRITICS),
        ("(Øster, 2013)", "Oster, 2013", Contradiction.DIACRITICS),
        ("(Siebrect, 2013)", "Siebrecht, 2013", Contradiction.LETTERS),
        ("(Seibrecht, 2013)", "Siebrecht, 2013", Contradiction.LETTERS),
    ],
)
def test_what_contradicts_the_row_is_said(mention: str, row: str, contradiction: Contradiction) -> None:
    assert meant(f"It grew {mention}.", "Others et al., 2013", row) == [([2], {str(contradiction)})]


@pytest.mark.parametrize(
    ("mention", "row"),
    [
        ("(Jargin, 2022)", "Siebrecht, 2013"),
        ("(Adams & Clark, 2013)", "Adams & Baker, 2013"),
        ("(Adamson, 2013)", "Adams, 2013"),
        ("(Li, 2013)", "Lu, 2013"),
        ("(KIM, 2013)", "Kumar, Ito, Lee, & Mora, 2013"),
        ("(DCC, 2013)", "Centers for Disease Control and Prevention, 2013"),
        ("(CD, 2013)", "Centers for Disease Control and Prevention, 2013"),
        ("(Fda, 2013)", "U.S. Food and Drug Administration, 2013"),
        ("(J. Adams, 2013)", "T. Adams, 2013"),
        ("(Adams, Baker, et al., 2013)", "Adams, Clark, Dee, & Evans, 2013"),
        ("(Adams & Baker, 2013)", "Adams, 2013"),
    ],
)
def test_a_citation_of_another_paper_means_no_row(mention: str, row: str) -> None:
    assert meant(f"It grew {mention}.", row) == [([], set())]


@pytest.mark.parametrize(
    ("prose", "rows"),
    [
        ("(J. Adams, 2013; T. Adams, 2013)", ["J. Adams, 2013", "T. Adams, 2013"]),
        ("(J. Adams, 2013; T. Adams, 2013)", ["Adams, J. B., 2013", "Adams, T., 2013"]),
        ("(Adams J, 2013; Adams T, 2013)", ["Adams J, 2013", "Adams T, 2013"]),
        ("Adams, Li, et al. (2013), Adams, Lu, et al. (2013)", ["Adams, Li, & Ek, 2013", "Adams, Lu, & Ek, 2013"]),
    ],
)
def test_initials_and_second_names_tell_papers_of_one_first_name_apart(prose: str, rows: list[str]) -> None:
    assert meant(f"It grew {prose}.", *rows) == [([1], set()), ([2], set())]


def test_all_names_are_looked_for_before_some() -> None:
    assert meant("It grew (Doe & Roe, 2013).", "Doe & Roe, 2013", "Roe, 2013") == [([1], set())]


def test_a_row_that_is_cited_rightly_is_not_what_another_year_means() -> None:
    assert meant("It grew (Adams, 2013) and shrank (Adams, 2014).", "Adams, 2013") == [([1], set()), ([], set())]


def test_a_citation_that_could_mean_two_rows_means_neither() -> None:
    found = citations_of(article_with("It grew (Adams, 2013).", ["Adams, 2013", "Adams, 2013"]))
    assert found.all[0].paper is None
    assert [paper.position for paper in found.all[0].answer.papers] == [1, 2]


@pytest.mark.parametrize(("prose", "count"), [("(London 2012)", 0), ("(Adams et al. 2010; London 2012)", 2)])
def test_what_has_no_comma_is_a_citation_where_the_others_have_none(prose: str, count: int) -> None:
    assert len(meant(f"It grew {prose}.", "Siebrecht, 2013")) == count


def test_rows_of_the_table_are_no_mentions_and_text_around_it_in_one_chunk_is() -> None:
    text = f"It grew (Adams, 2013).\n{HEAD}| 1 | A study (Adams, 2013) | As Adams (2013) says | 5 |\n"
    found = citations_of(Article.from_text(text))
    assert [text[each.mention.start : each.mention.end] for each in found.all] == ["Adams, 2013"]


def findings(text: str) -> list[tuple[str, str]]:
    """The code of each finding, and the line it is in without its white space."""
    article = Article.from_text(text)
    return sorted(
        (finding.problem.code, article.slice(finding.problem.start, finding.problem.end))
        for finding in chain.from_iterable(find_in_citations(article, citations_of(article), TODAY))
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("| 1 | A (Adams, 2013) | x | 5 |\n", []),
        ("| 1 | A (Adams, 2013) |  | 5 |\n", [("paper-no-insight", "A (Adams, 2013)")]),
        ("| 1 | A (Adams, 2013) | x | many |\n", [("paper-cited-by", "A (Adams, 2013)")]),
        ("| 1 | A (Adams, 2013) | x | - |\n", []),
        ("| 1 | A (Adams, 2013) | x | 1,234 |\n", []),
        (
            "| 1 | A, Adams 2013 | x | 5 |\n",
            [("citation-missing", "Adams, 2013"), ("paper-malformed", "A, Adams 2013")],
        ),
        ("| 1 | (Adams, 2013) | x | 5 |\n", [("paper-malformed", "(Adams, 2013)")]),
        (
            "| 1 | A (Adams, 2013) | x | 5 |\n| 2 | B (Baker, 2031) | x | 5 |\n",
            [("paper-future", "B (Baker, 2031)"), ("paper-uncited", "B (Baker, 2031)")],
        ),
        (
            "| 1 | On *A* (Adams, 2013) | x | 5 |\n| 2 | On a (Adams, 2013) | x | 5 |\n",
            [("citation-ambiguous", "Adams, 2013"), ("paper-twice", "On a (Adams, 2013)")],
        ),
        (
            "| 1 | A (Adams, 2013) | x | 5 |\n| 1 | B (Adams, 2013) | x | 5 |\n",
            [("citation-ambiguous", "Adams, 2013"), ("number-doubled", "B (Adams, 2013)")],
        ),
        (
            "| 4 | A (Adams, 2013) | x | 5 |\n| 6 | B (Ax, 2013) | x | 5 |\n",
            [("number-gap", "B (Ax, 2013)"), ("paper-uncited", "B (Ax, 2013)")],
        ),
        (
            "| 2 | A (Adams, 2013) | x | 5 |\n| 1 | B (Ax, 2013) | x | 5 |\n",
            [("number-order", "B (Ax, 2013)"), ("paper-uncited", "B (Ax, 2013)")],
        ),
    ],
)
def test_what_is_wrong_in_the_table_is_found(rows: str, expected: list[tuple[str, str]]) -> None:
    assert findings(f"It grew (Adams, 2013).\n\n{HEAD}{rows}") == expected


def test_an_article_without_a_table_of_papers_has_no_findings_about_citations() -> None:
    assert findings("It grew (Adams, 2013).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n") == []


def test_a_work_known_through_another_need_not_be_in_the_table() -> None:
    rows = "| 1 | A (Baker, 2010) | x | 5 |\n"
    assert findings(f"It grew (Adams, 1990, as cited in Baker, 2010).\n\n{HEAD}{rows}") == []


def test_the_real_article_has_two_papers_too_few_and_one_too_many(real_article: Path) -> None:
    if real_article.stem != "magnesium-glycinate":
        pytest.skip("the user's own article is not beside the project")
    article = Article.from_text(real_article.read_bytes().decode())
    found = [
        finding.problem for finding in chain.from_iterable(find_in_citations(article, citations_of(article), TODAY))
    ]
    assert sorted((problem.code, problem.message.split("”")[0][1:]) for problem in found) == [
        ("citation-missing", "Jargin, 2022"),
        ("citation-missing", "Liu et al., 2021"),
        ("paper-uncited", "Barbagallo & Dominguez, 2019"),
    ]


@given(
    st.lists(
        st.sampled_from(["It grew (Adams, 2013).", "- b", "Baker (2010)\nsays", "`x`", "", "> q (Clark, 2001)"]),
        max_size=12,
    )
)
def test_mentions_of_chunks_are_in_order_and_in_their_chunk(lines: list[str]) -> None:
    last = start = 0
    for chunk in Article.from_text("\n\n".join(lines)).chunks:
        for mention in mentions_of(chunk):
            assert last <= mention.start + start < mention.end + start <= start + len(chunk.text)
            last = mention.end + start
        start += len(chunk.text)


# What `score.py` beside the articles counts, as it was reached: these may only rise.
FOUND, RIGHT, PRECISE = 0.999, 0.993, 0.996


def test_published_articles_are_read_as_their_publisher_linked_them(published: list[Path]) -> None:
    gold = said = found = right = precise = 0
    for path in published:
        article = Article.from_text(path.read_bytes().decode())
        true = [
            each for each in json.loads(path.with_suffix(".gold.json").read_text("utf-8"))["mentions"] if each["row"]
        ]
        mine = citations_of(article).all
        hits = [
            [each for each in mine if each.mention.start < one["end"] and one["start"] < each.mention.end]
            for one in true
        ]
        gold, said = gold + len(true), said + len(mine)
        found += sum(map(bool, hits))
        right += sum(
            any(each.paper and each.paper.number == str(one["row"]) for each in near)
            for one, near in zip(true, hits, strict=True)
        )
        precise += len({id(each) for near in hits for each in near})
    assert (found / gold >= FOUND, right / gold >= RIGHT, precise / said >= PRECISE) == (True, True, True)


def test_a_mention_written_since_is_judged_as_those_that_were_there(real_article: Path) -> None:
    article = Article.from_text(real_article.read_text("utf-8"))
    citations = citations_of(article)
    assert citations.all
    for citation in citations.all:
        assert citations.judge(citation.mention) == citation
        found = citations.citation_at(article, citation.mention.end)
        assert found is not None
        assert found.answer == citation.answer


def test_what_there_is_to_say_of_a_citation_is_its_state() -> None:
    prose = "(Adams, 2013; Adams, 2001; Baker, 2010; Clark, 2001; Doe, 1990, as cited in Adams, 2013)"
    citations = citations_of(article_with(prose, ["Adams, 2013", "Baker, 2010", "Baker, 2010", "Clarke, 2001"]))
    states = [citations.state_of(citation).value for citation in citations.all]
    assert states == ["answered", "missing", "ambiguous", "contradicting", "plain", "answered"]
    alone = citations_of(Article.from_text(prose))
    assert {alone.state_of(citation) for citation in alone.all} == {CitationState.PLAIN}
