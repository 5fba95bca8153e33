"""Changes of JSON front matter that leave every other character alone; `front_matter_edits` says what each does."""

from __future__ import annotations

from collections.abc import Iterator

from editor.core import bracket_edits, value_edits
from editor.core.front_matter_fields import FrontMatter, Place
from editor.core.json_reading import load, take_apart
from editor.core.string_pieces import escaped, pieces_of, spliced
from editor.core.text_edit import TextEdit
from editor.core.value_edits import Language, Was
from editor.core.value_spans import FAILURES, Number, Source


def set_value(
    front_matter: FrontMatter, place: Place, value: str, *, as_in: FrontMatter | None = None
) -> tuple[TextEdit, ...]:
    """A number stays a number, and true or false one of the two, where the new text is one; all else is text."""
    return value_edits.set_value(_JSON, front_matter, place, value, as_in)


def begin_list(front_matter: FrontMatter, place: Place) -> tuple[TextEdit, ...]:
    """An empty text, or nothing, becomes `[]`."""
    return value_edits.begin_list(_JSON, front_matter, place)


def add_value(front_matter: FrontMatter, place: Place, value: str) -> tuple[TextEdit, ...]:
    """New fields are written as their neighbours are."""
    return value_edits.add_value(_JSON, front_matter, place, value)


def remove_value(front_matter: FrontMatter, place: Place) -> tuple[TextEdit, ...]:
    """A value goes with the comma that it needs no longer."""
    return value_edits.remove_value(_JSON, front_matter, place)


def rename_value(front_matter: FrontMatter, place: Place, new: str) -> tuple[TextEdit, ...]:
    """Where the old name has escapes, what the new one shares with it keeps them."""
    return value_edits.rename_value(_JSON, front_matter, place, new)


def move_value(front_matter: FrontMatter, place: Place, to: int) -> tuple[TextEdit, ...]:
    """Commas stay where they are."""
    return value_edits.move_value(_JSON, front_matter, place, to)


def tags_in(front_matter: FrontMatter, key: str) -> dict[Place, str]:
    """YAML's names for the types of all scalars in a field that is a list or map."""
    return value_edits.tags_in(_JSON, front_matter, key)


def _ways_to_write(value: str, was: Was) -> Iterator[str]:
    if was.loaded is None:
        if value_edits.is_obvious(value, was.key):
            yield value
    elif type(was.loaded) is not str and _type_of(value) is type(was.loaded):
        yield value
    yield _string(value, was.text)


def _type_of(value: str) -> type | None:
    try:
        loaded = load(value)
    except FAILURES:
        return None
    return type(loaded) if isinstance(loaded, (bool, Number)) else None


def _string(value: str, was: str) -> str:
    """`value` in quotes; what it shares with an old string is written as it was."""
    pieces = pieces_of(was[1:-1]) if was.startswith('"') else []
    return f'"{spliced(pieces, value, escaped)}"'


def _added(source: Source, place: Place, written: str) -> tuple[TextEdit, ...]:
    brackets, last = source.nodes[place[:-1]], place[-1]
    if isinstance(last, int):
        return bracket_edits.added(source.text, brackets, last, written)
    key = bracket_edits.key_before(source.text, brackets, _string(last, ""), ": ")
    return bracket_edits.added(source.text, brackets, len(brackets.members), key + written)


def _removed(source: Source, place: Place) -> tuple[TextEdit, ...]:
    return bracket_edits.removed(source.text, *source.members[place])


def _moved(source: Source, place: Place, to: int) -> tuple[TextEdit, ...]:
    brackets, index = source.members[place]
    return bracket_edits.moved(source.text, brackets, index, to)


_JSON = Language(take_apart, _ways_to_write, _string, _added, _removed, _moved)
