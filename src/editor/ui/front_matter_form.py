"""The form: the article's front matter as one labelled widget a field, in the file's order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain, pairwise
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from editor.core.article import ArticleChange
from editor.core.front_matter import FrontMatter, Place, move_value, remove_value, rename_value
from editor.core.text_edit import EditRefused
from editor.session.folder_knowledge import Knowledge
from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.add_field_row import AddFieldRow
from editor.ui.affiliate_notes import AffiliateNotes
from editor.ui.field_rows import FieldRow
from editor.ui.fields_area import FieldsArea
from editor.ui.form_additions import addition, beginning, suggestions
from editor.ui.form_edits import Asked, FormEdits
from editor.ui.form_fields import MOST_ROWS, FormField, Identity, form_fields, locked_line

_NONE = "This article has no front matter."


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
        self._edits = FormEdits(buffer)
        self._reason = ""
        self._knowledge = Knowledge()
        self._rows: dict[Identity, FieldRow] = {}
        self._focused_row: FieldRow | None = None
        self._tab_stops: list[QWidget] = []
        self._notice = QLabel()
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
        self._scroll = FieldsArea(self._content)
        self._affiliate_notes = AffiliateNotes(self)
        self._lay_out()
        self._show_in_text.clicked.connect(self._show_trouble)
        self._start.clicked.connect(self._add_front_matter)
        self._add.clicked.connect(self.open_add_row)
        self._add_row.added.connect(self._add_field)
        self._add_row.cancelled.connect(self._close_add_row)
        self._affiliate_notes.due.connect(self._note_affiliates)
        buffer.changed.connect(self._follow)
        buffer.shown.connect(self._reveal)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._focus_moved)
        self._show()

    def set_read_only(self, reason: str) -> None:
        """Allow no edits and say why; "" allows them again."""
        self._reason = reason
        self._show()

    def learn(self, knowledge: Knowledge) -> None:
        """Take in what the article's folder tells."""
        self._knowledge = knowledge
        self._show()

    # Showing the article

    @property
    def _front_matter(self) -> FrontMatter:
        return self._buffer.article.front_matter

    def _follow(self, change: ArticleChange) -> None:
        if change.before.front_matter.text != change.after.front_matter.text:
            self._show()
        self._affiliate_notes.wait()

    def _show(self) -> None:
        front_matter = self._front_matter
        fields = {
            field.identity: field
            for field in form_fields(front_matter, self._buffer.synced.front_matter, self._knowledge)
        }
        if lost := self._edits.lost_field():
            fields[lost.identity] = lost
        if list(fields) != list(self._rows):
            self._exchange_rows(list(fields.values()))
        read_only = bool(self._reason or front_matter.locked)
        for identity, field in fields.items():
            overtaken = self._edits.is_overtaken(field)
            self._rows[identity].show_field(field._replace(keeps_typing=True) if overtaken else field, read_only)
        self._order_tab_stops()
        self._show_state(read_only)
        for identity, sentence in self._affiliate_notes.watch(fields.values()).items():
            self._rows[identity].set_aside(sentence, is_warning=False)

    def _show_state(self, read_only: bool) -> None:
        front_matter = self._front_matter
        more = max(0, len(front_matter.fields) - MOST_ROWS)
        hidden = f"{more:,} more fields are only in the text." if more else ""
        missing = "" if front_matter.format else _NONE
        settings = self._knowledge.settings
        wrong = settings.problems[0].message if settings.problems else ""
        self._notice.setText(self._reason or front_matter.locked or missing or hidden or wrong)
        self._notice.setVisible(bool(self._notice.text()))
        self._show_in_text.setVisible(bool(front_matter.locked or more))
        self._start.setText("Add the template" if settings.front_matter.template else "Add title and date")
        self._start.setVisible(bool(missing) and not self._reason)
        self._add.setEnabled(not read_only)
        if read_only:
            self._add_row.hide()
        self._scroll.setVisible(bool(self._rows) or not self._add_row.isHidden())
        self._scroll.updateGeometry()

    def _exchange_rows(self, wanted: list[FormField]) -> None:
        """Have one row a field in the order wanted; rows of fields that stay are kept, with their focus and caret."""
        focused = next((at for at, row in enumerate(self._rows.values()) if row.has_focus), None)
        old, self._rows = self._rows, {}
        for place, field in enumerate(wanted):
            row = old.pop(field.identity, None) or self._new_row(field)
            self._rows[field.identity] = row
            if self._content.indexOf(row) != place:
                self._content.insertWidget(place, row)
                row.show()  # at once: a layout would do so only later, and a hidden widget takes no focus
        loses_focus = focused is not None and any(row.has_focus for row in old.values())
        if focused is not None and loses_focus:
            self._focus_row(focused)
        for row in old.values():
            row.hide()
            row.deleteLater()
        self._place_add_row()
        self._align()

    def _new_row(self, field: FormField) -> FieldRow:
        row = FieldRow(field)
        row.edited.connect(partial(self._type, row))
        row.left.connect(partial(self._leave, row))
        row.given_up.connect(partial(self._give_up, row))
        row.item_typed.connect(partial(self._type_item, row))
        row.items_added.connect(lambda texts: self._try(row, lambda: self._edits.add_items(row.field, texts)))
        row.item_removed.connect(partial(self._remove_item, row))
        row.item_moved.connect(partial(self._move_item, row))
        row.added_to.connect(lambda: self._open_add_row(row.field.place))
        row.remove_asked.connect(partial(self._remove, row))
        row.rename_asked.connect(partial(self._rename, row))
        row.move_asked.connect(partial(self._move, row))
        row.shown_in_text.connect(lambda: self.shown_in_text.emit(row.field.line))
        row.link_activated.connect(self.link_activated)
        return row

    @property
    def _all_rows(self) -> list[FieldRow | AddFieldRow]:
        rows: list[FieldRow | AddFieldRow] = [*self._rows.values()]
        rows.insert(self._place_of_add_row(), self._add_row)
        return rows

    def _place_of_add_row(self) -> int:
        """Below the last row of the group that it adds to."""
        place = self._add_row.place
        inside = [at for at, (where, _) in enumerate(self._rows, 1) if where[: len(place)] == place]
        return inside[-1] if inside else len(self._rows)

    def _place_add_row(self) -> None:
        place = self._place_of_add_row()
        if self._content.indexOf(self._add_row) != place:
            self._content.removeWidget(self._add_row)
            self._content.insertWidget(place, self._add_row)

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
        if rows:
            rows[min(place, len(rows) - 1)].focus_editor()
        else:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_moved(self, _old: QWidget | None, _new: QWidget | None) -> None:
        before, self._focused_row = self._focused_row, next((row for row in self._rows.values() if row.has_focus), None)
        for row in self._rows.values():
            if row in {before, self._focused_row}:
                row.focus_changed()
        if self._focused_row and self._focused_row is not before:
            self._scroll.show_row(self._focused_row)

    def _reveal(self, start: int, end: int) -> None:
        """Bring the field into view that undo or redo changed between two code points."""
        for field in self._front_matter.fields:
            row = self._rows.get(((field.key,), 0))
            if field.start <= end and start <= field.end and row:
                self._scroll.show_row(row)
                return

    def _note_affiliates(self) -> None:
        for identity, (sentence, is_warning) in self._affiliate_notes.notes(self._buffer.article).items():
            if identity in self._rows:
                self._rows[identity].set_aside(sentence, is_warning=is_warning)

    # Editing values

    def _type(self, row: FieldRow, text: str) -> None:
        if self._try(row, lambda: self._edits.type(row.field, text)):
            row.settle()

    def _type_item(self, row: FieldRow, at: int, text: str) -> None:
        self._try(row, lambda: self._edits.type_item(row.field, at, text))

    def _leave(self, row: FieldRow, *, keep: bool = True) -> None:
        """What is typed after this is another step, and what was refused gives way to what the article has.

        What was typed while the value changed elsewhere is what the writer wants.
        """
        if keep and row.field.keeps_typing and (text := row.typed_text) is not None:
            self._try(row, lambda: self._edits.type(row.field, text))
        self._edits.leave()
        row.settle()
        if not row.field.is_there:
            self._show()

    def _give_up(self, row: FieldRow) -> None:
        self._leave(row, keep=False)

    def _remove_item(self, row: FieldRow, at: int) -> None:
        place = (*row.field.place, at)
        self._ask(lambda article: remove_value(article.front_matter, place), f"remove from {row.field.key}")

    def _move_item(self, row: FieldRow, at: int, to: int) -> None:
        place = (*row.field.place, at)
        self._ask(lambda article: move_value(article.front_matter, place, to), f"move in {row.field.key}")

    # Editing fields

    def _remove(self, row: FieldRow) -> None:
        self._ask(lambda article: remove_value(article.front_matter, row.field.place), f"remove {row.field.key}")

    def _rename(self, row: FieldRow, new: str) -> None:
        place, nth = row.field.identity
        edits: Asked = lambda article: rename_value(article.front_matter, place, new)  # noqa: E731
        if not self._ask(edits, f"rename {row.field.key}"):
            self._focus_identity(((*place[:-1], new), nth))

    def _move(self, row: FieldRow, by: int) -> None:
        field = row.field
        to = field.position + by
        self._ask(lambda article: move_value(article.front_matter, field.place, to), f"move {field.key}")
        self._focus_identity(field.identity)

    def _focus_identity(self, identity: Identity) -> None:
        if identity in self._rows:
            self._rows[identity].focus_editor()
            self._scroll.show_row(self._rows[identity])

    def _show_trouble(self) -> None:
        """Go to the line that can't be read, or to the first field that has no row."""
        front_matter = self._front_matter
        locked = front_matter.locked
        self.shown_in_text.emit(locked_line(front_matter) if locked else front_matter.fields[MOST_ROWS].line)

    # Adding fields

    def open_add_row(self) -> None:
        """Ask for a new field's name and value."""
        self._open_add_row(())

    def _open_add_row(self, place: Place) -> None:
        self._add_row.begin(place, () if place else suggestions(self._front_matter, self._knowledge))
        self._place_add_row()
        self._show()
        if place:
            self._scroll.show_row(self._add_row)
        else:
            self._scroll.show_end()

    def _close_add_row(self) -> None:
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._add_row.hide()
        self._add_row.place = ()
        self._place_add_row()
        self._show()

    def _add_field(self, key: str, value: str) -> None:
        place = self._add_row.place
        if refusal := self._ask(addition(place, key, value, self._knowledge), f"add {key}"):
            self._add_row.refuse(refusal)
            return
        self._close_add_row()
        self._focus_identity(((*place, key), 0))

    def _add_front_matter(self) -> None:
        if not self._ask(beginning(self._knowledge), "add front matter"):
            self._focus_row(0)

    def _ask(self, edits: Asked, label: str) -> str:
        """Make an edit as a step of its own. Returns why it was refused, empty where it was made."""
        try:
            self._edits.ask(edits, label)
        except EditRefused as refusal:
            self.refused.emit(refusal.message, refusal.line)
            return refusal.message
        return ""

    def _try(self, row: FieldRow, edit: Callable[[], None]) -> bool:
        """Make an edit of a row's value, which says so where it is refused."""
        try:
            edit()
        except EditRefused as refusal:
            row.refuse(refusal.message)
            self.refused.emit(refusal.message, refusal.line)
            return False
        return True

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
