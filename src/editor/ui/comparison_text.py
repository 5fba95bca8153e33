"""The text of a comparison: rows with a sign in front, read-only, to be gone through with the caret."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from editor.session.text_buffer import without_characters_not_held
from editor.ui import theme
from editor.ui.comparison_rows import Kind, Row

_SIGNS = {Kind.REMOVED: "−", Kind.ADDED: "+"}
_SIGN = re.compile(r"^[+−]?\t", re.MULTILINE)
_GUTTER = "+  "
"""A text as wide as the column of signs."""
_AIR = 1.2
"""The height of a line, of the font's: marked words on marked lines want some."""


class ComparisonText(QTextEdit):
    """Rows of a comparison, one a block: a sign, a tab, the line. The sign is text so that it is read out, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats: dict[Kind, tuple[QTextBlockFormat, QTextCharFormat, QTextCharFormat]] = {}
        self._washes: dict[int, QColor] = {}
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setUndoRedoEnabled(False)
        self.setAccessibleName("Differences")

    def begin(self, font_size: float | None) -> None:
        """Empty it, and take the colours that are worn now."""
        self.clear()
        font = theme.editor_font(font_size)
        self.setFont(font)
        self.document().setDefaultFont(font)
        spacing = theme.worn().spacing
        frame = self.document().rootFrame()
        edges = frame.frameFormat()
        edges.setMargin(0)
        edges.setTopMargin(spacing.small)
        edges.setBottomMargin(spacing.huge)
        frame.setFrameFormat(edges)
        look = theme.worn().palette
        self._washes = {
            kind.value: QColor(wash)
            for kind, wash in ((Kind.REMOVED, look.removed_wash), (Kind.ADDED, look.added_wash))
        }
        self._formats = _formats(QFontMetricsF(font))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines wear their wash from edge to edge; as a format of the block it would leave gaps between lines."""
        painter = QPainter(self.viewport())
        layout, scrolled = self.document().documentLayout(), self.verticalScrollBar().value()
        block = self.cursorForPosition(QPoint(0, 0)).block()
        while block.isValid():
            rect = layout.blockBoundingRect(block).translated(0, -scrolled)
            if rect.top() > self.viewport().height():
                break
            if wash := self._washes.get(block.userState()):
                after = block.next()
                below = layout.blockBoundingRect(after).top() - scrolled if after.isValid() else rect.bottom()
                painter.fillRect(QRectF(0, rect.top(), self.viewport().width(), below - rect.top()), wash)
            block = block.next()
        painter.end()
        super().paintEvent(event)

    def write(self, rows: Iterable[Row]) -> None:
        """Put rows after those that are there."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for row in rows:
            self._write(cursor, row)
        cursor.endEditBlock()

    def _write(self, cursor: QTextCursor, row: Row) -> None:
        block, plain, marked = self._formats[row.kind]
        if cursor.position():
            cursor.insertBlock(block, plain)
        else:
            cursor.setBlockFormat(block)
        cursor.block().setUserState(row.kind.value)
        cursor.insertText(f"{_SIGNS.get(row.kind, '')}\t", plain)
        done = 0
        for first, last in row.marks:
            _put(cursor, row.text[done:first], plain)
            _put(cursor, row.text[first:last], marked)
            done = last
        _put(cursor, row.text[done:], plain)
        if row.ending:
            cursor.insertText(f"  {row.ending}", self._formats[Kind.ASIDE][1])

    def place_caret(self, row: int) -> None:
        """Put the caret at the beginning of a row, from 0; what is in view stays."""
        at = self.verticalScrollBar().value()
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(row)))
        self.verticalScrollBar().setValue(at)

    def reveal(self, row: int) -> None:
        """Put the caret at the beginning of a row, from 0, with what is before it in the upper third of the view."""
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(row)))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 3)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Lines are copied without their signs: what was taken out can be put back where it was."""
        mime = QMimeData()
        mime.setText(_SIGN.sub("", self.textCursor().selectedText().replace("\u2029", "\n")))
        return mime


def _put(cursor: QTextCursor, text: str, look: QTextCharFormat) -> None:
    if text:
        cursor.insertText(without_characters_not_held(text), look)


def _formats(measures: QFontMetricsF) -> dict[Kind, tuple[QTextBlockFormat, QTextCharFormat, QTextCharFormat]]:
    """For each kind of row the formats of its block, of its text and of the words that differ."""
    look, spacing = theme.worn().palette, theme.worn().spacing
    gutter = measures.horizontalAdvance(_GUTTER)
    colours = {
        Kind.SAME: (look.ink, ""),
        Kind.ASIDE: (look.muted, ""),
        Kind.REMOVED: (look.ink, look.removed_word),
        Kind.ADDED: (look.ink, look.added_word),
    }
    formats = {}
    for kind, (ink, word) in colours.items():
        block = QTextBlockFormat()
        block.setLeftMargin(spacing.medium + gutter)
        block.setRightMargin(spacing.medium)
        block.setTextIndent(-gutter)
        block.setLineHeight(_AIR * measures.height(), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        block.setTabPositions([QTextOption.Tab(gutter, QTextOption.TabType.LeftTab)])
        plain = QTextCharFormat()
        plain.setForeground(QColor(ink))
        marked = QTextCharFormat(plain)
        if word:
            marked.setBackground(QColor(word))
        if kind is Kind.ASIDE:
            block.setTopMargin(spacing.small)
            block.setBottomMargin(spacing.small)
        formats[kind] = (block, plain, marked)
    return formats
