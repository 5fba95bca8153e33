"""A view of what differs between two texts: lines taken out and put in, one under the other, and a few around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from time import perf_counter

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from editor.ui import theme
from editor.ui.comparing import Comparing
from editor.ui.comparison_rows import Comparison, Row, compare
from editor.ui.comparison_text import ComparisonText

_IN_PLACE = 20_000
"""Code points of both texts up to which they are compared at once: some milliseconds."""
_SLICE_S = 0.006
"""How long rows are drawn before the window gets its turn: a part of a frame."""
_ROWS_AT_ONCE = 4
"""Rows between two looks at the clock: Qt lays them out together."""
_PATIENCE_MS = 150
"""How long a comparison takes before it is said that there is one."""


class ComparisonView(QWidget):
    """Shows two texts as one, read-only; Alt+Down and Alt+Up go from change to change in the whole window.

    Large texts are compared in a thread and drawn bit by bit. What another pair of texts made pointless is dropped.
    """

    compared = Signal()
    """All that is to be seen of the texts last given is drawn."""

    def __init__(self, font_size: float | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._font_size = font_size
        self._comparison = Comparison()
        self._undrawn: Iterator[Row] = iter(())
        self._is_unplaced = True
        self._asked = 0
        self._asked_for = 0
        self._running: Comparing | None = None
        self._waiting: tuple[str, str] | None = None
        self._drawing = QTimer(self, interval=0)
        self._drawing.timeout.connect(self._draw_some)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._say("Comparing…"))
        self._text = ComparisonText()
        self._text.cursorPositionChanged.connect(self._say_where)
        self._message = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._message.setProperty("class", "quiet")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._summary, self._where = QLabel(), QLabel()
        self._old_caption = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._new_caption = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._lay_out()
        self.setFocusProxy(self._text)

    def _lay_out(self) -> None:
        spacing = theme.worn().spacing
        bar = self._bar = QWidget()
        bar.setProperty("class", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(bar)
        line.setContentsMargins(spacing.medium, spacing.tiny, spacing.small, spacing.tiny)
        line.setSpacing(spacing.small)
        for label, side in ((self._old_caption, "removed"), (self._new_caption, "added")):
            label.setProperty("class", "side")
            label.setProperty("side", side)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.hide()
            line.addWidget(label)
        line.addStretch()
        for label in (self._summary, self._where):
            label.setProperty("class", "quiet")
            line.addWidget(label)
        self._buttons = [
            self._button(line, "chevron-up", "Previous change", "Alt+Up", self.previous_change),
            self._button(line, "chevron-down", "Next change", "Alt+Down", self.next_change),
        ]
        pages = QWidget()
        pages.setProperty("class", "pane")
        pages.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._text)
        self._pages.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(pages, 1)

    def _button(self, line: QHBoxLayout, icon: str, title: str, keys: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setProperty("class", "quiet")
        button.setIcon(theme.icon(icon))
        shortcut = QShortcut(QKeySequence(keys), self)
        native = shortcut.key().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{title}  {native}")
        button.setAccessibleName(title)
        button.clicked.connect(act)
        shortcut.activated.connect(act)
        line.addWidget(button)
        return button

    # What is shown

    def set_captions(self, old: str, new: str) -> None:
        """Say which version the lines with − are of, and which those with +."""
        for label, sign, caption in ((self._old_caption, "−", old), (self._new_caption, "+", new)):
            label.setText(f"{sign} {caption}")
            label.setVisible(bool(caption))

    def show_texts(self, old: str, new: str) -> None:
        """Show what makes `new` of `old`. Returns at once; `compared` tells when all of it is there."""
        self._forget()
        self._bar.show()
        if len(old) + len(new) <= _IN_PLACE:
            self._show(compare(old, new))
            return
        self._patience.start()
        self._waiting = (old, new)
        self._compare_next()

    def show_message(self, message: str) -> None:
        """Show a sentence in the place of a comparison."""
        self._forget()
        self._bar.hide()
        self._set_summary("")
        self._say(message)

    @property
    def summary(self) -> str:
        """How much differs: `3 changes: 12 lines added, 4 removed`."""
        return self._summary.text()

    @property
    def message(self) -> str:
        """The sentence shown in the place of a comparison, if there is one."""
        return self._message.text() if self._pages.currentWidget() is self._message else ""

    @property
    def plain_text(self) -> str:
        """The rows as they are read out: a sign, a tab, the line."""
        return self._text.toPlainText()

    def next_change(self) -> None:
        """Go to the first change after the caret; at the last one stay."""
        here = self._text.textCursor().blockNumber()
        self._go_to(next((row for row in self._comparison.starts if row > here), None))

    def previous_change(self) -> None:
        """Go to the beginning of the change before the caret."""
        here = self._text.textCursor().blockNumber()
        self._go_to(next((row for row in reversed(self._comparison.starts) if row < here), None))

    def _go_to(self, row: int | None) -> None:
        if row is None or self._pages.currentWidget() is not self._text:
            return
        while self._drawing.isActive() and self._text.document().blockCount() <= row + 1:
            self._draw_some()
        self._text.reveal(row)

    # Comparing

    def _forget(self) -> None:
        """What is being compared and drawn is no longer wanted."""
        self._asked += 1
        self._waiting = None
        self._patience.stop()
        self._drawing.stop()
        self._comparison = Comparison()

    def _compare_next(self) -> None:
        """Compare what waits, one pair at a time, so that a list scrolled through does not queue up."""
        if self._running or not self._waiting:
            return
        self._running, self._asked_for = Comparing(*self._waiting), self._asked
        self._waiting = None
        self._running.done.connect(self._take)

    def _take(self, comparison: Comparison | None) -> None:
        self._running = None
        if self._asked_for == self._asked:
            if comparison:
                self._show(comparison)
            else:  # never say then that nothing differs
                self.show_message("The texts could not be compared.")
        self._compare_next()

    # Drawing

    def _show(self, comparison: Comparison) -> None:
        self._patience.stop()
        self._comparison = comparison
        self._set_summary(comparison.summary if comparison.changes else "")
        if comparison.changes:
            self._pages.setCurrentWidget(self._text)
            self._draw_anew()
        else:
            self._say(comparison.summary)
            self.compared.emit()

    def _draw_anew(self) -> None:
        self._text.begin(self._font_size)
        self._undrawn = iter(self._comparison.rows)
        self._is_unplaced = True
        self._drawing.start()
        self._draw_some()

    def _draw_some(self) -> None:
        is_all = self._write_some()
        first = self._comparison.starts[0]
        if self._is_unplaced and self._text.document().blockCount() > first:
            self._is_unplaced = False
            self._text.place_caret(first)
        if is_all:
            self._drawing.stop()
            self.compared.emit()

    def _write_some(self) -> bool:
        """Draw for a part of a frame; whether that was all."""
        begin = perf_counter()
        while rows := tuple(islice(self._undrawn, _ROWS_AT_ONCE)):
            self._text.write(rows)
            if perf_counter() - begin > _SLICE_S:
                return False
        return True

    def _say(self, message: str) -> None:
        self._message.setText(message)
        self._message.setAccessibleName(message)
        self._pages.setCurrentWidget(self._message)

    def _set_summary(self, summary: str) -> None:
        self._summary.setText(summary)
        self._text.setAccessibleDescription(summary)
        for button in self._buttons:
            button.setEnabled(bool(summary))
        self._where.setVisible(bool(summary))

    def _say_where(self) -> None:
        here = self._text.textCursor().blockNumber()
        number = sum(row <= here for row in self._comparison.starts)
        self._where.setText(f"{max(1, number)} of {self._comparison.changes:,}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        is_look = event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if is_look and self._comparison.rows:
            at = self._text.verticalScrollBar().value()
            self._draw_anew()
            self._text.verticalScrollBar().setValue(at)
