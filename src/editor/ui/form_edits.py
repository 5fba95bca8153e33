"""Edits that the form asks for: typing in a value as one step, and everything else as a step of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from editor.core.article import Article
from editor.core.field_kinds import FieldKind
from editor.core.front_matter import FrontMatter, Place, add_field, add_items, set_value
from editor.core.text_edit import EditRefused, TextEdit, apply_edits, smallest_edit
from editor.session.text_buffer import TextBuffer
from editor.ui.form_fields import FormField

Edits = tuple[TextEdit, ...]
Asked = Callable[[Article], Edits]
Way = Callable[[FrontMatter, str], Edits]
"""How a text becomes the value of a place that is being typed in."""


@dataclass(slots=True)
class _Typing:
    """Typing in one value: the front matter that it began in, and its text and the history as the last key left them.

    Each key sets the value anew in `origin`, so that how the value is quoted in the end does not depend on what it was
    on the way there: a trailing blank, half a date.
    """

    place: Place
    way: Way
    origin: FrontMatter
    typed: str
    left: str
    state: int


class FormEdits:
    """Makes edits in a buffer. Each function that edits raises EditRefused, with nothing changed."""

    def __init__(self, buffer: TextBuffer) -> None:
        self._buffer = buffer
        self._typing: _Typing | None = None

    @property
    def _front_matter(self) -> FrontMatter:
        return self._buffer.article.front_matter

    def type(self, field: FormField, text: str) -> None:
        """Make `text` the value of a field, as part of one step with what was typed in it just before."""
        self._type(field.place, text, self._way(field), field.key)

    def type_item(self, field: FormField, at: int, text: str) -> None:
        """The same for the item at a position of a list; the position behind the last is that of a new item."""
        place = (*field.place, at)
        self._type(place, text, self._way_of_item(field, place, is_new=at >= len(field.items)), field.key)

    def add_items(self, field: FormField, texts: list[str]) -> None:
        """Add items to a list, as one step."""
        self.leave()
        self._buffer.edit(add_items(self._front_matter, field.place, texts), f"add to {field.key}")

    def ask(self, edits: Asked, label: str) -> None:
        """Make an edit as a step of its own."""
        self.leave()
        self._buffer.edit(edits(self._buffer.article), label)

    def leave(self) -> None:
        """What is typed after this is another step."""
        self._buffer.history.seal()
        self._typing = None

    # Changes from elsewhere while a value is being typed

    def is_overtaken(self, field: FormField) -> bool:
        """Whether the value of a field that is being typed in was changed by someone else since the last key.

        What was undone or redone was so by the writer, who wants to see it.
        """
        typing = self._typing
        if not typing or typing.place[: len(field.place)] != field.place:
            return False
        value = self._front_matter.value_at(typing.place)
        gone = value is None and typing.typed != ""
        return (gone or value not in {None, typing.typed}) and self._buffer.history.state > typing.state

    def lost_field(self) -> FormField | None:
        """The field that is being typed in, where someone else removed it since the last key: it can be added again."""
        typing, front_matter = self._typing, self._front_matter
        if not typing or not typing.typed or len(typing.place) > 1 or front_matter.locked or not front_matter.format:
            return None
        is_lost = front_matter.value_at(typing.place) is None and self._buffer.history.state > typing.state
        return FormField((typing.place, 0), FieldKind.TEXT, is_there=False, keeps_typing=True) if is_lost else None

    # Typing

    def _is_typing(self, place: Place) -> bool:
        typing = self._typing
        return typing is not None and typing.place == place and typing.left == self._front_matter.text

    def _type(self, place: Place, text: str, way: Way, name: str) -> None:
        front_matter = self._front_matter
        typing = self._typing if self._is_typing(place) else None
        typing = typing or _Typing(place, way, front_matter, "", front_matter.text, 0)
        after = apply_edits(typing.origin.text, typing.way(typing.origin, text))
        before, self._typing = self._typing, replace(typing, typed=text, left=after)
        try:
            self._buffer.edit(_difference(front_matter.text, after), f"edit {name}", f"field:{place}")
        except EditRefused:
            self._typing = before
            raise
        self._typing.state = self._buffer.history.state

    @property
    def _saved(self) -> FrontMatter:
        """A value that is what the file holds is written as it is there: what is set back leaves no trace."""
        return self._buffer.synced.front_matter

    def _way_of_item(self, field: FormField, place: Place, *, is_new: bool) -> Way:
        if is_new:
            return lambda front_matter, text: add_items(front_matter, field.place, [text]) if text else ()
        return lambda front_matter, text: set_value(front_matter, place, text, as_in=self._saved)

    def _way(self, field: FormField) -> Way:
        if field.is_there:
            return lambda front_matter, text: set_value(front_matter, field.place, text, as_in=self._saved)
        newline = self._buffer.article.newline
        return lambda front_matter, text: add_field(front_matter, field.key, text, newline=newline) if text else ()


def _difference(before: str, after: str) -> Edits:
    edit = smallest_edit(before, after)
    return (edit,) if edit else ()
