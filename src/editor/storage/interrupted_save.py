"""A write in place that was cut off by a kill or a power cut is found, and finished.

Before the first byte of the file changes, its old bytes and its new ones are on disk in a record, which goes when the
new ones are synced. A record that is found later, unlocked, is of a write whose process is dead.
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from editor.storage.descriptors import lock, make_private_folder, opened, put, read_all, remove, sync_folder
from editor.storage.durable import OldBytesAside

_MAGIC = b"stet save 1 "
_SUFFIX = ".save"
_SECTOR = 512
"""Bytes, the least that a disk writes: a power cut leaves each of them old or new, in any order."""

Keep = Callable[[Path, bytes, dt.datetime], bool]
"""Takes the bytes that a file held, or was to hold, at a time (with its zone); whether it could keep them."""


class SaveUnderWay(OSError):
    """Another process, or thread, has been writing this very file for a second."""

    def __init__(self) -> None:
        super().__init__(errno.EBUSY, os.strerror(errno.EBUSY))


class _Record(NamedTuple):
    """A write in place: of which file, from which bytes to which. `digests` are those of both as they were written."""

    path: Path
    old: bytes
    new: bytes
    digests: tuple[str, str]

    @property
    def is_sound(self) -> bool:
        """Whether the disk gave back what was written."""
        return self.digests == (_digest(self.old), _digest(self.new))


@contextmanager
def recorded(folder: Path, descriptor: int, path: Path, old: bytes, new: bytes) -> Iterator[Path]:
    """While the body writes `new` in place over `old`, a kill leaves a record in `folder` to finish the write by.

    `descriptor` is the open file at `path`, a real path. Yields the record's path. The record stays where the body
    raises OldBytesAside. Raises SaveUnderWay, and OSError where no record can be written: the file is then untouched,
    unless an earlier write had to be finished first.
    """
    make_private_folder(folder)
    place = _place(folder, descriptor)
    with _locked(place, os.O_RDWR | os.O_CREAT) as record:
        _clear(record, place, descriptor)
        try:
            put(record, _packed(path, old, new))
            sync_folder(folder)
        except BaseException:  # whatever it is, it goes on once half a record is gone
            remove(place)
            raise
        try:
            yield place
        except OldBytesAside:
            raise
        except BaseException:  # whatever it is, it goes on once the record is gone
            _drop(record, place)
            raise
        _drop(record, place)


def _drop(record: int, place: Path) -> None:
    """Emptied first, and synced: a record that a power cut brings back would speak of a file long saved again."""
    with suppress(OSError):
        put(record, b"")
    remove(place)


def _clear(record: int, place: Path, descriptor: int) -> None:
    """See to it that an open record, left by a process that is dead, is needed no more."""
    left = _unpacked(read_all(record))
    if left is None or not left.is_sound:
        return
    present = read_all(descriptor)
    if present in (left.old, left.new):
        return
    if is_torn(present, left.old, left.new):
        put(descriptor, left.new)
    elif _rolled_forward(left, place, left.path, None, dt.datetime.now(dt.UTC)) is None:
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))


def finish_interrupted_save(path: Path, folder: Path, keep: Keep | None = None) -> bool:
    """Finish the write in place of this file that was cut off, if there is one; whether the file was changed.

    To be called before the file is read. A file that is torn between the old bytes and the new becomes the new ones.
    One that another program has written since stays, and both are given to `keep`; without it the record stays. A
    write that is still under way is left alone. Costs one look into an empty folder where nothing is to be done.

    Raises OSError where a torn file cannot be written; the record then stays for another time.
    """
    names = _names(folder)
    if not names:
        return False
    real = Path(os.path.realpath(path))
    own = ""
    with suppress(OSError):
        own = f"{real.stat().st_ino}{_SUFFIX}"
    finished = [_finished(folder / name, name == own, real, keep) for name in names]
    return any(finished)


def finish_all_interrupted_saves(folder: Path, keep: Keep | None = None) -> tuple[Path, ...]:
    """The same for every file that has a record; the files that were changed. For the program's start; never raises."""
    changed = []
    for name in _names(folder):
        path = _path_in(folder / name)
        with suppress(OSError):
            if path and finish_interrupted_save(path, folder, keep):
                changed.append(path)
    return tuple(changed)


def is_torn(present: bytes, old: bytes, new: bytes) -> bool:
    """Whether a file can have come to hold `present` by a write of `new` over `old` in place that was cut off.

    By a kill: new bytes up to some point; or, while the old ones were being put back, new ones in the middle. By a
    power cut: each sector as one or the other. What a file has grown by is zero until it is written.
    """
    if not min(len(old), len(new)) <= len(present) <= max(len(old), len(new)):
        return False
    was = old.ljust(len(present), b"\0")
    first = _common(present, was)
    last = len(present) - _common(present[first:][::-1], was[first : len(present)][::-1])
    if present[first:last] == new[first:last]:
        return True
    for start in range(0, len(present), _SECTOR):
        sector = slice(start, start + _SECTOR)
        done = _common(present[sector], new[sector])
        if present[sector][done:] != was[: len(present)][sector][done:]:
            return False
    return True


