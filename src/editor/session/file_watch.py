"""Notices that an article's file may have changed on disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

_QUIET_MS = 150
"""A burst of changes is over when nothing has happened for so long ..."""
_LONGEST_BURST_MS = 1000
"""... or a look is due all the same."""
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
        self._watcher.directoryChanged.connect(self._stir)
        self._watcher.fileChanged.connect(self._stir)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._suspect)
        self._burst = QTimer(self, singleShot=True, interval=_LONGEST_BURST_MS)
        self._burst.timeout.connect(self._suspect)
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
        for timer in (self._quiet, self._burst, self._poll):
            timer.stop()
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

    def _stir(self) -> None:
        self._quiet.start()
        if not self._burst.isActive():
            self._burst.start()

    def _suspect(self) -> None:
        self._quiet.stop()
        self._burst.stop()
        self._add_paths()
        self.suspected.emit()
