"""Writing a file so that it holds, whatever happens, either its old bytes or its new ones.

The new bytes are written to a temporary file in the same folder, synced, and renamed over the old file. Where a rename
would lose something of the file (another name of it, its owner, an attribute), the bytes are written in place, after
the old ones have been copied beside it.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PRIVATE = 0o600
_AS_UMASK_ALLOWS = 0o666


class OldBytesAside(OSError):
    """A write in place failed and so did putting the old bytes back: they are in the file `kept`."""

    def __init__(self, error: OSError, kept: Path) -> None:
        super().__init__(error.errno, error.strerror)
        self.kept = kept


def write_durably(path: Path, data: bytes) -> None:
    """Make `data` the content of the file at `path`, which need not exist; its folder must.

    Symbolic links are followed; mode, owner, extended attributes (and with them ACLs) and hard links are kept. When
    this returns, the bytes are on disk.

    Raises OSError with nothing left beside the file and the file whole: its old bytes or, where only the sync of its
    folder failed, its new ones. Raises OldBytesAside where the disk let down even that.
    """
    target = Path(os.path.realpath(path))
    try:
        before = target.stat()
    except FileNotFoundError:
        with _temporary_beside(target, _AS_UMASK_ALLOWS) as (descriptor, temporary):
            _fill_and_rename(descriptor, temporary, target, data)
        return
    _refuse_unwritable(target, before)
    if before.st_nlink > 1 or not _replaced(target, before, data):
        _overwrite(target, data)


def _refuse_unwritable(target: Path, status: os.stat_result) -> None:
    """A rename needs no right to the file that it replaces, and would turn a device into a file: ask first."""
    if not stat.S_ISREG(status.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL
    elif not os.access(target, os.W_OK):
        # The W_OK answer does not say why; a file system mounted read-only is the reason that has its own sentence.
        code = errno.EROFS if os.statvfs(target).f_flag & os.ST_RDONLY else errno.EACCES
    else:
        return
    raise OSError(code, os.strerror(code), str(target))


def _replaced(target: Path, before: os.stat_result, data: bytes) -> bool:
    """Whether the file was replaced by a rename: not where its attributes cannot be carried over."""
    with _temporary_beside(target, _PRIVATE) as (descriptor, temporary):
        if not _carry_over(target, before, descriptor):
            return False
        _fill_and_rename(descriptor, temporary, target, data)
    return True


def _fill_and_rename(descriptor: int, temporary: Path, target: Path, data: bytes) -> None:
    _write_all(descriptor, data)
    os.fsync(descriptor)
    temporary.replace(target)
    _sync_folder(target.parent)


def _overwrite(target: Path, data: bytes) -> None:
    """Write in place. The old bytes lie beside, synced, until the new ones are on disk."""
    with _opened(target, os.O_RDWR) as descriptor:
        old = _read_all(descriptor)
        with _temporary_beside(target, _PRIVATE) as (copy, kept):
            _write_all(copy, old)
            os.fsync(copy)
            _sync_folder(target.parent)
            _put_or_restore(descriptor, old, data, kept)


def _put_or_restore(descriptor: int, old: bytes, new: bytes, kept: Path) -> None:
    try:
        # Space is claimed before the first old byte goes, so that a full disk is found out in time.
        if len(new) > len(old):
            os.posix_fallocate(descriptor, 0, len(new))
        _put(descriptor, new)
    except BaseException:
        try:
            _put(descriptor, old)
        except OSError as error:
            raise OldBytesAside(error, kept) from error
        raise


def _put(descriptor: int, data: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    _write_all(descriptor, data)
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)


@contextmanager
def _temporary_beside(target: Path, mode: int) -> Iterator[tuple[int, Path]]:
    """A new open file in the target's folder, gone at the end unless renamed or needed to get the old bytes back.

    Its name is short, since one made of a long name might be too long for the file system.
    """
    temporary = target.with_name(f".stet-{os.urandom(8).hex()}")
    try:
        with _opened(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode) as descriptor:
            yield descriptor, temporary
    except OldBytesAside:
        raise
    except BaseException:
        _remove(temporary)
        raise
    _remove(temporary)


def _remove(temporary: Path) -> None:
    """A stray file is litter and no reason to call a save failed."""
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path, flags: int, mode: int = _PRIVATE) -> Iterator[int]:
    """An open descriptor. Closing may report a write that failed late, but hides no failure before it."""
    descriptor = os.open(path, flags | os.O_CLOEXEC, mode)
    try:
        yield descriptor
    except BaseException:
        with suppress(OSError):
            os.close(descriptor)
        raise
    os.close(descriptor)


def _carry_over(source: Path, before: os.stat_result, descriptor: int) -> bool:
    """Give an open file the owner, mode and extended attributes of another; False where the system refuses."""
    try:
        made = os.fstat(descriptor)
        if (made.st_uid, made.st_gid) != (before.st_uid, before.st_gid):
            os.fchown(descriptor, before.st_uid, before.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
        # Last, because a change of mode rewrites the mask of an ACL.
        _carry_attributes(source, descriptor)
    except OSError:
        return False
    return True


def _carry_attributes(source: Path, descriptor: int) -> None:
    wanted = _attributes(source)
    present = _attributes(descriptor)
    # A folder's default ACL gives the new file attributes that the old one need not have.
    for name in present.keys() - wanted.keys():
        os.removexattr(descriptor, name)
    for name, value in wanted.items():
        if present.get(name) != value:
            os.setxattr(descriptor, name, value)


def _attributes(file: Path | int) -> dict[str, bytes]:
    if not hasattr(os, "listxattr"):
        return {}
    try:
        return {name: os.getxattr(file, name) for name in os.listxattr(file)}
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            return {}
        raise


def _write_all(descriptor: int, data: bytes) -> None:
    """A write may take less than it was given, on a nearly full disk for one."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _read_all(descriptor: int) -> bytes:
    pieces = []
    while piece := os.read(descriptor, 1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def _sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable. Some network file systems cannot, and some folders may not be read."""
    try:
        with _opened(folder, os.O_RDONLY | os.O_DIRECTORY) as descriptor:
            os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EINVAL, errno.ENOTSUP}:
            raise
