"""Open files at the level of system calls: what is written is written whole, and what is synced is on disk."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PRIVATE = 0o600
"""The mode of a file that is the writer's alone."""

_LONGEST_WAIT = 1.0
_BETWEEN_TRIES = 0.01


@contextmanager
def opened(path: Path, flags: int, mode: int = PRIVATE) -> Iterator[int]:
    """An open descriptor. Closing may report a write that failed late, but hides no failure before it."""
    descriptor = os.open(path, flags | os.O_CLOEXEC, mode)
    try:
        yield descriptor
    except BaseException:  # whatever it is, it goes on once the file is closed
        with suppress(OSError):
            os.close(descriptor)
        raise
    os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """A write may take less than it was given, on a nearly full disk for one."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def read_all(descriptor: int) -> bytes:
    """All bytes from the file's beginning."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    pieces = []
    while piece := os.read(descriptor, 1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def put(descriptor: int, data: bytes) -> None:
    """Make `data` the file's whole content, in place, from the first byte to the last, and sync it."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    write_all(descriptor, data)
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable. Some network file systems cannot, and some folders may not be read."""
    try:
        with opened(folder, os.O_RDONLY | os.O_DIRECTORY) as descriptor:
            os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EINVAL, errno.ENOTSUP}:
            raise


def remove(file: Path) -> None:
    """Remove a file of ours. A stray one is litter and no reason to call a save failed."""
    with suppress(OSError):
        file.unlink(missing_ok=True)


def make_private_folder(folder: Path) -> None:
    """Make a folder and those above it, durably and for nobody else to look into. Raises OSError."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    except FileNotFoundError:
        make_private_folder(folder.parent)
        make_private_folder(folder)
        return
    sync_folder(folder.parent)


def lock(descriptor: int, *, wait: bool = True) -> bool:
    """Lock a file until it is closed; False where another process, or thread, has had it locked for a second.

    The lock dies with its holder. Raises OSError where the file system knows no locks.
    """
    import fcntl  # noqa: PLC0415 - most commands save nothing

    latest = time.monotonic() + (_LONGEST_WAIT if wait else 0)
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= latest:
                return False
            time.sleep(_BETWEEN_TRIES)
        else:
            return True
