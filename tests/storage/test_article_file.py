"""An article's file: read whole and exactly, saved durably."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from editor.storage.article_file import LARGEST, FileMissing, FileUnreadable, SaveFailed, read_article, save_article


def test_an_article_saved_unedited_has_the_same_bytes(tmp_path: Path) -> None:
    article = tmp_path / "article.md"
    original = b"\xef\xbb\xbf---\r\ntitle: caf\xc3\xa9\r---\n\n\xe2\x80\xa8text\x0c without an end"
    article.write_bytes(original)
    read = read_article(article)
    assert save_article(article, read.text, read.encoding, read.bom) == read.digest
    assert article.read_bytes() == original


def test_a_file_can_be_read_in_another_encoding_than_it_seems_to_be_in(tmp_path: Path) -> None:
    article = tmp_path / "article.md"
    article.write_bytes("Erdős\n".encode("cp1250"))
    assert read_article(article).text == "Erdõs\n"
    read = read_article(article, "cp1250")
    assert (read.text, read.encoding, read.locked) == ("Erdős\n", "cp1250", "")
    assert read.is_given_back_by(read.text)
    assert not read.is_given_back_by(read.text + "→")


def test_the_digest_is_that_of_the_bytes_and_not_of_the_text(tmp_path: Path) -> None:
    digest = save_article(tmp_path / "a.md", "text", bom=b"\xef\xbb\xbf")
    assert digest == hashlib.sha256(b"\xef\xbb\xbftext").hexdigest()


def test_an_empty_file_is_an_empty_text(tmp_path: Path) -> None:
    (tmp_path / "empty.md").touch()
    read = read_article(tmp_path / "empty.md")
    assert (read.text, read.encoding, read.locked) == ("", "utf-8", "")


def test_a_missing_file_is_told_apart_from_an_unreadable_one(tmp_path: Path) -> None:
    with pytest.raises(FileMissing) as trouble:
        read_article(tmp_path / "no folder" / "gone.md")
    assert trouble.value.message == "“gone.md” does not exist; check its name and folder."


def test_a_folder_a_pipe_and_a_file_of_data_are_refused_in_words(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "data").write_bytes(b"one\n\0")
    for name, reason in {"": "is a folder", "pipe": "is not a regular file", "data": "is not text"}.items():
        with pytest.raises(FileUnreadable) as trouble:
            read_article(tmp_path / name)
        assert reason in trouble.value.message
        assert trouble.value.line == (2 if name == "data" else 0)


def test_a_file_of_50_megabytes_is_refused_and_one_of_the_largest_size_is_not(tmp_path: Path) -> None:
    large = tmp_path / "large.md"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(FileUnreadable, match=r"“large\.md” has 50\.0 MB; Stet opens up to 20, so split it\."):
        read_article(large)
    large.write_bytes(b"a" * LARGEST)
    assert len(read_article(large).text) == LARGEST


def test_a_file_that_one_may_not_read_says_so(tmp_path: Path) -> None:
    closed = tmp_path / "closed.md"
    closed.write_text("text")
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        pytest.skip("this user may read every file")
    with pytest.raises(FileUnreadable, match="you have no permission to read it"):
        read_article(closed)


def test_a_failed_save_says_what_failed_and_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SaveFailed) as gone:
        save_article(tmp_path / "gone" / "a.md", "text")
    assert gone.value.message == "“a.md” could not be saved: its folder is gone; save it elsewhere."
    with pytest.raises(SaveFailed, match="a folder has this name; choose another name"):
        save_article(tmp_path, "text")
    with pytest.raises(SaveFailed, match="its name is too long; choose a shorter one"):
        save_article(tmp_path / ("n" * 300), "text")
