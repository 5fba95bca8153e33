"""Putting a table's rows into another order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from editor.core.table_trial import reads_as, refusal, stop_of
from editor.core.tables import Table, data_line
from editor.core.text_edit import TextEdit


def reorder_rows(table: Table, order: Sequence[int]) -> tuple[TextEdit, ...]:
    """Let the rows (from 0) stand in the order given, which names each once.

    Lines go as they are with their own line endings, except that a last line without an ending gets that of the row
    that takes its place. Raises EditRefused.
    """
    if list(order) == sorted(order):
        return ()
    edits = _edits(table, order)
    sources = table.sources
    after = [*sources[:2], *(sources[row + 2] for row in order)]
    if not reads_as(table, edits, after):
        message = "The rows cannot be put into another order without changing the table around them."
        raise refusal(table, table.header, message)
    return tuple(edit.moved(table.start) for edit in edits)


def move_rows(table: Table, rows: Iterable[int], to: int) -> tuple[TextEdit, ...]:
    """Move rows (from 0) together, so that the first of them becomes row `to`, in the order they have.

    Raises EditRefused where there is no such row or place.
    """
    gone = set(rows)
    moved = sorted(gone)
    for row in (*moved, *({to, to + len(moved) - 1} if moved else ())):
        data_line(table, row)
    rest = [row for row in range(len(table.rows)) if row not in gone]
    return reorder_rows(table, [*rest[:to], *moved, *rest[to:]])


def _edits(table: Table, order: Sequence[int]) -> list[TextEdit]:
    """The edits, in the table's offsets, that move the fewest lines. Rows beside those that move are not looked at."""
    elsewhere = [place for place, row in enumerate(order) if row != place]
    first, stop = elsewhere[0], elsewhere[-1] + 1
    order_within = [row - first for row in order[first:stop]]
    rows = table.rows[first:stop]
    stops = [row.start for row in rows[1:]] + [stop_of(table, stop + 1)]
    endings = [table.text[row.end : end] for row, end in zip(rows, stops, strict=True)]
    new_endings = _new_endings(endings, order_within) if stop == len(order) else endings
    kept = _longest_rise(order_within)
    edits: list[TextEdit] = []
    place, moved = rows[0].start, ""
    for row in order_within:
        if row not in kept:
            moved += rows[row].source + new_endings[row]
            continue
        if moved:
            edits.append(TextEdit(place, place, moved))
        if new_endings[row] != endings[row]:
            edits.append(TextEdit(rows[row].end, stops[row], new_endings[row]))
        place, moved = stops[row], ""
    if moved:
        edits.append(TextEdit(place, place, moved))
    gone = (row for row in range(len(rows)) if row not in kept)
    return edits + [TextEdit(rows[row].start, stops[row], "") for row in gone]


def _new_endings(endings: Sequence[str], order: Sequence[int]) -> list[str]:
    """Each row's ending: its own, but the last place keeps having none, or one that no line feed can follow.

    What stands behind the table is not known here: a blank line's LF would make one ending with a CR before it.
    """
    new = list(endings)
    last, new_last = len(order) - 1, order[-1]
    if not endings[last] or endings[new_last] == "\r":
        new[last], new[new_last] = endings[new_last], endings[last]
    return new


def _longest_rise(order: Sequence[int]) -> set[int]:
    """The most rows that are already in order among themselves: those that need not be moved."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for row in order:
        at = bisect_left(ends, row)
        before[row] = ends[at - 1] if at else None
        ends[at : at + 1] = [row]
    kept: set[int] = set()
    row_kept: int | None = ends[-1]
    while row_kept is not None:
        kept.add(row_kept)
        row_kept = before[row_kept]
    return kept
