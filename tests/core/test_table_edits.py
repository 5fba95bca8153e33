"""Cells and rows of a table: set, added, removed and moved without touching another character."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.table_edits import add_row, new_table, remove_row, set_cell
from editor.core.table_order import move_rows
from editor.core.tables import Table, find_tables
from editor.core.text_edit import EditRefused, TextEdit, apply_edits

ARTICLE = Path("../shared/articles/magnesium-glycinate.md")
Texts = st.SearchStrategy[str]
HEAD = "| a | b |\n|---|---|\n"
modest = settings(deadline=None, max_examples=150)


def table_of(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def values_of(table: Table) -> list[list[str]]:
    return [[cell.value for cell in row.cells] for row in table.rows]


def after(text: str, edit: Callable[[Table], tuple[TextEdit, ...]]) -> str:
    return apply_edits(text, edit(table_of(text)))


@pytest.fixture
def article() -> str:
    if not ARTICLE.exists():
        pytest.skip("the real article is not beside this checkout")
    return ARTICLE.read_bytes().decode()


def test_the_real_articles_dash_becomes_a_count_and_nothing_else_changes(article: str) -> None:
    (edit,) = set_cell(table_of(article), 2, 3, "12")
    assert (article[edit.start : edit.end], edit.text) == ("-", "12")
    assert apply_edits(article, (edit,)) == article.replace("functions. | - |", "functions. | 12 |")


def test_a_row_at_the_end_of_the_real_articles_table_changes_nothing_above_it(article: str) -> None:
    written = after(article, lambda table: add_row(table, ["6", "A | B (C, 2020)", "", "-"]))
    last = "a range of chronic diseases. | 3 |\n"
    assert written == article.replace(last, last + "| 6 | A \\| B (C, 2020) |  | - |\n")


@pytest.mark.parametrize(
    ("line", "column", "value", "written"),
    [
        ("| a | b |", 1, "x", "| a | x |"),
        ("|   a   |b|", 0, "x", "|   x   |b|"),
        ("| a | b |", 1, "x|y", "| a | x\\|y |"),
        ("| a | b |", 1, "x\\|y", "| a | x\\\\|y |"),
        ("| a | b |", 1, " x\r\ny\n", "| a | x<br>y |"),
        ("| a | b |", 1, "  \t ", "| a |  |"),
        ("| a | b |", 0, "\u00a0", "| \u00a0 | b |"),
        ("|  | b |", 0, "x", "| x | b |"),
        ("|a||", 1, "x", "|a|x|"),
        ("|a|b|", 0, "x\\", "|x\\ |b|"),
        ("|a|b|", 1, "x\\", "|a|x\\ |"),
        ("a | b", 1, "x\\", "a | x\\"),
        ("a | b", 0, "", "|  | b"),
        ("a | b", 1, "", "a |  |"),
        ("a | b", 0, "# x", "| # x | b"),
        ("a | b", 0, "-", "| - | b"),
        ("  a | b", 0, "1. x", "  | 1. x | b"),
        ("| a", 0, "x", "| x"),
        ("| a", 0, "", "|  |"),
        ("| a | b | c |", 1, "x", "| a | x | c |"),
    ],
)
def test_a_value_is_written_where_the_cell_was(line: str, column: int, value: str, written: str) -> None:
    text = f"h | i\n-|-\n{line}\n1 | 2"
    assert after(text, lambda table: set_cell(table, 0, column, value)) == f"h | i\n-|-\n{written}\n1 | 2"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("| a |", "| a |  |  | x |"),
        ("|a|  ", "|a|||x|  "),
        ("a", "a |  |  | x"),
        ("a | b  ", "a | b |  | x  "),
        ("|a|b\\", "|a|b\\ |  | x"),
        ("text", "text |  |  | x"),
        ("||", "||||x|"),
    ],
)
def test_a_missing_cell_is_added_with_those_before_it_and_no_more(line: str, written: str) -> None:
    head = "h | i | j | k | l\n-|-|-|-|-\n"
    assert after(f"{head}{line}\n", lambda table: set_cell(table, 0, 3, "x")) == f"{head}{written}\n"


def test_writing_what_is_there_already_is_no_edit() -> None:
    table = table_of("| a | b |\n|---|---|\n| x \\| y |\n")
    assert set_cell(table, 0, 0, " x | y ") == set_cell(table, 0, 1, "") == set_cell(table, -1, 1, "b") == ()


def test_a_heading_is_set_like_a_cell() -> None:
    text = "| a | b |\n|---|---|\n"
    assert after(text, lambda table: set_cell(table, -1, 1, "c")) == "| a | c |\n|---|---|\n"
    assert after("a | b\n-|-\n", lambda table: set_cell(table, -1, 1, "")) == "a |  |\n-|-\n"
    assert after("x\na\n:-\n", lambda table: set_cell(table, -1, 0, "==")) == "x\n| ==\n:-\n"


def test_a_heading_that_the_line_above_would_take_for_its_delimiter_row_is_refused() -> None:
    with pytest.raises(EditRefused) as refused:
        set_cell(table_of("x\n\n| a |\n|---|\n"), -1, 0, ":-:")
    assert refused.value.line == 3


@pytest.mark.parametrize(("row", "column"), [(1, 0), (-2, 0), (0, 2), (0, -1)])
def test_a_cell_that_is_not_there_is_refused(row: int, column: int) -> None:
    with pytest.raises(EditRefused):
        set_cell(table_of("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n"), row, column, "x")


def test_a_table_under_a_paragraph_that_only_stands_there_can_be_edited() -> None:
    text = "See:\n2. a | b\n--|--\n1 | 2\n"
    assert after(text, lambda table: set_cell(table, 0, 0, "3")) == text.replace("1 | 2", "3 | 2")
    assert after(text, lambda table: set_cell(table, -1, 1, "c")) == text.replace("a | b", "a | c")


@pytest.mark.parametrize(
    ("text", "at", "written"),
    [
        (HEAD, None, HEAD + "| x | y |\n"),
        (HEAD[:-1], None, HEAD + "| x | y |"),
        (HEAD + "| 1 | 2 |", None, HEAD + "| 1 | 2 |\n| x | y |"),
        (HEAD + "| 1 | 2 |", 0, HEAD + "| x | y |\n| 1 | 2 |"),
        (HEAD + "|1|2|\n", 1, HEAD + "|1|2|\n|x|y|\n"),
        ("a|b\n-|-\n1 | 2\n\nend", None, "a|b\n-|-\n1 | 2\nx | y\n\nend"),
        (HEAD + "text\n", None, HEAD + "text\n| x | y |\n"),
        ("  a | b\r\n  -|-\r\n", 0, "  a | b\r\n  -|-\r\n  x | y\r\n"),
        ("a|b\r-|-", 0, "a|b\r-|-\rx|y"),
        ("a | b\n-|-\r\n1 | 2", None, "a | b\n-|-\r\n1 | 2\r\nx | y"),
    ],
)
def test_a_new_row_looks_like_its_neighbours(text: str, at: int | None, written: str) -> None:
    assert after(text, lambda table: add_row(table, ["x", "y"], at)) == written


@pytest.mark.parametrize(
    ("values", "row"),
    [
        ([], "|  |  |"),
        (["# x"], "| # x |  |"),
        (["", "y"], "|  | y |"),
        (["x\\", "\\"], "x\\ | \\"),
        (["a\nb", "|"], "a<br>b | \\|"),
    ],
)
def test_values_that_need_outer_pipes_get_them(values: list[str], row: str) -> None:
    text = "a | b\n-|-\n1 | 2\n"
    assert after(text, lambda table: add_row(table, values)) == f"{text}{row}\n"


def test_a_row_that_has_no_place_or_no_column_is_refused() -> None:
    table = table_of("x\n\n" + HEAD + "| 1 | 2 |\n").moved(100, 10)
    with pytest.raises(EditRefused) as refused:
        add_row(table, ["1", "2", "3"])
    assert refused.value.line == 15
    for at in (-1, 2):
        with pytest.raises(EditRefused):
            add_row(table, [], at)
    for row in (-1, 1):
        with pytest.raises(EditRefused):
            remove_row(table, row)
        with pytest.raises(EditRefused):
            move_rows(table, [0], row)


@pytest.mark.parametrize(
    ("rows", "row", "left"),
    [
        ("| 1 |\n| 2 | x |\n", 0, "| 2 | x |\n"),
        ("| 1 |\n| 2 |\n", 1, "| 1 |\n"),
        ("| 1 |\n| 2 |", 1, "| 1 |"),
        ("| 1 |\n| 2 |", 0, "| 2 |"),
        ("| 1 |\n\nend", 0, "\nend"),
        ("| 1 |\r\n| 2 |", 1, "| 1 |"),
    ],
)
def test_a_row_goes_with_its_line(rows: str, row: int, left: str) -> None:
    assert after(HEAD + rows, lambda table: remove_row(table, row)) == HEAD + left


def test_a_table_without_its_last_row_is_still_a_table() -> None:
    text = after(HEAD + "| 1 | 2 |", lambda table: remove_row(table, 0))
    assert text == HEAD[:-1]
    assert table_of(text).rows == ()


@pytest.mark.parametrize(
    ("rows", "row", "to", "moved"),
    [
        ("1\n2\n3\n", 0, 2, "2\n3\n1\n"),
        ("1\n2\n3\n", 2, 0, "3\n1\n2\n"),
        ("1\n2\n3", 0, 1, "2\n1\n3"),
        ("1\n2\n3", 0, 2, "2\n3\n1"),
        ("1\n2\n3", 2, 1, "1\n3\n2"),
        ("1\r\n| 2 | x | y |\r3", 2, 0, "3\r1\r\n| 2 | x | y |"),
        ("1\n2\n\nend", 0, 1, "2\n1\n\nend"),
    ],
)
def test_a_moved_rows_line_goes_as_it_is(rows: str, row: int, to: int, moved: str) -> None:
    assert after(HEAD + rows, lambda table: move_rows(table, [row], to)) == HEAD + moved


def test_a_carriage_return_does_not_come_before_the_blank_line_behind_the_table() -> None:
    text = HEAD + "1\r2\n\nend"
    with pytest.raises(EditRefused):
        remove_row(table_of(text), 1)
    assert after(text, lambda table: move_rows(table, [0], 1)) == HEAD + "2\r1\n\nend"


def test_a_row_moved_to_its_own_place_is_no_edit() -> None:
    assert move_rows(table_of(HEAD + "| 1 |\n"), [0], 0) == ()


def test_a_new_table_has_its_columns_and_no_rows() -> None:
    text = new_table(["a|b", "", " c "], "\r\n")
    assert text == "| a\\|b |  | c |\r\n| --- | --- | --- |\r\n"
    assert (table_of(text).columns, table_of(text).rows) == (("a|b", "", "c"), ())
    with pytest.raises(EditRefused):
        new_table([], "\n")


def read_back(value: str) -> str:
    """How a value reads once it is in a cell."""
    value = value.strip(" \t\v\f\r\n")
    return value.replace("\r\n", "<br>").replace("\r", "<br>").replace("\n", "<br>")


@modest
@given(data=st.data())
def test_any_value_reads_back_from_its_cell_and_no_other_character_changes(
    texts_with_a_row: Texts, cell_values: Texts, data: st.DataObject
) -> None:
    text, value = data.draw(texts_with_a_row), data.draw(cell_values)
    table = table_of(text)
    row = data.draw(st.integers(0, len(table.rows) - 1))
    column = data.draw(st.integers(0, len(table.alignments) - 1))
    edits = set_cell(table, row, column, value)
    changed = table_of(apply_edits(text, edits))
    assert changed.value(row, column) == read_back(value)
    expected = values_of(table)
    if edits:
        expected[row] += [""] * (column + 1 - len(expected[row]))
        expected[row][column] = read_back(value)
    assert values_of(changed) == expected
    cells, line = table.rows[row].cells, table.rows[row]
    start, end = (cells[column].start, cells[column].end) if column < len(cells) else (cells[-1].end, line.end)
    assert all(table.start + start <= edit.start <= edit.end <= table.start + end for edit in edits)


@modest
@given(data=st.data())
def test_a_heading_reads_back_or_is_refused(texts_with_a_table: Texts, cell_values: Texts, data: st.DataObject) -> None:
    text, value = data.draw(texts_with_a_table), data.draw(cell_values)
    table = table_of(text)
    column = data.draw(st.integers(0, len(table.alignments) - 1))
    try:
        changed = table_of(apply_edits(text, set_cell(table, -1, column, value)))
    except EditRefused:
        assert set(read_back(value)) <= set("-:")
    else:
        headings = list(table.columns)
        headings[column] = read_back(value)
        assert list(changed.columns) == headings
        assert [line.source for line in changed.lines[1:]] == [line.source for line in table.lines[1:]]


@modest
@given(data=st.data())
def test_an_added_row_reads_back_and_removing_it_restores_the_text(
    texts_with_a_table: Texts, cell_values: Texts, data: st.DataObject
) -> None:
    text = data.draw(texts_with_a_table)
    table = table_of(text)
    values = data.draw(st.lists(cell_values, max_size=len(table.alignments)))
    at = data.draw(st.integers(0, len(table.rows)))
    (edit,) = add_row(table, values, at)
    changed = table_of(apply_edits(text, (edit,)))
    assert edit.start == edit.end
    padding = [""] * (len(table.alignments) - len(values))
    assert values_of(changed)[at] == [read_back(value) for value in values] + padding
    assert apply_edits(apply_edits(text, (edit,)), remove_row(changed, at)) == text


@modest
@given(data=st.data())
def test_a_moved_row_leaves_the_others_in_order_and_moves_back(texts_with_a_row: Texts, data: st.DataObject) -> None:
    text = data.draw(texts_with_a_row)
    table = table_of(text)
    row, to = (data.draw(st.integers(0, len(table.rows) - 1)) for _ in range(2))
    moved = apply_edits(text, move_rows(table, [row], to))
    lines = [line.source for line in table.lines]
    lines.insert(to + 2, lines.pop(row + 2))
    assert [line.source for line in table_of(moved).lines] == lines
    assert apply_edits(moved, move_rows(table_of(moved), [to], row)) == text


def test_five_thousand_rows_are_found_and_edited_at_once() -> None:
    text = HEAD + "| some words (Batta, 2017) | - |\n" * 5000
    began = time.process_time()
    edits = set_cell(table_of(text), 2500, 1, "12")
    assert time.process_time() - began < 0.5
    assert [(edit.end - edit.start, edit.text) for edit in edits] == [(1, "12")]
