"""All that front matter holds as one tree of values with their places, whichever language it is written in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from editor.core.field_kinds import FieldKind, kind_of
from editor.core.front_matter_fields import Field, FieldValue, FrontMatter, Node, Place
from editor.core.front_matter_languages import edits_but_yaml
from editor.core.lines import line_ends

DEEPEST = 4
"""Levels of lists and maps in one another that are taken apart; what lies deeper is edited in the text."""

MOST_CHILDREN = 200
"""Values of one list or map that are taken apart; nobody looks through more of them in a form."""

_TOO_DEEP = "It lies too deep for a form. Edit it in the text."
_TOO_MANY = "It holds more values than a form has room for. Edit it in the text."


@dataclass(frozen=True, slots=True)
class HeldValue:
    """One value: a field's, a key's of a map, or an item's of a list.

    `place` leads to it, `value` is as in a Field, `line` counts from 1. `locked` is "" or the sentence why it cannot be
    edited by itself. `children` are the values of a list or map in order; a locked one has none.
    """

    place: Place
    value: FieldValue
    kind: FieldKind
    line: int
    locked: str = ""
    children: tuple[HeldValue, ...] = ()

    @property
    def key(self) -> str:
        """The name that it goes by; "" for an item of a list."""
        return self.place[-1] if isinstance(self.place[-1], str) else ""

    @property
    def is_list_of_texts(self) -> bool:
        """Whether it is a list in which all items are scalars that can be set, one of none included."""
        scalars = (isinstance(child.value, str) and not child.locked for child in self.children)
        return self.kind is FieldKind.LIST and not self.locked and all(scalars)


def held_values(front_matter: FrontMatter) -> tuple[HeldValue, ...]:
    """The values of the fields, in the order of the text."""
    language = edits_but_yaml(front_matter)
    if language is None:
        reading = _Yaml(_repeated(front_matter), list(line_ends(front_matter.text)))
        return tuple(_of_yaml(field, reading) for field in front_matter.fields)
    return tuple(
        HeldValue((field.key,), field.value, field.kind, field.line, field.locked)
        if field.locked or isinstance(field.value, str)
        else _of_loaded((field.key,), field.value, field.kind, field.line, language.tags_in(front_matter, field.key))
        for field in front_matter.fields
    )


@dataclass(frozen=True, slots=True)
class _Yaml:
    """What is asked of a whole text once: where the values begin that aliases repeat, and where its lines end."""

    repeated: frozenset[int]
    line_ends: list[int]


def _of_yaml(field: Field, reading: _Yaml) -> HeldValue:
    place = (field.key,)
    if not field.node or field.locked or isinstance(field.value, str):
        return HeldValue(place, field.value, field.kind, field.line, field.locked)
    return _of_node(field.node, place, reading)


def _of_node(node: Node, place: Place, reading: _Yaml) -> HeldValue:
    line = bisect_right(reading.line_ends, node.key_start if node.key_start >= 0 else node.start) + 1
    key = place[-1] if isinstance(place[-1], str) else ""
    kind = kind_of(key, node.value, node.tag, node.style)
    locked = node.locked
    if not locked and node.start in reading.repeated:
        locked = "Another line repeats it (a YAML alias). Edit it in the text."
    if locked := locked or _too_much(node.value, place):
        return HeldValue(place, node.value, kind, line, locked)
    children = (
        _of_node(child, (*place, child.key if node.tag == "map" else at), reading)
        for at, child in enumerate(node.children)
    )
    return HeldValue(place, node.value, kind, line, "", tuple(children))


def _too_much(value: FieldValue, place: Place) -> str:
    """Why a list or map is not taken apart; "" where it is."""
    if isinstance(value, str) or not value:
        return ""
    return _TOO_DEEP if len(place) > DEEPEST else _TOO_MANY if len(value) > MOST_CHILDREN else ""


def _repeated(front_matter: FrontMatter) -> frozenset[int]:
    """Where the values begin that aliases repeat: to set one of them would change the others."""
    waiting = [field.node for field in front_matter.fields if field.node]
    found = set()
    while waiting:
        node = waiting.pop()
        if node.repeats >= 0:
            found.add(node.repeats)
        waiting.extend(node.children)
    return frozenset(found)


def _of_loaded(place: Place, value: FieldValue, kind: FieldKind, line: int, tags: dict[Place, str]) -> HeldValue:
    """TOML and JSON have true types, which `tags` tells; all that is in a field is said to be on the field's line."""
    if isinstance(value, str):
        return HeldValue(place, value, kind, line)
    if locked := _too_much(value, place):
        return HeldValue(place, value, kind, line, locked)
    inner: Iterator[tuple[str | int, FieldValue]] = iter(value.items() if isinstance(value, dict) else enumerate(value))
    children = []
    for part, each in inner:
        where = (*place, part)
        style = "|" if isinstance(each, str) and "\n" in each else ""
        its_kind = kind_of(part if isinstance(part, str) else "", each, tags.get(where, "str"), style)
        children.append(_of_loaded(where, each, its_kind, line, tags))
    return HeldValue(place, value, kind, line, "", tuple(children))
