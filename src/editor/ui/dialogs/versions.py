"""Versions of an article to choose from, each compared with another text: earlier ones, or unsaved drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from editor.ui import theme
from editor.ui.comparison_view import ComparisonView
from editor.ui.dialogs.dialog_size import resize_within_screen

_SIZE = (1120, 680)
_LIST_WIDTH = 248
_DETAIL = Qt.ItemDataRole.UserRole
_KEY = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Version:
    """One version: what it is called in the list, and how its text is read once it is looked at.

    It is compared with the text that `compare_with` reads, as what became of that; where there is none, the dialog's
    own text is what became of the version. Whatever `read` and `compare_with` raise is said in place of a comparison.
    """

    key: str
    title: str
    detail: str
    read: Callable[[], str]
    compare_with: Callable[[], str] | None = None


@dataclass(frozen=True, slots=True)
class VersionAction:
    """What can be done with a version; a `question` is asked first, with `yes` and `no` as its answers."""

    title: str
    act: Callable[[Version], object]
    question: str = ""
    yes: str = "Discard"
    no: str = "Keep"


@dataclass(frozen=True, slots=True)
class Wording:
    """What the dialog says. The captions name the lines with − and those with +."""

    title: str
    explanation: str
    old_caption: str
    new_caption: str
    nothing_left: str
    """A sentence for an empty list."""


class VersionsDialog(QDialog):
    """A list of versions and what differs in the one selected. Enter does the first action, Escape closes."""

    def __init__(
        self,
        parent: QWidget | None,
        wording: Wording,
        entries: Sequence[Version],
        current_text: Callable[[], str],
        actions: Sequence[VersionAction],
    ) -> None:
        super().__init__(parent)
        self._entries = {entry.key: entry for entry in entries}
        self._current_text = current_text
        self._nothing_left = wording.nothing_left
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(wording.title)
        self.view = ComparisonView(parent=self)
        self.view.set_captions(wording.old_caption, wording.new_caption)
        self.list = self._make_list(wording.title)
        self._actions = tuple(actions)
        self.buttons = [self._make_button(action) for action in actions]
        for first in self.buttons[:1]:
            first.setProperty("class", "primary")
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.close)
        self._question = _Question()
        self._question.answered.connect(self._withdraw_question)
        self._foot = QStackedWidget()
        self._lay_out(wording.explanation)
        for first in self.buttons[:1]:
            first.setDefault(True)
        self.list.setCurrentRow(0)
        self.list.currentItemChanged.connect(lambda *_: self.compare_again())
        self.compare_again()
        resize_within_screen(self, *_SIZE)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_list(self, title: str) -> QListWidget:
        shown = QListWidget()
        shown.setProperty("class", "versions")
        shown.setAccessibleName(title)
        shown.setItemDelegate(_VersionDelegate(shown))
        shown.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        for entry in self._entries.values():
            item = QListWidgetItem(entry.title)
            item.setData(_DETAIL, entry.detail)
            item.setData(_KEY, entry.key)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}, {entry.detail}")
            shown.addItem(item)
        return shown

    def _make_button(self, action: VersionAction) -> QPushButton:
        button = QPushButton(action.title)
        button.clicked.connect(lambda: self._do(action))
        return button

    def _lay_out(self, explanation: str) -> None:
        spacing = theme.worn().spacing
        text = QLabel(explanation, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        text.setContentsMargins(spacing.large, spacing.medium, spacing.large, spacing.medium)
        sides = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        sides.addWidget(self.list)
        sides.addWidget(self.view)
        sides.setStretchFactor(1, 1)
        sides.setSizes([_LIST_WIDTH, _SIZE[0] - _LIST_WIDTH])
        self._foot.addWidget(self._button_line())
        self._foot.addWidget(self._question)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((text, 0), (sides, 1), (self._foot, 0)):
            column.addWidget(widget, stretch)

    def _button_line(self) -> QWidget:
        """Close and what takes something away at the left, out of the way; the first action at the right end."""
        line = QWidget()
        layout = _line_layout(line)
        layout.addWidget(self._close)
        layout.addStretch()
        for button in reversed(self.buttons):
            layout.addWidget(button)
        return line

    # What is selected

    @property
    def selected(self) -> Version | None:
        """The version whose text is compared, if there is one."""
        item: QListWidgetItem | None = self.list.currentItem()
        return self._entries[item.data(_KEY)] if item else None

    def compare_again(self) -> None:
        """Read the selected version and the text that it is compared with anew, and show what differs."""
        version = self.selected
        self.list.setVisible(version is not None)
        for button in self.buttons:
            button.setEnabled(version is not None)
        if version is None:
            self.view.show_message(self._nothing_left)
            self._withdraw_question()
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._withdraw_question()
        try:
            text = version.read()
            other = version.compare_with() if version.compare_with else self._current_text()
        except Exception as error:  # noqa: BLE001 - whatever a caller's reading raises, the list must go on
            self.view.show_message(f"This version cannot be shown. {error}")
            for button, action in zip(self.buttons, self._actions, strict=True):
                button.setEnabled(bool(action.question))  # it can still be discarded
            return
        if version.compare_with:
            self.view.show_texts(other, text)
        else:
            self.view.show_texts(text, other)

    def remove(self, key: str) -> None:
        """Take a version out of the list, if it is there; the one after it is selected."""
        rows = (row for row in range(self.list.count()) if self.list.item(row).data(_KEY) == key)
        if (row := next(rows, None)) is None:
            return
        was_selected = row == self.list.currentRow()
        with QSignalBlocker(self.list):
            self.list.takeItem(row)
        del self._entries[key]
        if was_selected:
            self.compare_again()

    # What is done with it

    def _do(self, action: VersionAction) -> None:
        version = self.selected
        if version is None:
            return
        if not action.question:
            action.act(version)
            return
        self._question.ask(action, lambda: action.act(version))
        self._foot.setCurrentWidget(self._question)
        self._question.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _withdraw_question(self) -> None:
        if self._foot.currentWidget() is self._question:
            self._foot.setCurrentIndex(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Escape takes back a question first, then closes the dialog."""
        if self._foot.currentWidget() is self._question:
            self._withdraw_question()
        else:
            super().reject()


