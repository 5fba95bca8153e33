"""Files in the window: opened, saved, closed, and what is asked and said meanwhile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from tests.flows.short_article import TEXT, add_claim, grid_view, text

from editor.app import Application
from editor.article_window import ArticleWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


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
