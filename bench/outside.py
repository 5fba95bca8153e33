"""What a writer sees of the program and of its peers, measured from outside: keys go in, pixels come out.

Each program has the whole of the same screen, the same articles, and a home of its own.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from statistics import median

from articles import article_of
from changes import (
    NothingChanged,
    behind_caret,
    changed_lines,
    find_caret,
    first_changes,
    last_change,
    part,
)
from programs import Program, processor_seconds, running
from screen import Rectangle, Screen

KEYS = 30
BURST = 60
PACE = 1 / 30
_GROUP = 6
"""Letters typed before they are taken out again, so that the line remains what it is."""
_LETTER = "w"
_QUIET = 1.6
"""Seconds without a change after which a program stands still: longer than any of them waits to begin anew."""
_LONGEST_SILENCE = 4.0
"""Seconds for which a program may stand still and yet have work to do, after its start or after many keys."""
_PATIENCE = 15.0
_OPENINGS = 3
_MS = 1000


@dataclass(frozen=True, slots=True)
class Places:
    """Where a program's screen changes by a letter typed: in the paragraph, and where the caret is at opening."""

    text: Rectangle
    preview: Rectangle
    first: Rectangle
    text_at_opening: bytes
    """What `text` shows once the article is open."""


def find_places(screen: Screen, program: Program, began: float) -> Places:
    """Wait until a program that was started stands still, type a letter here and there, and see what it changes."""
    last_change(screen, began + _LONGEST_SILENCE, _QUIET)
    opened = screen.pixels()
    first, _ = _typed_and_taken_out(screen)
    screen.press("Control_L", "Home")
    for _ in range(program.lines_down):
        screen.press("Down")
        time.sleep(0.02)
    screen.press("Home")
    _still(screen)
    _typed_and_taken_out(screen)  # a first edit may scroll the preview and wake buttons
    text, preview = map(behind_caret, _typed_and_taken_out(screen))
    return Places(text, preview, behind_caret(first), part(opened, text))


def _still(screen: Screen, quiet: float = _QUIET) -> float:
    return last_change(screen, time.perf_counter(), quiet)


def _typed_and_taken_out(screen: Screen) -> tuple[Rectangle, Rectangle]:
    caret = find_caret(screen)
    before = screen.pixels()
    screen.press(_LETTER)
    _still(screen)
    lines = changed_lines(before, screen.pixels(), caret)
    screen.press("BackSpace")
    _still(screen)
    return lines


def key_times(screen: Screen, places: Places) -> tuple[list[float], list[float]]:
    """Milliseconds from each letter's key to the text and to the preview."""
    chance = random.Random(1)  # noqa: S311 - so that keys do not keep step with a timer or a blink
    text, preview = [], []
    while len(text) < KEYS:
        for _ in range(_GROUP):
            time.sleep(chance.uniform(0.06, 0.16))
            letter, shown = first_changes(screen, (places.text, places.preview), (_LETTER,), _PATIENCE)
            text.append(letter)
            preview.append(shown)
        for _ in range(_GROUP):
            screen.press("BackSpace")
        _still(screen, 0.7)
    return text, preview


def burst_time(screen: Screen, pace: float) -> float:
    """Milliseconds from the last of many keys until all stands still."""
    due = time.perf_counter()
    pressed = due
    for number in range(BURST):
        time.sleep(max(0.0, due - time.perf_counter()))
        pressed = screen.press("space" if number % 7 == 3 else "recalworks"[number % 10])
        due += pace
    return (last_change(screen, pressed, _LONGEST_SILENCE) - pressed) * _MS


def settled(screen: Screen, program: Program, article: str) -> float:
    """Milliseconds from a program's start until all stands still."""
    with running(program, article, screen.display) as run:
        return (last_change(screen, run.began + _LONGEST_SILENCE, _QUIET) - run.began) * _MS


def editable(screen: Screen, program: Program, article: str, places: Places) -> tuple[float, float]:
    """Milliseconds from a program's start until its text is painted, and until a letter typed then is seen."""
    with running(program, article, screen.display) as run:
        end = run.began + _PATIENCE
        while screen.pixels(places.text) != places.text_at_opening:
            if not screen.next_painted(end):
                raise NothingChanged(f"{program.name} does not show its text")
        painted = time.perf_counter()
        (seen,) = first_changes(screen, (places.first,), (_LETTER,), _PATIENCE)
        painted_after = (painted - run.began) * _MS
        return painted_after, painted_after + seen


def openings(screen: Screen, program: Program, article: str, places: Places) -> dict[str, float]:
    """The medians of some starts."""
    starts = [editable(screen, program, article, places) for _ in range(_OPENINGS)]
    return {
        "painted": median(painted for painted, _ in starts),
        "editable": median(seen for _, seen in starts),
        "settled": median(settled(screen, program, article) for _ in range(_OPENINGS)),
    }


def typing(screen: Screen, server: int, program: Program, size: int) -> tuple[dict[str, float], Places]:
    """All that is measured of a program that is open already, by name; and where it changes."""
    with running(program, article_of(size), screen.display) as run:
        places = find_places(screen, program, run.began)
        figures = {"memory": run.memory()}
        begin, ours, theirs = time.perf_counter(), time.process_time(), processor_seconds(server)
        text, preview = key_times(screen, places)
        taken = time.perf_counter() - begin
        figures["letter"], figures["preview"] = median(text), median(preview)
        figures["letter, worst"], figures["preview, worst"] = max(text), max(preview)
        figures["bench's CPU %"] = (time.process_time() - ours) / taken * 100
        figures["server's CPU %"] = (processor_seconds(server) - theirs) / taken * 100
        figures["burst 30/s"] = burst_time(screen, PACE)
        figures["burst at once"] = burst_time(screen, 0)
    return figures, places