class _Question(QWidget):
    """A question in the place of the buttons, with the answer that changes nothing at hand."""

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.yes, self.no = QPushButton(), QPushButton()
        self.no.setProperty("class", "primary")
        self._act: Callable[[], object] = lambda: None
        layout = _line_layout(self)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.yes)
        layout.addWidget(self.no)
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self.answered)

    def ask(self, action: VersionAction, act: Callable[[], object]) -> None:
        self._act = act
        self._text.setText(action.question)
        self.yes.setText(action.yes)
        self.no.setText(action.no)
        for button in (self.yes, self.no):
            button.setAccessibleDescription(action.question)

    def _agree(self) -> None:
        self.answered.emit()
        self._act()


class _VersionDelegate(QStyledItemDelegate):
    """A version in two lines: its title, and smaller what else is known of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        lines = QFontMetrics(option.font).height() + QFontMetrics(_small(option.font)).height()
        return QSize(0, lines + 2 * theme.worn().spacing.small)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.initStyleOption(option, index)
        title, option.text = option.text, ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        look = theme.worn()
        room = option.rect.adjusted(look.spacing.large, look.spacing.small, -look.spacing.small, -look.spacing.small)
        painter.save()
        for text, font, ink, edge in (
            (title, option.font, look.palette.ink, Qt.AlignmentFlag.AlignTop),
            (index.data(_DETAIL), _small(option.font), look.palette.muted, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, edge | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * theme.worn().type.small)
    return small


def _line_layout(line: QWidget) -> QHBoxLayout:
    spacing = theme.worn().spacing
    layout = QHBoxLayout(line)
    layout.setContentsMargins(spacing.large, spacing.medium, spacing.large, spacing.medium)
    layout.setSpacing(spacing.small)
    return layout
