"""The bytes of a file, read whole or saved whole; what goes wrong is told in a sentence with a way out."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from editor.storage.descriptors import opened, read_all
from editor.storage.durable import ChangedMeanwhile, OldBytesAside, OldBytesNotSafe, write_durably, write_new

_MEGABYTE = 1024 * 1024

LARGEST = 20 * _MEGABYTE
"""Bytes. A larger file is refused: it is no article, and every view of it would be slow."""

_TRIES = 5
"""How often a save begins anew while another program keeps writing the file."""

_WHY_NOT_READ = {
    errno.ENOENT: "does not exist; check its name and folder",
    errno.ENOTDIR: "does not exist; check its name and folder",
    errno.EACCES: "cannot be opened: you have no permission to read it",
    errno.EPERM: "cannot be opened: you have no permission to read it",
    errno.EIO: "cannot be opened: the disk reported an error; look for a copy on another disk",
}

_WHY_NOT_SAVED = {
    errno.ENOSPC: "the disk is full; free some space or save it elsewhere",
    errno.EDQUOT: "your disk quota is used up; free some space or save it elsewhere",
    errno.EROFS: "the disk is read-only; save it elsewhere",
    errno.EACCES: "you have no permission to write it or its folder; save it elsewhere",
    errno.EPERM: "the system protects it or its folder against changes; save it elsewhere",
    errno.EBUSY: "another program is holding it; try again in a moment",
    errno.ENOENT: "its folder is gone; save it elsewhere",
    errno.ENOTDIR: "its folder is gone; save it elsewhere",
    errno.EISDIR: "a folder has this name; choose another name",
    errno.EINVAL: "it is not a regular file; choose another name",
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one",
    errno.EFBIG: "it would be larger than the system allows; save it elsewhere",
    errno.EIO: "the disk reported an error; save it on another disk",
}


class FileTrouble(Exception):
    """A file that could not be read or saved.

    `reason` goes on from the file's name ("is a folder; ..."), `message` is the whole sentence, and `line` is from 1,
    or 0 where no line is to blame.
    """

    def __init__(self, reason: str, path: Path, line: int = 0) -> None:
        self.reason = reason
        self.path = path
        self.line = line
        self.message = f"“{path.name or path}” {reason}."
        super().__init__(self.message)


class FileUnreadable(FileTrouble):
    """A file that cannot be shown as an article: no permission, not a file, not text, too large."""


class FileMissing(FileUnreadable):
    """There is no file of that name."""


class SaveFailed(FileTrouble):
    """A save that did not happen. The file on disk is whole; if not, the message says where its old bytes are."""


class ChangedOutside(SaveFailed):
    """The file no longer holds what the save was to replace; nothing has been written."""


def read_bytes(path: Path) -> bytes:
    """All bytes of a regular file of at most LARGEST bytes. Raises FileUnreadable."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FileUnreadable("is a folder; open a file inside it", path)
        # Opening a pipe or a device may wait for ever.
        if not stat.S_ISREG(status.st_mode):
            raise FileUnreadable("is not a regular file; copy its text into one", path)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        why = _WHY_NOT_READ.get(error.errno or 0, f"cannot be opened: {error.strerror}")
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        raise (FileMissing if missing else FileUnreadable)(why, path) from error
    if len(data) > LARGEST:
        size = max(len(data), status.st_size) / _MEGABYTE
        raise FileUnreadable(f"has {size:.1f} MB; Stet opens up to {LARGEST // _MEGABYTE}, so split it", path)
    return data


def save_bytes(
    path: Path,
    data: bytes,
    *,
    records: Path | None = None,
    keep: Callable[[bytes], None] | None = None,
    expected: str | None = None,
) -> None:
    """Save durably.

    `records` is where a write in place is finished from after a kill (see `write_durably`). `keep` is given the bytes
    that are about to be replaced, up to LARGEST of them. Where `expected` is the digest of what the file must still
    hold, ChangedOutside is raised if it holds anything else, to the last moment before the write. Raises SaveFailed.
    """
    try:
        _write_over_what_is_known(path, data, records, keep, expected)
    except OldBytesAside as error:
        is_record = error.kept.parent == records
        way_out = "opening it again finishes the save, from" if is_record else "its old content is in"
        raise SaveFailed(f"could not be saved and may be damaged; {way_out} “{error.kept}”", path) from error
    except OldBytesNotSafe as error:
        reason = f"could not be saved, since its old content could not be put in safety first: {why_not_saved(error)}"
        raise SaveFailed(reason, path) from error
    except OSError as error:
        raise SaveFailed(f"could not be saved: {why_not_saved(error)}", path) from error


def save_one_of_many(path: Path, data: bytes) -> None:
    """Save as `save_bytes` does, a new file as `write_new` does. Raises SaveFailed."""
    if path.exists():
        save_bytes(path, data)
        return
    try:
        write_new(path, data)
    except OSError as error:
        raise SaveFailed(f"could not be saved: {why_not_saved(error)}", path) from error


def _write_over_what_is_known(
    path: Path, data: bytes, records: Path | None, keep: Callable[[bytes], None] | None, expected: str | None
) -> None:
    """Another program may write the file while its bytes are being kept: then its new ones are to be kept as well."""
    for _ in range(_TRIES):
        status, present = _look(path, must_read=expected is not None) if keep or expected is not None else (None, None)
        if expected is not None and (present is None or digest(present) != expected):
            break
        if keep and present is not None:
            keep(present)
        try:
            write_durably(path, data, records=records, expected=status)
        except ChangedMeanwhile:
            continue
        return
    raise ChangedOutside("was not saved: another program has changed it meanwhile; open it again", path)


def _look(path: Path, *, must_read: bool) -> tuple[os.stat_result | None, bytes | None]:
    """A file as it is now: its status, None where there is no file, and its bytes, None where they cannot be kept.

    Raises OSError where they `must_read` be and cannot.
    """
    status = None
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST:
            with opened(path, os.O_RDONLY) as descriptor:
                return os.fstat(descriptor), read_all(descriptor)
    except FileNotFoundError:
        return None, None
    except OSError:
        # What the save itself then meets says it better; but what cannot be compared is not to be written over.
        if must_read:
            raise
    return status, None


def why_not_saved(error: OSError) -> str:
    """What the system refused, and the way out; it goes on after a colon."""
    return _WHY_NOT_SAVED.get(error.errno or 0, error.strerror or "the system gave no reason")


def digest(data: bytes) -> str:
    """The SHA-256 in hexadecimal, by which two contents of a file are told apart."""
    # It brings OpenSSL, which takes half as long to load as a page to make, and a page is told from nothing.
    import hashlib  # noqa: PLC0415

    return hashlib.sha256(data).hexdigest()
