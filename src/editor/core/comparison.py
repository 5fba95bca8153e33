"""What differs between two versions of an article, and two sets of changes to one brought together.

All is a function of the texts alone, so that what is slow can be asked for in a thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from merge3 import Merge3

from editor.core.lines import count_endings, split_lines
from editor.core.matching import Block, gaps_between, matching_blocks
from editor.core.text_edit import TextEdit, smallest_edit

Span = tuple[int, int]
"""From which code point of a line up to which."""

_WORD = re.compile(
    # A line ending; a run of blanks; one ideograph or kana, since those are written without blanks; a word.
    r"\r\n|[^\S\r\n]+|[\u3040-\u30ff\u3400-\u9fff]|[^\s!-/:-@\[-`{-~\u2010-\u205e\u3040-\u30ff\u3400-\u9fff]+|.",
    re.DOTALL,
)
_BREAKS = ("\n", "\r\n", "\r")
_ENDING = re.compile(r"\r\n|\r|\n")
_LONGEST_BY_WORDS = 20_000
"""Code points on both sides of a change up to which it is compared word by word."""
_MOST_BY_WORDS = 200_000
"""The same for all changes of one comparison together."""
_MOST_EDITS = 3_000
"""Where there would be more than this there is one for all: each costs a document of 1 MB some 0.04 ms."""
_ALIKE = 0.35
"""The share of a change's words that must have stayed for the others to be worth pointing out."""


