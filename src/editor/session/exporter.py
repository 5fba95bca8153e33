"""Exporting the article that is being written, without the window waiting for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.core.article import Article
from editor.session.render_worker import Answer, RenderWorker
from editor.storage.article_file import SaveFailed
from editor.storage.file_bytes import save_bytes

_DEADLINE_MS = 60_000


class Exporter(QObject):
    """Makes one HTML file at a time, in a process of its own that ends with the export."""

    finished = Signal(Path, tuple)
    """The file that was written, and a sentence for each thing that was left out of it."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: RenderWorker | None = None
        self._target = Path()

    def start(self, article: Article, folder: Path, target: Path, *, smart_quotes: bool) -> bool:
        """Export the article as it is now to `target`; pictures are looked for in `folder`. False while one is made."""
        if self._worker:
            return False
        self._target = target
        worker = RenderWorker(self, deadline_ms=_DEADLINE_MS)
        options = {"smart_quotes": smart_quotes}
        request = {"text": article.text, "folder": str(folder), "name": target.stem, "options": options}
        worker.ready.connect(lambda: worker.request({"id": 1, "export": request}))
        worker.answered.connect(self._write)
        worker.lost.connect(self._give_up)
        self._worker = worker
        return True

    def close(self) -> None:
        """Give up an export that is under way."""
        worker, self._worker = self._worker, None
        if worker:
            worker.close()
            worker.deleteLater()

    def _write(self, answer: Answer) -> None:
        self.close()
        notes = answer.get("notes")
        if answer["failed"]:
            self._give_up(str(answer["failed"]))
            return
        try:
            save_bytes(self._target, str(answer["content"]).encode("utf-8", "replace"))
        except SaveFailed as error:
            self.failed.emit(error.message)
            return
        self.finished.emit(self._target, tuple(notes) if isinstance(notes, list) else ())

    def _give_up(self, why: str) -> None:
        self.close()
        self.failed.emit(f"“{self._target.name}” was not exported. {why}")
