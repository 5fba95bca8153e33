"""The papers that the other articles of a folder list: learned in the background, and anew when the folder changes."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from editor.core.citation_offers import Offer
from editor.session.background import Background
from editor.session.burst import Burst
from editor.storage.folder_papers import PapersByFile, read_folder_papers

_AT_EASE_MS = 1500
"""Whoever opens an article does not cite at once, and a window that opens has better things to do."""
_PAUSE_S = 0.002
_LONGEST_LOOK_S = 20.0
"""A folder on a slow disk tells what it told by then."""


class FolderPapers(QObject):
    """Reads the folder soon after it is told which, and again whenever something in it changed."""

    changed = Signal()
    """`papers` are others than they were."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.papers: tuple[Offer, ...] = ()
        """Those of all other articles, of the newest first."""
        self._article: Path | None = None
        self._known: PapersByFile = {}
        self._background = Background("folder papers", self)
        self._is_closed = Event()
        self._is_looking = False
        self._burst = Burst(self)
        self._watcher = QFileSystemWatcher(self)
        self._due = QTimer(self, singleShot=True, interval=_AT_EASE_MS)
        self._due.timeout.connect(self.look)
        self._burst.over.connect(self.look)
        self._watcher.directoryChanged.connect(self._burst.stir)

    def learn_for(self, article: Path | None) -> None:
        """Learn from the folder of this article, but not from itself; from none where it has no file yet."""
        if article == self._article:
            return
        self._article = article
        self._known = {}
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._due.start()

    def look(self) -> None:
        """Look now."""
        self._due.stop()
        if self._background.is_closed:
            return
        if self._article is None:
            self._take({})
        elif self._is_looking:
            self._burst.stir()
        else:
            self._is_looking = True
            folder = self._article.parent
            if not self._watcher.directories():
                self._watcher.addPath(str(folder))
            stopped = partial(_is_to_stop, self._is_closed, monotonic() + _LONGEST_LOOK_S)
            work = partial(read_folder_papers, folder, self._known, stopped)
            self._background.run(work, partial(self._learn, self._article))

    def close(self) -> None:
        """Stop looking."""
        self._is_closed.set()
        self._due.stop()
        self._burst.stop()
        self._background.close()

    def _learn(self, article: Path, answer: Future[PapersByFile]) -> None:
        self._is_looking = False
        found = answer.result()
        if self._is_closed.is_set():
            return
        if article != self._article:
            self._due.start()
            return
        self._known = found
        self._take(found)

    def _take(self, found: PapersByFile) -> None:
        own = self._article.name if self._article else ""
        papers = tuple(paper for name, listed in found.items() if name != own for paper in listed.papers)
        if papers != self.papers:
            self.papers = papers
            self.changed.emit()


def _is_to_stop(closed: Event, latest: float) -> bool:
    """Lets the window work, and says whether the look has lasted long enough."""
    return closed.wait(_PAUSE_S) or monotonic() > latest
