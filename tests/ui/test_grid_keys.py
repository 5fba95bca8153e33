"""Keys of the grid as spreadsheets have them: going about, selecting, entering values row by row."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.grid_desk import ALT, CTRL, ROWS, SHIFT, Desk, Key, article

NONE = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("key", "modifiers", "place"),
    [
        (Key.Key_Home, NONE, (1, 0)),
        (Key.Key_End, NONE, (1, 3)),
        (Key.Key_Home, CTRL, (0, 0)),
        (Key.Key_End, CTRL, (3, 3)),
        (Key.Key_Down, CTRL, (2, 1)),
        (Key.Key_Up, CTRL, (0, 1)),
        (Key.Key_Left, CTRL, (1, 0)),
        (Key.Key_Right, CTRL, (1, 3)),
        (Key.Key_Tab, NONE, (1, 2)),
        (Key.Key_Backtab, SHIFT, (1, 0)),
    ],
)
def test_keys_go_to_the_ends_of_rows_and_of_filled_cells(
    qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, place: tuple[int, int]
) -> None:
    desk = Desk(qtbot, article(*ROWS, "| 4 |  |  | 2 |"))
    desk.go(1, 1)
    desk.press(key, modifiers)
    assert (desk.place, desk.chosen) == (place, [place])


def test_a_jump_over_empty_cells_ends_at_the_first_filled_one(qtbot: QtBot) -> None:
    desk = Desk(qtbot, article("| 1 | A |  |  |", "| 2 |  |  |  |", "| 3 |  |  |  |", "| 4 | B |  | 1 |"))
    desk.go(0, 1)
    desk.press(Key.Key_Down, CTRL)
    assert desk.place == (3, 1)
    desk.press(Key.Key_Right, CTRL)
    assert desk.place == (3, 3)
    desk.press(Key.Key_Up, CTRL)
    assert desk.place == (0, 3)


def test_shift_extends_what_is_selected_by_cells_and_by_jumps(desk: Desk) -> None:
    desk.go(0, 1)
    desk.press(Key.Key_Down, SHIFT)
    desk.press(Key.Key_Right, SHIFT)
    assert desk.chosen == [(0, 1), (0, 2), (1, 1), (1, 2)]
    desk.go(0, 2)
    desk.press(Key.Key_Down, CTRL | SHIFT)
    assert desk.chosen == [(0, 2), (1, 2), (2, 2)]


def test_space_selects_whole_rows_and_columns(desk: Desk) -> None:
    desk.select((0, 1), (1, 1))
    desk.press(Key.Key_Space, SHIFT)
    assert desk.chosen == [(row, column) for row in (0, 1) for column in range(4)]
    desk.go(2, 1)
    desk.press(Key.Key_Space, CTRL)
    assert desk.chosen == [(row, 1) for row in range(3)]


def test_enter_commits_and_goes_below_and_after_tabs_to_the_column_they_began_in(desk: Desk) -> None:
    desk.go(0, 1)
    desk.type("P")
    desk.press(Key.Key_Tab)
    desk.type("p")
    desk.press(Key.Key_Return)
    assert desk.place == (1, 1)
    desk.type("Q")
    desk.press(Key.Key_Return)
    assert (desk.place, desk.editor) == ((2, 1), None)
    desk.type("R")
    desk.press(Key.Key_Return)
    assert desk.place == (2, 1)
    assert desk.text == article("| 1 | P | p | 5 |", "| 2 | Q | y | - |", "| 3 | R | z | 7 |")
    assert len(desk.labels) == 4


@pytest.mark.parametrize("modifier", [SHIFT, ALT])
def test_a_line_is_broken_in_a_cell(desk: Desk, modifier: Qt.KeyboardModifier) -> None:
    desk.go(0, 2)
    desk.press(Key.Key_F2)
    desk.press(Key.Key_Return, modifier)
    desk.type("w")
    desk.press(Key.Key_Return)
    assert desk.text == article(ROWS[0].replace("x", "x<br>w"), *ROWS[1:])


def test_filling_down_writes_the_first_row_into_the_others_in_one_step(desk: Desk) -> None:
    desk.select((0, 2), (2, 3))
    desk.press(Key.Key_D, CTRL)
    assert desk.text == article(ROWS[0], "| 2 | C (D, 2002) | x | 5 |", "| 3 | E (F, 2003) | x | 5 |")
    assert desk.labels == ["fill down"]
    desk.press(Key.Key_Z, CTRL)
    desk.go(2, 2)
    desk.press(Key.Key_D, CTRL)
    assert desk.text == article(*ROWS[:2], ROWS[2].replace("z", "y"))
    desk.press(Key.Key_Z, CTRL)
    desk.go(0, 2)
    desk.press(Key.Key_D, CTRL)
    assert desk.text == article()


def test_a_row_is_inserted_above_and_copied_below(desk: Desk) -> None:
    desk.go(1, 2)
    desk.press(Key.Key_Return, CTRL | SHIFT)
    assert (desk.text, desk.place) == (article(ROWS[0], "| 4 |  |  | - |", *ROWS[1:]), (1, 1))
    desk.press(Key.Key_Z, CTRL)
    desk.select_rows(0, 1)
    desk.press(Key.Key_D, CTRL | ALT)
    copies = ["| 4 | A (B, 2001) | x | 5 |", "| 5 | C (D, 2002) | y | - |"]
    assert (desk.text, desk.place) == (article(*ROWS[:2], *copies, ROWS[2]), (2, 1))
    assert desk.labels == ["duplicate 2 rows"]


def test_rows_selected_are_moved_together(desk: Desk) -> None:
    desk.go(0, 0)
    desk.select_rows(0, 1)
    desk.press(Key.Key_Down, ALT)
    assert (desk.text, desk.labels) == (article(ROWS[2], *ROWS[:2]), ["move 2 rows"])
    desk.press(Key.Key_Down, ALT)
    assert desk.labels == ["move 2 rows"]
    desk.press(Key.Key_Z, CTRL)
    assert desk.text == article()


def test_rows_are_numbered_anew_only_when_asked_and_the_grid_says_when(qtbot: QtBot) -> None:
    rows = ["| 1 | A | x | - |", "| 3 | B | y | - |", "| 3 | C | z | - |"]
    desk = Desk(qtbot, article(*rows))
    sign = desk.button("Renumber the rows, since number 3 stands 2 times")
    assert sign.isVisible()
    assert sign.text() == "Renumber: number 3 stands 2 times"
    desk.go(2, 1)
    desk.press(Key.Key_Up, ALT)
    assert desk.text == article(rows[0], rows[2], rows[1])
    qtbot.mouseClick(sign, Qt.MouseButton.LeftButton)
    assert desk.text == article(rows[0], "| 2 | C | z | - |", "| 3 | B | y | - |")
    assert desk.labels == ["move row", "renumber rows"]
    qtbot.waitUntil(lambda: not sign.isVisible())


def test_keys_that_a_cell_editor_has_no_use_for_leave_it_as_it_is(desk: Desk, qtlog: Any) -> None:
    desk.go(0, 2)
    desk.press(Key.Key_F2)
    desk.type("w")
    for key, modifiers in ((Key.Key_Space, SHIFT), (Key.Key_Delete, NONE)):
        desk.press(key, modifiers)
    assert desk.editor
    assert desk.editor.value() == "xw "
    desk.press(Key.Key_Escape)
    assert (desk.text, desk.labels) == (article(), [])
    assert not [record for record in qtlog.records if "edit" in record.message]
