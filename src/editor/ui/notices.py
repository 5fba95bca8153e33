"""The quiet place for what the writer should know: lines above the text that block nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from editor.core.problems import Severity
from editor.ui import theme

Choice = tuple[str, Callable[[], object]]
"""A button's title and what it does."""
_MOST = 4
_WEIGHT = {Severity.HINT: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class NoticeBar(QWidget):
    """Notices by key: a new one takes the place of the one with its key, `clear` takes it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: dict[str, _NoticeLine] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.hide()

    def show_notice(
        self, key: str, message: str, severity: Severity = Severity.WARNING, choices: Sequence[Choice] = ()
    ) -> None:
        """Say something until it is cleared or dismissed; choosing a button dismisses it as well."""
        self.clear(key)
        if len(self._notices) >= _MOST:
            self.clear(min(self._notices, key=lambda each: _WEIGHT[self._notices[each].severity]))
        line = _NoticeLine(message, severity, choices, lambda: self.clear(key))
        self._notices[key] = line
        self._layout.addWidget(line)
        self.show()

    def clear(self, key: str) -> None:
        """Take a notice away, if it is there."""
        line = self._notices.pop(key, None)
        if line:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.setVisible(bool(self._notices))

    @property
    def messages(self) -> tuple[str, ...]:
        """What is being said, oldest first."""
        return tuple(line.message for line in self._notices.values())


class _NoticeLine(QFrame):
    def __init__(
        self, message: str, severity: Severity, choices: Sequence[Choice], dismiss: Callable[[], object]
    ) -> None:
        super().__init__()
        self.message = message
        self.severity = severity
        self.setProperty("class", "notice")
        self.setProperty("severity", severity.value)
        spacing = theme.worn().spacing
        layout = QHBoxLayout(self)
        layout.setContentsMargins(spacing.large, spacing.tiny, spacing.small, spacing.tiny)
        text = QLabel(message)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setAccessibleName(message)
        layout.addWidget(text, 1)
        for title, act in choices:
            button = QPushButton(title)
            button.clicked.connect(lambda _checked=False, act=act: (dismiss(), act()))
            layout.addWidget(button)
        close = QToolButton()
        close.setProperty("class", "quiet")
        close.setIcon(theme.icon("close"))
        close.setToolTip("Dismiss")
        close.setAccessibleName("Dismiss notice")
        close.clicked.connect(dismiss)
        layout.addWidget(close)
