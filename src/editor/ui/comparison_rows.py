"""What a comparison of two texts shows, row by row: what changed, a few lines around it, and how much is between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain

from editor.core.comparison import LineChange, Span, line_changes, word_changes
from editor.core.lines import first_ending, line_ending, split_lines

_AROUND = 3
"""Lines that are shown before and after a change, at most."""
_MOST_CHANGES = 200
_MOST_LINES = 2_000
_MOST_IN_CHANGE = 400
"""Lines of one side of one change."""
_LONGEST = 4_000
"""Code points of one row; a line can have a million."""
_BEFORE_MARK = 200
_ENDINGS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


class Kind(Enum):
    """What a row is."""

    SAME = auto()
    REMOVED = auto()
    ADDED = auto()
    ASIDE = auto()
    """Not of the texts: it says what is left out."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a text without its ending, whose name is in `ending` where it matters; `marks`: words that differ."""

    kind: Kind
    text: str
    marks: tuple[Span, ...] = ()
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows, and of how many changes; `starts` has the row, from 0, at which each change that is shown begins."""

    rows: tuple[Row, ...] = ()
    starts: tuple[int, ...] = ()
    changes: int = 0
    added: int = 0
    removed: int = 0
    is_end_different: bool = False
    """Whether just one of the texts ends with a line ending."""

    @property
    def summary(self) -> str:
        """How much differs, in a few words."""
        if not self.changes:
            return "Only the line ending at the very end differs." if self.is_end_different else "No differences."
        added = f"{_count(self.added, 'line')} added" if self.added else ""
        removed = f"{self.removed:,} removed" if added else f"{_count(self.removed, 'line')} removed"
        parts = (added, removed if self.removed else "")
        return f"{_count(self.changes, 'change')}: {', '.join(part for part in parts if part)}"


def compare(old: str, new: str) -> Comparison:
    """The rows that show what makes `new` of `old`; bounded, however much that is. A function of its texts alone.

    A last line without an ending counts as if it had one, or a paragraph put after it would change it too.
    """
    is_end_different = bool(old and new) and (line_ending(old[-2:]) == "") != (line_ending(new[-2:]) == "")
    old, new = _ended(old, new), _ended(new, old)
    changes = line_changes(old, new)
    shown = changes[: _shown(changes)]
    lines = split_lines(old) if shown else []
    rows: list[Row] = []
    starts: list[int] = []
    done = 0
    for change in shown:
        rows += _unchanged(lines, done, change.old_line, has_before=bool(starts))
        starts.append(len(rows))
        rows += _changed(change)
        done = change.old_line + len(change.removed)
    if len(shown) < len(changes):
        rows.append(Row(Kind.ASIDE, f"… {_count(len(changes) - len(shown), 'more change')}, not shown …"))
    elif shown:
        rows += _unchanged(lines, done, len(lines), has_before=True, has_after=False)
    added, removed = (sum(map(len, sides)) for sides in ((c.added for c in changes), (c.removed for c in changes)))
    return Comparison(tuple(rows), tuple(starts), len(changes), added, removed, is_end_different)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _ended(text: str, other: str) -> str:
    if not text or line_ending(text[-2:]):
        return text
    return text + (first_ending(text) or first_ending(other) or "\n")


def _shown(changes: Sequence[LineChange]) -> int:
    """How many changes are drawn: at least one."""
    lines = 0
    for number, change in enumerate(changes[:_MOST_CHANGES]):
        lines += min(len(change.removed), _MOST_IN_CHANGE) + min(len(change.added), _MOST_IN_CHANGE)
        if number and lines > _MOST_LINES:
            return number
    return min(len(changes), _MOST_CHANGES)


def _unchanged(
    lines: Sequence[str], first: int, last: int, *, has_before: bool, has_after: bool = True
) -> Iterator[Row]:
    """The lines next to changes, and how many are between; a single line is shown rather than counted.

    Blank lines next to what is left out are left out as well.
    """
    head = min(last, first + _AROUND) if has_before else first
    tail = max(head, last - _AROUND) if has_after else last
    if tail - head == 1:
        head = tail
    elif head < tail:
        while head > first and not lines[head - 1].strip():
            head -= 1
        while tail < last and not lines[tail].strip():
            tail += 1
    yield from (_row(Kind.SAME, line) for line in lines[first:head])
    if head < tail:
        yield Row(Kind.ASIDE, f"… {_count(tail - head, 'unchanged line')} …")
    yield from (_row(Kind.SAME, line) for line in lines[tail:last])


def _changed(change: LineChange) -> Iterator[Row]:
    """The lines removed and then those added, or pair by pair where each was only reworded."""
    removed_marks, added_marks = word_changes(change)
    has_endings = len({line_ending(line) for line in (*change.removed, *change.added)}) > 1
    removed, added = (
        [_row(kind, line, spans, has_endings) for line, spans in zip(lines[:_MOST_IN_CHANGE], marks, strict=False)]
        for kind, lines, marks in (
            (Kind.REMOVED, change.removed, removed_marks),
            (Kind.ADDED, change.added, added_marks),
        )
    )
    if len(change.removed) == len(change.added) and any(chain(removed_marks, added_marks)):
        yield from chain.from_iterable(zip(removed, added, strict=True))
        removed, added = [], []
    yield from removed
    yield from _rest(len(change.removed), "removed")
    yield from added
    yield from _rest(len(change.added), "added")


def _rest(length: int, what: str) -> Iterator[Row]:
    if length > _MOST_IN_CHANGE:
        yield Row(Kind.ASIDE, f"… {_count(length - _MOST_IN_CHANGE, 'more line')} {what}, not shown …")


def _row(kind: Kind, line: str, spans: Sequence[Span] = (), has_ending: bool = False) -> Row:
    ending = line_ending(line)
    text = line[: len(line) - len(ending)]
    name = _ENDINGS.get(ending, "no line ending") if has_ending else ""
    marks = [(first, min(last, len(text))) for first, last in spans if first < len(text)]
    if len(text) <= _LONGEST:
        return Row(kind, text, tuple(marks), name)
    begin = max(0, (marks[0][0] if marks else 0) - _BEFORE_MARK)
    end = min(len(text), begin + _LONGEST)
    dots = "… " if begin else ""
    moved = [(first - begin + len(dots), min(last, end) - begin + len(dots)) for first, last in marks if first < end]
    return Row(kind, f"{dots}{text[begin:end]}{' …' if end < len(text) else ''}", tuple(moved), name)
