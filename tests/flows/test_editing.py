"""What a writer edits in the window, wherever it is: keys, undo, clipboard, what is dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.flows.short_article import TEXT, add_claim, grid_view, place_caret, text, title_field

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.core.text_edit import TextEdit

Open = Callable[[Path], ArticleWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WIDGETS: dict[str, Callable[[ArticleWindow], QWidget]] = {
    "text": lambda window: window.text,
    "line of the form": title_field,
    "grid": grid_view,
    "find": lambda window: window.find.sought,
    "preview": lambda window: window.preview,
}


@pytest.mark.parametrize("name", WIDGETS)
def test_undo_and_redo_work_whatever_has_the_focus_and_leave_it_there(window: ArticleWindow, name: str) -> None:
    add_claim(window)
    edited = text(window)
    window.find.show()
    WIDGETS[name](window).setFocus()
    focus = QApplication.focusWidget()
    QTest.keyClick(focus, Qt.Key.Key_Z, CONTROL)
    assert text(window) == TEXT
    QTest.keyClick(focus, Qt.Key.Key_Y, CONTROL)
    assert text(window) == edited
    QTest.keyClick(focus, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(focus, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert text(window) == edited
    assert QApplication.focusWidget() is focus


def test_undo_in_an_open_cell_editor_stays_in_it(window: ArticleWindow) -> None:
    add_claim(window)
    edited = text(window)
    view = grid_view(window)
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 1))
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not view
    QTest.keyClicks(editor, "x")
    QTest.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert text(window) == edited
    assert QApplication.focusWidget() is editor
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert text(window) == edited


def test_the_last_change_is_undone_wherever_it_was_made(window: ArticleWindow) -> None:
    place_caret(window, "Claim")
    QTest.keyClicks(window.text, "The ")
    typed = text(window)
    field = title_field(window)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "!")
    view = grid_view(window)
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 2))
    QTest.keyClick(view, Qt.Key.Key_Delete, CONTROL)
    labels = [window.window.commands["undo"].text()]
    for expected in (typed.replace('"One"', '"One!"'), typed, TEXT):
        QTest.keyClick(window.text, Qt.Key.Key_Z, CONTROL)
        labels.append(window.window.commands["undo"].text())
        assert text(window) == expected
    assert labels == ["&Undo remove row", "&Undo edit title", "&Undo typing", "&Undo"]


def test_a_caret_that_moves_by_itself_ends_a_step(window: ArticleWindow) -> None:
    place_caret(window, "Claim")
    QTest.keyClicks(window.text, "ab")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(window.text, key)
    QTest.keyClicks(window.text, "cd")
    assert list(window.session.buffer.history.labels()) == ["typing", "typing"]


def test_undo_from_the_form_shows_what_it_changed_and_leaves_the_caret(tmp_path: Path, open_window: Open) -> None:
    path = tmp_path / "long.md"
    path.write_text(TEXT + "\nMore.\n" * 300, "utf-8")
    window = open_window(path)
    place_caret(window, "Claim")
    at = window.session.article.length - 3
    window.session.buffer.edit([TextEdit(at, at, " at the end")], "edit")
    caret = window.text.textCursor().position()
    title_field(window).setFocus()
    QTest.keyClick(title_field(window), Qt.Key.Key_Z, CONTROL)
    first = window.text.firstVisibleBlock().blockNumber()
    assert first > 500
    assert window.text.textCursor().position() == caret
    assert title_field(window).hasFocus()


def test_typing_in_the_form_is_one_step_wherever_the_caret_of_the_text_is(window: ArticleWindow) -> None:
    place_caret(window, "Claim")
    field = title_field(window)
    field.setFocus()
    QTest.keyClicks(field, "Only ")
    assert list(window.session.buffer.history.labels()) == ["edit title"]


def test_the_first_key_in_an_opened_article_does_not_break_its_front_matter(window: ArticleWindow) -> None:
    QTest.keyClicks(window.text, "x")
    assert text(window) == TEXT.replace("# One", "x# One")


def test_an_edit_from_the_grid_keeps_caret_and_scroll(window: ArticleWindow) -> None:
    window.window.resize(900, 500)
    place_caret(window, "(Doe, 2013).")
    before = window.text.textCursor().position(), window.text.verticalScrollBar().value()
    view = grid_view(window)
    view.setCurrentIndex(view.model().index(1, 2))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert text(window) == TEXT.replace("| 3 |", "|  |")
    assert (window.text.textCursor().position(), window.text.verticalScrollBar().value()) == before


def test_what_is_typed_in_the_text_shows_in_form_and_grid_at_once(window: ArticleWindow) -> None:
    place_caret(window, 'One"')
    QTest.keyClicks(window.text, "Number ")
    assert title_field(window).text() == "Number One"
    place_caret(window, "it (Doe")
    QTest.keyClicks(window.text, "all of ")
    assert grid_view(window).model().index(0, 1).data() == "On all of it (Doe, 2013)"


def test_shift_enter_makes_a_newline(window: ArticleWindow) -> None:
    place_caret(window, "(Doe, 2013).")
    QTest.keyClick(window.text, Qt.Key.Key_Return, SHIFT)
    assert text(window) == TEXT.replace("Claim (", "Claim \n(", 1)


def test_copy_keeps_no_break_spaces(window: ArticleWindow) -> None:
    at = text(window).index("Claim")
    window.session.buffer.edit([TextEdit(at, at + 5, "5\u00a0mg\u2028of")], "edit")
    window.text.setFocus()
    window.text.selectAll()
    QTest.keyClick(window.text, Qt.Key.Key_C, CONTROL)
    assert "5\u00a0mg\u2028of" in QGuiApplication.clipboard().text()


def test_paste_brings_plain_text_in_one_step(window: ArticleWindow) -> None:
    mime = QMimeData()
    mime.setHtml("<b>bold</b>")
    mime.setText("bold\r\n😀 text")
    QGuiApplication.clipboard().setMimeData(mime)
    place_caret(window, "Claim")
    QTest.keyClick(window.text, Qt.Key.Key_V, CONTROL)
    QTest.keyClicks(window.text, " ")
    assert text(window) == TEXT.replace("Claim", "bold\n😀 text Claim", 1)
    assert list(window.session.buffer.history.labels()) == ["paste", "typing"]


def drop(target: QWidget, place: QPoint, mime: QMimeData) -> QDropEvent:
    """A drag that comes in at a place of a widget and is let go there."""
    actions = Qt.DropAction.CopyAction
    came = QDragEnterEvent(place, actions, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, came)
    event = QDropEvent(QPointF(place), actions, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)
    return event


def test_dropped_text_is_plain_and_one_step(window: ArticleWindow) -> None:
    mime = QMimeData()
    mime.setHtml("<i>very</i> ")
    mime.setText("very ")
    place_caret(window, "Claim")
    drop(window.text.viewport(), window.text.cursorRect().center(), mime)
    assert text(window) == TEXT.replace("Claim", "very Claim", 1)
    QTest.keyClick(window.text, Qt.Key.Key_Z, CONTROL)
    assert text(window) == TEXT


def test_a_dropped_file_opens(window: ArticleWindow, application: Application, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("Other.\n", "utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(other))])
    drop(window.window, QPoint(300, 300), mime)
    assert [each.session.name for each in application.windows] == ["article.md", "other.md"]
    assert text(window) == TEXT
