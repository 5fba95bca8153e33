"""Keeps what is typed in a journal, so that no crash takes more than the last second of it."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from editor.core.article import Article, ArticleChange
from editor.session.background import Background
from editor.session.text_buffer import TextBuffer
from editor.storage.journal import Journal, Origin, Step

_SOON_MS = 400
"""From the first key that is not written down to its being written: also while typing never pauses."""
_RETRY_MS = 5000
"""Until a folder that could not be written is tried again."""


class DraftKeeper(QObject):
    """Writes the edits of one buffer down, from the first on until they are saved."""

    failed = Signal(str)
    """What is typed cannot be written down: why, in a few words; "" when it can again."""

    def __init__(self, buffer: TextBuffer, folder: Path, origin: Origin, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buffer = buffer
        self._folder = folder
        self._origin = origin
        self._pending: list[Step] = []
        self._journal: Journal | None = None
        self._is_behind = False
        """The journal lacks steps that could not be written. Both belong to the background's thread."""
        self._background = Background("draft", self)
        self.is_failing = False
        """Whether what was typed last could not be written down."""
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._write)
        buffer.changed.connect(self._follow)

    def _follow(self, change: ArticleChange) -> None:
        self._pending.append(change.edits)
        if not self._due.isActive():
            self._due.start(_SOON_MS)

    def _write(self) -> None:
        steps, self._pending = self._pending, []
        self._background.run(partial(self._put, self._buffer.article, self._origin, steps), self._say)

    def begin_anew(self, origin: Origin) -> None:
        """The file holds something else now: begin with the text as it is, or with nothing where the file has it."""
        self._origin = origin
        self._due.stop()
        self._pending = []
        if self._buffer.history.is_saved:
            self._background.run(self._remove, self._say)
        else:
            self._background.run(partial(self._put, self._buffer.article, origin, None), self._say)

    def flush(self) -> None:
        """Write what is not written down yet, and wait until it is."""
        if self._due.isActive():
            self._due.stop()
            self._write()
        self._background.finish()

    def close(self, *, keep: bool = False) -> None:
        """End with the window. The journal goes, unless it is to be found at the next start."""
        if keep:
            self.flush()
        else:
            self._due.stop()
            self._background.run(self._remove, self._say)
        self._background.close()
        self._due.stop()
        if self._journal:
            self._journal.close()

    # In the background

    def _put(self, article: Article, origin: Origin, steps: list[Step] | None) -> None:
        """Write steps down, or where there is no journal, it is long, or `steps` is None, the whole text."""
        was_behind, self._is_behind = self._is_behind, True
        if self._journal is None:
            self._journal = Journal(self._folder, origin, article.text)
        elif steps is None or self._journal.is_long or was_behind:
            self._journal.begin_anew(origin, article.text)
        else:
            self._journal.append(steps)
        self._is_behind = False

    def _remove(self) -> None:
        if self._journal:
            self._journal.remove()
            self._journal = None

    # Back in the window

    def _say(self, done: Future[None]) -> None:
        trouble = done.exception()
        if trouble is None:
            if self.is_failing:
                self.is_failing = False
                self.failed.emit("")
            return
        if not isinstance(trouble, OSError):
            raise trouble
        self.is_failing = True
        self.failed.emit(trouble.strerror or str(trouble))
        self._due.start(_RETRY_MS)
