"""The label of a field, in which its name can be changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from editor.ui import theme
from editor.ui.field_editor import leaves
from editor.ui.field_values import label_of
from editor.ui.form_fields import FormField
from editor.ui.tooltips import plain_tip
from editor.ui.undo_keys import leave_to_window, plain_context_menu

_MOST_LABEL_WIDTH = 150


class FieldLabel(QLabel):
    """Says what the field is called, in words; a double click or F2 in its row lets its name be typed as it is."""

    renamed = Signal(str)

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = field.key
        self._can_rename = isinstance(field.place[-1], str) and field.is_there
        self._line: _NameLine | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("class", "field")
        shown = self.fontMetrics().elidedText(label_of(field.key), Qt.TextElideMode.ElideRight, _MOST_LABEL_WIDTH)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(plain_tip(field.key))
        self.setMinimumHeight(theme.worn().spacing.control)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.wanted_width = self.sizeHint().width()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.begin_renaming()

    def begin_renaming(self) -> None:
        """Let the name be typed; Return or leaving it takes it, Escape does not."""
        if self._line or not self._can_rename or not self.isEnabled():
            return
        self._line = _NameLine(self._key, self)
        self._line.done.connect(self._end)
        self._line.setGeometry(self.rect())
        self._line.show()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.selectAll()

    def _end(self, name: str) -> None:
        line, self._line = self._line, None
        if not line:
            return
        had_focus = line.hasFocus()
        if had_focus and (buddy := self.buddy()):
            buddy.setFocus(Qt.FocusReason.OtherFocusReason)
        line.hide()
        line.deleteLater()
        if name.strip() and name != self._key:
            self.renamed.emit(name.strip())


class _NameLine(QLineEdit):
    done = Signal(str)

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(key, parent)
        self._key = key
        self.setProperty("class", "name")
        self.setAccessibleName(f"New name of {key}")
        leave_to_window(self)
        plain_context_menu(self)
        self.returnPressed.connect(lambda: self.done.emit(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.done.emit(self._key)
        else:
            super().keyPressEvent(event)
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves(event):
            self.done.emit(self.text())
