"""Writing a file so that it holds, whatever happens, either its old bytes or its new ones.

The new bytes are written to a temporary file in the same folder, synced, and renamed over the old file. Where a rename
would lose something of the file (another name of it, its owner, an attribute), or the folder does not allow it, the
bytes are written in place, after old and new ones have been put where an interrupted write can be finished from.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from editor.core.patterns import when_used
from editor.storage.descriptors import PRIVATE, lock, opened, put, read_all, remove, sync_folder, write_all

_AS_UMASK_ALLOWS = 0o666

# A folder that may not be written, a sticky one, a file that is a mount point of its own, or a file system of its own.
_NO_RENAME_HERE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV})

_LITTER = when_used(r"\.stet-new-[0-9a-f]{16}")
_LITTER_AGE = 24 * 3600
"""Seconds after which a temporary file that nobody holds locked is taken for a killed process's."""
_SWEEP_EVERY = 3600
"""Seconds: who writes a thousand files into a folder need not look through all that is in it each time."""
_swept: dict[Path, float] = {}


class OldBytesAside(OSError):
    """A write in place failed and so did putting the old bytes back: they are in the file `kept`."""

    def __init__(self, error: OSError, kept: Path) -> None:
        super().__init__(error.errno, error.strerror)
        self.kept = kept


class ChangedMeanwhile(OSError):
    """Another program has written the file since it was looked at; nothing has been written."""

    def __init__(self) -> None:
        super().__init__(errno.ESTALE, os.strerror(errno.ESTALE))


