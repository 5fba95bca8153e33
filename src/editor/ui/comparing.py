"""Comparing two texts in a thread, so that the window goes on meanwhile."""

from __future__ import annotations

from threading import Thread

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from editor.session.garbage import hold_garbage, let_go_of_garbage
from editor.ui.comparison_rows import Comparison, compare

_LOOK_MS = 8
"""How often it is looked whether the thread is done."""


class Comparing(QObject):
    """One comparison. It belongs to the application, since it may end after whoever asked for it is gone.

    The thread knows nothing of Qt, and no garbage is collected while it works.
    """

    done = Signal(object)
    """A `Comparison`, or None where it could not be made: memory ran out."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__(QCoreApplication.instance())
        hold_garbage()
        self._work = _Work(old, new)
        self._thread = Thread(target=self._work.do, name="comparison")
        self._thread.start()
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    def _look(self) -> None:
        if self._thread.is_alive():
            return
        self._looking.stop()
        let_go_of_garbage()
        self.done.emit(self._work.result)
        self.deleteLater()


class _Work:
    """What the thread has to do with; no object of Qt, which could come to its end there."""

    def __init__(self, old: str, new: str) -> None:
        self._texts = old, new
        self.result: Comparison | None = None

    def do(self) -> None:
        self.result = compare(*self._texts)
