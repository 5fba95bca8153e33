"""The bytes of a file, read whole or saved whole; what goes wrong is told in a sentence with a way out."""

from __future__ import annotations

import errno
import hashlib
import stat
from pathlib import Path

from editor.storage.durable import OldBytesAside, write_durably

_MEGABYTE = 1024 * 1024

LARGEST = 20 * _MEGABYTE
"""Bytes. A larger file is refused: it is no article, and every view of it would be slow."""

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
    errno.EPERM: "you have no permission to write it or its folder; save it elsewhere",
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


def save_bytes(path: Path, data: bytes) -> str:
    """Save durably and return the digest of what is now in the file. Raises SaveFailed."""
    try:
        write_durably(path, data)
    except OldBytesAside as error:
        reason = f"could not be saved and may be damaged; its old content is in “{error.kept}”"
        raise SaveFailed(reason, path) from error
    except OSError as error:
        why = _WHY_NOT_SAVED.get(error.errno or 0, error.strerror or "the system gave no reason")
        raise SaveFailed(f"could not be saved: {why}", path) from error
    return digest(data)


def digest(data: bytes) -> str:
    """The SHA-256 in hexadecimal, by which two contents of a file are told apart."""
    return hashlib.sha256(data).hexdigest()
