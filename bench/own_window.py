"""The real window on an article, driven from inside, and how long each turn of its event loop takes.

A key waits at most for the turn that is under way, so the longest turn is the longest that a key can wait.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
_XDG = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
_BREATH = 0.0003
"""Seconds between two turns: Qt's wait for events, without which this would take the worker's processor."""


def fresh_environment(folder: Path) -> dict[str, str]:
    """An environment in which a program finds no settings and no session, and keeps them below `folder`.

    Ours is the one of this checkout, wherever Python would look, and Python keeps what it has compiled, as installing
    does; Chromium runs for root as well.
    """
    homes = {name: str(folder / name.lower()) for name in (*_XDG, "HOME")}
    for home in homes.values():
        Path(home).mkdir(parents=True, exist_ok=True)
    ours = {"PYTHONPATH": str(PROJECT / "src"), "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, **homes, **ours}


def in_own_process(script: Path, *arguments: str, timeout: float = 120) -> dict[str, Any]:
    """What a script of ours prints as JSON, run offscreen with settings of its own; `{}` where it took too long."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**fresh_environment(Path(folder)), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, str(script), *arguments]
        try:
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, timeout=timeout, check=False
            )
        except subprocess.TimeoutExpired:
            return {}
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


@dataclass(slots=True)
class Turns:
    """Takes turns of the event loop and remembers how long each took, in milliseconds."""

    taken: list[float] = field(default_factory=list)

    def time(self, act: Callable[[], object]) -> float:
        """Do something as a turn of its own, as an event's handling is; its milliseconds."""
        begin = time.perf_counter()
        act()
        self.taken.append((time.perf_counter() - begin) * 1000)
        return self.taken[-1]

    def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Take turns for so long, or until something is so; whether it is."""
        from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - the bench's other parts need no Qt

        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.time(QCoreApplication.processEvents)
            if until():
                return True
            time.sleep(_BREATH)
        return until()

    @property
    def worst(self) -> float:
        """The longest of them."""
        return max(self.taken, default=0.0)


class OwnWindow:
    """The window that `app.run` opened, with what a measurement asks of it."""

    def __init__(self, window: Any) -> None:
        self.window = window
        self.text = window.text
        self.is_settled = False
        """Whether the preview came to show the newest version whole since this was last set to False."""
        window.queue.settled.connect(self._settled)

    def _settled(self) -> None:
        self.is_settled = True

    def put_caret(self, before: str) -> None:
        """In the middle of the view, before the first such words."""
        from PySide6.QtGui import QTextCursor  # noqa: PLC0415

        cursor = QTextCursor(self.text.document())
        article = self.window.session.article
        cursor.setPosition(article.unit_of(article.text.index(before)))
        self.text.setTextCursor(cursor)
        self.text.centerCursor()
        self.text.setFocus()

    def settle(self, turns: Turns, seconds: float) -> bool:
        """Take turns until the preview shows the newest version whole; whether it does after so many seconds."""
        return turns.run(seconds, lambda: self.is_settled)


def press(pane: Any, key: Any) -> None:
    """Press one key in a pane: a letter, or one of Qt's keys."""
    from PySide6.QtTest import QTest  # noqa: PLC0415

    QTest.keyClick(pane, key)


def measure_in_window(path: Path, measure: Callable[[OwnWindow], dict[str, Any]]) -> None:
    """Open the program as `stet PATH` does, print what `measure` says of its window as JSON, and end.

    The program is left without its good-byes, since what is measured need not be saved.
    """
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    from editor import app, start  # noqa: PLC0415

    open_windows = app.Application.start

    def start_and_measure(application: app.Application, paths: list[Path]) -> None:
        open_windows(application, paths)
        window = OwnWindow(application.windows[0])
        QTimer.singleShot(0, lambda: report(window))

    def report(window: OwnWindow) -> None:
        code = 1
        try:
            print(json.dumps(measure(window)), flush=True)
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)

    app.Application.start = start_and_measure  # type: ignore[method-assign,assignment]
    start.run([path])
