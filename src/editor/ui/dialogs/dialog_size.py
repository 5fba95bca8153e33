"""How large dialogs are when they open."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_SHARE_OF_SCREEN = 0.9
"""The desktop puts a frame round a dialog."""


def resize_within_screen(dialog: QWidget, width: int, height: int) -> None:
    """Give it a size, but no more than leaves its buttons on a small screen."""
    dialog.resize(QSize(width, height).boundedTo(dialog.screen().availableSize() * _SHARE_OF_SCREEN))
