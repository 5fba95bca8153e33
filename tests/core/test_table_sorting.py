"""Rows sorted by a column: numbers as numbers, texts as readers look them up, the unknown last."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.article import Article
from editor.core.table_sorting import number_in, sort_rows
from editor.core.tables import Table, find_tables
from editor.core.text_edit import EditRefused, apply_edits
from editor.session.text_buffer import TextBuffer

Texts = st.SearchStrategy[str]
HEAD = "| a | b |\n|---|---|\n"
modest = settings(deadline=None, max_examples=60)


def table_of(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def sort(text: str, column: int = 0, *, descending: bool = False) -> str:
    return apply_edits(text, sort_rows(table_of(text), column, descending=descending))


def sorted_values(values: list[str], *, descending: bool = False) -> list[str]:
    text = HEAD + "".join(f"| {value} |\n" for value in values)
    changed = table_of(sort(text, descending=descending))
    return [changed.value(row, 0) for row in range(len(values))]


@pytest.mark.parametrize(
    "rising",
    [
        ["2", "3", "5", "43"],
        ["9", "**12**", "950", "1,234", "12,345", "1,234,567"],
        ["−2", "-1", "0", "1.5", "2,5", "+3", "1 000", "1’001", "1\u202f002"],
        ["1.", "[2]", "#3", "No. 4", "(10)", "11 %", ">12"],
        ["apple", "Banana", "cherry"],
        ["ecole", "école", "Ecole b", "zebra"],
        ["Łukasz 1", "Lukasz 2", "Øre", "pan"],
        ["Study 2", "study 010", "Study 1,000", "study 9999"],
        ["2013", "2013a", "2014"],
        ["*A* study", "“Before” it", "[Cited](x)"],
        ["3", "12", "about 40"],
    ],
    ids=lambda rising: rising[0],
)
def test_values_come_in_the_order_in_which_readers_count_and_spell(rising: list[str]) -> None:
    assert sorted_values(rising[::-1]) == rising
    assert sorted_values(rising, descending=True) == rising[::-1]


def test_what_is_unknown_comes_last_both_ways_in_its_own_order() -> None:
    values = ["-", "3", "", "12", "–", "n/a", "7"]
    assert sorted_values(values) == ["3", "7", "12", "-", "", "–", "n/a"]
    assert sorted_values(values, descending=True) == ["12", "7", "3", "-", "", "–", "n/a"]


@pytest.mark.parametrize("descending", [False, True])
def test_rows_that_are_equal_keep_their_order(descending: bool) -> None:
    rows = "| A | 1 |\n| a | 2 |\n| A | 3 |\n"
    assert sort(HEAD + rows, descending=descending) == HEAD + rows
    assert sort_rows(table_of(HEAD + rows), 0, descending=descending) == ()


@pytest.mark.parametrize(
    ("rows", "written"),
    [
        ("| 3 |\n|1|x|y|\n  2 | z\n", "|1|x|y|\n  2 | z\n| 3 |\n"),
        ("3\n1\n2", "1\n2\n3"),
        ("1\n3\n2", "1\n2\n3"),
        ("3\r\n1\r\n2", "1\r\n2\r\n3"),
        ("3\r\n2\n1", "1\r\n2\n3"),
        ("| 2 | a |\n| | b |\n| 1 | c |\n\nend", "| 1 | c |\n| 2 | a |\n| | b |\n\nend"),
        ("2\r1\n\nend", "1\r2\n\nend"),
    ],
)
def test_lines_go_as_they_are_and_the_last_place_keeps_its_ending(rows: str, written: str) -> None:
    assert sort(HEAD + rows) == HEAD + written


def test_only_the_lines_that_are_out_of_order_are_moved() -> None:
    text = HEAD + "| 1 |\n| 2 |\n| 9 |\n| 3 |\n| 4 |\n"
    edits = sort_rows(table_of(text), 0)
    assert sorted(text[edit.start : edit.end] + edit.text for edit in edits) == ["| 9 |\n", "| 9 |\n"]


def test_the_real_articles_papers_are_sorted_by_how_often_they_are_cited(real_article: Path) -> None:
    text = real_article.read_bytes().decode()
    table = Article.from_text(text).citations_table
    assert table
    column = table.columns.index("Citations")
    changed = apply_edits(text, sort_rows(table, column))
    after = Article.from_text(changed).citations_table
    assert after
    cited = [after.value(row, column) for row in range(len(after.rows))]
    counts = [int(value.replace(",", "")) for value in cited if value != "-"]
    assert counts == sorted(counts)
    assert cited[len(counts) :] == ["-"] * (len(cited) - len(counts))
    assert sorted(changed.split("\n")) == sorted(text.split("\n"))


def test_a_column_that_there_is_not_is_refused() -> None:
    with pytest.raises(EditRefused) as refused:
        sort_rows(table_of("x\n\n" + HEAD + "| 1 |\n"), 2)
    assert refused.value.line == 3


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1,234.50", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1,23,456", "123456"),
        ("1.234", "1.234"),
        ("1,2,3", None),
        ("1 2", None),
        ("3 (2020)", None),
        ("", None),
        ("x", None),
        (".", None),
    ],
)
def test_a_number_is_read_with_its_separators(value: str, number: str | None) -> None:
    assert number_in(value) == (None if number is None else Decimal(number))


@modest
@given(data=st.data())
def test_sorting_keeps_every_line_and_undo_restores_the_text(texts_with_a_table: Texts, data: st.DataObject) -> None:
    text = data.draw(texts_with_a_table)
    table = table_of(text)
    column, descending = data.draw(st.integers(0, len(table.alignments) - 1)), data.draw(st.booleans())
    buffer = TextBuffer(text)
    buffer.edit(sort_rows(table, column, descending=descending), "sort")
    changed = table_of(buffer.article.text)
    assert [line.source for line in changed.lines[:2]] == [line.source for line in table.lines[:2]]
    assert sorted(row.source for row in changed.rows) == sorted(row.source for row in table.rows)
    assert sort_rows(changed, column, descending=descending) == ()
    outside = (text[: table.start], text[table.start + len(table.text) :])
    assert (buffer.article.text[: table.start], buffer.article.text[table.start + len(table.text) :]) == outside
    buffer.undo()
    assert buffer.article.text == text


@modest
@given(st.lists(st.text("aäAzZ0129,. -–[", max_size=6).map(lambda text: text.strip(" ")), max_size=8))
def test_descending_is_ascending_the_other_way_round_but_for_the_unknown(values: list[str]) -> None:
    rising, falling = sorted_values(values), sorted_values(values, descending=True)
    unknown = [value for value in values if value in ("", "-", "--", "---", "–")]
    known = len(values) - len(unknown)
    assert rising[known:] == falling[known:] == unknown
    assert sorted_values(falling[:known][::-1]) == falling[:known][::-1]


def test_five_thousand_rows_and_endless_digits_are_sorted_at_once() -> None:
    rows = [f"| {number * 7919 % 5000} | {'.' * 50} |\n" for number in range(5000)]
    text = HEAD + "".join(rows) + f"| {'9' * 50_000} | {'1,' * 50_000} |\n"
    began = time.process_time()
    sort(text)
    sort(text, 1, descending=True)
    assert time.process_time() - began < 3
