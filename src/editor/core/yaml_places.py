"""Where values of YAML front matter are, what forbids an edit there, and whether an edit left all else alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from editor.core.front_matter_fence import front_matter_length
from editor.core.front_matter_fields import FrontMatter, Node, Place
from editor.core.front_matter_reading import parse_front_matter
from editor.core.lines import lines_before
from editor.core.problems import Severity
from editor.core.text_edit import EditRefused, TextEdit, apply_edits

COLON = re.compile(r"[ \t]*:")
_COMMENT = re.compile(r"[ \t\r\n]#")


@dataclass(frozen=True, slots=True)
class Spot:
    """A value that is there: the values on the way to it, itself last, and each one's position in the one before."""

    way: tuple[Node, ...]
    path: tuple[int, ...]

    @property
    def node(self) -> Node:
        """The value itself."""
        return self.way[-1]

    @property
    def parent(self) -> Node | None:
        """The list or map that it lies in, None for a field."""
        return self.way[-2] if len(self.way) > 1 else None


@dataclass(slots=True)
class Shape:
    """What must not change of a value: its name, type and writing, and the same of all that it holds."""

    own: tuple[object, ...]
    children: list[Shape] = field(default_factory=list)

    def at(self, path: tuple[int, ...]) -> Shape:
        """The shape of the value that these positions lead to. Raises IndexError."""
        found = self
        for position in path:
            found = found.children[position]
        return found

    def but_value(self, path: tuple[int, ...]) -> Shape:
        """This one, from now on without what a value is and how it is written."""
        found = self.at(path)
        found.own, found.children = found.own[:1], []
        return self

    def but_name(self, path: tuple[int, ...]) -> Shape:
        """This one, from now on without the name of a value."""
        found = self.at(path)
        found.own = found.own[1:]
        return self

    def without(self, path: tuple[int, ...]) -> Shape:
        """This one, from now on without a value at all; a list or map that lost its last one stands in brackets."""
        parent = self.at(path[:-1])
        del parent.children[path[-1]]
        if not parent.children and parent.own:
            name, tag, _, properties = parent.own
            parent.own = (name, tag, "[" if tag == "seq" else "{", properties)
        return self

    def moved(self, path: tuple[int, ...], to: int) -> Shape:
        """This one, from now on with a value at another position among its neighbours."""
        children = self.at(path[:-1]).children
        children.insert(to, children.pop(path[-1]))
        return self


ShapeChange: TypeAlias = Callable[[Shape, "tuple[int, ...]"], Shape]


def spot_at(front_matter: FrontMatter, place: Place) -> Spot:
    """The value at a place. Raises EditRefused where none is, or more than one is called so."""
    refuse_if_locked(front_matter)
    way: list[Node] = []
    path: list[int] = []
    children = roots(front_matter)
    for depth, part in enumerate(place):
        position = _position(children, part, way[-1] if way else None)
        if position is None:
            raise EditRefused(_not_there(place[: depth + 1], way), line_of(front_matter, way[-1]) if way else 1)
        node = children[position]
        if isinstance(part, str) and sum(child.key == part for child in children) > 1:
            raise EditRefused(node.locked, line_of(front_matter, node))
        way.append(node)
        path.append(position)
        children = node.children
    if not way:
        raise EditRefused("A field needs a name.")
    return Spot(tuple(way), tuple(path))


def roots(front_matter: FrontMatter) -> tuple[Node, ...]:
    """The values of the fields."""
    return tuple(found.node for found in front_matter.fields if found.node)


def in_words(place: Place) -> str:
    """A place for a sentence, with positions from 1: `“tags”, item 2`."""
    return ", ".join(f"item {part + 1}" if isinstance(part, int) else f"“{part}”" for part in place)


def line_of(front_matter: FrontMatter, node: Node) -> int:
    """The line, from 1, on which a value with its name begins."""
    start = node.key_start if node.key_start >= 0 else node.start
    return lines_before(front_matter.text, start) + 1


def refuse_if_locked(front_matter: FrontMatter) -> None:
    """Raise EditRefused where no field at all can be edited."""
    if front_matter.locked:
        problem = next((problem for problem in front_matter.problems if problem.message == front_matter.locked), None)
        raise EditRefused(front_matter.locked, problem.line if problem else 1)


def refuse_around(front_matter: FrontMatter, place: Place, way: tuple[Node, ...]) -> None:
    """Raise EditRefused where a value that the edit lies in cannot be edited, or is repeated somewhere else."""
    aliases = _aliases(front_matter) if any(node.anchor for node in way) else []
    for depth, node in enumerate(way):
        if node.locked:
            raise EditRefused(f"{in_words(place[: depth + 1])}: {node.locked}", line_of(front_matter, node))
        for alias in aliases:
            if alias.repeats == node.start:
                line = line_of(front_matter, alias)
                message = f"Line {line} repeats {in_words(place[: depth + 1])} (a YAML alias) and would change with it."
                raise EditRefused(f"{message} Edit it in the text.", line)


