"""What is typed is on disk within a second, and a draft is never made of steps that do not follow each other."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.core.text_edit import TextEdit
from editor.session.draft_keeper import DraftKeeper
from editor.session.text_buffer import TextBuffer
from editor.storage.journal import Origin, drafts_left_behind

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def buffer() -> TextBuffer:
    return TextBuffer("One.\n")


@pytest.fixture
def keeper(buffer: TextBuffer, tmp_path: Path) -> Iterator[DraftKeeper]:
    keeper = DraftKeeper(buffer, tmp_path, Origin())
    yield keeper
    keeper.close(keep=True)


def type_words(buffer: TextBuffer, words: str) -> None:
    buffer.edit([TextEdit(0, 0, words)], "typing")


def draft(folder: Path, keeper: DraftKeeper) -> str:
    keeper.close(keep=True)
    (found,) = drafts_left_behind(folder)
    return found.text


def test_words_are_written_down_while_typing_never_pauses(
    buffer: TextBuffer, keeper: DraftKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    def typed_on() -> bool:
        type_words(buffer, "x")
        return any(tmp_path.glob("*.journal"))

    qtbot.waitUntil(typed_on, timeout=5000)  # a key at each look: nothing here waits for a pause


def test_the_draft_is_the_text_whatever_was_done_to_it(buffer: TextBuffer, keeper: DraftKeeper, tmp_path: Path) -> None:
    for words in ("Two. ", "😀 ", "Three.\n"):
        type_words(buffer, words)
        keeper.flush()
    buffer.undo()
    buffer.edit([TextEdit(0, 2, ""), TextEdit(4, 4, "four ")], "two places")
    assert draft(tmp_path, keeper) == buffer.article.text


def test_steps_after_one_that_could_not_be_written_are_not_put_in_its_place(
    buffer: TextBuffer, keeper: DraftKeeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_words(buffer, "Two. ")
    keeper.flush()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", full)
        type_words(buffer, "Three. ")
        keeper.flush()
    # As if the second had been asked for before the failure of the first was told.
    keeper.is_failing = False
    type_words(buffer, "Four. ")
    keeper.flush()
    assert draft(tmp_path, keeper) == "Four. Three. Two. One.\n"


def test_a_text_back_at_what_the_file_holds_after_a_save_needs_no_draft(
    buffer: TextBuffer, keeper: DraftKeeper, tmp_path: Path
) -> None:
    type_words(buffer, "Two. ")
    keeper.flush()
    buffer.mark_saved()
    keeper.begin_anew(Origin(tmp_path / "article.md", "0"))
    keeper.flush()
    assert list(tmp_path.iterdir()) == []
