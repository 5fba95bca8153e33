"""Small plain files in an article's folder, read without trusting them: no link is followed and nothing waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from editor.storage.descriptors import opened

# A pipe or a device under the name must neither be waited for nor become this process's terminal.
_PLAIN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


class NotRead(Exception):
    """A file that could not be read; the message goes on from its name."""

    def __init__(self, message: str, *, is_missing: bool = False) -> None:
        super().__init__(message)
        self.is_missing = is_missing


def read_head(path: Path, most: int) -> bytes:
    """The first `most` bytes of a regular file that is no link. Raises NotRead. May wait for a disk."""
    try:
        with opened(path, _PLAIN) as descriptor:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NotRead("is no regular file, so it is not read.")
            pieces = []
            while most > 0 and (piece := os.read(descriptor, most)):
                pieces.append(piece)
                most -= len(piece)
            return b"".join(pieces)
    except FileNotFoundError as error:
        raise NotRead("is not there.", is_missing=True) from error
    except (OSError, ValueError) as error:
        if os.path.islink(path):  # noqa: PTH114 - the other raises where a folder cannot be looked into
            raise NotRead("is a link, so it is not read.") from error
        raise NotRead("cannot be read.") from error
