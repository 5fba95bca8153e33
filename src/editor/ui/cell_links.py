"""The links in a view's cells: Ctrl and a click open one, and the pointer over one says where it leads."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip

from editor.ui.cell_painting import CellPainter
from editor.ui.outside_links import outside_link
from editor.ui.tooltips import plain_tip


class CellLinks(QObject):
    """Watches a view whose delegate is a `CellPainter`."""

    activated = Signal(str)
    """An address that may be opened."""

    def __init__(self, view: QAbstractItemView, painter: CellPainter) -> None:
        super().__init__(view)
        self._view = view
        self._painter = painter
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and (address := self._at(event.pos())):
            QToolTip.showText(event.globalPos(), plain_tip(f"{address}\nCtrl+click opens it."), self._view)
            return True
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        return super().eventFilter(watched, event)

    def _mouse(self, event: QMouseEvent) -> bool:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        address = self._at(event.position().toPoint()) if held else ""
        pressed = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        if event.type() == QEvent.Type.MouseMove:
            shape = Qt.CursorShape.PointingHandCursor if address else Qt.CursorShape.ArrowCursor
            self._view.viewport().setCursor(shape)
        if not (address and pressed and event.button() == Qt.MouseButton.LeftButton):
            return False
        # Neither press nor release reaches the view, which would take them for a change of the selection.
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.activated.emit(address)
        return True

    def _at(self, place: QPoint) -> str:
        """The address that may be opened at a place of the viewport, "" where there is none."""
        index = self._view.indexAt(place)
        if not index.isValid():
            return ""
        option = QStyleOptionViewItem()
        self._view.initViewItemOption(option)
        option.rect = self._view.visualRect(index)
        address = self._painter.link_at(option, index, QPointF(place))
        return address if outside_link(address) else ""
