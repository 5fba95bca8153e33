"""What other programs do to an open file is seen, and takes nothing away that was typed."""

from __future__ import annotations

import importlib.util
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.core.text_edit import TextEdit
from editor.session.article_session import ArticleSession
from editor.session.outside_changes import Gone, OutsideChanges, Unreadable
from editor.storage.article_file import FileText
from editor.storage.journal import drafts_left_behind

Open = Callable[[Path], ArticleSession]
TEXT = "# One\n\nFirst paragraph.\n\nSecond paragraph.\n\nThird paragraph.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "article.md"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def session(path: Path, open_session: Open) -> ArticleSession:
    return open_session(path)


@pytest.fixture
def outside(session: ArticleSession) -> OutsideChanges:
    return OutsideChanges(session)


def look(session: ArticleSession, outside: OutsideChanges) -> None:
    session.finish()
    outside.look()
    session.finish()


def type_text(session: ArticleSession, before: str, text: str) -> None:
    at = session.article.text.index(before)
    session.buffer.edit([TextEdit(at, at, text)], "typing")


def exchange(path: Path, text: str) -> None:
    new = path.with_name("exchanged")
    new.write_text(text, "utf-8")
    new.replace(path)


def write_into(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("write", [exchange, write_into])
def test_an_untouched_text_follows_the_file_in_one_undo_step(
    session: ArticleSession, outside: OutsideChanges, path: Path, write: Callable[[Path, str], None]
) -> None:
    write(path, TEXT.replace("Second", "Another"))
    look(session, outside)
    assert session.article.text == TEXT.replace("Second", "Another")
    assert (session.is_dirty, outside.found) == (False, None)
    session.buffer.undo()
    assert session.article.text == TEXT
    assert session.is_dirty


def test_only_what_differs_is_reloaded_so_that_a_caret_elsewhere_stays(
    session: ArticleSession, outside: OutsideChanges, path: Path
) -> None:
    changes = []
    session.buffer.changed.connect(changes.append)
    write_into(path, TEXT.replace("First", "The first").replace("Third", "The third"))
    look(session, outside)
    edits = [edit for change in changes for edit in change.edits]
    assert sum(len(edit.text) + edit.end - edit.start for edit in edits) < 30


@pytest.mark.parametrize("write", [exchange, write_into])
def test_a_file_that_was_only_touched_or_written_as_it_was_says_nothing(
    session: ArticleSession, outside: OutsideChanges, path: Path, write: Callable[[Path, str], None]
) -> None:
    type_text(session, "Second", "A ")
    os.utime(path)
    look(session, outside)
    write(path, TEXT)
    look(session, outside)
    assert outside.found is None
    assert session.article.text == TEXT.replace("Second", "A Second")


def test_a_change_of_the_same_size_and_time_is_seen(
    session: ArticleSession, outside: OutsideChanges, path: Path
) -> None:
    look(session, outside)
    status = path.stat()
    write_into(path, TEXT.replace("First", "Tsrif"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    look(session, outside)
    assert "Tsrif" in session.article.text


def test_the_writers_own_save_is_no_outside_change(
    session: ArticleSession, outside: OutsideChanges, qtbot: QtBot
) -> None:
    type_text(session, "Second", "A ")
    with qtbot.assertNotEmitted(outside.noticed):
        session.save()
        look(session, outside)
        type_text(session, "Third", "A ")
        look(session, outside)


def test_with_words_typed_the_text_stays_and_the_writer_is_told(
    session: ArticleSession, outside: OutsideChanges, path: Path, qtbot: QtBot
) -> None:
    type_text(session, "Second", "A ")
    mine = session.article.text
    write_into(path, "Theirs.\n")
    with qtbot.waitSignal(outside.noticed):
        look(session, outside)
    assert session.article.text == mine
    assert isinstance(outside.found, FileText)
    assert outside.found.text == "Theirs.\n"


def test_what_other_programs_take_back_is_forgotten(
    session: ArticleSession, outside: OutsideChanges, path: Path
) -> None:
    type_text(session, "Second", "A ")
    write_into(path, "Theirs.\n")
    look(session, outside)
    write_into(path, TEXT)
    look(session, outside)
    assert outside.found is None


def test_their_text_is_taken_in_one_step_that_can_be_undone(
    session: ArticleSession, outside: OutsideChanges, path: Path
) -> None:
    type_text(session, "Second", "A ")
    mine = session.article.text
    write_into(path, "Theirs.\n")
    look(session, outside)
    outside.take_theirs()
    session.finish()
    assert (session.article.text, session.is_dirty, outside.found) == ("Theirs.\n", False, None)
    session.buffer.undo()
    assert session.article.text == mine


def test_ones_own_text_is_kept_and_saved_over_theirs_once_chosen(
    session: ArticleSession, outside: OutsideChanges, path: Path, qtbot: QtBot
) -> None:
    type_text(session, "Second", "A ")
    mine = session.article.text
    write_into(path, "Theirs.\n")
    look(session, outside)
    with qtbot.waitSignal(session.changed_outside):
        session.save()
    assert path.read_text("utf-8") == "Theirs.\n"
    outside.keep_mine()
    assert session.is_dirty
    session.save()
    session.finish()
    assert path.read_text("utf-8") == mine
    assert not session.is_dirty


def test_changes_in_different_places_are_merged_in_one_step(
    session: ArticleSession, outside: OutsideChanges, path: Path
) -> None:
    type_text(session, "Third", "My ")
    mine = session.article.text
    write_into(path, TEXT.replace("First", "Their first"))
    look(session, outside)
    outside.merge()
    session.finish()
    merged = TEXT.replace("First", "Their first").replace("Third", "My Third")
    assert (session.article.text, outside.found) == (merged, None)
    assert session.is_dirty
    session.save()
    session.finish()
    assert path.read_text("utf-8") == merged
    session.buffer.undo()
    assert session.article.text == mine


def test_changes_of_one_place_are_not_merged(
    session: ArticleSession, outside: OutsideChanges, path: Path, qtbot: QtBot
) -> None:
    type_text(session, "Second", "My ")
    mine = session.article.text
    write_into(path, TEXT.replace("Second", "Their second"))
    look(session, outside)
    with qtbot.waitSignal(outside.could_not_merge):
        outside.merge()
    assert session.article.text == mine
    assert isinstance(outside.found, FileText)


def test_a_file_that_goes_away_leaves_the_text_unsaved_and_in_a_draft(
    session: ArticleSession, outside: OutsideChanges, path: Path, state_folder: Path
) -> None:
    path.unlink()
    look(session, outside)
    assert (session.article.text, session.is_dirty, outside.found) == (TEXT, True, Gone())
    session.close(keep_draft=True)
    assert [draft.text for draft in drafts_left_behind(state_folder / "drafts")] == [TEXT]


@pytest.mark.parametrize("back", [TEXT, "Another branch.\n"])
def test_an_untouched_text_follows_a_file_that_goes_and_comes_back(
    session: ArticleSession, outside: OutsideChanges, path: Path, back: str
) -> None:
    path.unlink()
    look(session, outside)
    write_into(path, back)
    look(session, outside)
    assert (session.article.text, session.is_dirty, outside.found) == (back, False, None)


def test_a_file_that_went_away_is_saved_again(session: ArticleSession, outside: OutsideChanges, path: Path) -> None:
    path.unlink()
    look(session, outside)
    session.save()
    look(session, outside)
    assert path.read_text("utf-8") == TEXT
    assert (session.is_dirty, outside.found) == (False, None)


def test_a_file_that_cannot_be_read_any_more_leaves_the_text(
    session: ArticleSession, outside: OutsideChanges, path: Path
) -> None:
    write_into(path, "data\0data")
    look(session, outside)
    assert session.article.text == TEXT
    assert isinstance(outside.found, Unreadable)
    assert "is not text" in outside.found.message


def test_another_encoding_is_taken_with_the_text(session: ArticleSession, outside: OutsideChanges, path: Path) -> None:
    path.write_bytes(b"\xff\xfe" + "Zwölf.\n".encode("utf-16-le"))
    look(session, outside)
    assert (session.article.text, session.encoding_name) == ("Zwölf.\n", "UTF-16 LE")
    type_text(session, "Zwölf", "Etwa ")
    session.save()
    session.finish()
    assert path.read_bytes() == b"\xff\xfe" + "Etwa Zwölf.\n".encode("utf-16-le")


def test_what_is_typed_while_a_reload_is_prepared_is_not_taken_away(
    session: ArticleSession, outside: OutsideChanges, path: Path, qtbot: QtBot
) -> None:
    write_into(path, "Theirs.\n")
    outside.look()
    while session.article.text == TEXT:  # the very moment between the look and the reload
        session._background._hand_over_next()
        type_text(session, "Second", "A ")
    session.finish()
    assert "A Second" in session.article.text
    assert isinstance(outside.found, FileText)


@pytest.mark.parametrize("write", [exchange, write_into])
def test_a_change_is_noticed_without_being_asked_for(
    session: ArticleSession, outside: OutsideChanges, path: Path, qtbot: QtBot, write: Callable[[Path, str], None]
) -> None:
    for text in ("One.\n", "Two.\n", "Three.\n"):
        write(path, text)
        qtbot.waitUntil(lambda text=text: session.article.text == text, timeout=5000)


def test_whatever_other_programs_do_during_editing_nothing_is_lost_and_no_alarm_is_false(
    qapp: object, tmp_path: Path
) -> None:
    spec = importlib.util.spec_from_file_location("meddling", Path(__file__).with_name("meddling.py"))
    assert spec
    assert spec.loader
    meddling = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(meddling)
    done = meddling.meddle(tmp_path, random.Random(2), 400)
    assert min(done.values()) > 5


def test_what_another_program_wrote_over_is_kept_as_an_earlier_version(
    session: ArticleSession, outside: OutsideChanges, path: Path
) -> None:
    write_into(path, "Theirs.\n")
    look(session, outside)
    history = session.safe.history
    assert [history.read(version).decode() for version in history.versions(path)] == [TEXT]
