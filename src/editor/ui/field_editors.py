"""The widgets in which a front matter field is edited: a line, a few lines, or its value where that is locked.

Each shows a field's value (`show_value`) and tells what the writer does: each key (`edited`), and leaving it (`left`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QFocusEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from editor.core.front_matter import FieldKind
from editor.core.lines import utf16_length
from editor.core.text_edit import smallest_edit
from editor.ui import theme
from editor.ui.calendar_popup import CalendarPopup
from editor.ui.field_values import LINE_BREAKS, can_open, read_date, with_date
from editor.ui.tooltips import plain_tip
from editor.ui.undo_keys import leave_to_window, plain_context_menu

_LONG_TEXT_LINES = 3
_REASON_WIDTH = 180
"""Pixels for why a value is locked, which leave room for the value in a narrow form."""
# The focus comes back from these: the field has not been left.
_PASSING_REASONS = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


def mark(widget: QWidget, sentence: str) -> None:
    """Mark a widget's value as refused or doubtful and say why; an empty sentence takes the mark away."""
    widget.setToolTip(plain_tip(sentence))
    widget.setAccessibleDescription(sentence)
    if bool(widget.property("invalid")) != bool(sentence):
        widget.setProperty("invalid", bool(sentence))
        theme.restyle(widget)


class _LeaveFilesToWindow(QObject):
    """A file dragged over a field is for the window to open; text and links are for the field."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class LineEditor(QLineEdit):
    """A value in one line; a date has a calendar (Alt+Down), an address can be opened (Ctrl+Return)."""

    edited = Signal(str)
    left = Signal()
    link_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calendar = self._button("chevron-down", "Choose the day", "Alt+Down", self._open_calendar)
        self._link = self._button("chevron-right", "Open this address", "Ctrl+Return", self._open_link)
        leave_to_window(self)
        plain_context_menu(self)
        self.installEventFilter(_LeaveFilesToWindow(self))
        self.textEdited.connect(self._take)

    def _button(self, icon: str, title: str, shortcut: str, slot: Callable[[], None]) -> QAction:
        action = QAction(theme.icon(icon, "muted"), title, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setToolTip(f"{title} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        action.triggered.connect(slot)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        return action

    @property
    def value(self) -> str:
        """What the field reads now."""
        return self.text()

    def show_value(self, value: str, kind: FieldKind) -> None:
        """Show a value; the caret and the selection stay in the text that they were in."""
        if value != self.text():
            anchor, caret = (_moved(unit, self.text(), value) for unit in (self._anchor(), self.cursorPosition()))
            focused = self.window().focusWidget() is self
            self.setText(value)
            if focused:
                self.setSelection(anchor, caret - anchor)
            else:
                self.setCursorPosition(0)  # so that the beginning of a long value is what is seen
        self._calendar.setVisible(kind is FieldKind.DATE and not self.isReadOnly())
        self._link.setVisible(kind is FieldKind.URL and can_open(value))

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read and copied only, or be edited again."""
        if read_only is not self.isReadOnly():
            self.setReadOnly(read_only)
            theme.restyle(self)

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

    def _open_link(self) -> None:
        self.link_activated.emit(self.text())

    def _open_calendar(self) -> None:
        read = read_date(self.text())
        calendar = CalendarPopup(read[0] if read else QDate.currentDate(), self)
        calendar.chosen.connect(self._choose)
        calendar.open_at(self)

    def _choose(self, date: QDate) -> None:
        """A day chosen is a step of its own, apart from what was typed before and after."""
        self.left.emit()
        self.setText(with_date(self.text(), date))
        self.edited.emit(self.text())
        self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING_REASONS:
            self.left.emit()


class LongTextEditor(QPlainTextEdit):
    """A value of several lines; Tab goes to the next field.

    The line endings after the last line (a YAML block has one) are kept and not shown.
    """

    edited = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = False
        self._told = ""
        self._endings = ""
        self.setProperty("class", "field")
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        margins = 2 * int(self.document().documentMargin()) + theme.worn().spacing.small
        self.setFixedHeight(_LONG_TEXT_LINES * self.fontMetrics().lineSpacing() + margins)
        leave_to_window(self)
        plain_context_menu(self)
        self.viewport().installEventFilter(_LeaveFilesToWindow(self))
        self.textChanged.connect(self._take)

    @property
    def value(self) -> str:
        """What the field reads now."""
        text = self._text()
        return text + self._endings if text else ""

    def _text(self) -> str:
        """What is shown; `toPlainText` would make blanks of no-break spaces."""
        return self.document().toRawText().replace("\u2029", "\n")

    def show_value(self, value: str, kind: FieldKind) -> None:
        """Show a value; the caret and the selection stay in the text that they were in."""
        if value == self.value:
            return
        text = value.rstrip("\n")
        edit = smallest_edit(self._text(), text)
        self._endings = value[len(text) :]
        self._showing = True
        if edit:
            cursor = QTextCursor(self.document())
            cursor.setPosition(utf16_length(self._text()[: edit.end]))
            cursor.setPosition(utf16_length(text[: edit.start]), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(edit.text)
        self._showing = False
        self._told = value

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read and copied only, or be edited again."""
        self.setReadOnly(read_only)

    def _take(self) -> None:
        # An input method's preedit and highlighting also say that the text changed.
        if not self._showing and self.value != self._told:
            self._told = self.value
            self.edited.emit(self._told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not self.isReadOnly():
            self.textCursor().insertBlock()  # Qt would insert U+2028
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        mime = QMimeData()
        mime.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return mime

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(LINE_BREAKS.sub("\n", source.text()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING_REASONS:
            self.left.emit()


class LockedValue(QWidget):
    """A value that can only be read here, why that is, and the way to where it can be edited."""

    shown_in_text = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = ""
        self._value = QLineEdit(self)
        self._value.setReadOnly(True)
        self._reason = QLabel(self)
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self._reason.setProperty("class", "quiet")
        link = QToolButton(self)
        link.setText("Show in text")
        link.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tab_stops: tuple[QWidget, ...] = (self._value, link)
        link.clicked.connect(self.shown_in_text)
        leave_to_window(self._value)
        plain_context_menu(self._value)
        self.setFocusProxy(self._value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.worn().spacing.small)
        row.addWidget(self._value, 1)
        row.addWidget(self._reason)
        row.addWidget(link)

    def show_locked(self, value: str, reason: str) -> None:
        """Show a value in one line and why it is locked, where that needs saying."""
        self.value = value
        if value != self._value.text():
            self._value.setText(value)
            self._value.setCursorPosition(0)
        # The button beside it says the rest of the sentence.
        brief = reason.removesuffix(" Edit it in the text.")
        self._reason.setText(self.fontMetrics().elidedText(brief, Qt.TextElideMode.ElideRight, _REASON_WIDTH))
        self._reason.setVisible(bool(reason))
        for widget in (self._value, self._reason):
            widget.setToolTip(plain_tip(reason))
        self._value.setAccessibleDescription(reason)


def _moved(unit: int, old: str, new: str) -> int:
    """Where the place at a UTF-16 unit of `old` is found in `new`."""
    edit = smallest_edit(old, new)
    if not edit:
        return unit
    start, end = utf16_length(old[: edit.start]), utf16_length(old[: edit.end])
    if unit >= end:
        return unit + utf16_length(edit.text) - (end - start)
    return min(unit, start + utf16_length(edit.text))
