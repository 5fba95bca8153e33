"""Citations in the text under the writer's hand: what they mean is shown, and Ctrl+click follows them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QToolTip

from editor.core.citation_summary import summary_of
from editor.core.citations import Citation, Citations
from editor.session.text_buffer import TextBuffer
from editor.ui.text_pane import TextPane
from editor.ui.tooltips import plain_tip

_LONGEST_SELECTION = 400
"""Code points. More that is said of a place is shown by the caret at its beginning."""


class TextCitations(QObject):
    """Watches a text pane's mouse, and puts its caret where a finding or a citation is."""

    followed = Signal(object)
    """Ctrl+click on a `Citation`."""

    def __init__(self, pane: TextPane, buffer: TextBuffer) -> None:
        super().__init__(pane)
        self._pane = pane
        self._buffer = buffer
        self._citations: Citations | None = None
        pane.viewport().installEventFilter(self)

    def judge_by(self, citations: Citations) -> None:
        """Say what is known of citations now."""
        self._citations = citations
        self._pane.judge_by(citations)

    def at_caret(self) -> Citation | None:
        """The citation that the caret is in or beside."""
        return self._at(self._pane.caret_offset)

    def select(self, start: int, end: int) -> None:
        """Select code points of the article, with the caret at their end, in view and with the focus."""
        article = self._buffer.article
        cursor = QTextCursor(self._pane.document())
        cursor.setPosition(article.unit_of(start))
        if end - start <= _LONGEST_SELECTION:
            cursor.setPosition(article.unit_of(end), QTextCursor.MoveMode.KeepAnchor)
        self._pane.setTextCursor(cursor)
        self._pane.reveal_line(article.line_at(start))
        self._pane.ensureCursorVisible()
        self._pane.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def selection_start(self) -> int:
        """The code point at which what is selected begins, or where the caret is."""
        return self._buffer.article.offset_of_unit(self._pane.textCursor().selectionStart())

    def place_of_caret(self) -> QPoint:
        """Where, on the screen, what is about the caret belongs: below its line."""
        return self._pane.viewport().mapToGlobal(self._pane.cursorRect().bottomLeft())

    def _at(self, offset: int) -> Citation | None:
        return self._citations.citation_at(self._buffer.article, offset) if self._citations else None

    def _under(self, place: QPoint) -> Citation | None:
        cursor = self._pane.cursorForPosition(place)
        rect = self._pane.cursorRect(cursor)
        is_on_text = (
            abs(place.x() - rect.x()) <= self._pane.fontMetrics().averageCharWidth() and rect.top() <= place.y()
        )
        return self._at(self._buffer.article.offset_of_unit(cursor.position())) if is_on_text else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._under(event.pos())
            show_tip(event.globalPos(), summary_of(found, self._citations) if found and self._citations else ())
            return True
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress and _is_following(event):
            found = self._under(event.position().toPoint())
            if found:
                self.followed.emit(found)
                return True
        return super().eventFilter(watched, event)


def show_tip(place: QPoint, paragraphs: Sequence[str]) -> None:
    """Show a tooltip of plain paragraphs at a place on the screen, or none where there are none."""
    if paragraphs:
        QToolTip.showText(place, "".join(map(plain_tip, paragraphs)))
    else:
        QToolTip.hideText()


def _is_following(event: QMouseEvent) -> bool:
    return event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.ControlModifier
