"""Claims: which article is open in which program, so that two windows do not write over each other unawares."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from editor.storage.descriptors import PRIVATE, lock, make_private_folder


class Claimed(Exception):
    """Another window has the article open; `process` is the number of its program, 0 where it did not say."""

    def __init__(self, process: int) -> None:
        super().__init__(f"claimed by process {process}")
        self.process = process


class Claim:
    """An article that is open here. The system lets go of it when the program ends, however it ends."""

    def __init__(self, path: Path, folder: Path) -> None:
        """Claim the article at `path`; claims are kept in `folder`, which is made where it is not there.

        Raises Claimed, and OSError where nothing can be kept in the folder.
        """
        make_private_folder(folder)
        name = hashlib.sha256(os.path.realpath(path).encode("utf-8", "surrogateescape")).hexdigest()
        self._file = folder / name[:32]
        self._descriptor = self._lock()
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, str(os.getpid()).encode(), 0)

    def _lock(self) -> int:
        while True:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
            if not lock(descriptor, wait=False):
                said = os.pread(descriptor, 20, 0)
                os.close(descriptor)
                raise Claimed(int(said) if said.isdigit() else 0)
            # Whoever let go of it in between has removed the file that was just locked.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), self._file.stat()):
                    return descriptor
            os.close(descriptor)

    def release(self) -> None:
        """Let go of the article."""
        with suppress(OSError):
            self._file.unlink()
        os.close(self._descriptor)
