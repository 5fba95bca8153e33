"""The form: the article's front matter as one labelled widget a field, in the file's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.article import Article, ArticleChange
from editor.core.front_matter import Field, FrontMatter, add_field, remove_field, set_field
from editor.core.text_edit import EditRefused, TextEdit, apply_edits, smallest_edit
from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.field_rows import AddFieldRow, FieldRow

_MOST_HEIGHT = 180
_MOST_ROWS = 100
"""A row costs a good part of a millisecond, and nobody fills in a form of more."""
_NONE = "This article has no front matter."

_Asked = Callable[[Article], tuple[TextEdit, ...]]
_Identity = tuple[str, int]
"""A key, and how many fields before it have the same one."""


@dataclass(slots=True)
class _Typing:
    """Typing in one field: the front matter that it began in, and its text as the last key left it.

    Each key sets the value anew in `origin`, so that how the value is quoted in the end does not depend on what it was
    on the way there: a trailing blank, half a date.
    """

    key: str
    origin: FrontMatter
    left: str


class FrontMatterForm(QWidget):
    """A view of the front matter: each key typed here edits the article, and what is changed elsewhere shows here."""

    refused = Signal(str, int)
    """An edit that could not be made: a sentence, and the line from 1 (0: none)."""
    shown_in_text = Signal(int)
    """The writer wants to go to this line, from 1, in the text."""
    link_activated = Signal(str)
    """The writer wants to open this web or mail address."""

    def __init__(self, buffer: TextBuffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buffer = buffer
        self._reason = ""
        self._typing: _Typing | None = None
        self._rows: dict[_Identity, FieldRow] = {}
        self._tab_stops: list[QWidget] = []
        self._notice = QLabel()
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.setWordWrap(True)
        self._notice.setProperty("class", "quiet")
        self._show_in_text = QPushButton("Show in text")
        self._start = QPushButton("Add title and date")
        self._add = QToolButton()
        self._add.setText("Add field")
        self._add.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._add_row = AddFieldRow()
        self._content = QVBoxLayout()
        self._scroll = _FieldsArea(self._content)
        self._lay_out()
        self._show_in_text.clicked.connect(self._show_trouble)
        self._start.clicked.connect(self._add_front_matter)
        self._add.clicked.connect(self.open_add_row)
        self._add_row.added.connect(self._add_field)
        self._add_row.cancelled.connect(self._close_add_row)
        buffer.changed.connect(self._follow)
        buffer.shown.connect(self._reveal)
        self._show()

    def set_read_only(self, reason: str) -> None:
        """Allow no edits and say why; "" allows them again."""
        self._reason = reason
        self._show()

    # Showing the article

    @property
    def _front_matter(self) -> FrontMatter:
        return self._buffer.article.front_matter

    def _follow(self, change: ArticleChange) -> None:
        if change.before.front_matter.text != change.after.front_matter.text:
            self._show()

    def _show(self) -> None:
        front_matter = self._front_matter
        fields = _identified(_shown_fields(front_matter))
        if list(fields) != list(self._rows):
            self._exchange_rows(list(fields))
        read_only = bool(self._reason or front_matter.locked)
        problems = {problem.start: problem.message for problem in front_matter.problems}
        for identity, field in fields.items():
            self._rows[identity].show_field(field, problems.get(field.start, ""), read_only)
        self._order_tab_stops()
        self._show_state(read_only)

    def _show_state(self, read_only: bool) -> None:
        front_matter = self._front_matter
        more = max(0, len(front_matter.fields) - _MOST_ROWS)
        hidden = f"{more:,} more fields are only in the text." if more else ""
        missing = "" if front_matter.format else _NONE
        self._notice.setText(self._reason or front_matter.locked or missing or hidden)
        self._notice.setVisible(bool(self._notice.text()))
        self._show_in_text.setVisible(bool(front_matter.locked or more))
        self._start.setVisible(bool(missing) and not self._reason)
        self._add.setEnabled(not read_only)
        if read_only:
            self._add_row.hide()
        self._scroll.setVisible(bool(self._rows) or not self._add_row.isHidden())
        self._scroll.updateGeometry()

    def _exchange_rows(self, wanted: list[_Identity]) -> None:
        """Have one row a field in the order wanted; rows of fields that stay are kept, with their focus and caret."""
        focused = next((at for at, row in enumerate(self._rows.values()) if row.has_focus), None)
        old, self._rows = self._rows, {}
        for place, identity in enumerate(wanted):
            row = old.pop(identity, None) or self._new_row(identity)
            self._rows[identity] = row
            if self._content.indexOf(row) != place:
                self._content.insertWidget(place, row)
                row.show()  # at once: a layout would do so only later, and a hidden widget takes no focus
        loses_focus = focused is not None and any(row.has_focus for row in old.values())
        if focused is not None and loses_focus:
            self._focus_row(focused)
        for row in old.values():
            row.hide()
            row.deleteLater()
        self._align()

    def _new_row(self, identity: _Identity) -> FieldRow:
        row = FieldRow(identity[0])
        row.edited.connect(partial(self._type, row))
        row.left.connect(partial(self._leave, row))
        row.remove_asked.connect(partial(self._remove, row))
        row.shown_in_text.connect(partial(self._go_to, row))
        row.link_activated.connect(self.link_activated)
        return row

    @property
    def _all_rows(self) -> list[FieldRow | AddFieldRow]:
        return [*self._rows.values(), self._add_row]

    def _align(self) -> None:
        width = max((row.label_width for row in self._rows.values()), default=0)
        for row in self._all_rows:
            row.set_label_width(width)

    def _order_tab_stops(self) -> None:
        """Tab goes down the fields and ends where one can be added."""
        stops = [
            *chain.from_iterable(row.tab_stops for row in self._all_rows),
            self._show_in_text,
            self._start,
            self._add,
        ]
        if stops != self._tab_stops:
            self._tab_stops = stops
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)
            self.setFocusProxy(stops[0] if self._rows else self._add if self._front_matter.format else self._start)

    def _focus_row(self, place: int) -> None:
        """Put the focus in the row at a place, else in the last one, else where a field can be added."""
        rows = list(self._rows.values())
        widget = rows[min(place, len(rows) - 1)].editor if rows else self._add
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reveal(self, start: int, end: int) -> None:
        """Bring the field into view that undo or redo changed between two code points."""
        for identity, field in _identified(self._front_matter.fields).items():
            if field.start <= end and start <= field.end and identity in self._rows:
                self._scroll.ensureWidgetVisible(self._rows[identity])
                return

    def _field_of(self, row: FieldRow) -> Field | None:
        fields = _identified(self._front_matter.fields)
        return next((fields.get(identity) for identity, each in self._rows.items() if each is row), None)

    # Editing fields

    def _type(self, row: FieldRow, value: str) -> None:
        front_matter = self._front_matter
        typing = self._typing
        if not typing or typing.key != row.key or typing.left != front_matter.text:
            typing = _Typing(row.key, front_matter, front_matter.text)
        try:
            after = apply_edits(typing.origin.text, self._set(typing.origin, row.key, value))
            self._buffer.edit(_difference(front_matter.text, after), f"edit {row.key}", f"field:{row.key}")
        except EditRefused as refusal:
            field = front_matter.field(row.key)
            row.refuse(str(field.value) if field else "", refusal.message)
            self.refused.emit(refusal.message, refusal.line)
            return
        typing.left = after
        self._typing = typing
        row.settle()
        self._show()

    def _set(self, front_matter: FrontMatter, key: str, value: str) -> tuple[TextEdit, ...]:
        """A value that is what the file holds is written as it is there: what is set back leaves no trace."""
        return set_field(front_matter, key, value, as_in=self._buffer.synced.front_matter)

    def _leave(self, row: FieldRow) -> None:
        """What is typed after this is another step, and what was refused gives way to what the article has."""
        self._buffer.history.seal()
        self._typing = None
        row.settle()
        if self._field_of(row):
            self._show()

    def _remove(self, row: FieldRow) -> None:
        self._ask(lambda article: remove_field(article.front_matter, row.key), f"remove {row.key}")

    def _go_to(self, row: FieldRow) -> None:
        if field := self._field_of(row):
            self.shown_in_text.emit(field.line)

    def _show_trouble(self) -> None:
        """Go to the line that can't be read, or to the first field that has no row."""
        front_matter = self._front_matter
        locked = front_matter.locked
        self.shown_in_text.emit(_locked_line(front_matter) if locked else front_matter.fields[_MOST_ROWS].line)

    # Adding fields

    def open_add_row(self) -> None:
        """Ask for a new field's name and value."""
        self._add_row.begin()
        self._show()
        self._scroll.show_end()

    def _close_add_row(self) -> None:
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._add_row.hide()
        self._show()

    def _add_field(self, key: str, value: str) -> None:
        def edits(article: Article) -> tuple[TextEdit, ...]:
            return add_field(article.front_matter, key, value, newline=article.newline)

        if refusal := self._ask(edits, f"add {key}"):
            self._add_row.refuse(refusal)
            return
        self._close_add_row()
        if (key, 0) in self._rows:
            self._rows[key, 0].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_front_matter(self) -> None:
        """Begin with what every article has: the first heading is its title."""
        outline = self._buffer.article.outline
        values = {
            "title": outline[0].title if outline else "",
            "date": QDate.currentDate().toString(Qt.DateFormat.ISODate),
        }

        def edits(article: Article) -> tuple[TextEdit, ...]:
            after = article
            for key, value in values.items():
                after = after.apply(*add_field(after.front_matter, key, value, newline=article.newline)).after
            return _difference(article.text, after.text)

        if not self._ask(edits, "add front matter"):
            self._focus_row(0)

    def _ask(self, edits: _Asked, label: str) -> str:
        """Make an edit. Returns why it was refused, empty where it was made."""
        try:
            self._buffer.edit(edits(self._buffer.article), label)
        except EditRefused as refusal:
            self.refused.emit(refusal.message, refusal.line)
            return refusal.message
        return ""

    # The pane

    def _lay_out(self) -> None:
        space = theme.worn().spacing
        title = QLabel("Front matter")
        title.setProperty("class", "section")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, space.small, 0)
        head.addWidget(title)
        head.addStretch()
        head.addWidget(self._add)
        state = QHBoxLayout()
        state.setContentsMargins(space.medium, 0, space.medium, space.small)
        state.setSpacing(space.small)
        state.addWidget(self._notice, 1)
        state.addWidget(self._show_in_text)
        state.addWidget(self._start)
        self._content.setContentsMargins(space.medium, 0, space.small, space.small)
        self._content.setSpacing(space.tiny)
        self._content.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._content.addWidget(self._add_row)
        self._add_row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(state)
        column.addWidget(self._scroll)
        self.setProperty("class", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Front matter")


class _FieldsArea(QScrollArea):
    """As high as its fields, up to a limit beyond which they scroll."""

    def __init__(self, fields: QVBoxLayout) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setLayout(fields)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)  # which setWidget has switched on
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        inside = self._inside.sizeHint()
        return QSize(inside.width(), min(inside.height(), _MOST_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), min(self.sizeHint().height(), _MOST_HEIGHT // 3))

    def show_end(self) -> None:
        """Scroll to the last row, once the layout knows of it."""
        self._inside.adjustSize()
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())


def _shown_fields(front_matter: FrontMatter) -> tuple[Field, ...]:
    """The fields that get a row: none from a line on that cannot be read, whose value would be but a part of it."""
    fields = front_matter.fields[:_MOST_ROWS]
    if front_matter.locked and front_matter.problems:
        return tuple(field for field in fields if field.line < _locked_line(front_matter))
    return fields


def _locked_line(front_matter: FrontMatter) -> int:
    """The line, from 1, that keeps front matter from being edited."""
    lines = (problem.line for problem in front_matter.problems if problem.message == front_matter.locked)
    return next(lines, 1)


def _identified(fields: Iterable[Field]) -> dict[_Identity, Field]:
    """Fields by what stays the same of them while their values and places change."""
    seen: Counter[str] = Counter()
    identified: dict[_Identity, Field] = {}
    for field in fields:
        identified[field.key, seen[field.key]] = field
        seen[field.key] += 1
    return identified


def _difference(before: str, after: str) -> tuple[TextEdit, ...]:
    edit = smallest_edit(before, after)
    return (edit,) if edit else ()
