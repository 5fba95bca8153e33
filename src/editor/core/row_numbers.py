"""The numbers that rows of the citations table carry (`S.No`): whether they run from 1 on, and making them do so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from editor.core.papers import new_rows, number_column, number_in
from editor.core.table_selection import write_cells
from editor.core.tables import Table
from editor.core.text_edit import EditRefused, TextEdit


def renumber(table: Table) -> tuple[TextEdit, ...]:
    """Number the rows from 1 on in their order, each number written as it was (`[9]` becomes `[3]`).

    A cell without a number gets one written like the first. Raises EditRefused where there is no column of numbers.
    """
    column = number_column(table)
    if column is None:
        raise EditRefused("The table has no column of numbers, such as “S.No”.", table.line + 1)
    found = [number_in(line, column) for line in table.rows.sources]
    like = next(filter(None, found), None)
    return write_cells(
        table, {(row, column): _with_number(number or like, row + 1) for row, number in enumerate(found)}
    )


def copies(table: Table, rows: Sequence[int]) -> list[tuple[str, ...]]:
    """The values of rows, from 0, to be added once more, each with a new row's number."""
    number = number_column(table)
    width = range(len(table.alignments))
    return [
        tuple(new[column] if column == number else table.value(row, column) for column in width)
        for row, new in zip(rows, new_rows(table, len(rows)), strict=True)
    ]


def numbers_run_on(table: Table) -> bool:
    """Whether the rows are numbered 1, 2, 3 ... in their order; also where there is no column of numbers."""
    found = _numbers(table)
    return found is None or found == list(range(1, len(table.rows) + 1))


def number_fault(table: Table) -> str:
    """What is wrong with the rows' numbers, in a few words: one that is missing, doubled or left out; "" if nothing.

    Rows in another order than their numbers are no fault: the writer may have sorted them.
    """
    found = _numbers(table)
    if not found:
        return ""
    known = Counter(number for number in found if number is not None)
    doubles = [number for number, times in known.items() if times > 1]
    left_out = sorted(set(range(1, max(known, default=0) + 1)).difference(known)) if len(known) < 100_000 else []
    if doubles:
        return f"number {min(doubles)} stands {known[min(doubles)]} times"
    if None in found:
        return f"row {found.index(None) + 1} has no number"
    if left_out:
        return f"number {left_out[0]} is left out"
    return ""


def _numbers(table: Table) -> Sequence[int | None] | None:
    """Each row's number, None where a row has none; None where the table has no column for them."""
    column = number_column(table)
    if column is None:
        return None
    found = (number_in(line, column) for line in table.rows.sources)
    return [int(number[0]) if number else None for number in found]


def _with_number(found: re.Match[str] | None, number: int) -> str:
    if found is None:
        return str(number)
    padded = str(number).zfill(len(found[0]) if found[0].startswith("0") else 0)
    return found.string[: found.start()] + padded + found.string[found.end() :]
