"""What differs between two texts, and what becomes of two sets of changes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editor.core.comparison import LineChange, Merge, line_changes, merge, smallest_edits, word_changes
from editor.core.lines import split_lines
from editor.core.matching import gaps_between, matching_blocks
from editor.core.text_edit import TextEdit, apply_edits

TEXTS = st.text(alphabet="ab é\U0001f600\r\n\u2028", max_size=40) | st.text(max_size=20)
LINES = st.lists(st.sampled_from(["", "one", "two two", "three", "the end"]), max_size=12)
ENDINGS = st.sampled_from(["\n", "\r\n", "\r"])
ITEMS = st.lists(st.integers(0, 6), max_size=30)
DISTINCT = [f"line {number}\n" for number in range(40)]


@st.composite
def versions(draw: st.DrawFn) -> str:
    """A text of few different lines, so that two drawn have much in common."""
    lines = [line + draw(ENDINGS) for line in draw(LINES)]
    return "".join(lines) + draw(st.sampled_from(["", "last"]))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts: any two, or the second made of the first by a few replacements."""
    old = draw(versions() | TEXTS)
    if draw(st.booleans()):
        return old, draw(versions() | TEXTS)
    new = old
    for _ in range(draw(st.integers(1, 3))):
        first = draw(st.integers(0, len(new)))
        last = draw(st.integers(first, min(len(new), first + 5)))
        new = new[:first] + draw(st.sampled_from(["", "x", "\n", "\r", "one\r\n", "\nb"])) + new[last:]
    return draw(st.sampled_from([(old, new), (new, old)]))


def rebuilt(old: str, changes: tuple[LineChange, ...]) -> str:
    """The new text, from the old one's lines and the changes."""
    lines, done, pieces = split_lines(old), 0, list[str]()
    for change in changes:
        assert tuple(lines[change.old_line : change.old_line + len(change.removed)]) == change.removed
        pieces += (*lines[done : change.old_line], *change.added)
        done = change.old_line + len(change.removed)
    return "".join((*pieces, *lines[done:]))


@given(pairs())
@example(("a", "a\r\nb"))
@example(("a\rb\n", "a\r\n"))
@example(("a\r", "a\r\n"))
def test_the_changes_of_lines_make_the_new_text_of_the_old(both: tuple[str, str]) -> None:
    old, new = both
    changes = line_changes(old, new)
    assert rebuilt(old, changes) == new
    new_lines = split_lines(new)
    for change in changes:
        assert tuple(new_lines[change.new_line : change.new_line + len(change.added)]) == change.added
        assert old[change.old_start :].startswith("".join(change.removed))
        assert new[change.new_start :].startswith("".join(change.added))
        assert change.removed != change.added


@given(pairs())
@example(("a\rb\nc", "a\r\nc"))
def test_the_smallest_edits_make_the_new_text_of_the_old(both: tuple[str, str]) -> None:
    old, new = both
    edits = smallest_edits(old, new)
    assert apply_edits(old, edits) == new
    assert bool(edits) == (old != new)


@given(pairs())
@example(("a\rb\nc", "a\r\nc"))
@example(("\r\n", "\n"))
def test_no_edit_cuts_a_line_ending_in_two(both: tuple[str, str]) -> None:
    old, new = both
    grown = 0
    for edit in smallest_edits(old, new):
        for place in (edit.start, edit.end):
            assert old[max(0, place - 1) : place + 1] != "\r\n"
        for place in (edit.start + grown, edit.start + grown + len(edit.text)):
            assert new[max(0, place - 1) : place + 1] != "\r\n"
        grown += edit.growth


def test_each_word_changed_in_a_paragraph_is_an_edit_of_its_own() -> None:
    old = "Magnesium is vital in over 300 systems.\nIt helps.\n"
    assert smallest_edits(old, "Zinc is vital in over 200 systems.\nIt helps.\n") == (
        TextEdit(0, 9, "Zinc"),
        TextEdit(27, 28, "2"),
    )


