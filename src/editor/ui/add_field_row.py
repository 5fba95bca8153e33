"""The row in which a field is added: its name, with suggestions, and its value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from editor.core.front_matter import Place
from editor.ui import theme
from editor.ui.field_editor import mark
from editor.ui.field_values import label_of
from editor.ui.form_additions import Suggestion
from editor.ui.suggesting import SuggestingLine, suggest
from editor.ui.undo_keys import leave_to_window, plain_context_menu

_LEAST_NAME_WIDTH = 150


class AddFieldRow(QWidget):
    """Return adds the field, Escape goes away."""

    added = Signal(str, str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place: Place = ()
        """The map that the field goes into; () for the front matter itself."""
        self._suggested: dict[str, Suggestion] = {}
        self._name = SuggestingLine(self)
        self._value = QLineEdit(self)
        self._name.setPlaceholderText("Name")
        self._value.setPlaceholderText("Value")
        for edit in (self._name, self._value):
            leave_to_window(edit)
            plain_context_menu(edit)
            edit.returnPressed.connect(self._add)
            edit.textEdited.connect(lambda _: mark(self._name, ""))
        self._name.textEdited.connect(self._fill_in)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.worn().spacing.small)
        self._row.addWidget(self._name)
        self._row.addWidget(self._value, 1)
        for icon, tip, slot in (
            ("tick", "Add this field (Return)", self._add),
            ("close", "Add no field (Escape)", self.cancelled.emit),
        ):
            button = QToolButton(self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setIcon(theme.icon(icon, "muted"))
            button.clicked.connect(slot)
            self._row.addWidget(button)

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at, in order."""
        return self._name, self._value

    def begin(self, place: Place, suggestions: Sequence[Suggestion]) -> None:
        """Show it empty, with the caret in the name and what could be added below."""
        self.place = place
        of_group = f" in {', '.join(label_of(str(part)) for part in place)}" if place else ""
        self._name.setAccessibleName(f"Name of the new field{of_group}")
        self._value.setAccessibleName(f"Value of the new field{of_group}")
        self._suggested = {each.key: each for each in suggestions}
        self._name.clear()
        self._value.clear()
        mark(self._name, "")
        suggest(self._name, [(each.key, each.why) for each in suggestions], self._take)
        self.show()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        # Once the form has made room for the row that they hang below.
        QTimer.singleShot(0, self, self._show_suggestions)

    def set_label_width(self, pixels: int) -> None:
        """Have the name under the labels of the other rows."""
        self._name.setFixedWidth(max(pixels, _LEAST_NAME_WIDTH))

    def refuse(self, sentence: str) -> None:
        """Say that the field could not be added."""
        mark(self._name, sentence)

    def _show_suggestions(self) -> None:
        completer = self._name.completer()
        if completer and self._suggested and self._name.hasFocus() and not self._name.text():
            completer.setCompletionPrefix("")
            completer.complete()

    def _take(self, key: str) -> None:
        self._name.setText(key)
        self._fill_in(key)
        self._value.setFocus(Qt.FocusReason.OtherFocusReason)
        self._value.selectAll()

    def _fill_in(self, key: str) -> None:
        """A name that is known comes with what it could begin with, which a value that was typed is not replaced by."""
        if not self._value.isModified():
            known = self._suggested.get(key.strip())
            self._value.setText(known.value if known else "")

    def _add(self) -> None:
        self.added.emit(self._name.text().strip(), self._value.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.cancelled.emit()
        elif event.key() == Qt.Key.Key_Down and self._name.hasFocus():
            self._show_suggestions()
        else:
            super().keyPressEvent(event)
