"""A list of texts as chips: each can be edited, moved and removed, and what is typed behind them is another one."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from editor.ui import field_keys, theme
from editor.ui.field_editor import LeaveFilesToWindow, leaves
from editor.ui.field_values import LINE_BREAKS
from editor.ui.flow_layout import FlowLayout
from editor.ui.form_fields import FormField
from editor.ui.suggesting import SuggestingLine, suggest
from editor.ui.tooltips import plain_tip
from editor.ui.undo_keys import leave_to_window, plain_context_menu

_MOST_CHIP_WIDTH = 260
_LEAST_INPUT_WIDTH = 90
_BETWEEN_ITEMS = re.compile(r"[,\n\r\u2029]+")
_KEYS_TO_REMOVE = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_KEYS_TO_EDIT = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2})


class ChipsEditor(QWidget):
    """Typing is in the article at each key; Return or a comma ends an item, and so does leaving the field.

    Left at the beginning of the input goes to the chips: there Left and Right go on, Return or F2 edits, Delete
    removes, and Ctrl+Left and Ctrl+Right move the chip.
    """

    edited = Signal(str)
    left = Signal()
    item_typed = Signal(int, str)
    """The text that the item at a position is to be; the position behind the last is that of a new item."""
    items_added = Signal(list)
    item_removed = Signal(int)
    item_moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[str, ...] = ()
        self._at: int | None = None
        """The position of the item that is in the input."""
        self._is_new = True
        self._read_only = False
        self._chips: list[_Chip] = []
        self._input = _Input(self)
        self._input.textEdited.connect(self._type)
        self._input.returnPressed.connect(self._finish)
        self._input.left.connect(self._finish_and_leave)
        self._input.went_back.connect(self._go_to_last)
        self._input.given_up.connect(self._finish)
        self._flow = FlowLayout(self, theme.worn().spacing.tiny)
        self.setFocusProxy(self._input)
        self._arrange()

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at."""
        return (self._input,)

    def show_field(self, field: FormField, *, read_only: bool) -> None:
        """Show the items; one that is being typed stays in the input, unless it was taken back."""
        is_same = (field.items, read_only) == (self._items, self._read_only)
        self._items, self._read_only = field.items, read_only
        if self._at is not None and not self._holds_item_at():
            self._stop_typing(keep_text=field.keeps_typing)
        self._input.setReadOnly(read_only)
        self._input.setPlaceholderText(self._hint(field))
        suggest(self._input, [text for text in field.choices if text not in field.items], self._take_suggested)
        if not is_same or len(self._chips) != self._count_chips():
            self._arrange()

    def _hint(self, field: FormField) -> str:
        if self._read_only:
            return ""
        return "Add" if field.is_there else "Required"

    def _holds_item_at(self) -> bool:
        text = self._input.text()
        if self._at is not None and self._at < len(self._items):
            return self._items[self._at] == text
        return not text

    def _count_chips(self) -> int:
        return len(self._items) - (self._at is not None and self._at < len(self._items))

    # Chips

    def _arrange(self) -> None:
        """One chip an item, and the input in the place of the item that is in it, else behind them."""
        shown = [at for at in range(len(self._items)) if at != self._at]
        focused = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), None)
        while len(self._chips) < len(shown):
            self._chips.append(self._new_chip())
        for chip in self._chips[len(shown) :]:
            chip.hide()
            chip.deleteLater()
        del self._chips[len(shown) :]
        for chip, at in zip(self._chips, shown, strict=True):
            chip.show_item(at, self._items[at], len(self._items), read_only=self._read_only)
        place = len(shown) if self._at is None or self._is_new else self._at
        widgets: list[QWidget] = [*self._chips]
        widgets.insert(place, self._input)
        self._flow.arrange(widgets)
        for chip in self._chips:
            chip.show()
        if focused is not None and not any(chip.hasFocus() for chip in self._chips):
            self._focus_chip(focused)
        self.updateGeometry()

    def _new_chip(self) -> _Chip:
        chip = _Chip(self)
        chip.edit_asked.connect(self._edit)
        chip.remove_asked.connect(self._remove)
        chip.move_asked.connect(self._move)
        chip.step_asked.connect(self._step)
        chip.typed.connect(self._type_on)
        chip.left.connect(self.left)
        return chip

    def _focus_chip(self, place: int) -> None:
        """Put the focus on the chip at a place, or where there is none into the input."""
        chip = self._chips[place] if 0 <= place < len(self._chips) else None
        (chip or self._input).setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_last(self) -> None:
        if self._at is None and self._chips:
            self._focus_chip(len(self._chips) - 1)

    def _step(self, at: int, by: int) -> None:
        if at + by >= 0:
            self._focus_chip(at + by)

    def _remove(self, at: int) -> None:
        self._focus_chip(at)
        self.item_removed.emit(at)

    def _move(self, at: int, by: int) -> None:
        if 0 <= at + by < len(self._items):
            self._focus_chip(at + by)
            self.item_moved.emit(at, at + by)

    # Typing

    def _edit(self, at: int) -> None:
        """Take an item into the input, in its place."""
        self.left.emit()
        self._at, self._is_new = at, False
        self._input.setText(self._items[at])
        self._arrange()
        self._input.setFocus(Qt.FocusReason.OtherFocusReason)
        self._input.selectAll()

    def _type_on(self, text: str) -> None:
        self._input.setFocus(Qt.FocusReason.OtherFocusReason)
        self._input.insert(text)
        self._type(self._input.text())

    def _type(self, text: str) -> None:
        parts = [part.strip() for part in _BETWEEN_ITEMS.split(text)]
        if len(parts) > 1 and self._is_new:
            self._take_parts([part for part in parts if part])
            return
        text = LINE_BREAKS.sub(" ", text)
        if text != self._input.text():
            self._input.setText(text)
        if self._at is None:
            self._at, self._is_new = len(self._items), True
        self.item_typed.emit(self._at, text)

    def _take_parts(self, parts: list[str]) -> None:
        """A comma ends an item; a list that was pasted is all there at once."""
        if len(parts) < 2:
            self._input.setText("".join(parts))
            if parts or self._at is not None:
                self._type(self._input.text())
            self._finish()
            return
        if self._at is not None and self._at < len(self._items):
            self.item_typed.emit(self._at, "")
        self._stop_typing(keep_text=False)
        self.items_added.emit(parts)

    def _take_suggested(self, text: str) -> None:
        self._input.setText(text)
        self._type(text)
        self._finish()

    def _finish(self) -> None:
        """What is in the input is an item from now on; one that was emptied goes."""
        at, text, was_new = self._at, self._input.text().strip(), self._is_new
        if at is not None and (was_new or text) and self._items[at : at + 1] != ((text,) if text else ()):
            self.item_typed.emit(at, text)
        self._stop_typing(keep_text=False)
        self.left.emit()
        if at is not None and not text and not was_new:
            self.item_removed.emit(at)
        self._arrange()

    def _finish_and_leave(self) -> None:
        if self._at is not None:
            self._finish()
        elif self._input.text():
            self._type(self._input.text())
            self._finish()
        else:
            self.left.emit()

    def _stop_typing(self, *, keep_text: bool) -> None:
        self._at, self._is_new = None, True
        if not keep_text:
            self._input.clear()


