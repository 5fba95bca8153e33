"""A text's lines in blocks that are remembered, so that an edit of one block leaves the others as they were read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import Final, overload

from editor.core.text_edit import TextEdit, apply_edits, in_order
from editor.core.text_memory import forgotten_with_texts

LINE_ENDING = re.compile(r"(\r\n|\r|\n)")


class LineBlock:
    """Some whole lines of a text: `lines` without their endings, and where each begins in `text`, in code points."""

    __slots__ = ("lines", "starts", "text")

    def __init__(self, text: str, lines: tuple[str, ...], starts: tuple[int, ...]) -> None:
        self.text: Final = text
        self.lines: Final = lines
        self.starts: Final = starts


class BlockedLines(Sequence[str]):
    """The lines of a text that is given in parts, each of which ends with a line: a line is found by bisecting.

    Lines are without their endings, and there is none after the last ending. Slices are plain tuples.
    """

    def __init__(self, parts: Iterable[str]) -> None:
        self.blocks = tuple(_block_of(part) for part in parts if part)
        self.firsts = (0, *accumulate(len(block.lines) for block in self.blocks))
        """The line with which each block begins, and at last how many lines there are."""
        self._begins = (0, *accumulate(len(block.text) for block in self.blocks))

    def __len__(self) -> int:
        return self.firsts[-1]

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            first, stop, step = index.indices(len(self))
            return self._between(first, stop) if step == 1 else tuple(self)[index]
        return self.placed(index)[0]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(block.lines for block in self.blocks)

    def place_of(self, index: int) -> tuple[int, int]:
        """The block that holds a line, from 0, and which of its lines it is. Raises IndexError."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        number = bisect_right(self.firsts, index) - 1
        return number, index - self.firsts[number]

    def placed(self, index: int) -> tuple[str, int]:
        """A line and the code point at which it begins. Raises IndexError."""
        number, within = self.place_of(index)
        block = self.blocks[number]
        return block.lines[within], self._begins[number] + block.starts[within]

    def start_of(self, index: int) -> int:
        """The code point at which a line begins; the text's end for the line after the last."""
        return self._begins[-1] if index == len(self) else self.placed(index)[1]

    def starts_between(self, first: int, stop: int) -> list[int]:
        """The code points at which the lines from `first` up to `stop` begin."""
        found: list[int] = []
        for block, at, begin in zip(self.blocks, self.firsts, self._begins, strict=False):
            if at < stop and first < at + len(block.lines):
                found += [begin + start for start in block.starts[max(0, first - at) : stop - at]]
        return found

    def _between(self, first: int, stop: int) -> tuple[str, ...]:
        found: list[str] = []
        for block, (begin, end) in zip(self.blocks, pairwise(self.firsts), strict=True):
            if begin < stop and first < end:
                found += block.lines[max(0, first - begin) : stop - begin]
        return tuple(found)


def parts_between(parts: Sequence[str], start: int, end: int) -> tuple[str, ...]:
    """What the parts of a text have of it from `start` up to `end`; a part that is wholly in it is the same object."""
    bounds = accumulate(map(len, parts), initial=0)
    cut = (part[max(0, start - at) : max(0, end - at)] for part, at in zip(parts, bounds, strict=False))
    return tuple(filter(None, cut))


def edited_parts(parts: Sequence[str], edits: Iterable[TextEdit]) -> tuple[str, ...]:
    """The parts of a text after edits in its code points: those that no edit touches are the same objects.

    Each still ends with a line, since one that no longer does is joined to the next. Raises ValueError where edits
    overlap or lie outside the text.
    """
    remaining = list(reversed(in_order(edits)))
    done: list[str] = []
    pending, begin, at = "", 0, 0
    own: list[TextEdit] = []
    for part in parts:
        pending, at = pending + part, at + len(part)
        while remaining and remaining[-1].start <= at:
            own.append(remaining.pop().moved(-begin))
        if own and own[-1].end > len(pending):
            continue
        changed = apply_edits(pending, own) if own else pending
        if changed.endswith("\n"):
            done.append(changed)
            pending, begin, own = "", at, []
    if pending or own or remaining:
        done.append(apply_edits(pending, [*own, *(edit.moved(-begin) for edit in reversed(remaining))]))
    return tuple(filter(None, done))


@forgotten_with_texts
@lru_cache(maxsize=1024)
def _block_of(text: str) -> LineBlock:
    pieces = LINE_ENDING.split(text)
    lines, endings = pieces[::2], [*pieces[1::2], ""]
    if not lines[-1]:
        del lines[-1], endings[-1]
    lengths = (len(line) + len(ending) for line, ending in zip(lines, endings, strict=True))
    return LineBlock(text, tuple(lines), tuple(accumulate(lengths, initial=0))[:-1])
