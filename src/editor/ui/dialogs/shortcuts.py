"""The page of keyboard shortcuts, made of the tables of commands and of the form's keys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from editor.ui import theme
from editor.ui.commands import COMMANDS
from editor.ui.dialogs.dialog_size import resize_within_screen
from editor.ui.field_keys import FIELD_KEYS, ITEM_KEYS

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
    for section, entries in _sections():
        heading = QLabel(section.replace("&", "").replace("/", " › "))
        heading.setProperty("class", "section")
        grid.addWidget(heading, row, 0, 1, _COLUMNS)
        for title, shortcuts in entries:
            row += 1
            grid.addWidget(QLabel(title.replace("&", "").removesuffix("…")), row, 0)
            keys = QLabel("   ".join(_native(key) for key in shortcuts))
            keys.setProperty("class", "quiet")
            grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)
        row += 1
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(page)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scroll)
    resize_within_screen(dialog, page.sizeHint().width() + 2 * spacing.huge, 640)
    dialog.open()
    return dialog


def _sections() -> Iterator[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """Each section's title, and what is in it with its keys."""
    for menu, commands in groupby(COMMANDS, key=lambda command: command.menu):
        yield menu, [(command.title, command.keys) for command in commands]
    yield "Front matter/In a field", [(title, (keys,)) for title, keys in FIELD_KEYS]
    yield "Front matter/In a list", [(title, (keys,)) for title, keys in ITEM_KEYS]


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