@dataclass(frozen=True, slots=True)
class LineChange:
    """Lines of the old text and those of the new one that stand in their place; either may be none, not both.

    `old_line` and `new_line` count the lines before them (so they are from 0), `old_start` and `new_start` the code
    points. Lines have their endings.
    """

    old_line: int
    new_line: int
    old_start: int
    new_start: int
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two versions of one text brought together.

    `text` is None where they contradict each other; `conflicts` then has the first line of mine, from 1, of each place
    where they do. Where mine has nothing left there it is the line that follows.
    """

    text: str | None
    conflicts: tuple[int, ...] = ()


def line_changes(old: str, new: str) -> tuple[LineChange, ...]:
    """The changes line by line that make `new` of `old`, in order; between two there is a line that stayed.

    One change in 1 MB costs some milliseconds. Whatever the texts, 1 MB costs no more than some 100: what cannot be
    matched in that time is one change.
    """
    core = smallest_edit(old, new)
    if core is None:
        return ()
    start = max(old.rfind("\n", 0, core.start), old.rfind("\r", 0, core.start)) + 1
    old_end, new_end = core.end, core.start + len(core.text)
    if not (_begins_line(old, old_end) and _begins_line(new, new_end)):
        ending = _ENDING.search(old, old_end)
        more = (ending.end() if ending else len(old)) - old_end
        old_end, new_end = old_end + more, new_end + more
    removed, added = split_lines(old[start:old_end]), split_lines(new[start:new_end])
    before = count_endings(old[:start])
    old_starts, new_starts = (tuple(accumulate(map(len, lines), initial=start)) for lines in (removed, added))
    blocks = matching_blocks(removed, added)
    return tuple(
        LineChange(
            *(before + first, before + new_first, old_starts[first], new_starts[new_first]),
            *(tuple(removed[first:last]), tuple(added[new_first:new_last])),
        )
        for first, last, new_first, new_last in gaps_between(blocks, len(removed), len(added))
    )


def _begins_line(text: str, at: int) -> bool:
    before = text[at - 1 : at] if at else "\n"
    return before == "\n" or (before == "\r" and text[at : at + 1] != "\n")


def word_changes(change: LineChange) -> tuple[list[list[Span]], list[list[Span]]]:
    """For each line removed and for each one added, what in it differs, word by word, in code points of the line.

    No spans where that would say nothing: a line only added or removed, or one written anew. What stayed between two
    words that changed, and is shorter than either, counts as changed: islands of `of` and `the` help nobody to read.
    In what is too long for that it is one stretch a line.
    """
    old, new = "".join(change.removed), "".join(change.added)
    if not old or not new:
        return [[] for _ in change.removed], [[] for _ in change.added]
    if len(old) + len(new) > _LONGEST_BY_WORDS:
        return _stretches(change)
    old_words, new_words = _WORD.findall(old), _WORD.findall(new)
    blocks = matching_blocks(old_words, new_words)
    stayed = sum(len("".join(old_words[at : at + length]).strip()) for at, _, length in blocks)
    if stayed < _ALIKE * max(len(old.strip()), len(new.strip())):
        return [[] for _ in change.removed], [[] for _ in change.added]
    gaps = gaps_between(_without_islands(blocks, old_words, new_words), len(old_words), len(new_words))
    gone, come = [(gap[:2], gap[2:]) for gap in gaps], [(gap[2:], gap[:2]) for gap in gaps]
    return (
        _spans(_slid(gone, old_words), old_words, change.removed),
        _spans(_slid(come, new_words), new_words, change.added),
    )


def _stretches(change: LineChange) -> tuple[list[list[Span]], list[list[Span]]]:
    """In each line and the one in its place, from the first to the last character that differs."""
    if len(change.removed) != len(change.added):
        return [[] for _ in change.removed], [[] for _ in change.added]
    edits = [smallest_edit(*pair) or TextEdit(0, 0, "") for pair in zip(change.removed, change.added, strict=True)]
    return (
        [[(edit.start, edit.end)] if edit.start < edit.end else [] for edit in edits],
        [[(edit.start, edit.start + len(edit.text))] if edit.text else [] for edit in edits],
    )


def _without_islands(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """The blocks but for those between two changes of which each is at least as long, in code points."""
    lengths = [
        max(len("".join(old[one:two])), len("".join(new[three:four])))
        for one, two, three, four in _all_between(blocks, len(old), len(new))
    ]
    kept = []
    for (at, other, length), before, after in zip(blocks, lengths, lengths[1:], strict=False):
        words = "".join(old[at : at + length])
        is_island = 0 < len(words.strip()) <= min(before, after) or (not words.strip() and before and after)
        if not is_island or "\n" in words or "\r" in words:
            kept.append((at, other, length))
    return kept


def _all_between(blocks: list[Block], old_length: int, new_length: int) -> Iterator[tuple[int, int, int, int]]:
    one, other = 0, 0
    for at, new_at, length in (*blocks, (old_length, new_length, 0)):
        yield one, at, other, new_at
        one, other = at + length, new_at + length


def _slid(gaps: Sequence[tuple[Span, Span]], words: Sequence[str]) -> list[Span]:
    """The first range of each gap, moved on to where it is a whole line or begins with a blank, if it says the same.

    Of `A. B. C.` it can be `. B` that was put in or ` B.`: a reader expects the second. What takes the place of
    something, the gap's second range, stays where that was.
    """
    slid: list[Span] = []
    limits = [*(each[0][0] for each in gaps[1:]), len(words)]
    for ((first, last), other), limit in zip(gaps, limits, strict=True):
        best, start, end = (0, first, last), first, last
        while other[0] == other[1] and start < end < limit and words[start] == words[end]:
            start, end = start + 1, end + 1
            best = max(best, (_worth(words[start], words[end - 1]), start, end))
        slid.append(best[1:])
    return slid


def _worth(first: str, last: str) -> int:
    """How natural a place for something put in begins and ends with these words."""
    if last in _BREAKS:
        return 3
    return 2 if first in _BREAKS else int(first.isspace())


def _spans(ranges: Sequence[Span], words: Sequence[str], lines: Sequence[str]) -> list[list[Span]]:
    """Ranges of words as spans of the lines that the words make up."""
    starts = tuple(accumulate(map(len, words), initial=0))
    changed = [(starts[first], starts[last]) for first, last in ranges if first < last]
    spans, begin = [], 0
    for line in lines:
        inside = ((max(0, first - begin), min(len(line), last - begin)) for first, last in changed)
        spans.append([span for span in inside if span[0] < span[1]])
        begin += len(line)
    return spans


def smallest_edits(old: str, new: str) -> tuple[TextEdit, ...]:
    """Small edits of one step that make `new` of `old`, so that a caret in what stays is not moved.

    Word by word where that is not too much, else line by line where a change has as many lines as before. None cuts a
    CRLF of either text in two.
    """
    changes = line_changes(old, new)
    edits: list[TextEdit] = []
    by_words = _MOST_BY_WORDS
    for change in changes if len(changes) <= _MOST_EDITS else ():
        before, after = "".join(change.removed), "".join(change.added)
        length = len(before) + len(after)
        if length <= min(_LONGEST_BY_WORDS, by_words):
            by_words -= length
            pairs = _unmatched(_WORD.findall(before), _WORD.findall(after))
        elif len(change.removed) == len(change.added):
            pairs = zip(change.removed, change.added, accumulate(map(len, change.removed), initial=0), strict=False)
        else:
            pairs = iter([(before, after, 0)])
        found = (smallest_edit(one, other, change.old_start + at) for one, other, at in pairs)
        edits += [edit for edit in found if edit]
    if old != new and not 0 < len(edits) <= _MOST_EDITS:
        edits = [edit for edit in (smallest_edit(old, new),) if edit]
    return tuple(edits)


def _unmatched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """What stands in the old words and the new ones between those that stayed, and the code points before it."""
    starts = tuple(accumulate(map(len, old), initial=0))
    for first, last, new_first, new_last in gaps_between(matching_blocks(old, new), len(old), len(new)):
        yield "".join(old[first:last]), "".join(new[new_first:new_last]), starts[first]


def merge(base: str, mine: str, theirs: str) -> Merge:
    """What both made of `base`, line by line, or where they contradict each other.

    As git does, changes to lines that touch are a conflict even where no line was changed by both, since they were
    written without knowing of each other; one line that stayed between them, were it blank, is enough. The same change
    made by both is no conflict. Lines are compared with their endings.
    """
    whole = mine if theirs in (base, mine) else theirs if mine == base else None
    if whole is not None:
        return Merge(whole)
    my_lines, their_lines = split_lines(mine), split_lines(theirs)
    merging = Merge3(split_lines(base), my_lines, their_lines, sequence_matcher=_Matcher)
    pieces: list[str] = []
    conflicts: list[int] = []
    for region in merging.merge_regions():
        if region[0] == "conflict":
            conflicts.append(min(region[3] + 1, max(1, len(my_lines))))
        else:
            lines = {"unchanged": merging.base, "b": merging.b}.get(region[0], merging.a)
            pieces += lines[region[1] : region[2]]
    return Merge(None, tuple(conflicts)) if conflicts else Merge("".join(pieces))


class _Matcher:
    """Our matching in the shape that merge3 asks for."""

    def __init__(
        self, isjunk: object = None, a: Sequence[str] = (), b: Sequence[str] = (), autojunk: bool = True
    ) -> None:
        del isjunk, autojunk
        self._old, self._new = a, b

    def get_matching_blocks(self) -> list[Block]:
        """The blocks, with an empty one after the last items at the end."""
        return [*matching_blocks(self._old, self._new), (len(self._old), len(self._new), 0)]
