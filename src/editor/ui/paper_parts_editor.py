"""A paper's cell as its three parts: title, authors and year, each in a field of its own."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from editor.core.papers import PaperName, paper_name_problem, paper_parts, parse_paper_name, with_parts
from editor.ui import theme
from editor.ui.cell_editor import CellText
from editor.ui.editor_box import EditorBox
from editor.ui.undo_keys import OwnHistory, plain_context_menu

_LINE_BREAKS = re.compile("[ \t]*[\r\n\u2028\u2029]+[ \t]*")
_CHARACTERS, _TITLE_LINES, _YEAR_CHARACTERS = 64, 2, 9


class PaperPartsEditor(EditorBox):
    """Three fields. A part that nothing was typed into keeps its characters, and so does what is between the parts."""

    def __init__(self, around: QWidget, caption: str) -> None:
        super().__init__(around, caption, "Return: done · Tab: next part · Esc: leave it as it was")
        self._whole = ""
        self._parts = PaperName("", "", "")
        self._title = CellText()
        self._title.setTabChangesFocus(True)
        self._title.setProperty("class", "field")
        self._authors, self._year = QLineEdit(), QLineEdit()
        self._authors.setPlaceholderText("Siebrecht · Barbagallo & Dominguez · Liu et al.")
        self._year.setPlaceholderText("2013")
        self._problem = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._problem.setProperty("class", "problem")
        for line in (self._authors, self._year):
            line.installEventFilter(OwnHistory(line))
            plain_context_menu(line)
            line.textEdited.connect(self._say_problem)
        self._title.textChanged.connect(self._say_problem)
        self.lay_out([self._grid()], [self._title, self._authors, self._year])

    def show_value(self, value: str) -> None:
        self._whole, self._parts = value, paper_parts(value)
        self._title.show_value(self._parts.title)
        for field, text in ((self._authors, self._parts.authors), (self._year, self._parts.year)):
            field.setText(text)
            field.setCursorPosition(0)
        self._say_problem()

    def value(self) -> str:
        written = PaperName(
            self._title.value().strip() if self._title.is_changed else self._parts.title,
            _line(self._authors) if self._authors.isModified() else self._parts.authors,
            _line(self._year) if self._year.isModified() else self._parts.year,
        )
        return with_parts(self._whole, written)

    @property
    def is_changed(self) -> bool:
        return self._title.is_changed or self._authors.isModified() or self._year.isModified()

    def wanted_size(self, cell_width: int) -> QSize:
        width = max(cell_width, self.fontMetrics().averageCharWidth() * _CHARACTERS)
        return QSize(width, self.heightForWidth(width))

    def _say_problem(self) -> None:
        value = self.value()
        # Empty it would change the height of the box.
        self._problem.setText(paper_name_problem(value) or " ")
        self._year.setProperty("invalid", bool(_line(self._year)) and parse_paper_name(value) is None)
        theme.restyle(self._year)

    def _grid(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.worn().spacing.small)
        grid.setVerticalSpacing(theme.worn().spacing.tiny)
        self._title.setFixedHeight(self.fontMetrics().lineSpacing() * _TITLE_LINES + theme.worn().spacing.large)
        self._year.setFixedWidth(self.fontMetrics().averageCharWidth() * _YEAR_CHARACTERS + theme.worn().spacing.huge)
        for name, field, row, column, span in (
            ("&Title", self._title, 0, 0, 2),
            ("&Authors", self._authors, 2, 0, 1),
            ("&Year", self._year, 2, 1, 1),
        ):
            label = QLabel(name)
            label.setProperty("class", "quiet")
            label.setBuddy(field)
            field.setAccessibleName(name.replace("&", ""))
            grid.addWidget(label, row, column, 1, span)
            grid.addWidget(field, row + 1, column, 1, span)
        grid.addWidget(self._problem, 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        return inside


def _line(field: QLineEdit) -> str:
    return _LINE_BREAKS.sub(" ", field.text()).strip()
