"""The grid as a view of the article: what it shows, tells and measures."""

from __future__ import annotations

from functools import partial
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.grid_desk import ALT, CTRL, HEAD, LONG, ROWS, SHIFT, Desk, Key, article

from editor.core.text_edit import TextEdit
from editor.ui import theme
from editor.ui.cell_delegate import CellDelegate
from editor.ui.cell_faces import FACE

TEXT_EDGES = QSize(16, 12)
"""What the style sheet and Qt's own margin leave free around a cell's text, left and right, above and below."""

# Following the article


def test_the_count_follows(desk: Desk) -> None:
    assert "3 papers" in desk.says()
    desk.select_rows(0, 1)
    desk.do("remove-row")
    assert "1 paper" in desk.says()


def test_a_change_elsewhere_keeps_focus_selection_place_and_widths(qtbot: QtBot) -> None:
    desk = Desk(qtbot, article(*(f"| {row} | {LONG} | x | - |" for row in range(60))))
    desk.go(40, 1)
    desk.press(Key.Key_Right, SHIFT)
    desk.view.horizontalHeader().resizeSection(1, 200)
    QApplication.processEvents()
    before = [desk.view.columnWidth(column) for column in range(4)], desk.view.verticalScrollBar().value()
    desk.buffer.edit([TextEdit(0, 0, "Typed. ")], "typing")
    at = desk.text.index("| 41 |")
    desk.buffer.edit([TextEdit(at + 2, at + 4, "new")], "typing")
    after = [desk.view.columnWidth(column) for column in range(4)], desk.view.verticalScrollBar().value()
    assert (after, desk.place, len(desk.view.selectedIndexes())) == (before, (40, 2), 2)
    assert QApplication.focusWidget() is desk.view


def test_what_is_being_typed_survives_a_change_of_its_row_from_outside(desk: Desk) -> None:
    desk.go(1, 1)
    desk.type("Mine")
    at = desk.text.index(ROWS[1])
    desk.buffer.edit([TextEdit(at, at + len(ROWS[1]), "| 8 | theirs | theirs | 9 |")], "reload")
    assert desk.editor
    assert desk.editor.value() == "Mine"
    desk.press(Key.Key_Return)
    assert desk.text == article(ROWS[0], "| 8 | Mine | theirs | 9 |", ROWS[2])


