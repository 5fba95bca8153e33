"""What can be done with a whole field: its keys work wherever the focus is in the row, its menu lists them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from editor.core.field_kinds import FieldKind
from editor.ui import field_keys, theme
from editor.ui.form_fields import FormField

_LONGEST_NAME = 40
_NOT_IN_A_LINE = frozenset({FieldKind.LONG_TEXT, FieldKind.YES_NO})


class RowActions:
    """The actions of one row; what they do is connected by the row."""

    def __init__(self, row: QWidget, name: str) -> None:
        self._row = row
        self.rename = self._action(*field_keys.RENAME)
        self.move_up = self._action(*field_keys.MOVE_UP, "row-up")
        self.move_down = self._action(*field_keys.MOVE_DOWN, "row-down")
        self.as_text = self._action(*field_keys.AS_TEXT)
        self.as_text.setCheckable(True)
        self.show_in_text = self._action(*field_keys.SHOW_IN_TEXT)
        remove, keys = field_keys.REMOVE
        shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        self.remove = self._action(f"{remove} “{shown}”".replace("&", "&&"), keys, "close")

    def _action(self, title: str, keys: str, icon: str = "") -> QAction:
        action = QAction(title, self._row)
        if icon:
            action.setIcon(theme.icon(icon, "muted"))
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._row.addAction(action)
        return action

    def actions(self) -> list[QAction]:
        """All of them, in the menu's order."""
        return [self.rename, self.move_up, self.move_down, self.as_text, self.show_in_text, self.remove]

    def suit(self, field: FormField, *, read_only: bool, is_text: bool) -> None:
        """Enable what makes sense for a field."""
        can_edit = field.is_there and not read_only
        self.rename.setEnabled(can_edit and isinstance(field.place[-1], str))
        self.move_up.setEnabled(can_edit and field.position > 0)
        self.move_down.setEnabled(can_edit and field.position < field.siblings - 1)
        self.as_text.setVisible(not field.locked and field.kind in _NOT_IN_A_LINE and "\n" not in field.text)
        self.as_text.setEnabled(not read_only)
        self.as_text.setChecked(is_text)
        self.show_in_text.setEnabled(field.is_there)
        self.remove.setEnabled(can_edit)

    def open_menu_below(self, button: QToolButton) -> None:
        """Open the menu of all actions."""
        menu = QMenu(self._row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions()[:-1])
        menu.addSeparator()
        menu.addAction(self.remove)
        below = QPoint(button.width() - menu.sizeHint().width(), button.height())
        menu.popup(button.mapToGlobal(below))
