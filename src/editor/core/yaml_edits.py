"""Values and names of YAML front matter set so that all else stands; `front_matter_edits` says what each does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.core.front_matter_fields import FrontMatter, Node, Place
from editor.core.lines import line_ending
from editor.core.text_edit import EditRefused, TextEdit, smallest_edit
from editor.core.yaml_entries import block_entries, line_start
from editor.core.yaml_places import Shape, Spot, changed, in_words, line_of, refuse_around, roots, shape_of, spot_at
from editor.core.yaml_scalars import Surroundings, ways_to_write
from editor.core.yaml_types import keeps_type, names

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_BLANKS = re.compile(r"[ \t]*")
_COLLECTION = frozenset({"seq", "map"})


def set_value(
    front_matter: FrontMatter, place: Place, value: str, *, as_in: FrontMatter | None = None
) -> tuple[TextEdit, ...]:
    """A plain value stays plain where it is read back as the same string and as no other type.

    Text that would be taken for a date, a number or yes/no gets quotes, a date's new date does not.
    """
    spot = spot_at(front_matter, place)
    refuse_around(front_matter, place, spot.way)
    node, text = spot.node, front_matter.text
    if node.tag in _COLLECTION:
        kind = "list" if node.tag == "seq" else "map"
        raise EditRefused(f"{in_words(place)}: It is a {kind}. Edit it in the text.", line_of(front_matter, node))
    if node.value == value:
        return ()
    before = shape_of(front_matter).but_value(spot.path)
    earlier = _earlier(as_in, place, value)
    # Lines of a file whose endings have been changed since are no model.
    if as_in and earlier and _ending(as_in.text, earlier.end) == _ending(text, node.end):
        edit = _written_as(front_matter, node, as_in, earlier)
        found = changed(front_matter, edit, spot.path, Shape.but_value, before)
        if found and _kind(found) == _kind(earlier):
            return _smallest(text, edit)
    for edit in _ways(front_matter, spot, value):
        found = changed(front_matter, edit, spot.path, Shape.but_value, before)
        if found and found.value == value and keeps_type(found, node.tag, place):
            return _smallest(text, edit)
    message = f"{in_words(place)} cannot hold this value without touching something else. Edit it in the text."
    raise EditRefused(message, line_of(front_matter, node))


def begin_list(front_matter: FrontMatter, place: Place) -> tuple[TextEdit, ...]:
    """What is empty, quoted or not, becomes a list in brackets that holds nothing yet."""
    spot = spot_at(front_matter, place)
    refuse_around(front_matter, place, spot.way)
    node, text = spot.node, front_matter.text
    line = line_of(front_matter, node)
    if node.value or node.tag not in {"null", "str"}:
        raise EditRefused(f"{in_words(place)} is not empty. Make a list of it in the text.", line)
    before = shape_of(front_matter).but_value(spot.path)
    needs_blank = node.content_start == node.end and text[node.content_start - 1] not in " \t\r\n"
    edit = TextEdit(node.content_start, node.end, " []" if needs_blank else "[]")
    found = changed(front_matter, edit, spot.path, Shape.but_value, before)
    if not found or found.value != []:
        raise EditRefused(f"{in_words(place)} cannot become a list here. Edit it in the text.", line)
    return (edit,)


def rename_value(front_matter: FrontMatter, place: Place, new: str) -> tuple[TextEdit, ...]:
    """The name keeps its quotes."""
    spot = spot_at(front_matter, place)
    refuse_around(front_matter, place[:-1], spot.way[:-1])
    node, text = spot.node, front_matter.text
    if node.key_start < 0:
        raise EditRefused(f"{in_words(place)} has no name.", line_of(front_matter, node))
    if new == node.key:
        return ()
    refuse_name(front_matter, place[:-1], spot.parent, new)
    was = text[node.key_start : node.key_end]
    before = shape_of(front_matter).but_name(spot.path)
    for name in names(new, was[:1]) if was[:1] not in "&!*|>" and node.key != "<<" else ():
        edit = TextEdit(node.key_start, node.key_end, name)
        found = changed(front_matter, edit, spot.path, Shape.but_name, before)
        if found and found.key == new:
            return _smallest(text, edit)
    message = f"{in_words(place)} cannot be renamed to “{new}” here. Edit it in the text."
    raise EditRefused(message, line_of(front_matter, node))


def refuse_name(front_matter: FrontMatter, place: Place, parent: Node | None, name: str) -> None:
    """Raise EditRefused where a name is none, or the map at `place` (or the front matter) has it already."""
    if not name.strip():
        raise EditRefused("A field needs a name.")
    children = parent.children if parent else roots(front_matter)
    there = next((child for child in children if child.key == name), None)
    if there:
        line = line_of(front_matter, there)
        what = f"“{name}” in {in_words(place)}" if place else f"a field “{name}”"
        raise EditRefused(f"There is {what} already, on line {line}.", line)


def _smallest(text: str, edit: TextEdit) -> tuple[TextEdit, ...]:
    smallest = smallest_edit(text[edit.start : edit.end], edit.text, edit.start)
    return (smallest,) if smallest else ()


def _ways(front_matter: FrontMatter, spot: Spot, value: str) -> Iterator[TextEdit]:
    """The value written in the place of the one there, in the style that this has, and then in others."""
    text, node = front_matter.text, spot.node
    was = text[node.content_start : node.end]
    needs_blank = not was and text[node.content_start - 1] not in " \t\r\n"
    around = Surroundings(was, _column(text, spot), _ending(text, node.start if node.key_start < 0 else node.key_start))
    for written in ways_to_write(value, node.style, around):
        yield TextEdit(node.content_start, node.end, " " + written if written and needs_blank else written)


def _ending(text: str, at: int) -> str:
    """The ending of the line that holds the code point `at`."""
    line = _LINE.match(text, at)
    return line_ending(line.group()) if line else "\n"


def _column(text: str, spot: Spot) -> int:
    """Blanks before the name or the dash of a value."""
    node, parent = spot.node, spot.parent
    if parent and parent.tag == "seq":
        if parent.style:
            return 0
        return block_entries(text, parent.children, parent.content_start, is_map=False)[spot.path[-1]].column
    return node.key_start - line_start(text, node.key_start)


def _earlier(as_in: FrontMatter | None, place: Place, value: str) -> Node | None:
    """The value as an earlier version writes it, if it has the same one there."""
    try:
        found = spot_at(as_in, place).node if as_in else None
    except EditRefused:
        return None
    return found if found and found.value == value and not found.locked and found.tag not in _COLLECTION else None


def _written_as(front_matter: FrontMatter, node: Node, as_in: FrontMatter, earlier: Node) -> TextEdit:
    """The earlier writing in the place of the one there; with the blanks around it where either is empty."""
    if node.content_start < node.end and earlier.content_start < earlier.end:
        return TextEdit(node.content_start, node.end, as_in.text[earlier.content_start : earlier.end])
    start, end = _with_blanks(as_in.text, earlier)
    return TextEdit(*_with_blanks(front_matter.text, node), as_in.text[start:end])


def _with_blanks(text: str, node: Node) -> tuple[int, int]:
    """A value with the blanks on both sides of it, on its line."""
    line = text[line_start(text, node.content_start) : node.content_start]
    after = _BLANKS.match(text, node.end)
    return node.content_start - (len(line) - len(line.rstrip(" \t"))), after.end() if after else node.end


def _kind(node: Node) -> tuple[object, ...]:
    return (node.value, node.tag, node.style)
