"""Tables that the page shows inside something else."""

from __future__ import annotations

import pytest

from editor.core.article import Article
from editor.core.inner_tables import InnerTable, inner_table_at, inner_tables
from editor.rendering.dialect import Dialect

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"


def inside(prefix: str, first: str = "") -> str:
    lines = TABLE.splitlines(keepends=True)
    return (first or prefix) + lines[0] + "".join(prefix + line for line in lines[1:])


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (inside("> "), 0, "a quote"),
        (inside(">"), 0, "a quote"),
        (inside("  ", "- "), 0, "a list"),
        (inside("   ", "1. "), 0, "a list"),
        ("- item\n\n" + inside("  "), 2, "a list"),
        ("- item\n" + inside("  > "), 1, "a quote"),
        ("> - item\n>\n" + inside(">   "), 2, "a list"),
        ("[^1]: Note\n\n" + inside("    "), 2, "a footnote"),
    ],
)
def test_a_table_inside_something_is_found_and_what_it_is_in(text: str, line: int, what: str) -> None:
    article = Article.from_text("Before[^1].\n\n" + text + "\nAfter.\n")
    assert list(inner_tables(article)) == [InnerTable(line + 2, line + 5, ("a", "b"), what)]
    assert inner_table_at(article, line + 4) == InnerTable(line + 2, line + 5, ("a", "b"), what)
    assert inner_table_at(article, line + 5) is None
    assert "".join(Dialect().whole(article.text)).count("<table") == 1


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        TABLE + "\n- item\n",
        "- item\n\n" + TABLE,
        "    " + TABLE.replace("\n", "\n    "),
        inside("  ", "- ```\n  "),
    ],
)
def test_neither_a_table_at_the_margin_nor_code_is_one(text: str) -> None:
    assert list(inner_tables(Article.from_text(text))) == []
