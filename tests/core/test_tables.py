"""Markdown tables: found as GFM says."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.tables import Alignment, Table, find_tables, split_row


def table_of(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def values_of(table: Table) -> list[list[str]]:
    return [[cell.value for cell in row.cells] for row in table.rows]


def sources_of(line: str) -> list[str]:
    return [cell.source for cell in split_row(line)]


@pytest.mark.parametrize(
    ("line", "sources"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("   |a|b|   ", ["a", "b"]),
        ("\ta\t|\tb", ["a", "b"]),
        ("| a | `b|c` |", ["a", "`b", "c`"]),
        ("| a \\| b |", ["a \\| b"]),
        ("| a \\\\| b |", ["a \\\\| b"]),
        ("|  | b | |", ["", "b", ""]),
        ("||", [""]),
        ("| | b", ["", "b"]),
        (" | b", ["b"]),
        ("|\u00a0a\u2028|", ["\u00a0a\u2028"]),
        ("|", []),
        ("", []),
        ("  ", []),
    ],
)
def test_a_row_comes_apart_at_its_pipes(line: str, sources: list[str]) -> None:
    assert sources_of(line) == sources
    assert all(line[cell.start : cell.end] == cell.source for cell in split_row(line))


def test_a_value_is_its_source_with_pipes_unescaped() -> None:
    assert [cell.value for cell in split_row(r"| a \| b | c\\|d | \n |")] == ["a | b", r"c\|d", r"\n"]


def test_a_delimiter_row_aligns_its_columns() -> None:
    table = table_of("a|b|c|d\n-|:--|:-:|-:\n")
    assert table.alignments == (Alignment.NONE, Alignment.LEFT, Alignment.CENTRE, Alignment.RIGHT)
    assert table.columns == ("a", "b", "c", "d")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_table_knows_its_place_and_that_of_its_cells(newline: str) -> None:
    text = newline.join(["# 🧲", "", "words", "| a | b |", "|---|---|", "| 1 | 2 |", "", "more"])
    table = table_of(text)
    assert (table.line, text[table.start :][: len(table.text)]) == (3, table.text)
    assert table.text == newline.join(["| a | b |", "|---|---|", "| 1 | 2 |", ""])
    assert [(row.line, table.text[row.start : row.end]) for row in table.rows] == [(2, "| 1 | 2 |")]
    assert [table.text[cell.start : cell.end] for cell in table.rows[0].cells] == ["1", "2"]


@pytest.mark.parametrize(
    "following",
    [
        "",
        "# h",
        "#",
        "> q",
        "```",
        "~~~ x",
        "- x",
        "-",
        "+ x",
        "3. x",
        "2)",
        "---",
        "* * *",
        "___",
        "<div>",
        "<!-- -->",
        "<b>",
        "</i>",
        "<?php",
        "<![CDATA[",
        "<!DOCTYPE html>",
        "    code",
        "\tcode",
        "[^1]: note",
        "|",
        "  |",
    ],
)
def test_a_table_ends_where_another_block_begins(following: str) -> None:
    assert values_of(table_of(f"a | b\n-|-\n1 | 2\n{following}\n")) == [["1", "2"]]


@pytest.mark.parametrize(
    "following",
    ["text", "#x", "-x | y", "1.x", "1234567890. x", "-- | -", "``` `", "<b>x</b> | y", "<3 | y", "   x", "||", "*x*"],
)
def test_any_other_text_under_a_row_is_a_row(following: str) -> None:
    assert len(table_of(f"a | b\n-|-\n1 | 2\n{following}\n").rows) == 2


@pytest.mark.parametrize(
    "text",
    [
        "a | b\n---\n",
        "a | b\n- | -\n",
        "a | b\n|---|\n",
        "a | b\n\n-|-\n",
        "a | b\n    -|-\n",
        "    a | b\n-|-\n",
        "-|-\n",
        "a | b\n||-|\n",
        "a | b\n-|:\n",
        "a | b\n-|- -\n",
        "a\n-\n",
        "# a | b\n-|-\n",
        "- a | b\n-|-\n",
        "> a | b\n-|-\n",
        "```\na | b\n-|-\n```\n",
        "~~~~\na | b\n-|-\n~~~\n",
        "<div>\na | b\n-|-\n",
        "<!--\n\na | b\n-|-\n-->\n",
        "- x\na | b\n-|-\n",
        "- x\n\n  a | b\n  -|-\n",
        "> x\na | b\n-|-\n",
        "[^1]: x\na | b\n-|-\n",
        "a\\|b\n-|-\n",
        "1. x\n\n   a | b\n   -|-\n",
        "x\n- a | b\n-|-\n",
        "<script>\n\na | b\n-|-\n",
        "a | b\n===\n-|-\n",
    ],
)
def test_what_only_looks_like_a_table_is_none(text: str) -> None:
    assert find_tables(text) == ()


@pytest.mark.parametrize(
    "before",
    [
        "",
        "text\n",
        "# h\n",
        "---\n",
        "```\n```\n",
        "<!-- c -->\n",
        "<div>\n\n",
        "- x\n\n",
        "> x\n\n",
        "> # x\n",
        "- # x\n",
        "x\n---\n",
        "    code\n",
        "\n\n",
        "| x |\n",
        "1. x\n\n",
        "-\n\n",
    ],
)
def test_a_table_may_follow_anything_that_has_ended(before: str) -> None:
    table = table_of(f"{before}a | b\n-|-\n1 | 2")
    assert (table.start, table.line, table.columns) == (len(before), before.count("\n"), ("a", "b"))


def test_two_tables_are_two() -> None:
    first, second = find_tables("| a |\n|---|\n| 1 |\n\n| b |\n|:-:|\n")
    assert (first.columns, len(first.rows), second.columns, second.line) == (("a",), 1, ("b",), 4)


def test_ragged_rows_and_headings_are_problems_with_their_place() -> None:
    text = "x\n\n| a | a |  |\n|---|---|---|\n| 1 |\n| 1 | 2 | 3 | 4 | 5 |\n| 1 | 2 | 3 |\n"
    problems = table_of(text).problems
    assert [(problem.code, problem.line, text[problem.start : problem.end]) for problem in problems] == [
        ("table-heading-duplicate", 3, "a"),
        ("table-heading-duplicate", 3, "a"),
        ("table-heading-empty", 3, ""),
        ("table-row-short", 5, "| 1 |"),
        ("table-row-surplus", 6, "4 | 5"),
    ]


@settings(deadline=None, max_examples=150)
@given(st.text("|-: ab\n\r`>#<\\\t", max_size=60) | st.text(max_size=30))
def test_every_text_has_tables_that_are_parts_of_it(text: str) -> None:
    end = 0
    for table in find_tables(text):
        assert end <= table.start
        end = table.start + len(table.text)
        assert text[table.start : end] == table.text
        assert all(line.source == table.text[line.start : line.end] and line.cells for line in table.lines)
        assert len(table.header.cells) == len(table.delimiter.cells) == len(table.alignments)


@pytest.mark.parametrize(
    "text",
    [
        "|" * 400000 + "\n" + "|-" * 200000 + "|\n",
        "> " * 200000 + "\n-|-\n",
        "<a" + " a" * 200000 + "\n\n-|-\n",
        "- " * 200000 + "x\n-|-",
        "`" * 400000 + "\n-|-",
        " " * 400000 + "\n-|-",
        "a|b\n" + "|-|-|-|\n" * 50000,
        "<!-- \n" * 60000 + "-|-",
        "[^" * 200000 + "\n-|-",
        "-" * 400000 + "|",
        "| a |\n|---|\n" + "\\|" * 200000,
    ],
    ids=range(11),
)
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    began = time.process_time()
    find_tables(text)
    assert time.process_time() - began < 3
