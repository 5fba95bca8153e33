"""Measure the program: `run.py` all of it, `run.py keys outside` only these parts.

Prints tables, says of each bound whether it is met, and writes the figures to build/bench.json. Times are milliseconds
and hold for this machine; what counts are ratios within one run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bounds import EXPORTING, EXPORTING_FOLDERS, WORST_KEYS, bounds, print_bounds
from exporting import exporting
from exporting_folders import exporting_folders
from figures import Figures, keep, print_table
from gui_thread import worst_keys
from key_work import all_key_costs, process_costs
from large_edits import large_edits
from outside import outside
from safety import kills, outside_changes

PROJECT = Path(__file__).resolve().parent.parent
RESULT = PROJECT / "build" / "bench.json"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is measured, as tables with their titles."""

    about: str
    measure: Callable[[], Iterable[tuple[str, Figures]]]


def _tables(**measures: Callable[[], Figures]) -> Callable[[], Iterable[tuple[str, Figures]]]:
    return lambda: ((name.replace("_", " "), measure()) for name, measure in measures.items())


def _one_row(figures: Callable[[], Mapping[str, float]]) -> Callable[[], Figures]:
    return lambda: {name: {"": figure} for name, figure in figures().items()}


PARTS: Mapping[str, Part] = {
    "outside": Part("what a writer sees, beside ReText and ghostwriter", outside),
    "keys": Part(
        "how long a key can wait in the window's thread, in hostile articles", lambda: [(WORST_KEYS, worst_keys())]
    ),
    "edits": Part("edits of half an article of 1 MB and more", _tables(large_edits=large_edits)),
    "work": Part("the work done for a key, without a window", _tables(key=all_key_costs, processes=process_costs)),
    "export": Part(
        "a page of its own process each, and a folder of them, beside pandoc",
        lambda: (
            (title, measure()) for title, measure in ((EXPORTING, exporting), (EXPORTING_FOLDERS, exporting_folders))
        ),
    ),
    "safety": Part(
        "what is promised of files, tried many times over",
        _tables(kills=_one_row(kills), outside_changes=_one_row(outside_changes)),
    ),
}


def main(names: list[str]) -> int:
    """Measure, print and write. The exit code."""
    if unknown := [name for name in names if name not in PARTS]:
        print(f"No such part: {', '.join(unknown)}. There are:", file=sys.stderr)
        for name, part in PARTS.items():
            print(f"  {name:<9}{part.about}", file=sys.stderr)
        return 2
    tables: dict[str, Figures] = {}
    for name in names or PARTS:
        begin = time.perf_counter()
        print(f"\n== {name}: {PARTS[name].about}")
        for title, figures in PARTS[name].measure():
            tables[title] = figures
            print_table(title, figures)
            keep(RESULT, title, figures)
            sys.stdout.flush()
        print(f"   ({name}: {time.perf_counter() - begin:.0f} s)")
    if found := bounds(tables):
        print_bounds(found)
        keep(RESULT, "bounds", {b.about: {"measured": b.measured, "at most": b.most, "met": b.is_met} for b in found})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
