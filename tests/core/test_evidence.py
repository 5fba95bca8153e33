"""How evidence is spread over an article."""

from __future__ import annotations

from editor.core.article import Article
from editor.core.citations import citations_of
from editor.core.evidence import Evidence, evidence_of

TEXT = """---
title: a
---


Before all (Adams, 2013).

# One

Three words here (Adams, 2013; Doe, 2000).

## Bare

Nothing is cited in here.


# Last
> Adams (2013) says so (Adams, 2013).

# Papers

| S.No | Paper Title (Author, Year) |
|---|---|
| 1 | On it (Adams, 2013) |
| 2 | On that (Baker, 2010a) |
| 3 | On these (Clark, n.d.) |
| 4 | On those (Drew, 2010) |
"""


def evidence(text: str) -> Evidence:
    article = Article.from_text(text)
    return evidence_of(article, citations_of(article))


def test_each_section_has_its_words_and_its_citations_and_the_table_is_none() -> None:
    found = evidence(TEXT)
    assert [(each.title, each.level, each.words, len(each.citations)) for each in found.sections] == [
        ("", 0, 4, 1),
        ("One", 1, 7, 2),
        ("Bare", 2, 5, 0),
        ("Last", 1, 6, 2),
    ]
    assert [each.title for each in found.bare] == ["Bare"]
    assert TEXT[found.sections[2].start :].startswith("## Bare")
    assert found.citations == 5


def test_papers_are_counted_by_year_and_the_one_that_carries_most_is_named() -> None:
    found = evidence(TEXT)
    assert found.years == (("2010", (2, 4)), ("2013", (1,)), ("n.d.", (3,)))
    assert (found.carrier, found.carried) == (1, 4)
    spread = evidence(
        TEXT.replace("(Adams, 2013; Doe, 2000)", "(Baker, 2010a; Drew, 2010)").replace("Before all (A", "All (B")
    )
    assert (spread.carrier, spread.carried) == (0, 0)


def test_an_article_without_anything_has_no_evidence() -> None:
    assert evidence("") == Evidence((), (), 0, 0)
