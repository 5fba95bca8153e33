"""How the command line names a place in the front matter: a field, or a way into its lists and maps."""

from __future__ import annotations

import re
from itertools import accumulate

from editor.core.front_matter import FieldValue, FrontMatter, Place

_POSITION = re.compile(r"[1-9][0-9]{0,8}")

PLACES = (
    "KEY is a field by its name, whatever is in it. Where no field is called so, dots lead into lists and maps: "
    "“author.name” is “name” in the map “author”, and “tags.1” the first item of the list “tags”."
)
"""What `--help` says of a KEY."""


def place_of(front_matter: FrontMatter, key: str) -> Place:
    """The place that a KEY means; that of a field not there yet where no list or map is called as it begins."""
    if front_matter.field(key):
        return (key,)
    parts = key.split(".")
    # A field's own name may hold dots too: the longest name that leads somewhere is meant.
    for length, name in reversed(list(enumerate(accumulate(parts, "{}.{}".format), start=1))[:-1]):
        field = front_matter.field(name)
        if field and not isinstance(field.value, str):
            return _way(name, field.value, parts[length:])
    return (key,)


def _way(name: str, value: FieldValue | None, parts: list[str]) -> Place:
    place: list[str | int] = [name]
    for part in parts:
        is_position = isinstance(value, list) and _POSITION.fullmatch(part) is not None
        place.append(int(part) - 1 if is_position else part)
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list):
            value = value[int(part) - 1] if is_position and int(part) <= len(value) else None
    return tuple(place)
