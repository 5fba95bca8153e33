"""Suggestions below a line while it is typed in, each with a word on why it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem

from editor.ui import theme

_WHY = Qt.ItemDataRole.UserRole + 1
_GAP = 16
_MOST_SHOWN = 10
_LEAST_WIDTH = 260


class SuggestingLine(QLineEdit):
    """A line in which Return takes the suggestion that is chosen, and means nothing else then."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        completer = self.completer()
        popup = completer.popup() if completer else None
        takes = popup is not None and popup.isVisible() and popup.currentIndex().isValid()
        if takes and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)


def suggest(line: QLineEdit, texts: Iterable[str | tuple[str, str]], chosen: Callable[[str], object]) -> None:
    """Offer these texts in a line, each alone or with why it is offered; `chosen` is called with the one taken."""
    wanted = [(text, "") if isinstance(text, str) else text for text in texts]
    completer = line.completer()
    if not isinstance(completer, _Suggesting):
        if not wanted:
            return
        completer = _Suggesting(line)
        completer.taken.connect(chosen)
        line.setCompleter(completer)
    completer.offer(wanted)


class _Suggesting(QCompleter):
    taken = Signal(str)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._offered: list[tuple[str, str]] = []
        self.setModel(QStandardItemModel(self))
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self.activated.connect(self._take)
        popup = QListView(line)
        popup.setProperty("class", "suggestions")
        popup.setAccessibleName("Suggestions")
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setMinimumWidth(_LEAST_WIDTH)
        self.setPopup(popup)
        popup.setItemDelegate(_WithReason(popup))

    def _take(self, text: str | QModelIndex) -> None:
        # The signal has an overload with an index.
        if isinstance(text, str):
            self.taken.emit(text)

    def offer(self, texts: list[tuple[str, str]]) -> None:
        if texts == self._offered:
            return
        self._offered = texts
        model = QStandardItemModel(self)
        for text, why in texts:
            item = QStandardItem(text)
            item.setData(why, _WHY)
            item.setData(f"{text}, {why}" if why else text, Qt.ItemDataRole.AccessibleTextRole)
            model.appendRow(item)
        self.setModel(model)


class _WithReason(QStyledItemDelegate):
    """The reason at the right, muted."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if why := index.data(_WHY):
            painter.save()
            painter.setPen(QColor(theme.worn().palette.muted))
            inside = QRect(option.rect).adjusted(_GAP, 0, -theme.worn().spacing.small, 0)
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, why)
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        why = index.data(_WHY)
        if why:
            size.setWidth(size.width() + option.fontMetrics.horizontalAdvance(why) + _GAP)
        return size