def _finished(place: Path, same_file: bool, path: Path, keep: Keep | None) -> bool:
    """Finish by one record if it is this file's: by its inode, or by the path that it names."""
    if not same_file and _path_in(place) != path:
        return False
    with ExitStack() as stack:
        try:
            descriptor = stack.enter_context(_locked(place, os.O_RDONLY))
            when = dt.datetime.fromtimestamp(os.fstat(descriptor).st_mtime, dt.UTC)
            record = _unpacked(read_all(descriptor))
        except OSError:
            # Its writer has just finished, or will; or the record's own disk lets it down.
            return False
        changed = _rolled_forward(record, place, path, keep, when) if record else False
        if changed is not None:
            remove(place)
    return bool(changed)


def _rolled_forward(record: _Record, place: Path, path: Path, keep: Keep | None, when: dt.datetime) -> bool | None:
    """Whether the file had to be finished; None where the record is to stay, being all that is left of its bytes."""
    present, is_same_file = None, False
    try:
        # A pipe that has taken the file's name is not waited for.
        with opened(path, os.O_RDONLY | os.O_NONBLOCK) as descriptor:
            present = read_all(descriptor)
            is_same_file = _place(place.parent, descriptor) == place
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        # The file is gone, but not what was being saved into it.
        pass
    except OSError:
        return None
    if present is not None and _digest(present) in record.digests:
        return False
    if not record.is_sound:
        return None
    # A file that was put in this one's place was written whole, even if it looks like a half of ours.
    if present is not None and is_same_file and is_torn(present, record.old, record.new):
        if keep:
            # There is nothing in it but old and new. Should another program have made it so, it is not lost.
            keep(path, present, when)
        with opened(path, os.O_WRONLY) as descriptor:
            put(descriptor, record.new)
        return True
    # By its number alone a file may be one of another disk; then nothing here is known of it.
    is_its_name = path == record.path
    if is_its_name and keep and keep(path, record.old, when) and keep(path, record.new, when + dt.timedelta.resolution):
        return False
    return None


def _place(folder: Path, descriptor: int) -> Path:
    """Where the record of an open file lies: by inode, so that all hard links of the file meet in one."""
    return folder / f"{os.fstat(descriptor).st_ino}{_SUFFIX}"


@contextmanager
def _locked(place: Path, flags: int) -> Iterator[int]:
    """A record, open and locked. Raises SaveUnderWay where it stays locked by another."""
    while True:
        with opened(place, flags) as descriptor:
            if not lock(descriptor):
                raise SaveUnderWay
            if _is_still_there(place, descriptor):
                yield descriptor
                return


def _is_still_there(place: Path, descriptor: int) -> bool:
    """Whoever held the lock before may have removed the file that was waited for."""
    try:
        return os.path.samestat(place.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _names(folder: Path) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if name.endswith(_SUFFIX)]  # noqa: PTH208 - the cheapest look
    except OSError:
        # Without a folder there is no record, and one that cannot be read holds none of ours.
        return []


def _packed(path: Path, old: bytes, new: bytes) -> bytes:
    about = {"path": str(path), "sizes": [len(old), len(new)], "digests": [_digest(old), _digest(new)]}
    header = json.dumps(about).encode()
    return b"".join((_MAGIC, _digest(header).encode(), b" ", header, b"\n", old, new))


def _unpacked(data: bytes) -> _Record | None:
    """None for a record that is not whole: it was synced before its file was touched, so that file is whole."""
    line, _, rest = data.partition(b"\n")
    about = _header(line)
    if about is None or len(rest) != sum(about["sizes"]):
        return None
    size, _ = about["sizes"]
    old, new = about["digests"]
    return _Record(Path(about["path"]), rest[:size], rest[size:], (old, new))


def _header(line: bytes) -> dict[str, Any] | None:
    digest, _, header = line.removeprefix(_MAGIC).partition(b" ")
    if not line.startswith(_MAGIC) or digest.decode("latin-1") != _digest(header):
        return None
    about: dict[str, Any] = json.loads(header)
    return about


def _path_in(place: Path) -> Path | None:
    """The file that a record is of; None where that cannot be read."""
    try:
        with place.open("rb") as file:
            about = _header(file.readline(1 << 16).rstrip(b"\n"))
    except OSError:
        return None
    return Path(about["path"]) if about else None


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two begin with alike."""
    alike, different = 0, min(len(one), len(other)) + 1
    while different - alike > 1:
        middle = (alike + different) // 2
        if one[alike:middle] == other[alike:middle]:
            alike = middle
        else:
            different = middle
    return alike


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
