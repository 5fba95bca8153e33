"""What the audit finds is counted, listed, stepped through and mended in the window, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QTreeView
from pytestqt.qtbot import QtBot
from tests.flows.short_article import text

from editor.article_window import ArticleWindow

TEXT = """---
title: "One"
---

# One

It grew (Doe, 2013), and shrank (Poe & Low, 2001).

| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |
|---|---|---|---|
| 1 | On it (Doe, 2013) | It grew by half | - |
| 2 | On that (Roe, 2014) | It shrank | many |
"""
Press = Callable[..., None]
FOUND = {"citation-missing", "paper-uncited", "paper-cited-by"}


@pytest.fixture
def window(tmp_path: Path, open_window: Callable[[Path], ArticleWindow], qtbot: QtBot) -> ArticleWindow:
    path = tmp_path / "article.md"
    path.write_text(TEXT, "utf-8")
    window = open_window(path)
    qtbot.waitUntil(lambda: codes(window) == FOUND)
    window.text.place_caret(TEXT.index("It grew"))
    window.text.setFocus()
    return window


def codes(window: ArticleWindow) -> set[str]:
    model = tree(window).model()
    return {
        str(model.data(model.index(row, 0, model.index(group, 0)), Qt.ItemDataRole.ToolTipRole)).split("(")[-1][:-5]
        for group in range(model.rowCount())
        for row in range(model.rowCount(model.index(group, 0)))
    }


def tree(window: ArticleWindow) -> QTreeView:
    return window.window.panes.problems.findChild(QTreeView) or QTreeView()


def rows(window: ArticleWindow) -> list[str]:
    model = tree(window).model()
    found = []
    for group in range(model.rowCount()):
        found.append(str(model.data(model.index(group, 0))))
        found += [
            str(model.data(model.index(row, 0, model.index(group, 0))))
            for row in range(model.rowCount(model.index(group, 0)))
        ]
    return found


@pytest.fixture
def press(window: ArticleWindow, qtbot: QtBot) -> Press:
    """Presses a key where the focus is; offscreen a window is not active again by itself when its menu is closed."""

    def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        window.raise_window()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)

    return press


def chosen(window: ArticleWindow) -> str:
    return window.text.textCursor().selectedText()


def take(*titles: str) -> None:
    """Do what the open menu offers under a title, or under one title after another."""
    for title in titles:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(each for each in menu.actions() if each.text() == title)
        menu.setActiveAction(action)
        QTest.keyClick(menu, Qt.Key.Key_Return)


def test_findings_are_stepped_through_mended_and_let_stand_by_keys(
    window: ArticleWindow, press: Press, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_F8)
    assert chosen(window) == "Poe & Low, 2001"
    assert "not in the table" in window.window.statusBar().currentMessage()
    press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(window) == "On that (Roe, 2014)"
    press(Qt.Key.Key_F8)
    assert chosen(window) == "Poe & Low, 2001"
    press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    take("Add a Row for “Poe && Low, 2001”")
    assert text(window).endswith("| 3 | (Poe & Low, 2001) |  | - |\n")
    qtbot.waitUntil(lambda: codes(window) == {*FOUND, "paper-malformed", "paper-no-insight"} - {"citation-missing"})
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text(window) == TEXT
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    take("Let This Stand")
    assert text(window) == TEXT + "\n<!-- stet: citation-missing “Poe & Low, 2001” -->\n"
    qtbot.waitUntil(lambda: codes(window) == FOUND - {"citation-missing"})


def test_the_pane_groups_filters_shows_and_goes_to_places(window: ArticleWindow, press: Press, qtbot: QtBot) -> None:
    counts = window.window.statusBar().findChild(QToolButton, "citations")
    assert counts
    qtbot.waitUntil(lambda: counts.text() == "2 papers, 1 cited · 1 citation without a paper")
    pane = window.window.panes.problems
    assert not pane.isVisible()
    counts.click()
    assert pane.isVisible()
    assert tree(window).hasFocus()
    assert rows(window)[::2][:1] == ["Citations  1"]
    assert rows(window)[2] == "Table  2"
    QTest.keyClicks(tree(window), "roe")
    qtbot.waitUntil(lambda: codes(window) == {"paper-uncited"})
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert window.text.hasFocus()
    assert chosen(window) == "On that (Roe, 2014)"
    press(Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    take("Remove Row 2")
    assert text(window) == TEXT.replace(TEXT.splitlines(keepends=True)[-1], "")


def test_a_kind_of_finding_is_turned_off_for_the_article_and_for_the_folder(
    window: ArticleWindow, press: Press, qtbot: QtBot, tmp_path: Path
) -> None:
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    take("Turn Off “citation-missing”", "For This &Article")
    qtbot.waitUntil(lambda: codes(window) == FOUND - {"citation-missing"})
    assert (tmp_path / "stet.toml").read_text("utf-8") == '[check.articles]\n"article.md" = ["citation-missing"]\n'
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    take("Turn Off “paper-uncited”", "For the &Folder")
    qtbot.waitUntil(lambda: codes(window) == {"paper-cited-by"})
    assert text(window) == TEXT
