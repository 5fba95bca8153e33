"""Two versions of an article beside the question what is to become of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from editor.ui import theme
from editor.ui.comparison_view import ComparisonView
from editor.ui.dialogs.dialog_size import resize_within_screen

Choice = tuple[str, Callable[[], object]]
"""A button's title and what it does."""
_SIZE = (860, 640)


def show_comparison(
    parent: QWidget, title: str, old_caption: str, new_caption: str, old: str, new: str, choices: Sequence[Choice] = ()
) -> QDialog:
    """Show what makes `new` of `old`, with a button for each choice; Escape and Close choose none.

    The dialog is open when this returns, and closes before a choice is carried out. No choice is made by Enter alone:
    what stands here may be two people's work.
    """
    dialog = _ComparisonDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    view = ComparisonView(parent=dialog)
    view.set_captions(old_caption, new_caption)
    spacing = theme.worn().spacing
    line = QHBoxLayout()
    line.setContentsMargins(spacing.large, spacing.medium, spacing.large, spacing.medium)
    line.setSpacing(spacing.small)
    line.addStretch()
    for text, act in choices:
        button = QPushButton(text, autoDefault=False)
        button.clicked.connect(partial(_choose, dialog, act))
        line.addWidget(button)
    close = QPushButton("Close", autoDefault=False)
    close.clicked.connect(dialog.reject)
    line.addWidget(close)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(view, 1)
    column.addLayout(line)
    resize_within_screen(dialog, *_SIZE)
    view.show_texts(old, new)
    view.setFocus(Qt.FocusReason.OtherFocusReason)
    dialog.open()
    return dialog


def _choose(dialog: QDialog, act: Callable[[], object], _checked: bool = False) -> None:
    dialog.accept()
    act()


class _ComparisonDialog(QDialog):
    """Enter presses the button that has the focus, and no other: Qt would take the first for the default."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus: QWidget | None = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focus, QPushButton):
            focus.click()
