"""A value in one line: text, a number, an address, a day, or one of a few choices that can also be typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from editor.core.field_kinds import FieldKind
from editor.core.lines import utf16_length
from editor.core.written_days import ISO, Clock, WrittenDay, read_day
from editor.ui import theme
from editor.ui.dates import today
from editor.ui.day_popup import DayPopup
from editor.ui.field_editor import LeaveFilesToWindow, leaves, place_in
from editor.ui.field_keys import CHOOSE, OPEN_LINK
from editor.ui.field_values import LINE_BREAKS, can_open, stepped
from editor.ui.form_fields import FormField
from editor.ui.undo_keys import leave_to_window, plain_context_menu

_DAYS = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}


class LineEditor(QLineEdit):
    """A day has a calendar and a choice its list (Alt+Down), an address can be opened (Ctrl+Return or Ctrl and click).

    Up and Down make a number larger and smaller.
    """

    edited = Signal(str)
    left = Signal()
    link_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: FormField | None = None
        self._offer: QAction | None = None
        self._link: QAction | None = None
        leave_to_window(self)
        plain_context_menu(self)
        self.setMouseTracking(True)
        self.installEventFilter(LeaveFilesToWindow(self))
        self.textEdited.connect(self._take)

    def _button(self, icon: str, what: tuple[str, str], slot: Callable[[], None]) -> QAction:
        title, shortcut = what
        action = QAction(theme.icon(icon, "muted"), title, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setToolTip(f"{title} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        action.triggered.connect(slot)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        return action

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at."""
        return (self,)

    def show_field(self, field: FormField, *, read_only: bool) -> None:
        """Show a value; the caret and the selection stay in the text that they were in."""
        self._field = field
        if read_only is not self.isReadOnly():
            self.setReadOnly(read_only)
            theme.restyle(self)
        if field.text != self.text():
            self._exchange(field.text)
        self._show_offer((field.kind in _DAYS or bool(field.choices)) and not read_only)
        self._show_link(field.kind is FieldKind.URL and can_open(field.text))
        self.setPlaceholderText("" if field.is_there else "Required")

    def _show_offer(self, is_shown: bool) -> None:
        if is_shown and not self._offer:
            self._offer = self._button("chevron-down", CHOOSE, self._open_offer)
        if self._offer:
            self._offer.setVisible(is_shown)

    def _show_link(self, is_shown: bool) -> None:
        if is_shown and not self._link:
            self._link = self._button("open-link", OPEN_LINK, self._open_link)
        if self._link:
            self._link.setVisible(is_shown)

    def _exchange(self, text: str) -> None:
        anchor, caret = (place_in(unit, self.text(), text) for unit in (self._anchor(), self.cursorPosition()))
        self.setText(text)
        if self.window().focusWidget() is self:
            self.setSelection(anchor, caret - anchor)
        else:
            self.setCursorPosition(0)  # so that the beginning of a long value is what is seen

    def _anchor(self) -> int:
        """The end of the selection that the caret is not at, in UTF-16 units."""
        if not self.hasSelectedText():
            return self.cursorPosition()
        return self.selectionStart() + self.selectionEnd() - self.cursorPosition()

    def _take(self, text: str) -> None:
        """Paste may bring line breaks, which a value in one line does not have."""
        if LINE_BREAKS.search(text):
            after_caret = utf16_length(text) - self.cursorPosition()
            self.setText(LINE_BREAKS.sub(" ", text))
            self.setCursorPosition(utf16_length(self.text()) - after_caret)
        self.edited.emit(self.text())

    def _put(self, text: str) -> None:
        """What is chosen is a step of its own, apart from what was typed before and after."""
        self.left.emit()
        self.setText(text)
        self.edited.emit(text)
        self.left.emit()

    # Days and choices

    def _open_offer(self) -> None:
        if self._field and self._field.kind in _DAYS:
            self._open_calendar()
        elif self._field:
            self._open_choices(self._field.choices)

    def _written(self) -> WrittenDay:
        """The day in the field; today in the folder's style where it holds none, and in ISO 8601's at last."""
        day_first, like = (self._field.day_first, self._field.day_like) if self._field else (None, "")
        return read_day(self.text(), day_first=day_first) or (read_day(like) or ISO).on(today())

    def _open_calendar(self) -> None:
        written = self._written()
        popup = DayPopup(_date(written), _time(written.clock), written.clock.zone if written.clock else "", self)
        popup.chosen.connect(self._choose_day)
        popup.open_at(self)

    def _choose_day(self, date: QDate, time: QTime, zone: str) -> None:
        written = self._written().on(dt.date(date.year(), date.month(), date.day()))
        self._put(str(written.at(dt.time(time.hour(), time.minute(), time.second()), zone)))

    def _open_choices(self, choices: tuple[str, ...]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setMinimumWidth(self.width())
        for choice in choices:
            action = menu.addAction(choice.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, choice=choice: self._put(choice))
            if choice == self.text():
                menu.setActiveAction(action)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    # Addresses and numbers

    def _open_link(self) -> None:
        self.link_activated.emit(self.text())

    def _is_on_link(self, event: QMouseEvent) -> bool:
        return (
            self._link is not None
            and self._link.isVisible()
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self._is_on_link(event):
            self._open_link()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        shape = Qt.CursorShape.PointingHandCursor if self._is_on_link(event) else Qt.CursorShape.IBeamCursor
        self.setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_number = self._field is not None and self._field.kind is FieldKind.NUMBER and not self.isReadOnly()
        step = _STEPS.get(Qt.Key(event.key())) if is_number and not event.modifiers() else None
        number = stepped(self.text(), step) if step else None
        if number is None:
            super().keyPressEvent(event)
            return
        self.setText(number)
        self.edited.emit(number)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves(event):
            self.left.emit()


def _date(written: WrittenDay) -> QDate:
    return QDate(written.day.year, written.day.month, written.day.day)


def _time(clock: Clock | None) -> QTime | None:
    return QTime(clock.time.hour, clock.time.minute, clock.time.second) if clock else None
