"""What the grid calls a table, the page shows as one, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.tables import find_tables
from editor.rendering.chunk_html import render_article

TABLE = "| a | b |\n|---|:-:|\n| 1 | 2 |"


def test_a_table_has_headings_for_its_columns_and_a_box_that_scrolls_by_keyboard() -> None:
    html = render_article(TABLE)
    assert '<th scope="col">a</th>' in html
    assert '<td class="align-centre">2</td>' in html
    assert re.match(r'<div [^>]*class="table" role="group" tabindex="0">', html)


def test_a_table_may_stand_right_after_words() -> None:
    assert render_article(f"words\n{TABLE}").startswith("<p>words</p>\n<div")


@pytest.mark.parametrize("row", ["| `x\\|y` | z |", "`x\\|y`|z"])
def test_an_escaped_pipe_is_a_pipe_in_code_too(row: str) -> None:
    html = render_article(f"| a | b |\n|---|---|\n{row}")
    assert "<td><code>x|y</code></td>\n<td>z</td>" in html


def test_a_row_has_as_many_cells_as_there_are_columns() -> None:
    html = render_article(f"{TABLE}\n| 3 |\n| 4 | 5 | 6 |")
    assert html.count("<td") == 6
    assert "6" not in html


@pytest.mark.parametrize("before", ["- item\n\n  ", "> ", "- item\n  ", "[^1]: note\n\n    "])
def test_a_table_inside_another_block_is_a_table_too(before: str) -> None:
    indent = before.rpartition("\n")[2]
    source = before + f"\n{indent}".join(TABLE.split("\n")) + "\n\n[^1]"
    assert render_article(source).count("<table>") == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_make_no_difference(ending: str) -> None:
    assert render_article(TABLE.replace("\n", ending)) == render_article(TABLE)


def test_an_article_cannot_forge_the_place_of_a_table() -> None:
    assert render_article(f"{TABLE}\n\n\x02table:0\x03").count("<table>") == 1


_LINES = st.sampled_from(
    ["", "a | b", "|---|---|", "-|-", "| 1 | 2 |", "x", "- y", "> z", "```", "# h", "  | 3", "<div>"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_LINES, max_size=10).map("\n".join))
def test_grid_and_page_agree_on_the_tables_at_the_top_level(source: str) -> None:
    rows = [len(table.rows) + 1 for table in find_tables(source)]
    # Inside a quote or an item the page shows tables that the grid leaves alone.
    page = re.sub(r"<(blockquote|ul)>.*?</\1>", "", render_article(source), flags=re.DOTALL)
    assert [table.count("<tr>") for table in re.findall(r"<table>.*?</table>", page, re.DOTALL)] == rows


def test_the_real_articles_table_is_on_the_page(real_article: Path) -> None:
    source = real_article.read_bytes().decode("utf-8")
    (table,) = find_tables(source)
    assert render_article(source).count("<tr>") == len(table.rows) + 1
