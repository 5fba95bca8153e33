"""Citing a paper while the text is written: what is typed is offered its papers, and the one picked is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QTextCursor

from editor.core.article import Article, ArticleChange
from editor.core.citation_begun import Begun, begun_at
from editor.core.citation_offers import Offer
from editor.core.text_edit import EditRefused, TextEdit
from editor.session.text_buffer import TextBuffer
from editor.session.undo import TYPING
from editor.ui.citation_popup import CitationPopup
from editor.ui.text_pane import TextPane


class Citable(Protocol):
    """What can be cited."""

    def offers(self, begun: Begun) -> Sequence[Offer]:
        """What to offer for what was typed."""

    def citing(self, article: Article, begun: Begun, offer: Offer) -> tuple[tuple[TextEdit, ...], int]:
        """The edits that cite a paper, and where the caret is then. Raises EditRefused."""


class Citing(QObject):
    """Watches what is typed, in a turn of the event loop of its own: a letter is seen before anything is looked up."""

    refused = Signal(str, int)
    """A row that could not be added: a sentence, and the line from 1 (0: none)."""
    found_nothing = Signal(str)
    """Why there is nothing to offer to a writer who asked, as a sentence."""

    def __init__(self, buffer: TextBuffer, text: TextPane, citable: Citable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buffer = buffer
        self._text = text
        self._citable = citable
        self.popup = CitationPopup(text)
        self._begun: Begun | None = None
        self._is_asked = False
        self._given_up: int | None = None
        """Where the word begins for which the writer wants no offers."""
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._look)
        self.popup.picked.connect(self._cite)
        self.popup.dismissed.connect(self._give_up)
        buffer.changed.connect(self._notice)
        buffer.shown.connect(lambda *_: self._leave())
        text.caret_moved.connect(self._follow_caret)
        text.verticalScrollBar().valueChanged.connect(self._follow_caret)

    def ask(self) -> None:
        """Offer papers for what stands before the caret, a word or nothing."""
        if not self._text.isReadOnly():
            self._text.setFocus()
            self._is_asked, self._given_up = True, None
            self._look()
            if not self.popup.isVisible():
                self.found_nothing.emit("There is no paper to cite here.")

    def _notice(self, change: ArticleChange) -> None:
        """Look at what a key led to; all other edits are none of a citation that is being typed."""
        is_typing = self._buffer.history.undo_label == TYPING and bool(change.edits[-1].text)
        if self.popup.isVisible() or (is_typing and self._text.hasFocus()):
            self._due.start()

    def _follow_caret(self) -> None:
        if self.popup.isVisible():
            self._due.start()

    def _look(self) -> None:
        caret = self._text.textCursor()
        begun = None
        if self._text.hasFocus() and not (caret.hasSelection() or self._text.isReadOnly()):
            begun = begun_at(self._buffer.article, self._text.caret_offset, asked=self._is_asked)
        has_moved_on = begun is None or (self._begun is not None and begun.start != self._begun.start)
        if has_moved_on and self.popup.isVisible():
            self._leave()
            return
        if begun is None or begun.start == self._given_up:
            self._is_asked = False
            return
        self._begun, self._given_up = begun, None
        self.popup.offer(self._citable.offers(begun), self._place_of(begun))
        if not self.popup.isVisible():
            self._leave()

    def _place_of(self, begun: Begun) -> QRect:
        """Where in the pane what is typed begins."""
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(self._buffer.article.unit_of(begun.start))
        return self._text.cursorRect(cursor).translated(self._text.viewport().mapTo(self._text, QPoint(0, 0)))

    def _leave(self) -> None:
        self._due.stop()
        self._begun, self._is_asked = None, False
        self.popup.leave()

    def _give_up(self) -> None:
        self._given_up = self._begun.start if self._begun else None
        self._leave()

    def _cite(self, offer: Offer) -> None:
        begun = self._begun
        self._leave()
        if begun is None or begun.end != self._text.caret_offset:
            return
        try:
            edits, caret = self._citable.citing(self._buffer.article, begun, offer)
            self._buffer.edit(edits, "citation")
        except EditRefused as refusal:
            self.refused.emit(refusal.message, refusal.line)
            return
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(self._buffer.article.unit_of(caret))
        self._text.setTextCursor(cursor)
        self._text.ensureCursorVisible()
