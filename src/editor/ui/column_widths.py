"""How wide the columns of the citations grid are: numbers narrow, texts share the rest, what is dragged stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QTableView

from editor.core.papers import ColumnRole, column_roles
from editor.ui.shown_rows import ShownRows

# Parts of the width left over by the columns of numbers, which are as wide as their headings.
_PARTS = {ColumnRole.PAPER: 5.0, ColumnRole.INSIGHT: 6.0, ColumnRole.DOI: 2.0, ColumnRole.OTHER: 3.0}
_NARROWEST, _NARROW_AT_MOST, _TEXT_AT_LEAST = 44, 96, 64


class ColumnWidths(QObject):
    """Divides a table's width among its columns. A column keeps its share when it is moved or renamed."""

    def __init__(self, view: QTableView, rows: ShownRows) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self._header = view.horizontalHeader()
        self._header.setMinimumSectionSize(_NARROWEST)
        self._headings: tuple[str, ...] = ()
        self._parts: list[float] = []
        self._sharing = False
        self._header.sectionResized.connect(self._give_way)
        rows.modelReset.connect(self._begin)
        rows.headerDataChanged.connect(self._headings_changed)
        self._begin()

    def _headings_changed(self, orientation: Qt.Orientation) -> None:
        if orientation is Qt.Orientation.Horizontal:
            self._begin()

    def _begin(self) -> None:
        table = self._rows.table
        headings = table.columns if table else ()
        roles = column_roles(headings)
        before = _places_before(self._headings, headings)
        sizes = [self._header.sectionSize(at) for at in range(min(len(self._headings), self._header.count()))]
        parts = self._parts
        known = [at if at is not None and at < len(sizes) else None for at in before]
        self._headings = headings
        self._parts = [
            _PARTS.get(role, 0.0) if at is None else parts[at] for role, at in zip(roles, known, strict=True)
        ]
        with self._without_giving_way():
            for column, (part, at) in enumerate(zip(self._parts, known, strict=True)):
                if not part:
                    wanted = min(max(self._header.sectionSizeHint(column), _NARROWEST), _NARROW_AT_MOST)
                    self._header.resizeSection(column, wanted if at is None else sizes[at])
        self.share()

    def share(self) -> None:
        """Divide the width that the narrow columns leave: the least that a text needs, then by parts."""
        left, parts = self._spare(), sum(self._parts)
        with self._without_giving_way():
            for column in (column for column, part in enumerate(self._parts) if part):
                width = round(left * self._parts[column] / parts)
                self._header.resizeSection(column, _TEXT_AT_LEAST + width)
                left -= width
                parts -= self._parts[column]

    def _spare(self) -> int:
        """The pixels that the wide columns share beyond what each needs at least."""
        taken = (
            _TEXT_AT_LEAST if part else self._header.sectionSize(column) for column, part in enumerate(self._parts)
        )
        return max(self._view.viewport().width() - sum(taken), 0)

    def _give_way(self, column: int, _before: int, width: int) -> None:
        """Let the other wide columns share what the writer leaves them by dragging the edge of one."""
        if self._sharing or column >= len(self._parts):
            return
        others = sum(self._parts) - self._parts[column]
        if self._parts[column] and others:
            wanted = max(width - _TEXT_AT_LEAST, 1)
            rest = max(self._spare() - wanted, 1)
            self._parts = [part * rest / others for part in self._parts]
            self._parts[column] = wanted
        self.share()

    @contextmanager
    def _without_giving_way(self) -> Iterator[None]:
        before, self._sharing = self._sharing, True
        try:
            yield
        finally:
            self._sharing = before


def _places_before(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """Where each column was: found by its heading, or by its place where that heading was written anew."""
    return [
        before.index(heading)
        if heading in before
        else column
        if len(before) == len(after) and before[column] not in after
        else None
        for column, heading in enumerate(after)
    ]
