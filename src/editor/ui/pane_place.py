"""A pane's place in the window, which is laid out before the pane is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from editor.ui import theme

_Pane = TypeVar("_Pane", bound=QWidget)
_SHARE_OF_WINDOW = 0.32
_LEAST_HEIGHT, _MOST_HEIGHT = 180, 460


class PanePlace(QWidget, Generic[_Pane]):
    """Paper, or what shall be seen meanwhile, until the pane is asked for; that takes the focus that the place has."""

    def __init__(self, make: Callable[[], _Pane], meanwhile: QWidget | None = None) -> None:
        super().__init__()
        self._make = make
        self._made: _Pane | None = None
        self._meanwhile = meanwhile
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if meanwhile:
            layout.addWidget(meanwhile)
        self.setProperty("class", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    @property
    def pane(self) -> _Pane:
        """The pane; it is made when it is first asked for."""
        if self._made is None:
            self._made = self._make()
            self._show(self._made)
        return self._made

    @property
    def if_made(self) -> _Pane | None:
        """The pane where it is there already."""
        return self._made

    def ask(self, command: Callable[[_Pane], object]) -> None:
        """Have the pane do something."""
        command(self.pane)

    def _show(self, pane: QWidget) -> None:
        had_focus = self.window().focusWidget() is self
        if self._meanwhile:
            self._meanwhile.hide()
            self._meanwhile.deleteLater()
        layout = self.layout()
        if layout:
            layout.addWidget(pane)
        self.setSizePolicy(pane.sizePolicy())
        if not pane.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):  # it may have hidden itself
            pane.show()  # at once: a layout would do so only later, and a hidden widget takes no focus
        self.setFocusProxy(pane)
        if had_focus:
            pane.setFocus(Qt.FocusReason.OtherFocusReason)


def most_height_of_rows(window: QWidget) -> int:
    """Pixels that the rows of a pane above the text may take of its window before they scroll."""
    return min(max(int(window.height() * _SHARE_OF_WINDOW), _LEAST_HEIGHT), _MOST_HEIGHT)


class RowsToCome(QWidget):
    """A pane's heading with room below it for so many rows and lines of notes, as high as the pane is going to be."""

    def __init__(self, title: str, button: str, rows: int, notes: int = 0) -> None:
        super().__init__()
        space = theme.worn().spacing
        heading = QLabel(title)
        heading.setProperty("class", "section")
        add = QToolButton()
        add.setText(button)
        add.setEnabled(False)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, space.small, 0)
        head.addWidget(heading)
        head.addStretch()
        head.addWidget(add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(space.small)
        room = rows * (space.control + space.tiny) - space.tiny + space.small if rows else space.control
        note = QLabel("", self)
        note.setProperty("class", "quiet")
        note.hide()
        column.addWidget(_Room(room + notes * note.sizeHint().height()))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)


class _Room(QWidget):
    """Paper of a height, as far as the window has room for it."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self._wanted = height
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(0, min(self._wanted, most_height_of_rows(self.window())))
