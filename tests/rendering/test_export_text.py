"""An article as plain text: every word of it, and its table as a list of papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.constructs import ARTICLES

from editor.rendering.chunk_html import CannotRender, render_article
from editor.rendering.export import ExportOptions, export_article
from editor.rendering.export_text import as_text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# A *b*\n\nWords `c` & more.", "A b\n===\n\nWords c & more.\n"),
        ("a [b](http://c.test) <http://d.test> [e](#e)", "a b (http://c.test) http://d.test e\n"),
        ("- a\n- b\n  1. c\n  2. d", "- a\n\n- b\n\n  1. c\n  2. d\n"),
        ("3. a\n4. b", "3. a\n4. b\n"),
        ("- [ ] a\n- [x] b", "- [ ] a\n- [x] b\n"),
        ("> a\n>\n> b", "> a\n>\n> b\n"),
        ("```\na\n  b\n```", "    a\n      b\n"),
        ("a[^1]\n\n[^1]: Note.", "a[1]\n\n* * *\n\n1. Note.\n"),
        ("a  \nb\nc", "a\nb c\n"),
        ("![words](x.png)", "[words]\n"),
        ("Term\n: meaning", "Term\n\n    meaning\n"),
        ("| a | b |\n|--|--|\n| c | |\n| d | e f |\n", "c\n\nd\n   b: e f\n"),
        ("| No | a | b |\n|--|--|--|\n| 1 | c | d |\n", "1. c\n   b: d\n"),
        (
            "word " * 20,
            "word word word word word word word word word word word word word word word\nword word word word word\n",
        ),
    ],
)
def test_it_reads_well(markdown: str, text: str) -> None:
    assert as_text(render_article(markdown)) == text


@given(ARTICLES)
@settings(max_examples=60)
def test_no_line_ends_in_blanks_and_none_is_lost(article: str) -> None:
    try:
        text = as_text(render_article(article))
    except CannotRender:
        return
    assert all(line == line.rstrip(" ") for line in text.split("\n"))


def test_the_real_article_has_its_citations_and_its_table(real_article: Path) -> None:
    options = ExportOptions(format="txt")
    text = export_article(
        real_article.read_text("utf-8"), folder=real_article.parent, name="x", options=options
    ).content
    assert text.startswith("The Impact of Magnesium Glycinate on Health\n====")
    assert "(Siebrecht, 2013)" in text
    assert "\n\n5. Magnesium and Health (Barbagallo & Dominguez, 2019)\n   Relevant Insight: Extensive review" in text
    assert "\n   Citations: 3\n" in text
    assert max(map(len, text.split("\n"))) <= 78
