"""Cells of the grid to and from other programs, with the MIME types that they put on the clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.ui.grid_desk import CTRL, HEAD, ROWS, SHIFT, Desk, Key, article

from editor.ui.grid_clipboard import OWN_TYPE

CALC = {
    "text/html": b'<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head><meta http-equiv='
    b'"content-type" content="text/html; charset=utf-8"/><style type="text/css">td { color: red }</style></head><body>'
    b'<table cellspacing="0" border="0"><colgroup width="85"></colgroup><tr><td height="17" align="left">M\xc3\xbcller'
    b'<br>and others</td><td align="right" sdval="1300" sdnum="1033;0;#,##0">1,300</td></tr></table></body></html>',
    "application/x-libreoffice-tsvc": '"Müller\nand others"\t1,300\n'.encode(),
    "text/plain": "Müller and others\t1,300\n".encode(),
    "image/png": b"\x89PNG",
}
EXCEL = {
    "text/html": b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content='
    b'"text/html; charset=utf-8"><style><!--table {mso-displayed-decimal-separator:"\\.";}--></style></head><body>'
    b"<table width=128><!--StartFragment--><tr height=20><td height=20 width=64>M\xc3\xbcller<br>\r\n  and others</td>"
    b"<td class=xl65 align=right>1,300</td></tr><!--EndFragment--></table></body></html>",
    "text/plain": '"Müller\nand others"\t1,300\r\n'.encode(),
    "text/rtf": b"{\\rtf1}",
}
WEB = {"text/html": b"<table><tr><td>M&uuml;ller<br>and others</td><td>1,300</td></tr></table>", "text/plain": b"x"}
CALC_WITHOUT_HTML = {
    "application/x-libreoffice-tsvc": '"Müller\nand others"\t1,300\n\0'.encode("utf-16-le"),
    "text/plain": b"wrong",
}
CSV = {"text/csv": '"Müller\nand others","1,300"\r\n'.encode()}
PASTED = article(ROWS[0], "| 2 | C (D, 2002) | Müller<br>and others | 1,300 |", ROWS[2])


def clipboard() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


@pytest.mark.parametrize(
    "data", [CALC, EXCEL, WEB, CALC_WITHOUT_HTML, CSV], ids=["calc", "excel", "web", "tsvc", "csv"]
)
def test_cells_of_other_programs_come_in_one_step(desk: Desk, data: dict[str, bytes]) -> None:
    desk.go(1, 2)
    desk.paste_data(data)
    assert (desk.text, desk.labels, desk.chosen) == (PASTED, ["paste 2 cells"], [(1, 2), (1, 3)])
    desk.press(Key.Key_Z, CTRL)
    assert desk.text == article()


def test_a_block_longer_than_the_table_adds_rows_with_numbers(desk: Desk) -> None:
    desk.go(2, 1)
    desk.paste("P\tp\nQ\tq\nR\tr\n")
    rows = ["| 3 | P | p | 7 |", "| 4 | Q | q | - |", "| 5 | R | r | - |"]
    assert (desk.text, desk.labels) == (article(*ROWS[:2], *rows), ["paste 6 cells"])
    desk.press(Key.Key_Z, CTRL)
    assert desk.text == article()


def test_rows_are_pasted_into_a_table_without_any(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "Before.\n\n" + HEAD)
    desk.view.setFocus()
    desk.paste("| 7 | A (B, 2001) | x | - |\n| 8 | C | y | 2 |")
    assert desk.text == "Before.\n\n" + HEAD + "| 7 | A (B, 2001) | x | - |\n| 8 | C | y | 2 |\n"


def test_more_columns_than_there_are_is_refused_and_changes_nothing(desk: Desk) -> None:
    told: list[str] = []
    desk.grid.refused.connect(lambda message, _line: told.append(message))
    desk.go(0, 2)
    desk.paste("a\tb\tc\nd\te\tf")
    assert told == ["3 columns were copied, but from here on there are 2 columns: nothing was pasted."]
    assert (desk.text, desk.labels) == (article(), [])


def test_one_cell_fills_all_that_are_selected_and_a_block_those_it_fits_into(desk: Desk) -> None:
    desk.select((0, 2), (2, 3))
    desk.paste("n")
    assert desk.text == article(
        "| 1 | A (B, 2001) | n | n |", "| 2 | C (D, 2002) | n | n |", "| 3 | E (F, 2003) | n | n |"
    )
    desk.press(Key.Key_Z, CTRL)
    desk.select((0, 2), (1, 2))
    desk.paste("a\nb\nc")
    assert desk.text == article(
        "| 1 | A (B, 2001) | a | 5 |", "| 2 | C (D, 2002) | b | - |", "| 3 | E (F, 2003) | c | 7 |"
    )


def test_a_pasted_value_keeps_its_pipe_and_other_cells_their_bytes(qtbot: QtBot) -> None:
    rows = ["|1|A (B, 2001)|  x|5", "| 2 | C (D, 2002) | y | - | more |"]
    desk = Desk(qtbot, article(*rows))
    desk.go(0, 1)
    desk.paste("a|b\nc")
    assert desk.text == article("|1|a\\|b|  x|5", "| 2 | c | y | - | more |")


def test_what_is_copied_is_on_the_clipboard_as_cells_html_and_text(desk: Desk) -> None:
    desk.go(0, 2)
    desk.type("one<br>two")
    desk.press(Key.Key_Return)
    desk.select((0, 2), (1, 3))
    desk.press(Key.Key_C, CTRL)
    assert clipboard().text() == '"one\ntwo"\t5\ny\t-'
    assert "<tr><td>one<br>two</td><td>5</td></tr><tr><td>y</td><td>-</td></tr>" in clipboard().html()
    assert bytes(clipboard().data(OWN_TYPE).data()) == b'[["one<br>two", "5"], ["y", "-"]]'


def test_cells_are_cut_in_one_step_and_pasted_as_they_were(qtbot: QtBot) -> None:
    row = "| 1 | *A*\u00a0 b\\|c | x<br/>y | - |"
    desk = Desk(qtbot, article(row, "| 2 |  |  |  |"))
    desk.select((0, 1), (0, 2))
    desk.press(Key.Key_X, CTRL)
    assert (desk.text, desk.labels) == (article("| 1 |  |  | - |", "| 2 |  |  |  |"), ["cut 2 cells"])
    desk.go(1, 1)
    desk.press(Key.Key_V, CTRL)
    assert desk.text == article("| 1 |  |  | - |", "| 2 | *A*\u00a0 b\\|c | x<br/>y |  |")


def test_cells_selected_apart_are_copied_with_empty_ones_between(desk: Desk) -> None:
    desk.select_rows(0, 2)
    desk.press(Key.Key_C, CTRL)
    assert clipboard().text() == "1\tA (B, 2001)\tx\t5\n3\tE (F, 2003)\tz\t7"


def test_rows_that_are_not_shown_are_neither_copied_nor_pasted_over(desk: Desk) -> None:
    desk.grid.handlers()["filter-rows"]()
    desk.type("7 2003")
    desk.press(Key.Key_Escape)
    desk.go(0, 3)
    desk.do("show-sorted-down")
    desk.select((0, 2), (1, 2))
    desk.press(Key.Key_C, CTRL)
    assert clipboard().text() == "z\nx"
    desk.paste("first\nsecond")
    assert desk.text == article(ROWS[0].replace("x", "second"), ROWS[1], ROWS[2].replace("| z", "| first"))


@pytest.mark.parametrize(
    "data",
    [
        {"text/plain": b""},
        {"image/png": b"\x89PNG"},
        {OWN_TYPE: b"[[1]]"},
        {OWN_TYPE: b"[[]]"},
        {OWN_TYPE: b"{"},
    ],
)
def test_a_clipboard_without_text_pastes_nothing(desk: Desk, data: dict[str, bytes]) -> None:
    desk.go(1, 1)
    desk.paste_data(data)
    assert (desk.text, desk.labels) == (article(), [])


def test_nothing_is_cut_or_pasted_where_nothing_may_be_edited(desk: Desk) -> None:
    desk.grid.set_read_only("This file cannot be written.")
    desk.go(1, 1)
    desk.press(Key.Key_X, CTRL)
    desk.paste("x")
    desk.press(Key.Key_Right, SHIFT)
    desk.press(Key.Key_C, CTRL)
    assert (desk.text, clipboard().text()) == (article(), "C (D, 2002)\ty")