def test_a_change_too_long_for_words_is_made_line_by_line() -> None:
    old = [f"{'word ' * 2_500}{number}\n" for number in range(2)]
    new = [line.replace("word", "old", 1).replace("\n", "!\n") for line in old]
    edits = smallest_edits("".join(old), "".join(new))
    assert [edit.start for edit in edits] == [0, len(old[0])]


def test_paragraphs_written_anew_are_changes_of_their_own_between_the_blank_lines_that_stay() -> None:
    changes = line_changes("One.\n\nTwo.\n\nThree.\n", "Uno.\n\nDue.\n\nTre.\n")
    assert [(change.old_line, change.removed, change.added) for change in changes] == [
        (0, ("One.\n",), ("Uno.\n",)),
        (2, ("Two.\n",), ("Due.\n",)),
        (4, ("Three.\n",), ("Tre.\n",)),
    ]


@given(ITEMS, ITEMS)
def test_what_is_matched_is_equal_and_in_order(old: list[int], new: list[int]) -> None:
    one = other = 0
    blocks = matching_blocks(old, new)
    for at, new_at, length in blocks:
        assert length
        assert at >= one
        assert new_at >= other
        assert old[at : at + length] == new[new_at : new_at + length]
        one, other = at + length, new_at + length
    left = sum(gap[1] - gap[0] for gap in gaps_between(blocks, len(old), len(new)))
    assert left + sum(block[2] for block in blocks) == len(old)


# Words


def marked(change: LineChange) -> tuple[list[list[str]], list[list[str]]]:
    """The words that are pointed out in each line removed and each line added."""
    removed, added = word_changes(change)
    return (
        [[line[one:two] for one, two in spans] for line, spans in zip(change.removed, removed, strict=True)],
        [[line[one:two] for one, two in spans] for line, spans in zip(change.added, added, strict=True)],
    )


def test_the_words_that_differ_are_pointed_out() -> None:
    (change,) = line_changes("It helps in over 300 known systems.\n", "It helps in some 300 known ways.\n")
    assert marked(change) == ([["over", "systems"]], [["some", "ways"]])


def test_in_a_paragraph_parted_in_two_only_the_parting_is_pointed_out() -> None:
    (change,) = line_changes("The first sentence. The second one.\n", "The first sentence.\n\nThe second one.\n")
    assert marked(change) == ([[" "]], [["\n"], ["\n"], []])


def test_a_sentence_put_in_is_pointed_out_with_its_own_full_stop() -> None:
    new = "It may help in those who slept badly (a). Not always (b). So it is.\n"
    (change,) = line_changes("It helps in those who slept badly (a). So it is.\n", new)
    assert marked(change) == ([["helps"]], [["may help", " Not always (b)."]])


@pytest.mark.parametrize(
    ("old", "new"),
    [("", "Quite new.\n"), ("Gone.\n", ""), ("Not the same at all.\n", "Sleep and the light.\n")],
    ids=["added", "removed", "written anew"],
)
def test_no_words_are_pointed_out_where_all_of_them_differ(old: str, new: str) -> None:
    (change,) = line_changes(old, new)
    assert not any(any(side) for side in marked(change))


def test_a_short_word_that_stayed_between_longer_ones_is_pointed_out_with_them() -> None:
    end = "while all the rest of this sentence stayed exactly as it was"
    (change,) = line_changes(f"Studies of magnesium {end}", f"Reviews of potassium {end}")
    assert marked(change) == ([["Studies of magnesium"]], [["Reviews of potassium"]])


@given(versions(), versions())
def test_words_pointed_out_lie_in_their_lines_in_order(old: str, new: str) -> None:
    for change in line_changes(old, new):
        for lines, marks in zip((change.removed, change.added), word_changes(change), strict=True):
            for line, spans in zip(lines, marks, strict=True):
                edges = [edge for span in spans for edge in span]
                assert edges == sorted(set(edges))
                assert all(0 <= edge <= len(line) for edge in edges)


