"""What is offered for what was typed of a citation, and that citing writes no more than it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.article import Article
from editor.core.citation_begun import Form, begun_at
from editor.core.citation_offers import Offer, OfferIndex, citing, indexing, offers_for
from editor.core.citation_style import APA, CitationStyle
from editor.core.papers import PaperName, papers
from editor.core.steps import at_once

TABLE = (
    "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"
    "| 1 | Sleep in the old (Siebrecht, 2013) | x | 5 |\n"
    "| 2 | Mg and nerves (Barbagallo & Domínguez, 2019) | y | - |\n"
    "| 3 | Broken row | y | - |\n"
    "| 4 | Rest (van Loon, Siebert, & Öhman, 2001) | z | 2 |\n"
    "| 5 | Guide (World Health Organization (WHO), 2020) | z | 2 |\n"
)
ELSEWHERE = (
    Offer(PaperName("Sleep, in the old!", "Siebrecht, S.", "2013"), "other.md"),
    Offer(PaperName("Tired", "Siegel et al.", "2020"), "other.md", "1,200", "10.1/x"),
    Offer(PaperName("Tired", "Siegel et al.", "2020"), "third.md"),
)


def article_with(prose: str) -> tuple[Article, int]:
    """The article with its prose, and where in it the bar stands."""
    text = f"---\ntitle: (Si\n---\n\n{prose}\n\n{TABLE}"
    return Article.from_text(text.replace("¦", "", 1)), text.index("¦")


def index_of(article: Article) -> OfferIndex:
    assert article.citations_table
    return at_once(indexing(Offer(paper.name) for paper in papers(article.citations_table) if paper.name))


def offered(prose: str, *, asked: bool = False) -> list[str]:
    article, caret = article_with(prose)
    begun = begun_at(article, caret, asked=asked)
    found = offers_for(begun, index_of(article), at_once(indexing(ELSEWHERE))) if begun else ()
    return [f"{offer.name.authors.split(',')[0].split(' &')[0]}{' +' if offer.elsewhere else ''}" for offer in found]


@pytest.mark.parametrize(
    ("prose", "names"),
    [
        ("So (Si¦", ["Siebrecht", "van Loon", "Siegel et al. +"]),
        ("So (si¦) it is", ["Siebrecht", "van Loon", "Siegel et al. +"]),
        ("So (see also Siebr¦", ["Siebrecht"]),
        ("So (Adams, 2013; e.g., Dom¦", ["Barbagallo"]),
        ("- So [domi¦", ["Barbagallo"]),
        ("> So (as shown by many of Barba¦", ["Barbagallo"]),
        ("*So (van Lo¦*", ["van Loon"]),
        ("So (lo¦", ["van Loon"]),
        ("So (ohm¦", ["van Loon"]),
        ("So (WH¦", ["World Health Organization (WHO)"]),
        ("So (World Hea¦", ["World Health Organization (WHO)"]),
        ("So (Barbagallo & Dom¦", ["Barbagallo"]),
        # Near misses.
        ("So (S¦", []),
        ("So Si¦", []),
        ("So (Si¦ebrecht", []),
        ("So (Siebrecht, 20¦", []),
        ("So (Siebrecht) Si¦", []),
        ("So `(Si¦`", []),
        ("So `(Si¦", []),
        ("So [it](Si¦", []),
        ("So [it (Si¦](that)", []),
        ("So <a title=(Si¦", []),
        ("See https://a.b/(Si¦", []),
        ("```\n(Si¦\n```", []),
        ("So (nerves¦", []),
        ("| a |\n|---|\n| (Si¦ |", []),
    ],
)
def test_two_letters_of_a_name_behind_a_bracket_offer_whose_name_begins_so(prose: str, names: list[str]) -> None:
    assert offered(prose) == names


def test_front_matter_and_the_tables_of_papers_offer_nothing_even_when_asked() -> None:
    text = f"---\ntitle: (Si\n---\n\nx\n\n{TABLE}"
    article = Article.from_text(text)
    for place in (text.index("(Si") + 3, text.index("(Siebrecht") + 5):
        assert begun_at(article, place, asked=True) is None


@pytest.mark.parametrize(
    ("prose", "names", "form"),
    [
        ("As Sieb¦ says", ["Siebrecht", "van Loon"], Form.IN_SENTENCE),
        ("As (nerv¦", ["Barbagallo"], Form.IN_BRACKETS),
        ("As old¦", ["Siebrecht"], Form.IN_SENTENCE),
        ("As O’Ne¦", [], Form.IN_SENTENCE),
        (
            "As (¦",
            ["Barbagallo", "van Loon", "Siebrecht", "World Health Organization (WHO)", "Siegel et al. +"],
            Form.IN_BRACKETS,
        ),
        ("- ¦", ["Barbagallo"], Form.WITH_BRACKETS),
        ("It helps ¦", ["Barbagallo"], Form.WITH_BRACKETS),
    ],
)
def test_asked_for_a_word_or_nothing_is_enough_and_titles_count_too(prose: str, names: list[str], form: Form) -> None:
    found = offered(prose, asked=True)
    assert found[: len(names)] == names
    article, caret = article_with(prose)
    begun = begun_at(article, caret, asked=True)
    assert begun
    assert begun.form is form


@pytest.mark.parametrize(
    ("prose", "number", "style", "after"),
    [
        ("So (ba¦", 0, APA, "So (Barbagallo & Domínguez, 2019)¦"),
        ("So (ba¦) x", 0, CitationStyle(joined="and", comma=""), "So (Barbagallo and Domínguez 2019¦) x"),
        ("So [see Lo¦ x", 0, APA, "So [see van Loon et al., 2001]¦ x"),
        ("So (a, 1999; va¦; b, 2000)", 0, APA, "So (a, 1999; van Loon et al., 2001¦; b, 2000)"),
        ("**So (WHO¦**", 0, APA, "**So (World Health Organization, 2020)¦**"),
    ],
)
def test_a_citation_is_written_in_the_articles_style(prose: str, number: int, style: CitationStyle, after: str) -> None:
    article, caret = article_with(prose)
    begun = begun_at(article, caret, asked=False)
    assert begun
    offer = offers_for(begun, index_of(article), OfferIndex())[number]
    edits, then = citing(article, begun, offer, style)
    text = article.apply(*edits).after.text
    assert text[:then] + "¦" + text[then:] == article_with(prose)[0].text.replace(prose.replace("¦", ""), after)


@pytest.mark.parametrize("above", [True, False])
def test_a_paper_of_another_article_brings_its_row_but_not_what_it_shows_there(above: bool) -> None:
    prose = "As Tired Sieg"
    text = f"{TABLE}\n{prose}" if above else f"{prose}\n\n{TABLE}"
    article = Article.from_text(text)
    begun = begun_at(article, text.index(prose) + len(prose), asked=True)
    assert begun
    (offer,) = offers_for(begun, index_of(article), at_once(indexing(ELSEWHERE)))
    edits, caret = citing(article, begun, offer, APA)
    after = article.apply(*edits).after.text
    row = "| 6 | Tired (Siegel et al., 2020) |  | 1,200 |\n"
    cited = "As Tired Siegel et al. (2020)"
    assert after == (f"{TABLE}{row}\n{cited}" if above else f"{cited}\n\n{TABLE}{row}")
    assert after[:caret].endswith(cited)


@pytest.mark.parametrize("rest", ["", "\n", "\n\nMore.", "\r\n\r\nMore.\r\n"])
def test_without_a_table_of_papers_one_is_begun_at_the_end(rest: str) -> None:
    article = Article.from_text(f"So (Sieg{rest}")
    begun = begun_at(article, 8, asked=False)
    assert begun
    edits, caret = citing(article, begun, ELSEWHERE[1], APA)
    after = article.apply(*edits).after
    assert after.text[:caret] == "So (Siegel et al., 2020)"
    assert after.text[caret:].startswith(rest)
    assert after.citations_table
    (paper,) = papers(after.citations_table)
    assert (paper.number, paper.written, paper.insight, paper.cited_by) == (
        "1", "Tired (Siegel et al., 2020)", "", "1,200",
    )  # fmt: skip


@given(st.text(alphabet="(Si;` [])\n|*a1é–", max_size=24), st.integers(0, 24), st.booleans())
def test_whatever_stands_around_only_what_was_typed_gives_way(text: str, caret: int, asked: bool) -> None:
    article = Article.from_text(text)
    caret = min(caret, len(text))
    begun = begun_at(article, caret, asked=asked)
    if begun:
        assert begun.end == caret
        assert begun.start <= caret
        edits, then = citing(article, begun, Offer(PaperName("t", "Doe", "2001")), APA)
        after = article.apply(*edits).after.text
        assert after.startswith(text[: begun.start])
        assert after[then:] == text[caret:]
