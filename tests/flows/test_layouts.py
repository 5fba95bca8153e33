"""Text alone, preview alone or both: by keys alone, there and back, and the same again at the next start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app import Application
from editor.article_window import ArticleWindow

Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], object]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
BOTH, TEXT, PREVIEW = Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5
PAPERS = "| No | Paper |\n|---|---|\n| 1 | On it (Doe, 2013) |\n"
ARTICLE = "---\ntitle: One\n---\n\n# One\n\n" + "".join(f"Paragraph {n}.\n\n" for n in range(100)) + PAPERS


@pytest.fixture
def window(tmp_path: Path, open_window: Open) -> ArticleWindow:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, "utf-8")
    return open_window(path)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = CONTROL | ALT) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def shown(window: ArticleWindow) -> set[str]:
    return {name for name in ("text", "form", "grid", "preview") if window.window.pane(name).isVisible()}


def focused(window: ArticleWindow) -> set[str]:
    focus = QApplication.focusWidget()
    panes = {name: window.window.pane(name) for name in ("text", "form", "grid", "preview")}
    return {name for name, pane in panes.items() if pane is focus or pane.isAncestorOf(focus)}


def test_keys_alone_choose_a_layout_and_come_back(window: ArticleWindow) -> None:
    press(Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)  # without the grid
    press(TEXT)
    assert (shown(window), focused(window)) == ({"text"}, {"text"})
    press(PREVIEW)
    assert (shown(window), focused(window)) == ({"preview"}, {"preview"})
    press(BOTH)
    assert shown(window) == {"text", "form", "preview"}
    assert window.window.commands["layout-both"].isChecked()


@pytest.mark.parametrize(
    ("key", "modifiers", "pane"),
    [
        (Qt.Key.Key_1, CONTROL, "text"),
        (Qt.Key.Key_2, CONTROL, "form"),
        (Qt.Key.Key_3, CONTROL, "grid"),
        (Qt.Key.Key_F, CONTROL, "text"),
        (Qt.Key.Key_A, CONTROL | Qt.KeyboardModifier.ShiftModifier, "form"),
        (Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier, "text"),
    ],
)
def test_asking_for_a_pane_leaves_the_preview_alone(
    window: ArticleWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier, pane: str
) -> None:
    press(PREVIEW)
    press(key, modifiers)
    assert pane in shown(window)


def test_the_preview_alone_has_the_focus_itself_and_no_table_or_link_in_it(
    tmp_path: Path, open_window: Open, read_preview: Read
) -> None:
    path = tmp_path / "table.md"
    path.write_text("[link](#a)\n\n| a | b |\n|---|---|\n| c | d |\n", "utf-8")
    window = open_window(path)
    press(PREVIEW)
    assert focused(window) == {"preview"}
    assert read_preview(window, "document.activeElement === document.body") is True


def test_the_next_pane_of_a_preview_alone_is_itself(window: ArticleWindow) -> None:
    press(PREVIEW)
    press(Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert (shown(window), focused(window)) == ({"preview"}, {"preview"})


def test_the_layout_is_the_same_at_the_next_start(
    window: ArticleWindow, application: Application, tmp_path: Path, open_window: Open
) -> None:
    press(PREVIEW)
    window.window_close()
    again = open_window(tmp_path / "article.md")
    assert (shown(again), focused(again)) == ({"preview"}, {"preview"})
    assert again.window.commands["layout-preview"].isChecked()


def test_one_reads_on_where_one_wrote_and_writes_on_where_one_read(
    window: ArticleWindow, read_preview: Read, qtbot: QtBot
) -> None:
    window.text.go_to_line(ARTICLE[: ARTICLE.index("Paragraph 50.")].count("\n"))
    press(PREVIEW)
    middle = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).textContent.match(/\\d+/)?.[0]"
    qtbot.waitUntil(lambda: abs(int(str(read_preview(window, middle) or 0)) - 50) < 6, timeout=5000)
    assert read_preview(window, "document.querySelector('stet-caret').hidden") is True
    QTest.keyClick(window.preview.focusProxy().focusProxy(), Qt.Key.Key_End)
    qtbot.waitUntil(
        lambda: bool(read_preview(window, "document.documentElement.scrollHeight - innerHeight - scrollY < 1"))
    )
    press(BOTH)
    qtbot.waitUntil(lambda: f"Paragraph {read_preview(window, middle)}." in in_sight(window), timeout=5000)


def in_sight(window: ArticleWindow) -> str:
    """The lines of the text that can be seen."""
    first = window.text.firstVisibleBlock().blockNumber()
    last = window.text.cursorForPosition(window.text.viewport().rect().bottomLeft()).blockNumber()
    return "\n".join(window.session.article.text.split("\n")[first : last + 1])


def test_the_text_is_where_it_was_after_a_look_at_the_preview_alone(window: ArticleWindow, qtbot: QtBot) -> None:
    press(TEXT)
    window.text.verticalScrollBar().setValue(90)
    first = window.text.firstVisibleBlock().blockNumber()
    assert first > 50
    for key in (PREVIEW, BOTH):
        press(key)
        with qtbot.waitExposed(window.window):
            QApplication.processEvents()
    assert window.text.firstVisibleBlock().blockNumber() == first
