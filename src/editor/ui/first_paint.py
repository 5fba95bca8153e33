"""When a window is seen for the first time: what is not needed to write in it waits until then."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_BREATH_MS = 15
"""After that, for the keys that were typed meanwhile, and for a window manager that makes the window larger."""
_LONGEST_WAIT_MS = 500
"""A window may be opened where nobody sees it."""


class FirstPaint(QObject):
    """Waits for the first paint of a window that is about to be shown."""

    came = Signal()
    """The window has been painted, or is not going to be soon."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._tell)
        self._due.start(_LONGEST_WAIT_MS)
        window.installEventFilter(self)

    def stop(self) -> None:
        """Wait no longer, and tell nothing."""
        self._window.removeEventFilter(self)
        self._due.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self._due.start(_BREATH_MS)
        return False

    def _tell(self) -> None:
        self.stop()
        self.came.emit()
