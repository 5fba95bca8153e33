"""What an article's folder tells of its fields: what the other articles there have, and what `stet.toml` asks for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from editor.core.known_fields import KnownFields, known_fields
from editor.session.background import Background
from editor.session.burst import Burst
from editor.storage.folder_articles import Heads, read_heads
from editor.storage.folder_settings import NAME, FolderSettings, load_folder_settings

_AT_EASE_MS = 600
"""A window that opens has better things to do first."""
_BETWEEN_FILES_S = 0.004
"""Reading front matter is work in Python, which a key in the window would wait for."""


_LONGEST_LOOK_S = 20.0
"""A folder on a slow disk tells what it told by then."""


class Knowledge(NamedTuple):
    """What is known of a folder at one time."""

    fields: KnownFields = MappingProxyType({})
    settings: FolderSettings = FolderSettings()


class _Found(NamedTuple):
    folder: Path
    heads: Heads
    knowledge: Knowledge


class FolderKnowledge(QObject):
    """Reads the folder in the background, soon after it is told which, and again whenever something in it changed."""

    changed = Signal()
    """`knowledge` is other than it was."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.knowledge = Knowledge()
        self._article: Path | None = None
        self._heads: Heads = {}
        self._background = Background("folder", self)
        self._is_closed = Event()
        self._is_looking = False
        self._burst = Burst(self)
        self._watcher = QFileSystemWatcher(self)
        self._due = QTimer(self, singleShot=True, interval=_AT_EASE_MS)
        self._due.timeout.connect(self.look)
        self._burst.over.connect(self.look)
        self._watcher.directoryChanged.connect(self._burst.stir)
        self._watcher.fileChanged.connect(self._burst.stir)

    def learn_for(self, article: Path | None) -> None:
        """Learn from the folder of this article, but not from itself; from none where it has no file yet."""
        if article == self._article:
            return
        self._article = article
        self._heads = {}
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)
        self._due.start()

    def look(self) -> None:
        """Look now."""
        self._due.stop()
        if self._background.is_closed:
            return
        if self._article is None:
            self._take(Knowledge())
            return
        if self._is_looking:
            self._burst.stir()
            return
        self._is_looking = True
        self._watch(self._article.parent)
        stopped = partial(_is_to_stop, self._is_closed, monotonic() + _LONGEST_LOOK_S)
        self._background.run(partial(_look, self._article, self._heads, stopped), self._learn)

    def close(self) -> None:
        """Stop looking."""
        self._is_closed.set()
        self._due.stop()
        self._burst.stop()
        self._background.close()

    def _watch(self, folder: Path) -> None:
        wanted = {str(folder), str(folder / NAME)} - {*self._watcher.files(), *self._watcher.directories()}
        if present := [path for path in wanted if Path(path).exists()]:
            self._watcher.addPaths(present)

    def _learn(self, answer: Future[_Found]) -> None:
        self._is_looking = False
        found = answer.result()
        if self._is_closed.is_set():
            return
        if self._article is None or found.folder != self._article.parent:
            self._due.start()
            return
        self._heads = found.heads
        self._take(found.knowledge)

    def _take(self, knowledge: Knowledge) -> None:
        if knowledge != self.knowledge:
            self.knowledge = knowledge
            self.changed.emit()


def _is_to_stop(closed: Event, latest: float) -> bool:
    """Asked between two files: lets the window work, and says whether the look has lasted long enough."""
    return closed.wait(_BETWEEN_FILES_S) or monotonic() > latest


def _look(article: Path, known: Heads, stopped: Callable[[], bool]) -> _Found:
    folder = article.parent
    heads = read_heads(folder, known, stopped)
    fields = known_fields(heads[name].front_matter for name in heads if name != article.name)
    return _Found(folder, heads, Knowledge(fields, load_folder_settings(folder)))
