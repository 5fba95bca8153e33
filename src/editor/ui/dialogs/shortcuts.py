"""The page of keyboard shortcuts, made of the table of commands."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from editor.ui import theme
from editor.ui.commands import COMMANDS

_COLUMNS = 2


def show_shortcuts(parent: QWidget) -> QDialog:
    """Open the page; Escape closes it."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("Keyboard Shortcuts")
    spacing = theme.worn().spacing
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(spacing.huge, spacing.large, spacing.huge, spacing.large)
    grid.setHorizontalSpacing(spacing.huge)
    row = 0
    for menu, commands in groupby(COMMANDS, key=lambda command: command.menu):
        heading = QLabel(menu.replace("&", "").replace("/", " › "))
        heading.setProperty("class", "section")
        grid.addWidget(heading, row, 0, 1, _COLUMNS)
        for command in commands:
            row += 1
            grid.addWidget(QLabel(command.title.replace("&", "").removesuffix("…")), row, 0)
            keys = QLabel("   ".join(_native(key) for key in command.keys))
            keys.setProperty("class", "quiet")
            grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)
        row += 1
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(page)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scroll)
    dialog.resize(page.sizeHint().width() + 2 * spacing.huge, 640)
    dialog.open()
    return dialog


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
