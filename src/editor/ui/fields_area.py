"""The part of the form that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

_LEAST, _MOST = 180, 460
"""Pixels that the fields may always take, and never more than."""
_SHARE_OF_WINDOW = 0.32


class FieldsArea(QScrollArea):
    """As high as its fields, up to a limit beyond which they scroll."""

    def __init__(self, fields: QVBoxLayout) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setLayout(fields)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)  # which setWidget has switched on
        self._inside.installEventFilter(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notes and chips that come and go, or need another line, change the height that is wanted."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        inside = self._inside.sizeHint()
        width = self.viewport().width()
        layout = self._inside.layout()
        height = layout.heightForWidth(width) if layout and layout.hasHeightForWidth() else inside.height()
        return QSize(inside.width(), min(height, self._most_height))

    @property
    def _most_height(self) -> int:
        return min(max(int(self.window().height() * _SHARE_OF_WINDOW), _LEAST), _MOST)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), min(self.sizeHint().height(), _LEAST // 3))

    def show_end(self) -> None:
        """Scroll to the last row, once the layout knows of it."""
        self._inside.adjustSize()
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def show_row(self, row: QWidget) -> None:
        """Scroll until a row can be seen."""
        self.ensureWidgetVisible(row, 0, 0)
