"""The form: the article's front matter as one labelled widget a field, in the file's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from editor.core.article import Article, ArticleChange
from editor.core.front_matter import Field, FrontMatter, add_field, remove_field, set_field
from editor.core.text_edit import EditRefused, TextEdit, apply_edits, smallest_edit
from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.field_editors import plain_tip
from editor.ui.field_rows import AddFieldRow, FieldRow

_MOST_HEIGHT = 180
_MOST_ROWS = 100
"""Rows cost a third of a millisecond each, and nobody fills in a form of more."""

_Identity = tuple[str, int]
"""A key and how many fields before it have the same."""


@dataclass(slots=True)
class _Typing:
    """Typing in one field: the front matter it began in, and the text that the last key left.

    Each key sets the value anew in `origin`, so that how the value is quoted at the end does not depend on what it read
    on the way there (a trailing space, half a date).
    """

    key: str
    origin: FrontMatter
    left: str


class FrontMatterForm(QWidget):
    """A view of the front matter; each key typed is an edit of the article, and what is typed elsewhere shows here."""

    refused = Signal(str, int)
    """An edit that could not be made: a sentence, and the line from 1 (0: none)."""
    shown_in_text = Signal(int)
    """The writer wants to go to this line, from 1, in the text."""
    link_activated = Signal(str)
    """The writer wants to open this web or mail address."""

    def __init__(self, buffer: TextBuffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buffer = buffer
        self._read_only = ""
        self._typing: _Typing | None = None
        self._rows: dict[_Identity, FieldRow] = {}
        self._line = 0
        self.setProperty("class", "pane")
        self.setAccessibleName("Front matter")
        self._build()
        buffer.changed.connect(self._follow)
        buffer.shown.connect(self._reveal)
        self._show()
