from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from editor.core.text_edit import TextEdit
from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.cell_editor import CellEditor
from editor.ui.citations_grid import CitationsGrid

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
HEAD = "| S.No | Paper | Insight | Citations |\n|---|---|---|---|\n"
ROWS = ["| 1 | A (B, 2001) | x | 5 |", "| 2 | C (D, 2002) | y | - |", "| 3 | E (F, 2003) | z | 7 |"]
TEXT_EDGES = QSize(16, 12)
"""What the style sheet and Qt's own margin leave free around a cell's text, left and right, above and below."""
LONG = "A sentence that goes on for long enough to wrap into several lines in a column of this width. " * 3


def article(*rows: str) -> str:
    """An article that ends with its table, with no final newline."""
    return "Before.\n\n" + HEAD + "\n".join(rows or ROWS)


class Desk:
    """A window with a grid and the window's own undo and redo, as keys and the mouse reach them."""

    def __init__(self, qtbot: QtBot, text: str) -> None:
        self.buffer = TextBuffer(text)
        self.grid = CitationsGrid(self.buffer)
        self.view = self.grid.findChild(QTableView)
        self.window = QMainWindow()
        self.window.setCentralWidget(self.grid)
        for keys, do in (
            (["Ctrl+Z"], self.buffer.undo),
            (["Ctrl+Shift+Z", "Ctrl+Y"], self.buffer.redo),
        ):
            action = QAction(self.window)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(do)
            self.window.addAction(action)
        self.window.resize(700, 420)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    @property
    def text(self) -> str:
        return self.buffer.article.text

    @property
    def labels(self) -> list[str]:
        return list(self.buffer.history.labels())

    @property
    def place(self) -> tuple[int, int]:
        return self.view.currentIndex().row(), self.view.currentIndex().column()

    @property
    def editor(self) -> CellEditor | None:
        focus = QApplication.focusWidget()
        return focus if isinstance(focus, CellEditor) else None

    def go(self, row: int, column: int) -> None:
        self.view.setFocus()
        self.view.setCurrentIndex(self.view.model().index(row, column))

    def select_rows(self, *rows: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.view.clearSelection()
        for row in rows:
            index = self.view.model().index(row, 0)
            self.view.selectionModel().select(index, flags.Select | flags.Rows)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, text: str) -> None:
        for character in text:
            QTest.keyClicks(QApplication.focusWidget(), character)

    def paste(self, text: str) -> None:
        copied = QMimeData()
        copied.setText(text)
        QGuiApplication.clipboard().setMimeData(copied)
        self.press(Key.Key_V, CTRL)

    def button(self, name: str) -> QToolButton:
        return next(button for button in self.grid.findChildren(QToolButton) if button.accessibleName() == name)

    def says(self) -> list[str]:
        return [label.text() for label in self.grid.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    theme.apply_theme(qapp, theme.Theme.LIGHT)
    return Desk(qtbot, article())


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
    assert desk.view.currentIndex().data() == "a|b"


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
    desk.button("Add a row below").setFocus()
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
    desk.button("Add a row below").setFocus()
    desk.press(Key.Key_Z, CTRL)
    assert desk.text == article()


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
    assert [desk.button(f"Move the row {way}").isEnabled() for way in ("up", "down")] == [False, True]


def test_what_is_written_in_an_editor_is_sorted_and_aligned_with_the_rest(desk: Desk) -> None:
    desk.go(0, 3)
    desk.type("9")
    desk.grid.sort_rows()
    assert desk.text == article(ROWS[2], ROWS[0].replace("5", "9"), ROWS[1])
    desk.go(0, 1)
    desk.type("Long title")
    desk.grid.align_table()
    assert "| 3    | Long title  | z       | 7         |" in desk.text
    assert desk.labels == ["edit Citations", "sort by Citations", "edit Paper", "align table"]


def test_the_buttons_do_what_their_keys_do(desk: Desk, qtbot: QtBot) -> None:
    desk.go(0, 1)
    for name in ("Add a row below", "Move the row up", "Move the row down", "Remove the selected rows"):
        qtbot.mouseClick(desk.button(name), Qt.MouseButton.LeftButton)
    assert desk.labels == ["add row", "move row", "move row", "remove row"]
    assert desk.text == article()


def test_every_button_has_a_name_and_says_its_key(desk: Desk) -> None:
    buttons = desk.grid.findChildren(QToolButton)
    tips = [button.toolTip() for button in buttons if button.accessibleName() and button.toolTip()]
    assert [tip.split("  ")[1] for tip in tips] == ["Ctrl+Return", "Ctrl+Del", "Alt+Up", "Alt+Down"]
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_buttons_are_enabled_where_they_can_do_something(desk: Desk) -> None:
    for row, enabled in ((0, (False, True)), (1, (True, True)), (2, (True, False))):
        desk.go(row, 0)
        assert (desk.button("Move the row up").isEnabled(), desk.button("Move the row down").isEnabled()) == enabled


def test_the_selected_cells_are_copied_as_a_spreadsheet_takes_them(desk: Desk) -> None:
    desk.go(0, 2)
    desk.press(Key.Key_Right, SHIFT)
    desk.press(Key.Key_Down, SHIFT)
    desk.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "x\t5\ny\t-"


# Following the article


def test_the_count_follows(desk: Desk) -> None:
    assert "3 papers" in desk.says()
    desk.select_rows(0, 1)
    desk.grid.remove_rows()
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
        value = desk.view.model().index(row, column).data()
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
    assert not any(button.isEnabled() for button in desk.grid.findChildren(QToolButton))


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
    desk.grid.remove_rows()
    desk.grid.move_row(1)
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


def test_the_window_gives_the_grid_its_context_menu(desk: Desk) -> None:
    widget: QWidget = desk.grid
    assert widget.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
