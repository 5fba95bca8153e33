"""The audit of the article in the window: made in the pauses of typing, a little at a time."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic, perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from editor.core.audit import Audit, auditing
from editor.core.steps import Steps
from editor.session.background import Background
from editor.session.text_buffer import TextBuffer
from editor.storage.linked_files import are_there

PAUSE_MS = 250
"""How long after the last change the audit begins: what is half typed is no problem yet."""
_SLICE_S = 0.004
"""How long a turn of the event loop may be worked on: a key that comes meanwhile is not late for its frame."""
_LONGEST = 65_536
"""Code points of a paragraph that is read in the window, in about two frames; `stet check` reads longer ones too."""
_FRESH_S = 5.0
"""For how long it is believed that a file is there, or is not."""
_MOST_FILES = 2_000


class Auditor(QObject):
    """Keeps the audit of a buffer's article. Nothing here waits for a disk, and no turn takes longer than a slice."""

    audited = Signal(object)
    """An `Audit` of the article as it is now."""

    def __init__(self, buffer: TextBuffer, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buffer = buffer
        self._background = background
        self._folder: Path | None = None
        self._off: frozenset[str] = frozenset()
        self._there: Mapping[str, bool] = {}
        self._looked_at = 0.0
        self._is_looking = False
        self._names: set[str] = set()
        self._steps: Steps[Audit] | None = None
        self.newest: Audit | None = None
        """The audit of the article as it is now, where it is known already."""
        self._due = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._due.timeout.connect(self.begin)
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._work)
        buffer.changed.connect(self._wait)
        self._due.start()

    def set_folder(self, folder: Path | None) -> None:
        """In which folder the files are that the article links to; None: in none yet."""
        if folder != self._folder:
            self._folder, self._there = folder, {}
            self._wait()

    def turn_off(self, codes: frozenset[str]) -> None:
        """Which findings are not told, by their codes."""
        if codes != self._off:
            self._off = codes
            self._wait()

    def begin(self) -> None:
        """Audit the article as it is now, without waiting for a pause."""
        self._due.stop()
        self._names = set()
        today = datetime.now().astimezone().date()
        exists = self._exists if self._folder else None
        self._steps = auditing(self._buffer.article, today, exists=exists, off=self._off, longest=_LONGEST)
        self._next.start()

    def close(self) -> None:
        """Give up."""
        self._due.stop()
        self._next.stop()
        self._steps = None

    def _wait(self) -> None:
        self.newest = None
        self._next.stop()
        self._steps = None
        self._due.start()

    def _work(self) -> None:
        steps, until = self._steps, perf_counter() + _SLICE_S
        try:
            while steps and perf_counter() < until:
                next(steps)
        except StopIteration as done:
            self._next.stop()
            self._steps = None
            self.newest = done.value
            self.audited.emit(done.value)
            self._look()

    def _exists(self, name: str) -> bool:
        """What is known of a file; of one that was not looked for yet nothing bad is said."""
        self._names.add(name)
        return self._there.get(name, True)

    def _look(self) -> None:
        """Look for the files that the audit asked for, unless that was done just now."""
        wanted = sorted(self._names)[:_MOST_FILES]
        is_fresh = monotonic() - self._looked_at < _FRESH_S
        if not self._folder or self._is_looking or (is_fresh and self._there.keys() >= set(wanted)) or not wanted:
            return
        self._is_looking = True
        self._background.run(partial(are_there, self._folder, wanted), partial(self._learn, self._folder))

    def _learn(self, folder: Path, answer: Future[Mapping[str, bool]]) -> None:
        self._is_looking = False
        self._looked_at = monotonic()
        there = answer.result()
        if folder == self._folder and any(self._there.get(name, True) != known for name, known in there.items()):
            self._there = there
            self._wait()
        elif folder == self._folder:
            self._there = there
