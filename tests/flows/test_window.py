"""What a writer sees and reaches in the window: panes, finding, the status line, the theme."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.flows.short_article import TEXT, place_caret

from editor.app import Application
from editor.article_window import ArticleWindow

Open = Callable[[Path], ArticleWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_every_command_has_a_shortcut_and_none_shares_one_where_it_works(window: ArticleWindow) -> None:
    assert all(action.shortcuts() for action in window.window.commands.values())
    for place in (window.window.panes.text, window.window.panes.grid):
        here = [
            key.toString()
            for action in window.window.commands.values()
            for key in action.shortcuts()
            if action.shortcutContext() == Qt.ShortcutContext.WindowShortcut or place in action.associatedObjects()
        ]
        assert len(here) == len(set(here))


def test_keys_alone_reach_every_pane(window: ArticleWindow) -> None:
    window.text.setFocus()
    reached = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        reached.append(next(name for name in ("text", "form", "grid", "preview") if holds(window, name, focus)))
    assert reached == ["form", "grid", "preview", "text"]


def holds(window: ArticleWindow, name: str, focus: QWidget) -> bool:
    pane = window.window.pane(name)
    return pane is focus or pane.isAncestorOf(focus)


def test_going_to_the_grid_of_an_article_without_a_table_takes_the_keys_from_the_text(
    tmp_path: Path, open_window: Open
) -> None:
    (tmp_path / "plain.md").write_text("Text.\n", "utf-8")
    window = open_window(tmp_path / "plain.md")
    window.text.setFocus()
    QTest.keyClick(window.text, Qt.Key.Key_3, CONTROL)
    assert not window.text.hasFocus()


def test_panes_keep_their_sizes_from_window_to_window(
    window: ArticleWindow, application: Application, tmp_path: Path, open_window: Open
) -> None:
    window.window.resize(700, 600)
    splitter = window.window.splitters["sides"]
    splitter.setSizes([250, 450])
    wanted = splitter.sizes()
    window.window.close()
    (tmp_path / "other.md").write_text("Other.\n", "utf-8")
    other = open_window(tmp_path / "other.md")
    assert other.window.size().width() == 700
    assert other.window.splitters["sides"].sizes() == wanted


def test_find_selects_and_goes_round(window: ArticleWindow) -> None:
    place_caret(window, "Claim")
    QTest.keyClick(window.text, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(window.find.sought, "doe")
    places = []
    for _ in range(3):
        places.append(window.text.textCursor().selectionStart())
        QTest.keyClick(window.find.sought, Qt.Key.Key_Return)
    first = TEXT.index("Doe")
    assert places == [first, TEXT.index("Doe", first + 1), first]


def test_a_search_that_fails_leaves_nothing_selected_to_type_over(window: ArticleWindow) -> None:
    QTest.keyClick(window.text, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(window.find.sought, "doezz")
    QTest.keyClick(window.find.sought, Qt.Key.Key_Escape)
    assert window.text.hasFocus()
    assert not window.text.textCursor().hasSelection()


def test_the_status_line_counts_and_follows(window: ArticleWindow, qtbot: QtBot) -> None:
    status = window.window.statusBar()
    labels = {name: status.findChild(QWidget, name) for name in ("words", "citations", "encoding", "position")}
    qtbot.waitUntil(lambda: labels["citations"].text() == "2 papers, 1 cited")
    assert labels["encoding"].text() == "UTF-8 · LF"
    words = labels["words"].text()
    place_caret(window, "Claim")
    qtbot.waitUntil(lambda: labels["position"].text() == "Line 8, column 1")
    QTest.keyClicks(window.text, "Bold ")
    qtbot.waitUntil(lambda: labels["words"].text() != words)


def test_a_line_too_long_to_lay_out_is_told_of_while_the_caret_is_in_it(window: ArticleWindow) -> None:
    place_caret(window, "Claim")
    line = window.text.textCursor().blockNumber()
    QApplication.clipboard().setText("word " * 14_000)
    QTest.keyClick(window.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert any(message.startswith(f"Line {line + 1} is too long") for message in window.notices.messages)
    QTest.keyClick(window.text, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert not any("too long" in message for message in window.notices.messages)


def test_what_lays_the_page_out_waits_for_the_window(window: ArticleWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.preview.is_loaded, timeout=20_000)
    page = window.preview.browser.page
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, page.renderProcessPid()) > own
