"""Sorting and aligning the citations table in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from editor.article_window import ArticleWindow

Open = Callable[[Path], ArticleWindow]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HEAD = "# One\n\n| S.No | Paper Title (Author, Year) | Citations |\n|---|---|---|\n"
ROWS = ["| 1 | On it (Doe, 2013) | - |\n", "| 2 | On that (Roe, 2014) | 1,300 |\n", "| 3 | On all (Poe, 2015) | 20 |\n"]
END = "\nClaim (Doe, 2013).\n"


def opened(open_window: Open, folder: Path) -> ArticleWindow:
    path = folder / "article.md"
    path.write_text(HEAD + "".join(ROWS) + END, "utf-8")
    return open_window(path)


def text(window: ArticleWindow) -> str:
    return window.session.article.text


def test_aligning_keeps_the_caret_at_its_letter_and_is_one_step(open_window: Open, tmp_path: Path) -> None:
    window = opened(open_window, tmp_path)
    before = text(window)
    cursor = QTextCursor(window.session.buffer.document)
    cursor.setPosition(before.index("that (Roe"))
    window.text.setTextCursor(cursor)
    window.text.setFocus()
    QTest.keyClick(window.text, Qt.Key.Key_L, CONTROL | SHIFT)
    assert "| 3    | On all (Poe, 2015)         | 20        |\n" in text(window)
    assert window.text.textCursor().position() == text(window).index("that (Roe")
    QTest.keyClick(window.text, Qt.Key.Key_Z, CONTROL)
    assert text(window) == before


def test_sorting_orders_the_papers_and_leaves_all_else(open_window: Open, tmp_path: Path) -> None:
    window = opened(open_window, tmp_path)
    view = window.grid.findChild(QTableView)
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 2))
    window.window.commands["sort-down"].trigger()
    assert text(window) == HEAD + ROWS[1] + ROWS[2] + ROWS[0] + END
    window.window.commands["sort-up"].trigger()
    assert text(window) == HEAD + ROWS[2] + ROWS[1] + ROWS[0] + END
    assert view.currentIndex().row() == 1
    window.window.commands["undo"].trigger()
    window.window.commands["undo"].trigger()
    assert text(window) == HEAD + "".join(ROWS) + END


def test_without_a_row_or_a_table_there_is_nothing_to_sort_or_align(open_window: Open, tmp_path: Path) -> None:
    window = opened(open_window, tmp_path)
    commands = window.window.commands
    assert [commands[name].isEnabled() for name in ("sort-up", "sort-down", "align-table")] == [False, False, True]
    path = tmp_path / "other.md"
    path.write_text("No table.\n", "utf-8")
    assert not open_window(path).window.commands["align-table"].isEnabled()
