"""A month in a popup, in which a day is chosen."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QWidget


class CalendarPopup(QCalendarWidget):
    """Arrows and Return or a click choose, Escape goes away; then its parent has the focus again and it is gone."""

    chosen = Signal(QDate)

    def __init__(self, day: QDate, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Calendar")
        self.setSelectedDate(day)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        # Qt paints weekends red, which here would say that something is wrong with them.
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, QTextCharFormat())
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)

    def open_at(self, widget: QWidget) -> None:
        """Open under the right end of a widget, or above it where the screen ends."""
        self.adjustSize()
        place = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height()))
        room = widget.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place.setY(widget.mapToGlobal(QPoint(0, 0)).y() - self.height())
        self.move(max(room.left(), place.x()), max(room.top(), place.y()))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        # Not every window system gives the focus back when a popup closes.
        if field := self.parentWidget():
            field.activateWindow()
            field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, date: QDate) -> None:
        # A double click says both `clicked` and `activated`.
        if self.isVisible():
            self.close()
            self.chosen.emit(date)
