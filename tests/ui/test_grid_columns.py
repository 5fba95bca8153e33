"""Columns of the grid added, renamed, moved, aligned and removed, by keys and by the mouse on their headers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from tests.ui.grid_desk import ALT, CTRL, HEAD, ROWS, SHIFT, Desk, Key, article

LEFT = Qt.MouseButton.LeftButton


def heading_editor() -> QLineEdit | None:
    focus = QApplication.focusWidget()
    return focus if isinstance(focus, QLineEdit) else None


def drag(desk: Desk, header: str, begin: QPoint, end: QPoint) -> None:
    viewport = (desk.view.gutter if header == "rows" else desk.view.columns).viewport()
    QTest.mousePress(viewport, LEFT, pos=begin)
    QTest.mouseMove(viewport, begin + (end - begin) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, LEFT, pos=end)


def middle(desk: Desk, column: int) -> QPoint:
    header = desk.view.columns
    return QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) // 2, header.height() // 2)


def row_middle(desk: Desk, row: int) -> QPoint:
    gutter = desk.view.gutter
    return QPoint(gutter.width() // 2, gutter.sectionViewportPosition(row) + gutter.sectionSize(row) // 2)


def test_a_column_is_added_with_its_heading_in_one_step(desk: Desk) -> None:
    desk.go(1, 1)
    desk.press(Key.Key_Insert, ALT)
    editor = heading_editor()
    assert editor
    assert editor.accessibleName() == "Heading of the new column"
    desk.type("DOI")
    desk.press(Key.Key_Return)
    assert "| S.No | Paper | DOI | Insight | Citations |\n|---|---|---|---|---|\n" in desk.text
    assert "| 2 | C (D, 2002) |  | y | - |" in desk.text
    assert (desk.labels, desk.place) == (["add column"], (1, 2))
    desk.press(Key.Key_Z, CTRL)
    assert (desk.text, desk.place[0]) == (article(), 1)


def test_a_column_is_renamed_by_key_and_by_double_click_and_escape_leaves_it(desk: Desk) -> None:
    desk.go(1, 2)
    desk.press(Key.Key_F2, SHIFT)
    desk.type("Finding")
    desk.press(Key.Key_Return)
    assert (desk.text, desk.labels) == (article().replace("Insight", "Finding"), ["rename Insight"])
    QTest.mouseDClick(desk.view.columns.viewport(), LEFT, pos=middle(desk, 1))
    desk.type("Gone")
    desk.press(Key.Key_Escape)
    assert heading_editor() is None
    assert desk.labels == ["rename Insight"]


def test_a_column_is_moved_by_keys_and_the_current_cell_goes_along(desk: Desk) -> None:
    desk.go(1, 2)
    widths = [desk.view.columnWidth(column) for column in range(4)]
    desk.press(Key.Key_Left, ALT)
    assert HEAD.replace("Paper | Insight", "Insight | Paper") + "| 1 | x | A (B, 2001) | 5 |" in desk.text
    assert (desk.place, desk.labels) == ((1, 1), ["move Insight"])
    assert [desk.view.columnWidth(column) for column in range(4)] == [widths[0], widths[2], widths[1], widths[3]]
    desk.press(Key.Key_Right, ALT)
    assert (desk.text, desk.place) == (article(), (1, 2))


@pytest.mark.parametrize(("begin", "to", "columns"), [(3, 0, [3, 0, 1, 2]), (1, 2, [0, 2, 1, 3])])
def test_a_header_that_is_dragged_moves_its_column_in_the_text(
    desk: Desk, begin: int, to: int, columns: list[int]
) -> None:
    desk.go(0, 0)
    drag(desk, "columns", middle(desk, begin), middle(desk, to) + QPoint(8 if to > begin else -8, 0))
    lines = [line.strip("| ").split(" | ") for line in article().split("\n")[2:]]
    moved = [line.strip("| ").split(" | ") for line in desk.text.split("\n")[2:]]
    assert moved[0] == [lines[0][column] for column in columns]
    assert moved[3] == [lines[3][column] for column in columns]
    header = desk.view.columns
    assert [header.logicalIndex(at) for at in range(4)] == [0, 1, 2, 3]
    desk.press(Key.Key_Z, CTRL)
    assert desk.text == article()


def test_a_column_is_aligned_and_removed(desk: Desk) -> None:
    desk.go(1, 3)
    desk.press(Key.Key_R, ALT | SHIFT)
    assert desk.text == article().replace("|---|\n", "|--:|\n")
    desk.press(Key.Key_N, ALT | SHIFT)
    assert desk.text == article()
    desk.press(Key.Key_Delete, ALT)
    assert "| S.No | Paper | Insight |\n|---|---|---|\n| 1 | A (B, 2001) | x |" in desk.text
    assert (desk.place, desk.labels[-1]) == ((1, 2), "remove Citations")


def test_a_row_that_is_dragged_by_its_gutter_moves_in_the_text(desk: Desk) -> None:
    desk.go(0, 1)
    drag(desk, "rows", row_middle(desk, 0), row_middle(desk, 2) + QPoint(0, 6))
    assert (desk.text, desk.labels) == (article(*ROWS[1:], ROWS[0]), ["move row"])
    drag(desk, "rows", row_middle(desk, 2), row_middle(desk, 0) - QPoint(0, 6))
    assert desk.text == article()


def test_rows_that_are_selected_are_dragged_together(desk: Desk) -> None:
    desk.select_rows(0, 1)
    drag(desk, "rows", row_middle(desk, 1), row_middle(desk, 2) + QPoint(0, 40))
    assert (desk.text, desk.labels) == (article(ROWS[2], *ROWS[:2]), ["move 2 rows"])


def test_a_row_dropped_where_it_is_and_a_drag_given_up_change_nothing(desk: Desk) -> None:
    desk.go(0, 1)
    drag(desk, "rows", row_middle(desk, 1), row_middle(desk, 1) + QPoint(0, 12))
    viewport = desk.view.gutter.viewport()
    QTest.mousePress(viewport, LEFT, pos=row_middle(desk, 0))
    QTest.mouseMove(viewport, row_middle(desk, 2))
    QTest.keyClick(desk.view, Key.Key_Escape)
    QTest.mouseRelease(viewport, LEFT, pos=row_middle(desk, 2))
    assert (desk.text, desk.labels) == (article(), [])


def test_a_click_on_a_header_selects_its_row_or_column(desk: Desk) -> None:
    desk.select_rows(0, 2)
    QTest.mouseClick(desk.view.gutter.viewport(), LEFT, pos=row_middle(desk, 2))
    assert desk.chosen == [(2, column) for column in range(4)]
    QTest.mouseClick(desk.view.columns.viewport(), LEFT, pos=middle(desk, 1))
    assert desk.chosen == [(row, 1) for row in range(3)]


def test_headers_move_nothing_that_may_not_be_edited(desk: Desk) -> None:
    desk.grid.set_read_only("This file cannot be written.")
    desk.go(0, 1)
    drag(desk, "rows", row_middle(desk, 0), row_middle(desk, 2) + QPoint(0, 6))
    desk.press(Key.Key_F2, SHIFT)
    assert (desk.text, heading_editor()) == (article(), None)
