"""Notices that an article's file may have changed on disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from editor.session.burst import Burst

_POLL_MS = 2000
"""File systems of a network do not tell of changes made elsewhere: there only looking helps."""


class FileWatch(QObject):
    """Watches a file's folder, since editors exchange files, and the file itself, since others write into them."""

    suspected = Signal()
    """The file may have changed: look."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._watcher = QFileSystemWatcher(self)
        self._burst = Burst(self)
        self._burst.over.connect(self._suspect)
        self._watcher.directoryChanged.connect(self._burst.stir)
        self._watcher.fileChanged.connect(self._burst.stir)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self.suspected)

    def watch(self, path: Path | None) -> None:
        """Watch this file from now on, or none."""
        self.stop()
        self._path = path
        if path:
            self._add_paths()
            self._poll.start()

    def stop(self) -> None:
        """Watch nothing any more."""
        self._burst.stop()
        self._poll.stop()
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)

    def _add_paths(self) -> None:
        """A file that was exchanged is no longer the one that is watched; a link is watched where it leads."""
        if self._path:
            real = self._path.resolve()
            wanted = {str(self._path.parent), str(real.parent), str(real)}
            watched = {*self._watcher.files(), *self._watcher.directories()}
            if missing := [path for path in wanted - watched if Path(path).exists()]:
                self._watcher.addPaths(missing)

    def _suspect(self) -> None:
        self._add_paths()
        self.suspected.emit()
