"""What changes on the screen: where, when first, and when for the last time, but for a caret that blinks."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import pairwise

from programs import Running
from screen import WIDTH, Rectangle, Screen

_CARET_WIDTH, _CARET_HEIGHT = 6, 48
"""A change no larger than this in pixels is a caret that blinks; a letter is wider."""
_LOWEST_CARET = 8
_ROWS_BETWEEN = 3
"""Rows without a change inside one line of text, at most."""
_QUIET = 0.65
"""Seconds without change or work after which a screen stands still: longer than any program waits for a pause."""
_LOOK_EVERY, _BUSY = 0.2, 0.2
"""How often to see what processors a program takes, in seconds, and from which share of one on it is at work."""
_PATIENCE = 60.0
_MIDDLE = range(WIDTH * 2 // 5, WIDTH * 7 // 10)
"""Between the text and the preview lies a column in which nothing changes, somewhere here."""
_FIRST_PART = 4
"""The first fourth of a changed line is where the caret is."""


class NothingChanged(Exception):
    """A key changed nothing where it should have."""


def small_change(before: bytes, after: bytes, width: int = WIDTH) -> Rectangle | None:
    """The smallest rectangle around the pixels that differ in two pictures, where it is no larger than a caret."""
    rows = differing_rows(before, after, width)
    if not rows or rows[-1] - rows[0] >= _CARET_HEIGHT:
        return None
    columns = [x for row in rows for x in _differing_columns(before, after, width, row)]
    if max(columns) - min(columns) >= _CARET_WIDTH:
        return None
    return Rectangle(min(columns), rows[0], max(columns) - min(columns) + 1, rows[-1] - rows[0] + 1)


def differing_rows(before: bytes, after: bytes, width: int) -> list[int]:
    """The rows in which two pictures differ, from 0."""
    length = width * 4
    return [
        y
        for y in range(len(before) // length)
        if before[y * length : y * length + length] != after[y * length : y * length + length]
    ]


def _differing_columns(before: bytes, after: bytes, width: int, row: int) -> Iterator[int]:
    line = slice(row * width, row * width + width)
    ours, theirs = memoryview(before).cast("I")[line], memoryview(after).cast("I")[line]
    return (x for x, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other)


def find_caret(screen: Screen, patience: float = 5) -> Rectangle:
    """Where a caret blinks. Raises NothingChanged where none does."""
    before = screen.pixels()
    end = time.perf_counter() + patience
    while screen.next_painted(end):
        after = screen.pixels()
        caret = small_change(before, after)
        if caret and caret.height >= _LOWEST_CARET:
            return caret
        before = after
    raise NothingChanged("no caret blinks")


def changed_lines(before: bytes, after: bytes, caret: Rectangle) -> tuple[Rectangle, Rectangle]:
    """What of the caret's line of text has changed, and the first changed line of the preview at the right.

    Of two pictures of the screen, before and after a letter was typed. Raises NothingChanged where one has not changed.
    """
    columns = {row: list(_differing_columns(before, after, WIDTH, row)) for row in differing_rows(before, after, WIDTH)}
    changed = sorted({x for row in columns.values() for x in row if x in _MIDDLE} | {_MIDDLE.start, _MIDDLE.stop})
    left, right = max(pairwise(changed), key=lambda pair: pair[1] - pair[0])
    caret_rows = range(caret.y, caret.y + caret.height)
    text = {row: [x for x in columns[row] if caret.x <= x <= left] for row in columns if row in caret_rows}
    preview = {row: [x for x in row_columns if x >= right] for row, row_columns in columns.items()}
    return _first_line(text), _first_line(preview)


def _first_line(columns: dict[int, list[int]]) -> Rectangle:
    rows = sorted(row for row, changed in columns.items() if changed)
    if not rows:
        raise NothingChanged("a letter changed nothing")
    last = next((one for one, other in pairwise(rows) if other - one > _ROWS_BETWEEN), rows[-1])
    line = [x for row in rows if row <= last for x in columns[row]]
    return Rectangle(min(line), rows[0], max(line) - min(line) + 1, last - rows[0] + 1)


def behind_caret(line: Rectangle) -> Rectangle:
    """What of a changed line is pushed on by a letter typed at its beginning, and never is the caret."""
    skipped = line.width // _FIRST_PART
    return Rectangle(line.x + skipped, line.y, line.width - skipped, line.height)


def first_changes(screen: Screen, places: Sequence[Rectangle], keys: tuple[str, ...], patience: float) -> list[float]:
    """Press keys together and see when each place first looks different, in milliseconds after.

    Raises NothingChanged where one still looks the same after `patience` seconds.
    """
    before = [screen.pixels(place) for place in places]
    screen.forget()
    pressed = screen.press(*keys)
    seen: dict[int, float] = {}
    while painted := screen.next_painted(pressed + patience):
        for number, place in enumerate(places):
            here = [each for each in painted if each.where.meets(place)]
            if number not in seen and here and screen.pixels(place) != before[number]:
                seen[number] = (here[0].when - pressed) * 1000
        if len(seen) == len(places):
            return [seen[number] for number in range(len(places))]
    raise NothingChanged(f"{keys}: {sorted(seen)} of {places}")


def changes(screen: Screen, run: Running, since: float) -> Iterator[tuple[float, bytes]]:
    """When the screen changes, by `time.perf_counter`, and what is on it then; a caret that blinks is no change.

    Ends when for a while, at the earliest so long after `since`, nothing has changed and the program was not at work.
    """
    at_work, before = since, screen.pixels()
    end = time.perf_counter() + _PATIENCE
    used, look = run.processor_seconds(), time.perf_counter() + _LOOK_EVERY
    while time.perf_counter() < end:
        if painted := screen.next_painted(look):
            after = screen.pixels()
            if after != before and not small_change(before, after):
                at_work = painted[-1].when
                yield at_work, after
            before = after
        now = time.perf_counter()
        if now >= look:
            used_before, used = used, run.processor_seconds()
            if used - used_before >= _BUSY * _LOOK_EVERY:
                at_work = now
            if now - at_work >= _QUIET:
                return
            look = now + _LOOK_EVERY


def last_change(screen: Screen, run: Running, since: float) -> float:
    """When the screen changed for the last time before it stood still for good; `since` where it did not."""
    return max((when for when, _ in changes(screen, run, since)), default=since)


def part(picture: bytes, where: Rectangle) -> bytes:
    """What a picture of the whole screen shows there."""
    starts = ((y * WIDTH + where.x) * 4 for y in range(where.y, where.y + where.height))
    return b"".join(picture[start : start + where.width * 4] for start in starts)
