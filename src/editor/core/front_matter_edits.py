"""Changes of the front matter that leave every other character alone, whichever language it is written in.

Each edit is tried on a copy and read again: whatever moves another value, or reads back as anything but what was asked
for, is not made. So nothing here need know all of a language; it need only propose.

A place leads to a value (`Place`). Where keys of a map are written twice, none of them is a place. Every function
raises EditRefused for a place that is not there or not one that can be edited so, with the line to blame, and for any
edit where the front matter as a whole is locked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from editor.core import yaml_edits, yaml_items
from editor.core.front_matter_fields import FrontMatter, Place
from editor.core.front_matter_languages import edits_but_yaml
from editor.core.front_matter_reading import parse_front_matter
from editor.core.text_edit import TextEdit, apply_edits, smallest_edit


def set_value(
    front_matter: FrontMatter, place: Place, value: str, *, as_in: FrontMatter | None = None
) -> tuple[TextEdit, ...]:
    """The edit that makes the scalar at `place` hold `value`, in the quotes or the block style that it has.

    `as_in` is an earlier version, such as the file as it was opened: where that writes this very value at this place,
    it is written so again, so that a value set back leaves no trace. No edits where the place holds the value already.
    Raises EditRefused for a place that is not there, is no scalar, is locked or cannot hold the value.
    """
    return (edits_but_yaml(front_matter) or yaml_edits).set_value(front_matter, place, value, as_in=as_in)


def add_value(front_matter: FrontMatter, place: Place, value: str) -> tuple[TextEdit, ...]:
    """The edit that adds a scalar in a list or map that is there, written as its neighbours are.

    The last part of `place` is the key that a map is to have, at its end, or the position (0 to the list's length)
    that the item is to have. A place of one part is a new field at the end of the front matter, which must be there.
    Raises EditRefused for a parent that is no list or map (an empty value is neither) and a key that is taken.
    """
    return (edits_but_yaml(front_matter) or yaml_items).add_value(front_matter, place, value)


def add_items(front_matter: FrontMatter, place: Place, items: Sequence[str]) -> tuple[TextEdit, ...]:
    """The edits that add texts, one or more or none, at the end of the list at `place`.

    What is empty there, or not there yet, becomes a list in brackets first; a new one goes where `add_value` puts it.
    Raises EditRefused for a value that is neither empty nor a list, and wherever adding a value does.
    """
    after = front_matter
    value = after.value_at(place)
    if value is None:
        after = _edited(after, add_value(after, place, ""))
    if not isinstance(value, list):
        after = _edited(after, (edits_but_yaml(after) or yaml_edits).begin_list(after, place))
    for at, item in enumerate(items, len(value) if isinstance(value, list) else 0):
        after = _edited(after, add_value(after, (*place, at), item))
    edit = smallest_edit(front_matter.text, after.text)
    return (edit,) if edit else ()


def remove_value(front_matter: FrontMatter, place: Place) -> tuple[TextEdit, ...]:
    """The edit that removes a field, a key with its value or an item, with its lines where it stands on its own.

    A list or map that loses its last value stays as an empty one (`[]`, `{}`). Raises EditRefused for what is not there
    or is needed elsewhere (a YAML anchor).
    """
    return (edits_but_yaml(front_matter) or yaml_items).remove_value(front_matter, place)


def rename_value(front_matter: FrontMatter, place: Place, new: str) -> tuple[TextEdit, ...]:
    """The edit that gives the key at `place` another name, in the quotes that the old one has; its value stays.

    Raises EditRefused for an item of a list, a name that is taken, and a name that only the text can edit.
    """
    return (edits_but_yaml(front_matter) or yaml_edits).rename_value(front_matter, place, new)


def move_value(front_matter: FrontMatter, place: Place, to: int) -> tuple[TextEdit, ...]:
    """The edits that make a field, a key with its value or an item the one at `to` (from 0) among its neighbours.

    Its own lines and the comment lines directly above it go with it. Moved back, it leaves the text as it was. Raises
    EditRefused where something else would change, such as an alias that would come before its anchor.
    """
    return (edits_but_yaml(front_matter) or yaml_items).move_value(front_matter, place, to)


def set_field(
    front_matter: FrontMatter, key: str, value: str, *, as_in: FrontMatter | None = None
) -> tuple[TextEdit, ...]:
    """`set_value` of a field of that name."""
    return set_value(front_matter, (key,), value, as_in=as_in)


def add_field(front_matter: FrontMatter, key: str, value: str, *, newline: str) -> tuple[TextEdit, ...]:
    """The edit that adds a field at the end, before the closing fence, and YAML's fences where there are none.

    `newline` ends the lines of new fences; elsewhere the line above gives its own ending. Raises EditRefused where the
    field is there already, has no name, or the front matter is locked.
    """
    if not front_matter.format:
        return yaml_items.add_first_field(key, value, newline=newline)
    return add_value(front_matter, (key,), value)


def remove_field(front_matter: FrontMatter, key: str) -> tuple[TextEdit, ...]:
    """`remove_value` of a field of that name: it goes with its lines, a comment on them included."""
    return remove_value(front_matter, (key,))


def rename_field(front_matter: FrontMatter, key: str, new: str) -> tuple[TextEdit, ...]:
    """`rename_value` of a field of that name; its place stays too."""
    return rename_value(front_matter, (key,), new)


def move_field(front_matter: FrontMatter, key: str, to: int) -> tuple[TextEdit, ...]:
    """`move_value` of a field of that name."""
    return move_value(front_matter, (key,), to)


def fill_in(
    front_matter: FrontMatter, values: Iterable[tuple[str, str | Sequence[str]]], *, newline: str
) -> tuple[TextEdit, ...]:
    """The edit that adds every field that is not there yet, in this order, a list where the value is one.

    Raises EditRefused where one of them cannot be added.
    """
    after = front_matter
    for key, value in values:
        if after.field(key) is not None:
            continue
        if isinstance(value, str):
            after = _edited(after, add_field(after, key, value, newline=newline))
            continue
        if not after.format:
            after = parse_front_matter(f"---{newline}---{newline}")
        after = _edited(after, add_items(after, (key,), value))
    edit = smallest_edit(front_matter.text, after.text)
    return (edit,) if edit else ()


def _edited(front_matter: FrontMatter, edits: tuple[TextEdit, ...]) -> FrontMatter:
    return parse_front_matter(apply_edits(front_matter.text, edits))
