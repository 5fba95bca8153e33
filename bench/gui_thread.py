"""How long a key can wait in the window's thread, on articles that ask most of it.

`gui_thread.py NAME PLACE` measures one article in this process and prints JSON; `worst_keys()` runs all of them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from articles import HOSTILE
from figures import Figures
from own_window import OwnWindow, Turns, in_own_process, measure_in_window, press

KEYS = 60
PACE = 1 / 30
"""Seconds between two keys of somebody who types fast."""
_PAUSE = 1.5
"""Seconds after the last key, in which what waits for a pause is done."""
_PATIENCE = 8.0
"""Seconds of typing after which fewer than all keys must do."""
_TYPED = "recall works "


def worst_keys(names: tuple[str, ...] = tuple(HOSTILE)) -> Figures:
    """Milliseconds in the window's thread by article and place, typing in the heavy block and outside it."""
    figures = {}
    for name in names:
        for place in ("inside", "outside"):
            if getattr(HOSTILE[name](), place):
                figures[f"{name}, {place}"] = in_own_process(Path(__file__), name, place)
    return figures


def _type(window: OwnWindow, place: str) -> dict[str, Any]:
    opening = Turns()
    settled = window.settle(opening, 30)
    window.put_caret(place)
    Turns().run(0.5)
    typing, keys = Turns(), []
    begin = time.perf_counter()
    for number in range(KEYS):
        due = begin + number * PACE
        typing.run(max(0.0, due - time.perf_counter()))
        typing.run(0)
        window.is_settled = False
        keys.append(_press(window, typing, _TYPED[number % len(_TYPED)]))
        if time.perf_counter() - begin > _PATIENCE:
            break
    last = time.perf_counter()
    after = window.settle(typing, 20)
    settling = (time.perf_counter() - last) * 1000
    pause = Turns()
    pause.run(_PAUSE)
    figures = {
        "key": median(keys),
        "worst key": max(keys),
        "worst turn": typing.worst,
        "worst turn in the pause": pause.worst,
        "worst turn at opening": opening.worst,
        "keys": len(keys),
        "opened whole": float(settled),
        "Qt alone": _qt_alone(window, place),
    }
    return figures | ({"settled after": settling} if after else {})


def _press(window: OwnWindow, turns: Turns, letter: str) -> float:
    return turns.time(lambda: press(window.text, letter))


def _qt_alone(window: OwnWindow, place: str) -> float:
    """The same key in a pane of Qt's own that knows nothing of articles: what of it is Qt's layout."""
    from PySide6.QtWidgets import QPlainTextEdit  # noqa: PLC0415

    pane = QPlainTextEdit()
    pane.setUndoRedoEnabled(False)
    pane.setFont(window.text.font())
    pane.resize(window.text.size())
    pane.setPlainText(window.window.session.article.text)
    pane.show()
    pane.find(place)
    cursor = pane.textCursor()
    cursor.setPosition(cursor.selectionStart())
    pane.setTextCursor(cursor)
    pane.centerCursor()
    turns = Turns()
    turns.run(0.3)
    keys = []
    for letter in _TYPED[:7]:
        keys.append(turns.time(partial(press, pane, letter)))
        turns.run(0.02)
    return median(keys)


def main() -> None:
    """Measure one article."""
    name, place = sys.argv[1:]
    hostile = HOSTILE[name]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.md"
        path.write_text(hostile.text, "utf-8")
        measure_in_window(path, lambda window: _type(window, getattr(hostile, place)))


if __name__ == "__main__":
    main()
