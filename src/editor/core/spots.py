"""Where in a chunk something stands, said so that it can be found in the chunk's text and in what it is rendered to.

Text and page have no common measure: a row is one line here and five there. What they share is the order of a chunk's
landmarks, its table rows and list items, and how far a place is from one to the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from editor.core.chunks import Chunk, ChunkKind
from editor.core.lines import count_endings, line_ends, lines_before
from editor.core.text_memory import remembered_by_text

_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]", re.MULTILINE)
_ENDING = re.compile(r"\r\n|\r|\n")
_WITHOUT_ITEMS = frozenset({ChunkKind.CODE, ChunkKind.HTML, ChunkKind.FRONT_MATTER, ChunkKind.BLANK})
_LENGTHS_SOUGHT = (24, 12, 6)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a chunk by two measures; the finer one holds where text and page have as many landmarks.

    `share` is how far it is from the chunk's beginning (0) to its end (1). It lies `part` (0 to 1) of the way from the
    landmark `item`, from 0 of `count`, to the next one or the end; -1 is before the first.
    """

    share: float
    count: int = 0
    item: int = -1
    part: float = 0.0


def spot_in(chunk: Chunk, offset: int) -> Spot:
    """The spot of a code point of the chunk's text; blank lines after it are its end."""
    begin, end = _content(chunk.text)
    offset = min(max(offset, begin), end)
    marks = _landmarks(chunk)
    item = bisect_right(marks, offset) - 1
    first, last = _around(marks, item, begin, end)
    return Spot(_share(chunk, offset), len(marks), item, (offset - first) / (last - first) if last > first else 0.0)


def offset_in(chunk: Chunk, spot: Spot) -> int:
    """The code point of the chunk's text at a spot."""
    begin, end = _content(chunk.text)
    marks = _landmarks(chunk)
    if spot.count != len(marks) or not marks or spot.item >= len(marks):
        return min(max(_offset_at(chunk, spot.share), begin), end)
    first, last = _around(marks, spot.item, begin, end)
    return round(first + spot.part * (last - first))


def offset_of_words(chunk: Chunk, before: str, after: str, near: int) -> int | None:
    """The code point between the words `before` and `after` as they are read on the page, the nearest to `near`.

    Markup may part what stands together on the page, so ever fewer words are sought; None where none are found.
    """
    for length in _LENGTHS_SOUGHT:
        for words, shift in ((after[:length], 0), (before[-length:], len(before[-length:]))):
            if len(words) < min(length, 3):
                continue
            found = [match.start() + shift for match in re.finditer(re.escape(words), chunk.text)]
            if found:
                return min(found, key=lambda offset: abs(offset - near))
    return None


def _content(text: str) -> tuple[int, int]:
    """Where what is not blank begins and ends."""
    end = len(text.rstrip())
    return min(len(text) - len(text.lstrip("\r\n")), end), end


def _landmarks(chunk: Chunk) -> list[int]:
    """Where rows and list items begin, in order. A delimiter row is nothing that a page shows."""
    from editor.core.chunk_facts import facts_of  # noqa: PLC0415 - as for a run of chunks

    found: set[int] = set()
    for table in facts_of(chunk).tables:
        header, _, *rows = table.lines.starts
        found.update(table.start + start for start in (header, *rows))
    if chunk.kind not in _WITHOUT_ITEMS:
        begins = accumulate((len(part) for _, part in chunk.parts), initial=0)
        for begin, (_, part) in zip(begins, chunk.parts, strict=False):
            found.update(begin + item for item in _items(part))
    return sorted(found)


@remembered_by_text
def _items(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _ITEM.finditer(text))


def _around(marks: list[int], item: int, begin: int, end: int) -> tuple[int, int]:
    first = marks[item] if item >= 0 else begin
    return first, marks[item + 1] if item + 1 < len(marks) else end


def _share(chunk: Chunk, offset: int) -> float:
    """By lines in code, whose lines are as high as each other; by characters in prose, which is wrapped."""
    begin, end = _content(chunk.text)
    if end <= begin:
        return 0.0
    if chunk.kind is not ChunkKind.CODE:
        return (offset - begin) / (end - begin)
    text = chunk.text[:end]
    line, start, following = lines_before(text, offset), *_line_around(text, offset)
    return (line + (offset - start) / max(following - start, 1)) / (count_endings(text) + 1)


def _line_around(text: str, offset: int) -> tuple[int, int]:
    """Where the line of an offset begins, and where the next one does."""
    # Between CR and LF the line has not ended.
    within = offset - (text[max(0, offset - 1) : offset + 1] == "\r\n")
    ending = _ENDING.search(text, within)
    start = max(text.rfind("\n", 0, within), text.rfind("\r", 0, within)) + 1
    return start, ending.end() if ending else len(text)


def _offset_at(chunk: Chunk, share: float) -> int:
    begin, end = _content(chunk.text)
    if chunk.kind is not ChunkKind.CODE or end <= begin:
        return round(begin + share * (end - begin))
    starts = _line_starts(chunk.text[:end])
    line = min(int(share * len(starts)), len(starts) - 1)
    length = (starts[line + 1] if line + 1 < len(starts) else end) - starts[line]
    return round(starts[line] + (share * len(starts) - line) * length)


def _line_starts(text: str) -> list[int]:
    return [0, *(end for end in line_ends(text) if end < len(text))]
