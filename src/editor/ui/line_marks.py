"""The marks of a line's citations, kept in step with what is typed until they are looked for anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from editor.core.citation_state import CitationState


class Mark(NamedTuple):
    """A citation, or what of it stands in a line: from and up to which code point of the line."""

    start: int
    end: int
    state: CitationState


Marks = tuple[Mark, ...]
"""Those of one line in their order."""


def moved(marks: Marks, old: str, new: str) -> Marks:
    """The marks of a line that was `old` and is `new`: those beside the change go with it, one around it holds it."""
    if not marks or old == new:
        return marks
    before = _shared(old, new)
    behind = _shared(old[before:][::-1], new[before:][::-1])
    first, last = before, len(old) - behind
    by = len(new) - len(old)
    return tuple(filter(None, (_moved(mark, first, last, by) for mark in marks)))


def _moved(mark: Mark, first: int, last: int, by: int) -> Mark | None:
    """A mark of a line in which what stood from `first` up to `last` has become longer by `by`."""
    if mark.end <= first:
        return mark
    start = mark.start + by if mark.start >= last else min(mark.start, first)
    end = mark.end + by if mark.end >= last else first
    if mark.start < last and mark.start >= first:
        start = last + by
    return Mark(start, end, mark.state) if start < end else None


def _shared(one: str, other: str) -> int:
    """How many code points two texts begin with alike, found by comparing ever smaller halves."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def kept(former: Iterable[tuple[str, Marks]], line: str) -> Marks:
    """The marks that a line takes over from lines that went: it is one of them, or a part of one, or several in one."""
    for text, marks in former:
        if text == line:
            return marks
    found: dict[int, Mark] = {}
    for text, marks in former:
        if text and (line.startswith(text) or text.startswith(line)):
            found.update((mark.start, mark) for mark in marks if mark.end <= len(line))
        elif text and (line.endswith(text) or text.endswith(line)):
            by = len(line) - len(text)
            found.update((mark.start + by, _by(mark, by)) for mark in marks if mark.start + by >= 0)
    return tuple(mark for _, mark in sorted(found.items()))


def _by(mark: Mark, by: int) -> Mark:
    return Mark(mark.start + by, mark.end + by, mark.state)
