"""References pasted or dropped, shown as the rows that they become, to be chosen from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QMimeData, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.core.problems import Problem
from editor.core.references.plan import Plan, PlannedRow
from editor.core.references.recognise import LARGEST, ReferenceFormat, format_of, reading
from editor.core.references.reference import Reference
from editor.core.tables import Table
from editor.ui import theme
from editor.ui.dialogs.dialog_size import resize_within_screen
from editor.ui.tooltips import plain_tip

_SIZE = (860, 640)
_PAUSE = 250
"""Milliseconds without a key after which what was typed is read."""
_SLICE = 8
"""Milliseconds of reading after which the window has its turn."""
_EXPLANATION = "Paste or type BibTeX, RIS, PubMed’s format, CSL-JSON or references as an article lists them (APA)."
_ITEM = Qt.ItemDataRole.UserRole


def ask(
    parent: QWidget | None,
    text: str,
    table: Table | None,
    on_accept: Callable[[tuple[Reference, ...]], object],
) -> ReferencesDialog:
    """Show what the references in a text become in `table` (None: in a new one), and let the writer choose.

    `text` may be empty or hold no reference. The dialog is open when this returns, and is deleted when it closes;
    `on_accept` is called with the references chosen, in order and at least one, once it is closed by its button. What
    it does with them is its own (`editor.core.references.plan.add_references` makes the edit).
    """
    dialog = ReferencesDialog(parent, text, table)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.chosen.connect(on_accept)
    dialog.open()
    return dialog


class ReferencesDialog(QDialog):
    """A box for the references, and below it the row that each becomes; what is there already is not chosen.

    Reading goes on in slices, so that neither typing nor looking at the first rows waits for the last ones.
    """

    chosen = Signal(object)
    """The references chosen, as a tuple."""
    read = Signal()
    """All that is in the box has been read."""

    def __init__(self, parent: QWidget | None, text: str, table: Table | None) -> None:
        super().__init__(parent)
        self._plan = Plan(table)
        self._pending: Iterator[Reference | Problem] = iter(())
        self._format: ReferenceFormat | None = None
        self._tally = _Tally()
        self.setWindowTitle("Add References")
        self.box = _Box(placeholderText=_EXPLANATION, tabChangesFocus=True)
        self.box.setAccessibleName("References")
        self.box.setAccessibleDescription(_EXPLANATION)
        self.rows = self._make_rows()
        self.outcome = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.outcome.setProperty("class", "quiet")
        self.with_duplicates = QCheckBox("Add what is there &already, too")
        self.add = QPushButton("Add")
        self.add.setDefault(True)
        self.add.setProperty("class", "primary")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._slices = QTimer(self, interval=0)
        self._lay_out()
        self._pause.timeout.connect(self._read_anew)
        self._slices.timeout.connect(self._read_on)
        # Of what is too much to be read, enough to say so.
        self.box.setPlainText(text[: LARGEST + 1])
        self.box.textChanged.connect(self._pause.start)
        self.box.pasted.connect(self._read_anew)
        self.box.accepted.connect(self.add.click)
        self.with_duplicates.toggled.connect(self._choose_duplicates)
        self.add.clicked.connect(self._accept_chosen)
        self._read_anew()
        (self.rows if text.strip() else self.box).setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_rows(self) -> QTreeWidget:
        rows = _Rows()
        rows.setRootIsDecorated(False)
        rows.setUniformRowHeights(True)
        rows.setAllColumnsShowFocus(True)
        rows.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        rows.setHeaderLabels(["Becomes", "Note"])
        rows.setAccessibleName("Rows to add")
        rows.header().setStretchLastSection(False)
        rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        rows.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        rows.header().resizeSection(1, _SIZE[0] * 2 // 5)
        rows.itemChanged.connect(self._count_chosen)
        rows.currentItemChanged.connect(self._show_place)
        return rows

    def _lay_out(self) -> None:
        spacing = theme.worn().spacing
        sides = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=1)
        sides.addWidget(self.box)
        sides.addWidget(self.rows)
        sides.setStretchFactor(1, 1)
        sides.setSizes([_SIZE[1] // 3, _SIZE[1] * 2 // 3])
        cancel = QPushButton("Cancel", autoDefault=False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(spacing.large, spacing.small, spacing.large, spacing.medium)
        foot.setSpacing(spacing.small)
        foot.addWidget(self.with_duplicates)
        foot.addStretch()
        foot.addWidget(cancel)
        foot.addWidget(self.add)
        self.outcome.setContentsMargins(spacing.large, spacing.small, spacing.large, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(sides, 1)
        column.addWidget(self.outcome)
        column.addLayout(foot)
        resize_within_screen(self, *_SIZE)

    # Reading

    def _read_anew(self) -> None:
        self._pause.stop()
        text = self.box.toPlainText()
        self._plan.begin_again()
        self._tally = _Tally()
        self.rows.clear()
        self._pending = reading(text)
        self._format = format_of(text)
        self._slices.start()
        self._read_on()

    def _read_on(self) -> None:
        """Read for as long as nobody notices."""
        clock = QElapsedTimer()
        clock.start()
        items: list[QTreeWidgetItem] = []
        for item in self._pending:
            items.append(self._row_of(item) if isinstance(item, Reference) else self._row_of_problem(item))
            if clock.elapsed() >= _SLICE:
                break
        else:
            self._slices.stop()
        with QSignalBlocker(self.rows):
            self.rows.addTopLevelItems(items)
            for row in items:
                if isinstance(row.data(0, _ITEM), Problem):
                    row.setFirstColumnSpanned(True)
        if self.rows.currentItem() is None and items:
            self.rows.setCurrentItem(items[0])
        self._tell()
        if not self._slices.isActive():
            self.read.emit()

    def _row_of(self, reference: Reference) -> QTreeWidgetItem:
        planned = self._plan.take(reference)
        remark = planned.duplicate.message if planned.duplicate else reference.published_in
        row = _row(planned, planned.paper, remark)
        is_wanted = planned.duplicate is None or self.with_duplicates.isChecked()
        row.setCheckState(0, Qt.CheckState.Checked if is_wanted else Qt.CheckState.Unchecked)
        palette = theme.worn().palette
        row.setForeground(1, QColor(palette.warning if planned.duplicate else palette.muted))
        self._tally.references += 1
        self._tally.duplicates += planned.duplicate is not None
        self._tally.chosen += is_wanted
        return row

    def _row_of_problem(self, problem: Problem) -> QTreeWidgetItem:
        row = _row(problem, f"Line {problem.line}: {problem.message}", "")
        row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        row.setForeground(0, QColor(theme.worn().palette.error))
        self._tally.problems += 1
        return row

    @property
    def is_reading(self) -> bool:
        """Whether there is more in the box than is shown."""
        return self._slices.isActive() or self._pause.isActive()

    # What is chosen

    def chosen_references(self) -> tuple[Reference, ...]:
        """The references whose boxes are ticked, in order."""
        return tuple(
            planned.reference for item, planned in self._planned() if item.checkState(0) is Qt.CheckState.Checked
        )

    def _planned(self) -> Iterator[tuple[QTreeWidgetItem, PlannedRow]]:
        for index in range(self.rows.topLevelItemCount()):
            item = self.rows.topLevelItem(index)
            if item and isinstance(planned := item.data(0, _ITEM), PlannedRow):
                yield item, planned

    def _choose_duplicates(self, wanted: bool) -> None:
        state = Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked
        with QSignalBlocker(self.rows):
            for item, planned in self._planned():
                if planned.duplicate:
                    item.setCheckState(0, state)
        self.rows.viewport().update()
        self._count_chosen()

    def _count_chosen(self) -> None:
        self._tally.chosen = len(self.chosen_references())
        self._tell()

    def _tell(self) -> None:
        """Say how many rows there will be, and what became of the rest."""
        tally = self._tally
        self.add.setText(f"Add {_count(tally.chosen, 'row')}" if tally.chosen else "Add")
        self.add.setEnabled(tally.chosen > 0)
        self.with_duplicates.setVisible(tally.duplicates > 0)
        parts = (
            f"{_count(tally.references, 'reference')} in {self._format}" if tally.references else "",
            f"{tally.duplicates:,} already there" if tally.duplicates else "",
            _count(tally.problems, "problem") if tally.problems else "",
        )
        self.outcome.setText(" · ".join(part for part in parts if part))
        self.rows.setAccessibleDescription(self.outcome.text())

    def _accept_chosen(self) -> None:
        if chosen := self.chosen_references():
            self.accept()
            self.chosen.emit(chosen)

    def _show_place(self, row: QTreeWidgetItem | None) -> None:
        """Put the box's caret where the selected row was read from."""
        if row is None or self.box.hasFocus():
            return
        item = row.data(0, _ITEM)
        line = item.reference.line if isinstance(item, PlannedRow) else item.line
        self.box.setTextCursor(QTextCursor(self.box.document().findBlockByNumber(max(line - 1, 0))))
        self.box.centerCursor()


