"""What makes a save safe beyond the file itself: earlier versions, and records to finish an interrupted write from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from editor.storage.file_bytes import FileUnreadable, save_bytes, why_not_saved
from editor.storage.history import History, VersionNotKept
from editor.storage.interrupted_save import finish_all_interrupted_saves, finish_interrupted_save


def _say_nothing(_: str) -> None:
    pass


class Safekeeping(NamedTuple):
    """Saves that keep what they replace.

    `saves` is the folder for the records of writes in place. `tell` is given a sentence where a version could not be
    kept, on the thread that saves: no save fails for that.
    """

    history: History
    saves: Path
    tell: Callable[[str], None] = _say_nothing

    @classmethod
    def in_folder(cls, state: Path, tell: Callable[[str], None] = _say_nothing) -> Safekeeping:
        """In the usual places of a state folder, which need not exist yet."""
        return cls(History(state / "history"), state / "saves", tell)

    def save(self, path: Path, data: bytes, expected: str | None = None) -> None:
        """`save_bytes`, where the bytes replaced become the newest earlier version. Raises SaveFailed."""
        try:
            self.finish(path)
        except FileUnreadable as error:
            self.tell(error.message)
        save_bytes(path, data, records=self.saves, keep=partial(self.keep, path), expected=expected)

    def finish(self, path: Path) -> bool:
        """Finish a save of this file that was cut off; whether the file was changed.

        Raises FileUnreadable where the file is torn and cannot be written.
        """
        try:
            return finish_interrupted_save(path, self.saves, self._keep)
        except OSError as error:
            reason = f"holds only half of what was last saved, and the rest cannot be written: {why_not_saved(error)}"
            raise FileUnreadable(reason, path) from error

    def finish_all(self) -> tuple[Path, ...]:
        """The same for all files, at the program's start; those that were changed. What fails waits for its file."""
        return finish_all_interrupted_saves(self.saves, self._keep)

    def keep(self, path: Path, data: bytes) -> None:
        """Keep what a file held as its newest earlier version; `tell` tells where that cannot be done."""
        self._keep(path, data, dt.datetime.now(dt.UTC))

    def _keep(self, path: Path, data: bytes, when: dt.datetime) -> bool:
        try:
            self.history.keep(path, data, when)
        except VersionNotKept as error:
            self.tell(error.message)
            return False
        return True
