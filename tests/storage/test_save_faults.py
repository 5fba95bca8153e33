"""Whatever a system call of a save answers, the file holds the old bytes or the new, and the complaint says why."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from editor.storage.article_file import read_article
from editor.storage.file_bytes import FileUnreadable, SaveFailed
from editor.storage.safekeeping import Safekeeping

MEMORY = Path("/dev/shm")
OLD = b"the old text\n"
NEW = b"the new text, which is longer\n" * 100

# What the complaint must name, whichever call it was that failed.
CAUSES = {
    errno.ENOSPC: "the disk is full; free some space",
    errno.EIO: "the disk reported an error",
    errno.EACCES: "you have no permission to write it or its folder",
    errno.EROFS: "the disk is read-only",
    errno.EDQUOT: "your disk quota is used up",
}

FailingCall = Callable[..., AbstractContextManager[list[str]]]


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """In memory where there is such a place: a thousand saves sync a disk for half a minute."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as name:
        yield Path(name)


@pytest.fixture
def safe(tmp_path: Path) -> Safekeeping:
    return Safekeeping.in_folder(tmp_path / "state")


def put_back(path: Path, is_new: bool) -> None:
    path.unlink() if is_new else path.write_bytes(OLD)


def held(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


@pytest.mark.parametrize("code", CAUSES, ids=errno.errorcode.get)
@pytest.mark.parametrize("place", ["article", "hard_linked", "new_file"])
def test_a_system_call_that_fails_leaves_the_old_bytes_or_the_new_and_is_named(
    place: str, code: int, request: pytest.FixtureRequest, failing_call: FailingCall, safe: Safekeeping
) -> None:
    path: Path = request.getfixturevalue(place)
    old = held(path)
    complaints = 0
    for at in range(300):
        message = ""
        with failing_call(at, code) as made:
            try:
                safe.save(path, NEW)
            except SaveFailed as failed:
                message = failed.message
        assert held(path) in ({old, NEW} if message else {NEW}), (at, made)
        assert not message or CAUSES[code] in message, (message, at, made)
        assert sorted(path.parent.iterdir()) == ([path] if path.exists() else []), (at, made)
        assert not safe.finish(path)
        assert not list(safe.saves.glob("*")), (at, made)
        complaints += bool(message)
        if len(made) <= at:
            break
        if held(path) is not None:
            put_back(path, old is None)
    assert 20 < at < 299
    assert complaints > 5


@pytest.mark.parametrize("place", ["article", "hard_linked"])
def test_a_disk_that_dies_during_a_save_gives_the_old_bytes_or_the_new_once_it_is_back(
    place: str, request: pytest.FixtureRequest, failing_call: FailingCall, safe: Safekeeping
) -> None:
    path: Path = request.getfixturevalue(place)
    torn = 0
    for at in range(300):
        with failing_call(at, for_good=True) as made:
            try:
                safe.save(path, NEW)
            except SaveFailed as failed:
                message = failed.message
        if held(path) not in {OLD, NEW}:
            assert "may be damaged; opening it again finishes the save, from" in message
            torn += 1
        safe.finish(path)
        assert held(path) in {OLD, NEW}, (at, made)
        assert not list(safe.saves.glob("*.save")), (at, made)
        if len(made) <= at:
            break
        path.write_bytes(OLD)
    assert (torn > 0) == (place == "hard_linked")


def test_a_disk_that_dies_without_a_state_folder_leaves_the_old_bytes_beside(
    hard_linked: Path, tmp_path: Path, failing_call: FailingCall
) -> None:
    (tmp_path / "state").write_text("no folder can be made here")
    safe = Safekeeping.in_folder(tmp_path / "state")
    asides = 0
    for at in range(300):
        with failing_call(at, for_good=True) as made:
            try:
                safe.save(hard_linked, NEW)
            except SaveFailed as failed:
                message = failed.message
        if held(hard_linked) not in {OLD, NEW}:
            (aside,) = hard_linked.parent.glob(".stet-old-*")
            assert aside.read_bytes() == OLD
            assert f"may be damaged; its old content is in “{aside}”" in message
            asides += 1
        if len(made) <= at:
            break
        for litter in hard_linked.parent.glob(".stet-*"):
            litter.unlink()
        hard_linked.write_bytes(OLD)
    assert asides > 1


def test_a_torn_file_that_cannot_be_finished_is_not_read_as_if_it_were_whole(
    hard_linked: Path, failing_call: FailingCall, safe: Safekeeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(300):
        with failing_call(at, for_good=True), suppress(SaveFailed):
            safe.save(hard_linked, NEW)
        if held(hard_linked) != OLD:
            break
    really_open = os.open

    def read_only(path: Path, flags: int, *rest: int) -> int:
        if path == hard_linked and flags & os.O_WRONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return really_open(path, flags, *rest)

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(FileUnreadable, match=r"holds only half of what was last saved.*the disk is read-only"):
        read_article(hard_linked, safe=safe)
    monkeypatch.undo()
    assert read_article(hard_linked, safe=safe).text.encode() == NEW


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """A small disk of its own at a folder, which only root can have."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    mount = ["mount", "-t", "tmpfs", "-o", ",".join(("size=64k", *options)), "stet-test", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("hard_link", [False, True])
def test_a_full_disk_keeps_the_old_bytes(tmp_path: Path, safe: Safekeeping, hard_link: bool) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk):
        article = disk / "article.md"
        article.write_bytes(OLD)
        if hard_link:
            (disk / "other name").hardlink_to(article)
        with pytest.raises(SaveFailed, match="the disk is full; free some space or save it elsewhere"):
            safe.save(article, b"x" * 100_000)
        assert article.read_bytes() == OLD
        assert not list(disk.glob(".stet*"))


@pytest.mark.parametrize("hard_link", [False, True])
def test_a_read_only_disk_is_named(tmp_path: Path, safe: Safekeeping, hard_link: bool) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk):
        article = disk / "article.md"
        article.write_bytes(OLD)
        if hard_link:
            (disk / "other name").hardlink_to(article)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(SaveFailed, match="the disk is read-only; save it elsewhere"):
            safe.save(article, NEW)
        assert article.read_bytes() == OLD


def test_a_full_state_folder_costs_no_save(hard_linked: Path, tmp_path: Path) -> None:
    told: list[str] = []
    state = tmp_path / "state"
    state.mkdir()
    with mounted(state):
        (state / "filler").write_bytes(b"x" * 65_536)
        Safekeeping.in_folder(state, told.append).save(hard_linked, NEW)
    assert hard_linked.read_bytes() == NEW
    assert told == ["“article.md” has no version kept of what it held: the disk is full."]


def test_a_save_that_nothing_could_make_safe_is_refused(
    hard_linked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("no folder can be made here")
    make = os.open

    def no_new_files(path: Path, flags: int, *rest: int) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return make(path, flags, *rest)

    monkeypatch.setattr(os, "open", no_new_files)
    with pytest.raises(SaveFailed, match="its old content could not be put in safety first"):
        Safekeeping.in_folder(tmp_path / "state").save(hard_linked, NEW)
    assert hard_linked.read_bytes() == OLD