class _Input(SuggestingLine):
    left = Signal()
    went_back = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_LEAST_INPUT_WIDTH)
        self.setProperty("class", "among-chips")
        leave_to_window(self)
        plain_context_menu(self)
        self.installEventFilter(LeaveFilesToWindow(self))

    def sizeHint(self) -> QSize:
        return QSize(
            max(_LEAST_INPUT_WIDTH, self.fontMetrics().horizontalAdvance(self.text()) + 24), super().sizeHint().height()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        goes_back = event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Backspace} and not event.modifiers()
        if goes_back and self.cursorPosition() == 0 and not self.hasSelectedText():
            self.went_back.emit()
        elif event.matches(QKeySequence.StandardKey.Cancel) and self.text():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves(event):
            self.left.emit()


class _Chip(QPushButton):
    """One item; its text is elided where it is long."""

    edit_asked = Signal(int)
    remove_asked = Signal(int)
    move_asked = Signal(int, int)
    step_asked = Signal(int, int)
    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._at = 0
        self._read_only = False
        self.setProperty("class", "chip")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        leave_to_window(self)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def show_item(self, at: int, text: str, count: int, *, read_only: bool) -> None:
        """Show the item at a position of so many."""
        self._at, self._read_only = at, read_only
        shown = QFontMetrics(self.font()).elidedText(text, Qt.TextElideMode.ElideRight, _MOST_CHIP_WIDTH)
        self.setText(shown.replace("&", "&&") or "(empty)")
        self.setToolTip(plain_tip(text) if shown != text else "")
        self.setAccessibleName(f"{text or 'empty'}, item {at + 1} of {count}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if by and not event.modifiers():
            self.step_asked.emit(self._at, by)
        elif self._read_only or key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            super().keyPressEvent(event)
        elif by and control:
            self.move_asked.emit(self._at, by)
        elif key in _KEYS_TO_REMOVE and not event.modifiers():
            self.remove_asked.emit(self._at)
        elif key in _KEYS_TO_EDIT and not event.modifiers():
            self.edit_asked.emit(self._at)
        elif event.text().isprintable() and event.text() and not control:
            self.typed.emit(event.text())
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        # F2 renames the whole field everywhere else in its row.
        is_override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_override and event.key() in _KEYS_TO_EDIT:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._read_only:
            # Qt puts the focus here once this is done.
            QTimer.singleShot(0, self, lambda: self.edit_asked.emit(self._at))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves(event):
            self.left.emit()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for (title, keys), slot in (
            (field_keys.EDIT_ITEM, lambda: self.edit_asked.emit(self._at)),
            (field_keys.ITEM_LEFT, lambda: self.move_asked.emit(self._at, -1)),
            (field_keys.ITEM_RIGHT, lambda: self.move_asked.emit(self._at, 1)),
            (field_keys.REMOVE_ITEM, lambda: self.remove_asked.emit(self._at)),
        ):
            action = QAction(title, menu)
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(not self._read_only)
            action.triggered.connect(slot)
            menu.addAction(action)
        menu.popup(self.mapToGlobal(place))
