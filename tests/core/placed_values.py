"""What tests of edits at a place share: the values in a text, and the text after an edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from editor.core.front_matter import FrontMatter, Place, parse_front_matter, set_value
from editor.core.text_edit import EditRefused, TextEdit, apply_edits


def places(loaded: Any, place: Place = ()) -> Iterator[Place]:
    """The place of everything in what a reader gave, the outermost first."""
    if place:
        yield place
    inner = loaded.items() if isinstance(loaded, dict) else enumerate(loaded) if isinstance(loaded, list) else ()
    for key, value in inner:
        yield from places(value, (*place, key))


def leaves(loaded: Any) -> list[Place]:
    """The places of the scalars."""
    return [place for place in places(loaded) if not isinstance(at(loaded, place), (dict, list))]


def at(loaded: Any, place: Place) -> Any:
    """What is at a place."""
    for part in place:
        loaded = loaded[part]
    return loaded


def index_of(loaded: Any, place: Place) -> int:
    """Which of its neighbours, from 0, the value at a place is."""
    siblings = at(loaded, place[:-1])
    return list(siblings).index(place[-1]) if isinstance(siblings, dict) else int(place[-1])


def with_value(loaded: Any, place: Place, value: object) -> Any:
    """A copy with another value at a place."""
    if not place:
        return value
    inner = loaded.items() if isinstance(loaded, dict) else enumerate(loaded)
    parts = {key: with_value(old, place[1:], value) if key == place[0] else old for key, old in inner}
    return parts if isinstance(loaded, dict) else list(parts.values())


def written_at(text: str, place: Place) -> str:
    """A value as the writer sees it: the field's own, or what it holds."""
    field = parse_front_matter(text).field(str(place[0]))
    assert field
    return str(at(field.value, place[1:]))


def edited(text: str, edit: Callable[[FrontMatter], tuple[TextEdit, ...]]) -> str:
    """The text after an edit of its front matter."""
    return apply_edits(text, edit(parse_front_matter(text)))


def tried(text: str, edit: Callable[[FrontMatter], tuple[TextEdit, ...]]) -> tuple[str, str]:
    """The text after an edit and "", or "" and why it was refused."""
    try:
        return edited(text, edit), ""
    except EditRefused as refused:
        return "", refused.message


def changed(text: str, place: Place, value: str, as_in: str = "") -> str:
    """The text after a value is set; `as_in` is an earlier one."""
    earlier = parse_front_matter(as_in) if as_in else None
    return edited(text, lambda front_matter: set_value(front_matter, place, value, as_in=earlier))
