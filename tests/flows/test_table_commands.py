"""The citations table in the window: its commands, its rows and the caret, and a grid that has nothing to show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTableView
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow
from editor.core.text_edit import TextEdit

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


def test_the_caret_and_the_rows_find_each_other(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text("Line.\n\n" * 200 + HEAD + "".join(ROWS) + END, "utf-8")
    window = open_window(path)
    view = window.grid.findChild(QTableView)
    window.text.setFocus()
    bar = window.text.verticalScrollBar()
    assert bar.value() == 0
    cursor = QTextCursor(window.session.buffer.document)
    cursor.setPosition(text(window).index("that (Roe"))
    window.text.setTextCursor(cursor)
    assert view.currentIndex().row() == 1
    assert window.text.hasFocus()
    bar.setValue(0)
    window.window.go_to("grid")
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 2
    assert bar.value() > 0
    first, last = (
        window.text.firstVisibleBlock().blockNumber(),
        window.text.cursorForPosition(window.text.viewport().rect().bottomLeft()).blockNumber(),
    )
    assert first < text(window)[: text(window).index("| 3 |")].count("\n") <= last
    assert window.text.textCursor().position() == cursor.position()
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert text(window).endswith(HEAD + ROWS[0] + ROWS[2] + ROWS[1] + END)
    assert view.currentIndex().row() == 1


def test_a_grid_without_a_table_takes_no_room_until_it_is_asked_for(
    open_window: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "article.md"
    path.write_text("No table.\n\n", "utf-8")
    window = open_window(path)
    buffer, show = window.session.buffer, window.window.commands["show-grid"]
    assert (window.grid.isVisible(), show.isChecked()) == (False, False)
    buffer.edit([TextEdit(11, 11, HEAD.split("\n\n")[1] + ROWS[0])], "paste")
    assert (window.grid.isVisible(), show.isChecked()) == (True, True)
    buffer.undo()
    assert window.grid.isVisible()
    qtbot.waitUntil(lambda: not window.grid.isVisible())
    QTest.keyClick(window.text, Qt.Key.Key_3, CONTROL)
    assert window.grid.isVisible()
    assert all(window.window.layout_state()[1]["rows"])
    show.trigger()
    buffer.redo()
    assert (window.grid.isVisible(), show.isChecked()) == (False, False)


def test_the_grids_commands_are_enabled_where_they_make_sense(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(open_window, tmp_path)
    commands = window.window.commands
    names = ["add-row", "fill-down", "row-up", "show-as-in-text", "renumber", "rename-column", "add-column"]

    def enabled() -> list[str]:
        return [name for name in names if commands[name].isEnabled()]

    assert enabled() == ["add-row", "add-column"]
    window.window.go_to("grid")
    assert enabled() == ["add-row", "fill-down", "row-up", "rename-column", "add-column"]
    view = window.grid.findChild(QTableView)
    keyboard = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, view.rect().center(), view.rect().center())
    QApplication.sendEvent(view.viewport(), keyboard)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert {commands["fill-down"], commands["add-row"], commands["row-up"]} <= set(menu.actions())
    menu.close()
    commands["show-sorted-up"].trigger()
    assert enabled() == ["add-row", "fill-down", "show-as-in-text", "rename-column", "add-column"]
    commands["show-as-in-text"].trigger()
    assert not commands["renumber"].isEnabled()
    commands["row-down"].trigger()
    qtbot.waitUntil(commands["renumber"].isEnabled)
    commands["renumber"].trigger()
    renumbered = [ROWS[1].replace("2", "1", 1), ROWS[0].replace("1", "2", 1), ROWS[2]]
    assert text(window) == HEAD + "".join(renumbered) + END
