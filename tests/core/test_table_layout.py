"""A table aligned on demand: its pipes under each other, its cells as they were."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.display_width import display_width
from editor.core.table_layout import align_table
from editor.core.tables import Table, find_tables
from editor.core.text_edit import EditRefused, apply_edits
from editor.session.text_buffer import TextBuffer

Texts = st.SearchStrategy[str]
modest = settings(deadline=None, max_examples=60)


def table_of(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def align(text: str) -> str:
    return apply_edits(text, align_table(table_of(text)))


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("中文", 4),
        ("한", 2),
        ("\u1112\u1161\u11ab", 2),
        ("🧲", 2),
        ("a\u200db", 2),
        ("", 0),
    ],
)
def test_a_width_is_counted_in_columns(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("lines", "aligned"),
    [
        (
            ["| a | b |", "|---|---|", "| 123 | 中文 |", "| e\u0301 | x |"],
            ["| a   | b    |", "|-----|------|", "| 123 | 中文 |", "| e\u0301   | x    |"],
        ),
        (
            ["| a | b | c |", "| :-: | --: | :-- |", "| 123 | 12 | 1 |"],
            ["|  a  |   b | c   |", "| :-: | --: | :-- |", "| 123 |  12 | 1   |"],
        ),
        (["|a|b|", "|-|:-|", "|123||"], ["|a  |b  |", "|---|:--|", "|123|   |"]),
        (["a | b", "-|-", "123 | 4", "x"], ["a   | b", "----|---", "123 | 4", "x"]),
        (["a | b", "--:|--:", "123 | 4444"], ["a   |    b", "---:|----:", "123 | 4444"]),
        (["a|b", "--:|-", "12|22"], ["a  |b", "--:|---", "12 |22"]),
        (["a | b", "---|---", "|  | 4"], ["| a | b", "|---|---", "|   | 4"]),
        (["  | a | b |", "|---|---|", "   | 12 | 3 |"], ["  | a  | b |", "  |----|---|", "  | 12 | 3 |"]),
        (["|\ta\t|", "|:-|", "|\t123\t|"], ["| a   |", "|:----|", "| 123 |"]),
        (["| a | b |", "|---|---|", "| 1 |", "| 1 | 2 | 33 |", "| 1 | 2 | 3 |"],
         ["| a | b |", "|---|---|", "| 1 |", "| 1 | 2 | 33 |", "| 1 | 2 | 3  |"]),
        (["|a|b|", "|-|-|", "|x\\ |y|"], ["|a  |b  |", "|---|---|", "|x\\ |y  |"]),
    ],
)  # fmt: skip
def test_pipes_stand_under_each_other(lines: list[str], aligned: list[str]) -> None:
    text = "\r\n".join(["Text.", "", *lines, "", "end"])
    changed = align(text)
    assert changed == "\r\n".join(["Text.", "", *aligned, "", "end"])
    assert align_table(table_of(changed)) == ()


def test_a_heading_that_white_space_would_make_a_list_gets_a_pipe() -> None:
    assert align("1.|b\n---|---\n123456|x\n") == "|1.    |b\n|------|---\n|123456|x\n"


def test_a_cell_as_long_as_a_book_is_no_measure_for_a_table() -> None:
    with pytest.raises(EditRefused) as refused:
        align_table(table_of("x\n\n| a |\n|---|\n" + "| 1 |\n" * 50 + "| " + "x" * 100_000 + " |\n"))
    assert (refused.value.line, "100,000" in refused.value.message) == (3, True)


def columns_of_pipes(line: str) -> list[int]:
    """Where the pipes of a line stand that part its cells."""
    marked = line.replace("\\|", "xx")
    return [display_width(marked[:at]) for at, character in enumerate(marked) if character == "|"]


@modest
@given(data=st.data())
def test_aligning_changes_white_space_alone_and_once(texts_with_a_table: Texts, data: st.DataObject) -> None:
    text = data.draw(texts_with_a_table)
    table = table_of(text)
    buffer = TextBuffer(text)
    buffer.edit(align_table(table), "align")
    changed = table_of(buffer.article.text)
    assert align_table(changed) == ()
    assert changed.alignments == table.alignments
    for line, other in zip(changed.lines, table.lines, strict=True):
        if line.line != 1:
            assert [cell.source for cell in line.cells] == [cell.source for cell in other.cells]
    after, before = buffer.article.text, table.start + len(table.text)
    assert (after[: table.start], after[changed.start + len(changed.text) :]) == (text[: table.start], text[before:])
    buffer.undo()
    assert buffer.article.text == text


@modest
@given(data=st.data())
def test_every_pipe_stands_under_one_of_the_longest_line(texts_with_a_table: Texts, data: st.DataObject) -> None:
    text = data.draw(texts_with_a_table)
    lines = [line.source for line in table_of(align(text)).lines]
    pipes = [columns_of_pipes(line) for line in lines]
    longest = max(pipes, key=len)
    assert all(found == longest[: len(found)] for found in pipes)


def test_five_thousand_rows_are_aligned_at_once() -> None:
    text = "| a | b |\n|---|---|\n" + "".join(f"| {number} | é {'x' * (number % 90)} |\n" for number in range(5000))
    began = time.process_time()
    changed = align(text)
    assert time.process_time() - began < 3
    assert len({len(line) for line in changed.split("\n")[:-1]}) == 1
