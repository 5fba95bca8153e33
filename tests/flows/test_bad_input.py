"""Whatever a file holds, it opens with a quiet notice or is refused in a sentence, and nothing on disk changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QTableView

from editor.app import Application
from editor.article_window import ArticleWindow

Open = Callable[[Path], ArticleWindow]


def write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "bad.md"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"---\ntitle: [open\n---\n\nText.\n", "Line "),
        (b"---\ntitle: a\ntitle: b\n---\n\nText.\n", "Line 3"),
        (b"| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", "Line 3"),
        (b"caf\xc3\xa9\n\ncaf\xe9\n", "Line 3"),
        (b"Text.\n\na\xe2\x80\xa9b\n", "Line 3"),
    ],
    ids=["broken YAML", "a key twice", "ragged rows", "not UTF-8", "a character Qt cannot hold"],
)
def test_a_doubtful_file_opens_with_a_notice_that_names_the_line(
    tmp_path: Path, open_window: Open, data: bytes, said: str
) -> None:
    window = open_window(write(tmp_path, data))
    assert any(said in message for message in window.notices.messages)
    assert window.window.findChild(QMessageBox) is None
    assert (tmp_path / "bad.md").read_bytes() == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Only text.\n",
        b"---\ntitle: x\n---\n",
        b"| S.No | Paper Title |\n|---|---|\n\n| S.No | Paper Title |\n|---|---|\n",
    ],
    ids=["empty", "no front matter and no table", "nothing but front matter", "two tables"],
)
def test_a_plain_file_opens_without_a_word_and_saves_as_it_was(tmp_path: Path, open_window: Open, data: bytes) -> None:
    window = open_window(write(tmp_path, data))
    assert window.notices.messages == ()
    window.files.save()
    window.session.finish()
    assert (tmp_path / "bad.md").read_bytes() == data


def test_text_that_cannot_be_saved_back_is_for_reading_only(tmp_path: Path, open_window: Open) -> None:
    data = b"---\ntitle: caf\xc3\xa9 \xe9\n---\n\n| S.No | Paper Title |\n|---|---|\n| 1 | A (B, 2001) |\n"
    window = open_window(write(tmp_path, data))
    before = window.session.article.text
    window.text.setFocus()
    QTest.keyClicks(window.text, "x")
    QApplication.clipboard().setText("pasted")
    window.text.paste()
    window.grid.add_row()
    view = window.grid.findChild(QTableView)
    view.setCurrentIndex(view.model().index(0, 1))
    QTest.keyClicks(view, "x")
    window.files.save()
    window.session.finish()
    assert window.session.article.text == before
    assert (tmp_path / "bad.md").read_bytes() == data


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [("missing.md", None, "does not exist"), ("binary.md", b"\x7fELF\0\0\1", "is not text"), ("", None, "is a folder")],
)
def test_what_is_no_article_is_refused_in_a_sentence(
    tmp_path: Path, application: Application, name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    application.start([tmp_path / name])
    (window,) = application.windows
    assert window.session.path is None
    assert any(said in message for message in window.notices.messages)


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(tmp_path: Path, application: Application) -> None:
    path = tmp_path / "large.md"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    application.start([path])
    assert any("Stet opens up to" in message for message in application.windows[0].notices.messages)


def test_broken_front_matter_locks_the_form_and_mending_it_in_the_text_unlocks_it(
    tmp_path: Path, open_window: Open
) -> None:
    window = open_window(write(tmp_path, b"---\ntitle: [open\n---\n\nText.\n"))
    assert window.session.article.front_matter.locked
    window.text.go_to_line(1)
    for _ in range(len("title: [")):
        window.text.moveCursor(window.text.textCursor().MoveOperation.Right)
    QTest.keyClick(window.text, "\b")
    assert not window.session.article.front_matter.locked
    assert window.notices.messages == ()
