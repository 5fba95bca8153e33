"""Rows of the grid added, removed, moved, sorted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.grid_desk import ALT, CTRL, ROWS, SHIFT, Desk, Key, article

# Rows


@pytest.mark.parametrize(
    ("key", "modifiers"), [(Key.Key_Insert, Qt.KeyboardModifier.NoModifier), (Key.Key_Return, CTRL)]
)
def test_a_row_added_at_the_end_changes_nothing_above_it(
    desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    desk.go(2, 3)
    desk.press(key, modifiers)
    assert desk.text == article() + "\n| 4 |  |  | - |"
    assert (desk.place, desk.labels) == ((3, 1), ["add row"])
    desk.type("G")
    desk.press(Key.Key_Return)
    assert desk.text == article() + "\n| 4 | G |  | - |"


def test_a_row_is_added_below_the_current_one(desk: Desk) -> None:
    desk.go(0, 0)
    desk.press(Key.Key_Insert)
    assert desk.text == article(ROWS[0], "| 4 |  |  | - |", *ROWS[1:])


def test_a_row_added_out_of_an_open_editor_commits_it_first(desk: Desk) -> None:
    desk.go(2, 1)
    desk.type("T")
    desk.press(Key.Key_Return, CTRL)
    assert desk.text == article(*ROWS[:2], "| 3 | T | z | 7 |") + "\n| 4 |  |  | - |"
    assert (desk.place, desk.editor) == ((3, 1), None)
    assert desk.labels == ["edit Paper", "add row"]


def test_the_rows_selected_are_removed_in_one_step(desk: Desk) -> None:
    desk.go(0, 0)
    desk.select_rows(0, 2)
    desk.press(Key.Key_Delete, CTRL)
    assert (desk.text, desk.labels) == (article(ROWS[1]), ["remove 2 rows"])
    desk.press(Key.Key_Z, CTRL)
    assert desk.text == article()


def test_delete_removes_rows_that_are_selected_whole(desk: Desk) -> None:
    desk.go(1, 0)
    desk.select_rows(1)
    desk.press(Key.Key_Delete)
    assert (desk.text, desk.labels) == (article(ROWS[0], ROWS[2]), ["remove row"])


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_empties_selected_cells_in_one_step(desk: Desk, key: Qt.Key) -> None:
    desk.go(0, 1)
    desk.press(Key.Key_Right, SHIFT)
    desk.press(Key.Key_Down, SHIFT)
    desk.press(key)
    assert desk.text == article("| 1 |  |  | 5 |", "| 2 |  |  | - |", ROWS[2])
    assert desk.labels == ["clear 4 cells"]


def test_a_row_that_is_moved_stays_the_current_one(desk: Desk) -> None:
    desk.go(0, 2)
    desk.press(Key.Key_Down, ALT)
    desk.press(Key.Key_Down, ALT)
    assert (desk.text, desk.place) == (article(*ROWS[1:], ROWS[0]), (2, 2))
    desk.press(Key.Key_Down, ALT)
    desk.press(Key.Key_Up, ALT)
    assert (desk.text, desk.place) == (article(ROWS[1], ROWS[0], ROWS[2]), (1, 2))
    assert desk.labels == ["move row"] * 3


def test_rows_are_sorted_by_the_current_column_and_the_current_cell_goes_along(desk: Desk) -> None:
    desk.go(2, 3)
    desk.press(Key.Key_Down, ALT | SHIFT)
    assert desk.text == article(ROWS[2], ROWS[0], ROWS[1])
    assert desk.place == (0, 3)
    desk.press(Key.Key_Up, ALT | SHIFT)
    assert desk.text == article(ROWS[0], ROWS[2], ROWS[1])
    assert (desk.place, desk.labels) == ((1, 3), ["sort by Citations"] * 2)
    desk.press(Key.Key_Z, CTRL)
    desk.press(Key.Key_Z, CTRL)
    assert (desk.text, desk.place) == (article(), (2, 3))


def test_the_buttons_know_where_sorting_left_the_current_row(desk: Desk) -> None:
    desk.go(2, 0)
    desk.press(Key.Key_Down, ALT | SHIFT)
    assert desk.text == article(*ROWS[::-1])
    assert [desk.button(f"Move Row {way}").isEnabled() for way in ("Up", "Down")] == [False, True]


def test_what_is_written_in_an_editor_is_sorted_and_aligned_with_the_rest(desk: Desk) -> None:
    desk.go(0, 3)
    desk.type("9")
    desk.do("sort-up")
    assert desk.text == article(ROWS[2], ROWS[0].replace("5", "9"), ROWS[1])
    desk.go(0, 1)
    desk.type("Long title")
    desk.do("align-table")
    assert "| 3    | Long title  | z       | 7         |" in desk.text
    assert desk.labels == ["edit Citations", "sort by Citations", "edit Paper", "align table"]


def test_the_buttons_do_what_their_keys_do(desk: Desk, qtbot: QtBot) -> None:
    desk.go(0, 1)
    for name in ("Add Row Below", "Move Row Up", "Move Row Down", "Remove Row"):
        qtbot.mouseClick(desk.button(name), Qt.MouseButton.LeftButton)
    assert desk.labels == ["add row", "move row", "move row", "remove row"]
    assert desk.text == article()


def test_every_button_has_a_name_and_says_its_key(desk: Desk) -> None:
    buttons = [desk.button(name) for name in ("Add Row Below", "Remove Row", "Move Row Up", "Move Row Down")]
    tips = [button.toolTip() for button in buttons if button.accessibleName() and button.toolTip()]
    assert [tip.split("  ")[1] for tip in tips] == ["Ctrl+Return", "Ctrl+Del", "Alt+Up", "Alt+Down"]
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_buttons_are_enabled_where_they_can_do_something(desk: Desk) -> None:
    for row, enabled in ((0, (False, True)), (1, (True, True)), (2, (True, False))):
        desk.go(row, 0)
        assert (desk.button("Move Row Up").isEnabled(), desk.button("Move Row Down").isEnabled()) == enabled
