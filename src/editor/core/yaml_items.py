"""Entries of YAML front matter added, removed and moved; `front_matter_edits` says what each function does."""

from __future__ import annotations

from collections.abc import Iterator

from editor.core.front_matter_fence import fences
from editor.core.front_matter_fields import FrontMatter, Node, Place
from editor.core.front_matter_reading import parse_front_matter
from editor.core.text_edit import EditRefused, TextEdit, apply_edits, smallest_edit
from editor.core.yaml_blocks import add_to_block, field_line, move_in_block, remove_from_block
from editor.core.yaml_brackets import add_to_brackets, move_in_brackets, remove_from_brackets
from editor.core.yaml_edits import refuse_name
from editor.core.yaml_places import (
    Shape,
    Spot,
    changed,
    in_words,
    line_of,
    names_an_anchor_twice,
    refuse_around,
    refuse_if_locked,
    refuse_if_needed,
    roots,
    shape_of,
    spot_at,
    stands,
    why_not,
)
from editor.core.yaml_types import keeps_type


def add_first_field(key: str, value: str, *, newline: str) -> tuple[TextEdit, ...]:
    """Front matter with one field, for an article that has none."""
    fresh = parse_front_matter(f"---{newline}---{newline}")
    return (TextEdit(0, 0, apply_edits(fresh.text, add_value(fresh, (key,), value))),)


def add_value(front_matter: FrontMatter, place: Place, value: str) -> tuple[TextEdit, ...]:
    """New values are written as their neighbours are."""
    refuse_if_locked(front_matter)
    parent = spot_at(front_matter, place[:-1]) if len(place) > 1 else None
    if parent:
        refuse_around(front_matter, place[:-1], parent.way)
    path, key = _path_of_new(front_matter, place, parent), str(place[-1]) if isinstance(place[-1], str) else ""
    expected, old_tag = shape_of(front_matter), _type_beside(parent, path[-1])
    for edit in _additions(front_matter, parent, key, path, value):
        found = changed(front_matter, edit, path, Shape.without, expected)
        if found and (found.key, found.value) == (key, value) and keeps_type(found, old_tag, place):
            return (edit,)
    line = line_of(front_matter, parent.node) if parent else 0
    raise EditRefused(f"{in_words(place)} cannot be added with this value. Write it in the text.", line)


def remove_value(front_matter: FrontMatter, place: Place) -> tuple[TextEdit, ...]:
    """An empty list or map is left where the last value goes: a program that asks for a list still finds one."""
    spot = spot_at(front_matter, place)
    refuse_around(front_matter, place[:-1], spot.way[:-1])
    refuse_if_needed(front_matter, place, spot.node)
    text, parent, at = front_matter.text, spot.parent, spot.path[-1]
    if parent and parent.style:
        edits = remove_from_brackets(text, parent, at)
    else:
        edits = remove_from_block(text, _siblings(front_matter, spot), at, spot.way[:-1], spot.path)
    if stands(front_matter, edits, shape_of(front_matter).without(spot.path)):
        return edits
    message = f"{in_words(place)} cannot be removed: {why_not(front_matter, edits)}. Edit it in the text."
    raise EditRefused(message, line_of(front_matter, spot.node))


def move_value(front_matter: FrontMatter, place: Place, to: int) -> tuple[TextEdit, ...]:
    """What stands between two entries (blank lines, commas) keeps its place, so that moving back restores the text."""
    spot = spot_at(front_matter, place)
    refuse_around(front_matter, place[:-1], spot.way[:-1])
    text, parent, at = front_matter.text, spot.parent, spot.path[-1]
    siblings, line = _siblings(front_matter, spot), line_of(front_matter, spot.node)
    if not 0 <= to < len(siblings):
        raise EditRefused(f"{in_words(place)} cannot be moved to position {to + 1} of {len(siblings)}.", line)
    if to == at:
        return ()
    if names_an_anchor_twice(front_matter):
        raise EditRefused("A YAML anchor is there twice, so the order decides what its aliases repeat.", line)
    if parent and parent.style:
        edit = move_in_brackets(text, siblings, at, to)
    else:
        edit = move_in_block(text, siblings, parent.content_start if parent else 0, at, to)
    smallest = smallest_edit(text[edit.start : edit.end], edit.text, edit.start)
    edits = (smallest,) if smallest else ()
    if stands(front_matter, edits, shape_of(front_matter).moved(spot.path, to)):
        return edits
    message = f"{in_words(place)} cannot be moved there: {why_not(front_matter, edits)}. Edit it in the text."
    raise EditRefused(message, line)


def _siblings(front_matter: FrontMatter, spot: Spot) -> tuple[Node, ...]:
    return spot.parent.children if spot.parent else roots(front_matter)


def _path_of_new(front_matter: FrontMatter, place: Place, parent: Spot | None) -> tuple[int, ...]:
    """The positions that are to lead to a new value. Raises EditRefused where there is no room for it."""
    last = place[-1] if place else ""
    if not parent:
        if isinstance(last, int):
            raise EditRefused("A field needs a name.")
        refuse_name(front_matter, (), None, last)
        return (len(front_matter.fields),)
    node, where = parent.node, in_words(place[:-1])
    line = line_of(front_matter, node)
    if node.tag == "map" and isinstance(last, str):
        refuse_name(front_matter, place[:-1], node, last)
        return (*parent.path, len(node.children))
    if node.tag == "map":
        raise EditRefused(f"{where} is a map: what is added to it needs a name.", line)
    if node.tag != "seq":
        raise EditRefused(f"{where} is no list and no map, so nothing can be added to it.", line)
    if isinstance(last, str) or not 0 <= last <= len(node.children):
        count = len(node.children)
        raise EditRefused(f"{where} is a list of {count}: an item is added at a position from 1 to {count + 1}.", line)
    return (*parent.path, last)


def _type_beside(parent: Spot | None, position: int) -> str:
    """YAML's name for the type that an item's neighbour has, "null" where nothing tells what a new value is."""
    if not parent or parent.node.tag != "seq" or not parent.node.children:
        return "null"
    tag = parent.node.children[max(position - 1, 0)].tag
    return "null" if tag in {"seq", "map", "alias"} else tag


def _additions(
    front_matter: FrontMatter, parent: Spot | None, key: str, path: tuple[int, ...], value: str
) -> Iterator[TextEdit]:
    text = front_matter.text
    if not parent:
        _, at = fences(text)
        return field_line(text, roots(front_matter), at, key, value)
    if parent.node.style:
        return add_to_brackets(text, parent.node, path[-1], key, value)
    return add_to_block(text, parent.node, path[-1], key, value)
