"""A citations table begun in an article without one."""

from __future__ import annotations

import pytest

from editor.core.article import Article
from editor.core.new_citations_table import new_citations_table
from editor.core.text_edit import EditRefused, apply_edits

ADDED = (
    "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n| --- | --- | --- | --- |\n| 1 |  |  | - |\n"
)


@pytest.mark.parametrize(
    ("text", "gap"),
    [("", ""), ("# One", "\n\n"), ("# One\n", "\n"), ("# One\n\n", ""), ("---\na: 1\n---\n", "\n"), ("- item\n", "\n")],
)
def test_it_comes_at_the_end_behind_a_blank_line(text: str, gap: str) -> None:
    after = apply_edits(text, new_citations_table(Article.from_text(text)))
    assert after == text + gap + ADDED
    table = Article.from_text(after).citations_table
    assert table
    assert len(table.rows) == 1


def test_it_has_the_articles_line_endings() -> None:
    text = "# One\r\n"
    assert apply_edits(text, new_citations_table(Article.from_text(text))) == text + "\r\n" + ADDED.replace(
        "\n", "\r\n"
    )


@pytest.mark.parametrize("text", ["```\ncode\n", "<!-- open\n", ADDED])
def test_where_it_would_be_none_or_a_second_it_is_refused(text: str) -> None:
    with pytest.raises(EditRefused):
        new_citations_table(Article.from_text(text))
