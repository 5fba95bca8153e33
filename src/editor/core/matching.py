"""What two sequences have in common, in an order that both share: lines of two texts, or words of two lines."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence
from itertools import pairwise

from patiencediff import unique_lcs

Block = tuple[int, int, int]
"""Where a run of equal items begins in the old and in the new sequence, and how many they are."""
_Gap = tuple[int, int, int, int]
"""From where up to where in the old sequence, and in the new one."""

_PASSES = 6
"""How often each item may be looked at, on average, before what is still unmatched is taken as different."""
_CELLS = 2_500
"""Old items times new ones in the largest gap without unique items that is matched as well as can be."""
_ALL_CELLS = 100_000
"""The same for all gaps of one comparison together: some 15 ms."""


def matching_blocks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """The runs that both have, in order, none empty and none touching the next in both.

    Bram Cohen's patience method: common beginnings and ends, then the items that both have once, then the same between
    those. What is left has no item of its own; where it is small its longest common subsequence is taken, where it is
    as long in both what stands at the same place, and else nothing, so that the cost is bounded for any input.
    """
    found: list[Block] = []
    looks = _PASSES * (len(old) + len(new))
    cells = _ALL_CELLS
    gaps = deque([(0, len(old), 0, len(new))])
    while gaps:
        gap = _trimmed(old, new, gaps.popleft(), found)
        first, last, new_first, new_last = gap
        size, area = last - first + new_last - new_first, (last - first) * (new_last - new_first)
        if not area:
            continue
        looks -= size
        mine, yours = old[first:last], new[new_first:new_last]
        if pairs := unique_lcs(mine, yours) if looks >= 0 else ():
            blocks = _moved(_runs(pairs), first, new_first)
            gaps.extend(_between(blocks, gap))
        else:
            exact = area <= min(_CELLS, cells)
            cells -= area if exact else 0
            blocks = _moved(_runs(_longest_common(mine, yours) if exact else _in_place(mine, yours)), first, new_first)
        found += blocks
    return _joined(sorted(found))


def gaps_between(blocks: Sequence[Block], old_length: int, new_length: int) -> list[_Gap]:
    """What the blocks leave out: from where up to where in the old sequence and in the new one, in order."""
    return _between(blocks, (0, old_length, 0, new_length))


def _between(blocks: Sequence[Block], gap: _Gap) -> list[_Gap]:
    first, last, new_first, new_last = gap
    edges = ((first, new_first, 0), *blocks, (last, new_last, 0))
    between = ((one[0] + one[2], two[0], one[1] + one[2], two[1]) for one, two in pairwise(edges))
    return [each for each in between if each[0] < each[1] or each[2] < each[3]]


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], gap: _Gap, found: list[Block]) -> _Gap:
    """The gap without what its two sides begin and end with alike, which is added to `found`."""
    first, last, new_first, new_last = gap
    most = min(last - first, new_last - new_first)
    head = 0
    while head < most and old[first + head] == new[new_first + head]:
        head += 1
    tail = 0
    while tail < most - head and old[last - tail - 1] == new[new_last - tail - 1]:
        tail += 1
    if head:
        found.append((first, new_first, head))
    if tail:
        found.append((last - tail, new_last - tail, tail))
    return first + head, last - tail, new_first + head, new_last - tail


def _runs(pairs: Sequence[tuple[int, int]]) -> list[Block]:
    return _joined([(old, new, 1) for old, new in pairs])


def _joined(blocks: Sequence[Block]) -> list[Block]:
    joined: list[Block] = []
    for old, new, length in blocks:
        if joined and joined[-1][0] + joined[-1][2] == old and joined[-1][1] + joined[-1][2] == new:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + length)
        else:
            joined.append((old, new, length))
    return joined


def _moved(blocks: Sequence[Block], old_by: int, new_by: int) -> list[Block]:
    return [(old + old_by, new + new_by, length) for old, new, length in blocks]


def _in_place(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    if len(old) != len(new):
        return []
    return [(place, place) for place, (one, other) in enumerate(zip(old, new, strict=True)) if one == other]


def _longest_common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The pairs of a longest common subsequence, by the table of lengths of those of all ends."""
    lengths = [[0] * (len(new) + 1)]
    for item in reversed(old):
        below, row = lengths[-1], [0]
        for place in range(len(new) - 1, -1, -1):
            row.append(below[place + 1] + 1 if item == new[place] else max(below[place], row[-1]))
        lengths.append(row[::-1])
    lengths.reverse()
    pairs, one, other = [], 0, 0
    while one < len(old) and other < len(new):
        if old[one] == new[other]:
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif lengths[one + 1][other] >= lengths[one][other + 1]:
            one += 1
        else:
            other += 1
    return pairs
