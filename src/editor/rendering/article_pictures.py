"""The pictures that an article may show: files in its own folder or below, links followed. Nothing else is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

# A pipe or a device under a picture's name must neither be waited for nor become this process's terminal.
_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_PLAIN = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


FilesRead = dict[tuple[Path, str], str]
"""By the folder and the name asked for, the SHA-256 of what was read in hexadecimal, "" where nothing was."""

_noted: ContextVar[FilesRead | None] = ContextVar("noted", default=None)


class PictureRefused(Exception):
    """The picture cannot or may not be shown; the message is a sentence naming it."""


@contextmanager
def noting_files() -> Iterator[FilesRead]:
    """Note every file that is read, or asked for in vain, by this thread meanwhile."""
    noted: FilesRead = {}
    before = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(before)


def read_picture(folder: Path, name: str, *, called: str, largest: int) -> bytes:
    """The bytes of the file `name`, a decoded path relative to `folder`, if it has at most `largest`.

    A link in the file system that leads out of the folder leads nowhere, and what is no regular file is never opened.
    `called` is what messages call the picture. Raises PictureRefused. May wait for a disk.
    """
    noted = _noted.get()
    if noted is None:
        return _read(folder, name, called, largest)
    noted[folder, name] = ""
    data = _read(folder, name, called, largest)
    # It brings OpenSSL, which few exports need.
    import hashlib  # noqa: PLC0415

    noted[folder, name] = hashlib.sha256(data).hexdigest()
    return data


def _read(folder: Path, name: str, called: str, largest: int) -> bytes:
    path = _path_below(folder, name, called)
    try:
        if not path.is_file():
            raise PictureRefused(f"The image {called} was not found.")
        descriptor = os.open(path, _PLAIN | _NEVER_WAIT)
        with os.fdopen(descriptor, "rb") as file:
            # Asked again of what was opened: the name may have been given to something else meanwhile.
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise PictureRefused(f"The image {called} was not found.")
            data = file.read(largest + 1)
    except (OSError, ValueError) as error:
        raise PictureRefused(f"The image {called} could not be read.") from error
    if len(data) > largest:
        most = f"{largest // 1_000_000} MB" if largest >= 1_000_000 else f"{largest // 1_000} KB"
        raise PictureRefused(f"The image {called} is larger than {most} and was left out.")
    return data


def _path_below(folder: Path, name: str, called: str) -> Path:
    try:
        top = folder.resolve()
        path = (top / name).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise PictureRefused(f"The image {called} was not found.") from error
    if not path.is_relative_to(top):
        raise PictureRefused(f"The image {called} lies outside the article's folder and was left out.")
    return path
