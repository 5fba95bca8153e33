"""Ctrl+Z belongs to the article: widgets that would answer it themselves leave it to the window.

All but the editors of a cell, whose text is none of the article's until it is committed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget


class _LeaveToWindow(QObject):
    """Qt asks a widget whether it wants a key before a shortcut gets it; text widgets say yes to undo and redo."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_history_key(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class OwnHistory(QObject):
    """Has undo and redo of a field be its own, by every key that means one of them in the window."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and is_history_key(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                (self._field.undo if event.matches(QKeySequence.StandardKey.Undo) else self._field.redo)()
                return True
        return super().eventFilter(watched, event)


def is_history_key(event: QKeyEvent) -> bool:
    """Whether the key means undo or redo; Ctrl+Y does wherever the desktop's own redo is another."""
    if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
        return True
    return event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Y


def leave_to_window(widget: QWidget) -> None:
    """Let the window's undo and redo have their keys while `widget` has the focus."""
    widget.installEventFilter(_LeaveToWindow(widget))


def plain_context_menu(widget: QLineEdit | QPlainTextEdit) -> None:
    """Give a text widget a context menu without the undo of its own that it would offer."""
    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(lambda place: _show_menu(widget, place))


def _show_menu(widget: QLineEdit | QPlainTextEdit, place: QPoint) -> None:
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chosen = widget.hasSelectedText() if isinstance(widget, QLineEdit) else widget.textCursor().hasSelection()
    writable = not widget.isReadOnly()
    for title, action, enabled in (
        ("Cu&t", widget.cut, chosen and writable),
        ("&Copy", widget.copy, chosen),
        ("&Paste", widget.paste, writable),
        ("Select &All", widget.selectAll, True),
    ):
        entry = menu.addAction(title, action)
        entry.setEnabled(enabled)
    if widget.actions():
        menu.addSeparator()
        menu.addActions(widget.actions())
    menu.popup(widget.mapToGlobal(place))
