"""What becomes of a writer's file and words: drafts, earlier versions, other programs and windows, encodings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.core.text_edit import TextEdit
from editor.storage.claims import Claim
from editor.storage.descriptors import opened
from editor.storage.interrupted_save import recorded
from editor.storage.settings_file import settings_path, state_folder
from editor.ui.comparison_view import ComparisonView
from editor.ui.dialogs.versions import VersionsDialog

Open = Callable[[Path], ArticleWindow]
TEXT = "---\ntitle: Sleep\ndate: 2024-05-01\n---\n\n# Sleep\n\nFirst claim.\n\nSecond claim.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "article.md"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def window(path: Path, open_window: Open) -> ArticleWindow:
    return open_window(path)


@pytest.fixture
def next_start(application: Application, qapp: QApplication) -> Iterator[Callable[[list[Path]], Application]]:
    """Ends the program as a shutdown does, with nothing saved, and starts it anew."""
    started: list[Application] = []

    def start(paths: list[Path]) -> Application:
        application.end()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        started.append(Application(qapp, settings_path(), state_folder()))
        started[-1].start(paths)
        started[-1].drafts.finish()
        return started[-1]

    yield start
    for program in started:
        for window in tuple(program.windows):
            window.close_without_saving()
        program.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def text(window: ArticleWindow) -> str:
    return window.session.article.text


def add(window: ArticleWindow, before: str, words: str) -> None:
    at = text(window).index(before)
    window.session.buffer.edit([TextEdit(at, at, words)], "typing")


def save(window: ArticleWindow) -> None:
    window.files.save()
    window.session.finish()


def press(window: ArticleWindow, title: str) -> None:
    """Press a button in the window or in a dialog over it."""
    shown = [button for button in window.window.findChildren(QPushButton) if button.isVisible()]
    next(button for button in shown if button.text() == title).click()


def versions_dialog(window: ArticleWindow) -> VersionsDialog:
    return window.window.findChildren(VersionsDialog)[-1]


def says(window: ArticleWindow, words: str) -> bool:
    return any(words in message for message in window.notices.messages)


# Drafts


def test_what_was_not_saved_is_offered_at_the_next_start_and_undone_to_the_file(
    window: ArticleWindow, path: Path, next_start: Callable[[list[Path]], Application]
) -> None:
    add(window, "Second", "A new and ")
    typed = text(window)
    program = next_start([path])
    again = program.windows[0]
    assert text(again) == path.read_text("utf-8") == TEXT
    assert says(again, "Stet ended before “article.md” from Today")
    press(again, "Review…")
    program.drafts.finish()
    press(again, "Open Draft")
    again.session.finish()
    assert (text(again), again.session.is_dirty) == (typed, True)
    again.session.buffer.undo()
    assert text(again) == TEXT


def test_an_untitled_draft_comes_back_in_a_window_of_its_own(
    application: Application, next_start: Callable[[list[Path]], Application]
) -> None:
    application.start([])
    window = application.windows[0]
    add(window, "#", "My first words.\n\n")
    typed = text(window)
    program = next_start([])
    program.drafts.review(program.windows[0])
    program.drafts.finish()
    press(program.windows[0], "Open Draft")
    program.windows[-1].session.finish()
    assert text(program.windows[-1]) == typed
    assert program.windows[-1].session.path is None


def test_a_draft_is_discarded_only_after_a_question(
    window: ArticleWindow, path: Path, next_start: Callable[[list[Path]], Application]
) -> None:
    add(window, "Second", "A new and ")
    program = next_start([path])
    again = program.windows[0]
    program.drafts.review(again)
    program.drafts.finish()
    press(again, "Discard…")
    assert len(list((state_folder() / "drafts").iterdir())) == 1
    press(again, "Keep")
    assert len(list((state_folder() / "drafts").iterdir())) == 1
    press(again, "Discard…")
    press(again, "Discard")
    assert list((state_folder() / "drafts").iterdir()) == []


def test_what_was_saved_or_given_up_on_purpose_leaves_no_draft(
    window: ArticleWindow, path: Path, application: Application
) -> None:
    add(window, "Second", "A new and ")
    window.session.keeper.flush()
    save(window)
    window.session.keeper.flush()
    assert list((state_folder() / "drafts").iterdir()) == []
    add(window, "Second", "yet another ")
    window.session.keeper.flush()
    assert len(list((state_folder() / "drafts").iterdir())) == 1
    window.close_without_saving()
    assert list((state_folder() / "drafts").iterdir()) == []


def test_where_no_draft_can_be_kept_the_writer_is_told_until_it_can(
    window: ArticleWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = state_folder() / "drafts"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.touch()
    add(window, "Second", "A ")
    window.session.keeper.flush()
    assert says(window, "cannot be kept safe from a crash")
    folder.unlink()
    add(window, "Second", "very ")
    window.session.keeper.flush()
    assert not says(window, "cannot be kept safe")
    assert len(list(folder.iterdir())) == 1


# Earlier versions


def test_an_earlier_version_is_compared_and_restored_as_one_step(
    window: ArticleWindow, path: Path, qtbot: QtBot
) -> None:
    add(window, "Second", "A new and ")
    edited = text(window)
    save(window)
    window.window.commands["versions"].trigger()
    dialog = versions_dialog(window)
    view = dialog.findChild(ComparisonView)
    qtbot.waitUntil(lambda: "1 change" in view.summary)
    press(window, "Restore")
    window.session.finish()
    assert text(window) == TEXT
    window.session.buffer.undo()
    assert (text(window), path.read_text("utf-8")) == (edited, edited)


def test_an_article_never_saved_has_no_earlier_versions_and_says_so(window: ArticleWindow) -> None:
    window.window.commands["versions"].trigger()
    assert "No earlier version" in versions_dialog(window).findChild(ComparisonView).message


# Saving by itself


def test_a_pause_saves_where_the_writer_wants_that(
    window: ArticleWindow, application: Application, path: Path, qtbot: QtBot
) -> None:
    window.files._pause.setInterval(1)
    add(window, "Second", "A ")
    assert not window.files._pause.isActive()
    window.window.commands["autosave-pause"].trigger()
    qtbot.waitUntil(lambda: path.read_text("utf-8") == text(window))
    assert application.settings.autosave == "pause"
    assert window.window.commands["autosave-pause"].isChecked()


def test_losing_the_focus_saves_where_the_writer_wants_that(
    window: ArticleWindow, path: Path, qapp: QApplication
) -> None:
    window.window.commands["autosave-focus"].trigger()
    add(window, "Second", "A ")
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    window.session.finish()
    assert path.read_text("utf-8") == text(window) != TEXT


def test_saving_by_itself_never_writes_over_another_programs_text_nor_asks(window: ArticleWindow, path: Path) -> None:
    window.files.set_autosave("focus")
    add(window, "Second", "A ")
    path.write_text("Theirs.\n", "utf-8")
    window.files._save_by_itself()
    window.session.finish()
    assert path.read_text("utf-8") == "Theirs.\n"
    assert window.window.findChild(QMessageBox) is None
    assert says(window, "Another program changed")


# Other programs and other windows


def test_a_change_by_another_program_is_compared_before_it_is_decided(
    window: ArticleWindow, path: Path, qtbot: QtBot
) -> None:
    add(window, "Second", "My ")
    path.write_text(TEXT.replace("First", "Their first"), "utf-8")
    window.files.outside.look()
    window.session.finish()
    press(window, "Compare…")
    qtbot.waitUntil(lambda: "2 changes" in window.window.findChild(ComparisonView).summary)
    press(window, "Merge")
    window.session.finish()
    assert text(window) == TEXT.replace("First", "Their first").replace("Second", "My Second")
    assert not says(window, "Another program")


def test_a_reload_leaves_the_caret_where_the_writer_has_it(window: ArticleWindow, path: Path) -> None:
    window.text.place_caret(text(window).index("cond claim"))
    path.write_text(TEXT.replace("First", "A longer first"), "utf-8")
    window.files.outside.look()
    window.session.finish()
    assert text(window)[window.text.caret_offset :].startswith("cond claim")
    assert not window.session.is_dirty


def test_a_decision_about_a_text_that_has_changed_once_more_is_not_carried_out(
    window: ArticleWindow, path: Path
) -> None:
    add(window, "Second", "My ")
    mine = text(window)
    for theirs in ("Theirs.\n", "Theirs, once more.\n"):
        path.write_text(theirs, "utf-8")
        window.files.outside.look()
        window.session.finish()
        if theirs == "Theirs.\n":
            press(window, "Compare…")
    dialog = window.window.findChild(ComparisonView).window()
    next(button for button in dialog.findChildren(QPushButton) if button.text() == "Take Theirs").click()
    window.session.finish()
    assert text(window) == mine
    assert says(window, "Another program changed")


def test_an_article_open_in_another_program_is_for_reading_until_the_writer_insists(
    path: Path, open_window: Open, own_settings: Path
) -> None:
    claim = Claim(path, state_folder() / "open")
    window = open_window(path)
    QTest.keyClicks(window.text, "x")
    assert text(window) == TEXT
    assert says(window, "open in another window")
    path.write_text("Saved there.\n", "utf-8")
    window.files.outside.look()
    window.session.finish()
    assert (text(window), window.session.is_claimed_elsewhere) == ("Saved there.\n", True)
    press(window, "Edit All the Same")
    QTest.keyClicks(window.text, "x")
    assert len(text(window)) == len("Saved there.\n") + 1
    claim.release()


# Encodings


def test_a_character_that_the_encoding_cannot_hold_is_a_question(path: Path, open_window: Open) -> None:
    data = "Die Wälder sind größer, als man früher dachte, und schöner.\r\n".encode("cp1252")
    path.write_bytes(data)
    window = open_window(path)
    add(window, "Die", "→ ")
    save(window)
    assert path.read_bytes() == data
    assert says(window, "→")
    press(window, "Save as UTF-8")
    window.session.finish()
    assert path.read_text("utf-8") == text(window).replace("\r\n", "\n")


def test_a_file_can_be_read_anew_in_another_encoding_unless_that_would_take_changes_away(
    qtbot: QtBot, path: Path, open_window: Open
) -> None:
    data = "Die Wälder sind größer, als man früher dachte, und schöner.\n".encode("cp1252")
    path.write_bytes(data)
    window = open_window(path)
    assert "Windows-1252" in window.window.findChild(object, "encoding").text()
    window.files.reopen("cp1251")
    window.session.finish()
    assert "Wдlder" in text(window)
    qtbot.waitUntil(lambda: "Windows-1251" in window.window.findChild(object, "encoding").text())
    save(window)
    assert path.read_bytes() == data
    add(window, "Die", "x")
    window.files.reopen("cp1252")
    window.session.finish()
    assert "xDie Wдlder" in text(window)
    assert says(window, "Save or undo your changes first")


# The form


def test_a_value_set_back_in_the_form_leaves_no_trace(window: ArticleWindow) -> None:
    (title,) = [each for each in window.form.findChildren(QLineEdit) if each.text() == "Sleep"]
    for words in ("a: b #c", "Sleep"):
        title.setFocus()
        title.selectAll()
        QTest.keyClicks(title, words)
        window.text.setFocus()
        assert words in text(window)
    assert text(window) == TEXT


def test_a_save_that_was_cut_off_is_finished_at_the_next_start(
    path: Path, next_start: Callable[[list[Path]], Application]
) -> None:
    path.with_name("other name").hardlink_to(path)
    new = b"A much longer text, of which only a part was written.\n" * 40
    with (
        opened(path, os.O_RDWR) as file,
        recorded(state_folder() / "saves", file, path, path.read_bytes(), new) as kept,
    ):
        left = kept.read_bytes()
    kept.write_bytes(left)
    path.write_bytes(new[:50] + TEXT.encode()[50:])
    next_start([])
    assert path.read_bytes() == new
