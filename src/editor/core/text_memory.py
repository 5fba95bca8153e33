"""What is known of texts, remembered as long as it does not keep too much of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Protocol, TypeVar, TypeVarTuple

_SHORT = 4096
_MOST_SHORT = 32_768
MOST_CHARACTERS = 24_000_000
"""Of long texts, of which each key in a paragraph of 1 MB makes another."""

_forget: list[Callable[[], None]] = []

_Key = TypeVarTuple("_Key")
_T = TypeVar("_T")


class _HasCache(Protocol):
    def cache_clear(self) -> None: ...


_Cached = TypeVar("_Cached", bound=_HasCache)


def remembered_by_text(function: Callable[[*_Key], _T]) -> Callable[[*_Key], _T]:
    """A function of values of which the last is a text, asked but once as long as its answer is remembered.

    Forgotten is first what was asked for longest ago: of short texts by their number, of long ones by their length.
    """
    of_short = lru_cache(maxsize=_MOST_SHORT)(function)
    of_long: OrderedDict[tuple[object, ...], _T] = OrderedDict()
    characters = 0

    @wraps(function)
    def ask(*key: *_Key) -> _T:
        nonlocal characters
        length = _length(key)
        if length < _SHORT:
            return of_short(*key)
        if key in of_long:
            of_long.move_to_end(key)
            return of_long[key]
        answer = of_long[key] = function(*key)
        characters += length
        while characters > MOST_CHARACTERS and len(of_long) > 1:
            gone, _ = of_long.popitem(last=False)
            characters -= _length(gone)
        return answer

    def forget() -> None:
        nonlocal characters
        of_short.cache_clear()
        of_long.clear()
        characters = 0

    _forget.append(forget)
    return ask


def forgotten_with_texts(cached: _Cached) -> _Cached:
    """Have a function with a cache of `functools` forget its answers when texts are forgotten."""
    _forget.append(cached.cache_clear)
    return cached


def forget_texts() -> None:
    """Forget what is remembered of texts, for a process that goes on to others."""
    for each in _forget:
        each()


def _length(key: tuple[object, ...]) -> int:
    text = key[-1]
    return len(text) if isinstance(text, str) else 0
