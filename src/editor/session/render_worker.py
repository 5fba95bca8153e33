"""The render worker's process, as seen from the window: requests in, answers out, killed when it takes too long."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal

from editor.rendering.frames import LENGTH_BYTES, framed
from editor.session.back_off import BackOff

Answer = dict[str, object]

DEADLINE_MS = 4000
"""How long the worker may be silent while it owes an answer."""
_LONGEST_ANSWER = 1 << 29
"""Bytes. A length beyond it is none: four letters of any text are one."""
START_MS = 20_000
"""How long it may take to say that it is ready."""
_STARTS_BEFORE_COMPLAINT = 3
_FIRST_PAUSE_MS, _LONGEST_PAUSE_MS = 250, 10_000
# -P: an article's folder, which may be the working one, must not lend the process its modules.
_COMMAND = (sys.executable, "-P", "-m", "editor.rendering.worker")


class Wording(NamedTuple):
    """What is said of a process that is lost: that it was silent for too long, said what is no frame, ended, or could
    not be started."""

    late: str = "A part took too long to render."
    babble: str = "The preview's process answered nonsense."
    end: str = "The preview's process ended."
    no_start: str = "The preview could not be started."


_WORDING = Wording()


class RenderWorker(QObject):
    """Runs `editor.rendering.worker`, or another module that speaks in `editor.rendering.frames` and says first that it
    is ready, and runs it again when it ends, hangs or babbles.

    No call of it waits for a process: one that is given up is killed and left to end by itself. A new one follows at
    once; where it fails as well before it has answered anything, ever later.
    """

    ready = Signal()
    """The process takes requests: after the start, and again after each that followed a failure."""
    answered = Signal(dict)
    """One answer, as the worker sent it."""
    lost = Signal(str)
    """The process ended or was killed with an answer owed, or could not be started a few times; a sentence says which.

    `ready` follows when there is one again."""

    def __init__(
        self,
        parent: QObject | None = None,
        deadline_ms: int = DEADLINE_MS,
        start_ms: int = START_MS,
        command: Sequence[str] = _COMMAND,
        wording: Wording = _WORDING,
    ) -> None:
        super().__init__(parent)
        self.is_ready = False
        self._command = tuple(command)
        self._wording = wording
        self._owes_answer = False
        self._received = bytearray()
        self._process: QProcess | None = None
        self._deadline_ms = deadline_ms
        self._start_ms = start_ms
        self._deadline = QTimer(self, singleShot=True)
        self._deadline.timeout.connect(lambda: self._lose(wording.late))
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._start)
        self._back_off = BackOff(_FIRST_PAUSE_MS, _LONGEST_PAUSE_MS)
        self._failed_starts = 0
        self._closing = False
        self._start()

    @property
    def process_id(self) -> int:
        """The process now running, 0 where none is."""
        return self._process.processId() if self._process else 0

    def request(self, request: Mapping[str, object], deadline_ms: int = 0) -> None:
        """Send a request; its answers come through `answered`. Only when `is_ready`.

        `deadline_ms` is for the first answer alone, where it may take longer than others.
        """
        if self._process:
            self._process.write(framed(request))
        self._owes_answer = True
        self._deadline.start(deadline_ms or self._deadline_ms)

    def settle(self) -> None:
        """The last request has had all its answers."""
        self._owes_answer = False
        self._deadline.stop()

    def give_up(self, why: str) -> None:
        """Begin anew with another process: what this one says is of no use."""
        self._lose(why)

    def close(self) -> None:
        """End the process. It holds nothing that could be lost."""
        self._closing = True
        self._deadline.stop()
        self._pause.stop()
        self._let_go()

    def _start(self) -> None:
        self._received.clear()
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(lambda: self._read(process))
        process.finished.connect(lambda: self._ended(process))
        process.errorOccurred.connect(lambda error: self._failed(process, error))
        self._process = process
        self._deadline.start(self._start_ms)
        process.start(self._command[0], list(self._command[1:]))

    def _read(self, process: QProcess) -> None:
        if process is not self._process:
            return
        self._received += process.readAllStandardOutput().data()
        try:
            while process is self._process and (answer := self._next_answer()) is not None:
                self._take(answer)
        except (ValueError, RecursionError):
            self._lose(self._wording.babble)

    def _take(self, answer: Answer) -> None:
        if not self.is_ready:
            if not answer.get("ready"):
                raise ValueError
            self._deadline.stop()
            self.is_ready = True
            self.ready.emit()
            return
        self._back_off.succeed()
        self._failed_starts = 0
        if self._owes_answer:
            self._deadline.start(self._deadline_ms)
        self.answered.emit(answer)

    def _next_answer(self) -> Answer | None:
        """The next frame that is whole. Raises ValueError where what was received is none."""
        if len(self._received) < LENGTH_BYTES:
            return None
        length = int.from_bytes(self._received[:LENGTH_BYTES], "big")
        if length > _LONGEST_ANSWER:
            raise ValueError
        end = LENGTH_BYTES + length
        if len(self._received) < end:
            return None
        payload = bytes(self._received[LENGTH_BYTES:end])
        del self._received[:end]
        answer = json.loads(payload)
        if not isinstance(answer, dict):
            raise ValueError  # noqa: TRY004  # to the caller it is as good as no JSON
        return answer

    def _failed(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._ended(process)

    def _ended(self, process: QProcess) -> None:
        if process is self._process:  # one that was let go ends in its own time
            self._lose(self._wording.end)

    def _lose(self, why: str) -> None:
        """Let the process go, say so where that is felt, and start another."""
        if self._closing:
            return
        was_owing, was_ready = self._owes_answer, self.is_ready
        self.settle()
        self._let_go()
        self._failed_starts += not was_ready
        if self._failed_starts == _STARTS_BEFORE_COMPLAINT:
            self.lost.emit(self._wording.no_start)
        elif was_owing:
            self.lost.emit(why)
        if not self._closing:  # whoever was told may have closed it
            self._pause.start(self._back_off.fail())

    def _let_go(self) -> None:
        process, self._process = self._process, None
        self.is_ready = False
        if process is None:
            return
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
            return
        # It may outlive this object by the moment that the system takes to end it, but not the program.
        process.setParent(QCoreApplication.instance())
        process.finished.connect(process.deleteLater)
        process.kill()
