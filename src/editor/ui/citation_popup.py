"""Papers offered beside the caret while a citation is typed; the focus and all other keys stay in the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from editor.core.citation_offers import Offer
from editor.ui import theme
from editor.ui.tooltips import plain_tip

_MOST_ROWS = 8
_LEAST_WIDTH, _MOST_WIDTH = 280, 520
_LEAST_ROOM = 2
"""Rows below the caret's line without which the list goes above it."""
_OFFER = Qt.ItemDataRole.UserRole
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_MOST_ROWS,
    Qt.Key.Key_PageDown: _MOST_ROWS,
}
_PICKING = frozenset((Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter))


class CitationPopup(QListView):
    """A list in a text widget that answers the keys of a list while it is seen, though the focus stays in the text."""

    picked = Signal(object)
    """The `Offer` that the writer wants."""
    dismissed = Signal()
    """The writer wants none."""

    def __init__(self, text: QWidget) -> None:
        super().__init__(text)
        self._text = text
        self._model = _Offers(self)
        self.setModel(self._model)
        self.setItemDelegate(_OfferLine(self))
        self.setProperty("class", "suggestions")
        self.setAccessibleName("Papers to cite")
        for widget in (self, self.viewport()):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(lambda index: self.picked.emit(index.data(_OFFER)))
        self.hide()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is offered, in order."""
        return self._model.offers

    @property
    def current(self) -> Offer | None:
        """The offer that Enter would pick."""
        offer: Offer | None = self.currentIndex().data(_OFFER)
        return offer

    def offer(self, offers: Sequence[Offer], line: QRect) -> None:
        """Show offers below or above a place in the text widget; none: nothing is shown.

        The paper that is current stays so while it is among them.
        """
        if not offers:
            self.leave()
            return
        if tuple(offers) != self.offers:
            kept = self.current if self.isVisible() else None
            self._model.take(tuple(offers))
            self._choose(offers.index(kept) if kept in offers else 0)
        self._place(line)
        if self.isHidden():
            self._text.installEventFilter(self)
            self.show()
            self.raise_()
            self._announce()

    def leave(self) -> None:
        """Be gone."""
        if not self.isHidden():  # though the text may be, and the list with it
            self._text.removeEventFilter(self)
            self.hide()
        self._model.take(())

    def _place(self, line: QRect) -> None:
        room = self._text.rect().adjusted(0, 0, -theme.worn().spacing.scroll_bar, 0)
        row = self.sizeHintForRow(0)
        edges = self.height() - self.viewport().height() if self.isVisible() else 2 * theme.worn().spacing.tiny + 2
        below, above = room.bottom() - line.bottom(), line.top() - room.top()
        is_below = below >= min(self._model.rowCount(), _LEAST_ROOM) * row + edges or below >= above
        rows = min(self._model.rowCount(), _MOST_ROWS, max(1, ((below if is_below else above) - edges) // row))
        size = QSize(min(self._wanted_width(), room.width()), rows * row + edges)
        top = line.bottom() + 1 if is_below else line.top() - size.height()
        left = max(room.left(), min(line.left(), room.right() - size.width()))
        self.setGeometry(QRect(QPoint(left, top), size))
        self.scrollTo(self.currentIndex())

    def _wanted_width(self) -> int:
        """As much as the longest of the first offers takes, within bounds."""
        metrics, apart = self.fontMetrics(), theme.worn().spacing.huge * 3
        texts = (
            f"{offer.dated}{offer.name.title}{offer.elsewhere}"[:_MOST_WIDTH] for offer in self.offers[:_MOST_ROWS]
        )
        return max(_LEAST_WIDTH, min(_MOST_WIDTH, apart + max(map(metrics.horizontalAdvance, texts))))

    # Keys, which come to the text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is not self._text:
            return super().eventFilter(watched, event)
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.leave()
        elif kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Whether a key is one of the list's; a shortcut of the window with that key does not get it."""
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if not plain or not (key in _STEPS or key in _PICKING or key == Qt.Key.Key_Escape):
            return False
        event.accept()
        if event.type() == QEvent.Type.ShortcutOverride:
            return True
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self.leave()
            self.dismissed.emit()
        elif offer := self.current:
            self.picked.emit(offer)
        return True

    def _step(self, by: int) -> None:
        """Go up or down: one step beyond an end leads to the other."""
        last, at = self._model.rowCount() - 1, self.currentIndex().row()
        to = at + by
        if abs(by) == 1 and not 0 <= to <= last:
            to = last if to < 0 else 0
        self._choose(max(0, min(last, to)))
        self._announce()

    def _choose(self, row: int) -> None:
        self.setCurrentIndex(self._model.index(row, 0))

    def _announce(self) -> None:
        """Say the current offer to who cannot see it, since no focus goes there."""
        if offer := self.current:
            place = f"{self.currentIndex().row() + 1} of {self._model.rowCount()}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._text, f"{_spoken(offer)}, {place}"))


class _Offers(QAbstractListModel):
    """What is said of an offer is made when it is asked for: most are never in view."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offers: tuple[Offer, ...] = ()

    def take(self, offers: tuple[Offer, ...]) -> None:
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self.offers)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        offer = self.offers[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return offer.dated
            case Qt.ItemDataRole.UserRole:
                return offer
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(offer)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(_spoken(offer))
        return None


def _spoken(offer: Offer) -> str:
    parts = (offer.dated, offer.name.title, f"from {offer.elsewhere}, adds a row" if offer.elsewhere else "")
    return ", ".join(part for part in parts if part)


class _OfferLine(QStyledItemDelegate):
    """Authors and year, then the title as far as it goes, and at the right the article that the paper comes from."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        offer: Offer = index.data(_OFFER)
        spacing = theme.worn().spacing
        inside = QRect(option.rect).adjusted(spacing.small, 0, -spacing.small, 0)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = option.palette.color(QPalette.ColorRole.Text)
        muted = ink if is_chosen else QColor(theme.worn().palette.muted)
        painter.save()
        if offer.elsewhere:
            at_right = option.fontMetrics.elidedText(offer.elsewhere, Qt.TextElideMode.ElideMiddle, inside.width() // 3)
            _draw(painter, inside, at_right, muted, Qt.AlignmentFlag.AlignRight)
            inside.setRight(inside.right() - option.fontMetrics.horizontalAdvance(at_right) - spacing.medium)
        name = option.fontMetrics.elidedText(offer.dated, Qt.TextElideMode.ElideMiddle, inside.width() * 2 // 3)
        _draw(painter, inside, name, ink, Qt.AlignmentFlag.AlignLeft)
        inside.setLeft(inside.left() + option.fontMetrics.horizontalAdvance(name) + spacing.medium)
        title = option.fontMetrics.elidedText(offer.name.title, Qt.TextElideMode.ElideRight, inside.width())
        _draw(painter, inside, title, muted, Qt.AlignmentFlag.AlignLeft)
        painter.restore()


def _draw(painter: QPainter, place: QRect, text: str, ink: QColor, side: Qt.AlignmentFlag) -> None:
    painter.setPen(ink)
    painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)
