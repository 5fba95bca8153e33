"""Where every value of TOML or JSON stands: a scanner for text that a real reader has accepted.

The readers of the standard library tell what a text says and not where it says it. This tells where, and leans on them
for the rest: it is never asked about a text that they refuse, and who edits by it reads the outcome with them again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from editor.core.front_matter_fields import FieldValue, Place

DEEPEST = 50
"""Levels of nesting: those who write the values out, as JSON say, should not run out of stack."""

FAILURES = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What the readers raise on text that is hostile: a number without end, a bracket opened 60,000 times."""


class Number(str):
    """A number as the string written; its `repr` tells it from text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Number({super().__repr__()})"


@dataclass(frozen=True, slots=True)
class Grammar:
    """How the two languages differ inside a value. `gap` matches what may stand between two tokens, nothing included.

    `scalar` matches a whole string or bare word, `name` one part of a key, which `decode` makes the string it means;
    `separator` stands between a key and its value.
    """

    scalar: re.Pattern[str]
    name: re.Pattern[str]
    gap: re.Pattern[str]
    separator: str
    decode: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Name:
    """One part of a key; the span has its quotes."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ValueSpan:
    """A value from `start` to `end`; `opening` is its bracket, or "" for a scalar."""

    start: int
    end: int
    opening: str = ""
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """What stands between two commas: an item, or a key (of several names where it is dotted) and its value."""

    start: int
    names: tuple[Name, ...]
    value: ValueSpan

    @property
    def end(self) -> int:
        """Where it ends, its comma not included."""
        return self.value.end


@dataclass(frozen=True, slots=True)
class Statement:
    """A key with its value, or a table's header, on lines of its own (TOML).

    `place` is that of the value or table, `section` the place of the table whose header stands above, () for none.
    """

    start: int
    end: int
    place: Place
    section: Place
    is_header: bool
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A text, what a real reader makes of it, and where that stands. Shared: treat `loaded` as frozen.

    `members` tells for each place inside brackets the brackets and the position in them; `names` has every writing of a
    key with the place it leads to; `twice` the places that have more than one value.
    """

    text: str
    loaded: dict[str, object]
    nodes: dict[Place, ValueSpan] = field(default_factory=dict)
    members: dict[Place, tuple[ValueSpan, int]] = field(default_factory=dict)
    names: list[tuple[Place, Name]] = field(default_factory=list)
    twice: set[Place] = field(default_factory=set)
    statements: list[Statement] = field(default_factory=list)

    def add(self, place: Place, node: ValueSpan) -> None:
        """Take in a value and all that is in it. Raises ValueError where that is too deep."""
        if len(place) > DEEPEST:
            raise ValueError(f"it is nested more than {DEEPEST} levels deep")
        if place in self.nodes:
            self.twice.add(place)
        self.nodes[place] = node
        for index, member in enumerate(node.members):
            inner = self.name(place, member.names) if node.opening == "{" else (*place, index)
            self.members[inner] = (node, index)
            self.add(inner, member.value)

    def name(self, place: Place, names: tuple[Name, ...]) -> Place:
        """Take in a key written inside `place`. Returns the place that it leads to."""
        for name in names:
            place = (*place, name.text)
            self.names.append((place, name))
        return place

    def at(self, place: Place) -> object:
        """What was loaded there. Raises LookupError where there is nothing."""
        found: object = self.loaded
        for part in place:
            is_key = isinstance(found, dict) and isinstance(part, str)
            if not is_key and not (isinstance(found, list) and isinstance(part, int) and 0 <= part < len(found)):
                raise LookupError(part)
            found = found[part]  # type: ignore[index]
        return found

    def keys(self, place: Place) -> list[str | int]:
        """The keys of the map at a place, the positions of a list. Raises LookupError where there is neither."""
        found = self.at(place)
        if isinstance(found, list):
            return list(range(len(found)))
        if isinstance(found, dict):
            return list(found)
        raise LookupError(place)

    def written(self, place: Place) -> str | None:
        """A scalar as the string written; None for what is none."""
        loaded = self.at(place)
        return None if isinstance(loaded, (dict, list)) else str(self.value(loaded, place))

    def value(self, loaded: object, place: Place) -> FieldValue:
        """What was loaded at a place, its scalars as the strings written."""
        match loaded:
            case dict():
                return {str(key): self.value(inner, (*place, str(key))) for key, inner in loaded.items()}
            case list():
                return [self.value(inner, (*place, index)) for index, inner in enumerate(loaded)]
            case str():
                return str(loaded)
            case bool():
                return "true" if loaded else "false"
            case None:
                return ""
        return self.text[self.nodes[place].start : self.nodes[place].end]


def read_node(text: str, at: int, grammar: Grammar, depth: int = 0) -> ValueSpan:
    """The value that begins at a code point. Raises one of FAILURES where it has none, or has too many levels."""
    opening = text[at]
    if opening not in "[{":
        return ValueSpan(at, matched(grammar.scalar, text, at))
    if depth == DEEPEST:
        raise ValueError(f"it is nested more than {DEEPEST} levels deep")
    closing = "]" if opening == "[" else "}"
    members: list[Member] = []
    start, inside = at, matched(grammar.gap, text, at + 1)
    while text[inside] != closing:
        at = inside
        names: tuple[Name, ...] = ()
        if opening == "{":
            names, inside = read_names(text, inside, grammar)
            inside = matched(grammar.gap, text, _after(grammar.separator, text, inside))
        value = read_node(text, inside, grammar, depth + 1)
        members.append(Member(at, names, value))
        inside = matched(grammar.gap, text, value.end)
        if text[inside] != closing:
            inside = matched(grammar.gap, text, _after(",", text, inside))
    return ValueSpan(start, inside + 1, opening, tuple(members))


def read_names(text: str, at: int, grammar: Grammar) -> tuple[tuple[Name, ...], int]:
    """The names of a key that begins at a code point, and where what follows the blanks behind it begins."""
    names: list[Name] = []
    while True:
        end = matched(grammar.name, text, at)
        names.append(Name(grammar.decode(text[at:end]), at, end))
        at = matched(grammar.gap, text, end)
        if text[at] != ".":
            return tuple(names), at
        at = matched(grammar.gap, text, at + 1)


def matched(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the match that begins at a code point ends. Raises ValueError where there is none."""
    found = pattern.match(text, at)
    if not found:
        raise ValueError("a value begins where none can")
    return found.end()


def _after(mark: str, text: str, at: int) -> int:
    if text[at] != mark:
        raise ValueError(f"a {mark} is missing")
    return at + 1
