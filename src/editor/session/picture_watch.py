"""Notices that pictures which an article shows have changed on disk, have gone or have come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from editor.session.burst import Burst

_MOST_PICTURES = 1000

_State = tuple[int, int, int] | None
"""What tells a file's contents from earlier ones: its number, size and time in ns. None where there is no file."""


class PictureWatch(QObject):
    """Watches files, since programs write into them, and their folders, since programs exchange files."""

    changed = Signal(tuple)
    """The names, as given, of pictures that are other than they were."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: dict[str, tuple[Path, _State]] = {}
        self._watcher = QFileSystemWatcher(self)
        self._burst = Burst(self)
        self._burst.over.connect(self._look)
        self._watcher.directoryChanged.connect(self._burst.stir)
        self._watcher.fileChanged.connect(self._burst.stir)

    def add(self, name: str, path: Path) -> None:
        """Watch the picture at `path`, which need not exist, and call it by `name`. Of a thousand, no more."""
        if name in self._pictures or len(self._pictures) >= _MOST_PICTURES:
            return
        self._pictures[name] = path, _state(path)
        self._watch([path])

    def clear(self) -> None:
        """Watch nothing any more."""
        self._burst.stop()
        self._pictures.clear()
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)

    def _watch(self, paths: Sequence[Path]) -> None:
        """Each file that is there, and its folder or what there is of the way to it."""
        wanted = {str(path) for path in paths if _is(path.is_file)}
        for folder in {path.parent for path in paths}:
            wanted.add(str(next(each for each in (folder, *folder.parents) if _is(each.is_dir))))
        if missing := wanted.difference(self._watcher.files(), self._watcher.directories()):
            self._watcher.addPaths(sorted(missing))

    def _look(self) -> None:
        different = []
        self._watch([path for path, _ in self._pictures.values()])
        for name, (path, known) in self._pictures.items():
            state = _state(path)
            if state != known:
                self._pictures[name] = path, state
                different.append(name)
        if different:
            self.changed.emit(tuple(different))


def _is(asked: Callable[[], bool]) -> bool:
    """The answer; no to what the file system cannot even be asked, such as a name that is too long."""
    try:
        return asked()
    except (OSError, ValueError):
        return False


def _state(path: Path) -> _State:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
