"""A value of several lines, or one too long for a line."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from editor.core.lines import utf16_length
from editor.core.text_edit import smallest_edit
from editor.ui import theme
from editor.ui.field_editor import LeaveFilesToWindow, leaves
from editor.ui.field_values import LINE_BREAKS
from editor.ui.form_fields import FormField
from editor.ui.undo_keys import leave_to_window, plain_context_menu

_FEWEST_LINES, _MOST_LINES = 2, 6


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
        self._fit_height()
        leave_to_window(self)
        plain_context_menu(self)
        self.viewport().installEventFilter(LeaveFilesToWindow(self))
        self.textChanged.connect(self._take)

    def _fit_height(self) -> None:
        """As high as the lines are that the text takes, within bounds."""
        lines = min(max(int(self.document().size().height()), _FEWEST_LINES), _MOST_LINES)
        margins = 2 * int(self.document().documentMargin()) + theme.worn().spacing.medium
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + margins)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    @property
    def value(self) -> str:
        """What the field reads now."""
        text = self._text()
        return text + self._endings if text else ""

    def _text(self) -> str:
        """What is shown; `toPlainText` would make blanks of no-break spaces."""
        return self.document().toRawText().replace("\u2029", "\n")

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at."""
        return (self,)

    def show_field(self, field: FormField, *, read_only: bool) -> None:
        """Show a value; the caret and the selection stay in the text that they were in."""
        self.setReadOnly(read_only)
        self.setPlaceholderText("" if field.is_there else "Required")
        if field.text != self.value:
            self._exchange(field.text)

    def _exchange(self, value: str) -> None:
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

    def _take(self) -> None:
        self._fit_height()
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
        if leaves(event):
            self.left.emit()