def refuse_if_needed(front_matter: FrontMatter, place: Place, node: Node) -> None:
    """Raise EditRefused where a value outside `node` repeats one of those in it, which must not go then."""
    anchored = {inside.start for inside in _all_of(node) if inside.anchor}
    for alias in _aliases(front_matter) if anchored else ():
        if alias.repeats in anchored and not node.start <= alias.start < node.end:
            line = line_of(front_matter, alias)
            raise EditRefused(f"Line {line} repeats {in_words(place)} (a YAML alias), so it has to stay.", line)


def _aliases(front_matter: FrontMatter) -> list[Node]:
    return [node for root in roots(front_matter) for node in _all_of(root) if node.repeats >= 0]


def properties_end(text: str, node: Node) -> int:
    """Just behind the anchor and tag of a value; its start where it has none."""
    return node.start + len(_COMMENT.split(text[node.start : node.content_start], maxsplit=1)[0].rstrip())


def names_an_anchor_twice(front_matter: FrontMatter) -> bool:
    """Whether an alias could come to repeat another value when values change their order."""
    names = [node.anchor for root in roots(front_matter) for node in _all_of(root) if node.anchor]
    return len(set(names)) < len(names) and bool(_aliases(front_matter))


def shape_of(front_matter: FrontMatter) -> Shape:
    """The shape of all fields, as children of one that is nothing itself."""
    return Shape((), [_shape(front_matter.text, root) for root in roots(front_matter)])


def stands(front_matter: FrontMatter, edits: tuple[TextEdit, ...], expected: Shape) -> bool:
    """Whether all is as expected after the edits."""
    after = _after(front_matter, edits)
    return after is not None and shape_of(after) == expected


def why_not(front_matter: FrontMatter, edits: tuple[TextEdit, ...]) -> str:
    """What is wrong with edits after which something does not stand as expected, to follow a colon."""
    text = apply_edits(front_matter.text, edits)
    if front_matter_length(text) != len(text):
        return "what is left could not be told from text"
    if "repeats a value that no" in parse_front_matter(text).locked:
        return "a YAML alias would stand before the value that it repeats"
    return "something else would change"


def changed(
    front_matter: FrontMatter, edit: TextEdit, path: tuple[int, ...], but: ShapeChange, expected: Shape
) -> Node | None:
    """The value at `path` after an edit, where all `but` the part in question is as expected; else None."""
    after = _after(front_matter, (edit,))
    try:
        if after is None or but(shape_of(after), path) != expected:
            return None
        node = roots(after)[path[0]]
        for position in path[1:]:
            node = node.children[position]
    except IndexError:
        return None
    return node


def _after(front_matter: FrontMatter, edits: tuple[TextEdit, ...]) -> FrontMatter | None:
    """The front matter as edited; None where it could not be read, ends elsewhere or has more errors than before."""
    text = apply_edits(front_matter.text, edits)
    if front_matter_length(text) != len(text):
        return None
    after = parse_front_matter(text)
    return None if after.locked or _errors(after) > _errors(front_matter) else after


def _position(children: tuple[Node, ...], part: str | int, parent: Node | None) -> int | None:
    if isinstance(part, int):
        return part if parent and parent.tag == "seq" and 0 <= part < len(children) else None
    if parent and parent.tag != "map":
        return None
    return next((at for at, child in enumerate(children) if child.key == part), None)


def _not_there(place: Place, way: list[Node]) -> str:
    if len(place) == 1:
        return f"There is no field “{place[0]}” in the front matter."
    if way[-1].repeats >= 0:
        return f"{in_words(place[:-1])}: {way[-1].locked}"
    return f"There is no {in_words(place[-1:])} in {in_words(place[:-1])}."


def _all_of(node: Node) -> Iterator[Node]:
    """The value and all that it holds, in order."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(found.children))


def _shape(text: str, node: Node) -> Shape:
    name = text[node.key_start : node.key_end] if node.key_start >= 0 else ""
    if node.tag in {"seq", "map"}:
        own: tuple[object, ...] = (name, node.tag, node.style, text[node.start : properties_end(text, node)])
        return Shape(own, [_shape(text, child) for child in node.children])
    return Shape((name, node.tag, node.style, node.value, text[node.start : node.end]))


def _errors(front_matter: FrontMatter) -> int:
    return sum(problem.severity is Severity.ERROR for problem in front_matter.problems)
