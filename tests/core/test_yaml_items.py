"""Items, names and fields of YAML added, removed and moved, each in the way that their neighbours are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from editor.core.front_matter import (
    Place,
    add_value,
    move_field,
    move_value,
    parse_front_matter,
    remove_value,
    rename_value,
    set_field,
    set_value,
)
from editor.core.text_edit import EditRefused, TextEdit, apply_edits

Edit = Callable[..., tuple[TextEdit, ...]]


def after(edit: Edit, lines: str, *what: Any, **how: Any) -> str:
    """The lines between the fences after an edit."""
    text = f"---\n{lines}---\n"
    return apply_edits(text, edit(parse_front_matter(text), *what, **how))[4:-4]


def refusal(edit: Edit, lines: str, *what: Any) -> EditRefused:
    with pytest.raises(EditRefused) as refused:
        after(edit, lines, *what)
    return refused.value


@pytest.mark.parametrize(
    ("lines", "place", "now"),
    [
        ("x:\n  - a # c\n  - b\n", ("x", 0), "x:\n  - new # c\n  - b\n"),
        ("x:\n- 'a'\n", ("x", 0), "x:\n- 'new'\n"),
        ("x: [a,  b ]\n", ("x", 1), "x: [a,  new ]\n"),
        ('x: {a: "1", b: {c: 2}}\n', ("x", "a"), 'x: {a: "new", b: {c: 2}}\n'),
        ("x:\n  - name: a\n    role: b\n", ("x", 0, "role"), "x:\n  - name: a\n    role: new\n"),
        ("x:\n  - |\n    a\n  - b\n", ("x", 0), "x:\n  - |-\n    new\n  - b\n"),
        ("x:\n  -\n  - b\n", ("x", 0), "x:\n  - new\n  - b\n"),
        ("x: &a b\n", ("x",), "x: &a new\n"),
        ("x: &a  'b' # c\n", ("x",), "x: &a  'new' # c\n"),
        ("x: &a\n", ("x",), "x: &a new\n"),
        ("x:\n  &a b\n", ("x",), "x:\n  &a new\n"),
    ],
)
def test_a_value_at_any_place_is_set_in_the_way_it_is_written(lines: str, place: Place, now: str) -> None:
    assert after(set_value, lines, place, "new") == now


@pytest.mark.parametrize(
    "written",
    ["2024-05-01T10:00:00+02:00", "2024-05-01 10:00:00.5 -3", "2024-05-01"],
)
def test_a_date_with_its_zone_becomes_another_without_quotes(written: str) -> None:
    assert after(set_field, f"x: {written} # c\n", "x", "2025-06-02T01:02:03Z") == "x: 2025-06-02T01:02:03Z # c\n"


@pytest.mark.parametrize(
    "written",
    [
        "'2024-05-01'",
        "|\n  2024-05-01\n",
        ">+\n  a b\n  c\n\n",
        "one\n  two",
        r'"caf\u00e9"',
        "",
        "&a 12",
        "~",
        "1_000",
    ],
)
def test_a_value_set_back_is_written_as_it_was_in_the_version_given(written: str) -> None:
    was = parse_front_matter(f"---\nx: {written}\ny: 1\n---\n")
    (field, _) = was.fields
    now = parse_front_matter(apply_edits(was.text, set_field(was, "x", "a: b")))
    assert apply_edits(now.text, set_field(now, "x", str(field.value), as_in=was)) == was.text


@pytest.mark.parametrize(
    ("lines", "place", "now"),
    [
        ("x:  12   # c\n", ("x",), "x:     # c\n"),
        ("x:  12\n", ("x",), "x:  \n"),
        ("x: {a: 12, b: 1}\n", ("x", "a"), "x: {a: , b: 1}\n"),
    ],
)
def test_a_value_emptied_and_set_again_keeps_the_blanks_around_it(lines: str, place: Place, now: str) -> None:
    was = parse_front_matter(f"---\n{lines}---\n")
    assert after(set_value, lines, place, "") == now
    assert after(set_value, now, place, "12", as_in=was) == lines


def test_a_version_with_other_line_endings_is_no_model() -> None:
    was = parse_front_matter("---\r\nx: |\r\n  a\r\n  b\r\n---\r\n")
    assert after(set_value, "x: |-\n  c\n", ("x",), "a\nb\n", as_in=was) == "x: |\n  a\n  b\n"


def test_a_version_that_writes_the_value_where_it_would_be_read_otherwise_is_no_model() -> None:
    was = parse_front_matter("---\nx:\n  - a, b\n---\n")
    now = parse_front_matter("---\nx: [c]\n---\n")
    assert apply_edits(now.text, set_value(now, ("x", 0), "a, b", as_in=was)) == '---\nx: ["a, b"]\n---\n'


@pytest.mark.parametrize(
    ("lines", "place"),
    [("x: &a b\ny: *a\n", ("x",)), ("x: &a [b]\ny: [1, *a]\n", ("x", 0)), ("x: &a {b: c}\ny:\n  <<: *a\n", ("x", "b"))],
)
def test_a_value_that_an_alias_repeats_is_refused_naming_the_line_of_the_alias(lines: str, place: Place) -> None:
    refused = refusal(set_value, lines, place, "new")
    assert refused.line == 4 if "<<" in lines else 3
    assert f"Line {refused.line} repeats" in refused.message


@pytest.mark.parametrize(
    ("lines", "place", "now"),
    [
        ("x:\n  - a # c\n\n  # d\n  - b\ny: 1\n", ("x", 0), "x:\n  - new\n  - a # c\n\n  # d\n  - b\ny: 1\n"),
        ("x:\n  - a # c\n\n  # d\n  - b\ny: 1\n", ("x", 1), "x:\n  - a # c\n  - new\n\n  # d\n  - b\ny: 1\n"),
        ("x:\n-   'a'\n# d\ny: 1\n", ("x", 1), "x:\n-   'a'\n-   'new'\n# d\ny: 1\n"),
        ("x:\n  # about a\n  - a\n", ("x", 0), "x:\n  - new\n  # about a\n  - a\n"),
        ("x:\n- - a\n  - b\n", ("x", 0, 0), "x:\n- - new\n  - a\n  - b\n"),
        ("x: [a,b]\n", ("x", 2), "x: [a,b,new]\n"),
        ('x: [ "a", b, ]\n', ("x", 1), 'x: [ "a", "new", b, ]\n'),
        ("x: [\n  a,\n  b,\n]\n", ("x", 2), "x: [\n  a,\n  b,\n  new,\n]\n"),
        ("x: [\n  a\n]\n", ("x", 0), "x: [\n  new,\n  a\n]\n"),
        ("x: [\n  a, # c\n  b\n]\n", ("x", 2), "x: [\n  a, # c\n  b,\n  new\n]\n"),
        ("x: []\n", ("x", 0), "x: [new]\n"),
        ("x: [ ]\n", ("x", 0), "x: [ new ]\n"),
        ("x: {}\n", ("x", "k"), "x: {k: new}\n"),
        ('x: {"a":"b"}\n', ("x", "k"), 'x: {"a":"b", "k":"new"}\n'),
        ("x:\n  a: 1\n  # b: 2\ny: 1\n", ("x", "k"), "x:\n  a: 1\n  k: new\n  # b: 2\ny: 1\n"),
        ("x:\n- a: 1\n- b: 2\n", ("x", 0, "k"), "x:\n- a: 1\n  k: new\n- b: 2\n"),
        ("x: 1\n", ("z",), "x: 1\nz: new\n"),
    ],
)
def test_what_is_added_is_written_as_its_neighbours_are(lines: str, place: Place, now: str) -> None:
    assert after(add_value, lines, place, "new") == now
    assert after(remove_value, now, place) == lines


def test_a_tag_that_looks_like_a_number_stays_text_among_texts() -> None:
    assert after(add_value, "x: [a, b]\n", ("x", 2), "2024") == 'x: [a, b, "2024"]\n'
    assert after(add_value, "x: [1, 2]\n", ("x", 2), "3") == "x: [1, 2, 3]\n"


@pytest.mark.parametrize(
    ("lines", "place", "now"),
    [
        ("x: { a: 1 }\n", ("x", "k"), "x: { a: 1, k: }\n"),
        ("x:\n  - a\n", ("x", 1), 'x:\n  - a\n  - ""\n'),
        ("x:\n  - 1\n", ("x", 1), "x:\n  - 1\n  -\n"),
        ("x:\n  a: 1\n", ("x", "k"), "x:\n  a: 1\n  k:\n"),
    ],
)
def test_an_empty_value_can_be_added_and_removed(lines: str, place: Place, now: str) -> None:
    assert after(add_value, lines, place, "") == now
    assert after(remove_value, now, place) == lines


def test_text_of_several_lines_becomes_a_block_in_a_block_list() -> None:
    assert after(add_value, "x:\n  - a\n", ("x", 1), "b\nc\n") == "x:\n  - a\n  - |\n    b\n    c\n"


@pytest.mark.parametrize(
    ("lines", "place", "now"),
    [
        ("x:\n  - a # c\n  - b\n", ("x", 0), "x:\n  - b\n"),
        ("x:\n  - a\n  -\n  - b\n", ("x", 1), "x:\n  - a\n  - b\n"),
        ("x:\n  - name: a\n    role: b\n", ("x", 0, "name"), "x:\n  - role: b\n"),
        ("? x\n: y\nz: 1\n", ("z",), "? x\n: y\n"),
        ("x: [a, 'b', c]\n", ("x", 1), "x: [a, c]\n"),
        ("x: [a, b, ]\n", ("x", 1), "x: [a, ]\n"),
        ("x: [ a ]\n", ("x", 0), "x: [ ]\n"),
        ("x: [\n  a,\n]\n", ("x", 0), "x: []\n"),
        # The last one leaves an empty list or map, and no empty value: a theme that loops over it still finds a list.
        ("x:   # c\n- a\ny: 1\n", ("x", 0), "x: []   # c\ny: 1\n"),
        ("x: &l # c\n  - a\n", ("x", 0), "x: &l [] # c\n"),
        ("x:\n  a: 1\n", ("x", "a"), "x: {}\n"),
        ("x:\n- a: 1\n- b\n", ("x", 0, "a"), "x:\n- {}\n- b\n"),
        ("x:\n-\n  - a\n- b\n", ("x", 0, 0), "x:\n- []\n- b\n"),
    ],
)
def test_what_is_removed_goes_with_its_line_or_its_comma(lines: str, place: Place, now: str) -> None:
    assert after(remove_value, lines, place) == now


@pytest.mark.parametrize(
    ("lines", "place", "to", "now"),
    [
        ("a: 1\n\n# of b\n# too\nb: 2 # c\nd:\n", ("b",), 0, "# of b\n# too\nb: 2 # c\n\na: 1\nd:\n"),
        ("# head\n\na: 1\nb: 2\n", ("a",), 1, "# head\n\nb: 2\na: 1\n"),
        ("a:\n- x\n  # - y\nb: |\n  z\n", ("a",), 1, "b: |\n  z\na:\n- x\n  # - y\n"),
        ("x: [a, 'b',  c ]\n", ("x", 2), 0, "x: [c, a,  'b' ]\n"),
        ("x: {a: 1, b: {c: d}}\n", ("x", "b"), 0, "x: {b: {c: d}, a: 1}\n"),
        ("x:\n  - a # c\n  - b\n  - |\n    d\n", ("x", 2), 0, "x:\n  - |\n    d\n  - a # c\n  - b\n"),
        ("x:\n  - n: 1\n    r: 2\n", ("x", 0, "r"), 0, "x:\n  - r: 2\n    n: 1\n"),
    ],
)
def test_what_is_moved_takes_its_comments_and_leaves_the_gaps(lines: str, place: Place, to: int, now: str) -> None:
    assert after(move_value, lines, place, to) == now


def test_a_line_that_moves_keeps_its_own_ending() -> None:
    text = "---\r\na: 1\r\nb: 2\nc: 3\r\n---\r\n"
    new = apply_edits(text, move_field(parse_front_matter(text), "b", 2))
    assert new == "---\r\na: 1\r\nc: 3\r\nb: 2\n---\r\n"


def test_a_name_inside_a_value_is_changed_in_its_quotes() -> None:
    assert after(rename_value, "x:\n  - 'a':  [1]\n", ("x", 0, "a"), "b") == "x:\n  - 'b':  [1]\n"
    assert after(rename_value, "x: {a: 1}\n", ("x", "a"), "b, c") == 'x: {"b, c": 1}\n'


@pytest.mark.parametrize(
    ("edit", "lines", "what", "reason"),
    [
        (set_value, "x: [a]\n", (("x", 1), "b"), "There is no item 2 in “x”."),
        (set_value, "x: [a]\n", (("x", "y"), "b"), "There is no “y” in “x”."),
        (set_value, "x: a\n", (("x", "y"), "b"), "There is no “y” in “x”."),
        (set_value, "x: !!set {a}\n", (("x", "a"), "b"), "tag"),
        (set_value, "y: &a [b]\nx: *a\n", (("x", 0), "b"), "alias"),
        (set_value, "x: {a: 1, a: 2}\n", (("x", "a"), "b"), "more than once"),
        (add_value, "x:\n", (("x", 0), "b"), "no list and no map"),
        (add_value, "x: [a]\n", (("x", 2), "b"), "from 1 to 2"),
        (add_value, "x: {a: 1}\n", (("x", "a"), "b"), "already"),
        (add_value, "x: [a]\n", (("x", "b"), "b"), "from 1 to 2"),
        (add_value, "x: [a # c\n ]\n", (("x", 1), "b"), "comment"),
        (remove_value, "x: [&a b]\ny: *a\n", (("x", 0),), "Line 3 repeats"),
        (remove_value, "? x\n: y\n", (("x",),), "only the text"),
        (rename_value, "x: [a]\n", (("x", 0), "b"), "no name"),
        (rename_value, "x: {a: 1, b: 2}\n", (("x", "a"), "b"), "already"),
        (move_value, "x: &a b\ny: *a\n", (("x",), 1), "alias would stand before"),
        (move_value, "x: &a b\ny: &a c\nz: *a\n", (("x",), 1), "anchor is there twice"),
        (move_value, "x: [a, b]\n", (("x", 0), 2), "position 3 of 2"),
        (move_value, "x: [a, # of a\n  b]\n", (("x", 0), 1), "Comments stand"),
        (move_value, "x:\n- a: 1\n  # of b\n  b: 2\n", (("x", 0, "b"), 0), "Comments stand"),
        (move_value, "x: |+\n  a\ny: 1\n\nz: 2\n", (("x",), 1), "something else would change"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_line_and_a_reason(
    edit: Edit, lines: str, what: tuple[Any, ...], reason: str
) -> None:
    refused = refusal(edit, lines, *what)
    assert reason in refused.message
    assert refused.line >= 2
