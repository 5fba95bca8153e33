"""Texts over which the render worker was lost: which of them to try again, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from editor.session.back_off import BackOff

NOTES = None
"""The footnotes at the article's end, which are no text of its own here."""
_Text = str | None

_FIRST_WAIT_MS, _LONGEST_WAIT_MS = 500, 600_000
_LONGEST_WAIT_AFTER_EDIT_MS = 4000
"""An edit may have cured it, so it is not as hopeless as it was; but neither is each key worth a worker's life."""


@dataclass(slots=True)
class _Suspicion:
    why: str
    back_off: BackOff
    wait_ms: int
    due: float


class Suspects:
    """Each stays what it was in the preview and is tried alone, when nothing else is to do, after ever longer waits.

    One loss proves nothing: whoever is killed was busy with something. So the first trial follows at once.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` counts seconds."""
        self._clock = clock
        self._suspicions: dict[_Text, _Suspicion] = {}

    def __contains__(self, text: _Text) -> bool:
        return text in self._suspicions

    def __len__(self) -> int:
        return len(self._suspicions)

    @property
    def why(self) -> str:
        """What was said at the last loss over one that is still suspect, "" where there is none."""
        return next((each.why for each in reversed(self._suspicions.values())), "")

    def add(self, text: _Text, why: str) -> None:
        """The worker was lost over this text, perhaps not for the first time."""
        before = self._suspicions.pop(text, None)
        back_off = before.back_off if before else BackOff(_FIRST_WAIT_MS, _LONGEST_WAIT_MS)
        self._put(text, why, back_off, back_off.fail())

    def clear(self, text: _Text) -> None:
        """It is rendered, or gone."""
        self._suspicions.pop(text, None)

    def follow_edit(self, before: Iterable[str], after: Iterable[str]) -> None:
        """The texts `before` are gone, and what is new of those in their place is `after`.

        The longest of it is as suspect as the worst of those. Each edit postpones its trial, so that the worker does
        not die at every key.
        """
        gone = [self._suspicions.pop(text) for text in before if text in self._suspicions]
        worst = max(gone, key=lambda each: each.back_off.failures, default=None)
        text = max(after, key=len, default=None)
        if worst and text is not None:
            wait = min(max(worst.wait_ms, _FIRST_WAIT_MS), _LONGEST_WAIT_AFTER_EDIT_MS)
            self._put(text, worst.why, worst.back_off, wait)

    def postpone(self, text: _Text) -> None:
        """Its trial was broken off for something more urgent, which is nobody's fault."""
        if suspicion := self._suspicions.get(text):
            suspicion.due = self._clock() + max(suspicion.wait_ms, _FIRST_WAIT_MS) / 1000

    def next_due(self) -> tuple[_Text, int] | None:
        """The one to be tried next, and in how many milliseconds; 0 where it is due."""
        if not self._suspicions:
            return None
        text = min(self._suspicions, key=lambda each: self._suspicions[each].due)
        return text, max(0, round((self._suspicions[text].due - self._clock()) * 1000))

    def _put(self, text: _Text, why: str, back_off: BackOff, wait_ms: int) -> None:
        self._suspicions[text] = _Suspicion(why, back_off, wait_ms, self._clock() + wait_ms / 1000)
