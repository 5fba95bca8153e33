"""How a paper is cited in the style of the article."""

from __future__ import annotations

import pytest

from editor.core.citation_style import APA, as_in_rows, style_of
from editor.core.mentions import find_mentions
from editor.core.papers import PaperName


@pytest.mark.parametrize(
    ("authors", "in_brackets", "in_sentence"),
    [
        ("Siebrecht", "Siebrecht, 2013", "Siebrecht (2013)"),
        ("Adams & Baker", "Adams & Baker, 2013", "Adams and Baker (2013)"),
        ("Adams and Baker", "Adams & Baker, 2013", "Adams and Baker (2013)"),
        ("Adams et al.", "Adams et al., 2013", "Adams et al. (2013)"),
        ("Adams, Baker, & Clark", "Adams et al., 2013", "Adams et al. (2013)"),
        ("Adams, B., & Clark, D. E.", "Adams & Clark, 2013", "Adams and Clark (2013)"),
        ("B. Adams & D. E. Clark", "Adams & Clark, 2013", "Adams and Clark (2013)"),
        ("van Loon & De Moraes", "van Loon & De Moraes, 2013", "van Loon and De Moraes (2013)"),
        ("World Health Organization (WHO)", "World Health Organization, 2013", "World Health Organization (2013)"),
        ("Ministry of Health and Sport", "Ministry of Health and Sport, 2013", "Ministry of Health and Sport (2013)"),
        ("R Core Team", "R Core Team, 2013", "R Core Team (2013)"),
    ],
)
def test_a_paper_is_cited_by_its_authors(authors: str, in_brackets: str, in_sentence: str) -> None:
    name = PaperName("On growth", authors, "2013")
    assert (APA.in_brackets(name), APA.in_sentence(name)) == (in_brackets, in_sentence)


@pytest.mark.parametrize(
    ("article", "in_brackets", "in_sentence"),
    [
        ("It grew.", "Adams & Baker, 2013", "Adams and Baker (2013)"),
        ("It grew (Clark and Evans, 1999).", "Adams and Baker, 2013", "Adams and Baker (2013)"),
        ("It grew (Clark et al. 1999; Clark 2001).", "Adams & Baker 2013", "Adams and Baker (2013)"),
        ("Clark & Evans (1999) say.", "Adams & Baker, 2013", "Adams & Baker (2013)"),
    ],
)
def test_a_paper_is_cited_as_the_article_cites(article: str, in_brackets: str, in_sentence: str) -> None:
    style = style_of(find_mentions(article))
    name = PaperName("On growth", "Adams & Baker", "2013")
    assert (style.in_brackets(name), style.in_sentence(name)) == (in_brackets, in_sentence)


def test_et_al_is_written_as_the_article_writes_it() -> None:
    assert style_of(find_mentions("It grew (Clark et al, 1999).")).et_al == "et al"


@pytest.mark.parametrize(
    ("cited", "in_row"),
    [
        ("Adams and Baker", "Adams & Baker"),
        ("Adams, Baker, et al.", "Adams, Baker et al."),
        ("Adams and her colleagues", "Adams et al."),
        ("Department of Health and Human Services", "Department of Health and Human Services"),
        ("Anderson", "Anderson"),
    ],
)
def test_authors_are_named_in_a_new_row_as_rows_name_them(cited: str, in_row: str) -> None:
    assert as_in_rows(cited) == in_row
