"""How the document of a text pane is laid out: a key in a line lays out and paints that line alone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout


def empty_document() -> QTextDocument:
    """A document that is laid out as a TextPane wants it, before there is a megabyte of text to go through again."""
    document = QTextDocument()
    document.setDocumentLayout(LineLayout(document))
    return document


class LineLayout(QPlainTextDocumentLayout):
    """Tells of a change within one line before and after it is laid out, and lays out nothing else then."""

    line_changing = Signal(QTextBlock)
    """What formats it is given now are those that it is laid out with."""
    line_changed = Signal()
    _count = 0

    def documentChanged(self, from_: int, charsRemoved: int, charsAdded: int) -> None:
        """Qt adds the two counts up to see where a change ends, and in another line would paint all of the pane."""
        document = self.document()
        line = document.findBlock(from_)
        count = document.blockCount()
        is_within = count == self._count and from_ + charsAdded <= line.position() + line.length()
        self._count = count
        if is_within:
            rows = line.lineCount()
            self.line_changing.emit(line)
            super().documentChanged(from_, 0, max(charsAdded, 1))
            if line.lineCount() != rows:
                # Formats that were set have Qt measure the line only now, and miss that those below it move.
                self.update.emit()
            self.line_changed.emit()
        else:
            super().documentChanged(from_, charsRemoved, charsAdded)
