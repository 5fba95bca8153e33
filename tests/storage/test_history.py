"""What an article held before each save is kept for a while, and never at the cost of the save."""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.storage.article_file import ChangedOutside, FileMissing, SaveFailed, read_article, save_article
from editor.storage.file_bytes import digest, save_bytes
from editor.storage.history import History, HistoryLimits, VersionDamaged, VersionNotKept
from editor.storage.safekeeping import Safekeeping

NOON = dt.datetime.now(dt.UTC).replace(hour=12)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "state" / "history")


def texts(history: History, path: Path) -> list[bytes]:
    return [history.read(version) for version in history.versions(path)]


def noise(size: int) -> bytes:
    """Bytes that no packing makes fewer."""
    return os.urandom(size)


def test_versions_come_newest_first_with_the_time_and_size_of_each(history: History, article: Path) -> None:
    history.keep(article, b"one", NOON)
    history.keep(article, b"three", NOON.astimezone(dt.timezone(dt.timedelta(hours=5))) + MINUTE)
    newest, oldest = history.versions(article)
    assert (newest.when, newest.size, newest.digest) == (NOON + MINUTE, 5, digest(b"three"))
    assert (oldest.when, oldest.size) == (NOON, 3)
    assert texts(history, article) == [b"three", b"one"]


@given(data=st.binary(max_size=5000))
def test_whatever_was_kept_is_given_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    history = History(tmp_path_factory.getbasetemp() / "any bytes")
    history.keep(Path("article.md"), data, dt.datetime.now(dt.UTC))
    assert history.read(history.versions(Path("article.md"))[0]) == data


def test_what_is_kept_already_is_not_kept_twice(history: History, article: Path) -> None:
    for minutes, data in enumerate([b"one", b"one", b"two", b"one"]):
        history.keep(article, data, NOON + minutes * MINUTE)
    assert texts(history, article) == [b"one", b"two", b"one"]


def test_versions_are_the_writers_alone(history: History, article: Path) -> None:
    history.keep(article, b"private", NOON)
    (version,) = history.versions(article)
    assert version.file.stat().st_mode & 0o777 == 0o600
    for folder in (version.file.parent, history.folder, history.folder.parent):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_an_article_has_its_versions_by_every_way_to_it(history: History, article: Path, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(article)
    history.keep(tmp_path / "link.md", b"one", NOON)
    assert texts(history, article.parent / ".." / "folder" / "article.md") == [b"one"]


def test_damage_is_told_and_never_handed_out(history: History, article: Path) -> None:
    history.keep(article, b"one" * 100, NOON)
    history.keep(article, b"two" * 100, NOON + MINUTE)
    newest, oldest = history.versions(article)
    whole = newest.file.read_bytes()
    for at in range(len(whole)):
        newest.file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with suppress(VersionDamaged):
            # A bit that says nothing of the content may change.
            assert history.read(newest) == b"two" * 100
    newest.file.write_bytes(bytes(len(whole)))
    with pytest.raises(VersionDamaged, match="choose another version"):
        history.read(newest)
    newest.file.write_bytes(whole[:-1])
    assert history.versions(article) == (oldest,)


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path, article: Path) -> None:
    history = History(tmp_path / "history", HistoryLimits(versions=3))
    for minutes in range(10):
        history.keep(article, str(minutes).encode(), NOON + minutes * MINUTE)
    assert texts(history, article) == [b"9", b"8", b"7"]


def test_the_oldest_go_when_they_are_too_large_and_the_newest_stays_however_large(
    tmp_path: Path, article: Path
) -> None:
    history = History(tmp_path / "history", HistoryLimits(article_bytes=2500))
    for minutes in range(5):
        history.keep(article, noise(1000), NOON + minutes * MINUTE)
    assert len(history.versions(article)) == 2
    history.keep(article, noise(9000), NOON + 9 * MINUTE)
    assert [version.size for version in history.versions(article)] == [9000]


def test_what_is_too_old_goes_the_newest_included(history: History, article: Path) -> None:
    history.keep(article, b"one", NOON)
    history.prune(NOON + dt.timedelta(days=90))
    assert texts(history, article) == [b"one"]
    history.prune(NOON + dt.timedelta(days=90, seconds=1))
    assert history.versions(article) == ()
    (folder,) = (entry for entry in history.folder.iterdir() if entry.is_dir())
    os.utime(folder, (0, 0))
    history.prune(NOON)
    assert not folder.exists()


def test_of_all_articles_together_the_oldest_go_and_each_keeps_its_newest(tmp_path: Path) -> None:
    history = History(tmp_path / "history", HistoryLimits(all_bytes=5500))
    for minutes, name in enumerate(["a", "a", "b", "b", "c", "c", "a"]):
        history.keep(tmp_path / name, noise(1000), NOON + minutes * MINUTE)
    history.prune(NOON + MINUTE)
    assert [len(history.versions(tmp_path / name)) for name in "abc"] == [1, 2, 2]
    History(history.folder, HistoryLimits(all_bytes=1)).prune(NOON + MINUTE)
    assert [len(history.versions(tmp_path / name)) for name in "abc"] == [1, 1, 1]


def test_what_another_process_is_writing_is_not_swept_away(history: History, article: Path) -> None:
    history.keep(article, b"one", NOON)
    folder = history.versions(article)[0].file.parent
    for name in ("0.part", "1.part"):
        (folder / name).write_bytes(b"half")
    os.utime(folder / "1.part", (time.time() - 7200,) * 2)
    history.prune(NOON)
    assert sorted(entry.suffix for entry in folder.iterdir()) == [".part", ".zlib"]
    assert not (folder / "1.part").exists()


