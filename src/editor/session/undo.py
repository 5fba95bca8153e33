"""The history of one article: steps that were taken, each with a label, and how to go back and forth between them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, chain
from typing import NamedTuple

from editor.core.article import ArticleChange
from editor.core.text_edit import TextEdit

PAUSE_MS = 1000
TYPING = "typing"


class Replacement(NamedTuple):
    """`old` gave way to `new` at the code point `start`."""

    start: int
    old: str
    new: str

    def then(self, later: Replacement) -> Replacement | None:
        """One replacement for this and a later one that begins in or at the edge of what this one left, else None."""
        end = self.start + len(self.new)
        later_end = later.start + len(later.old)
        if later.start > end or later_end < self.start:
            return None
        old = later.old[: max(0, self.start - later.start)] + self.old + later.old[max(0, end - later.start) :]
        new = self.new[: max(0, later.start - self.start)] + later.new + self.new[max(0, later_end - self.start) :]
        return Replacement(min(self.start, later.start), old, new)


class UndoStep(NamedTuple):
    """What one Ctrl+Z takes back. The replacements are in order of place, in code points of the text before it."""

    label: str
    replacements: tuple[Replacement, ...]

    @classmethod
    def of(cls, change: ArticleChange, label: str) -> UndoStep:
        """The step that a change was."""
        return cls(
            label,
            tuple(
                Replacement(edit.start, change.before.slice(edit.start, edit.end), edit.text) for edit in change.edits
            ),
        )

    def forward(self) -> tuple[TextEdit, ...]:
        """The edits that take the step again, in code points of the text before it."""
        return tuple(TextEdit(each.start, each.start + len(each.old), each.new) for each in self.replacements)

    def backward(self) -> tuple[TextEdit, ...]:
        """The edits that take it back, in code points of the text after it."""
        shifts = accumulate(chain((0,), (len(each.new) - len(each.old) for each in self.replacements)))
        return tuple(
            TextEdit(each.start + shift, each.start + shift + len(each.new), each.old)
            for each, shift in zip(self.replacements, shifts, strict=False)
        )


class _Taken(NamedTuple):
    """A step and the number of the text that it led to."""

    step: UndoStep
    state: int


class UndoStack:
    """The steps of one article. Times are milliseconds of any clock that does not go back.

    Every text that the steps lead to has a number, `state`, by which a save that ends later than it began can say what
    it saved; the text to begin with is 0.
    """

    def __init__(self) -> None:
        self._done: list[_Taken] = []
        self._undone: list[_Taken] = []
        self._open_group = ""
        self._last_ms = 0.0
        self._newest = 0
        self._saved = 0

    def record(self, step: UndoStep, *, group: str = "", now_ms: float = 0.0) -> None:
        """Add a step that was just taken.

        It joins the step before where both are of one `group`, no more than PAUSE_MS apart, and touch each other;
        typing also begins a new step with each word.
        """
        joined = self._join(step) if group and self._is_open(group, now_ms) else None
        self._undone.clear()
        if joined:
            self._done.pop()
        self._newest += 1
        self._done.append(_Taken(joined or step, self._newest))
        self._open_group, self._last_ms = group, now_ms

    def _is_open(self, group: str, now_ms: float) -> bool:
        return bool(self._done) and group == self._open_group and now_ms - self._last_ms <= PAUSE_MS

    def _join(self, step: UndoStep) -> UndoStep | None:
        before = self._done[-1].step
        if len(before.replacements) != 1 or len(step.replacements) != 1:
            return None
        if self._open_group == TYPING and _begins_word(before.replacements[0].new, step.replacements[0].new):
            return None
        joined = before.replacements[0].then(step.replacements[0])
        return UndoStep(before.label, (joined,)) if joined else None

    def seal(self) -> None:
        """Let nothing join the last step any more: the caret moved, the focus left, the file was saved."""
        self._open_group = ""

    def undo(self) -> UndoStep | None:
        """Go one step back and say which; the caller applies its `backward` edits. None where there is none."""
        return self._go(self._done, self._undone)

    def redo(self) -> UndoStep | None:
        """Go one step forth and say which; the caller applies its `forward` edits. None where there is none."""
        return self._go(self._undone, self._done)

    def _go(self, source: list[_Taken], target: list[_Taken]) -> UndoStep | None:
        self.seal()
        if not source:
            return None
        target.append(source.pop())
        return target[-1].step

    @property
    def undo_label(self) -> str:
        """What Undo would take back, empty where there is nothing."""
        return self._done[-1].step.label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What Redo would take again, empty where there is nothing."""
        return self._undone[-1].step.label if self._undone else ""

    def labels(self) -> Iterable[str]:
        """The labels of all steps taken, first to last."""
        return (taken.step.label for taken in self._done)

    @property
    def state(self) -> int:
        """The number of the text as it is now."""
        return self._done[-1].state if self._done else 0

    def mark_saved(self, state: int | None = None) -> None:
        """The text of that `state`, or the one as it is now, is what the file holds."""
        self.seal()
        self._saved = self.state if state is None else state

    @property
    def is_saved(self) -> bool:
        """Whether the steps taken are those that led to what the file holds."""
        return self._saved == self.state


def _begins_word(before: str, added: str) -> bool:
    """Whether `added` begins the word after a space or line that `before` ends with."""
    return before[-1:].isspace() and not added[:1].isspace()
