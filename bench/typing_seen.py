"""What is seen of typing in a program that is open: the letter, the preview, a burst of keys, a fence that opens."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from statistics import median

from changes import behind_caret, changed_lines, changes, find_caret, first_changes, last_change, part
from programs import Program, Running
from screen import HEIGHT, WIDTH, Rectangle, Screen

KEYS = 30
BURST = 60
PACE = 1 / 30
_GROUP = 10
"""Letters typed before they are taken out again, so that the line remains what it is."""
_LETTER = "w"
_PATIENCE = 15.0
_LONGEST_SILENCE = 0.5
"""Seconds in which a slow machine may let a program wait before it begins to work."""
_MS = 1000


@dataclass(frozen=True, slots=True)
class Lines:
    """What a letter typed at the beginning of a line changes, but for the caret; and the sides of the screen."""

    text: Rectangle
    preview: Rectangle
    text_pane: Rectangle
    preview_pane: Rectangle


def find_lines(screen: Screen, run: Running) -> Lines:
    """Type a letter where the caret is, see what it changes, and take it out again."""
    caret = find_caret(screen)
    before = screen.pixels()
    pressed = screen.press(_LETTER)
    last_change(screen, run, pressed + _LONGEST_SILENCE)
    text, preview = changed_lines(before, screen.pixels(), caret)
    screen.press("BackSpace")
    stand_still(screen, run)
    middle = preview.x
    return Lines(
        behind_caret(text),
        behind_caret(preview),
        text_pane=Rectangle(0, 0, middle, HEIGHT),
        preview_pane=Rectangle(middle, 0, WIDTH - middle, HEIGHT),
    )


def stand_still(screen: Screen, run: Running) -> None:
    """Wait until nothing changes any more."""
    last_change(screen, run, time.perf_counter())


def go_to_paragraph(screen: Screen, program: Program, run: Running) -> None:
    """Put the caret at the beginning of the first paragraph, by keys."""
    screen.press("Control_L", "Home")
    for _ in range(program.lines_down):
        screen.press("Down")
        time.sleep(0.02)
    screen.press("Home")
    stand_still(screen, run)


def typing(screen: Screen, program: Program, run: Running) -> dict[str, float]:
    """All that is seen of typing in the first paragraph, in milliseconds by name."""
    last_change(screen, run, run.began)
    go_to_paragraph(screen, program, run)
    find_lines(screen, run)  # a first edit may scroll the preview and wake buttons, which is no part of a letter
    lines = find_lines(screen, run)
    letters, previews = _letters(screen, run, lines)
    figures = {
        "letter": median(letters),
        "letter, worst": max(letters),
        "preview": median(previews),
        "preview, worst": max(previews),
        "burst, 30/s": _burst(screen, run, PACE),
        "burst, at once": _burst(screen, run, 0),
    }
    go_to_paragraph(screen, program, run)
    return figures | _open_fence(screen, run, lines)


def _letters(screen: Screen, run: Running, lines: Lines) -> tuple[list[float], list[float]]:
    """From each letter's key to the text, and to the preview."""
    chance = random.Random(1)  # noqa: S311 - so that keys do not keep step with a timer or a blink
    letters: list[float] = []
    previews: list[float] = []
    while len(letters) < KEYS:
        for _ in range(_GROUP):
            run.rest()
            time.sleep(chance.uniform(0, 0.1))
            letter, shown = first_changes(screen, (lines.text, lines.preview), (_LETTER,), _PATIENCE)
            letters.append(letter)
            previews.append(shown)
        for _ in range(_GROUP):
            screen.press("BackSpace")
        stand_still(screen, run)
    return letters, previews


def _burst(screen: Screen, run: Running, pace: float) -> float:
    """From the last of many keys until all stands still."""
    due = time.perf_counter()
    pressed = due
    for number in range(BURST):
        time.sleep(max(0.0, due - time.perf_counter()))
        pressed = screen.press("space" if number % 7 == 3 else "recalworks"[number % 10])
        due += pace
    return (last_change(screen, run, pressed) - pressed) * _MS


def _open_fence(screen: Screen, run: Running, lines: Lines) -> dict[str, float]:
    """A fence is opened before the paragraph, so that all below becomes code: until each side shows it for good."""
    for _ in range(2):
        screen.press("grave")
    stand_still(screen, run)
    before = screen.pixels()
    pressed = screen.press("grave")
    last = {}
    for when, picture in changes(screen, run, pressed):
        for name, pane in (("fence, text", lines.text_pane), ("fence, preview", lines.preview_pane)):
            if part(picture, pane) != part(before, pane):
                last[name] = (when - pressed) * _MS
        before = picture
    return last
