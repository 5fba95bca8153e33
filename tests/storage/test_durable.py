"""A file holds, whatever happens, either its old bytes or its new ones."""

from __future__ import annotations

import errno
import os
import stat
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.storage.durable import ChangedMeanwhile, write_durably, write_new

OLD = b"the old text\n"
NEW = b"the new text, which is longer\n" * 100

# The limit is set last: under it Python would leave half a compiled module behind.
NO_ONE = 0xFFFFFFFF

SAVE_AS_NOBODY = """
import os, sys
from pathlib import Path
import editor.storage.interrupted_save, fcntl
from editor.storage.durable import write_durably
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
write_durably(Path(sys.argv[1]), b"by nobody", records=Path(sys.argv[2]))
"""

SAVE_WITH_A_LIMIT = """
import resource, sys
from pathlib import Path
from editor.storage.durable import write_durably
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
write_durably(Path(sys.argv[1]), b"x" * 100_000)
"""


# POSIX 1003.1e, as Linux stores it: version 2, then tag, permissions and identity of each entry.
ACL = struct.pack("<I" + "HHI" * 5, 2, 1, 6, NO_ONE, 2, 4, 12345, 4, 4, NO_ONE, 16, 4, NO_ONE, 32, 0, NO_ONE)


def names_beside(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir() if entry != path)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


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


def test_an_access_control_list_is_kept(article: Path) -> None:
    try:
        os.setxattr(article, "system.posix_acl_access", ACL)
    except OSError:
        pytest.skip("this file system has no access control lists")
    inode = article.stat().st_ino
    write_durably(article, NEW)
    assert os.getxattr(article, "system.posix_acl_access") == ACL
    assert stat.S_IMODE(article.stat().st_mode) == 0o640
    assert article.stat().st_ino != inode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")
@pytest.mark.parametrize("mode", [0o755, 0o1777, 0o777], ids=["folder closed", "folder sticky", "file of another"])
def test_where_a_rename_is_forbidden_or_would_take_the_file_from_its_owner_it_is_written_in_place(
    open_folder: Path, mode: int
) -> None:
    (open_folder / "state").mkdir()
    os.chown(open_folder / "state", 65534, 65534)
    folder = open_folder / "articles"
    folder.mkdir()
    folder.chmod(mode)
    article = folder / "article.md"
    article.write_bytes(OLD)
    article.chmod(0o666)
    before = article.stat()
    answer = run(sys.executable, "-c", SAVE_AS_NOBODY, str(article), str(open_folder / "state" / "saves"))
    assert not answer.stderr
    assert article.read_bytes() == b"by nobody"
    after = article.stat()
    assert (after.st_ino, after.st_uid, after.st_mode) == (before.st_ino, before.st_uid, before.st_mode)
    assert names_beside(article) == []
    assert not list((open_folder / "state" / "saves").iterdir())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a file")
def test_a_file_that_is_a_mount_of_its_own_is_written_in_place(article: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(OLD)
    if run("mount", "--bind", str(source), str(article)).returncode:
        pytest.skip("this machine lets nobody mount a file")
    try:
        write_durably(article, NEW, records=tmp_path / "saves")
        assert source.read_bytes() == NEW
        assert names_beside(article) == []
    finally:
        assert not run("umount", str(article)).returncode


@pytest.mark.parametrize("hard_link", [False, True])
def test_a_file_made_immutable_is_respected(article: Path, tmp_path: Path, hard_link: bool) -> None:
    if hard_link:
        (tmp_path / "other name").hardlink_to(article)
    if os.geteuid() != 0 or run("chattr", "+i", str(article)).returncode:
        pytest.skip("no file can be made immutable here")
    try:
        with pytest.raises(PermissionError):
            write_durably(article, NEW, records=tmp_path / "saves")
        assert article.read_bytes() == OLD
        assert names_beside(article) == []
    finally:
        run("chattr", "-i", str(article))


def test_a_file_that_is_not_the_one_last_seen_is_not_replaced(article: Path) -> None:
    seen = article.stat()
    article.with_name("other").write_bytes(b"another program's")
    article.with_name("other").replace(article)
    with pytest.raises(ChangedMeanwhile):
        write_durably(article, NEW, expected=seen)
    assert article.read_bytes() == b"another program's"
    article.unlink()
    with pytest.raises(ChangedMeanwhile):
        write_durably(article, NEW, expected=seen)
    assert names_beside(article) == []


@pytest.mark.parametrize("place", ["article", "hard_linked", "new_file"])
def test_a_file_written_by_another_program_during_the_save_is_not_replaced(
    place: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    path: Path = request.getfixturevalue(place)
    sync = os.fsync

    def meanwhile(descriptor: int) -> None:
        sync(descriptor)
        path.write_bytes(b"another program's")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(ChangedMeanwhile):
        write_durably(path, NEW)
    assert path.read_bytes() == b"another program's"
    assert names_beside(path) == []


def test_what_a_killed_save_left_goes_with_a_save_a_day_later_and_nothing_else_does(article: Path) -> None:
    names = (f".stet-new-{'0' * 16}", f".stet-new-{'1' * 16}", f".stet-old-{'2' * 16}", ".stet-new-notes", "notes.md")
    for name in names:
        article.with_name(name).write_bytes(b"")
        os.utime(article.with_name(name), (time.time() - 90_000,) * 2)
    os.utime(article.with_name(names[1]))
    write_durably(article, NEW)
    assert names_beside(article) == sorted(names[1:])


def test_the_temporary_file_of_a_save_under_way_stays_however_old_it_seems(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.replace

    def meanwhile(temporary: Path, target: Path) -> None:
        os.utime(temporary, (0, 0))
        write_durably(article.with_name("other.md"), NEW)
        rename(temporary, target)

    def once(temporary: Path, target: Path) -> None:
        monkeypatch.setattr(os, "replace", rename)
        meanwhile(temporary, target)

    monkeypatch.setattr(os, "replace", once)
    write_durably(article, NEW)
    assert article.read_bytes() == NEW
    assert names_beside(article) == ["other.md"]


def test_a_new_file_of_many_is_synced_before_it_has_its_name_and_gone_where_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new"
    seen: list[bool] = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (seen.append(path.exists()), sync(descriptor)))
    write_new(path, NEW)
    assert (path.read_bytes(), seen, names_beside(path)) == (NEW, [False], [])

    def fails(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="full"):
        write_new(tmp_path / "other", NEW)
    assert list(tmp_path.iterdir()) == [path]
