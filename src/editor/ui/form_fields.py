"""What the form shows, computed from the article and what its folder tells: one FormField a row, no widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from editor.core.field_kinds import FieldKind, kind_in_folder
from editor.core.front_matter import FieldValue, FrontMatter, Place
from editor.core.held_values import HeldValue, held_values
from editor.core.problems import Severity
from editor.core.written_days import day_comes_first, read_day
from editor.session.folder_knowledge import Knowledge
from editor.ui.field_values import can_show, doubt, label_of, summary

MOST_ROWS = 100
"""A row costs a good part of a millisecond, and nobody fills in a form of more."""
_CANNOT_SHOW = "It holds a character that no field here can show. Edit it in the text."

_DAYS = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})

Identity = tuple[Place, int]
"""A place, and how many fields before it have the same one: what stays of a row while values and places change."""


class FormField(NamedTuple):
    """One row. `text` is the value in one string, `items` those of a list of texts.

    `kind` chooses the widget: LIST only where all items are texts, MAP for a group, whose values are the rows after it.
    `is_there` unless it is a field that the folder's settings require and the article lacks. `position` is its place
    among its `siblings`. `locked` and `problem` are sentences or "".
    """

    identity: Identity
    kind: FieldKind
    text: str = ""
    items: tuple[str, ...] = ()
    line: int = 0
    locked: str = ""
    problem: str = ""
    is_there: bool = True
    position: int = 0
    siblings: int = 1
    choices: tuple[str, ...] = ()
    """For a choice, the texts to choose from; for a list, items to suggest."""
    day_first: bool | None = None
    day_like: str = ""
    """A day as the folder's other articles write it under this name."""
    group_size: int = 0
    is_map: bool = False
    """Of a group: whether its values have names, so that one can be added."""
    keeps_typing: bool = False
    """The value was changed elsewhere while another was being typed, which stays in the widget."""

    @property
    def place(self) -> Place:
        """The way to the value."""
        return self.identity[0]

    @property
    def key(self) -> str:
        """Its name; for an item of a list its position from 1."""
        part = self.place[-1]
        return part if isinstance(part, str) else str(part + 1)

    @property
    def depth(self) -> int:
        """How many groups it lies in."""
        return len(self.place) - 1

    @property
    def name(self) -> str:
        """What it is called, with the groups that it lies in."""
        parts = (part if isinstance(part, str) else str(part + 1) for part in self.place)
        return ", ".join(label_of(part) for part in parts)

    @property
    def doubt(self) -> str:
        """What is wrong with it: what a reader of the file would say, else what its kind makes one ask."""
        return self.problem or ("" if self.locked else doubt(self.kind, self.text, self.day_first))


def form_fields(front_matter: FrontMatter, saved: FrontMatter, knowledge: Knowledge) -> tuple[FormField, ...]:
    """The rows of the form, at most MOST_ROWS: the values in the text's order, then required fields that are missing.

    None from a line on that cannot be read, whose value would be but a part of it. `saved` is the front matter as the
    file has it.
    """
    held = held_values(front_matter)
    if front_matter.locked and front_matter.problems:
        held = tuple(each for each in held if each.line < locked_line(front_matter))
    told = _Told(front_matter, saved, knowledge)
    rows: list[FormField] = []
    seen: Counter[Place] = Counter()
    for field in told.rows(held):
        if len(rows) == MOST_ROWS:
            break
        nth = seen[field.place]
        rows.append(field._replace(identity=(field.place, nth)) if nth else field)
        seen[field.place] += 1
    if front_matter.format and not front_matter.locked:
        rows += told.missing()
    return tuple(rows)


def locked_line(front_matter: FrontMatter) -> int:
    """The line, from 1, that keeps front matter from being edited."""
    lines = (problem.line for problem in front_matter.problems if problem.message == front_matter.locked)
    return next(lines, 1)


class _Told:
    """What article, file and folder together tell of a value."""

    def __init__(self, front_matter: FrontMatter, saved: FrontMatter, knowledge: Knowledge) -> None:
        self._front_matter = front_matter
        self._saved = saved
        self._known = knowledge.fields
        self._settings = knowledge.settings.front_matter
        # Of several problems on a line the first is nearest to its cause; hints say what is locked in other words.
        serious = [each for each in front_matter.problems if each.severity is not Severity.HINT]
        self._problems = {each.line: each.message for each in reversed(serious) if each.message != front_matter.locked}

    def rows(self, held: tuple[HeldValue, ...]) -> Iterator[FormField]:
        for position, each in enumerate(held):
            field = self._field(each, position, len(held))
            yield field
            if field.kind is FieldKind.MAP and not field.locked:
                yield from self.rows(each.children)

    def missing(self) -> Iterator[FormField]:
        """Required fields, as empty as they would be."""
        for key in self._settings.required:
            if self._front_matter.field(key) is None:
                kind, choices = self._kind((key,), FieldKind.EMPTY, "")
                day_like = self._day_like((key,)) if kind in _DAYS else ""
                yield FormField(((key,), 0), kind, choices=choices, is_there=False, day_like=day_like)

    def _field(self, held: HeldValue, position: int, siblings: int) -> FormField:
        value = held.value
        text = value if isinstance(value, str) else summary(value)
        locked = held.locked or ("" if not isinstance(value, str) or can_show(value) else _CANNOT_SHOW)
        kind, choices = self._kind(held.place, held.kind, value)
        items: tuple[str, ...] = ()
        if kind is FieldKind.LIST and isinstance(value, list):
            is_chips = held.is_list_of_texts and all(can_show(str(item)) and "\n" not in item for item in value)
            items = tuple(map(str, value)) if is_chips else ()
            kind = FieldKind.LIST if is_chips else FieldKind.MAP
        return FormField(
            (held.place, 0),
            kind,
            text,
            items,
            held.line,
            locked,
            self._problems.pop(held.line, ""),
            position=position,
            siblings=siblings,
            choices=choices,
            day_first=self._day_first(held.place) if kind in _DAYS else None,
            day_like=self._day_like(held.place) if kind in _DAYS and not text else "",
            group_size=len(held.children),
            is_map=isinstance(value, dict),
        )

    def _kind(self, place: Place, kind: FieldKind, value: FieldValue) -> tuple[FieldKind, tuple[str, ...]]:
        """The kind for the form, and what there is to choose from or to suggest. The folder tells of fields only."""
        if len(place) > 1 or not isinstance(place[0], str):
            return kind, ()
        known = self._known.get(place[0])
        choices = self._settings.choices.get(place[0], ()) or (known.choices if known else ())
        kind = kind_in_folder(kind, place[0], value, known.kind if known else None, has_choices=bool(choices))
        if kind is FieldKind.YES_NO and not value:
            # There is nothing yet that could be switched.
            return FieldKind.CHOICE, ("true", "false")
        if kind is FieldKind.LIST:
            return kind, choices or (known.texts if known else ())
        return kind, choices if kind is FieldKind.CHOICE else ()

    def _day_like(self, place: Place) -> str:
        known = self._known.get(str(place[0]))
        return next((text for text in known.texts if read_day(text)), "") if known else ""

    def _day_first(self, place: Place) -> bool | None:
        saved = self._saved.value_at(place)
        known = self._known.get(str(place[0]))
        return day_comes_first([*([saved] if isinstance(saved, str) else []), *(known.texts if known else ())])
