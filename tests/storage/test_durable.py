"""A file holds, whatever happens, either its old bytes or its new ones."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from editor.storage.durable import OldBytesAside, write_durably

OLD = b"the old text\n"
NEW = b"the new text, which is longer\n" * 100

# The limit is set last: under it Python would leave half a compiled module behind.
SAVE_WITH_A_LIMIT = """
import resource, sys
from pathlib import Path
from editor.storage.durable import write_durably
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
write_durably(Path(sys.argv[1]), b"x" * 100_000)
"""

SYSTEM_CALLS = (
    "open",
    "write",
    "read",
    "fsync",
    "close",
    "replace",
    "lseek",
    "ftruncate",
    "posix_fallocate",
    "fchmod",
    "listxattr",
    "unlink",
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with the old bytes, alone in its folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "article.md"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def hard_linked(article: Path, tmp_path: Path) -> Path:
    """The same file with a second name elsewhere: written in place."""
    (tmp_path / "other name").hardlink_to(article)
    return article


@pytest.fixture
def failing_call(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int, bool], list[str]]]:
    """Make the nth system call of a save fail, and with `for_good` every later one; the list tells which were made."""
    real = {name: getattr(os, name) for name in SYSTEM_CALLS}

    def fail(at: int, for_good: bool) -> list[str]:
        made: list[str] = []

        def wrapped(name: str) -> Callable[..., object]:
            def call(*arguments: object, **options: object) -> object:
                made.append(name)
                failing = len(made) > at if for_good else len(made) == at + 1
                # A descriptor is closed and a stray file removed even where the system then reports an error.
                answer = real[name](*arguments, **options) if not failing or name in {"close", "unlink"} else None
                if failing:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                return answer

            return call

        for name in SYSTEM_CALLS:
            monkeypatch.setattr(os, name, wrapped(name))
        return made

    yield fail
    monkeypatch.undo()


def names_beside(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir() if entry != path)


def test_a_new_file_gets_the_mode_that_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_durably(tmp_path / "new.md", NEW)
    finally:
        os.umask(before)
    assert (tmp_path / "new.md").read_bytes() == NEW
    assert stat.S_IMODE((tmp_path / "new.md").stat().st_mode) == 0o640


@pytest.mark.parametrize("data", [b"", b"x", NEW, os.urandom(3_000_000)], ids=len)
def test_what_is_written_is_what_is_read(article: Path, data: bytes) -> None:
    write_durably(article, data)
    assert article.read_bytes() == data
    assert names_beside(article) == []


def test_what_the_system_writes_in_parts_is_written_whole(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))
    write_durably(article, NEW)
    assert article.read_bytes() == NEW


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o666, 0o755])
def test_the_mode_is_kept(article: Path, mode: int) -> None:
    article.chmod(mode)
    write_durably(article, NEW)
    assert stat.S_IMODE(article.stat().st_mode) == mode


def test_extended_attributes_are_kept(article: Path) -> None:
    try:
        os.setxattr(article, "user.origin", b"a note")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    inode = article.stat().st_ino
    write_durably(article, NEW)
    assert os.getxattr(article, "user.origin") == b"a note"
    assert article.stat().st_ino != inode


def test_a_symbolic_link_stays_one_and_its_target_is_written(article: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to("folder/article.md")
    write_durably(link, NEW)
    assert link.is_symlink()
    assert article.read_bytes() == NEW


def test_a_dangling_link_makes_its_target(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("target.md")
    write_durably(tmp_path / "link.md", NEW)
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "target.md").read_bytes() == NEW


@pytest.mark.parametrize("data", [NEW, b"short", b""], ids=len)
def test_every_name_of_a_hard_linked_file_shows_the_new_bytes(hard_linked: Path, tmp_path: Path, data: bytes) -> None:
    write_durably(hard_linked, data)
    assert (tmp_path / "other name").read_bytes() == data
    assert hard_linked.stat().st_nlink == 2
    assert names_beside(hard_linked) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another")
def test_the_owner_is_kept(article: Path) -> None:
    os.chown(article, 12345, 54321)
    write_durably(article, NEW)
    assert (article.stat().st_uid, article.stat().st_gid) == (12345, 54321)


def test_where_the_owner_cannot_be_kept_the_file_is_written_in_place(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "fchmod", refused)
    inode = article.stat().st_ino
    write_durably(article, NEW)
    assert article.read_bytes() == NEW
    assert article.stat().st_ino == inode
    assert names_beside(article) == []


def test_a_long_name_leaves_room_for_the_temporary_file(tmp_path: Path) -> None:
    write_durably(tmp_path / ("n" * 255), OLD)
    write_durably(tmp_path / ("n" * 255), NEW)
    assert (tmp_path / ("n" * 255)).read_bytes() == NEW


@pytest.mark.parametrize("name", ["", "pipe", "loop"])
def test_what_is_no_file_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    before = [(entry.name, entry.lstat().st_mode) for entry in sorted(tmp_path.iterdir())]
    with pytest.raises(OSError, match=r"directory|Invalid argument|symbolic links"):
        write_durably(tmp_path / name, NEW)
    assert [(entry.name, entry.lstat().st_mode) for entry in sorted(tmp_path.iterdir())] == before


@pytest.mark.parametrize("protected", ["file", "folder"])
def test_a_read_only_file_or_folder_is_respected(article: Path, protected: str) -> None:
    (article if protected == "file" else article.parent).chmod(0o555)
    if os.access(article, os.W_OK) and os.access(article.parent, os.W_OK):
        pytest.skip("this user may write everywhere")
    with pytest.raises(PermissionError):
        write_durably(article, NEW)
    assert article.read_bytes() == OLD


@pytest.mark.parametrize("place", ["article", "hard_linked"])
def test_a_system_call_that_fails_leaves_the_old_bytes_or_the_new(
    place: str, request: pytest.FixtureRequest, failing_call: Callable[[int, bool], list[str]]
) -> None:
    path: Path = request.getfixturevalue(place)
    for at in range(100):
        made = failing_call(at, False)
        with suppress(OSError):
            write_durably(path, NEW)
        failed = len(made) > at
        assert path.read_bytes() in ({OLD, NEW} if failed else {NEW}), made[at]
        assert names_beside(path) == [], made
        if not failed:
            break
        path.write_bytes(OLD)
    assert at > 5


@pytest.mark.parametrize("place", ["article", "hard_linked"])
def test_a_disk_that_dies_during_a_save_still_holds_the_old_bytes_somewhere(
    place: str, request: pytest.FixtureRequest, failing_call: Callable[[int, bool], list[str]]
) -> None:
    path: Path = request.getfixturevalue(place)
    asides = 0
    for at in range(100):
        made = failing_call(at, True)
        kept = path
        try:
            write_durably(path, NEW)
        except OldBytesAside as error:
            kept = error.kept
            asides += 1
        except OSError:
            pass
        assert kept.read_bytes() in {OLD, NEW}, made
        if len(made) <= at:
            break
        path.write_bytes(OLD)
    assert (asides > 0) == (place == "hard_linked")


@pytest.mark.parametrize("place", ["article", "hard_linked"])
def test_a_file_that_the_system_will_not_let_grow_keeps_its_old_bytes(
    place: str, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(place)
    answer = subprocess.run(
        [sys.executable, "-c", SAVE_WITH_A_LIMIT, str(path)],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "File too large" in answer.stderr
    assert path.read_bytes() == OLD
    assert names_beside(path) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
@pytest.mark.parametrize("hard_link", [False, True])
def test_a_full_disk_keeps_the_old_bytes(tmp_path: Path, hard_link: bool) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "stet-test", str(tmp_path)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        article = tmp_path / "article.md"
        article.write_bytes(OLD)
        if hard_link:
            (tmp_path / "other name").hardlink_to(article)
        with pytest.raises(OSError, match="No space left"):
            write_durably(article, b"x" * 100_000)
        assert article.read_bytes() == OLD
        assert names_beside(article) == (["other name"] if hard_link else [])
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
