"""A header whose sections are dragged to another place: it says where to, and moves none itself."""

from __future__ import annotations

from itertools import product

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QCursor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QStyle, QTableView, QWidget

from editor.ui import theme

_EDGE_MS = 40
_EDGE_STEP = 16
_LINE = 2
_DOT = 2


class DraggedHeader(QHeaderView):
    """Sections are clicked as ever. Qt's own dragging would show an order that the text does not have."""

    dropped = Signal(int, int)
    """A section was dragged to before that section, both from 0; the number of sections for behind the last."""

    def __init__(self, orientation: Qt.Orientation, table: QTableView) -> None:
        super().__init__(orientation, table)
        self._table = table
        self._begun: QPoint | None = None
        self._is_dragging = False
        self._dragged = -1
        self._line = _DropLine(table)
        self._at_edge = QTimer(self, interval=_EDGE_MS)
        self._at_edge.timeout.connect(self._scroll)
        self._pointer = QPoint()
        self.setSectionsClickable(True)
        self._let_go()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        section = self.logicalIndexAt(place)
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and section >= 0 and not self._is_handle(place):
            self._begun, self._dragged = place, section
            if self._is_chosen(section):
                # What is chosen stays so until it is known whether all of it is dragged.
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._begun is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        far = (place - self._begun).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._is_dragging:
            self._is_dragging = True
            self._at_edge.start()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._is_dragging:
            self._pointer = place
            self._show_line()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        begun, dragging, section = self._begun, self._is_dragging, self._dragged
        to = self._boundary() if dragging else -1
        self._end()
        if begun is not None and not dragging and self._is_chosen(section):
            super().mousePressEvent(event)
        super().mouseReleaseEvent(event)
        if dragging:
            self.dropped.emit(section, to)

    def cancel(self) -> bool:
        """Let what is being dragged stay where it is; False where nothing is."""
        was_dragging = self._is_dragging
        self._end()
        return was_dragging

    def _end(self) -> None:
        self._begun, self._is_dragging = None, False
        self._at_edge.stop()
        self._line.hide()
        self._let_go()

    def _let_go(self) -> None:
        """Only a gutter has no other sign that it can be taken hold of."""
        if self.orientation() is Qt.Orientation.Vertical:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.viewport().unsetCursor()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        if self.orientation() is Qt.Orientation.Vertical and self._is_pointed_at(rect):
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.worn().palette.edge))
            for across, down in product((-_DOT, _DOT), (-2 * _DOT, 0, 2 * _DOT)):
                painter.drawRect(QRect(rect.center() + QPoint(across, down), QSize(_DOT // 2 + 1, _DOT // 2 + 1)))
            painter.restore()

    def _is_pointed_at(self, rect: QRect) -> bool:
        return self.underMouse() and rect.contains(self.viewport().mapFromGlobal(QCursor.pos()))

    def _is_chosen(self, section: int) -> bool:
        selection = self._table.selectionModel()
        root = self._table.rootIndex()
        if self.orientation() is Qt.Orientation.Vertical:
            return selection.isRowSelected(section, root)
        return selection.isColumnSelected(section, root)

    def _is_handle(self, place: QPoint) -> bool:
        """Whether a section's size is changed from here."""
        along, section = self._along(place), self.logicalIndexAt(place)
        if self.sectionResizeMode(section) is QHeaderView.ResizeMode.Fixed:
            return False
        grip = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderGripMargin, None, self)
        begin = self.sectionViewportPosition(section)
        return along < begin + grip * (section > 0) or along >= begin + self.sectionSize(section) - grip

    def _along(self, place: QPoint) -> int:
        return place.y() if self.orientation() is Qt.Orientation.Vertical else place.x()

    def _boundary(self) -> int:
        """Before which section the pointer is."""
        along = self._along(self._pointer)
        section = self.logicalIndexAt(along)
        if section < 0:
            return 0 if along < 0 else self.count()
        middle = self.sectionViewportPosition(section) + self.sectionSize(section) / 2
        return section + (along > middle)

    def _show_line(self) -> None:
        boundary = self._boundary()
        last = self.count() - 1
        if boundary <= last:
            along = self.sectionViewportPosition(boundary)
        else:
            along = self.sectionViewportPosition(last) + self.sectionSize(last)
        self._line.lie(self.geometry(), along, self.orientation())

    def _scroll(self) -> None:
        """Go on scrolling while the pointer is beyond an edge."""
        along = self._along(self._pointer)
        is_vertical = self.orientation() is Qt.Orientation.Vertical
        bar = self._table.verticalScrollBar() if is_vertical else self._table.horizontalScrollBar()
        length = self.height() if is_vertical else self.width()
        step = _EDGE_STEP * ((along > length) - (along < 0))
        if step:
            bar.setValue(bar.value() + step)
            self._show_line()


class _DropLine(QWidget):
    """Shows across the table where what is dragged would come."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def lie(self, header: QRect, along: int, orientation: Qt.Orientation) -> None:
        table = self._table
        if orientation is Qt.Orientation.Vertical:
            place = QRect(header.left(), header.top() + along - _LINE // 2, table.width(), _LINE)
        else:
            place = QRect(header.left() + along - _LINE // 2, header.top(), _LINE, table.height())
        self.setGeometry(place)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme.worn().palette.accent))
