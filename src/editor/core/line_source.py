"""Lines read one after the other from an edited text, without reading again what an earlier cut already knows.

A long chunk has marks: lines within it at which the state of its cutting is known. A reader that comes to one of them
in that very state may go on at a later one, with all between them left unread, since the same lines lead to the same
state.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from typing import NamedTuple, Protocol

from editor.core.lines import split_lines
from editor.core.text_edit import TextEdit


class OpenContainer(NamedTuple):
    """A list item or the like that is open: the column at which its content begins, 0 for none; the opener of a fence
    in it; whether it `is_empty` yet, in which case a blank line ends it."""

    content: int
    fence: str = ""
    is_empty: bool = False


class CutState(NamedTuple):
    """What the cutting of a chunk has found before a line.

    `holder` is what holds the line: a fence's opener or the pattern that ends HTML, "" for nothing. `open_to` are the
    kinds of block that what comes after a blank line could go on with. `in_paragraph` says which paragraph the line may
    go on with: "own", the one that it would be in, or "quoted", one in the quote before it; "" for none.
    """

    holder: str
    open_to: frozenset[str]
    container: OpenContainer
    in_paragraph: str


BEGINNING = CutState("", frozenset(), OpenContainer(0), in_paragraph="")
"""The state of the cutting at a chunk's first line."""


class Mark(NamedTuple):
    """A line's beginning, `at` code points into a chunk, and the state of its cutting there."""

    at: int
    state: CutState


class Marked(Protocol):
    """A chunk, as far as its lines are read."""

    @property
    def text(self) -> str: ...
    @property
    def marks(self) -> tuple[Mark, ...]: ...


class Boundary(NamedTuple):
    """A line's beginning, `at` code points into an edited text, which was a chunk's (`state` is None) or a mark.

    Nothing between two marks of one `stretch`, nor in the line after the later one, was edited.
    """

    at: int
    state: CutState | None
    stretch: int


WHOLE = (Boundary(0, None, 0),)
"""The boundaries of a text of which nothing is known."""


# Plain searches, since a pattern takes a hundred times as long.
_HTML_BEGINS = tuple(ending + " " * indent + "<" for ending in "\r\n" for indent in range(4))


class _Region(NamedTuple):
    """Lines that are read at once. An empty one parts chunks: `taken` of those that follow end before it."""

    text: str
    state: CutState | None
    stretch: int
    taken: int | None


