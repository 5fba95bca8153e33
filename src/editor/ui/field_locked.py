"""A value that a form cannot edit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from editor.ui import theme
from editor.ui.field_values import summary
from editor.ui.form_fields import FormField
from editor.ui.tooltips import plain_tip
from editor.ui.undo_keys import leave_to_window, plain_context_menu


class LockedValue(QWidget):
    """A value that can only be read here, and the way to where it can be edited."""

    edited = Signal(str)
    left = Signal()
    shown_in_text = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = QLineEdit(self)
        self._value.setReadOnly(True)
        link = QToolButton(self)
        link.setText("Show in text")
        link.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tab_stops = (self._value, link)
        link.clicked.connect(self.shown_in_text)
        leave_to_window(self._value)
        plain_context_menu(self._value)
        self.setFocusProxy(self._value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.worn().spacing.small)
        row.addWidget(self._value, 1)
        row.addWidget(link)

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at."""
        return self._tab_stops

    def show_field(self, field: FormField, *, read_only: bool) -> None:
        """Show a value in one line; its description says why it is locked, where the form as a whole does not."""
        value, reason = summary(field.text), "" if read_only else field.locked
        if value != self._value.text():
            self._value.setText(value)
            self._value.setCursorPosition(0)
        self._value.setToolTip(plain_tip(reason))
        self._value.setAccessibleDescription(reason)
