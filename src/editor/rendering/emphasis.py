"""Emphasis by delimiter runs: CommonMark 0.31, section 6.2, and GFM's strikethrough."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from xml.etree.ElementTree import Element

# Emphasis within emphasis beyond this is text, so that no text can exhaust the stack of what reads the tree.
_DEEPEST = 40


class Run:
    """A run of `*`, `_` or `~` of which `length` are left; what is left in the end is text."""

    def __init__(self, mark: str, length: int, *, opens: bool, closes: bool) -> None:
        self.mark = mark
        self.length = self.whole = length
        self.opens = opens
        self.closes = closes
        self.number = 0

    def matches(self, closer: Run) -> bool:
        """Whether this may be closed by that: two tildes by two, and the rule of three for the others."""
        if self.mark != closer.mark:
            return False
        if self.mark == "~":
            return True
        if not (self.closes or closer.opens):
            return True
        return (self.whole + closer.whole) % 3 != 0 or (self.whole % 3 == 0 and closer.whole % 3 == 0)


# A piece of a text that is being read.
Part = str | Element | Run


def run(mark: str, length: int, before: str, after: str) -> Part:
    """The run as what it may be between the characters before and after it, "" at the text's ends."""
    if mark == "~" and length != 2:
        return mark * length
    left = _flanks(before, after)
    right = _flanks(after, before)
    if mark == "_":
        opens = left and (not right or _is_punctuation(before))
        closes = right and (not left or _is_punctuation(after))
        return Run(mark, length, opens=opens, closes=closes)
    return Run(mark, length, opens=left, closes=right)


def emphasised(
    parts: list[Part], fill: Callable[[Element, list[Part]], None], depths: dict[Element, int]
) -> list[Part]:
    """The parts with each pair of runs and what is between them as an element, filled by `fill`.

    `depths` says how deep the elements are that hold others. It takes time in proportion to the number of parts.
    """
    return _Emphasis(fill, depths).read(parts)


class _Emphasis:
    def __init__(self, fill: Callable[[Element, list[Part]], None], depths: dict[Element, int]) -> None:
        self._fill = fill
        self._depths = depths
        self._done: list[Part] = []
        # Where in what is done the runs are that may open, and for each kind of closer the last run known not to match.
        self._openers: list[tuple[int, Run]] = []
        self._floors: dict[tuple[str, bool, int], int] = {}

    def read(self, parts: list[Part]) -> list[Part]:
        for number, part in enumerate(parts, start=1):
            if not isinstance(part, Run):
                self._done.append(part)
                continue
            part.number = number
            while part.closes and part.length and self._close(part):
                pass
            if part.length:
                if part.opens:
                    self._openers.append((len(self._done), part))
                self._done.append(part)
        return self._done

    def _close(self, closer: Run) -> bool:
        """Close the nearest run that this may close; whether there was one."""
        kind = (closer.mark, closer.opens, closer.whole % 3)
        floor = self._floors.get(kind, 0)
        for index in range(len(self._openers) - 1, -1, -1):
            place, opener = self._openers[index]
            if opener.number <= floor:
                break
            if opener.matches(closer):
                del self._openers[index + 1 :]
                return self._wrap(place, opener, closer)
        self._floors[kind] = closer.number - 1
        return False

    def _wrap(self, place: int, opener: Run, closer: Run) -> bool:
        inner = self._done[place + 1 :]
        depth = 1 + max((self._depths.get(part, 0) for part in inner if isinstance(part, Element)), default=0)
        if depth > _DEEPEST:
            self._openers.pop()
            return False
        used = 2 if min(opener.length, closer.length) >= 2 else 1
        opener.length -= used
        closer.length -= used
        element = Element("del" if opener.mark == "~" else ("em", "strong")[used - 1])
        self._fill(element, inner)
        self._depths[element] = depth
        del self._done[place + 1 :]
        if not opener.length:
            self._done.pop()
            self._openers.pop()
        self._done.append(element)
        return True


def _flanks(outside: str, inside: str) -> bool:
    if not inside or inside.isspace():
        return False
    return not _is_punctuation(inside) or not outside or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "PS"
