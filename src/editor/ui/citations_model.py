"""The citations table as Qt's views see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from editor.core import papers, table_edits, table_layout, table_order, table_selection, table_sorting
from editor.core.article import Article, ArticleChange
from editor.core.new_citations_table import new_citations_table
from editor.core.tables import Alignment, Table, split_row, value_in, width_of
from editor.core.text_edit import EditRefused, TextEdit
from editor.rendering.cell_text import plain_text
from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.cell_faces import FACE, face_of
from editor.ui.shown_table import ShownTable
from editor.ui.tooltips import plain_tip

_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ALIGNMENTS = {
    Alignment.NONE: Qt.AlignmentFlag.AlignLeft,
    Alignment.LEFT: Qt.AlignmentFlag.AlignLeft,
    Alignment.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Alignment.RIGHT: Qt.AlignmentFlag.AlignRight,
}


class CitationsModel(QAbstractTableModel):
    """The table of a buffer's article that is shown, rows and columns from 0; empty where there is none. To begin with
    it is that of papers.

    It follows the article with the smallest signals that tell a change, so that a view keeps its selection and place,
    and none at all where the table only moved. Every edit is asked of the buffer; none shows before the buffer made it.
    """

    refused = Signal(str, int)
    """An edit that could not be made: a sentence, and the line from 1 (0: none)."""

    def __init__(self, buffer: TextBuffer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.read_only = False
        self._buffer = buffer
        self._shown = ShownTable(buffer.article)
        self._table = self._shown.table
        # What the views were told of: between two signals of one refresh neither the old table's rows nor the new's.
        self._rows = list(self._table.rows.sources) if self._table else []
        buffer.changed.connect(self._refresh)

    @property
    def table(self) -> Table | None:
        """The table as it is in the article."""
        return self._table

    @property
    def article(self) -> Article:
        """The article as it is, whose table this is."""
        return self._buffer.article

    @property
    def lists_papers(self) -> bool:
        """Whether the table is that of papers."""
        papers_table = self._buffer.article.citations_table
        return bool(self._table and papers_table and papers_table.start == self._table.start)

    def heading(self, column: int, otherwise: str = "column") -> str:
        """What stands over a column, to be named in a sentence; a word for it where nothing does."""
        return (plain_text(self._table.columns[column]) if self._table else "") or otherwise

    # Which table

    def show_table(self, table: Table) -> None:
        """Show this table of the article until the caret enters another."""
        if self._shown.choose(table):
            self._reset(self._shown.table)

    def put_caret(self, offset: int) -> None:
        """The caret of the text stands at a code point of the article: a table that it enters is shown."""
        if self._shown.put_caret(offset, self._buffer.article):
            self._reset(self._shown.table)

    def add_citations_table(self) -> bool:
        """Add a table of papers to the article and show it; False where that was refused."""
        return self.edit_article("new citations table", new_citations_table)

    # What views ask

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return len(self._table.alignments) if self._table and not parent.isValid() else 0

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and not self.read_only else flags

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        if self._table is None or not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        if role in (_Role.DisplayRole, _Role.EditRole):
            return value_in(self._rows[index.row()], index.column())
        if role in (FACE, _Role.AccessibleTextRole):
            face = face_of(self._table.header.source, self._rows[index.row()], index.column())
            face = face.inside(self._buffer.article)
            return face if role == FACE else face.words
        if role == _Role.ToolTipRole:
            return plain_tip(self._misfit(index.row())) or None
        if role == _Role.TextAlignmentRole:
            return _ALIGNMENTS[self._table.alignments[index.column()]] | Qt.AlignmentFlag.AlignTop
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if self._table is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._row_heading(section, role) if 0 <= section < len(self._rows) else None
        if role == _Role.DisplayRole and 0 <= section < self.columnCount():
            return plain_text(self._table.columns[section])
        return None

    def _row_heading(self, row: int, role: int) -> object:
        if role == _Role.AccessibleTextRole:
            return f"Row {row + 1}"
        if role == _Role.ToolTipRole:
            return plain_tip(self._misfit(row)) or None
        if role == _Role.DecorationRole and width_of(self._rows[row]) > self.columnCount():
            return theme.icon("warning", "warning")
        return None

    def _surplus(self, row: int) -> tuple[str, ...]:
        return tuple(cell.value for cell in split_row(self._rows[row])[self.columnCount() :])

    def _misfit(self, row: int) -> str:
        """What is to be said of a row with too few or too many cells, "" of a whole one."""
        width, have = self.columnCount(), width_of(self._rows[row])
        if have > width:
            unseen = ", ".join(f"“{value}”" for value in self._surplus(row))
            return f"This row has {have} cells for {width} columns: readers do not see {unseen}."
        if have < width:
            return f"This row has {have} of {width} cells: a cell is added when you fill it in."
        return ""

    # Edits asked for

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.EditRole or not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return False
        row, column = index.row(), index.column()
        label = f"edit {self.heading(column, 'cell')}"
        return self.edit(label, lambda table: table_edits.set_cell(table, row, column, str(value)))

    def add_row(self, at: int) -> bool:
        """Add a row, ready to be filled in, before row `at`; False where that was refused."""
        return self.edit("add row", lambda table: table_edits.add_row(table, papers.new_row(table), at))

    def remove_rows(self, rows: Sequence[int]) -> bool:
        """Remove rows in one step; False where that was refused."""
        return self.edit(_counted("remove", rows, "row"), lambda table: table_selection.remove_rows(table, rows))

    def move_rows(self, rows: Sequence[int], to: int) -> bool:
        """Move rows together so that the first becomes row `to`; False where that was refused."""
        return self.edit(_counted("move", rows, "row"), lambda table: table_order.move_rows(table, rows, to))

    def sort_rows(self, column: int, *, descending: bool) -> bool:
        """Sort the rows by a column in one step; False where that was refused."""
        sort = table_sorting.sort_rows
        return self.edit(f"sort by {self.heading(column)}", lambda table: sort(table, column, descending=descending))

    def align(self) -> bool:
        """Put the pipes of the table's text under each other in one step; False where that was refused."""
        return self.edit("align table", table_layout.align_table)

    def clear_cells(self, cells: Sequence[tuple[int, int]], verb: str = "clear") -> bool:
        """Empty the cells at these rows and columns in one step; False where that was refused."""
        return self.edit(_counted(verb, cells, "cell"), lambda table: table_selection.clear_cells(table, cells))

    def edit(self, label: str, edits: Callable[[Table], tuple[TextEdit, ...]]) -> bool:
        """Make the edits that `edits` finds for the table as one step; False where it refuses, and the writer is told.

        Nothing where there is no table, or only to be read.
        """
        if self._table is None or self.read_only:
            return False
        try:
            self._buffer.edit(edits(self._table), label)
        except EditRefused as refusal:
            self.refused.emit(refusal.message, refusal.line)
            return False
        return True

    def edit_article(self, label: str, edits: Callable[[Article], tuple[TextEdit, ...]]) -> bool:
        """The same for the article, where what is asked for may begin a table of papers, which is then shown."""
        if self.read_only:
            return False
        try:
            self._buffer.edit(edits(self._buffer.article), label)
        except EditRefused as refusal:
            self.refused.emit(refusal.message, refusal.line)
            return False
        if papers_table := self._buffer.article.citations_table:
            self.show_table(papers_table)
        return True

    # Following the article

    def _refresh(self, change: ArticleChange) -> None:
        is_another = self._shown.follow(change, self._buffer.article)
        old, new = self._table, self._shown.table
        if is_another or old is None or new is None or len(old.alignments) != len(new.alignments):
            if old is not new:
                self._reset(new)
            return
        self._table = new
        if old.text == new.text:
            return
        if old.columns != new.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        self._refresh_rows(new.rows.sources)
        if old.alignments != new.alignments and self._rows:
            corner = self.index(len(self._rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), corner, [_Role.TextAlignmentRole])

    def _reset(self, table: Table | None) -> None:
        self.beginResetModel()
        self._table = table
        self._rows = list(table.rows.sources) if table else []
        self.endResetModel()

    def _refresh_rows(self, rows: Sequence[str]) -> None:
        old = tuple(self._rows)
        head = _common_head(old, rows)
        tail = _common_head(old[head:][::-1], rows[head:][::-1])
        old, new = old[head : len(old) - tail], rows[head : len(rows) - tail]
        if len(old) == len(new):
            self._move_or_replace(head, old, new)
        elif len(old) > len(new):
            runs = _left_out(old, new)
            if runs is None:
                runs = self._replace(head, new, len(old))
            for run in reversed(runs):
                self._remove(head, run)
        else:
            runs = _left_out(new, old)
            if runs is None:
                runs = self._replace(head, new[: len(old)], len(new))
            for run in runs:
                self._insert(head, run, new)

    def _move_or_replace(self, head: int, old: Sequence[str], new: Sequence[str]) -> None:
        last = len(old) - 1
        if last > 0 and old[1:] == new[:-1] and old[0] == new[-1]:
            self._move(head, head + last)
        elif last > 0 and old[:-1] == new[1:] and old[-1] == new[0]:
            self._move(head + last, head)
        elif last > 0 and sorted(old) == sorted(new):
            self._reorder(head, old, new)
        else:
            self._replace(head, new, len(new))

    def _replace(self, head: int, rows: Sequence[str], length: int) -> list[range]:
        """Let rows from `head` on give way to others one by one. Returns what is then left of `length` rows."""
        for row, new in enumerate(rows, start=head):
            before, width = split_row(self._rows[row]), self.columnCount()
            self._rows[row] = new
            values, others = ([cell.value for cell in cells] for cells in (before, split_row(new)))
            misfit = len(values) != len(others) or values[width:] != others[width:]
            values, others = ((cells + [""] * width)[:width] for cells in (values, others))
            changed = [column for column in range(width) if misfit or values[column] != others[column]]
            if changed:
                self.dataChanged.emit(self.index(row, changed[0]), self.index(row, changed[-1]))
            if misfit:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        return [range(len(rows), length)]

    def _remove(self, head: int, run: range) -> None:
        self.beginRemoveRows(_NOWHERE, head + run.start, head + run.stop - 1)
        del self._rows[head + run.start : head + run.stop]
        self.endRemoveRows()

    def _insert(self, head: int, run: range, rows: Sequence[str]) -> None:
        self.beginInsertRows(_NOWHERE, head + run.start, head + run.stop - 1)
        self._rows[head + run.start : head + run.start] = rows[run.start : run.stop]
        self.endInsertRows()

    def _reorder(self, head: int, old: Sequence[str], rows: Sequence[str]) -> None:
        """Let rows from `head` on stand in another order; of rows that are alike the first stays the first."""
        self.layoutAboutToBeChanged.emit()
        was = sorted(range(len(rows)), key=old.__getitem__)
        comes = sorted(range(len(rows)), key=rows.__getitem__)
        moved = {head + at: head + to for at, to in zip(was, comes, strict=True)}
        self._rows[head : head + len(rows)] = rows
        before = self.persistentIndexList()
        after = [self.index(moved.get(index.row(), index.row()), index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _move(self, row: int, to: int) -> None:
        self.beginMoveRows(_NOWHERE, row, row, _NOWHERE, to + 1 if to > row else to)
        self._rows.insert(to, self._rows.pop(row))
        self.endMoveRows()


def _counted(verb: str, things: Sequence[object], name: str) -> str:
    """What a step did to so many things: `remove row`, `remove 2 rows`."""
    return f"{verb} {name}" if len(things) == 1 else f"{verb} {len(things)} {name}s"


def _common_head(left: Sequence[str], right: Sequence[str]) -> int:
    """How many rows the two share at their beginning: a search by halves, so that rows compare in C."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _left_out(longer: Sequence[str], shorter: Sequence[str]) -> list[range] | None:
    """The runs of `longer` that `shorter` lacks; None where it has anything else or in another order."""
    runs: list[range] = []
    found = 0
    for index, source in enumerate(longer):
        if found < len(shorter) and source == shorter[found]:
            found += 1
        elif runs and runs[-1].stop == index:
            runs[-1] = range(runs[-1].start, index + 1)
        else:
            runs.append(range(index, index + 1))
    return runs if found == len(shorter) else None
