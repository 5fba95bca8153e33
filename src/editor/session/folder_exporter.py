"""Exporting a folder from the window: the command does it, in a process of its own that says how far it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal

# -P: an article's folder, which may be the working one, must not lend the process its modules.
_COMMAND = (sys.executable, "-P", "-m", "editor")
_PATIENCE_MS = 3_000
"""How long a process that was asked to stop may take to leave all in order."""
_LONGEST_LINE = 1 << 22
"""Bytes. What says more without a line's end is not our command."""
_KEPT_COMPLAINT = 2_000
"""Bytes of what is complained about, of which the last say why it ended."""
_OPTIONS = ((", or use --force", ", or have such files replaced"), (" with -o", ""))
"""How the command names its options, and what a writer is told who has fields for them."""


class FolderOrder(NamedTuple):
    """What is exported to where; `options` are more of `stet export`'s, as they are written."""

    folder: Path
    output: Path
    options: tuple[str, ...] = ()


class ExportedPage(NamedTuple):
    """What became of an article: its state ("made", "skipped" or "failed") and sentences about it."""

    article: Path
    page: Path
    state: str
    notes: tuple[str, ...]


class FolderSummary(NamedTuple):
    """Numbers of articles by what became of them, sentences about the whole, and its index, None where there is none.

    `is_stopped`: it was not brought to its end.
    """

    made: int
    skipped: int
    failed: int
    notes: tuple[str, ...]
    index_page: Path | None
    is_stopped: bool = False


class FolderExporter(QObject):
    """Runs one export at a time. No call of it waits for the process."""

    began = Signal(int)
    """How many articles there are."""
    went_on = Signal(list)
    """`ExportedPage`s, in the order in which they came."""
    finished = Signal(FolderSummary)
    """It came to its end, or was stopped as asked."""
    failed = Signal(str)
    """It could not begin, or ended by itself before its end: a sentence."""

    def __init__(
        self, parent: QObject | None = None, command: Sequence[str] = _COMMAND, patience_ms: int = _PATIENCE_MS
    ) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self._process: QProcess | None = None
        self._order: FolderOrder | None = None
        self._received = bytearray()
        self._complaint = b""
        self._counts: dict[str, int] = {}
        self._summary: FolderSummary | None = None
        self._is_stopping = False
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(self._kill)

    @property
    def is_running(self) -> bool:
        """Whether an export is being made."""
        return self._process is not None

    def start(self, order: FolderOrder) -> None:
        """Export a folder; while one is exported, nothing."""
        if self._process:
            return
        self._order, self._summary, self._is_stopping = order, None, False
        self._received.clear()
        self._complaint, self._counts = b"", {"made": 0, "skipped": 0, "failed": 0}
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(lambda: self._read(process))
        process.readyReadStandardError.connect(lambda: self._hear_complaint(process))
        process.finished.connect(lambda: self._ended(process))
        process.errorOccurred.connect(lambda error: self._not_started(process, error))
        program, *first = self._command
        what = [str(order.folder.absolute()), "-o", str(order.output.absolute())]
        process.start(program, [*first, "export", *what, "--progress", *order.options])

    def stop(self) -> None:
        """Ask the process to end, and end it where it does not; what is written stays, each file whole."""
        if self._process and not self._is_stopping:
            self._is_stopping = True
            self._process.terminate()
            self._patience.start()

    def close(self) -> None:
        """Stop, and tell nobody. The process may outlive this object by the moment that it takes, not the program."""
        self._patience.stop()
        process, self._process = self._process, None
        if process is None:
            return
        if process.state() is QProcess.ProcessState.NotRunning:
            _forget(process)
            return
        process.setParent(QCoreApplication.instance())
        process.finished.connect(process.deleteLater)
        process.terminate()
        impatience = QTimer(process, singleShot=True, interval=self._patience.interval())
        impatience.timeout.connect(process.kill)
        impatience.start()

    def _kill(self) -> None:
        if self._process:
            self._process.kill()

    def _read(self, process: QProcess) -> None:
        if process is not self._process:
            return
        self._received += process.readAllStandardOutput().data()
        pages: list[ExportedPage] = []
        try:
            for line in self._lines():
                said = json.loads(line)
                if "total" in said:
                    self.began.emit(int(said["total"]))
                elif "summary" in said:
                    self._summary = _summary(said["summary"])
                else:
                    pages.append(self._count(_page(said)))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            self.close()
            self.failed.emit("The process that exports answered nonsense. Try again.")
            return
        if pages:
            self.went_on.emit(pages)

    def _lines(self) -> Iterator[bytes]:
        """Take away what is whole. Raises ValueError where nothing will be."""
        end = self._received.rfind(b"\n") + 1
        whole = bytes(self._received[:end])
        del self._received[:end]
        if len(self._received) > _LONGEST_LINE:
            raise ValueError
        yield from filter(None, whole.split(b"\n"))

    def _count(self, page: ExportedPage) -> ExportedPage:
        self._counts[page.state] += 1
        return page

    def _hear_complaint(self, process: QProcess) -> None:
        self._complaint = (self._complaint + process.readAllStandardError().data())[-_KEPT_COMPLAINT:]

    def _not_started(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and process is self._process:
            self._process = None
            _forget(process)
            self.failed.emit("The process that exports could not be started.")

    def _ended(self, process: QProcess) -> None:
        if process is not self._process:
            return
        self._read(process)
        if process is not self._process:
            return
        self._hear_complaint(process)
        self._patience.stop()
        self._process = None
        _forget(process)
        if self._summary:
            self.finished.emit(self._summary)
        elif self._is_stopping:
            self.finished.emit(FolderSummary(**self._counts, notes=(), index_page=None, is_stopped=True))
        else:
            self.failed.emit(self._why())

    def _why(self) -> str:
        """The last line of what was complained about, as a sentence."""
        said = self._complaint.decode("utf-8", "replace").strip().rpartition("\n")[2].removeprefix("stet: ").strip()
        ended = "The process that exports ended before its end. What it wrote is whole; export again."
        return _for_a_window(said) or ended


def _forget(process: QProcess) -> None:
    """Delete it later, and not as a child: its connections may be all that keeps the exporter, which would go too."""
    process.setParent(QCoreApplication.instance())
    process.deleteLater()


def _for_a_window(sentence: object) -> str:
    said = str(sentence)
    for option, in_a_window in _OPTIONS:
        said = said.replace(option, in_a_window)
    return said


def _page(said: dict[str, object]) -> ExportedPage:
    notes = said["notes"]
    if not isinstance(notes, list) or said["state"] not in ("made", "skipped", "failed"):
        raise ValueError
    return ExportedPage(
        Path(str(said["article"])), Path(str(said["page"])), str(said["state"]), tuple(map(_for_a_window, notes))
    )


def _summary(said: dict[str, object]) -> FolderSummary:
    def texts(name: str) -> list[str]:
        held = said[name]
        if not isinstance(held, list):
            raise TypeError
        return [str(each) for each in held]

    made, skipped, failed = (int(str(said[name])) for name in ("made", "skipped", "failed"))
    notes = [_for_a_window(each) for each in (*texts("troubles"), *texts("notes"))]
    if drafts := texts("drafts"):
        notes.append(f"Left out as drafts: {', '.join(Path(each).name for each in drafts)}.")
    gone = [page for page in texts("gone") if page not in texts("removed")]
    if gone:
        notes.append(f"Left over from earlier exports: {', '.join(Path(each).name for each in gone)}.")
    index_page = next((Path(each) for each in texts("site") if Path(each).name == "index.html"), None)
    return FolderSummary(made, skipped, failed, tuple(notes), index_page)
