"""What a cell of the grid shows: its value, and what is to be said of it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import Qt

from editor.core.article import Article
from editor.core.papers import ColumnRole, column_roles, lists_papers, paper_name_problem, parse_paper_name
from editor.core.tables import split_row, value_in, width_of
from editor.rendering.cell_text import CellRun, plain_text, read_cell

FACE = Qt.ItemDataRole.UserRole + 1
"""The role under which a model gives the `CellFace` of a cell."""

# More would take longer to lay out than a frame.
_LONGEST = 4000
_NARROW = (ColumnRole.NUMBER, ColumnRole.CITED_BY)


class CellFace(NamedTuple):
    """What one cell shows from above to below, each "" where there is nothing: the first two are Markdown.

    `aside` is set apart from the value: whose paper it is and of when. `note` says what is wrong.
    """

    value: str
    aside: str = ""
    note: str = ""
    definitions: str = ""
    """The markdown that defines where links in the value lead that do not say so themselves."""

    @property
    def words(self) -> str:
        """All of it as a screen reader should say it."""
        return ". ".join(part for part in (self._words_of_value, plain_text(self.aside), self.note) if part)

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses of its links, in order."""
        return tuple(dict.fromkeys(run.link for run in (*self.runs, *read_cell(self.aside)) if run.link))

    @property
    def runs(self) -> tuple[CellRun, ...]:
        """The value as it is painted, without the end of one too long to be read at a glance."""
        runs = read_cell(self.value[:_LONGEST], self.definitions)
        return runs if len(self.value) <= _LONGEST else (*runs, CellRun("…"))

    @property
    def _words_of_value(self) -> str:
        return " ".join("".join(run.text for run in self.runs).split("\n"))

    def inside(self, article: Article) -> CellFace:
        """The same with what the article defines, which is found only for a value that may refer to it."""
        return self._replace(definitions=article.definitions) if "]" in self.value else self


def face_of(header: str, row: str, column: int) -> CellFace:
    """The face of a row's cell in a table under that header, both as lines of the text; columns from 0."""
    columns = _columns(header)
    value = value_in(row, column)
    face = _paper_face(value) if column == columns.paper else CellFace(value)
    if column == columns.for_surplus and width_of(row) > columns.number:
        surplus = [plain_text(cell.value) for cell in split_row(row)[columns.number :]]
        return face._replace(note=" ".join(part for part in (face.note, _unseen(surplus)) if part))
    return face


class _Columns(NamedTuple):
    """How many columns there are, which holds papers (-1: none), and under which what is too many is shown."""

    number: int
    paper: int
    for_surplus: int


@lru_cache(maxsize=16)
def _columns(header: str) -> _Columns:
    roles = column_roles([cell.value for cell in split_row(header)])
    wide = [column for column, role in enumerate(roles) if role not in _NARROW]
    paper = roles.index(ColumnRole.PAPER) if lists_papers(roles) else -1
    return _Columns(len(roles), paper, wide[-1] if wide else len(roles) - 1)


@lru_cache(maxsize=1024)
def _paper_face(value: str) -> CellFace:
    name = parse_paper_name(value)
    problem = paper_name_problem(value)
    if name is None or not name.title:
        return CellFace(value, note=problem)
    return CellFace(name.title, ", ".join(part for part in (name.authors, name.year) if part), problem)


def _unseen(values: list[str]) -> str:
    written = ", ".join(f"“{value}”" for value in values)
    return f"Readers do not see {written}: {'a cell' if len(values) == 1 else f'{len(values)} cells'} too many."
