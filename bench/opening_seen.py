"""What is seen of a program that opens an article: its text, a letter typed into it, and when all stands still."""

from __future__ import annotations

import time
from statistics import median

from changes import NothingChanged, first_changes, last_change, part
from programs import Program, running
from screen import Rectangle, Screen
from typing_seen import find_lines

STARTS = 3
_LETTER = "w"
_PATIENCE = 20.0
_MS = 1000


def opening(screen: Screen, program: Program, article: str) -> dict[str, float]:
    """Milliseconds from a program's start, the medians of some starts, and what it holds in memory then in MB.

    `painted` is the line of text that the caret is in, looking as it will; `editable` a letter typed then and seen;
    `settled` the last change of all.
    """
    with running(program, article, screen.display) as run:
        ends = [(last_change(screen, run, run.began) - run.began) * _MS]
        memory = run.memory()
        opened = screen.pixels()
        line = find_lines(screen, run).text
    text = part(opened, line)
    for _ in range(STARTS - 1):
        with running(program, article, screen.display) as run:
            ends.append((last_change(screen, run, run.began) - run.began) * _MS)
    starts = [_editable(screen, program, article, line, text) for _ in range(STARTS)]
    return {
        "painted": median(painted for painted, _ in starts),
        "editable": median(seen for _, seen in starts),
        "settled": median(ends),
        "memory (MB)": memory,
    }


def _editable(screen: Screen, program: Program, article: str, line: Rectangle, text: bytes) -> tuple[float, float]:
    """Until the line shows that text, and until a letter is seen in it that was typed as soon as it did."""
    with running(program, article, screen.display) as run:
        end = run.began + _PATIENCE
        while screen.pixels(line) != text:
            if not screen.next_painted(end):
                raise NothingChanged(f"{program.name} does not show its text")
        painted = (time.perf_counter() - run.began) * _MS
        (seen,) = first_changes(screen, [line], (_LETTER,), _PATIENCE)
        return painted, painted + seen
