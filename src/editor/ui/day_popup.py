"""A month in a popup, in which a day is chosen, and below it the time of day and the zone where there is one."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPoint, Qt, QTime, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QFrame, QHBoxLayout, QLabel, QTimeEdit, QVBoxLayout, QWidget

from editor.ui import theme

_NO_ZONE = "No zone"
_ZONES = (
    "Z",
    *(f"{sign}{hour:02}:00" for sign, hours in (("-", range(12, 0, -1)), ("+", range(15))) for hour in hours),
)


class DayPopup(QFrame):
    """Arrows and Return or a click choose, Escape goes away; then its parent has the focus again and it is gone."""

    chosen = Signal(QDate, QTime, str)
    """The day, the time of day (midnight where none is asked for) and its zone."""

    def __init__(self, day: QDate, time: QTime | None, zone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("class", "popup")
        self.calendar = QCalendarWidget(self)
        self.calendar.setAccessibleName("Calendar")
        self.calendar.setSelectedDate(day)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        # Qt paints weekends red, which here would say that something is wrong with them.
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, QTextCharFormat())
        self.calendar.activated.connect(self._choose)
        self.calendar.clicked.connect(self._choose)
        self._time = QTimeEdit(time or QTime(0, 0), self)
        self._zone = QComboBox(self)
        self._lay_out(has_time=time is not None, zone=zone)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(key), self).activated.connect(self._choose)

    def _lay_out(self, *, has_time: bool, zone: str) -> None:
        space = theme.worn().spacing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.calendar)
        row = QHBoxLayout()
        row.setContentsMargins(space.small, space.small, space.small, space.small)
        row.setSpacing(space.small)
        self._time.setDisplayFormat("HH:mm:ss" if self._time.time().second() else "HH:mm")
        self._time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._time.setAccessibleName("Time of day")
        self._zone.setAccessibleName("Time zone")
        self._zone.addItems(list(dict.fromkeys(each for each in (zone, *_ZONES) if each)))
        self._zone.insertItem(0, _NO_ZONE)
        self._zone.setCurrentText(zone or _NO_ZONE)
        # A zone goes behind the time that it is of: one that the writing has no room for is typed in the field.
        self._zone.setEnabled(bool(zone))
        for widget in (QLabel("Time", self), self._time, self._zone):
            widget.setVisible(has_time)
            row.addWidget(widget)
        if has_time:
            column.addLayout(row)

    def open_at(self, widget: QWidget) -> None:
        """Open under the right end of a widget, or above it where the screen ends."""
        self.adjustSize()
        place = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height()))
        room = widget.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place.setY(widget.mapToGlobal(QPoint(0, 0)).y() - self.height())
        self.move(max(room.left(), place.x()), max(room.top(), place.y()))
        self.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        # Not every window system gives the focus back when a popup closes.
        if field := self.parentWidget():
            field.activateWindow()
            field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, day: QDate | None = None) -> None:
        # A double click says both `clicked` and `activated`.
        if not self.isVisible():
            return
        self.close()
        zone = self._zone.currentText()
        self.chosen.emit(day or self.calendar.selectedDate(), self._time.time(), "" if zone == _NO_ZONE else zone)