def test_several_that_keep_and_prune_at_once_lose_nothing(history: History, tmp_path: Path) -> None:
    failed: list[Exception] = []

    def keep(name: str) -> None:
        try:
            for minutes in range(20):
                history.keep(tmp_path / "same.md", f"{name} {minutes}".encode(), NOON + minutes * MINUTE)
                history.keep(tmp_path / name, str(minutes).encode(), NOON + minutes * MINUTE)
                history.prune(NOON)
        except Exception as error:  # noqa: BLE001 - a thread's exception would be lost
            failed.append(error)

    threads = [threading.Thread(target=keep, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert [len(history.versions(tmp_path / name)) for name in ("same.md", "a", "b")] == [40, 20, 20]


def test_a_folder_that_another_process_found_empty_and_removed_is_made_again(
    history: History, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.keep(article, b"one", NOON)
    (version,) = history.versions(article)
    version.file.unlink()
    really_open = os.open

    def removed_just_before(path: Path, *rest: int) -> int:
        monkeypatch.setattr(os, "open", really_open)
        version.file.parent.rmdir()
        return really_open(path, *rest)

    monkeypatch.setattr(os, "open", removed_just_before)
    history.keep(article, b"two", NOON)
    assert texts(history, article) == [b"two"]


def test_a_renamed_article_takes_its_versions_along(history: History, tmp_path: Path) -> None:
    history.keep(tmp_path / "old.md", b"one", NOON)
    history.keep(tmp_path / "new.md", b"another article before", NOON - MINUTE)
    history.keep(tmp_path / "old.md", b"two", NOON + MINUTE)
    history.moved(tmp_path / "old.md", tmp_path / "new.md")
    assert texts(history, tmp_path / "new.md") == [b"two", b"one", b"another article before"]
    assert history.versions(tmp_path / "old.md") == ()
    history.moved(tmp_path / "new.md", tmp_path / "new.md")
    assert len(history.versions(tmp_path / "new.md")) == 3


def test_where_nothing_can_be_kept_the_reason_is_told(tmp_path: Path, article: Path) -> None:
    (tmp_path / "history").write_text("no folder")
    with pytest.raises(VersionNotKept, match=r"“article\.md” has no version kept of what it held: "):
        History(tmp_path / "history").keep(article, b"one", NOON)


def test_a_megabyte_is_kept_in_no_time_and_in_less_than_half_of_it(history: History, corpus: list[Path]) -> None:
    data = b"".join(path.read_bytes() for path in corpus)[:1_000_000]
    took = []
    for minutes in range(5):
        began = time.thread_time()
        history.keep(Path("article.md"), data + bytes([minutes]), NOON + minutes * MINUTE)
        took.append(time.thread_time() - began)
    assert min(took) < 0.04
    assert history.versions(Path("article.md"))[0].stored < len(data) / 2


def test_a_save_keeps_what_the_file_held_whoever_wrote_it(tmp_path: Path, article: Path) -> None:
    safe = Safekeeping.in_folder(tmp_path / "state")
    first = article.read_bytes()
    save_article(article, "mine", safe=safe)
    save_article(article, "mine again", safe=safe)
    article.write_bytes(b"another program's, not even text \0")
    save_article(article, "mine at last", safe=safe)
    assert texts(safe.history, article) == [b"another program's, not even text \0", b"mine", first]


def test_the_first_save_of_a_new_file_has_nothing_to_keep(tmp_path: Path, new_file: Path) -> None:
    safe = Safekeeping.in_folder(tmp_path / "state")
    save_article(new_file, "text", safe=safe)
    assert safe.history.versions(new_file) == ()


def test_a_history_that_cannot_be_kept_is_told_once_and_the_save_is_made(tmp_path: Path, article: Path) -> None:
    told: list[str] = []
    (tmp_path / "state").write_text("no folder")
    assert save_article(article, "text", safe=Safekeeping.in_folder(tmp_path / "state", told.append)) == digest(b"text")
    assert article.read_bytes() == b"text"
    assert len(told) == 1
    assert "has no version kept" in told[0]


def test_a_file_that_is_not_the_expected_one_is_not_overwritten(tmp_path: Path, article: Path) -> None:
    safe = Safekeeping.in_folder(tmp_path / "state")
    read = read_article(article, safe=safe)
    article.write_bytes(b"another program's")
    with pytest.raises(ChangedOutside, match="another program has changed it meanwhile"):
        save_article(article, "mine", safe=safe, expected=read.digest)
    assert article.read_bytes() == b"another program's"
    article.unlink()
    with pytest.raises(ChangedOutside):
        save_article(article, "mine", expected=read.digest)
    with pytest.raises(FileMissing):
        read_article(article, safe=safe)


def test_what_another_program_writes_during_the_save_is_kept_before_it_is_replaced(article: Path) -> None:
    kept: list[bytes] = []

    def keep(data: bytes) -> None:
        kept.append(data)
        if len(kept) < 3:
            article.write_bytes(b"another program's " * len(kept))

    first = article.read_bytes()
    save_bytes(article, b"mine", keep=keep)
    assert kept == [first, b"another program's ", b"another program's " * 2]
    assert article.read_bytes() == b"mine"


def test_a_file_that_another_program_never_stops_writing_is_left_to_it(article: Path) -> None:
    with pytest.raises(SaveFailed, match="another program has changed it meanwhile"):
        save_bytes(article, b"mine", keep=lambda data: article.write_bytes(data + b"x") and None)
    assert article.read_bytes().endswith(b"xxxxx")
