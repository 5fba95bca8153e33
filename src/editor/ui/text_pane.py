"""The pane in which the article's markdown is written."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from editor.core.article import Article, ArticleChange
from editor.core.text_edit import EditRefused, TextEdit
from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.highlighter import LONGEST_LINE, Highlighter
from editor.ui.line_layout import LineLayout
from editor.ui.undo_keys import leave_to_window

if TYPE_CHECKING:
    from editor.core.citations import Citations

_FLASH_MS = 900
_CITATIONS_PAUSE_MS = 5
"""The preview is asked for what was written first; till then marks keep to their words."""
_LINES_AROUND = 3
_CARET_WIDTH = 2
_MOST_CORRECTIONS = 4
_FROM_EDGE = 0.1
_GIVING_WAY_S = 400e-6
"""What is painted is seen once the screen's server has had a processor, which milliseconds of work would withhold."""

_AT_ONCE_MS = 4
"""Keys that follow each other so soon come from no fingers: what they write is painted together."""


class TextPane(QPlainTextEdit):
    """A view of the buffer's document, soft-wrapped in a column that can be read.

    Qt would insert U+2028 for Shift+Enter, turn no-break spaces into spaces on copy, and paste what it likes.
    """

    refused = Signal(str, int)
    """An edit that could not be made: a sentence, and the line from 1 (0: none)."""
    caret_moved = Signal(int, int)
    """The caret's line from 0 and its column, in UTF-16 units from 0."""
    menu_wanted = Signal(QPoint)
    """The context menu was asked for at a place on the screen."""

    def __init__(self, buffer: TextBuffer, font_size: float, column_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buffer = buffer
        self._column_width = column_width
        self._known = buffer.article
        self._coloured: tuple[Article, int, QSize] | None = None
        self._line_is_shown = False
        self._key_came = 0
        self._is_amid_keys = False
        self._flash = QTimer(self, singleShot=True, interval=_FLASH_MS)
        self._flash.timeout.connect(lambda: self.setExtraSelections([]))
        self._citations_due = QTimer(self, singleShot=True, interval=_CITATIONS_PAUSE_MS)
        self._citations_due.timeout.connect(self._read_citations)
        layout = buffer.document.documentLayout()
        if not isinstance(layout, LineLayout):
            layout = LineLayout(buffer.document)
            buffer.document.setDocumentLayout(layout)
        buffer.document.setDefaultFont(theme.editor_font(font_size))
        self.setFont(theme.editor_font(font_size))
        self.setDocument(buffer.document)
        self._highlighter = Highlighter(buffer.document, theme.worn())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCursorWidth(_CARET_WIDTH)
        self.setAccessibleName("Markdown text")
        self.setProperty("class", "text")
        leave_to_window(self)
        layout.line_changing.connect(self._highlighter.follow_line)
        layout.line_changed.connect(self._show_line)
        buffer.changed.connect(self._follow)
        buffer.shown.connect(self._show_change)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.updateRequest.connect(self._colour_visible)
        self._fit_column()

    # The column

    def resizeEvent(self, event: QResizeEvent) -> None:
        if not self.width():  # on the way into view: wrapped to nothing, it would lose where it is scrolled to
            return
        super().resizeEvent(event)
        self._fit_column()

    def set_column_width(self, characters: int) -> None:
        """Wrap after so many characters."""
        self._column_width = characters
        self._fit_column()

    def _fit_column(self) -> None:
        spacing = theme.worn().spacing
        wanted = self.fontMetrics().averageCharWidth() * self._column_width
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        side = max(spacing.huge, (room - wanted) // 2)
        margins = self.viewportMargins()
        if (margins.left(), margins.top()) != (side, spacing.large):
            self.setViewportMargins(side, spacing.large, side, 0)

    @property
    def _room(self) -> QSize:
        """The size of what shows text, without asking for the viewport: the first that Qt hands out takes 10 ms."""
        return self.maximumViewportSize()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._colour_visible()

    # Following the buffer

    def _follow(self, change: ArticleChange) -> None:
        article = self._known = change.after
        splice = change.splice
        first = article.chunks.place_of(splice.first).before.lines
        if change.before.chunks.extent.lines != article.chunks.extent.lines:
            self._highlighter.forget(first)
            self._colour_visible()
        else:
            end = article.chunks.place_of(splice.first + splice.added).before.lines
            self._colour_lines(first, end)
        if self.hasFocus() and not (self._line_is_shown or self._is_amid_keys):
            self._paint_now()
        self._line_is_shown = False
        if self._highlighter.has_unread:
            self._citations_due.start()

    def _show_line(self) -> None:
        """Paint a line that is typed in before anything of what that leads to is begun."""
        if self._buffer.is_editing and self.hasFocus() and not self._is_amid_keys:
            self._paint_now()
            sleep(_GIVING_WAY_S)
            self._line_is_shown = True

    def _colour_lines(self, first: int, end: int) -> None:
        """Colour those lines from `first` up to `end`, from 0, that may be in view."""
        top = self.firstVisibleBlock().blockNumber()
        most = self._room.height() // self.fontMetrics().lineSpacing() + 1
        first, last = max(first, top), min(end, top + most)
        if self.isVisible() and first <= last:
            if self._coloured:
                self._coloured = (self._known, *self._coloured[1:])
            self._highlighter.colour(self._known, self.document().findBlockByNumber(first), last)

    def _paint_now(self) -> None:
        """Paint what is due at once."""
        QCoreApplication.sendEvent(self.window(), QEvent(QEvent.Type.UpdateRequest))

    def _colour_visible(self) -> None:
        """Colour what is in view; in the middle of a change, when Qt asks for it too, nothing yet: `_follow` comes."""
        if self._buffer.is_editing or self._buffer.article is not self._known or not self.isVisible():
            return
        article = self._known
        seen = (article, self.verticalScrollBar().value(), self._room)
        if seen != self._coloured:
            self._coloured = seen
            first = self.firstVisibleBlock()
            self._highlighter.colour(article, first, self._last_visible_line(first))
            if self._highlighter.has_unread:
                self._citations_due.start()

    def judge_by(self, citations: Citations) -> None:
        """Mark citations by what is known of them now."""
        self._highlighter.judge_by(citations)
        self._read_citations()

    def _read_citations(self) -> None:
        if self._buffer.is_editing or self._buffer.article is not self._known or not self.isVisible():
            self._coloured = None
            return
        first = self.firstVisibleBlock()
        self._highlighter.read_citations(self._known, first, self._last_visible_line(first))

    def _last_visible_line(self, block: QTextBlock) -> int:
        """The last line, from 0, of which something may be in view."""
        height = self._room.height()
        bottom = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        number = block.blockNumber()
        while block.isValid() and bottom < height:
            bottom += self.blockBoundingRect(block).height()
            number = block.blockNumber()
            block = block.next()
        return number + 1

    def _show_change(self, start: int, end: int) -> None:
        """Show what undo or redo changed; the caret goes there only where the writer is writing."""
        first, last = (self._buffer.article.unit_of(offset) for offset in (start, end))
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        if self.hasFocus():
            caret = QTextCursor(self.document())
            caret.setPosition(last)
            self.setTextCursor(caret)
        else:
            self.reveal_line(cursor.block().blockNumber())
        flash = QTextEdit.ExtraSelection()
        flash.cursor = cursor
        flash.format.setBackground(QColor(theme.worn().palette.selection))
        self.setExtraSelections([flash])
        self._flash.start()

    def reveal_line(self, line: int) -> None:
        """Scroll so that a line, from 0, is in view with a few around it; the caret stays."""
        block = self.document().findBlockByNumber(line)
        first = self.firstVisibleBlock().blockNumber()
        if first < line < self._last_visible_line(self.firstVisibleBlock()) - _LINES_AROUND:
            return
        self.verticalScrollBar().setValue(max(0, block.firstLineNumber() - _LINES_AROUND))

    def place_caret(self, offset: int) -> None:
        """Put the caret at a code point of the article; what is in view stays."""
        caret = QTextCursor(self.document())
        caret.setPosition(self._buffer.article.unit_of(offset))
        self.setTextCursor(caret)
        self.verticalScrollBar().setValue(0)

    def go_to_line(self, line: int) -> None:
        """Put the caret at the beginning of a line, from 0, and show it."""
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(line)))
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # Where it is scrolled to

    @property
    def scrolled_share(self) -> float:
        """How far it is scrolled, from 0 at its beginning to 1 at its end; 0 where all of it is in view.

        By characters, since Qt counts lines anew as it wraps them.
        """
        above = self.cursorForPosition(QPoint(0, 0)).position()
        last = self.cursorForPosition(QPoint(self.viewport().width(), self.viewport().height() - 1)).position()
        below = self.document().characterCount() - 1 - last
        return above / (above + below) if above else 0.0

    def offset_at(self, height: float) -> int:
        """The code point that stands `height` down the pane, from 0 at its top to 1 at its end."""
        y = height * self.viewport().height()
        cursor = self.cursorForPosition(QPoint(0, min(int(y), self.viewport().height() - 1)))
        block = cursor.block()
        line = block.layout().lineForTextPosition(cursor.positionInBlock())
        if not line.isValid():
            return self._buffer.article.offset_of_unit(block.position())
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top() + line.y()
        along = min(max((y - top) / line.height(), 0.0), 1.0)
        return self._buffer.article.offset_of_unit(block.position() + line.textStart() + int(along * line.textLength()))

    def bring(self, offset: int, height: float) -> None:
        """Scroll so that a code point stands `height` down, as nearly as whole lines let it; the caret stays."""
        bar = self.verticalScrollBar()
        if height <= 0 or height >= 1:
            bar.setValue(0 if height <= 0 else bar.maximum())
            return
        unit = self._buffer.article.unit_of(offset)
        block = self.document().findBlock(unit)
        first = self.firstVisibleBlock().blockNumber()
        if not first <= block.blockNumber() <= self._last_visible_line(self.firstVisibleBlock()):
            bar.setValue(block.firstLineNumber())
        # Lines that were never in view have not been wrapped yet: what they come to is seen only where they are shown.
        for _ in range(_MOST_CORRECTIONS):
            lines = self._lines_below(unit - block.position(), block, height)
            if not lines:
                return
            bar.setValue(bar.value() + lines)

    def _lines_below(self, unit: int, block: QTextBlock, height: float) -> int:
        """How many lines too far down a place of a block stands."""
        geometry = self.blockBoundingGeometry(block).translated(self.contentOffset())
        line = block.layout().lineForTextPosition(unit)
        if not line.isValid():
            return 0
        along = (unit - line.textStart()) / max(line.textLength(), 1)
        y = geometry.top() + line.y() + along * line.height()
        return round((y - height * self.viewport().height()) / line.height())

    def put_caret(self, offset: int, height: float) -> None:
        """Put the caret at a code point, and where that is out of sight bring it `height` down."""
        caret = QTextCursor(self.document())
        caret.setPosition(self._buffer.article.unit_of(offset))
        is_in_sight = self.viewport().rect().contains(self.cursorRect(caret))
        self.setTextCursor(caret)
        if not is_in_sight:
            self.bring(offset, min(max(height, _FROM_EDGE), 1 - _FROM_EDGE))

    def _caret_moved(self) -> None:
        # Typing moves the caret too, before the buffer tells of it: only a caret that moves by itself ends a step.
        if self._buffer.article is self._known and not self._buffer.is_editing:
            self._buffer.history.seal()
        self._known = self._buffer.article
        self.caret_moved.emit(*self.caret_place)

    @property
    def caret_place(self) -> tuple[int, int]:
        """The caret's line from 0 and its column, in UTF-16 units from 0."""
        cursor = self.textCursor()
        return cursor.blockNumber(), cursor.positionInBlock()

    @property
    def is_in_long_line(self) -> bool:
        """Whether the caret is in a line so long that laying it out takes more than a frame."""
        return self.textCursor().block().length() > LONGEST_LINE

    @property
    def caret_offset(self) -> int:
        """The caret's place in code points of the article."""
        return self._buffer.article.offset_of_unit(self.textCursor().position())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._buffer.history.seal()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._coloured = None
        if hasattr(self, "_highlighter") and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._highlighter.wear(theme.worn())
            self._colour_visible()

    # Where Qt's own answers differ

    def keyPressEvent(self, event: QKeyEvent) -> None:
        came, self._key_came = self._key_came, event.timestamp()
        self._is_amid_keys = came > 0 and 0 <= self._key_came - came < _AT_ONCE_MS
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not self.isReadOnly():
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        mime = QMimeData()
        mime.setText(self._selected_text())
        return mime

    @property
    def selected_range(self) -> tuple[int, int]:
        """Where the selection begins and ends, in code points of the article; both the caret's where nothing is."""
        article, cursor = self._buffer.article, self.textCursor()
        return article.offset_of_unit(cursor.selectionStart()), article.offset_of_unit(cursor.selectionEnd())

    def _selected_text(self) -> str:
        text = self._buffer.article.slice(*self.selected_range)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.isReadOnly():  # Qt asks for a paste all the same
            return
        cursor = self.textCursor()
        self._replace(cursor.selectionStart(), cursor.selectionEnd(), source.text(), "paste")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        self._judge_drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._judge_drag(event)

    def _judge_drag(self, event: QDragMoveEvent) -> None:
        if self.canInsertFromMimeData(event.mimeData()) and not self.isReadOnly():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Text dropped is text moved or copied, in one undo step; files are the window's business."""
        super().dragLeaveEvent(QDragLeaveEvent())  # ends Qt's own scrolling and drop caret
        if not self.canInsertFromMimeData(event.mimeData()) or self.isReadOnly():
            event.ignore()
            return
        place = self.cursorForPosition(event.position().toPoint()).position()
        own = event.source() in (self, self.viewport())
        if own and event.dropAction() == Qt.DropAction.MoveAction:
            self._move_selection(place)
            event.setDropAction(Qt.DropAction.CopyAction)  # so that the drag does not remove it once more
        else:
            self._replace(place, place, event.mimeData().text(), "drop")
        event.accept()

    def _move_selection(self, place: int) -> None:
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if start <= place <= end:
            return
        article = self._buffer.article
        first, last, to = (article.offset_of_unit(unit) for unit in (start, end, place))
        text = article.slice(first, last)
        self._ask([TextEdit(first, last, ""), TextEdit(to, to, text)], "move text")

    def _replace(self, start: int, end: int, text: str, label: str) -> None:
        article = self._buffer.article
        first, last = article.offset_of_unit(start), article.offset_of_unit(end)
        text = self._buffer.with_own_endings(text, first)
        if self._ask([TextEdit(first, last, text)], label):
            caret = self.textCursor()
            caret.setPosition(self._buffer.article.unit_of(first + len(text)))
            self.setTextCursor(caret)
            self.ensureCursorVisible()

    def _ask(self, edits: list[TextEdit], label: str) -> bool:
        try:
            self._buffer.edit(edits, label)
        except EditRefused as refusal:
            self.refused.emit(refusal.message, refusal.line)
            return False
        return True
