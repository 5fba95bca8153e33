"""The process that shows, makes and copies exports, as seen from the window, which never waits for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from editor.session.render_worker import Answer, RenderWorker, Wording

DEADLINE_MS = 60_000
"""How long one task may take."""
_LONG_MS = {"export": 900_000}
"""A long PDF takes minutes, and the programs that make documents have deadlines of their own; the writer can cancel."""
LINGER_MS = 60_000
"""How long the process stays when nothing is left to do: a writer who exports or copies soon does it again."""
_COMMAND = (sys.executable, "-P", "-m", "editor.publishing.worker")
_WORDING = Wording(
    late="It took too long to make. Try again, or leave out what is very large.",
    babble="The process that makes it answered nonsense. Try again.",
    end="The process that makes it ended. Try again.",
    no_start="The process that makes it could not be started.",
)

Then = Callable[[Answer], object]


def sentences_of(answer: Answer) -> tuple[str, ...]:
    """What an answer says of things that were left out."""
    notes = answer.get("notes")
    return tuple(map(str, notes)) if isinstance(notes, list) else ()


class _Asked(NamedTuple):
    task: str
    details: Mapping[str, object]
    then: Then


class Exporter(QObject):
    """Asks `editor.publishing.worker`, which says what its tasks are, for one thing after another.

    The process is there from `begin` until `end`, or else for as long as something is asked of it, and a while longer.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        deadline_ms: int = DEADLINE_MS,
        linger_ms: int = LINGER_MS,
        command: Sequence[str] = _COMMAND,
    ) -> None:
        super().__init__(parent)
        self._deadline_ms = deadline_ms
        self._command = tuple(command)
        self._worker: RenderWorker | None = None
        self._asked: _Asked | None = None
        self._waiting: list[_Asked] = []
        self._number = 0
        self._stays = False
        self._pause = QTimer(self, singleShot=True, interval=linger_ms)
        self._pause.timeout.connect(self._let_go)

    @property
    def process_id(self) -> int:
        """The process now running, 0 where none is."""
        return self._worker.process_id if self._worker else 0

    def begin(self) -> None:
        """Have the process ready: something will be asked of it."""
        self._stays = True
        self._need_process()

    def end(self) -> None:
        """Let the process go a while after all that was asked is answered."""
        self._stays = False
        self._rest()

    def ask(self, task: str, then: Then, **details: object) -> None:
        """Ask for a task; `then` gets its answer, in which `failed` is "" or a sentence.

        What still waits of the same task is forgotten, since each says anew all that is wanted.
        """
        self._waiting = [each for each in self._waiting if each.task != task]
        self._waiting.append(_Asked(task, details, then))
        self._need_process()
        self._go_on()

    def cancel(self) -> None:
        """Forget all that was asked and kill the process over it; what it was writing is not there."""
        self._waiting.clear()
        asked, self._asked = self._asked, None
        if asked and self._worker:
            self._let_go()
            if self._stays:
                self._need_process()

    def close(self) -> None:
        """End the process; nothing is answered any more."""
        self._stays = False
        self._waiting.clear()
        self._asked = None
        self._let_go()

    def _need_process(self) -> None:
        self._pause.stop()
        if self._worker is None:
            worker = RenderWorker(self, self._deadline_ms, command=self._command, wording=_WORDING)
            worker.ready.connect(self._go_on)
            worker.answered.connect(self._take)
            worker.lost.connect(self._lose)
            self._worker = worker

    def _let_go(self) -> None:
        self._pause.stop()
        worker, self._worker = self._worker, None
        if worker:
            worker.close()
            worker.deleteLater()

    def _rest(self) -> None:
        if self._worker and not (self._stays or self._asked or self._waiting):
            self._pause.start()

    def _go_on(self) -> None:
        if self._worker and self._worker.is_ready and self._asked is None and self._waiting:
            self._asked = self._waiting.pop(0)
            self._number += 1
            deadline_ms = _LONG_MS.get(self._asked.task, self._deadline_ms)
            request = {"id": self._number, "task": self._asked.task, **self._asked.details}
            self._worker.request(request, deadline_ms)

    def _take(self, answer: Answer) -> None:
        asked, self._asked = self._asked, None
        if self._worker:
            self._worker.settle()
        if asked:
            asked.then(answer)
        self._go_on()
        self._rest()

    def _lose(self, why: str) -> None:
        """What was lost over is given up; where there is no process to be had, all else is too."""
        given_up = [self._asked] if self._asked else self._waiting
        self._asked = None
        self._waiting = [each for each in self._waiting if each not in given_up]
        for each in given_up:
            each.then({"failed": why})
        self._rest()
