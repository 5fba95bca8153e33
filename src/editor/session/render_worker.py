"""The render worker's process, as seen from the window: requests in, answers out, killed when it takes too long."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

Answer = dict[str, object]

DEADLINE_MS = 4000
"""How long the worker may be silent while it owes an answer."""
_LENGTH_BYTES = 4
_MOST_STARTS = 3
_START_MS = 20_000


class RenderWorker(QObject):
    """Runs `editor.rendering.worker` (its frames are described there) and starts it anew when it ends or hangs."""

    ready = Signal()
    """The process takes requests: after the start, and again after each that followed a failure."""
    answered = Signal(dict)
    """One answer, as the worker sent it."""
    lost = Signal(str)
    """The process ended or was killed with an answer owed; the sentence says which.

    `ready` follows, unless it could not even be started a few times."""

    def __init__(self, parent: QObject | None = None, deadline_ms: int = DEADLINE_MS) -> None:
        super().__init__(parent)
        self.is_ready = False
        self._owes_answer = False
        self._received = bytearray()
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._failed)
        self._deadline_ms = deadline_ms
        self._deadline = QTimer(self, singleShot=True)
        self._deadline.timeout.connect(self._process.kill)
        self._closing = False
        self._failed_starts = 0
        self._start()

    @property
    def process_id(self) -> int:
        """The process now running, 0 where none is."""
        return self._process.processId()

    def request(self, request: Mapping[str, object]) -> None:
        """Send a request; its answers come through `answered`. Only when `is_ready`."""
        payload = json.dumps(request, ensure_ascii=False).encode("utf-8", "surrogatepass")
        self._process.write(len(payload).to_bytes(_LENGTH_BYTES, "big") + payload)
        self._owes_answer = True
        self._deadline.start(self._deadline_ms)

    def settle(self) -> None:
        """The last request has had all its answers."""
        self._owes_answer = False
        self._deadline.stop()

    def close(self) -> None:
        """End the process; it stops by itself at the end of its input, and is killed where it does not."""
        self._closing = True
        self._deadline.stop()
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(200):
            self._process.kill()
            self._process.waitForFinished(1000)

    def _start(self) -> None:
        self._received.clear()
        self._deadline.start(max(self._deadline_ms, _START_MS))
        # -P: an article's folder, which may be the working one, must not lend the process its modules.
        self._process.start(sys.executable, ["-P", "-m", "editor.rendering.worker"])

    def _read(self) -> None:
        self._received += self._process.readAllStandardOutput().data()
        while (answer := self._next_answer()) is not None:
            if answer.get("ready"):
                self._deadline.stop()
                self.is_ready = True
                self._failed_starts = 0
                self.ready.emit()
                continue
            if self._owes_answer:
                self._deadline.start(self._deadline_ms)
            self.answered.emit(answer)

    def _next_answer(self) -> Answer | None:
        if len(self._received) < _LENGTH_BYTES:
            return None
        end = _LENGTH_BYTES + int.from_bytes(self._received[:_LENGTH_BYTES], "big")
        if len(self._received) < end:
            return None
        payload = bytes(self._received[_LENGTH_BYTES:end])
        del self._received[:end]
        answer: Answer = json.loads(payload)
        return answer

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._ended()

    def _ended(self) -> None:
        was_ready, self.is_ready = self.is_ready, False
        if self._closing:
            return
        hung = self._owes_answer and not self._deadline.isActive()
        self.settle()
        self._failed_starts += not was_ready
        if self._failed_starts >= _MOST_STARTS:
            # It cannot even start: asking again and again would only burn the machine.
            self.lost.emit("The preview could not be started.")
            return
        self.lost.emit("A part took too long to render." if hung else "The preview's process ended.")
        if not self._closing:  # whoever was told may have closed it
            self._start()
