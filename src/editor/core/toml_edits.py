"""Changes of TOML front matter that leave every other character alone; `front_matter_edits` says what each does."""

from __future__ import annotations

from editor.core import bracket_edits, toml_statements, value_edits
from editor.core.front_matter_fields import FrontMatter, Place
from editor.core.text_edit import EditRefused, TextEdit
from editor.core.toml_reading import take_apart
from editor.core.toml_scalars import key, ways_to_write
from editor.core.value_edits import Language
from editor.core.value_spans import Source


def set_value(
    front_matter: FrontMatter, place: Place, value: str, *, as_in: FrontMatter | None = None
) -> tuple[TextEdit, ...]:
    """A date, a number, true or false stays one where the new text is one, as the writer writes it; all else is text.

    Text keeps its quotes and its several lines as long as those can hold it.
    """
    return value_edits.set_value(TOML, front_matter, place, value, as_in)


def begin_list(front_matter: FrontMatter, place: Place) -> tuple[TextEdit, ...]:
    """An empty text, or nothing, becomes `[]`."""
    return value_edits.begin_list(TOML, front_matter, place)


def add_value(front_matter: FrontMatter, place: Place, value: str) -> tuple[TextEdit, ...]:
    """A new field comes before the first table, a key at the end of its table's own lines or inside its braces."""
    return value_edits.add_value(TOML, front_matter, place, value)


def remove_value(front_matter: FrontMatter, place: Place) -> tuple[TextEdit, ...]:
    """A table goes with its header; one that has no header, and a list of tables, go with the last that is in them."""
    return value_edits.remove_value(TOML, front_matter, place)


def rename_value(front_matter: FrontMatter, place: Place, new: str) -> tuple[TextEdit, ...]:
    """A table is renamed in each header and each dotted key."""
    return value_edits.rename_value(TOML, front_matter, place, new)


def move_value(front_matter: FrontMatter, place: Place, to: int) -> tuple[TextEdit, ...]:
    """A key moves among the keys of its table, a table with all its lines among tables."""
    return value_edits.move_value(TOML, front_matter, place, to)


def tags_in(front_matter: FrontMatter, key: str) -> dict[Place, str]:
    """YAML's names for the types of all scalars in a field that is a list or map."""
    return value_edits.tags_in(TOML, front_matter, key)


def _added(source: Source, place: Place, written: str) -> tuple[TextEdit, ...]:
    parent, last = place[:-1], place[-1]
    brackets = source.nodes.get(parent)
    if not brackets:
        if isinstance(last, int):
            raise EditRefused("A table is added to a list of tables in the text.", value_edits.line_of(source, place))
        return toml_statements.added(source, place, key(last, ""), written)
    if isinstance(last, int):
        return bracket_edits.added(source.text, brackets, last, written)
    name = bracket_edits.key_before(source.text, brackets, key(last, ""), " = ")
    return bracket_edits.added(source.text, brackets, len(brackets.members), name + written)


def _removed(source: Source, place: Place) -> tuple[TextEdit, ...]:
    if place in source.members:
        return bracket_edits.removed(source.text, *source.members[place])
    return toml_statements.removed(source, place)


def _moved(source: Source, place: Place, to: int) -> tuple[TextEdit, ...]:
    neighbours = source.keys(place[:-1])
    index = value_edits.position(source, place)
    if place not in source.members:
        return toml_statements.moved(source, [(*place[:-1], name) for name in neighbours], index, to)
    brackets, at = source.members[place]
    if at != index or len(brackets.members) != len(neighbours):
        raise EditRefused(
            "It is part of a dotted key in braces. Edit it in the text.", value_edits.line_of(source, place)
        )
    return bracket_edits.moved(source.text, brackets, at, to)


TOML = Language(take_apart, ways_to_write, key, _added, _removed, _moved)
