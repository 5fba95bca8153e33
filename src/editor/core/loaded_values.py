"""What a list or map would be after a change, as copies: what an edit of its text is measured against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from editor.core.front_matter_fields import Place

_Change = Callable[[object], object]
_Item = TypeVar("_Item")


def same(one: object, other: object) -> bool:
    """Whether two values are equal in every type and in the order of keys; NaN is equal to itself."""
    return repr(one) == repr(other)


def changed(loaded: object, place: Place, change: _Change) -> object:
    """A copy in which the list or map at `place` is what `change` makes of it. Raises LookupError for no such place."""
    if not place:
        return change(loaded)
    if isinstance(loaded, dict):
        return loaded | {place[0]: changed(loaded[place[0]], place[1:], change)}
    if isinstance(loaded, list) and isinstance(place[0], int):
        return [changed(inner, place[1:], change) if at == place[0] else inner for at, inner in enumerate(loaded)]
    raise LookupError(place[0])


def masked(loaded: object, place: Place) -> object:
    """A copy without what stands at `place`, but with the place."""
    return changed(loaded, place, lambda _: None)


def without(loaded: object, place: Place) -> object:
    """A copy without the value at `place`."""

    def change(parent: object) -> object:
        if isinstance(parent, dict):
            return {key: inner for key, inner in parent.items() if key != place[-1]}
        return [inner for at, inner in enumerate(parent) if at != place[-1]] if isinstance(parent, list) else parent

    return changed(loaded, place[:-1], change)


def renamed(loaded: object, place: Place, new: str) -> object:
    """A copy in which the last key of `place` is another."""

    def change(parent: object) -> object:
        if not isinstance(parent, dict):
            return parent
        return {new if key == place[-1] else key: inner for key, inner in parent.items()}

    return changed(loaded, place[:-1], change)


def moved(loaded: object, place: Place, index: int, to: int) -> object:
    """A copy in which the value at `place`, the one at `index` among its neighbours, is the one at `to`."""

    def change(parent: object) -> object:
        if isinstance(parent, dict):
            return dict(reordered(list(parent.items()), index, to))
        return reordered(parent, index, to) if isinstance(parent, list) else parent

    return changed(loaded, place[:-1], change)


def reordered(items: list[_Item], index: int, to: int) -> list[_Item]:
    """A copy in which the item at `index` is the one at `to`."""
    others = items[:index] + items[index + 1 :]
    return [*others[:to], items[index], *others[to:]]


def left_by(loaded: object, place: Place) -> Iterator[object]:
    """What may be left when the value at `place` is gone: its list or map empty, or that gone as well, and so on."""
    left = without(loaded, place)
    yield left
    while len(place) > 1:
        place = place[:-1]
        parent = left
        for part in place:
            parent = parent[part]  # type: ignore[index]
        if parent:
            return
        left = without(left, place)
        yield left
