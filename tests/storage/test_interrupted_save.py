"""A save that is killed at any moment leaves the old bytes or the new, at the latest once the file is read again."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.storage import descriptors
from editor.storage.descriptors import opened
from editor.storage.durable import write_durably
from editor.storage.interrupted_save import finish_interrupted_save, is_torn, recorded
from editor.storage.safekeeping import Safekeeping

MEMORY = Path("/dev/shm")
SOURCE = Path(__file__).parents[2] / "src"
OLD = b"the old text, as the file had it\n" * 60
LONGER = b"the new text, which is longer\n" * 100
SHORTER = b"the new text, short\n" * 40
LOCKS_A_RECORD = """
import sys
sys.path.insert(0, sys.argv[1])
import os
from pathlib import Path
from editor.storage import descriptors
from editor.storage.descriptors import opened
from editor.storage.interrupted_save import recorded
path = Path(sys.argv[2])
with opened(path, os.O_RDWR) as file, recorded(Path(sys.argv[3]), file, path, path.read_bytes(), b"new"):
    os.write(file, b"ne")
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """In memory where there is such a place: a thousand saves sync a disk for half a minute."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as name:
        yield Path(name)


@pytest.fixture
def safe(tmp_path: Path) -> Safekeeping:
    return Safekeeping.in_folder(tmp_path / "state")


@contextmanager
def cut_off(path: Path, folder: Path, new: bytes) -> Iterator[None]:
    """A record as a killed process leaves it; the body puts into the file what that had come to."""
    old = path.read_bytes()
    with opened(path, os.O_RDWR) as file, recorded(folder, file, path, old, new) as place:
        left = place.read_bytes()
    yield
    place.write_bytes(left)


def times_open(file: Path) -> int:
    """How many descriptors this process has of it."""
    count = 0
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            count += entry.samefile(file)
    return count


@pytest.mark.parametrize(
    ("how", "new"),
    [("rename", SHORTER), ("in-place", LONGER), ("in-place", SHORTER), ("in-place", b"")],
    ids=["rename", "in place, longer", "in place, shorter", "in place, empty"],
)
def test_a_save_killed_at_any_system_call_leaves_the_old_bytes_or_the_new(tmp_path: Path, how: str, new: bytes) -> None:
    (tmp_path / "old.bin").write_bytes(OLD)
    (tmp_path / "new.bin").write_bytes(new)
    script = [sys.executable, "-S", "-E", str(Path(__file__).with_name("killed_saves.py")), str(SOURCE), str(tmp_path)]
    contents = [str(tmp_path / "old.bin"), str(tmp_path / "new.bin")]
    answer = subprocess.run([*script, *contents, how], capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in answer.stdout.splitlines()]
    assert len(found) > 40
    after_kill = {at_once for at_once, _, _, _ in found}
    assert after_kill == ({"old", "new"} if how == "rename" or not new else {"old", "torn", "new"})
    assert {finished for _, finished, _, _ in found} == {"old", "new"}
    assert found[-1][1] == "new"
    assert not any(records for _, _, _, records in found)
    # What a killed save leaves beside is no copy of anything, and goes in a day.
    assert {name for _, _, beside, _ in found for name in beside} <= {".stet-new"}


def test_a_torn_file_becomes_the_new_bytes_by_whichever_name_it_is_read(hard_linked: Path, tmp_path: Path) -> None:
    with cut_off(hard_linked, tmp_path / "saves", LONGER):
        hard_linked.write_bytes(LONGER[:700] + bytes(len(LONGER) - 700))
    assert finish_interrupted_save(tmp_path / "other name", tmp_path / "saves")
    assert hard_linked.read_bytes() == LONGER
    assert not list((tmp_path / "saves").iterdir())


def test_a_torn_file_that_was_moved_meanwhile_is_finished_where_it_is(hard_linked: Path, safe: Safekeeping) -> None:
    with cut_off(hard_linked, safe.saves, LONGER):
        hard_linked.write_bytes(LONGER[:700] + bytes(len(LONGER) - 700))
    moved = hard_linked.rename(hard_linked.with_name("moved.md"))
    assert safe.finish(moved)
    assert moved.read_bytes() == LONGER


@pytest.mark.parametrize("place", ["article", "hard_linked"])
def test_a_torn_file_is_finished_before_a_save_replaces_it(
    place: str, request: pytest.FixtureRequest, safe: Safekeeping
) -> None:
    path: Path = request.getfixturevalue(place)
    with cut_off(path, safe.saves, LONGER):
        path.write_bytes(LONGER[:700] + bytes(len(LONGER) - 700))
    safe.save(path, SHORTER)
    assert path.read_bytes() == SHORTER
    assert safe.history.read(safe.history.versions(path)[0]) == LONGER
    assert not list(safe.saves.iterdir())


def test_a_record_that_a_power_cut_brings_back_is_empty(hard_linked: Path, tmp_path: Path) -> None:
    with opened(hard_linked, os.O_RDWR) as file, recorded(tmp_path / "saves", file, hard_linked, OLD, OLD) as place:
        (tmp_path / "back").hardlink_to(place)
        assert (tmp_path / "back").stat().st_size > 0
    assert (tmp_path / "back").stat().st_size == 0


def test_a_file_put_in_the_place_of_the_torn_one_stays_though_it_begins_like_the_new_text(
    article: Path, safe: Safekeeping
) -> None:
    with cut_off(article, safe.saves, LONGER):
        article.with_name("other").write_bytes(LONGER[:700])
        article.with_name("other").replace(article)
    assert not safe.finish(article)
    assert article.read_bytes() == LONGER[:700]
    assert safe.history.read(safe.history.versions(article)[0]) == LONGER


def test_a_record_waited_for_is_one_that_is_still_there(hard_linked: Path, safe: Safekeeping) -> None:
    there: list[bool] = []

    def second_save() -> None:
        with opened(hard_linked, os.O_RDWR) as file, recorded(safe.saves, file, hard_linked, b"", b"") as place:
            there.append(place.exists())

    thread = threading.Thread(target=second_save)
    with opened(hard_linked, os.O_RDWR) as file, recorded(safe.saves, file, hard_linked, b"", b"") as place:
        thread.start()
        while times_open(place) < 2:
            pass
    thread.join()
    assert there == [True]


@pytest.mark.parametrize("whole", ["old", "new"])
def test_a_file_that_is_whole_is_not_touched(article: Path, safe: Safekeeping, whole: str) -> None:
    old = article.read_bytes()
    with cut_off(article, safe.saves, LONGER):
        article.write_bytes(old if whole == "old" else LONGER)
    before = article.stat()
    assert not safe.finish(article)
    assert (article.stat().st_ino, article.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not list(safe.saves.iterdir())
    assert not safe.history.versions(article)


@pytest.mark.parametrize("gone", [False, True])
def test_what_another_program_wrote_since_stays_and_both_texts_become_versions(
    article: Path, safe: Safekeeping, gone: bool
) -> None:
    old = article.read_bytes()
    with cut_off(article, safe.saves, LONGER):
        article.unlink() if gone else article.write_bytes(b"by another program")
    assert not safe.finish(article)
    assert article.exists() != gone
    assert gone or article.read_bytes() == b"by another program"
    assert [safe.history.read(version) for version in safe.history.versions(article)] == [LONGER, old]
    assert not list(safe.saves.iterdir())


def test_without_a_history_the_record_is_all_that_has_both_texts_and_stays(article: Path, tmp_path: Path) -> None:
    with cut_off(article, tmp_path / "saves", LONGER):
        article.write_bytes(b"by another program")
    assert not finish_interrupted_save(article, tmp_path / "saves")
    assert len(list((tmp_path / "saves").iterdir())) == 1


def test_a_record_cut_short_was_of_a_write_that_never_began(article: Path, safe: Safekeeping) -> None:
    old = article.read_bytes()
    with cut_off(article, safe.saves, LONGER):
        pass
    (record,) = safe.saves.iterdir()
    whole = record.read_bytes()
    for length in range(0, len(whole), 50):
        record.write_bytes(whole[:length])
        assert not safe.finish(article)
        assert article.read_bytes() == old
        assert not record.exists()


def test_a_record_that_the_disk_has_damaged_finishes_nothing_and_goes_once_the_file_is_whole(
    article: Path, safe: Safekeeping
) -> None:
    old = article.read_bytes()
    torn = LONGER[:700] + bytes(len(LONGER) - 700)
    with cut_off(article, safe.saves, LONGER):
        article.write_bytes(torn)
    (record,) = safe.saves.iterdir()
    record.write_bytes(record.read_bytes()[:-1] + b"?")
    assert not safe.finish(article)
    assert article.read_bytes() == torn
    assert record.exists()
    article.write_bytes(old)
    assert not safe.finish(article)
    assert not record.exists()


def test_records_are_the_writers_alone(hard_linked: Path, safe: Safekeeping) -> None:
    with opened(hard_linked, os.O_RDWR) as file, recorded(safe.saves, file, hard_linked, b"", b"") as place:
        assert place.stat().st_mode & 0o777 == 0o600
        assert place.parent.stat().st_mode & 0o777 == 0o700
        assert place.parent.parent.stat().st_mode & 0o777 == 0o700


def test_a_write_under_way_in_another_process_is_left_alone_and_finished_when_that_is_killed(
    hard_linked: Path, safe: Safekeeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descriptors, "_LONGEST_WAIT", 0.05)
    old = hard_linked.read_bytes()
    command = [sys.executable, "-S", "-E", "-c", LOCKS_A_RECORD, str(SOURCE), str(hard_linked), str(safe.saves)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        assert not safe.finish(hard_linked)
        with pytest.raises(OSError, match="busy"):
            write_durably(hard_linked, LONGER, records=safe.saves)
        assert hard_linked.read_bytes() == b"ne" + old[2:]
        other.kill()
    assert safe.finish(hard_linked)
    assert hard_linked.read_bytes() == b"new"


def test_a_save_in_place_first_finishes_the_one_that_was_cut_off(hard_linked: Path, tmp_path: Path) -> None:
    with cut_off(hard_linked, tmp_path / "saves", LONGER):
        hard_linked.write_bytes(LONGER[:700] + bytes(len(LONGER) - 700))
    with opened(hard_linked, os.O_RDWR) as file, recorded(tmp_path / "saves", file, hard_linked, b"", b""):
        assert hard_linked.read_bytes() == LONGER


def test_at_the_programs_start_every_file_that_was_cut_off_is_finished(article: Path, safe: Safekeeping) -> None:
    with cut_off(article, safe.saves, LONGER):
        article.write_bytes(LONGER[:700] + bytes(len(LONGER) - 700))
    assert safe.finish_all() == (article,)
    assert article.read_bytes() == LONGER
    assert safe.finish_all() == ()


def test_one_file_that_cannot_be_finished_keeps_no_other_from_it(
    article: Path, tmp_path: Path, safe: Safekeeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [tmp_path / name for name in ("one.md", "two.md")]
    for path in (others[0], article, others[1]):
        path.write_bytes(OLD)
        with cut_off(path, safe.saves, LONGER):
            path.write_bytes(LONGER[:700] + OLD[700:])
    really_open = os.open

    def protected(path: Path, flags: int, *rest: int) -> int:
        if path == article and flags & os.O_WRONLY:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        return really_open(path, flags, *rest)

    monkeypatch.setattr(os, "open", protected)
    assert set(safe.finish_all()) == set(others)
    assert article.read_bytes() != LONGER


def test_a_file_of_another_disk_that_has_the_same_number_is_not_touched(
    article: Path, tmp_path: Path, safe: Safekeeping
) -> None:
    with cut_off(article, safe.saves, LONGER):
        article.write_bytes(LONGER[:700] + bytes(len(LONGER) - 700))
    other = tmp_path / "other.md"
    other.write_bytes(b"another article")
    (record,) = safe.saves.iterdir()
    record.rename(record.with_stem(str(other.stat().st_ino)))
    assert not safe.finish(other)
    assert other.read_bytes() == b"another article"
    assert safe.history.versions(other) == ()
    assert len(list(safe.saves.iterdir())) == 1


@pytest.mark.parametrize("thing", ["folder", "pipe"])
def test_what_has_taken_a_torn_files_name_is_not_touched(article: Path, safe: Safekeeping, thing: str) -> None:
    old = article.read_bytes()
    with cut_off(article, safe.saves, LONGER):
        article.unlink()
    article.mkdir() if thing == "folder" else os.mkfifo(article)
    assert not safe.finish(article)
    assert article.is_dir() == (thing == "folder")
    kept = [safe.history.read(version) for version in safe.history.versions(article)]
    # A pipe cannot be looked into: the record waits until it is gone.
    assert kept == ([LONGER, old] if thing == "folder" else [])


def test_a_look_where_nothing_was_cut_off_takes_no_time(article: Path, safe: Safekeeping) -> None:
    safe.save(article, LONGER)
    began = time.perf_counter()
    for _ in range(100):
        safe.finish(article)
    assert time.perf_counter() - began < 0.1


@given(old=st.binary(max_size=2000), new=st.binary(max_size=2000), cut=st.integers(0, 2000), back=st.integers(0, 2000))
def test_every_state_of_a_write_that_was_cut_off_is_known(old: bytes, new: bytes, cut: int, back: int) -> None:
    grown = old + bytes(max(len(new) - len(old), 0))
    cut, back = min(cut, len(new)), min(cut, back, len(old))
    written = new[:cut] + grown[cut:]
    assert is_torn(written, old, new)
    assert is_torn(old[:back] + written[back:], old, new)
    sectors = [
        (grown if (cut >> at // 512) & 1 else new + grown[len(new) :])[at : at + 512] for at in range(0, 4096, 512)
    ]
    assert is_torn(b"".join(sectors), old, new)


@given(old=st.binary(min_size=20, max_size=2000), new=st.binary(min_size=20, max_size=2000), at=st.integers(0, 1999))
def test_a_byte_that_is_neither_old_nor_new_is_another_programs(old: bytes, new: bytes, at: int) -> None:
    at %= min(len(old), len(new))
    neither = next(byte for byte in range(256) if byte not in (0, old[at], new[at]))
    assert not is_torn(old[:at] + bytes([neither]) + old[at + 1 :], old, new)
    assert not is_torn(new[:at] + bytes([neither]) + new[at + 1 :], old, new)


@pytest.mark.parametrize("present", [b"", LONGER[:10], LONGER + b"more"], ids=len)
def test_a_file_shorter_or_longer_than_both_is_another_programs(present: bytes) -> None:
    assert not is_torn(present, OLD, LONGER)
