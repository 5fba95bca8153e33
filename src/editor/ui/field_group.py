"""The head of a group: a map or a list of other than texts, whose values are the rows below it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from editor.ui import theme
from editor.ui.form_fields import FormField


class GroupHead(QWidget):
    """Says how much is in the group, and adds to it."""

    edited = Signal(str)
    left = Signal()
    added_to = Signal()
    shown_in_text = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add = self._button("Add value", self.added_to.emit)
        self._show = self._button("Show in text", self.shown_in_text.emit)
        self._count = QLabel(self)
        self._count.setProperty("class", "quiet")
        self.setFocusProxy(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.setMinimumHeight(theme.worn().spacing.control)
        row.setSpacing(theme.worn().spacing.small)
        row.addWidget(self._count)
        row.addWidget(self._add)
        row.addWidget(self._show)
        row.addStretch()

    def _button(self, title: str, slot: object) -> QToolButton:
        button = QToolButton(self)
        button.setText(title)
        button.setProperty("class", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(slot)
        return button

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at."""
        return (self._show,) if self._add.isHidden() else (self._add,)

    def show_field(self, field: FormField, *, read_only: bool) -> None:
        """Show how many values it has; those of a list of maps are added in the text."""
        self._count.setText("1 value" if field.group_size == 1 else f"{field.group_size} values")
        can_add = not read_only and field.is_map
        self._add.setVisible(can_add)
        self._show.setVisible(not can_add)
        self.setFocusProxy(self.tab_stops[0])
