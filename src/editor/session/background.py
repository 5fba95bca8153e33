"""Work that may wait for a disk, done on a thread of its own so that the window never does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from editor.session.garbage import hold_garbage, let_go_of_garbage

_Answer = TypeVar("_Answer")


class Background(QObject):
    """Does one thing after another, in the order asked, and hands the answers over in the same order.

    The work must not touch what belongs to the window; the answers are handed over in the window's thread.
    """

    _answered = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._answers: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._owed = 0
        self.is_closed = False
        # Queued: what was done before anybody could wait for it must not be handed over in the middle of asking.
        self._answered.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], _Answer], then: Callable[[Future[_Answer]], object]) -> None:
        """Do `work` when what was asked before is done; `then` is called with its answer, or with what it raised."""
        self._owed += 1
        hold_garbage()
        future = self._thread.submit(work)
        future.add_done_callback(partial(self._keep, then))

    def _keep(self, then: Callable[[Future[Any]], object], future: Future[Any]) -> None:
        self._answers.put(partial(then, future))
        self._answered.emit()

    def _hand_over(self) -> None:
        while not self._answers.empty():
            self._hand_over_next()

    def _hand_over_next(self) -> None:
        answer = self._answers.get()
        self._owed -= 1
        let_go_of_garbage()
        answer()

    def finish(self) -> None:
        """Wait until all is done and handed over, and what that asks for too. Only where a window may wait."""
        while self._owed:
            self._hand_over_next()

    def close(self) -> None:
        """Finish, and end the thread."""
        self.is_closed = True
        self.finish()
        self._thread.shutdown()
