"""A save that fails takes nothing: the file is as it was, and the text is still there and still unsaved."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.core.text_edit import TextEdit
from editor.session.article_session import ArticleSession, NotSaved, SaveFailed
from editor.storage.journal import drafts_left_behind

Open = Callable[[Path], ArticleSession]
WHY = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "quota is used up",
    errno.EIO: "the disk reported an error",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "no permission",
}


@pytest.fixture
def session(tmp_path: Path, open_session: Open) -> ArticleSession:
    path = tmp_path / "article.md"
    path.write_bytes(b"Old.\r\n")
    session = open_session(path)
    session.buffer.edit([TextEdit(0, 0, "New and ")], "typing")
    return session


@pytest.mark.parametrize("code", WHY, ids=errno.errorcode.__getitem__)
@pytest.mark.parametrize("call", ["write", "fsync", "open", "posix_fallocate"])
def test_a_failed_save_says_why_and_leaves_text_and_draft(
    session: ArticleSession, state_folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    path = session.path
    assert path
    session.keeper.flush()
    if call == "posix_fallocate":
        (path.parent / "other name").hardlink_to(path)
    troubles: list[NotSaved] = []
    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail)
        session.save(otherwise=troubles.append)
        session.finish()
    assert [type(trouble) for trouble in troubles] == [SaveFailed]
    assert WHY[code] in troubles[0].message
    assert path.read_bytes() == b"Old.\r\n"
    assert (session.article.text, session.is_dirty) == ("New and Old.\r\n", True)
    session.close(keep_draft=True)
    assert [draft.text for draft in drafts_left_behind(state_folder / "drafts")] == ["New and Old.\r\n"]


def test_what_is_typed_during_a_save_is_unsaved_after_it(session: ArticleSession) -> None:
    session.save()
    session.buffer.edit([TextEdit(0, 0, "Newer, ")], "typing")
    session.finish()
    assert session.path
    assert session.path.read_bytes() == b"New and Old.\r\n"
    assert session.is_dirty
    session.buffer.undo()
    assert not session.is_dirty


def test_of_saves_asked_for_during_a_save_the_last_follows(session: ArticleSession) -> None:
    done: list[str] = []
    for words in ("a", "b", "c"):
        session.buffer.edit([TextEdit(0, 0, words)], "typing")
        session.save(then=lambda words=words: done.append(words))
    session.finish()
    assert session.path
    assert session.path.read_bytes() == b"cbaNew and Old.\r\n"
    assert done == ["a", "c"]
    assert not session.is_dirty
