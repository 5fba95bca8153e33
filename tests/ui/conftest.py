"""What tests of widgets share."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot
from tests.ui.forms import Open, Opened
from tests.ui.grid_desk import Desk, article

from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.front_matter_form import FrontMatterForm


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    """Opens a text in a window that has the article's undo and redo."""
    windows: list[QMainWindow] = []  # which Qt alone does not keep

    def open_text(text: str) -> Opened:
        window = QMainWindow()
        windows.append(window)
        buffer = TextBuffer(text, window)
        form = FrontMatterForm(buffer)
        window.setCentralWidget(form)
        window.resize(700, 500)
        for keys, slot in ((["Ctrl+Z"], buffer.undo), (["Ctrl+Shift+Z", "Ctrl+Y"], buffer.redo)):
            action = QAction(window)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(slot)
            window.addAction(action)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return buffer, form

    return open_text


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    """A window with a grid of three rows."""
    theme.apply_theme(qapp, theme.Theme.LIGHT)
    return Desk(qtbot, article())
