"""Yes or no, in the words that the value has."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from editor.core.field_kinds import opposite
from editor.ui import theme
from editor.ui.field_editor import leaves
from editor.ui.form_fields import FormField

_YES = frozenset({"true", "yes", "on", "y"})


class YesNoEditor(QWidget):
    """A box to tick with the word beside it that the file has; another word of the same writing takes its place."""

    edited = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = ""
        self._box = _Box(self)
        self._box.clicked.connect(self._switch)
        self._box.left.connect(self.left)
        self.setFocusProxy(self._box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.setMinimumHeight(theme.worn().spacing.control)
        row.addWidget(self._box)
        row.addStretch()

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at."""
        return (self._box,)

    def show_field(self, field: FormField, *, read_only: bool) -> None:
        """Show a word that means yes or no."""
        self._word = field.text
        self._box.setText(field.text)
        self._box.setChecked(field.text.lower() in _YES)
        self._box.setEnabled(not read_only)

    def _switch(self) -> None:
        """Each switch is a step of its own."""
        self.left.emit()
        self.edited.emit(opposite(self._word))
        self.left.emit()


class _Box(QCheckBox):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves(event):
            self.left.emit()
