"""The history: what joins, what stands alone, and that going back is exact."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.core.article import Article
from editor.core.text_edit import TextEdit, apply_edits
from editor.session.undo import PAUSE_MS, TYPING, Replacement, UndoStack, UndoStep


def step(start: int, old: str, new: str, label: str = "typing") -> UndoStep:
    return UndoStep(label, (Replacement(start, old, new),))


def typed(stack: UndoStack, text: str, pause_ms: float = 10) -> None:
    for index, letter in enumerate(text):
        stack.record(step(index, "", letter), group=TYPING, now_ms=index * pause_ms)


def steps(stack: UndoStack) -> list[str]:
    found = []
    while taken := stack.undo():
        found.append(taken.replacements[0].new)
    return found[::-1]


def test_typing_is_a_step_a_word() -> None:
    stack = UndoStack()
    typed(stack, "two words, more")
    assert steps(stack) == ["two ", "words, ", "more"]


def test_a_pause_begins_a_new_step() -> None:
    stack = UndoStack()
    typed(stack, "ab", pause_ms=PAUSE_MS + 1)
    assert steps(stack) == ["a", "b"]


def test_a_sealed_step_is_joined_no_more() -> None:
    stack = UndoStack()
    stack.record(step(0, "", "a"), group=TYPING)
    stack.seal()
    stack.record(step(1, "", "b"), group=TYPING)
    assert steps(stack) == ["a", "b"]


def test_typing_elsewhere_is_another_step() -> None:
    stack = UndoStack()
    stack.record(step(0, "", "a"), group=TYPING)
    stack.record(step(5, "", "b"), group=TYPING)
    assert steps(stack) == ["a", "b"]


def test_a_form_edit_does_not_join_the_typing_before_it() -> None:
    stack = UndoStack()
    stack.record(step(0, "", "a"), group=TYPING)
    stack.record(step(1, "", "b", "edit title"), group="field:title")
    assert list(stack.labels()) == ["typing", "edit title"]


def test_a_new_step_forgets_what_was_undone() -> None:
    stack = UndoStack()
    stack.record(step(0, "", "a"))
    stack.undo()
    assert stack.redo_label == "typing"
    stack.record(step(0, "", "b"))
    assert stack.redo() is None


def test_the_saved_text_is_found_again_by_undo_and_redo() -> None:
    stack = UndoStack()
    stack.record(step(0, "", "a"))
    stack.mark_saved()
    stack.record(step(1, "", "b"), group=TYPING)
    assert not stack.is_saved
    stack.undo()
    assert stack.is_saved
    stack.undo()
    assert not stack.is_saved
    stack.redo()
    assert stack.is_saved


def test_a_saved_text_that_was_undone_and_typed_over_is_gone() -> None:
    stack = UndoStack()
    stack.record(step(0, "", "a"))
    stack.mark_saved()
    stack.undo()
    stack.record(step(0, "", "b"))
    assert not stack.is_saved


def test_typing_on_after_a_save_does_not_join_the_saved_step() -> None:
    stack = UndoStack()
    stack.record(step(0, "", "a"), group=TYPING)
    stack.mark_saved()
    stack.record(step(1, "", "b"), group=TYPING)
    assert not stack.is_saved


TEXT = st.text("ab \n", max_size=8)


@given(TEXT, st.data())
def test_two_replacements_that_touch_are_the_one_they_join_to(text: str, data: st.DataObject) -> None:
    pieces = []
    now = text
    for _ in range(2):
        start = data.draw(st.integers(0, len(now)))
        end = data.draw(st.integers(start, len(now)))
        new = data.draw(TEXT)
        pieces.append(Replacement(start, now[start:end], new))
        now = now[:start] + new + now[end:]
    if joined := pieces[0].then(pieces[1]):
        assert text[joined.start : joined.start + len(joined.old)] == joined.old
        assert text[: joined.start] + joined.new + text[joined.start + len(joined.old) :] == now


@given(st.text("ab\r\n😀", max_size=20), st.data())
def test_a_step_goes_back_and_forth_exactly(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
    edits = [TextEdit(a, b, data.draw(TEXT)) for a, b in zip(places[::2], places[1::2], strict=True)]
    change = Article.from_text(text).apply(*edits)
    taken = UndoStep.of(change, "three places")
    after = change.after.text
    assert apply_edits(after, taken.backward()) == text
    assert apply_edits(text, taken.forward()) == after