class _Rows(QTreeWidget):
    """Space ticks or clears all rows that are selected."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current: QTreeWidgetItem | None = self.currentItem()
        if event.key() != Qt.Key.Key_Space or current is None or len(self.selectedItems()) < 2:
            super().keyPressEvent(event)
            return
        ticked = current.checkState(0) is Qt.CheckState.Checked
        with QSignalBlocker(self):
            for row in self.selectedItems():
                if row.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                    row.setCheckState(0, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
        self.viewport().update()
        self.itemChanged.emit(current, 0)


class _Box(QPlainTextEdit):
    """Takes text only; Enter makes a line, Ctrl+Enter accepts."""

    pasted = Signal()
    accepted = Signal()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text())
        self.pasted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accepted.emit()
        else:
            super().keyPressEvent(event)


@dataclass(slots=True)
class _Tally:
    """How many of each there are."""

    references: int = 0
    duplicates: int = 0
    problems: int = 0
    chosen: int = 0


def _row(item: PlannedRow | Problem, text: str, remark: str) -> QTreeWidgetItem:
    row = QTreeWidgetItem([text, remark])
    row.setData(0, _ITEM, item)
    for column, words in enumerate((text, remark)):
        row.setToolTip(column, plain_tip(words))
    row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{text}. {remark}" if remark else text)
    return row


def _count(number: int, name: str) -> str:
    return f"1 {name}" if number == 1 else f"{number:,} {name}s"
