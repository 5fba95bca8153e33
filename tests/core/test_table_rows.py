"""Rows as a whole: moved together, numbered, found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.papers import new_rows
from editor.core.row_numbers import number_fault, numbers_run_on, renumber
from editor.core.table_edits import add_rows
from editor.core.table_order import move_rows
from editor.core.table_search import rows_with
from editor.core.tables import Table, find_tables
from editor.core.text_edit import EditRefused, apply_edits

HEAD = "| S.No | Paper | Citations |\n|---|---|---|\n"


def the_table(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def numbered(*numbers: str) -> Table:
    return the_table(HEAD + "".join(f"| {number} | A | - |\n" for number in numbers))


def test_rows_that_stand_apart_are_moved_together_in_their_order() -> None:
    table = numbered("1", "2", "3", "4", "5")
    moved = the_table(apply_edits(table.text, move_rows(table, [3, 0], 2)))
    assert [row.cells[0].value for row in moved.rows] == ["2", "3", "1", "4", "5"]


def test_rows_cannot_be_moved_beyond_the_table() -> None:
    table = numbered("1", "2", "3")
    for rows, to in (([0, 1], 2), ([1], 3), ([3], 0), ([0], -1)):
        with pytest.raises(EditRefused):
            move_rows(table, rows, to)


@settings(max_examples=100)
@given(st.data())
def test_rows_moved_together_leave_all_others_in_their_order(
    texts_with_a_table: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(texts_with_a_table.filter(lambda text: the_table(text).rows))
    table = the_table(text)
    rows = sorted(data.draw(st.sets(st.integers(0, len(table.rows) - 1), min_size=1)))
    to = data.draw(st.integers(0, len(table.rows) - len(rows)))
    try:
        moved = the_table(apply_edits(text, move_rows(table, rows, to)))
    except EditRefused:
        return
    sources = [row.source for row in table.rows]
    rest = [source for row, source in enumerate(sources) if row not in rows]
    assert [row.source for row in moved.rows] == rest[:to] + [sources[row] for row in rows] + rest[to:]


def test_new_rows_are_numbered_on_and_written_like_their_neighbours() -> None:
    table = numbered("[01]", "[02]")
    text = apply_edits(table.text, add_rows(table, new_rows(table, 2), 1))
    assert text == HEAD + "| [01] | A | - |\n| [03] |  | - |\n| [04] |  | - |\n| [02] | A | - |\n"


def test_rows_are_numbered_from_1_on_as_they_were_written() -> None:
    table = numbered("[3]", "[3]", "", "No. 07")
    assert apply_edits(table.text, renumber(table)) == numbered("[1]", "[2]", "[3]", "No. 04").text
    assert renumber(numbered("1", "2", "3")) == ()


def test_a_table_without_numbers_is_not_numbered() -> None:
    table = the_table("| Paper | Insight |\n|---|---|\n| A | x |\n")
    assert (number_fault(table), numbers_run_on(table)) == ("", True)
    with pytest.raises(EditRefused, match=r"S\.No"):
        renumber(table)


@pytest.mark.parametrize(
    ("numbers", "fault", "runs_on"),
    [
        (["1", "2", "3"], "", True),
        (["2", "1"], "", False),
        (["1", "1", "3"], "number 1 stands 2 times", False),
        (["1", "", "2"], "row 2 has no number", False),
        (["1", "3"], "number 2 is left out", False),
        ([], "", True),
    ],
)
def test_what_is_wrong_with_the_numbers_is_said(numbers: list[str], fault: str, runs_on: bool) -> None:
    assert (number_fault(numbered(*numbers)), numbers_run_on(numbered(*numbers))) == (fault, runs_on)


def test_rows_are_found_by_all_words_without_regard_to_case_and_diacritics() -> None:
    rows = "| 1 | Über Schlaf (Müller, 2001) | 5 |\n| 2 | On sleep (Moller, 2002) | - |\n| 3 | a\\|b (Łoś, 2003) | |\n"
    table = the_table(HEAD + rows)
    found = {"": [0, 1, 2], "muller": [0], "2001 uber": [0], "MØLLER": [1], "los": [2], "a|b": [2], "5 -": [], "x": []}
    assert {sought: rows_with(table, sought) for sought in found} == found
