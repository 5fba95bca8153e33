"""The one way in which an article's text changes: a span replaced by a text."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class EditRefused(Exception):
    """A structured edit that could not be made without touching something else.

    Nothing has been changed when this is raised. The message is a sentence for the writer; `line` counts from 1 in the
    text the edit was asked of, or is 0 where no one line is to blame.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class TextEdit(NamedTuple):
    """Replace the code points from `start` up to `end` with `text`.

    Offsets are code points of the article's exact text, in which a CRLF is two and a BOM is none.
    """

    start: int
    end: int
    text: str

    def moved(self, by: int) -> "TextEdit":
        """The same edit, `by` code points further on."""
        return self._replace(start=self.start + by, end=self.end + by)

    @property
    def growth(self) -> int:
        """How many code points longer the text becomes (negative: shorter)."""
        return len(self.text) - (self.end - self.start)


def in_order(edits: Iterable[TextEdit]) -> tuple[TextEdit, ...]:
    """The edits of one step sorted by place.

    All offsets of one step are those of the text before the step. Raises ValueError where two overlap, since then the
    result would depend on their order; insertions at one place keep the order they were given in.
    """
    ordered = tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))
    for first, second in pairwise(ordered):
        if second.start < first.end:
            raise ValueError(f"edits overlap: {first} and {second}")
    return ordered


def apply_edits(text: str, edits: Sequence[TextEdit]) -> str:
    """The text after the edits of one step. Raises ValueError where they overlap or lie outside the text."""
    pieces: list[str] = []
    done = 0
    for edit in in_order(edits):
        if not done <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit outside the text of {len(text)} code points: {edit}")
        pieces += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join((*pieces, text[done:]))


def smallest_edit(old: str, new: str, at: int = 0) -> TextEdit | None:
    """The shortest single edit that makes `new` of `old`, where `old` begins `at` code points into the text.

    None where they are equal. A CRLF is never cut in two.
    """
    if old == new:
        return None
    head = _common_head(old, new)
    tail = _common_head(old[head:][::-1], new[head:][::-1])
    if head and old[head - 1] == "\r" and (old[head : head + 1] == "\n" or new[head : head + 1] == "\n"):
        head -= 1
    if tail and old[len(old) - tail] == "\n" and _ends_in_cr(old, new, head, tail):
        tail -= 1
    return TextEdit(at + head, at + len(old) - tail, new[head : len(new) - tail])


def _ends_in_cr(old: str, new: str, head: int, tail: int) -> bool:
    return old[head : len(old) - tail].endswith("\r") or new[head : len(new) - tail].endswith("\r")


def _common_head(left: str, right: str) -> int:
    """How many code points the two share at their beginning: a search by halves, so that slices compare in C."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
