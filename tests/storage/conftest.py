"""A file to save, and a system whose calls fail: what the tests of durable saves share."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

OLD = b"the old text\n"

# The calls of a save, a link's look-ups included; os.access cannot fail, it only says no.
SYSTEM_CALLS = tuple(
    "open write read fsync close replace lseek ftruncate posix_fallocate fchmod fchown listxattr getxattr setxattr"
    " removexattr unlink stat lstat fstat readlink mkdir rmdir scandir listdir".split()
)

FailingCall = Callable[..., AbstractContextManager[list[str]]]


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
def new_file(tmp_path: Path) -> Path:
    """A name in an empty folder, of a file that is not there yet."""
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder" / "article.md"


@pytest.fixture
def failing_call() -> FailingCall:
    """Within it the nth system call fails, and with `for_good` every later one; the list tells which were made.

    Writes are taken in parts, so that one can fail between them.
    """

    @contextmanager
    def fail(at: int, code: int = errno.EIO, *, for_good: bool = False) -> Iterator[list[str]]:
        made: list[str] = []

        def wrapped(name: str, real: Callable[..., object]) -> Callable[..., object]:
            def call(*arguments: object, **options: object) -> object:
                made.append(name)
                if not (len(made) > at if for_good else len(made) == at + 1):
                    return real(*arguments, **options)
                # A descriptor is closed and a stray file removed even where the system then reports an error.
                if name in {"close", "unlink"}:
                    real(*arguments, **options)
                raise OSError(code, os.strerror(code))

            return call

        with pytest.MonkeyPatch.context() as patch:
            real_write = os.write
            patch.setattr(os, "write", lambda descriptor, data: real_write(descriptor, data[:1000]))
            for name in SYSTEM_CALLS:
                patch.setattr(os, name, wrapped(name, getattr(os, name)))
            patch.setattr(fcntl, "flock", wrapped("flock", fcntl.flock))
            yield made

    return fail


def names_beside(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir() if entry != path)