# Merging


@given(versions(), versions())
def test_one_side_s_changes_alone_are_taken_whole(base: str, other: str) -> None:
    assert merge(base, base, other) == merge(base, other, base) == Merge(other)


@given(versions(), versions())
def test_the_same_change_made_by_both_is_no_conflict(base: str, same: str) -> None:
    assert merge(base, same, same) == Merge(same)


@given(versions(), versions(), versions())
def test_it_does_not_matter_which_side_is_mine(base: str, mine: str, theirs: str) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.text == other.text
    assert len(one.conflicts) == len(other.conflicts)


@given(
    st.integers(2, len(DISTINCT) - 2),
    st.lists(st.sampled_from(["mine\n", "\n", "both\r\n"]), max_size=6),
    st.lists(st.sampled_from(["theirs\n", "\n", "both\r\n"]), max_size=6),
)
def test_changes_in_lines_that_do_not_touch_are_both_made(place: int, mine: list[str], theirs: list[str]) -> None:
    """Mine puts other lines in the place of all before one, theirs in that of all after it."""
    before, stays, after = DISTINCT[: place - 1], DISTINCT[place - 1 : place + 1], DISTINCT[place + 1 :]
    merged = merge("".join(DISTINCT), "".join((*mine, *stays, *after)), "".join((*before, *stays, *theirs)))
    assert merged == Merge("".join((*mine, *stays, *theirs)))


@given(versions(), versions(), versions())
def test_whatever_merges_has_all_lines_that_either_put_in(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs).text
    if merged is not None:
        known = set(split_lines(base))
        for version in (mine, theirs):
            assert {*split_lines(version)} - known <= {*split_lines(merged)}


def test_a_contradiction_is_told_with_its_line_in_mine() -> None:
    base, mine, theirs = "a\n\nb\n\nc\n", "new\na\n\nmine\n\nc\n", "a\n\ntheirs\n\nc\n"
    assert merge(base, mine, theirs) == Merge(None, (4,))


def test_changes_to_lines_that_touch_are_a_conflict_and_one_line_between_is_enough() -> None:
    assert merge("a\nb\nc\n", "A\nb\nc\n", "a\nB\nc\n") == Merge(None, (1,))
    assert merge("a\n\nc\n", "A\n\nc\n", "a\n\nC\n") == Merge("A\n\nC\n")


def test_a_line_removed_by_one_and_changed_by_the_other_is_a_conflict() -> None:
    assert merge("a\nb\n", "a\n", "a\nB\n") == Merge(None, (1,))


def test_each_side_keeps_its_line_endings() -> None:
    assert merge("a\n\nb\n", "a\r\n\nb\n", "a\n\nb") == Merge("a\r\n\nb")


# Cost

HOSTILE: dict[str, Callable[[], tuple[str, str]]] = {
    "1 MB all different": lambda: ("".join(f"old {n} paragraph\n" for n in range(50_000)), "new words here\n" * 66_000),
    "50,000 equal blank lines": lambda: ("x" + "\n" * 50_000, "\n" * 20_000 + "y" + "\n" * 30_000),
    "a line of 1 MB": lambda: ("a b " * 250_000, "a c " * 250_000),
    "matches found one at a time": lambda: (nested(20_000, "p\n"), nested(20_000, "q\n") + "z\n"),
}


def nested(depth: int, between: str) -> str:
    """Lines of which each becomes the only one of its kind once the one before it is matched."""
    return "".join(f"{n - 1}\n{n}\n{between if n % 7 == 0 else ''}" for n in range(depth, 1, -1))


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_of_a_megabyte_makes_a_comparison_slow(name: str) -> None:
    old, new = HOSTILE[name]()
    begin = time.process_time()
    changes = line_changes(old, new)
    assert time.process_time() - begin < 1  # some 0.1 s; matched without bounds, minutes
    assert rebuilt(old, changes) == new
