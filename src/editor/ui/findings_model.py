"""The findings of an audit as a model of two levels: what they are about, and each of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from editor.core.audit_citations import Finding
from editor.core.problems import Problem, Severity
from editor.ui import theme
from editor.ui.tokens import Ink
from editor.ui.tooltips import plain_tip

_GROUPS = ("Citations", "Table", "Article")
_OF_CITATIONS, _OF_TABLE = ("citation-",), ("paper-", "number-", "table-")
_ICONS: dict[Severity, tuple[str, Ink]] = {
    Severity.ERROR: ("error", "error"),
    Severity.WARNING: ("warning", "warning"),
    Severity.HINT: ("info", "muted"),
}
_MOST = 500
"""Findings that are shown at once, the first of the article: Qt lays out each of them whenever some come or go."""
_Index = QModelIndex | QPersistentModelIndex
_TOP = 0
"""The internal id of a group's index; that of a finding's is its group's number from 1."""


class FindingsModel(QAbstractItemModel):
    """Findings by what they are about, those of them that are let through, each with its line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Finding, ...] = ()
        self._groups: list[tuple[str, list[Finding]]] = []
        self._severities = frozenset(Severity)
        self._sought = ""

    def show(self, findings: Sequence[Finding]) -> bool:
        """Show these instead; whether rows came or went, rather than said something else."""
        self._all = tuple(findings)
        return self._sort()

    def let_through(self, severities: frozenset[Severity], sought: str) -> None:
        """Show those of these severities that hold a text, in capitals or not."""
        self._severities, self._sought = severities, sought.casefold()
        self._sort()

    @property
    def total(self) -> int:
        """How many findings there are, shown or not."""
        return len(self._all)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """Those that are shown, from top to bottom."""
        return tuple(finding for _, findings in self._groups for finding in findings)

    def finding(self, index: _Index) -> Finding | None:
        """That at an index; None for a group."""
        if not index.isValid() or index.internalId() == _TOP:
            return None
        return self._groups[index.internalId() - 1][1][index.row()]

    def index_of(self, wanted: Finding) -> QModelIndex:
        """Where a finding is shown, or one like it of another version of the article; an invalid index for none."""
        alike = QModelIndex()
        for number, (_, findings) in enumerate(self._groups):
            for row, finding in enumerate(findings):
                if finding == wanted:
                    return self.createIndex(row, 0, number + 1)
                if not alike.isValid() and _is_like(finding, wanted):
                    alike = self.createIndex(row, 0, number + 1)
        return alike

    def _is_let_through(self, finding: Finding) -> bool:
        problem = finding.problem
        return problem.severity in self._severities and self._sought in f"{problem.message} {problem.code}".casefold()

    def _sort(self) -> bool:
        groups: dict[str, list[Finding]] = {name: [] for name in _GROUPS}
        for finding in islice(filter(self._is_let_through, self._all), _MOST):
            groups[_group_of(finding.problem.code)].append(finding)
        wanted = [(name, findings) for name, findings in groups.items() if findings]
        if [(name, len(findings)) for name, findings in wanted] == [(name, len(each)) for name, each in self._groups]:
            self._groups = wanted
            for number, (_, findings) in enumerate(wanted):
                last = len(findings) - 1
                self.dataChanged.emit(self.createIndex(0, 0, number + 1), self.createIndex(last, 1, number + 1))
            return False
        self.beginResetModel()
        self._groups = wanted
        self.endResetModel()
        return True

    # What Qt asks

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: _Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        return len(self._groups[parent.row()][1]) if parent.internalId() == _TOP and parent.column() == 0 else 0

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 2

    def flags(self, index: _Index) -> Qt.ItemFlag:
        # A group is passed over by the arrow keys.
        both = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return both if self.finding(index) else Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.finding(index)
        if finding is None:
            return self._group_data(index, role)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{finding.problem.message} ({finding.problem.code})")
        return self._line_data(finding.problem, role) if index.column() else self._message_data(finding.problem, role)

    def _message_data(self, problem: Problem, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return problem.message
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{problem.severity.value.capitalize()} in line {problem.line}: {problem.message}"
        # Not kept: an icon that goes with other garbage is deleted after what it draws with.
        return theme.icon(*_ICONS[problem.severity]) if role == Qt.ItemDataRole.DecorationRole else None

    def _line_data(self, problem: Problem, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{problem.line:,}"
        is_alignment = role == Qt.ItemDataRole.TextAlignmentRole
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter if is_alignment else None

    def _group_data(self, index: _Index, role: int) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.worn().palette.muted)
        if index.column() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        name, findings = self._groups[index.row()]
        return f"{name}  {len(findings):,}"


def _group_of(code: str) -> str:
    if code.startswith(_OF_CITATIONS):
        return _GROUPS[0]
    return _GROUPS[1] if code.startswith(_OF_TABLE) else _GROUPS[2]


def _is_like(one: Finding, other: Finding) -> bool:
    return (one.problem.code, one.problem.message) == (other.problem.code, other.problem.message)
