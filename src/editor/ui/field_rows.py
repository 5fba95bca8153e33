"""The rows of the front matter form: one a field, and one in which a field is added."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from editor.core.front_matter import Field, FieldKind
from editor.ui import theme
from editor.ui.field_editors import LineEditor, LockedValue, LongTextEditor, mark
from editor.ui.field_values import can_show, doubt, expected_kind, summary
from editor.ui.tooltips import plain_tip
from editor.ui.undo_keys import leave_to_window, plain_context_menu

_MOST_LABEL_WIDTH = 150
_LEAST_NAME_WIDTH = 110
_REMOVE_KEYS = "Ctrl+Shift+Delete"
_CANNOT_SHOW = "It holds a character that no field here can show. Edit it in the text."

Editor = LineEditor | LongTextEditor | LockedValue


def label_of(key: str) -> str:
    """How a key reads as a label: `affiliate_link` is "Affiliate link"."""
    words = key.replace("_", " ").replace("-", " ").strip() or key
    return words[:1].upper() + words[1:]


class FieldRow(QWidget):
    """A field's label, the widget that fits its value, and a button that removes it.

    A value that was refused stays in the widget, marked, until the field is left or its value changes elsewhere.
    """

    edited = Signal(str)
    left = Signal()
    remove_asked = Signal()
    link_activated = Signal(str)
    shown_in_text = Signal()

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._refused_over: str | None = None
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setProperty("class", "field")
        shown = self._label.fontMetrics().elidedText(label_of(key), Qt.TextElideMode.ElideRight, _MOST_LABEL_WIDTH)
        self._label.setText(shown.replace("&", "&&"))
        self._label.setToolTip(plain_tip(key))
        self._label.setMinimumHeight(theme.worn().spacing.control)
        self._label.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._remove = self._removing()
        self._label.addAction(self._remove)
        self._remove_button = QToolButton(self)
        self._remove_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._remove_button.setProperty("class", "quiet")
        self._remove_button.setDefaultAction(self._remove)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.worn().spacing.small)
        self._row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._remove_button, 0, Qt.AlignmentFlag.AlignTop)
        self.editor: Editor = self._put(LineEditor)

    def _removing(self) -> QAction:
        title = f"Remove the field “{self.key}”"
        action = QAction(theme.icon("close", "muted"), title.replace("&", "&&"), self)
        action.setShortcut(QKeySequence(_REMOVE_KEYS))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(plain_tip(f"{title} ({keys})"))
        action.triggered.connect(self.remove_asked)
        self.addAction(action)
        return action

    # Its width beside the other rows

    @property
    def label_width(self) -> int:
        """Pixels that the label asks for."""
        return self._label.sizeHint().width()

    def set_label_width(self, pixels: int) -> None:
        """Give the label as much room as the widest of the form asks for."""
        self._label.setFixedWidth(pixels)

    # Its value

    def show_field(self, field: Field, problem: str, read_only: bool) -> None:
        """Show a field of the article as it is now, and what is wrong with it; `read_only` where the whole form is."""
        value = summary(field.value) if not isinstance(field.value, str) else field.value
        if self._refused_over == value:
            return
        self._refused_over = None
        is_text = isinstance(field.value, str)
        of_parts = (
            "" if is_text else f"It is a {'list' if isinstance(field.value, list) else 'map'}. Edit it in the text."
        )
        locked = field.locked or of_parts or ("" if can_show(value) else _CANNOT_SHOW)
        self._fit(field.kind, value, bool(locked))
        kind = expected_kind(field)
        self._remove.setEnabled(not read_only)
        self._remove_button.setVisible(not read_only)
        if isinstance(self.editor, LockedValue):
            self.editor.show_locked(summary(value), "" if read_only else locked)
            return
        self.editor.set_read_only(read_only)
        self.editor.show_value(value, kind)
        mark(self.editor, problem or doubt(kind, value))

    def refuse(self, value: str, sentence: str) -> None:
        """Mark what was typed as refused; `value` is what the article keeps."""
        self._refused_over = value
        mark(self.editor, sentence)

    def settle(self) -> None:
        """Let the next `show_field` show the article's value over one that was refused."""
        self._refused_over = None

    def _fit(self, kind: FieldKind, value: str, locked: bool) -> None:
        """Have the widget that the value asks for; one being typed in stays as long as it can hold the value."""
        fitting: type[Editor]
        if locked:
            fitting = LockedValue
        elif "\n" in value:
            fitting = LongTextEditor
        elif self.editor.hasFocus() and not isinstance(self.editor, LockedValue):
            fitting = type(self.editor)
        else:
            fitting = LongTextEditor if kind is FieldKind.LONG_TEXT else LineEditor
        if isinstance(self.editor, fitting):
            return
        old, focused = self.editor, self.has_focus
        self.editor = self._put(fitting)
        if focused:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        old.hide()
        old.deleteLater()

    def _put(self, fitting: type[Editor]) -> Editor:
        editor = fitting(self)
        if isinstance(editor, LockedValue):
            editor.shown_in_text.connect(self.shown_in_text)
        else:
            editor.edited.connect(self.edited)
            editor.left.connect(self.left)
        if isinstance(editor, LineEditor):
            editor.link_activated.connect(self.link_activated)
        (editor.focusProxy() or editor).setAccessibleName(label_of(self.key))
        self._label.setBuddy(editor)
        self._row.insertWidget(1, editor, 1, Qt.AlignmentFlag.AlignTop)
        editor.show()
        return editor

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at, in order."""
        return self.editor.tab_stops if isinstance(self.editor, LockedValue) else (self.editor,)

    @property
    def has_focus(self) -> bool:
        """Whether the focus is in this row, or comes back to it when the window does."""
        return self.window().focusWidget() in self.tab_stops


class AddFieldRow(QWidget):
    """A name and a value to be: Return adds the field, Escape goes away."""

    added = Signal(str, str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLineEdit(self)
        self._value = QLineEdit(self)
        self._name.setPlaceholderText("Name")
        self._value.setPlaceholderText("Value")
        self._name.setAccessibleName("Name of the new field")
        self._value.setAccessibleName("Value of the new field")
        for edit in (self._name, self._value):
            leave_to_window(edit)
            plain_context_menu(edit)
            edit.returnPressed.connect(self._add)
            edit.textEdited.connect(lambda _: mark(self._name, ""))
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

    def begin(self) -> None:
        """Show it empty, with the caret in the name."""
        self._name.clear()
        self._value.clear()
        mark(self._name, "")
        self.show()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_label_width(self, pixels: int) -> None:
        """Have the name under the labels of the other rows."""
        self._name.setFixedWidth(max(pixels, _LEAST_NAME_WIDTH))

    def refuse(self, sentence: str) -> None:
        """Say that the field could not be added."""
        mark(self._name, sentence)

    def _add(self) -> None:
        self.added.emit(self._name.text().strip(), self._value.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
