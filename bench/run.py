"""Measure the program: `run.py` all of it, `run.py keys safety` only these parts.

Prints tables and writes the figures to build/bench.json. Times are milliseconds and hold for this machine; what counts
are ratios within one run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from figures import Figures, keep, print_table
from gui_thread import worst_keys
from key_work import all_key_costs, process_costs
from safety import kills, outside_changes

PROJECT = Path(__file__).resolve().parent.parent
RESULT = PROJECT / "build" / "bench.json"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is measured: its tables by title."""

    about: str
    tables: Mapping[str, Callable[[], Figures]]


def _one_row(figures: Callable[[], Mapping[str, float]]) -> Callable[[], Figures]:
    return lambda: {name: {"": figure} for name, figure in figures().items()}


PARTS: Mapping[str, Part] = {
    "work": Part("the work done for a key, without a window", {"key": all_key_costs, "processes": process_costs}),
    "keys": Part("how long a key can wait in the window's thread, in hostile articles", {"worst keys": worst_keys}),
    "safety": Part(
        "what is promised of files, tried many times over",
        {"kills": _one_row(kills), "outside changes": _one_row(outside_changes)},
    ),
}


def main(names: list[str]) -> int:
    """Measure, print and write. The exit code."""
    if unknown := [name for name in names if name not in PARTS]:
        print(f"No such part: {', '.join(unknown)}. There are:", file=sys.stderr)
        for name, part in PARTS.items():
            print(f"  {name:<9}{part.about}", file=sys.stderr)
        return 2
    for name in names or PARTS:
        part = PARTS[name]
        begin = time.perf_counter()
        print(f"\n== {name}: {part.about}")
        for title, measure in part.tables.items():
            figures = measure()
            print_table(title, figures)
            keep(RESULT, title, figures)
        print(f"   ({name}: {time.perf_counter() - begin:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
