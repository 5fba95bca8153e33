"""Many signs of one thing in a short time, taken as one: programs write files in several steps."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

_QUIET_MS = 150
"""A burst is over when nothing has happened for so long ..."""
_LONGEST_MS = 1000
"""... or is taken for over all the same."""


class Burst(QObject):
    """Tells once of all the signs that come one soon after the other."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._longest = QTimer(self, singleShot=True, interval=_LONGEST_MS)
        for timer in (self._quiet, self._longest):
            timer.timeout.connect(self._end)

    def stir(self) -> None:
        """There was a sign."""
        self._quiet.start()
        if not self._longest.isActive():
            self._longest.start()

    def stop(self) -> None:
        """Forget the signs so far."""
        self._quiet.stop()
        self._longest.stop()

    def _end(self) -> None:
        self.stop()
        self.over.emit()
