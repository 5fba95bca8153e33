"""Columns: added, removed, moved, renamed and aligned, each line in its own style."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.core.table_columns import add_column, move_column, remove_column, rename_column, set_alignment
from editor.core.tables import Alignment, Row, Table, find_tables
from editor.core.text_edit import EditRefused, TextEdit, apply_edits

Texts = st.SearchStrategy[str]
PIPED = "| a | b |\n|---|---|\n| 1 | 2 |\n"
BARE = "a | b\n--|--\n1 | 2\n"
modest = settings(deadline=None, max_examples=60)


def table_of(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def after(text: str, edit: Callable[[Table], tuple[TextEdit, ...]]) -> str:
    return apply_edits(text, edit(table_of(text)))


def sources_of(row: Row) -> list[str]:
    return [cell.source for cell in row.cells]


def rows_of(table: Table) -> list[list[str]]:
    return [sources_of(row) for row in table.rows]


def whole(table: Table) -> list[list[str]]:
    """The rows with the cells that they lack."""
    return [sources + [""] * (len(table.alignments) - len(sources)) for sources in rows_of(table)]


@pytest.mark.parametrize(
    ("text", "at", "written"),
    [
        (PIPED, 1, "| a | x | b |\n|---|---|---|\n| 1 |   | 2 |\n"),
        (PIPED, None, "| a | b | x |\n|---|---|---|\n| 1 | 2 |   |\n"),
        ("|a|b|\r\n|-|-|\r\n|1|2|", 0, "|x|a|b|\r\n|---|-|-|\r\n||1|2|"),
        ("| a long one | b |\n|---|---|\n| 1 | 2 |\n", 2, "| a long one | b | x |\n|---|---|---|\n| 1 | 2 |  |\n"),
        ("|\ta\t|\tb\t|\n|:-|-|\n|\t1\t|\t2\t|\n", 1, "|\ta\t|\tx\t|\tb\t|\n|:-|---|-|\n|\t1\t|\t\t|\t2\t|\n"),
        (BARE, 0, "x | a | b\n---|--|--\n|  | 1 | 2\n"),
        (BARE, 2, "a | b | x\n--|--|---\n1 | 2 |  |\n"),
        ("a\n:--\n1\n", 1, "a | x\n:-- | ---\n1 |  |\n"),
        ("  a\n  :-\n1\n", 1, "  a | x\n  :- | ---\n1 |  |\n"),
        ("| a\\|b | c |\n|---|---|\n| \\| | 2\\|\n", 1, "| a\\|b | x | c |\n|---|---|---|\n| \\| |  | 2\\|\n"),
    ],
)
def test_a_new_column_is_written_like_the_line_it_is_in(text: str, at: int | None, written: str) -> None:
    assert after(text, lambda table: add_column(table, "x", at)) == written


@pytest.mark.parametrize(
    ("row", "at", "written"),
    [
        ("| 1 |", 2, "| 1 |"),
        ("| 1 |", 1, "| 1 |"),
        ("| 1 |", 0, "|  | 1 |"),
        ("text", 1, "text"),
        ("| 1 | 2 | 3 | 4 |", 2, "| 1 | 2 |  | 3 | 4 |"),
    ],
)
def test_a_short_row_stays_short_and_what_no_reader_sees_stays_unseen(row: str, at: int, written: str) -> None:
    head = "| aa | bb |\n|---|---|\n"
    changed = after(head + row, lambda table: add_column(table, "x", at))
    assert changed.rsplit("\n", 1)[1] == written


def test_dashes_are_as_many_as_the_heading_needs_where_the_others_are() -> None:
    text = "| Name | Count |\n|------|-------|\n| a | 1 |\n"
    changed = after(text, lambda table: add_column(table, "Identifier", alignment=Alignment.RIGHT))
    assert changed.split("\n")[1] == "|------|-------|-----------:|"


def test_pipes_that_stand_under_each_other_still_do_with_a_new_column() -> None:
    text = "| a   | b |\n|-----|---|\n| 123 | 2 |\n"
    assert after(text, lambda table: add_column(table, "new", 1)) == (
        "| a   | new | b |\n|-----|-----|---|\n| 123 |     | 2 |\n"
    )


@pytest.mark.parametrize(
    ("text", "column", "left"),
    [
        (PIPED, 0, "| b |\n|---|\n| 2 |\n"),
        (PIPED, 1, "| a |\n|---|\n| 1 |\n"),
        (BARE, 0, "b\n-- |\n2\n"),
        (BARE, 1, "a\n-- |\n1\n"),
        ("a | b\n:-|-:\n1\n1 | 2 | 3\n", 1, "a\n:-\n1\n1 | 3\n"),
        ("a | b\n:-|-:\n1\n|  | 2\n", 0, "b\n-:\n|  |\n2\n"),
        ("| a | b |\n|---|---|\n| # | # x\n", 0, "| b |\n|---|\n| # x\n"),
    ],
)
def test_a_column_goes_with_its_cells_and_one_pipe(text: str, column: int, left: str) -> None:
    assert after(text, lambda table: remove_column(table, column)) == left


@pytest.mark.parametrize(
    ("text", "column", "to", "moved"),
    [
        ("| a   | bb |  c |\n|---|:-:|--:|\n", 0, 2, "| bb |  c | a   |\n|:-:|--:|---|\n"),
        ("a  | bb |c\n-|:-:|--:\n", 0, 2, "bb  | c |a\n:-:|--:|-\n"),
        ("a | b\n-|-:\n1\n", 0, 1, "b | a\n-:|-\n|  | 1\n"),
        ("a | b\n-|-:\n1 | 2 | 3\n", 1, 0, "b | a\n-:|-\n2 | 1 | 3\n"),
        ("|a|b\n|-|-:|\n|1|2\\\n", 1, 0, "|b|a\n|-:|-|\n|2\\ |1\n"),
        ("a | b\n-|-:\n", 1, 1, "a | b\n-|-:\n"),
    ],
)
def test_a_column_moves_with_its_white_space_and_alignment(text: str, column: int, to: int, moved: str) -> None:
    assert after(text, lambda table: move_column(table, column, to)) == moved


def test_a_column_is_renamed_in_its_heading_alone() -> None:
    assert after(PIPED, lambda table: rename_column(table, 1, "c | d")) == PIPED.replace(" b ", " c \\| d ")


@pytest.mark.parametrize(
    ("delimiter", "alignment", "aligned"),
    [
        ("|----|-|", Alignment.RIGHT, "|---:|-|"),
        ("|:--:|-|", Alignment.NONE, "|----|-|"),
        ("| - | - |", Alignment.CENTRE, "| :-: | - |"),
        (":--|-", Alignment.LEFT, ":--|-"),
        (":- | -", Alignment.NONE, "-- | -"),
        (":-|-", Alignment.NONE, "--|-"),
    ],
)
def test_an_alignment_is_set_by_colons(delimiter: str, alignment: Alignment, aligned: str) -> None:
    text = f"| a | b |\n{delimiter}\n| 1 | 2 |\n"
    assert after(text, lambda table: set_alignment(table, 0, alignment)) == text.replace(delimiter, aligned)


def test_a_delimiter_row_that_only_its_colon_made_one_gets_a_pipe() -> None:
    assert after("a\n:-\n", lambda table: set_alignment(table, 0, Alignment.NONE)) == "a\n-- |\n"


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (lambda table: add_column(table, "x", 3), 3),
        (lambda table: add_column(table, "x", -1), 3),
        (lambda table: remove_column(table, 2), 3),
        (lambda table: move_column(table, 0, 2), 3),
        (lambda table: rename_column(table, 2, "x"), 3),
        (lambda table: set_alignment(table, 2, Alignment.LEFT), 3),
        (lambda table: add_column(remains(table), "---"), 3),
        (lambda table: remove_column(remains(table), 0), 3),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(edit: Callable[[Table], object], line: int) -> None:
    with pytest.raises(EditRefused) as refused:
        edit(table_of("x\n\n" + PIPED))
    assert refused.value.line == line


def remains(table: Table) -> Table:
    """A table in the same place with one column, whose heading could be a delimiter row."""
    return table_of("x\n\n|---|\n|---|\n")


def test_a_heading_row_of_dashes_alone_is_refused_with_that_reason() -> None:
    with pytest.raises(EditRefused, match="delimiter row"):
        remove_column(table_of("| a | - |\n|---|---|\n"), 0)


@modest
@given(data=st.data())
def test_an_added_column_reads_back_and_only_adds(
    texts_with_a_table: Texts, cell_values: Texts, data: st.DataObject
) -> None:
    text, heading = data.draw(texts_with_a_table), data.draw(cell_values)
    table = table_of(text)
    width = len(table.alignments)
    at, alignment = data.draw(st.integers(0, width)), data.draw(st.sampled_from(Alignment))
    try:
        edits = add_column(table, heading, at, alignment)
    except EditRefused:
        assert all(set(cell.value) <= set("-:") for cell in table.header.cells)
        return
    changed = table_of(apply_edits(text, edits))
    assert all(edit.start == edit.end for edit in edits)
    assert changed.alignments == (*table.alignments[:at], alignment, *table.alignments[at:])
    expected = [
        [*sources[:at], "", *sources[at:]] if len(sources) > at or len(sources) >= width else sources
        for sources in rows_of(table)
    ]
    assert rows_of(changed) == expected
    assert changed.columns == (*table.columns[:at], changed.columns[at], *table.columns[at:])


@modest
@given(data=st.data())
def test_a_column_that_is_added_and_removed_leaves_the_text_as_it_was(
    texts_with_a_table: Texts, data: st.DataObject
) -> None:
    text = data.draw(texts_with_a_table)
    table = table_of(text)
    at = data.draw(st.integers(0, len(table.alignments)))
    # A row with outer pipes where its table has none may lose them: they cannot be told from those it had to get.
    assume(len({outer_pipes(line) for line in table.lines}) == 1 and not set(table.header.source) <= set(" \t|-:"))
    changed = after(text, lambda table: add_column(table, "x", at))
    assert after(changed, lambda table: remove_column(table, at)) == text


def outer_pipes(line: Row) -> tuple[bool, bool]:
    inside = line.source.strip(" \t")
    return inside.startswith("|"), inside.endswith("|") and not inside.endswith("\\|")


@modest
@given(data=st.data())
def test_a_removed_column_leaves_the_others_as_they_are(texts_with_a_table: Texts, data: st.DataObject) -> None:
    text = data.draw(texts_with_a_table)
    table = table_of(text)
    width = len(table.alignments)
    assume(width > 1)
    column = data.draw(st.integers(0, width - 1))
    try:
        changed = table_of(after(text, lambda table: remove_column(table, column)))
    except EditRefused:
        rest = [cell.value for at, cell in enumerate(table.header.cells) if at != column]
        assert set("".join(rest)) <= set("-:")
        return
    assert changed.alignments == table.alignments[:column] + table.alignments[column + 1 :]
    assert changed.columns == table.columns[:column] + table.columns[column + 1 :]
    expected = [sources[:column] + sources[column + 1 :] or [""] for sources in rows_of(table)]
    assert rows_of(changed) == expected


@modest
@given(data=st.data())
def test_a_moved_column_leaves_the_others_in_order(texts_with_a_table: Texts, data: st.DataObject) -> None:
    text = data.draw(texts_with_a_table)
    table = table_of(text)
    column, to = (data.draw(st.integers(0, len(table.alignments) - 1)) for _ in range(2))
    moved = after(text, lambda table: move_column(table, column, to))
    order = list(range(len(table.alignments)))
    order.insert(to, order.pop(column))
    changed = table_of(moved)
    assert changed.columns == tuple(table.columns[index] for index in order)
    assert changed.alignments == tuple(table.alignments[index] for index in order)
    surplus = len(order)
    assert whole(changed) == [[row[at] for at in order] + row[surplus:] for row in whole(table)]


@modest
@given(data=st.data())
def test_a_column_moved_there_and_back_leaves_whole_rows_as_they_were(
    texts_with_a_table: Texts, data: st.DataObject
) -> None:
    text = data.draw(texts_with_a_table)
    table = table_of(text)
    column, to = (data.draw(st.integers(0, len(table.alignments) - 1)) for _ in range(2))
    moved = after(text, lambda table: move_column(table, column, to))
    back = table_of(after(moved, lambda table: move_column(table, to, column)))
    assert (back.columns, back.alignments, whole(back)) == (table.columns, table.alignments, whole(table))
    for line, again in zip(table.lines, back.lines, strict=True):
        # A short row had to be filled, and a backslash and an outer pipe of the row's own may have needed a space.
        filled = min(column, to) < len(line.cells) <= max(column, to)
        if not filled and "\\" not in line.source and outer_pipes(line) == outer_pipes(table.delimiter):
            assert again.source == line.source


@modest
@given(data=st.data())
def test_an_alignment_changes_one_delimiter_cell(texts_with_a_table: Texts, data: st.DataObject) -> None:
    text = data.draw(texts_with_a_table)
    table = table_of(text)
    column, alignment = data.draw(st.integers(0, len(table.alignments) - 1)), data.draw(st.sampled_from(Alignment))
    changed = table_of(after(text, lambda table: set_alignment(table, column, alignment)))
    assert changed.alignments == (*table.alignments[:column], alignment, *table.alignments[column + 1 :])
    lines = [line.source for line in table.lines]
    assert [line.source for line in changed.lines if line.line != 1] == [lines[0], *lines[2:]]
