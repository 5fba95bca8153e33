"""What the program is to keep to, and whether what was measured does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from articles import LARGE, SIZES
from exporting import PANDOC, REAL_ROW, STET
from exporting_folders import LARGE_ROW, MEMORY, PANDOC_RATE, RATE_ROW, SMALL_ROW, STET_RATE
from figures import Figures
from outside import REAL, row_of
from programs import OURS, PEERS

Tables = Mapping[str, Figures]
"""Tables by title."""
RETEXT, GHOSTWRITER = (peer.name for peer in PEERS)
TYPING, OPENING, WORST_KEYS = "typing, seen from outside", "opening, seen from outside", "worst keys"
EXPORTING, EXPORTING_FOLDERS = "exporting, a process each", "exporting folders"
_SMALL, _MIDDLE, _LARGE = (f"{size:,}" for size in SIZES)
_FRAMES = 33.0
"""Milliseconds in which a key is to be dealt with: two frames of a usual screen."""
_EXEMPT = "1 MB paragraph, inside"
"""Qt itself lays such a paragraph out anew at each key."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure and the most that it may be."""

    about: str
    measured: float
    most: float

    @property
    def is_met(self) -> bool:
        """Whether it is no more."""
        return self.measured <= self.most


def bounds(tables: Tables) -> list[Bound]:
    """All that can be judged by what was measured; what was not is left out."""
    seen = (*_typing_bounds(tables.get(TYPING, {})), *_opening_bounds(tables.get(OPENING, {})))
    exported = (*_export_bounds(tables.get(EXPORTING, {})), *_folder_bounds(tables.get(EXPORTING_FOLDERS, {})))
    return [*seen, *_key_bounds(tables), *exported]


def _typing_bounds(typed: Figures) -> Iterator[Bound]:
    for article, share in ((_SMALL, 1.2), (_MIDDLE, 1.2), (_LARGE, 0.4)):
        yield from _bound(typed, article, "letter", share, [RETEXT])
    for article, parts in ((_SMALL, 4), (_MIDDLE, 5), (_LARGE, 15)):
        yield from _bound(typed, article, "preview", 1 / parts, [RETEXT, GHOSTWRITER])
    ours, small = (typed.get(row_of(OURS.name, article)) for article in (_LARGE, _SMALL))
    if ours and small:
        yield Bound(f"preview at {_LARGE}: 1.25 of it at {_SMALL}", ours["preview"], small["preview"] * 1.25)
    for article in (_SMALL, _MIDDLE, _LARGE):
        for burst in ("burst, 30/s", "burst, at once"):
            yield from _bound(typed, article, burst, 1, [RETEXT, GHOSTWRITER])


def _opening_bounds(opened: Figures) -> Iterator[Bound]:
    large = f"{LARGE:,}"
    yield from _bound(opened, large, "editable", 0.5, [RETEXT])
    yield from _bound(opened, REAL, "editable", 0.75, [RETEXT, GHOSTWRITER], "settled")
    yield from _bound(opened, REAL, "settled", 1, [RETEXT, GHOSTWRITER])
    yield from _bound(opened, REAL, "memory (MB)", 1.25, [GHOSTWRITER])
    yield from _bound(opened, large, "memory (MB)", 0.8, [GHOSTWRITER])


def _key_bounds(tables: Tables) -> Iterator[Bound]:
    for row, figures in tables.get(WORST_KEYS, {}).items():
        if row != _EXEMPT:
            yield Bound(f"no key waits: {row}", max(figures["worst key"], figures["worst turn"]), _FRAMES)


def _export_bounds(exported: Figures) -> Iterator[Bound]:
    figures = exported.get(REAL_ROW, {})
    ours, theirs = (figures.get(f"{name} (wall)") for name in (STET, PANDOC))
    if ours and theirs:
        yield Bound("export of the real article: 2.5 of pandoc", ours, 2.5 * theirs)


def _folder_bounds(exported: Figures) -> Iterator[Bound]:
    rates, small, large = (exported.get(row, {}) for row in (RATE_ROW, SMALL_ROW, LARGE_ROW))
    if STET_RATE in rates and PANDOC_RATE in rates:
        seconds, theirs = 1 / rates[STET_RATE], 1 / rates[PANDOC_RATE]
        yield Bound("ms an article of a folder: 0.1 of pandoc", 1000 * seconds, 100 * theirs)
    if MEMORY in small and MEMORY in large:
        yield Bound(f"memory for {LARGE_ROW}: 1.1 of it for {SMALL_ROW}", large[MEMORY], 1.1 * small[MEMORY])


def _bound(
    figures: Figures, article: str, name: str, share: float, peers: list[str], theirs: str = ""
) -> Iterator[Bound]:
    """Our figure is to be at most a share of the least of the peers' same one, or of the one named `theirs`."""
    ours = figures.get(row_of(OURS.name, article))
    rows = [figures[row_of(peer, article)] for peer in peers if row_of(peer, article) in figures]
    if ours and len(rows) == len(peers):
        least = min(row[theirs or name] for row in rows)
        of = f"{theirs or name} of {' and '.join(peers)}" if theirs or len(peers) > 1 else peers[0]
        yield Bound(f"{name} at {article}: {share:.3g} of {of}", ours[name], share * least)


def print_bounds(found: list[Bound]) -> None:
    """Say of each bound whether it is met."""
    width = max((len(bound.about) for bound in found), default=0)
    print(f"\n{'bound':<{width}}{'measured':>12}{'at most':>12}   met")
    for bound in found:
        print(f"{bound.about:<{width}}{bound.measured:12.1f}{bound.most:12.1f}   {'yes' if bound.is_met else 'NO'}")