class LineSource:
    """Lines of a text and, as far as needed, of the chunks that follow it.

    Lines are counted from 0 as they are read; what is passed over counts as one. `scanned` counts the lines that were
    looked at: what a keystroke costs.
    """

    def __init__(self, text: str, following: Iterable[Marked] = (), boundaries: Sequence[Boundary] = WHOLE) -> None:
        self._following = iter(following)
        self._taken = 0
        self._stretches = boundaries[-1].stretch + 1
        self._regions = list(_regions(text, boundaries))
        self._regions.append(_Region("", None, -1, 0))
        self._read = 0
        self._lines: list[str] = []
        self._starts = [0]
        self._region_at: dict[int, int] = {}
        self._chunk_starts: dict[int, int] = {}
        self.scanned = 0

    def get(self, index: int) -> str | None:
        """The line at `index`, or None beyond the end."""
        while index >= len(self._lines):
            if self._read == len(self._regions) and not self._take_following():
                return None
            self._read_region()
        self.scanned = max(self.scanned, index + 1)
        return self._lines[index]

    def text(self, start: int, end: int) -> str:
        """The lines from `start` up to `end` as one text."""
        return "".join(self._lines[start:end])

    def offset(self, index: int) -> int:
        """How many code points there are before the line `index`, which has been read or comes right after those."""
        return self._starts[index]

    def following_taken(self, index: int) -> int | None:
        """How many of the following chunks lie wholly before the line `index`; None where it is inside one."""
        while self._read < len(self._regions) and index == len(self._lines):
            self._read_region()
        return self._chunk_starts.get(index)

    def is_mark(self, index: int) -> bool:
        """Whether a mark is known at the line `index`."""
        region = self._read if index == len(self._lines) else self._region_at.get(index)
        return region is not None and region < len(self._regions) and self._regions[region].state is not None

    def pass_over(self, index: int, state: CutState) -> list[Mark]:
        """Leave unread what need not be read from the line `index` on, where the cutting is in that state.

        Lines that may begin HTML are read, since what they open may be closed further on.

        What was passed over is then the line `index`, and the state after it is the same again. Gives the marks in it,
        the last of them at its end, with places from its beginning; none where nothing was passed over.
        """
        first = self._read if index == len(self._lines) else self._region_at.get(index)
        if first is None or first == len(self._regions) or self._regions[first].state != state:
            return []
        last = self._last_alike(first)
        if last == first:
            return []
        self._forget_from(index)
        marks, at = [], 0
        for before, region in pairwise(self._regions[first : last + 1]):
            at += len(before.text)
            if region.state:
                marks.append(Mark(at, region.state))
        self._add("".join(region.text for region in self._regions[first:last]))
        self._read = last
        return marks

    def pass_over_without(self, index: int, needle: str) -> bool:
        """Leave the lines up to the next boundary unread, as the line `index`, if they do not hold `needle`."""
        while index == len(self._lines) and (self._read < len(self._regions) or self._take_following()):
            region = self._regions[self._read]
            if region.state or needle in region.text:
                return False
            self._note(region)
            self._read += 1
            if region.text:
                self._add(region.text)
                return True
        return False

    def _last_alike(self, first: int) -> int:
        """The last region of the same stretch that begins in the same state."""
        last = number = first
        while number < len(self._regions) and self._regions[number].stretch == self._regions[first].stretch:
            if self._regions[number].state == self._regions[first].state:
                last = number
            if _may_begin_html(self._regions[number].text):
                break
            number += 1
        return last

    def _take_following(self) -> bool:
        chunk = next(self._following, None)
        if chunk is None:
            return False
        if chunk.marks:
            boundaries = [Boundary(0, None, self._stretches)]
            boundaries += (Boundary(mark.at, mark.state, self._stretches) for mark in chunk.marks)
            self._regions += _regions(chunk.text, boundaries)
        else:
            self._regions.append(_Region(chunk.text, None, self._stretches, None))
        self._taken += 1
        self._regions.append(_Region("", None, -1, self._taken))
        self._stretches += 1
        return True

    def _read_region(self) -> None:
        region = self._regions[self._read]
        self._note(region)
        lines = split_lines(region.text)
        self._lines += lines
        self._starts += islice(accumulate(map(len, lines), initial=self._starts[-1]), 1, None)
        self._read += 1

    def _note(self, region: _Region) -> None:
        """Remember that the region begins at the next line."""
        at = len(self._lines)
        if region.state:
            self._region_at[at] = self._read
        if region.taken is not None:
            self._chunk_starts[at] = region.taken

    def _add(self, line: str) -> None:
        self._lines.append(line)
        self._starts.append(self._starts[-1] + len(line))

    def _forget_from(self, index: int) -> None:
        """Take back that anything was read from the line `index` on."""
        del self._lines[index:], self._starts[index + 1 :]
        for known in (self._region_at, self._chunk_starts):
            for line in [line for line in known if line > index]:
                del known[line]


def kept_boundaries(chunks: Sequence[Marked], edits: Sequence[TextEdit], text: str) -> list[Boundary]:
    """What is still known of neighbouring chunks once edits, in code points of them all, have made `text`."""
    kept = list(WHOLE)
    remaining = deque(edits)
    begin = growth = 0
    stretch = 1
    for chunk in chunks:
        for mark in chunk.marks:
            at = begin + mark.at
            while remaining and remaining[0].end <= at:
                growth += remaining.popleft().growth
                stretch += 1
            if not remaining or remaining[0].start > at:
                next_edit = remaining[0].start + growth if remaining else len(text)
                if _begins_line(text, at + growth) and (not remaining or _ends_line(text, at + growth, next_edit)):
                    kept.append(Boundary(at + growth, mark.state, stretch))
        begin += len(chunk.text)
        stretch += 1
    return kept


def _begins_line(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return before == "\n" or (before == "\r" and text[at : at + 1] != "\n")


def _ends_line(text: str, start: int, end: int) -> bool:
    """Whether a line's ending lies in a part of the text."""
    return text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0


def _may_begin_html(text: str) -> bool:
    if "<" not in text:
        return False
    return text[:4].lstrip(" ").startswith("<") or any(begins in text for begins in _HTML_BEGINS)


def _regions(text: str, boundaries: Sequence[Boundary]) -> Iterator[_Region]:
    ends = [boundary.at for boundary in boundaries[1:]] + [len(text)]
    for boundary, end in zip(boundaries, ends, strict=True):
        yield _Region(text[boundary.at : end], boundary.state, boundary.stretch, None)
