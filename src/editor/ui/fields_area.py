"""The part of the form that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from editor.ui.pane_place import most_height_of_rows

_LEAST_HEIGHT = 60


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
        return QSize(inside.width(), min(height, most_height_of_rows(self.window())))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), min(self.sizeHint().height(), _LEAST_HEIGHT))

    def show_end(self) -> None:
        """Scroll to the last row, once the layout knows of it."""
        self._inside.adjustSize()
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def show_row(self, row: QWidget) -> None:
        """Scroll until a row can be seen."""
        self.ensureWidgetVisible(row, 0, 0)
