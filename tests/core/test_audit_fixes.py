"""What mends a finding: one edit, of no more than it says, after which the finding is gone."""

from __future__ import annotations

from datetime import date

import pytest

from editor.core.article import Article
from editor.core.audit import audit
from editor.core.audit_fixes import fixes
from editor.core.citations import citations_of

TODAY = date(2026, 11, 25)
HEAD = "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"


def mended(text: str, code: str, way: int = 0) -> tuple[str, str, Article]:
    """The title of a way to mend the first finding with a code, and the text before and after it."""
    article = Article.from_text(text)
    finding = next(each for each in audit(article, TODAY) if each.problem.code == code)
    fix = fixes(article, finding, citations_of(article))[way]
    after = article.apply(*fix.edits(article)).after
    assert [each.problem.code for each in audit(after, TODAY)].count(code) < [
        each.problem.code for each in audit(article, TODAY)
    ].count(code)
    return fix.title, after.text, after


ROW = "| 1 | A study (Adams & Baker, 2013) | x | 5 |\n"


@pytest.mark.parametrize(
    ("code", "way", "before", "title", "after"),
    [
        (
            "citation-year",
            0,
            "# a\n\nIt (Adams & Baker, 2014).\n\n" + HEAD + ROW,
            "Cite It as “Adams & Baker, 2013”",
            "# a\n\nIt (Adams & Baker, 2013).\n\n" + HEAD + ROW,
        ),
        (
            "citation-year",
            1,
            "# a\n\nIt (Adams & Baker, 2014).\n\n" + HEAD + ROW,
            "Change Row 1 to “Adams & Baker, 2014”",
            "# a\n\nIt (Adams & Baker, 2014).\n\n" + HEAD + ROW.replace("2013", "2014"),
        ),
        (
            "citation-authors",
            0,
            "# a\n\nAs Adams et al. (2013, p. 3) say.\n\n" + HEAD + ROW,
            "Cite It as “Adams and Baker (2013)”",
            "# a\n\nAs Adams and Baker (2013, p. 3) say.\n\n" + HEAD + ROW,
        ),
        (
            "citation-spelling",
            0,
            "# a\n\nIt (Adams & Bakers 2013).\n\n" + HEAD + ROW,
            "Cite It as “Adams & Baker 2013”",
            "# a\n\nIt (Adams & Baker 2013).\n\n" + HEAD + ROW,
        ),
        (
            "citation-missing",
            0,
            "# a\n\nIt (Clark and Evans, 2001; Adams & Baker, 2013).\n\n" + HEAD + ROW,
            "Add a Row for “Clark & Evans, 2001”",
            "# a\n\nIt (Clark and Evans, 2001; Adams & Baker, 2013).\n\n"
            + HEAD
            + ROW
            + "| 2 | (Clark & Evans, 2001) |  | - |\n",
        ),
        ("paper-uncited", 0, "# a\n\n" + HEAD + ROW, "Remove Row 1", "# a\n\n" + HEAD),
        (
            "paper-twice",
            0,
            "# a\n\nIt (Adams & Baker, 2013).\n\n" + HEAD + ROW + ROW.replace("1", "2", 1),
            "Remove Row 2",
            "# a\n\nIt (Adams & Baker, 2013).\n\n" + HEAD + ROW,
        ),
        (
            "paper-cited-by",
            0,
            "# a\n\nIt (Adams & Baker, 2013).\n\n" + HEAD + ROW.replace("5", "few"),
            "Write “-” for It",
            "# a\n\nIt (Adams & Baker, 2013).\n\n" + HEAD + ROW.replace("5", "-"),
        ),
        (
            "title-missing",
            0,
            "## On growth\n",
            "Make “On growth” the Title",
            "---\ntitle: On growth\n---\n## On growth\n",
        ),
        (
            "title-differs",
            0,
            "---\ntitle: 'On decay'\n---\n\n# On growth\n",
            "Change the Field to the Heading",
            "---\ntitle: 'On growth'\n---\n\n# On growth\n",
        ),
        (
            "title-differs",
            1,
            "---\ntitle: 'On decay'\n---\n\n# On growth #\n",
            "Change the Heading to the Field",
            "---\ntitle: 'On decay'\n---\n\n# On decay #\n",
        ),
        ("heading-skips", 0, "# a\n\n#### b ####\n", "Make It a Heading of Level 2", "# a\n\n## b ####\n"),
    ],
)
def test_a_way_to_mend_a_finding_does_what_it_says(code: str, way: int, before: str, title: str, after: str) -> None:
    assert mended(before, code, way)[:2] == (title, after)


def test_rows_that_one_citation_could_mean_are_told_apart() -> None:
    rows = "| 1 | On growth (Adams, 2013) | x | 5 |\n| 2 | On decay (Adams, 2013) | x | 5 |\n"
    title, text, after = mended(f"# a\n\nIt (Adams, 2013).\n\n{HEAD}{rows}", "citation-ambiguous", 1)
    assert title == "Mean Row 2, “On decay”"
    rows = rows.replace("growth (Adams, 2013)", "growth (Adams, 2013a)").replace(
        "decay (Adams, 2013)", "decay (Adams, 2013b)"
    )
    assert text == f"# a\n\nIt (Adams, 2013b).\n\n{HEAD}{rows}"
    assert citations_of(after).all[0].paper == citations_of(after).papers[1]


def test_a_further_year_is_changed_alone() -> None:
    rows = ROW + "| 2 | B (Adams & Baker, 2016) | x | 5 |\n"
    _, text, _ = mended(f"# a\n\nIt (Adams & Baker, 2013, 2015).\n\n{HEAD}{rows}", "citation-year")
    assert text == f"# a\n\nIt (Adams & Baker, 2013, 2016).\n\n{HEAD}{rows}"


def test_what_only_the_writer_can_mend_has_no_way() -> None:
    article = Article.from_text("# a\n\n![](b.png)\n")
    (finding,) = audit(article, TODAY)
    assert fixes(article, finding, citations_of(article)) == ()
