"""Edits of TOML and JSON front matter: proposed by the language, and made only where the reader agrees.

Each edit is tried on a copy, and the copy read again with the standard reader. What was loaded before and after, with
types and the order of keys, must differ by what was asked for alone. `front_matter_edits` says what each edit does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from editor.core import value_fields
from editor.core.field_kinds import is_prose_key
from editor.core.front_matter_fence import front_matter_length
from editor.core.front_matter_fields import FrontMatter, Place
from editor.core.lines import count_endings, first_ending
from editor.core.loaded_values import left_by, masked, moved, renamed, same, without
from editor.core.text_edit import EditRefused, TextEdit, apply_edits, smallest_edit
from editor.core.value_spans import FAILURES, Source

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_OBVIOUS = re.compile(r"0|-?[1-9]\d{0,14}|true|false")
Edits = tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class Was:
    """A value before it is set: as written ("" for a new one), as loaded (None for nothing), its key, its newline."""

    text: str
    loaded: object
    key: str
    newline: str


@dataclass(frozen=True, slots=True)
class Language:
    """What one language proposes. Nothing here need be right: it is tried.

    `ways_to_write` gives writings of a value, nearest to how it was first and the surest last; `name` a key in the
    quotes of an old one ("" for none); the last three the edits for a place, and raise EditRefused where they know why
    there are none.
    """

    take_apart: Callable[[str], Source]
    ways_to_write: Callable[[str, Was], Iterator[str]]
    name: Callable[[str, str], str]
    added: Callable[[Source, Place, str], Edits]
    removed: Callable[[Source, Place], Edits]
    moved: Callable[[Source, Place, int], Edits]


def set_value(
    language: Language, front_matter: FrontMatter, place: Place, value: str, as_in: FrontMatter | None
) -> Edits:
    """A value keeps its type where the new text is of it, and its quotes where they can hold the text."""
    source = _opened(language, front_matter)
    _existing(source, place)
    written = source.written(place)
    if written is None:
        _refuse(source, place, f"“{place[-1]}” is a list or map. Set what is in it, or edit it in the text.")
    if written == value:
        return ()
    span = source.nodes[place]
    was = source.text[span.start : span.end]
    around = Was(was, source.at(place), _key(place), first_ending(source.text))
    for way in (*_as_it_was(language, place, value, as_in), *language.ways_to_write(value, around)):
        after = _tried(language, source, (TextEdit(span.start, span.end, way),))
        if after and _reads(after, place, value) and same(masked(source.loaded, place), masked(after.loaded, place)):
            return _smallest(was, way, span.start)
    message = f"“{place[-1]}” cannot hold this value without touching something else. Edit it in the text."
    raise EditRefused(message, line_of(source, place))


def begin_list(language: Language, front_matter: FrontMatter, place: Place) -> Edits:
    """An empty list is written the same in both languages."""
    source = _opened(language, front_matter)
    _existing(source, place)
    if source.written(place) != "":
        _refuse(source, place, f"“{place[-1]}” is not empty. Make a list of it in the text.")
    span = source.nodes[place]
    edit = TextEdit(span.start, span.end, "[]")
    after = _tried(language, source, (edit,))
    if not after or after.at(place) != [] or not same(masked(source.loaded, place), masked(after.loaded, place)):
        _refuse(source, place, f"“{place[-1]}” cannot become a list here. Edit it in the text.")
    return (edit,)


def add_value(language: Language, front_matter: FrontMatter, place: Place, value: str) -> Edits:
    """A new value is text, unless it can only be meant as a whole number, true or false, or (in TOML) a day."""
    source = _opened(language, front_matter)
    _refuse_taken(source, place)
    for way in language.ways_to_write(value, Was("", None, _key(place), first_ending(source.text))):
        edits = language.added(source, place, way)
        after = _tried(language, source, edits)
        if after and _reads(after, place, value) and same(without(after.loaded, place), source.loaded):
            return edits
    raise EditRefused(f"“{place[-1]}” cannot be added here with this value. Write it in the text.")


def remove_value(language: Language, front_matter: FrontMatter, place: Place) -> Edits:
    """A value goes with its lines."""
    source = _opened(language, front_matter)
    _existing(source, place)
    edits = language.removed(source, place)
    after = _tried(language, source, edits)
    if not after or not any(same(after.loaded, left) for left in left_by(source.loaded, place)):
        _refuse(source, place, f"“{place[-1]}” cannot be removed without touching something else. Edit it in the text.")
    return edits


def rename_value(language: Language, front_matter: FrontMatter, place: Place, new: str) -> Edits:
    """A name keeps its quotes, and is changed wherever it is written: TOML may name a table many times."""
    source = _opened(language, front_matter)
    _existing(source, place)
    old = place[-1]
    if new == old:
        return ()
    if isinstance(old, int):
        _refuse(source, place, "The items of a list have no names.")
    _refuse_taken(source, (*place[:-1], new))
    edits: list[TextEdit] = []
    for name in (name for where, name in source.names if where == place):
        was = source.text[name.start : name.end]
        edits += _smallest(was, language.name(new, was), name.start)
    after = _tried(language, source, edits)
    if not after or not same(renamed(after.loaded, (*place[:-1], new), old), source.loaded):
        _refuse(source, place, f"“{old}” cannot be renamed to “{new}” here. Edit it in the text.")
    return tuple(edits)


def move_value(language: Language, front_matter: FrontMatter, place: Place, to: int) -> Edits:
    """The texts of the values change places; what stands between them stays."""
    source = _opened(language, front_matter)
    _existing(source, place)
    index = position(source, place)
    if not 0 <= to < len(source.keys(place[:-1])):
        _refuse(source, place, f"There is no place {to + 1} to move “{place[-1]}” to.")
    if to == index:
        return ()
    edits = language.moved(source, place, to)
    after = _tried(language, source, edits)
    if not after or not same(after.loaded, moved(source.loaded, place, index, to)):
        _refuse(source, place, f"“{place[-1]}” cannot be moved there without touching something else.")
    return edits


def tags_in(language: Language, front_matter: FrontMatter, key: str) -> dict[Place, str]:
    """YAML's names for the types of all scalars in a field."""
    return value_fields.tags_in(_opened(language, front_matter), (key,))


