"""Citing while one article is written: papers are offered, and what was renamed in one place is renamed in others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from editor.core.problems import Severity
from editor.core.text_edit import EditRefused
from editor.session.article_session import ArticleSession
from editor.ui.main_window import MainWindow
from editor.ui.text_pane import TextPane

if TYPE_CHECKING:
    from editor.core.article import Article
    from editor.core.citation_renaming import Renaming, Rewrite
    from editor.core.papers import PaperName
    from editor.session.auditor import Auditor
    from editor.session.citation_offers import CitationOffers
    from editor.session.folder_papers import FolderPapers
    from editor.session.renaming_watch import RenamingWatch
    from editor.ui.citing import Citing

_WHISPER_S = 5


class ArticleCitations(QObject):
    """Nothing of it is there before `begin`: to begin to write, none of it is needed."""

    refused = Signal(str, int)
    """An edit that could not be made: a sentence, and the line from 1 (0: none)."""

    def __init__(self, session: ArticleSession, text: TextPane, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._text = text
        self._window = window
        self._auditor: Auditor | None = None
        self._said = ""
        self.offers: CitationOffers | None = None
        self.folder_papers: FolderPapers | None = None
        self.citing: Citing | None = None
        self.renamings: RenamingWatch | None = None

    # Imported here: to see the text, none of it is needed.

    def begin(self, auditor: Auditor) -> None:
        """Offer what is learned from audits, from now on."""
        from editor.session.citation_offers import CitationOffers  # noqa: PLC0415
        from editor.session.folder_papers import FolderPapers  # noqa: PLC0415
        from editor.session.renaming_watch import RenamingWatch  # noqa: PLC0415
        from editor.ui.citing import Citing  # noqa: PLC0415

        self._auditor = auditor
        self.offers = CitationOffers(self)
        auditor.audited.connect(self.offers.learn)
        self.folder_papers = FolderPapers(self)
        self.folder_papers.changed.connect(self._learn_elsewhere)
        self._session.renamed.connect(self._look_in_folder)
        self._look_in_folder()
        self.citing = Citing(self._session.buffer, self._text, self.offers, self)
        self.citing.refused.connect(self.refused)
        self.citing.found_nothing.connect(partial(self._window.whisper, seconds=_WHISPER_S))
        self.renamings = RenamingWatch(self._session.buffer, self._writing_at, self)
        self.renamings.changed.connect(self._say_renamed)
        auditor.audited.connect(self.renamings.learn)
        self._text.caret_moved.connect(self.renamings.moved)
        if auditor.newest:
            self.offers.learn(auditor.newest)
            self.renamings.learn(auditor.newest)

    def close(self) -> None:
        """Learn nothing any more."""
        if self.offers and self.folder_papers:
            self.offers.close()
            self.folder_papers.close()

    def cite(self) -> None:
        """Offer papers for what stands before the caret."""
        if self.citing:
            self.citing.ask()

    def _look_in_folder(self) -> None:
        if self.folder_papers:
            self.folder_papers.learn_for(self._session.path)

    def _learn_elsewhere(self) -> None:
        if self.offers and self.folder_papers:
            self.offers.learn_elsewhere(self.folder_papers.papers)

    # Renaming

    def _writing_at(self) -> int | None:
        return self._text.caret_offset if self._text.hasFocus() else None

    def _say_renamed(self) -> None:
        """Offer to rename the rest, once; dismissed, it stays away until it is another."""
        found = self.renamings.renamings if self.renamings else ()
        if not found or self._session.locked:
            self._window.notices.clear("renaming")
            self._said = ""
            return
        message = _what_stayed(found[0])
        if message != self._said:
            self._said = message
            choice = ("Rename…", self._ask_what_to_rename)
            self._window.notices.show_notice("renaming", message, Severity.HINT, [choice])

    def _ask_what_to_rename(self) -> None:
        from editor.ui.dialogs import renaming as dialog  # noqa: PLC0415

        if self._auditor is None or self.renamings is None:
            return
        if not self.renamings.is_current:
            once = Qt.ConnectionType.SingleShotConnection
            self._auditor.audited.connect(lambda _audit: self._ask_what_to_rename(), once)
        elif self.renamings.renamings:
            renaming = self.renamings.renamings[0]
            what = f"“{_short(renaming.old)}” is now “{_short(renaming.new)}”."
            rename = partial(self._rename, self._session.article)
            dialog.ask(self._window, what, self.renamings.rewrites(renaming), rename)

    def _rename(self, article: Article, chosen: tuple[Rewrite, ...]) -> None:
        if article is not self._session.article or self._session.locked or self.renamings is None:
            self.refused.emit("The article has changed meanwhile, so nothing was renamed.", 0)
            return
        self.renamings.settle()
        try:
            self._session.buffer.edit([edit for each in chosen for edit in each.edits], "renaming")
        except EditRefused as refusal:
            self.refused.emit(refusal.message, refusal.line)


def _what_stayed(renaming: Renaming) -> str:
    number = len(renaming.mentions)
    citations = f"{number:,} citation{'' if number == 1 else 's'}"
    if not renaming.changes_row:
        return f"{citations} still say{'s' if number == 1 else ''} “{_short(renaming.old)}”."
    row = f"Row {renaming.position}"
    return f"{f'{row} and {citations} still say' if number else f'{row} still says'} “{_short(renaming.old)}”."


def _short(name: PaperName) -> str:
    return ", ".join(part for part in (name.authors, name.year) if part)
