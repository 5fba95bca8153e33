from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.table_edits import add_row, add_rows, remove_row
from editor.core.table_selection import clear_cells, fill_down, remove_rows, write_cells
from editor.core.table_trial import source_of
from editor.core.tables import Table, find_tables, unescaped
from editor.core.text_edit import EditRefused, TextEdit, apply_edits

HEAD = "| No | Paper |\n|---|---|\n"


def the_table(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def after(table: Table, edits: tuple[TextEdit, ...]) -> str:
    return apply_edits(table.text, edits)


def test_rows_that_stand_apart_are_removed_together() -> None:
    table = the_table(HEAD + "| 1 | a |\n| 2 | b |\n| 3 | c |\n| 4 | d |\n")
    assert after(table, remove_rows(table, [3, 0, 1])) == HEAD + "| 3 | c |\n"


def test_the_last_rows_leave_a_file_without_a_final_newline_without_one() -> None:
    table = the_table(HEAD + "| 1 | a |\r\n| 2 | b |\r\n| 3 | c |")
    assert after(table, remove_rows(table, [1, 2])) == HEAD + "| 1 | a |"


def test_all_rows_can_be_removed() -> None:
    table = the_table(HEAD + "| 1 | a |\n| 2 | b |")
    assert after(table, remove_rows(table, [0, 1])) == HEAD.removesuffix("\n")


def test_edits_are_placed_in_the_article() -> None:
    table = the_table("Some text.\n\n" + HEAD + "| 1 | a |\n")
    assert apply_edits("Some text.\n\n" + HEAD + "| 1 | a |\n", clear_cells(table, [(0, 1)])) == (
        "Some text.\n\n" + HEAD + "| 1 |  |\n"
    )


def test_cells_of_one_row_without_outer_pipes_are_emptied_together() -> None:
    table = the_table("a | b | c\n-|-|-\n1 | 2 | 3\n4 | 5 | 6\n")
    emptied = the_table(after(table, clear_cells(table, [(0, 0), (0, 2), (1, 1), (1, 2)])))
    assert [[cell.value for cell in row.cells] for row in emptied.rows] == [["", "2", ""], ["4", "", ""]]


def test_a_cell_that_a_short_row_lacks_is_left_so() -> None:
    table = the_table(HEAD + "| 1 |\n")
    assert clear_cells(table, [(0, 1)]) == ()


def test_a_table_whose_heading_is_one_only_under_a_line_of_text_can_be_edited() -> None:
    above, text = "See:\n", "2. a | b\n--|--\n1 | 2\n3 | 4\n"
    table = the_table(above + text)
    assert apply_edits(above + text, remove_rows(table, [0])) == above + text.replace("1 | 2\n", "")
    emptied = apply_edits(above + text, clear_cells(table, [(0, 0), (0, 1), (1, 1)]))
    assert emptied == above + text.replace("1 | 2", "|  |  |").replace("3 | 4", "3 |  |")


def test_a_row_that_there_is_not_is_refused() -> None:
    table = the_table("\n\n" + HEAD + "| 1 | a |\n")
    with pytest.raises(EditRefused) as refusal:
        remove_rows(table, [0, 1])
    assert refusal.value.line == 3


def test_a_column_that_there_is_not_is_refused_with_the_rows_line() -> None:
    table = the_table("\n\n" + HEAD + "| 1 | a |\n| 2 | b |\n")
    with pytest.raises(EditRefused) as refusal:
        clear_cells(table, [(0, 1), (1, 2)])
    assert refusal.value.line == 6


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["| 1 | a |", "2 | b", "| c", "| d | e | f |"]), min_size=1, max_size=8), st.data())
def test_removing_rows_together_does_what_removing_them_one_by_one_does(rows: list[str], data: st.DataObject) -> None:
    ending = data.draw(st.sampled_from(["", "\n", "\r\n"]))
    gone = data.draw(st.sets(st.integers(0, len(rows) - 1)))
    table = one_by_one = the_table(HEAD + (ending or "\n").join(rows) + ending)
    for row in sorted(gone, reverse=True):
        one_by_one = the_table(after(one_by_one, remove_row(one_by_one, row)))
    assert after(table, remove_rows(table, gone)) == one_by_one.text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["| 1 | a |", "2 | b", "|c|d|", "| d | e | f |", "x"]), min_size=1, max_size=6), st.data()
)
def test_emptying_cells_empties_those_and_no_others(rows: list[str], data: st.DataObject) -> None:
    places = [(row, column) for row in range(len(rows)) for column in range(2)]
    chosen = data.draw(st.sets(st.sampled_from(places)))
    table = the_table(HEAD + "\n".join(rows))
    emptied = the_table(after(table, clear_cells(table, chosen)))
    expected = ["" if place in chosen else table.value(*place) for place in places]
    assert [emptied.value(*place) for place in places] == expected


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_rows_added_together_stand_at_the_end_with_their_values_and_change_no_other(
    texts_with_a_table: st.SearchStrategy[str], cell_values: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(texts_with_a_table)
    table = the_table(text)
    width = len(table.alignments)
    rows = data.draw(st.lists(st.lists(cell_values, min_size=width, max_size=width), min_size=1, max_size=3))
    try:
        (edit,) = add_rows(table, rows)
    except EditRefused:
        return
    after_it = the_table(apply_edits(text, [edit]))
    assert [row.source for row in after_it.rows[: len(table.rows)]] == [row.source for row in table.rows]
    added = [[cell.value for cell in row.cells] for row in after_it.rows[len(table.rows) :]]
    assert added == [[source_of(value).replace("\\|", "|") for value in row] for row in rows]


def test_a_row_added_alone_is_written_as_add_row_would() -> None:
    for text in (HEAD, HEAD + "|1|a|", HEAD + "1 | a\r\n", HEAD + "| 1 |\n"):
        table = the_table(text)
        assert add_rows(table, [["2", "b|c"]]) == add_row(table, ["2", "b|c"])
    assert add_rows(the_table(HEAD), []) == ()


def test_a_block_is_written_over_cells_and_below_the_last_row_in_one_step() -> None:
    table = the_table(HEAD + "| 1 | a |\n|2|b|\n3 | c")
    text = after(table, write_cells(table, {(1, 1): "x|y", (2, 0): "z\nz"}, [("4", "d"), ("5",)]))
    assert text == HEAD + "| 1 | a |\n|2|x\\|y|\nz<br>z | c\n4 | d\n| 5 |  |"


def test_a_value_that_is_written_where_it_is_already_is_no_edit() -> None:
    table = the_table(HEAD + "| 1 |   a |\n")
    assert write_cells(table, {(0, 0): "1", (0, 1): "a"}) == ()


def test_more_values_than_columns_or_a_cell_elsewhere_are_refused() -> None:
    table = the_table(HEAD + "| 1 | a |\n")
    for values, added in (({(0, 2): "x"}, []), ({(1, 0): "x"}, []), ({}, [("1", "2", "3")])):
        with pytest.raises(EditRefused):
            write_cells(table, values, added)


def test_filling_down_writes_the_first_rows_values_into_the_others() -> None:
    table = the_table(HEAD + "| 1 | a\\|b |\n| 2 | c |\n| 3 |\n| 4 | d |\n")
    assert (
        after(table, fill_down(table, [0, 1, 2], [1]))
        == HEAD + "| 1 | a\\|b |\n| 2 | a\\|b |\n| 3 | a\\|b |\n| 4 | d |\n"
    )


@settings(max_examples=150)
@given(st.data())
def test_what_is_written_is_read_and_all_other_cells_stand(
    texts_with_a_table: st.SearchStrategy[str], cell_values: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(texts_with_a_table)
    table = the_table(text)
    places = st.tuples(st.integers(0, len(table.rows) - 1), st.integers(0, len(table.alignments) - 1))
    values = data.draw(st.dictionaries(places, cell_values, max_size=4)) if table.rows else {}
    added = data.draw(st.lists(st.lists(cell_values, max_size=len(table.alignments)), max_size=2))
    try:
        changed = the_table(apply_edits(text, write_cells(table, values, added)))
    except EditRefused:
        return
    assert len(changed.rows) == len(table.rows) + len(added)
    meant = {
        **values,
        **{(len(table.rows) + at, column): value for at, row in enumerate(added) for column, value in enumerate(row)},
    }
    for row, column in product(range(len(changed.rows)), range(len(table.alignments))):
        old = table.value(row, column) if row < len(table.rows) else ""
        wanted = unescaped(source_of(meant[row, column])) if (row, column) in meant else old
        assert changed.value(row, column) == wanted