def test_scrolling_and_a_key_measure_only_rows_that_come_into_sight_or_change(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[int] = []
    size_hint = CellDelegate.sizeHint

    def counted(self: CellDelegate, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        measured.append(index.row())
        return size_hint(self, option, index)

    monkeypatch.setattr(CellDelegate, "sizeHint", counted)
    desk = Desk(qtbot, article(*(f"| {row} | {LONG} | x | - |" for row in range(5000))))
    QApplication.processEvents()
    in_sight = len(set(measured))
    assert in_sight < 20
    bar = desk.view.verticalScrollBar()
    for _ in range(50):
        bar.setValue(bar.value() + bar.singleStep())
    assert measured == sorted(measured)
    assert len(measured) == 4 * len(set(measured)) < 4 * (in_sight + 50)
    measured.clear()
    bar.setValue(0)
    assert measured == []
    desk.go(1, 2)
    desk.type("longer")
    desk.press(Key.Key_Return)
    QApplication.processEvents()
    assert set(measured) == {1}


def test_rows_in_sight_show_all_their_text_and_only_those_are_measured(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply_theme(qapp, theme.Theme.LIGHT)
    desk = Desk(qtbot, article(*(f"| {row} | {LONG} | {LONG} | - |" for row in range(5000))))
    measured: list[int] = []
    desk.view.verticalHeader().sectionResized.connect(lambda row, *_: measured.append(row))
    desk.grid.select_row(4999)
    rect = desk.view.visualRect(desk.view.currentIndex())
    assert desk.view.viewport().rect().contains(rect)
    assert rect.height() > 4 * desk.view.fontMetrics().lineSpacing()
    assert len(set(measured)) < 40


@pytest.mark.parametrize("width", [500, 640, 777, 1200])
def test_columns_share_the_width_and_no_text_is_cut(
    qtbot: QtBot, qapp: QApplication, real_article: Path, width: int
) -> None:
    theme.apply_theme(qapp, theme.Theme.LIGHT)
    desk = Desk(qtbot, real_article.read_text())
    desk.window.resize(width, 900)
    QApplication.processEvents()
    widths = [desk.view.columnWidth(column) for column in range(4)]
    assert max(widths[0], widths[3]) < widths[1] < widths[2]
    assert sum(widths) == desk.view.viewport().width()
    for row, column in product(range(5), (1, 2)):
        box = QRect(0, 0, widths[column] - TEXT_EDGES.width(), 9999)
        value = desk.view.model().index(row, column).data(FACE).value
        text = desk.view.fontMetrics().boundingRect(box, Qt.TextFlag.TextWordWrap, value)
        assert desk.view.rowHeight(row) >= text.height() + TEXT_EDGES.height()


def test_a_column_that_is_dragged_keeps_its_width_and_the_others_give_way(desk: Desk, qtbot: QtBot) -> None:
    across = desk.view.horizontalHeader()
    edge = QPoint(across.sectionViewportPosition(1) + across.sectionSize(1) - 1, across.height() // 2)
    wanted = across.sectionSize(1) + 60
    QTest.mousePress(across.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(across.viewport(), edge + QPoint(60, 0))
    QTest.mouseRelease(across.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    assert across.sectionSize(1) == wanted
    assert across.length() == desk.view.viewport().width()


def test_the_current_row_is_told(desk: Desk) -> None:
    told: list[int] = []
    desk.grid.row_selected.connect(told.append)
    desk.go(2, 0)
    desk.go(2, 1)
    desk.go(1, 1)
    assert (told, desk.grid.current_row) == ([2, 1], 1)


def test_the_caret_shows_its_row_and_a_row_its_line_without_an_echo(desk: Desk) -> None:
    rows: list[int] = []
    lines: list[int] = []
    desk.grid.row_selected.connect(rows.append)
    desk.grid.line_selected.connect(lines.append)
    elsewhere = QLineEdit(desk.window.statusBar())
    elsewhere.show()
    elsewhere.setFocus()
    desk.grid.follow_caret(5)
    assert (desk.place, rows, lines, QApplication.focusWidget()) == ((1, 0), [1], [], elsewhere)
    for line in (0, 2, 3, 7, 99):
        desk.grid.follow_caret(line)
    assert (desk.place, rows) == ((1, 0), [1])
    desk.go(2, 3)
    assert (rows, lines) == ([1, 2], [6])
    desk.grid.follow_caret(4)
    assert desk.place == (2, 3)
    elsewhere.setFocus()
    desk.grid.follow_caret(4)
    assert (desk.place, rows, lines) == ((0, 3), [1, 2, 0], [6])


def test_totals_say_how_many_are_cited_once_that_is_known(desk: Desk) -> None:
    assert "3 papers" in desk.says()
    desk.grid.set_mentions({0: 2, 1: 0, 2: 1})
    assert "3 papers · 2 cited · 1 uncited" in desk.says()
    desk.grid.set_mentions(None)
    assert "3 papers" in desk.says()


def test_menus_of_cells_rows_and_columns_hold_the_windows_commands(desk: Desk, qtbot: QtBot) -> None:
    done: list[str] = []
    for name in ("add-row", "rename-column", "sort-up", "align-column-right"):
        action = QAction(name, desk.grid)
        action.setObjectName(name)
        action.triggered.connect(partial(done.append, name))
        desk.grid.addAction(action)

    def pop_up(widget: QWidget, place: QPoint, reason: QContextMenuEvent.Reason) -> list[str]:
        QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        found = [action for action in every_action(menu) if action.objectName()]
        found[-1].trigger()
        menu.close()
        return [action.objectName() for action in found]

    desk.go(1, 1)
    by_key, by_mouse = QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse
    place = desk.view.visualRect(desk.view.model().index(2, 2)).center()
    all_names = ["add-row", "sort-up", "rename-column", "align-column-right"]
    assert pop_up(desk.view.viewport(), QPoint(), by_key) == all_names
    assert (pop_up(desk.view.viewport(), place, by_mouse), desk.place) == (all_names, (2, 2))
    assert pop_up(desk.view.gutter.viewport(), QPoint(4, 4), by_mouse) == ["add-row"]
    assert desk.chosen == [(0, column) for column in range(4)]
    header = desk.view.columns
    place = QPoint(header.sectionViewportPosition(3) + 4, 4)
    assert pop_up(header.viewport(), place, by_mouse) == ["rename-column", "align-column-right", "sort-up"]
    assert desk.place[1] == 3
    assert done == ["align-column-right", "align-column-right", "add-row", "sort-up"]


def every_action(menu: QMenu) -> list[QAction]:
    found: list[QAction] = []
    for action in menu.actions():
        inside = action.menu()
        found += every_action(inside) if isinstance(inside, QMenu) else [action]
    return found


# What cannot be edited


def test_read_only_says_why_and_lets_no_key_edit(desk: Desk) -> None:
    desk.go(1, 1)
    desk.grid.set_read_only("This file cannot be written.")
    for key in (Key.Key_Return, Key.Key_F2, Key.Key_Insert, Key.Key_Delete, Key.Key_A):
        desk.press(key)
    desk.press(Key.Key_Delete, CTRL)
    desk.press(Key.Key_Down, ALT)
    assert (desk.text, desk.editor) == (article(), None)
    assert "This file cannot be written." in desk.says()
    assert not any(
        desk.button(name).isEnabled() for name in ("Add Row Below", "Remove Row", "Move Row Up", "Move Row Down")
    )


def test_read_only_ends_when_its_reason_does(desk: Desk) -> None:
    desk.grid.set_read_only("This file cannot be written.")
    desk.grid.set_read_only("")
    desk.go(1, 3)
    desk.type("9")
    desk.press(Key.Key_Return)
    assert desk.text == article().replace("| - |", "| 9 |")
    assert "This file cannot be written." not in desk.says()


def test_an_article_without_a_table_says_so_until_it_has_one(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "Nothing.\n\n")
    told: list[bool] = []
    desk.grid.has_table.connect(told.append)
    assert any("no table of papers" in sentence for sentence in desk.says())
    assert not desk.view.isVisible()
    desk.buffer.edit([TextEdit(10, 10, HEAD + ROWS[0])], "paste")
    desk.buffer.undo()
    desk.buffer.redo()
    assert (told, desk.grid.shows_table, desk.view.isVisible()) == ([True, False, True], True, True)
    assert not any("no table" in sentence for sentence in desk.says())


def test_commands_of_rows_do_nothing_without_a_table(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "Nothing.\n")
    desk.grid.add_row()
    desk.do("remove-row")
    desk.do("row-down")
    assert (desk.text, desk.grid.current_row) == ("Nothing.\n", -1)


def test_a_table_without_rows_takes_its_first(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "Before.\n\n" + HEAD)
    assert "no papers yet" in desk.says()
    desk.grid.add_row()
    assert desk.text == "Before.\n\n" + HEAD + "| 1 |  |  | - |\n"
    assert desk.place == (0, 1)


def test_a_refused_edit_is_told_and_the_old_value_shown(desk: Desk) -> None:
    told: list[tuple[str, int]] = []
    desk.grid.refused.connect(lambda *what: told.append(what))
    desk.view.model().setData(desk.view.model().index(0, 2), "\ufdd0")
    assert told == [("The character U+FDD0 cannot be put into the text.", 5)]
    assert desk.view.model().index(0, 2).data() == "x"
