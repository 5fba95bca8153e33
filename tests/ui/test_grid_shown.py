"""Rows of the grid sought and shown in another order: the text stays as it is, and every command finds its row."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tests.ui.grid_desk import ALT, CTRL, ROWS, Desk, Key, article

from editor.ui.commands import Need
from editor.ui.row_filter import RowFilter

NUMBERED = ["| 1 | Ärzte (B, 2001) | x | 5 |", "| 2 | C (D, 2002) | y | - |", "| 3 | Arzt (F, 2003) | z | 1,300 |"]


def shown(desk: Desk) -> list[str]:
    model = desk.view.model()
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def sought(desk: Desk) -> QLineEdit:
    return desk.grid.findChild(RowFilter)


def test_rows_are_sought_as_words_are_typed_and_escape_shows_them_all(qtbot: QtBot) -> None:
    desk = Desk(qtbot, article(*NUMBERED))
    desk.go(2, 1)
    desk.do("filter-rows")
    assert QApplication.focusWidget() is sought(desk)
    desk.type("arzt")
    assert (shown(desk), desk.place) == (["1", "3"], (1, 1))
    assert "2 of 3 papers" in desk.says()
    desk.type(" 2001")
    assert shown(desk) == ["1"]
    assert "1 of 3 papers" in desk.says()
    desk.press(Key.Key_Escape)
    assert (shown(desk), desk.place, sought(desk).text()) == (["1", "2", "3"], (2, 1), "")
    assert QApplication.focusWidget() is desk.view
    assert (desk.text, desk.labels) == (article(*NUMBERED), [])


def test_enter_goes_to_the_rows_that_were_found_and_an_edit_changes_the_right_one(qtbot: QtBot) -> None:
    desk = Desk(qtbot, article(*NUMBERED))
    desk.do("filter-rows")
    desk.type("2003")
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Home, CTRL)
    desk.go(0, 2)
    desk.type("w")
    desk.press(Key.Key_Return)
    assert desk.text == article(*NUMBERED[:2], NUMBERED[2].replace("| z |", "| w |"))
    desk.go(0, 0)
    desk.press(Key.Key_Delete, CTRL)
    assert desk.text == article(*NUMBERED[:2])


def test_an_order_that_is_only_shown_says_so_and_goes_with_one_click(qtbot: QtBot) -> None:
    desk = Desk(qtbot, article(*NUMBERED))
    desk.go(0, 3)
    desk.press(Key.Key_PageDown, ALT)
    sign = desk.button("Only shown by Citations, largest first: back to the text's order")
    header = desk.view.horizontalHeader()
    assert (shown(desk), desk.place) == (["3", "1", "2"], (1, 3))
    assert (sign.isVisible(), header.isSortIndicatorShown(), header.sortIndicatorSection()) == (True, True, 3)
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
    desk.type("9")
    desk.press(Key.Key_Return)
    assert (desk.text, shown(desk)) == (article(NUMBERED[0].replace("5", "9"), *NUMBERED[1:]), ["3", "1", "2"])
    qtbot.mouseClick(sign, Qt.MouseButton.LeftButton)
    assert (shown(desk), sign.isVisible(), header.isSortIndicatorShown()) == (["1", "2", "3"], False, False)


def test_rows_are_not_moved_where_they_are_shown_otherwise_and_the_reason_is_told(desk: Desk) -> None:
    told: list[str] = []
    desk.grid.refused.connect(lambda message, _line: told.append(message))
    desk.go(0, 3)
    desk.press(Key.Key_PageUp, ALT)
    assert not desk.grid.met_needs()[Need.ROW_IN_ORDER]
    assert desk.grid.met_needs()[Need.OTHER_ORDER]
    assert not desk.button("Move Row Down").isEnabled()
    desk.press(Key.Key_Down, ALT)
    assert told == ["Rows can be moved only where all of them are shown in the text's order: press Alt+Home."]
    desk.press(Key.Key_Home, ALT)
    desk.press(Key.Key_Down, ALT)
    assert (desk.text, len(told)) == (article(ROWS[1], ROWS[0], ROWS[2]), 1)


def test_sorting_the_text_ends_an_order_that_is_only_shown(desk: Desk) -> None:
    desk.go(0, 3)
    desk.press(Key.Key_PageUp, ALT)
    desk.do("sort-down")
    assert (desk.text, shown(desk)) == (article(ROWS[2], ROWS[0], ROWS[1]), ["3", "1", "2"])
    desk.press(Key.Key_Z, CTRL)
    assert (desk.text, shown(desk)) == (article(), ["1", "2", "3"])


def test_a_row_added_where_rows_are_sought_is_seen(desk: Desk) -> None:
    desk.do("filter-rows")
    desk.type("2002")
    desk.press(Key.Key_Down)
    desk.go(0, 1)
    desk.press(Key.Key_Return, CTRL)
    assert (shown(desk), desk.place) == (["2", "4"], (1, 1))
    assert desk.text == article(*ROWS[:2], "| 4 |  |  | - |", ROWS[2])
