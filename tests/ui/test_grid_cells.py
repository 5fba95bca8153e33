"""Cells of the grid edited by keys and mouse, and undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.grid_desk import CTRL, LONG, ROWS, SHIFT, Desk, Key, article

from editor.core.text_edit import TextEdit

# Editing a cell


def test_typing_over_a_cell_of_the_real_article_changes_that_cell_only(qtbot: QtBot, real_article: Path) -> None:
    text = real_article.read_bytes().decode()
    desk = Desk(qtbot, text)
    row = next(row for row in range(9) if desk.view.model().index(row, 3).data() == "-")
    desk.go(row, 3)
    desk.type("12")
    desk.press(Key.Key_Return)
    line = next(line for line in text.split("\n") if line.endswith("| - |"))
    assert desk.text == text.replace(line, line.removesuffix("| - |") + "| 12 |", 1)
    desk.press(Key.Key_Z, CTRL)
    assert desk.text == text


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_F2])
def test_a_key_that_amends_puts_the_caret_behind_the_value(desk: Desk, key: Qt.Key) -> None:
    desk.go(1, 1)
    desk.press(key)
    desk.type("!")
    desk.press(Key.Key_Return)
    assert desk.text == article().replace("2002)", "2002)!")
    assert desk.labels == ["edit Paper"]


def test_a_double_click_amends(desk: Desk, qtbot: QtBot) -> None:
    place = desk.view.visualRect(desk.view.model().index(0, 2)).center()
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.type("yz")
    desk.press(Key.Key_Return)
    assert desk.text == article().replace("| x |", "| xyz |")


def test_escape_leaves_the_cell_as_it_was(desk: Desk) -> None:
    desk.go(1, 1)
    desk.type("Something else")
    desk.press(Key.Key_Escape)
    assert (desk.text, desk.labels, desk.editor) == (article(), [], None)


def test_an_editor_that_was_only_opened_makes_no_step(qtbot: QtBot) -> None:
    text = article("| 1 | A\u00a0b \u2028 c\x85d | x | \U0001f9ea |")
    desk = Desk(qtbot, text)
    desk.go(0, 1)
    desk.press(Key.Key_F2)
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Tab)
    assert (desk.text, desk.labels) == (text, [])


def test_no_break_spaces_beside_what_is_typed_stay(qtbot: QtBot) -> None:
    desk = Desk(qtbot, article("| 1 | A\u00a0b | x | - |"))
    desk.go(0, 1)
    desk.press(Key.Key_F2)
    desk.type("c")
    desk.press(Key.Key_Return)
    assert desk.text == article("| 1 | A\u00a0bc | x | - |")


def test_a_pipe_that_is_typed_stays_in_its_cell(desk: Desk) -> None:
    desk.go(0, 2)
    desk.type("a|b")
    desk.press(Key.Key_Return)
    assert desk.text == article().replace("| x |", "| a\\|b |")
    assert desk.view.model().index(0, 2).data() == "a|b"


def test_tab_in_an_editor_commits_and_opens_the_next_cell(desk: Desk) -> None:
    desk.go(0, 1)
    desk.type("T")
    desk.press(Key.Key_Tab)
    desk.type("I")
    desk.press(Key.Key_Backtab, SHIFT)
    assert desk.place == (0, 1)
    assert desk.text == article("| 1 | T | I | 5 |", *ROWS[1:])
    assert desk.labels == ["edit Paper", "edit Insight"]


def test_a_pasted_title_comes_on_one_line_and_a_break_that_is_typed_stays(desk: Desk) -> None:
    desk.go(0, 1)
    desk.press(Key.Key_F2)
    desk.press(Key.Key_A, CTRL)
    desk.paste("A title copied\n  out of a\r\nnarrow column\n")
    desk.press(Key.Key_Return, SHIFT)
    desk.type("and more")
    desk.press(Key.Key_Return)
    assert desk.text == article().replace("A (B, 2001)", "A title copied out of a narrow column<br>and more")


def test_leaving_the_editor_commits_what_was_typed(desk: Desk) -> None:
    desk.go(0, 1)
    desk.type("T")
    desk.button("Add Row Below").setFocus()
    assert desk.text == article().replace("A (B, 2001)", "T")


def test_saving_can_ask_for_what_is_still_in_an_editor(desk: Desk) -> None:
    desk.go(0, 1)
    desk.type("T")
    desk.grid.finish_editing()
    assert desk.text == article().replace("A (B, 2001)", "T")
    assert desk.editor is None


def test_an_editor_grows_below_its_cell_with_what_is_written(desk: Desk) -> None:
    desk.go(0, 1)
    desk.press(Key.Key_F2)
    assert desk.editor
    before = desk.editor.height()
    desk.paste(LONG)
    assert before < desk.editor.height()
    assert desk.editor.geometry().bottom() <= desk.view.viewport().height()


# Undo and redo


@pytest.mark.parametrize(("key", "modifiers"), [(Key.Key_Z, CTRL | SHIFT), (Key.Key_Y, CTRL)])
def test_undo_and_redo_in_the_grid_are_the_articles(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    desk.buffer.edit([TextEdit(0, 0, "Typed. ")], "typing")
    desk.go(0, 0)
    desk.press(Key.Key_Z, CTRL)
    assert desk.text == article()
    desk.press(key, modifiers)
    assert desk.text == "Typed. " + article()


@pytest.mark.parametrize(("key", "modifiers"), [(Key.Key_Z, CTRL | SHIFT), (Key.Key_Y, CTRL)])
def test_undo_in_an_open_editor_stays_in_it(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    desk.buffer.edit([TextEdit(0, 0, "Typed. ")], "typing")
    desk.go(0, 2)
    desk.press(Key.Key_F2)
    desk.type("w")
    desk.press(Key.Key_Z, CTRL)
    assert desk.editor
    assert desk.editor.value() == "x"
    desk.press(key, modifiers)
    assert desk.editor.value() == "xw"
    assert desk.text == "Typed. " + article()


def test_undo_from_a_button_of_the_grid_is_the_articles(desk: Desk) -> None:
    desk.grid.add_row()
    desk.button("Add Row Below").setFocus()
    desk.press(Key.Key_Z, CTRL)
    assert desk.text == article()
