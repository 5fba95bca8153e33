"""The pane of the citations table: its papers as the rows of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from editor.core.papers import COLUMNS
from editor.core.row_numbers import number_fault, numbers_run_on
from editor.core.tables import Table
from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.citations_model import CitationsModel
from editor.ui.citations_view import CitationsView
from editor.ui.commands import COMMANDS, Need, Scope
from editor.ui.grid_cells import CellCommands
from editor.ui.grid_clipboard import GridClipboard
from editor.ui.grid_columns import ColumnCommands
from editor.ui.grid_menus import GridMenus
from editor.ui.grid_references import ReferenceRows, reference_files
from editor.ui.grid_rows import RowCommands
from editor.ui.grid_tables import TableCommands
from editor.ui.row_filter import RowFilter
from editor.ui.shown_rows import ShownRows

if TYPE_CHECKING:
    from editor.core.references.reference import Reference

_NO_TABLE = (
    "This article has no table of papers. A table in the text with the columns "
    f"“{COLUMNS[1]}” and “{COLUMNS[3]}” is shown here."
)
_NUMBERS_PAUSE_MS = 300
"""Numbers are looked at in a pause, all of them at once."""
_LINES_ABOVE_ROWS = 2


class CitationsGrid(QWidget):
    """A view of a buffer's citations table. Rows are counted from 0 as they stand in the text, without the heading.

    Every change is one step of the article's history. Undo and redo are left to the window, except in a cell editor
    that is open.
    """

    refused = Signal(str, int)
    """An edit that could not be made: a sentence, and the line from 1 (0: none)."""
    row_selected = Signal(int)
    """The current row became this one; -1: none."""
    line_selected = Signal(int)
    """The writer went to a row here that stands in this line of the text, from 0."""
    link_activated = Signal(str)
    """An address is to be opened."""
    references_wanted = Signal(str)
    """A text was pasted that seems to hold references, which the writer may want as rows."""
    reference_files_dropped = Signal(list)
    """Paths of files that by their names hold references."""
    has_table = Signal(bool)
    """Whether there is a table to show changed."""
    needs_changed = Signal()
    """Other commands make sense now: see `met_needs`."""

    def __init__(self, buffer: TextBuffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reason = ""
        self._had_table = False
        self._row_told = -1
        self._follows_caret = False
        self._numbers_run_on = True
        self._cited: int | None = None
        self._model = CitationsModel(buffer, self)
        self._rows = ShownRows(self._model, self)
        self._view = CitationsView(self._rows, self)
        self._clipboard = GridClipboard(self._rows, self._view, self.references_wanted.emit)
        self._row_commands = RowCommands(self._rows, self._view)
        self._column_commands = ColumnCommands(self._rows, self._view)
        self._cell_commands = CellCommands(self._model, self._view)
        self._tables = TableCommands(self._model, self._view, self._row_commands)
        self._references = ReferenceRows(self._model, self._row_commands)
        self._menus = GridMenus(self._view)
        self._filter = RowFilter(self._rows)
        self._count = QLabel()
        self._count.setProperty("class", "quiet")
        self._order_sign = _sign("sign", self._row_commands.show_as_in_text)
        self._number_sign = _sign("hint", self._row_commands.renumber)
        self._notice = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._notice.setProperty("class", "quiet")
        handlers = self.handlers()
        self._add, self._remove, self._up, self._down = (
            _button(name, handlers[name]) for name in ("add-row", "remove-row", "row-up", "row-down")
        )
        self._numbers_due = QTimer(self, singleShot=True, interval=_NUMBERS_PAUSE_MS)
        self._numbers_due.timeout.connect(self._look_at_numbers)
        self._lay_out()
        self._set_keys()
        self._connect()
        self._look_at_numbers()

    # What the window asks

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What does each command of the grid, by its id."""
        return {
            **self._row_commands.handlers(),
            **self._column_commands.handlers(),
            **self._cell_commands.handlers(),
            **self._tables.handlers(),
            "align-table": self.align_table,
            "filter-rows": self._filter.open,
        }

    def met_needs(self) -> dict[Need, bool]:
        """Which of its commands make sense now."""
        editable = self.shows_table and not self._reason
        has_row = editable and self.current_row >= 0
        return {
            Need.TABLE: editable,
            Need.ROW: has_row,
            Need.ROW_IN_ORDER: has_row and self._rows.is_as_in_text,
            Need.OTHER_ORDER: self.shows_table and not self._rows.is_as_in_text,
            Need.ANY_TABLE: self.shows_table,
            Need.CELL: self.current_row >= 0,
            Need.NO_PAPERS: not self._reason and self._model.article.citations_table is None,
            Need.NUMBERS: editable and not self._numbers_run_on,
        }

    @property
    def table(self) -> Table | None:
        """The table that is shown."""
        return self._model.table

    @property
    def table_for_references(self) -> Table | None:
        """The table that references become rows of; None: a new one."""
        return self._references.table

    @property
    def current_row(self) -> int:
        """The row of the text that row commands work on; -1: none."""
        return self._rows.row_in_text(self._view.currentIndex().row())

    @property
    def shows_table(self) -> bool:
        """Whether there is a table to show."""
        return self._model.table is not None

    def set_read_only(self, reason: str) -> None:
        """Allow no edits and say why; "" allows them again."""
        if reason:
            self.finish_editing()
        self._reason = reason
        self._model.read_only = bool(reason)
        self._show_state()

    def set_mentions(self, mentions: Mapping[int, int] | None) -> None:
        """How often the text mentions the paper of each row; None while that is not known, and then it is not said."""
        self._cited = None if mentions is None else sum(1 for times in mentions.values() if times)
        self._show_state()

    def finish_editing(self) -> None:
        """Commit what is written in a cell editor that is open: before saving, and before anything else is edited."""
        self._view.finish_editing()

    def select_row(self, row: int) -> None:
        """Make the paper's cell in this row the current one and bring it into sight."""
        self._row_commands.go_to(row)

    def follow_caret(self, line: int) -> None:
        """The text's caret came to a line, from 0: show its row as the current one, unless the writer is in here."""
        table = self._model.table
        row = line - table.line - _LINES_ABOVE_ROWS if table else -1
        place = self._rows.place_of(row)
        if place < 0 or row == self.current_row or self._has_focus():
            return
        self._follows_caret = True
        column = self._view.currentIndex().column()
        if column < 0:
            self._row_commands.go_to(row)
        else:
            self._view.go_to(self._rows.index(place, column))
        self._follows_caret = False

    def add_references(self, references: Sequence[Reference]) -> None:
        """Add a row for each reference as one step, and go to the first of them."""
        self._references.add(references)

    def put_caret(self, offset: int, line: int) -> None:
        """The caret of the text stands at a code point of the article, in a line from 0: a table it enters is shown."""
        self._tables.put_caret(offset, line)

    def add_row(self) -> None:
        """Add a row below the current one, or at the end where there is none, and go to its title."""
        self._row_commands.add_below()

    def align_table(self) -> None:
        """Put the pipes of the table's text under each other."""
        self.finish_editing()
        self._model.align()

    # The rest is the pane's own

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if reference_files(event.mimeData()) and not self._reason:
            event.acceptProposedAction()
        else:
            # An article is for the window to open.
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := reference_files(event.mimeData()):
            event.acceptProposedAction()
            self.reference_files_dropped.emit(paths)
        else:
            event.ignore()

    def _has_focus(self) -> bool:
        focus: QWidget | None = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def _set_keys(self) -> None:
        handlers = self.handlers()
        keys = {
            key: handlers[command.id] for command in COMMANDS if command.scope is Scope.GRID for key in command.keys
        }
        more = {
            "Return": "edit-cell",
            "Enter": "edit-cell",
            "Insert": "add-row",
            "Ctrl+Enter": "add-row",
            "Alt+Enter": "edit-parts",
            "Ctrl+Shift+Enter": "add-row-above",
            "Backspace": "clear-cells",
            "Ctrl+Backspace": "remove-row",
        }
        keys |= {key: handlers[name] for key, name in more.items()}
        clipboard = self._clipboard
        keys |= {"Ctrl+C": clipboard.copy, "Ctrl+X": clipboard.cut, "Ctrl+V": clipboard.paste}
        keys |= {"Ctrl+Ins": clipboard.copy, "Shift+Del": clipboard.cut, "Shift+Ins": clipboard.paste}
        self._view.set_keys(keys)

    def _connect(self) -> None:
        model, rows, view = self._model, self._rows, self._view
        model.refused.connect(self.refused)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.rowsMoved, model.layoutChanged):
            signal.connect(self._rows_changed)
        rows.arranged.connect(self._rows_changed)
        self._cell_commands.refused.connect(self.refused)
        self._cell_commands.link_activated.connect(self.link_activated)
        self._tables.why_not_changed.connect(self._show_state)
        model.dataChanged.connect(self._numbers_due.start)
        view.selectionModel().currentRowChanged.connect(self._current_changed)
        view.gutter.dropped.connect(self._row_commands.drop)
        view.columns.dropped.connect(self._column_commands.drop)
        view.columns.sectionDoubleClicked.connect(self._column_commands.ask_for_heading)
        view.menu_wanted.connect(self._menus.show_for_cells)
        for header, show in ((view.gutter, self._show_row_menu), (view.columns, self._show_column_menu)):
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            header.customContextMenuRequested.connect(show)
        self._filter.left.connect(lambda: view.setFocus(Qt.FocusReason.OtherFocusReason))

    def _show_row_menu(self, place: QPoint) -> None:
        row = self._view.gutter.logicalIndexAt(place)
        if row >= 0 and not self._view.selectionModel().isRowSelected(row, QModelIndex()):
            self._view.selectRow(row)
        self._menus.show_for_row(self._view.gutter.viewport().mapToGlobal(place))

    def _show_column_menu(self, place: QPoint) -> None:
        column = self._view.columns.logicalIndexAt(place)
        if column >= 0:
            row = max(self._view.currentIndex().row(), 0)
            self._view.go_to(self._rows.index(row, column))
        self._menus.show_for_column(self._view.columns.viewport().mapToGlobal(place))

    def _rows_changed(self) -> None:
        self._numbers_due.start()
        self._tell_row()
        self._show_state()

    def _current_changed(self) -> None:
        self._tell_row()
        self._show_state()
        table = self._model.table
        if table and self.current_row >= 0 and self._has_focus() and not self._follows_caret:
            self.line_selected.emit(table.line + _LINES_ABOVE_ROWS + self.current_row)

    def _tell_row(self) -> None:
        if self.current_row != self._row_told:
            self._row_told = self.current_row
            self.row_selected.emit(self._row_told)

    def _look_at_numbers(self) -> None:
        table = self._model.table
        self._numbers_run_on = table is None or numbers_run_on(table)
        fault = number_fault(table) if table else ""
        self._number_sign.setText(f"Renumber: {fault}")
        self._number_sign.setAccessibleName(f"Renumber the rows, since {fault}")
        self._number_sign.setVisible(bool(fault) and not self._reason)
        self._show_state()

    def _show_state(self) -> None:
        rows, row = self._model.rowCount(), self.current_row
        met = self.met_needs()
        self._count.setText(self._totals() if self.shows_table else "")
        self._notice.setText(self._reason or self._tables.why_not or ("" if self.shows_table else _NO_TABLE))
        self._notice.setVisible(bool(self._notice.text()))
        self._tables.beginning.setVisible(not self.shows_table and not self._reason)
        self._view.setVisible(self.shows_table)
        self._filter.setVisible(self.shows_table)
        self._show_order()
        self._add.setEnabled(met[Need.TABLE])
        self._remove.setEnabled(met[Need.ROW])
        self._up.setEnabled(met[Need.ROW_IN_ORDER] and row > 0)
        self._down.setEnabled(met[Need.ROW_IN_ORDER] and row < rows - 1)
        self.needs_changed.emit()
        if self.shows_table is not self._had_table:
            self._had_table = self.shows_table
            self.has_table.emit(self.shows_table)

    def _totals(self) -> str:
        """Rows, those shown of them, and where it is known how many are cited and how many are not."""
        rows, shown = self._model.rowCount(), self._rows.rowCount()
        what = "paper" if self._model.lists_papers else "row"
        papers = {0: f"no {what}s yet", 1: f"1 {what}"}.get(rows, f"{rows:,} {what}s")
        if self._rows.sought:
            papers = f"{shown:,} of {papers}"
        if self._cited is None or not rows or not self._model.lists_papers:
            return papers
        cited = min(self._cited, rows)
        return f"{papers} · {cited:,} cited · {rows - cited:,} uncited"

    def _show_order(self) -> None:
        """Say at the heading and above it that rows stand otherwise in the text."""
        order = self._rows.order
        header = self._view.columns
        header.setSortIndicatorShown(order is not None)
        self._order_sign.setVisible(order is not None)
        if order is None:
            return
        down = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(order.column, down)
        first = "largest first" if order.descending else "smallest first"
        sign = f"Only shown by {self._model.heading(order.column)}, {first}"
        self._order_sign.setText(f"{sign}: back to the text's order")
        self._order_sign.setAccessibleName(self._order_sign.text())

    def _lay_out(self) -> None:
        space = theme.worn().spacing
        head = QHBoxLayout()
        head.setSpacing(2)
        head.setContentsMargins(0, 0, space.small, 0)
        # The heading's own padding, so that the two share a base line.
        self._count.setContentsMargins(0, space.small, space.small, space.tiny)
        for widget in (self._tables.chooser, self._count):
            head.addWidget(widget)
        for sign in (self._order_sign, self._number_sign):
            head.addWidget(sign)
        head.addStretch()
        head.addWidget(self._filter)
        for button in (self._add, self._remove, self._up, self._down):
            head.addWidget(button)
        self._notice.setContentsMargins(space.medium, 0, space.medium, space.small)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._notice)
        beginning = QHBoxLayout()
        beginning.setContentsMargins(space.medium, 0, space.medium, 0)
        beginning.addWidget(self._tables.beginning)
        beginning.addStretch()
        column.addLayout(beginning)
        column.addWidget(self._view, 1)
        # Without a table the notice and the button stay at the top.
        column.addStretch()
        self.setProperty("class", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self._view)
        self.setAcceptDrops(True)


def _button(name: str, do: Callable[[], object]) -> QToolButton:
    """A button for a command, by its id."""
    command = next(command for command in COMMANDS if command.id == name)
    title = command.title.replace("&", "")
    button = QToolButton()
    button.setIcon(theme.icon(command.icon))
    button.setProperty("class", "quiet")
    button.setAccessibleName(title)
    button.setToolTip(f"{title}  {QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)}")
    button.clicked.connect(lambda _checked=False: do())
    return button


def _sign(kind: str, do: Callable[[], object]) -> QToolButton:
    """What is to be known of the rows, and a click that puts an end to it."""
    button = QToolButton()
    button.setProperty("class", kind)
    button.clicked.connect(lambda _checked=False: do())
    button.hide()
    return button
