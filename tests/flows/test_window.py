"""What a writer does in the window: keys, undo, clipboard, files, closing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.core.text_edit import TextEdit

Open = Callable[[Path], ArticleWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = """---
title: "One"
link: https://example.com
---

# One

Claim (Doe, 2013).

| S.No | Paper Title (Author, Year) | Citations |
|---|---|---|
| 1 | On it (Doe, 2013) | - |
| 2 | On that (Roe, 2014) | 3 |
"""


@pytest.fixture
def window(tmp_path: Path, open_window: Open) -> ArticleWindow:
    path = tmp_path / "article.md"
    path.write_text(TEXT, "utf-8")
    return open_window(path)


def text(window: ArticleWindow) -> str:
    return window.session.article.text


def place_caret(window: ArticleWindow, before: str) -> None:
    cursor = QTextCursor(window.session.buffer.document)
    cursor.setPosition(text(window).index(before))
    window.text.setTextCursor(cursor)
    window.text.setFocus()


def grid_view(window: ArticleWindow) -> QTableView:
    return window.grid.findChild(QTableView)


def add_claim(window: ArticleWindow) -> None:
    at = text(window).index("Claim")
    window.session.buffer.edit([TextEdit(at, at, "A new ")], "add claim")


def title_field(window: ArticleWindow) -> QLineEdit:
    field = window.session.article.front_matter.field("title")
    return next(each for each in window.form.findChildren(QLineEdit) if field and each.text() == field.value)


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


def test_closing_asks_about_unsaved_changes(
    window: ArticleWindow, application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    add_claim(window)
    edited = text(window)
    assert window.window.isWindowModified()
    window.window.close()
    question = window.window.findChild(QMessageBox)
    question.button(QMessageBox.StandardButton.Cancel).click()
    assert application.windows == [window]
    window.window.close()
    question = window.window.findChildren(QMessageBox)[-1]
    with qtbot.waitSignal(window.closed):
        question.button(QMessageBox.StandardButton.Save).click()
    assert (tmp_path / "article.md").read_text("utf-8") == edited


def test_a_value_still_in_a_cell_editor_is_saved(window: ArticleWindow, tmp_path: Path) -> None:
    view = grid_view(window)
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 2))
    QTest.keyClick(view, Qt.Key.Key_7)
    window.files.save()
    window.session.finish()
    assert (tmp_path / "article.md").read_text("utf-8") == TEXT.replace("| - |", "| 7 |")


def test_save_as_takes_another_file_and_leaves_the_first(
    window: ArticleWindow, application: Application, tmp_path: Path
) -> None:
    add_claim(window)
    QTest.keyClick(window.text, Qt.Key.Key_S, CONTROL | SHIFT)
    dialog = window.window.findChild(QFileDialog)
    dialog.selectFile(str(tmp_path / "copy.md"))
    dialog.accept()
    window.session.finish()
    assert (tmp_path / "copy.md").read_text("utf-8") == text(window)
    assert (tmp_path / "article.md").read_text("utf-8") == TEXT
    assert window.window.windowTitle() == "copy.md[*] — Stet"
    assert application.settings.recent_files[0] == str(tmp_path / "copy.md")


def test_saving_over_another_programs_write_asks_first(window: ArticleWindow, tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text("Theirs.\n", "utf-8")
    add_claim(window)
    window.files.save()
    window.session.finish()
    assert path.read_text("utf-8") == "Theirs.\n"
    question = window.window.findChild(QMessageBox)
    next(button for button in question.buttons() if button.text() == "Save anyway").click()
    window.session.finish()
    assert path.read_text("utf-8") == text(window)


def test_a_save_that_fails_keeps_the_text_unsaved_and_says_why(window: ArticleWindow, tmp_path: Path) -> None:
    add_claim(window)
    (tmp_path / "article.md").unlink()
    (tmp_path / "article.md").mkdir()
    assert window.window.isWindowModified()
    window.files.save_to(tmp_path / "article.md", over_outside_change=True)
    window.session.finish()
    assert window.session.is_dirty
    assert any("could not be saved" in message for message in window.notices.messages)


def test_a_new_article_has_the_columns_of_the_real_one(application: Application) -> None:
    application.start([])
    window = application.windows[0]
    table = window.session.article.citations_table
    assert table is not None
    assert table.columns == ("S.No", "Paper Title (Author, Year)", "Relevant Insight", "Citations")
    assert not window.session.is_dirty
    assert window.window.windowTitle() == "Untitled[*] — Stet"


def test_an_untouched_new_article_gives_way_to_one_that_is_opened(
    application: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    application.start([])
    (tmp_path / "a.md").write_text("A.\n", "utf-8")
    application.open_files([tmp_path / "a.md", tmp_path / "a.md"])
    assert [window.session.name for window in application.windows] == ["a.md"]


def test_every_command_has_a_shortcut_and_none_shares_one(window: ArticleWindow) -> None:
    keys = [key.toString() for action in window.window.commands.values() for key in action.shortcuts()]
    assert all(action.shortcuts() for action in window.window.commands.values())
    assert len(keys) == len(set(keys))


def test_keys_alone_reach_every_pane(window: ArticleWindow) -> None:
    window.text.setFocus()
    reached = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        reached.append(next(name for name in ("text", "form", "grid", "preview") if holds(window, name, focus)))
    assert reached == ["form", "grid", "preview", "text"]


def holds(window: ArticleWindow, name: str, focus: QWidget) -> bool:
    pane = window.window.pane(name)
    return pane is focus or pane.isAncestorOf(focus)


def test_find_selects_and_goes_round(window: ArticleWindow) -> None:
    place_caret(window, "Claim")
    QTest.keyClick(window.text, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(window.find.sought, "doe")
    places = []
    for _ in range(3):
        places.append(window.text.textCursor().selectionStart())
        QTest.keyClick(window.find.sought, Qt.Key.Key_Return)
    first = TEXT.index("Doe")
    assert places == [first, TEXT.index("Doe", first + 1), first]


def test_the_status_line_counts_and_follows(window: ArticleWindow, qtbot: QtBot) -> None:
    status = window.window.statusBar()
    labels = {name: status.findChild(QWidget, name) for name in ("words", "citations", "encoding", "position")}
    qtbot.waitUntil(lambda: labels["citations"].text() == "2 citations")
    assert labels["encoding"].text() == "UTF-8 · LF"
    words = labels["words"].text()
    place_caret(window, "Claim")
    assert labels["position"].text() == "Line 8, column 1"
    QTest.keyClicks(window.text, "Bold ")
    qtbot.waitUntil(lambda: labels["words"].text() != words)


def test_a_line_too_long_to_lay_out_is_told_of_while_the_caret_is_in_it(window: ArticleWindow) -> None:
    place_caret(window, "Claim")
    line = window.text.textCursor().blockNumber()
    QApplication.clipboard().setText("word " * 14_000)
    QTest.keyClick(window.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert any(message.startswith(f"Line {line + 1} is too long") for message in window.notices.messages)
    QTest.keyClick(window.text, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert not any("too long" in message for message in window.notices.messages)


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


def test_panes_keep_their_sizes_from_window_to_window(
    window: ArticleWindow, application: Application, tmp_path: Path, open_window: Open
) -> None:
    window.window.resize(700, 600)
    splitter = window.window.splitters["sides"]
    splitter.setSizes([250, 450])
    wanted = splitter.sizes()
    window.window.close()
    (tmp_path / "other.md").write_text("Other.\n", "utf-8")
    other = open_window(tmp_path / "other.md")
    assert other.window.size().width() == 700
    assert other.window.splitters["sides"].sizes() == wanted


def test_typing_in_the_form_is_one_step_wherever_the_caret_of_the_text_is(window: ArticleWindow) -> None:
    place_caret(window, "Claim")
    field = title_field(window)
    field.setFocus()
    QTest.keyClicks(field, "Only ")
    assert list(window.session.buffer.history.labels()) == ["edit title"]


def test_the_first_key_in_an_opened_article_does_not_break_its_front_matter(window: ArticleWindow) -> None:
    QTest.keyClicks(window.text, "x")
    assert text(window) == TEXT.replace("# One", "x# One")


def test_a_search_that_fails_leaves_nothing_selected_to_type_over(window: ArticleWindow) -> None:
    QTest.keyClick(window.text, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(window.find.sought, "doezz")
    QTest.keyClick(window.find.sought, Qt.Key.Key_Escape)
    assert window.text.hasFocus()
    assert not window.text.textCursor().hasSelection()


def test_the_preview_wears_the_theme_that_is_chosen(
    window: ArticleWindow, read_preview: Callable[[ArticleWindow, str], object], qtbot: QtBot
) -> None:
    for name, media in (("dark", "screen"), ("light", "not all")):
        window.window.commands[f"theme-{name}"].trigger()
        qtbot.waitUntil(lambda media=media: read_preview(window, "document.getElementById('dark').media") == media)


def test_going_to_the_grid_of_an_article_without_a_table_takes_the_keys_from_the_text(
    tmp_path: Path, open_window: Open
) -> None:
    (tmp_path / "plain.md").write_text("Text.\n", "utf-8")
    window = open_window(tmp_path / "plain.md")
    window.text.setFocus()
    QTest.keyClick(window.text, Qt.Key.Key_3, CONTROL)
    assert not window.text.hasFocus()


def test_a_save_that_was_not_made_on_closing_does_not_close_the_window_later(
    window: ArticleWindow, application: Application, tmp_path: Path
) -> None:
    (tmp_path / "article.md").write_text("Theirs.\n", "utf-8")
    add_claim(window)
    window.window.close()
    window.window.findChild(QMessageBox).button(QMessageBox.StandardButton.Save).click()
    window.session.finish()
    question = window.window.findChildren(QMessageBox)[-1]
    question.button(QMessageBox.StandardButton.Cancel).click()
    (tmp_path / "article.md").write_text(TEXT, "utf-8")
    window.files.save()
    window.session.finish()
    assert application.windows == [window]
    assert (tmp_path / "article.md").read_text("utf-8") == text(window)


def test_one_file_has_one_window_whatever_way_leads_to_it(
    window: ArticleWindow, application: Application, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.md").symlink_to(tmp_path / "article.md")
    application.open_files([tmp_path / "folder" / ".." / "article.md", tmp_path / "link.md"])
    assert application.windows == [window]


def test_a_recent_file_that_is_gone_is_said_and_forgotten(
    window: ArticleWindow, application: Application, tmp_path: Path
) -> None:
    path = tmp_path / "article.md"
    gone = tmp_path / "gone.md"
    application._remember(gone)
    application.open_files([gone])
    assert application.settings.recent_files == (str(path),)
    assert any("does not exist" in message for message in window.notices.messages)
