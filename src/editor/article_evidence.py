"""The view of one article's evidence: opened from its window, kept up with its audit, saved as a picture."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.article_audit import ArticleAudit
from editor.core.problems import Severity
from editor.session.article_session import ArticleSession
from editor.storage.file_bytes import SaveFailed, save_bytes
from editor.ui.dialogs import files
from editor.ui.main_window import MainWindow

if TYPE_CHECKING:
    from editor.ui.evidence_view import EvidenceView


class ArticleEvidence(QObject):
    """Opens the view, whose parts lead to their places in the window."""

    def __init__(self, session: ArticleSession, window: MainWindow, audit: ArticleAudit) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._audit = audit
        self._view: EvidenceView | None = None
        audit.changed.connect(self._refresh)

    def open(self) -> None:
        """Show the view, as soon as the audit knows the article as it is."""
        self._audit.when_fresh(self._open)

    def _open(self) -> None:
        from editor.ui.evidence_view import EvidenceView  # noqa: PLC0415

        if self._view is None:
            view = self._view = EvidenceView(self._window)
            view.place_wanted.connect(
                lambda start: self._audit.when_fresh(partial(self._audit.go_to_place, start, start))
            )
            view.rows_wanted.connect(lambda rows: self._audit.go_to_row(rows[0]))
            view.saving_wanted.connect(self._ask_where_to_save)
        self._view.show()
        self._view.activateWindow()
        self._refresh()

    def _refresh(self) -> None:
        citations = self._audit.citations
        if self._view and self._view.isVisible() and citations:
            from editor.core.evidence import evidence_of  # noqa: PLC0415

            self._view.show_evidence(evidence_of(self._session.article, citations), citations)

    def _ask_where_to_save(self) -> None:
        if self._view:
            folder = self._session.folder or Path.home()
            proposed = folder / f"{Path(self._session.name).stem} evidence.svg"
            files.ask_where_to_save_picture(self._view, proposed, partial(self.save, self._view.svg()))

    def save(self, svg: bytes, target: Path) -> None:
        """Write the picture into a file."""
        self._session.do_in_background(partial(save_bytes, target, svg), partial(self._say_saved, target))

    def _say_saved(self, target: Path, done: Future[object]) -> None:
        try:
            done.result()
        except SaveFailed as trouble:
            self._window.notices.show_notice("export", trouble.message, Severity.ERROR)
        else:
            self._window.notices.show_notice("export", f"Saved as “{target.name}”.", Severity.HINT)
