"""Edits of half an article of 1 MB and more: how long the window's thread is busy, and in how many patches they come.

`large_edits.py` measures in this process and prints JSON; `large_edits()` starts it.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from articles import LARGE, article_of
from figures import Figures
from own_window import OwnWindow, Turns, in_own_process, measure_in_window, press

_PATIENCE = 30.0
_MS = 1000
_FENCE = "a fence opened at the top"
_HEADING = "# How"
_OFTEN = " of "
"""What is replaced everywhere: it stands in the article some 4,000 times."""


def large_edits() -> Figures:
    """By edit: milliseconds until it is made, the longest turn until all is shown, and the preview's patches."""
    return in_own_process(Path(__file__), timeout=240)


def _edits(window: OwnWindow) -> dict[str, Any]:
    window.settle(Turns(), _PATIENCE)
    figures = {}
    for name, act in _acts(window).items():
        if name == _FENCE:
            window.put_caret(_HEADING)
            for letter in "``":
                press(window.text, letter)
        figures[name] = _measured(window, act)
    return figures


def _measured(window: OwnWindow, act: Callable[[], object]) -> dict[str, float]:
    patches: Counter[str] = Counter()
    seen = window.window.queue.patched.connect(lambda _patch: patches.update(patches=1))
    Turns().run(0.5)
    window.is_settled = False
    turns = Turns()
    begin = time.perf_counter()
    made = turns.time(act)
    whole = window.settle(turns, _PATIENCE)
    taken = (time.perf_counter() - begin) * _MS
    window.window.queue.patched.disconnect(seen)
    figures = {
        "made": made,
        "longest turn after": max(turns.taken[1:], default=0.0),
        "patches": float(patches["patches"]),
    }
    return figures | ({"all shown": taken} if whole else {})


def _acts(window: OwnWindow) -> Mapping[str, Callable[[], object]]:
    """Each begins where the one before left the article."""
    from PySide6.QtCore import QMimeData, Qt  # noqa: PLC0415
    from PySide6.QtGui import QTextCursor  # noqa: PLC0415

    from editor.core.text_edit import TextEdit  # noqa: PLC0415

    buffer, pane = window.window.session.buffer, window.text
    pasted = QMimeData()
    pasted.setText(article_of(LARGE))

    def delete_half() -> None:
        cursor = pane.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setPosition(pane.document().characterCount() // 2, QTextCursor.MoveMode.KeepAnchor)
        pane.setTextCursor(cursor)
        press(pane, Qt.Key.Key_Delete)

    def replace_everywhere() -> None:
        pieces = buffer.article.text.split(_OFTEN)
        edits, place = [], 0
        for piece in pieces[:-1]:
            place += len(piece)
            edits.append(TextEdit(place, place + len(_OFTEN), " off "))
            place += len(_OFTEN)
        buffer.edit(edits, "replace")

    return {
        "half deleted": delete_half,
        "that undone": buffer.undo,
        f"{_OFTEN.strip()!r} replaced everywhere": replace_everywhere,
        "this undone": buffer.undo,
        "1 MB pasted": lambda: pane.insertFromMimeData(pasted),
        "the paste undone": buffer.undo,
        _FENCE: lambda: press(pane, "`"),
        "the fence undone": buffer.undo,
    }


def main() -> None:
    """Measure here."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.md"
        path.write_text(article_of(LARGE), "utf-8")
        measure_in_window(path, _edits)


if __name__ == "__main__":
    main()