class OldBytesNotSafe(OSError):
    """A write in place was not begun, since the old bytes could not be put anywhere first; `errno` says why."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error.errno, error.strerror)


def write_durably(
    path: Path, data: bytes, *, records: Path | None = None, expected: os.stat_result | None = None
) -> None:
    """Make `data` the content of the file at `path`, which need not exist; its folder must.

    Symbolic links are followed; mode, owner, extended attributes (and with them ACLs) and hard links are kept. When
    this returns, the bytes are on disk. `records` is the folder for what `finish_interrupted_save` finishes a write
    in place from; without one, or where it cannot be written, the old bytes lie beside the file meanwhile.

    Raises OSError with nothing left beside the file and the file whole: its old bytes or, where only the sync of its
    folder failed, its new ones. Raises ChangedMeanwhile where the file is not the one of `expected` any more, or
    changes under way; OldBytesNotSafe; and OldBytesAside where the disk let down even the old bytes.
    """
    target = _real(path)
    try:
        before = target.stat()
    except FileNotFoundError:
        if expected:
            raise ChangedMeanwhile from None
        with _temporary_beside(target, _AS_UMASK_ALLOWS) as (descriptor, temporary):
            _fill_and_rename(descriptor, temporary, target, data, None)
    else:
        if expected and not _same_content(before, expected):
            raise ChangedMeanwhile
        _refuse_unwritable(target, before)
        if before.st_nlink > 1 or not _replaced(target, before, data):
            _overwrite(target, data, records)
    _sweep(target.parent)


def write_new(path: Path, data: bytes) -> None:
    """Make a file that is not there, of many: it is whole or not there, whatever happens.

    That its name is on disk is for the caller to see to, by `sync_folder` once all of the folder's are written. Raises
    OSError with nothing left.
    """
    with _temporary_beside(_real(path), _AS_UMASK_ALLOWS) as (descriptor, temporary):
        write_all(descriptor, data)
        os.fsync(descriptor)
        temporary.replace(_real(path))


def _real(path: Path) -> Path:
    """Where the file really is. A link that cannot be read is an error: taken for a file, it would be replaced."""
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))


def _same_content(one: os.stat_result, other: os.stat_result) -> bool:
    return os.path.samestat(one, other) and (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def _refuse_unwritable(target: Path, status: os.stat_result) -> None:
    """A rename needs no right to the file that it replaces, and would turn a device into a file: ask first."""
    if not stat.S_ISREG(status.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL
        raise OSError(code, os.strerror(code), str(target))
    if not os.access(target, os.W_OK):
        # Only opening it says why: a disk mounted read-only, a file made immutable, no permission.
        with opened(target, os.O_WRONLY):
            pass


def _replaced(target: Path, before: os.stat_result, data: bytes) -> bool:
    """Whether a rename replaced the file: not where its attributes cannot be carried over, or the folder refuses."""
    with ExitStack() as stack:
        try:
            descriptor, temporary = stack.enter_context(_temporary_beside(target, PRIVATE))
        except OSError as error:
            if error.errno in _NO_RENAME_HERE:
                return False
            raise
        return _carry_over(target, before, descriptor) and _fill_and_rename(descriptor, temporary, target, data, before)


def _fill_and_rename(
    descriptor: int, temporary: Path, target: Path, data: bytes, before: os.stat_result | None
) -> bool:
    """Whether the file at `target`, or nothing where `before` is None, could be replaced."""
    write_all(descriptor, data)
    os.fsync(descriptor)
    _refuse_changed(target, before)
    try:
        temporary.replace(target)
    except OSError as error:
        if before and error.errno in _NO_RENAME_HERE:
            return False
        raise
    sync_folder(target.parent)
    return True


def _refuse_changed(target: Path, before: os.stat_result | None) -> None:
    """Asked at the last moment before the rename; a name that is gone is simply taken again."""
    try:
        now = target.stat()
    except FileNotFoundError:
        return
    if before is None or not _same_content(now, before):
        raise ChangedMeanwhile


def _overwrite(target: Path, data: bytes, records: Path | None) -> None:
    """Write in place. The old bytes are safe elsewhere, synced, until the new ones are on disk."""
    with opened(target, os.O_RDWR) as descriptor, ExitStack() as stack:
        old = read_all(descriptor)
        kept = _old_bytes_safe(stack, descriptor, target, old, data, records)
        if read_all(descriptor) != old:
            raise ChangedMeanwhile
        _put_or_restore(descriptor, old, data, kept)


def _old_bytes_safe(
    stack: ExitStack, descriptor: int, target: Path, old: bytes, new: bytes, records: Path | None
) -> Path:
    """The file that has the old bytes until the stack ends: a record, or else a copy beside."""
    refused: OSError | None = None
    if records:
        # Most saves are renames, and need none of it.
        from editor.storage.interrupted_save import SaveUnderWay, recorded  # noqa: PLC0415

        try:
            return stack.enter_context(recorded(records, descriptor, target, old, new))
        except SaveUnderWay:
            raise
        except OSError as error:
            refused = error
    try:
        return stack.enter_context(_copied_beside(target, old))
    except OSError as error:
        raise OldBytesNotSafe(refused or error) from error


@contextmanager
def _copied_beside(target: Path, old: bytes) -> Iterator[Path]:
    with _temporary_beside(target, PRIVATE, "old") as (copy, kept):
        write_all(copy, old)
        os.fsync(copy)
        sync_folder(target.parent)
        yield kept


def _put_or_restore(descriptor: int, old: bytes, new: bytes, kept: Path) -> None:
    try:
        # Space is claimed before the first old byte goes, so that a full disk is found out in time.
        if len(new) > len(old):
            os.posix_fallocate(descriptor, 0, len(new))
        put(descriptor, new)
    except BaseException:  # whatever it is, it goes on once the old bytes are back
        try:
            put(descriptor, old)
        except OSError as error:
            raise OldBytesAside(error, kept) from error
        raise


@contextmanager
def _temporary_beside(target: Path, mode: int, kind: str = "new") -> Iterator[tuple[int, Path]]:
    """A new open file in the target's folder, gone at the end unless renamed or needed to get the old bytes back.

    Its name is short, since one made of a long name might be too long for the file system.
    """
    temporary = target.with_name(f".stet-{kind}-{os.urandom(8).hex()}")
    try:
        with opened(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode) as descriptor:
            # By the lock another process sees that this one lives. Not every file system has locks.
            with suppress(OSError):
                lock(descriptor, wait=False)
            yield descriptor, temporary
    except OldBytesAside:
        raise
    except BaseException:  # whatever it is, it goes on once nothing is left beside
        remove(temporary)
        raise
    remove(temporary)


def _sweep(folder: Path) -> None:
    """Remove what killed processes left, but never a copy of old bytes. Litter is no reason to call a save failed."""
    now = time.monotonic()
    if now - _swept.get(folder, -_SWEEP_EVERY) < _SWEEP_EVERY:
        return
    _swept[folder] = now
    with suppress(OSError), os.scandir(folder) as entries:
        litter = [Path(entry) for entry in entries if entry.name.startswith(".stet-") and _LITTER.fullmatch(entry.name)]
        for temporary in litter:
            _sweep_away(temporary)


def _sweep_away(temporary: Path) -> None:
    with suppress(OSError), opened(temporary, os.O_RDONLY | os.O_NOFOLLOW) as descriptor:
        age = time.time() - os.fstat(descriptor).st_mtime
        if age > _LITTER_AGE and lock(descriptor, wait=False):
            temporary.unlink()


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
