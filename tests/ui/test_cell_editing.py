"""Cells shown as they read and edited as they are written: in the cell, in a larger box, part by part."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QColor, QFont, QImage, QKeySequence, QTextFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from editor.core.text_edit import TextEdit
from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.cell_editor import CellEditor
from editor.ui.cell_faces import FACE, CellFace
from editor.ui.cell_painting import LaidFace, lay_out
from editor.ui.citations_grid import CitationsGrid
from editor.ui.editor_box import EditorBox, LargeCellEditor
from editor.ui.paper_parts_editor import PaperPartsEditor

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
HEAD = "| No. | Paper | Insight |\n|---|---|---|\n"
LINK = "[Sl*ee*p](https://a.example/x)"
ROWS = (
    f"| 1 | {LINK} (Ng & Ho, 2001) | **Good** `a\\|b`<br>more |\n",
    "| 2 | Rest  ( Ng 201 ) | x |\n",
    "| 3 | Work (Ma, 2003) | y | *lost* | too |\n",
)
ARTICLE = HEAD + "".join(ROWS)


_FOREGROUND = QTextFormat.Property.ForegroundBrush


class Desk:
    def __init__(self, qtbot: QtBot, text: str = ARTICLE) -> None:
        self.buffer = TextBuffer(text)
        self.grid = CitationsGrid(self.buffer)
        self.view = self.grid.findChild(QTableView)
        self.window = QMainWindow()
        self.window.setCentralWidget(self.grid)
        self.window.resize(800, 420)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    @property
    def text(self) -> str:
        return self.buffer.article.text

    def face(self, row: int, column: int) -> CellFace:
        face = self.view.model().index(row, column).data(FACE)
        assert isinstance(face, CellFace)
        return face

    def words(self, row: int, column: int) -> str:
        return str(self.view.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))

    def go(self, row: int, column: int) -> None:
        self.view.setFocus()
        self.view.setCurrentIndex(self.view.model().index(row, column))

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, text: str) -> None:
        for character in text:
            QTest.keyClicks(QApplication.focusWidget(), character)

    def box(self, kind: type[QWidget]) -> QWidget | None:
        focus = QApplication.focusWidget()
        return next((box for box in self.window.findChildren(kind) if box.isAncestorOf(focus)), None)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    theme.apply_theme(qapp, theme.Theme.LIGHT)
    return Desk(qtbot)


# What is shown


def laid(face: CellFace, width: int = 300) -> LaidFace:
    return lay_out(face, width, QFont(), Qt.AlignmentFlag.AlignLeft, quiet=True)


def looks(face: CellFace) -> dict[str, tuple[bool, bool, str]]:
    """Of each run of a face: whether it is bold, whether italic, and its colour."""
    layout = laid(face).layout
    return {
        layout.text()[found.start : found.start + found.length]: (
            found.format.fontWeight() == QFont.Weight.Bold,
            found.format.fontItalic(),
            found.format.foreground().color().name() if found.format.hasProperty(_FOREGROUND) else "",
        )
        for found in layout.formats()
    }


def test_markdown_is_painted_as_looks_and_a_paper_with_its_source_set_apart(desk: Desk) -> None:
    tokens = theme.worn()
    found = looks(desk.face(0, 2))
    assert found["Good"] == (True, False, "")
    assert found["a|b"] == (False, False, tokens.syntax.code)
    assert "\u2028more" in found
    found = looks(desk.face(0, 1))
    assert found["Sl"] == (False, False, tokens.syntax.link)
    assert found["ee"] == (False, True, tokens.syntax.link)
    assert found["Ng & Ho, 2001"] == (False, False, tokens.palette.muted)
    assert laid(desk.face(0, 1)).layout.text() == "Sleep\u2028Ng & Ho, 2001"


def test_an_invalid_paper_and_surplus_cells_are_marked_with_the_reason(desk: Desk) -> None:
    assert desk.face(1, 1).note == "“201” is no year: four digits, “n.d.” or “in press”."
    assert desk.face(2, 2).note == "Readers do not see “lost”, “too”: 2 cells too many."
    assert looks(desk.face(1, 1))[desk.face(1, 1).note][2] == theme.worn().palette.warning
    assert [desk.face(row, 1).note for row in (0, 2)] == ["", ""]


def test_a_screen_reader_says_words_and_no_marks(desk: Desk) -> None:
    assert desk.words(0, 1) == "Sleep. Ng & Ho, 2001"
    assert desk.words(0, 2) == "Good a|b more"
    assert desk.words(2, 2) == "y. Readers do not see “lost”, “too”: 2 cells too many."


def test_in_another_table_a_title_is_not_taken_apart(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "| Title | Note |\n|---|---|\n| Sleep (Ng, 2001) | x |\n")
    desk.grid.put_caret(0, 0)
    assert desk.face(0, 0) == CellFace("Sleep (Ng, 2001)")


def test_rows_are_as_tall_as_what_is_shown(desk: Desk) -> None:
    heights = [desk.view.rowHeight(row) for row in range(3)]
    one_line = laid(CellFace("x")).height
    assert min(heights) > 2 * one_line - 4
    desk.grid.select_row(0)
    desk.press(Key.Key_Tab)
    desk.type("A")
    desk.press(Key.Key_Return, SHIFT)
    desk.type("B")
    for _ in range(4):
        desk.press(Key.Key_Return, SHIFT)
        desk.type("C")
    desk.press(Key.Key_Return)
    QApplication.processEvents()
    assert "| A<br>B<br>C<br>C<br>C<br>C |" in desk.text
    assert desk.view.rowHeight(0) >= 6 * one_line


def test_a_long_text_is_laid_out_only_in_part() -> None:
    assert len(laid(CellFace("word " * 40_000)).layout.text()) < 5000


def test_the_cells_are_painted_in_both_themes(qtbot: QtBot, qapp: QApplication) -> None:
    """Some pixels have the colours of link, warning and what is set apart."""
    for kind in (theme.Theme.DARK, theme.Theme.LIGHT):
        theme.apply_theme(qapp, kind)
        desk = Desk(qtbot)
        tokens = theme.worn()
        painted = desk.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Indexed8).colorTable()
        for wanted in (tokens.palette.paper, tokens.syntax.link, tokens.palette.warning, tokens.palette.muted):
            assert min(_distance(QColor(wanted), QColor(each)) for each in painted) < 40


def _distance(one: QColor, other: QColor) -> int:
    return sum(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


# Links


def place_of_link(desk: Desk) -> QPoint:
    return desk.view.visualRect(desk.view.model().index(0, 1)).topLeft() + QPoint(14, 14)


def test_a_link_opens_on_ctrl_and_a_click_and_that_selects_nothing(desk: Desk, qtbot: QtBot) -> None:
    opened: list[str] = []
    desk.grid.link_activated.connect(opened.append)
    desk.go(1, 2)
    place = place_of_link(desk)
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, CTRL, place)
    assert opened == ["https://a.example/x"]
    assert desk.view.currentIndex().row() == 1
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, CTRL, place + QPoint(150, 0))
    assert opened == ["https://a.example/x"]


def test_a_link_opens_by_keys_and_none_but_web_and_mail(qtbot: QtBot) -> None:
    desk = Desk(qtbot, HEAD + "| [a](file:///etc/passwd) | [b](javascript:x) [c](mailto:c@d.example) | x |\n")
    opened: list[str] = []
    refused: list[str] = []
    desk.grid.link_activated.connect(opened.append)
    desk.grid.refused.connect(lambda message, _line: refused.append(message))
    for column in range(3):
        desk.go(0, column)
        desk.grid.handlers()["open-link"]()
    assert opened == ["mailto:c@d.example"]
    assert refused == ["There is no web or mail address in this cell."] * 2


def test_a_link_defined_elsewhere_in_the_article_leads_there(qtbot: QtBot) -> None:
    desk = Desk(qtbot, HEAD + "| 1 | [Sleep][s] (Ng, 2001) | x |\n\n[s]: https://a.example/s\n")
    assert desk.face(0, 1).links == ("https://a.example/s",)
    assert desk.words(0, 1) == "Sleep. Ng, 2001"


# In the cell


def test_a_break_is_a_line_in_the_editor_and_only_what_was_typed_changes(desk: Desk) -> None:
    desk.go(0, 2)
    desk.press(Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, CellEditor)
    assert editor.toPlainText() == "**Good** `a|b`\nmore"
    desk.type("!")
    desk.press(Key.Key_Return)
    assert desk.text == ARTICLE.replace("<br>more", "<br>more!")


@pytest.mark.parametrize("value", ["a<br>", "a<br/>b", "<br>a", "a <br> b", "a\u2028b"])
def test_breaks_of_every_kind_survive_an_edit_beside_them(qtbot: QtBot, value: str) -> None:
    desk = Desk(qtbot, HEAD + f"| 1 | {value} | x |\n")
    desk.go(0, 1)
    desk.press(Key.Key_F2)
    desk.press(Key.Key_Home, CTRL)
    desk.type("z")
    desk.press(Key.Key_Return)
    assert desk.text == HEAD + f"| 1 | z{value} | x |\n"


def test_empty_lines_typed_at_the_end_are_not_meant(desk: Desk) -> None:
    desk.go(1, 2)
    desk.press(Key.Key_F2)
    desk.type("!")
    desk.press(Key.Key_Return, SHIFT)
    desk.press(Key.Key_Return, ALT)
    desk.press(Key.Key_Return)
    assert desk.text == ARTICLE.replace("| x |", "| x! |")


# In a larger box


def open_large(desk: Desk) -> None:
    desk.grid.handlers()["edit-large"]()


def f2_twice(desk: Desk) -> None:
    desk.press(Key.Key_F2)
    desk.press(Key.Key_F2)


@pytest.mark.parametrize("way", [open_large, f2_twice])
def test_a_long_cell_has_a_larger_box(desk: Desk, way: Callable[[Desk], None]) -> None:
    desk.go(0, 2)
    way(desk)
    box = desk.box(LargeCellEditor)
    assert box
    assert (box.accessibleName(), box.width() >= desk.view.columnWidth(2)) == ("Insight, row 1", True)
    desk.type(", really")
    desk.press(Key.Key_Return, SHIFT)
    desk.type("so")
    desk.press(Key.Key_Return)
    assert desk.text == ARTICLE.replace("<br>more", "<br>more, really<br>so")
    assert (desk.box(LargeCellEditor), QApplication.focusWidget()) == (None, desk.view)
    assert list(desk.buffer.history.labels()) == ["edit Insight"]


def test_what_was_typed_in_the_cell_goes_on_in_the_box(desk: Desk) -> None:
    desk.go(1, 2)
    desk.type("longer")
    desk.press(Key.Key_F2)
    desk.type(" still")
    desk.press(Key.Key_Tab)
    assert desk.text == ARTICLE.replace("| x |", "| longer still |")


def test_escape_leaves_the_cell_as_it_was_and_a_click_elsewhere_commits(desk: Desk, qtbot: QtBot) -> None:
    desk.go(1, 2)
    open_large(desk)
    desk.type("!")
    desk.press(Key.Key_Escape)
    assert (desk.text, QApplication.focusWidget()) == (ARTICLE, desk.view)
    open_large(desk)
    desk.type("!")
    place = desk.view.visualRect(desk.view.model().index(0, 0)).center()
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.text == ARTICLE.replace("| x |", "| x! |")
    assert desk.box(LargeCellEditor) is None


def test_saving_commits_what_is_in_a_box(desk: Desk) -> None:
    desk.go(1, 2)
    open_large(desk)
    desk.type("!")
    desk.grid.finish_editing()
    assert desk.text == ARTICLE.replace("| x |", "| x! |")
    assert desk.box(LargeCellEditor) is None


# In parts


def fields(desk: Desk) -> tuple[QPlainTextEdit, QLineEdit, QLineEdit]:
    box = desk.box(PaperPartsEditor)
    assert box
    named = {field.accessibleName(): field for kind in (QPlainTextEdit, QLineEdit) for field in box.findChildren(kind)}
    title, authors, year = (named[name] for name in ("Title", "Authors", "Year"))
    assert isinstance(title, QPlainTextEdit)
    assert isinstance(authors, QLineEdit)
    assert isinstance(year, QLineEdit)
    return title, authors, year


def test_the_parts_are_edited_by_keys_and_change_nothing_between_them(desk: Desk) -> None:
    desk.go(1, 0)
    desk.press(Key.Key_Return, ALT)
    title, authors, year = fields(desk)
    assert (title.toPlainText(), authors.text(), year.text()) == ("Rest", "Ng", "201")
    assert year.property("invalid")
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Tab)
    assert QApplication.focusWidget() is year
    desk.type("2014b")
    assert not year.property("invalid")
    desk.press(Key.Key_Return)
    assert desk.text == ARTICLE.replace("( Ng 201 )", "( Ng 2014b )")
    assert QApplication.focusWidget() is desk.view
    assert desk.view.currentIndex().column() == 1


def test_a_title_keeps_its_markdown_and_the_problem_is_said_while_it_is_there(desk: Desk) -> None:
    desk.go(0, 1)
    desk.press(Key.Key_Return, ALT)
    title, authors, _ = fields(desk)
    box = desk.box(PaperPartsEditor)
    assert box
    assert title.toPlainText() == LINK
    authors.setFocus()
    authors.selectAll()
    desk.press(Key.Key_Delete)
    assert "The author is missing." in [label.text() for label in box.findChildren(QLabel)]
    desk.type("WHO")
    assert "The author is missing." not in [label.text() for label in box.findChildren(QLabel)]
    desk.press(Key.Key_Return)
    assert desk.text == ARTICLE.replace("(Ng & Ho, 2001)", "(WHO, 2001)")


@pytest.mark.parametrize(("key", "modifiers"), [(Key.Key_Z, CTRL | SHIFT), (Key.Key_Y, CTRL)])
def test_undo_and_redo_in_a_box_are_its_own(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    asked: list[str] = []
    for keys in ("Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"):
        action = QAction(desk.window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False, keys=keys: asked.append(keys))
        desk.window.addAction(action)
    desk.go(0, 1)
    desk.press(Key.Key_Return, ALT)
    title, authors, _ = fields(desk)
    for field, value in ((title, title.toPlainText), (authors, authors.text)):
        field.setFocus()
        before = value()
        desk.press(Key.Key_End)
        desk.type("s")
        desk.press(Key.Key_Z, CTRL)
        assert value() == before
        desk.press(key, modifiers)
        assert value() != before
    assert (asked, desk.text) == ([], ARTICLE)


def test_parts_left_as_they_are_make_no_step_and_escape_makes_none(desk: Desk) -> None:
    for end in (Key.Key_Return, Key.Key_Escape):
        desk.go(1, 1)
        desk.press(Key.Key_Return, ALT)
        if end == Key.Key_Escape:
            desk.type("Other")
        desk.press(end)
        assert (desk.text, list(desk.buffer.history.labels())) == (ARTICLE, [])
        assert QApplication.focusWidget() is desk.view


def test_a_table_that_lists_no_papers_says_so(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "| Form | Dose |\n|---|---|\n| a | b |\n")
    refused: list[str] = []
    desk.grid.refused.connect(lambda message, _line: refused.append(message))
    desk.grid.put_caret(0, 0)
    desk.go(0, 0)
    desk.press(Key.Key_Return, ALT)
    assert refused == ["This table has no column of papers with title, author and year."]


def test_read_only_opens_no_box(desk: Desk) -> None:
    desk.go(0, 1)
    desk.grid.set_read_only("Locked.")
    open_large(desk)
    desk.grid.handlers()["edit-parts"]()
    assert QApplication.focusWidget() is desk.view


@pytest.mark.parametrize("command", ["edit-large", "edit-parts"])
def test_a_box_goes_with_its_table(desk: Desk, command: str) -> None:
    desk.go(1, 1)
    desk.grid.handlers()[command]()
    desk.type("!")
    desk.buffer.edit([TextEdit(0, len(ARTICLE), "No table.\n")], "reload")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not [box for box in desk.window.findChildren(EditorBox) if box.isVisible()]
    assert desk.text == "No table.\n"