def position(source: Source, place: Place) -> int:
    """Which of its neighbours, from 0, the value at a place that is there is."""
    return source.keys(place[:-1]).index(place[-1])


def line_of(source: Source, place: Place) -> int:
    """The line, from 1, of a place or of what it would be in."""
    for depth in range(len(place), 0, -1):
        if place[:depth] in source.nodes:
            return count_endings(source.text[: source.nodes[place[:depth]].start]) + 1
        for where, name in source.names:
            if where == place[:depth]:
                return count_endings(source.text[: name.start]) + 1
    return 1


def is_obvious(value: str, key: str) -> bool:
    """Whether a value for a new field can only be meant as a whole number, true or false; but in a title it is text."""
    return bool(_OBVIOUS.fullmatch(value)) and not is_prose_key(key)


def _opened(language: Language, front_matter: FrontMatter) -> Source:
    if front_matter.locked:
        problem = next((problem for problem in front_matter.problems if problem.message == front_matter.locked), None)
        raise EditRefused(front_matter.locked, problem.line if problem else 1)
    return language.take_apart(front_matter.text)


def _refuse(source: Source, place: Place, message: str) -> NoReturn:
    raise EditRefused(message, line_of(source, place))


def _existing(source: Source, place: Place) -> None:
    """Refuse a place that is not there, or that could be meant in two ways."""
    _refuse_twice(source, place)
    try:
        source.at(place)
    except LookupError:
        _refuse(source, place, f"There is no “{place[-1]}” in the front matter.")
    if not place:
        raise EditRefused("The front matter as a whole is edited in the text.")


def _refuse_twice(source: Source, place: Place) -> None:
    for depth in range(1, len(place) + 1):
        if place[:depth] in source.twice:
            _refuse(source, place, f"“{place[depth - 1]}” is written more than once. Keep one of them in the text.")


def _refuse_taken(source: Source, place: Place) -> None:
    """Refuse a place where nothing can be added."""
    _refuse_twice(source, place)
    last = place[-1] if place else ""
    try:
        parent = source.at(place[:-1])
    except LookupError:
        parent = None
    if isinstance(parent, list) and isinstance(last, int) and 0 <= last <= len(parent):
        return
    if not isinstance(parent, dict) or not isinstance(last, str):
        _refuse(source, place, f"There is no list or map to add “{last}” to.")
    if not last.strip():
        raise EditRefused("A field needs a name.")
    if last in parent:
        line = line_of(source, place)
        raise EditRefused(f"There is a field “{last}” already, on line {line}.", line)


def _as_it_was(language: Language, place: Place, value: str, as_in: FrontMatter | None) -> Iterator[str]:
    """How an earlier version writes this very value at this place."""
    if as_in and not as_in.locked:
        try:
            earlier = language.take_apart(as_in.text)
            if earlier.written(place) == value and not earlier.twice:
                span = earlier.nodes[place]
                yield earlier.text[span.start : span.end]
        except FAILURES:
            return  # written in another language, or without such a place


def _tried(language: Language, source: Source, edits: Iterable[TextEdit]) -> Source | None:
    """The text after the edits, taken apart; None where it is no longer front matter, or worse than it was."""
    edits = tuple(edits)
    if any(_SURROGATE.search(edit.text) for edit in edits):
        return None
    text = apply_edits(source.text, edits)
    if front_matter_length(text) != len(text):
        return None
    try:
        after = language.take_apart(text)
    except FAILURES:
        return None
    return after if after.twice <= source.twice else None


def _reads(after: Source, place: Place, value: str) -> bool:
    """Whether a place is there and holds the value."""
    try:
        return after.written(place) == value
    except LookupError:
        return False


def _key(place: Place) -> str:
    return next((part for part in reversed(place) if isinstance(part, str)), "")


def _smallest(was: str, now: str, at: int) -> Edits:
    edit = smallest_edit(was, now, at)
    return (edit,) if edit else ()
