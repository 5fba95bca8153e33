"""What the widgets share in which a front matter field is edited.

Each of them shows a FormField (`show_field`), tells what the writer does, each key (`edited`) and leaving it (`left`),
and says what Tab stops at (`tab_stops`), the first of which takes the focus of the whole.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QFocusEvent
from PySide6.QtWidgets import QWidget

from editor.core.lines import utf16_length
from editor.core.text_edit import smallest_edit
from editor.ui import theme
from editor.ui.tooltips import plain_tip

# The focus comes back from these: the field has not been left.
_PASSING_REASONS = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


def leaves(event: QFocusEvent) -> bool:
    """Whether the focus goes away for good, and not to a menu, a popup or another window."""
    return event.reason() not in _PASSING_REASONS


def mark(widget: QWidget, sentence: str) -> None:
    """Mark a widget's value as refused or doubtful and say why; an empty sentence takes the mark away."""
    widget.setToolTip(plain_tip(sentence))
    widget.setAccessibleDescription(sentence)
    if bool(widget.property("invalid")) != bool(sentence):
        widget.setProperty("invalid", bool(sentence))
        theme.restyle(widget)


class LeaveFilesToWindow(QObject):
    """A file dragged over a field is for the window to open; text and links are for the field."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def place_in(unit: int, old: str, new: str) -> int:
    """Where the place at a UTF-16 unit of `old` is found in `new`."""
    edit = smallest_edit(old, new)
    if not edit:
        return unit
    start, end = utf16_length(old[: edit.start]), utf16_length(old[: edit.end])
    if unit >= end:
        return unit + utf16_length(edit.text) - (end - start)
    return min(unit, start + utf16_length(edit.text))
