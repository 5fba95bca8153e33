"""JSON front matter: its places, and edits that change one value in the writing that it has and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.placed_values import at, changed, edited, index_of, leaves, places, with_value, written_at

from editor.core.front_matter import (
    FrontMatter,
    Place,
    add_field,
    add_value,
    move_value,
    parse_front_matter,
    remove_value,
    rename_value,
    set_value,
)
from editor.core.text_edit import EditRefused, apply_edits

ARTICLES = [
    """{
  "title": "Caf\\u00e9 \\"x\\"",
  "date": "2024-01-02",
  "weight": 10, "draft": false, "none": null,
  "tags": ["a", "b"],
  "params": {
    "deep": [{"x": -1.50e3}, [], {}],
    "math": true
  }
}
""",
    '{\r\n\t"a":1,"b" : [ 1,\r\n\t\t"two" ] ,\r\n\r\n\t"c": {"d": "\\/e\\u2028"}\r\n}\r\n',
    '{ \n"a": {\n }, "": {"b": [\n\t\t"c"\n\t\t, "d"\n\t]}\n}',
]
VALUES = st.text(max_size=20) | st.text(alphabet='ab 1:,{}[]"\\\n\r\x00\u2028é😀', max_size=15)
NEW = "a: b #c"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(VALUES, inner, max_size=3),
    max_leaves=12,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    loaded = draw(st.dictionaries(VALUES, JSON, min_size=1, max_size=4))
    text = json.dumps(
        loaded,
        indent=draw(st.sampled_from([0, 2, "\t"])),
        ensure_ascii=draw(st.booleans()),
        separators=draw(st.sampled_from([(",", ":"), (" , ", " : "), (",", ": ")])),
    )
    # A brace at the beginning of a line would close it.
    return text.replace("\n}", "\n }").removesuffix("\n }") + "\n}\n"


def read_by_others(text: str) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(text)
    return loaded


@pytest.mark.parametrize(
    ("written", "value", "now"),
    [
        ("10", "-1.50e3", "-1.50e3"),
        ("10", "010", '"010"'),
        ("10", "NaN", '"NaN"'),
        ("10", "1, 2", '"1, 2"'),
        ("10", "", '""'),
        ("true", "false", "false"),
        ("true", "no", '"no"'),
        ("null", "12", "12"),
        ("null", "null", '"null"'),
        ("null", "x", '"x"'),
        ('"10"', "11", '"11"'),
        ('"old"', 'say "x" \\ \n', r'"say \"x\" \\ \n"'),
        ('"old"', "é\x00\u2028😀", r'"é\u0000\u2028😀"'),
        (r'"caf\u00e9 \/ \ud83d\ude00 old"', "café / 😀 né", r'"caf\u00e9 \/ \ud83d\ude00 né"'),
    ],
)
def test_a_value_keeps_its_type_where_the_new_text_is_of_it(written: str, value: str, now: str) -> None:
    text = f'{{\n  "before": 1,\n  "x" :  {written} ,\n  "after": 0.50\n}}\n'
    new = changed(text, ("x",), value)
    assert new == text.replace(written, now)
    assert changed(new, ("x",), written_at(text, ("x",)), as_in=text) == text


@pytest.mark.parametrize("text", ARTICLES)
def test_every_value_of_an_article_can_be_set_and_set_back(text: str) -> None:
    for place in leaves(read_by_others(text)):
        new = changed(text, place, NEW)
        assert repr(read_by_others(new)) == repr(with_value(read_by_others(text), place, NEW))
        assert changed(new, place, written_at(text, place), as_in=text) == text


@settings(max_examples=100)
@given(documents(), st.integers(0, 30), VALUES)
def test_an_edit_changes_its_value_alone_and_can_be_set_back(text: str, which: int, value: str) -> None:
    found = leaves(read_by_others(text))
    if not found:
        return
    place = found[which % len(found)]
    new = changed(text, place, value)
    assert written_at(new, place) == value
    assert repr(with_value(read_by_others(new), place, 0)) == repr(with_value(read_by_others(text), place, 0))
    assert changed(new, place, written_at(text, place), as_in=text) == text


@settings(max_examples=100)
@given(documents() | st.sampled_from(ARTICLES), st.integers(0, 30), VALUES)
def test_what_is_added_anywhere_is_read_and_can_be_removed_again(text: str, which: int, value: str) -> None:
    loaded = read_by_others(text)
    parents = [(), *(place for place in places(loaded) if isinstance(at(loaded, place), (dict, list)))]
    parent = parents[which % len(parents)]
    inside = at(loaded, parent)
    place = (*parent, "new key" if isinstance(inside, dict) else which % (len(inside) + 1))
    new = edited(text, lambda front_matter: add_value(front_matter, place, value))
    assert written_at(new, place) == value
    assert edited(new, lambda front_matter: remove_value(front_matter, place)) == text


@settings(max_examples=100)
@given(documents() | st.sampled_from(ARTICLES), st.integers(0, 30), st.integers(0, 4))
def test_what_is_moved_and_moved_back_leaves_no_trace(text: str, which: int, to: int) -> None:
    loaded = read_by_others(text)
    found = [*places(loaded)]
    place = found[which % len(found)]
    to %= len(at(loaded, place[:-1]))
    new = edited(text, lambda front_matter: move_value(front_matter, place, to))
    there = (*place[:-1], to if isinstance(place[-1], int) else place[-1])
    assert index_of(read_by_others(new), there) == to
    assert at(read_by_others(new), there) == at(loaded, place)
    assert edited(new, lambda front_matter: move_value(front_matter, there, index_of(loaded, place))) == text


@settings(max_examples=60)
@given(documents() | st.sampled_from(ARTICLES), st.integers(0, 30))
def test_whatever_has_a_name_gets_another_and_stays_where_it_is(text: str, which: int) -> None:
    loaded = read_by_others(text)
    found = [place for place in places(loaded) if isinstance(place[-1], str) and place[-1].strip()]
    if found:
        place = found[which % len(found)]
        there = (*place[:-1], "new\nname")
        new = edited(text, lambda front_matter: rename_value(front_matter, place, "new\nname"))
        assert index_of(read_by_others(new), there) == index_of(loaded, place)
        back = edited(new, lambda front_matter: rename_value(front_matter, there, str(place[-1])))
        assert repr(read_by_others(back)) == repr(loaded)


@pytest.mark.parametrize(
    ("text", "place", "now"),
    [
        ('{\n}\n', ("x",), '{\n  "x": "v"\n}\n'),
        ('{\n\t"a":1\n}', ("x",), '{\n\t"a":1,\n\t"x":"v"\n}'),
        ('{\n"a": 1, "b": 2\n}', ("x",), '{\n"a": 1, "b": 2, "x": "v"\n}'),
        ('{\r\n  "a": {"b": 1}\r\n}', ("a", "x"), '{\r\n  "a": {"b": 1, "x": "v"}\r\n}'),
        ('{\n  "a": {\n  }\n}', ("a", "x"), '{\n  "a": {\n    "x": "v"\n  }\n}'),
        ('{\n  "a": [\n    1,\n    2\n  ]\n}', ("a", 1), '{\n  "a": [\n    1,\n    "v",\n    2\n  ]\n}'),
    ],
)  # fmt: skip
def test_a_value_is_added_as_its_neighbours_are_written(text: str, place: Place, now: str) -> None:
    assert edited(text, lambda front_matter: add_value(front_matter, place, "v")) == now


def test_a_new_field_that_can_only_be_meant_as_a_number_is_one() -> None:
    text = '{\n  "a": 1\n}\n'
    for key, value, written in [
        ("weight", "12", "12"),
        ("title", "1984", '"1984"'),
        ("date", "2024-01-02", '"2024-01-02"'),
    ]:
        new = edited(text, lambda found, key=key, value=value: add_field(found, key, value, newline="\n"))
        assert new == f'{{\n  "a": 1,\n  "{key}": {written}\n}}\n'


def test_a_field_written_twice_is_a_problem_on_its_second_line_and_locked() -> None:
    front_matter = parse_front_matter('{\n"a": 1,\n"b": {"c": 1, "c": 2},\n"a": [2],\n"d": 3\n}\n')
    assert [(field.key, field.value) for field in front_matter.fields] == [
        ("a", "1"), ("b", {"c": "2"}), ("a", ["2"]), ("d", "3"),
    ]  # fmt: skip
    assert [(problem.code, problem.line) for problem in front_matter.problems] == [
        ("front-matter-duplicate-key", 3),
        ("front-matter-duplicate-key", 4),
    ]
    assert ["more than once" in field.locked for field in front_matter.fields] == [True, True, True, False]
    assert front_matter.locked == ""
    for place in (("a",), ("b", "c")):
        with pytest.raises(EditRefused, match="more than once"):
            set_value(front_matter, place, "x")
    assert apply_edits(front_matter.text, set_value(front_matter, ("d",), "4")).endswith('"d": 4\n}\n')


def test_only_the_outermost_of_what_is_written_twice_is_a_problem() -> None:
    (problem,) = parse_front_matter('{\n"a": {"x": 1},\n"a": {"x": 2}\n}\n').problems
    assert (problem.line, "“a”" in problem.message) == (3, True)


@pytest.mark.parametrize(
    ("edit", "line", "reason"),
    [
        (lambda head: set_value(head, ("b",), "v"), 3, "list or map"),
        (lambda head: set_value(head, ("b", 1), "v"), 3, "no “1”"),
        (lambda head: add_value(head, ("a",), "v"), 2, "already"),
        (lambda head: add_value(head, ("a", 0), "v"), 2, "no list or map"),
        (lambda head: rename_value(head, ("a",), "b"), 3, "already"),
        (lambda head: move_value(head, ("a",), 2), 2, "no place 3"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_line_and_the_reason(
    edit: Callable[[FrontMatter], object], line: int, reason: str
) -> None:
    with pytest.raises(EditRefused, match=reason) as refused:
        edit(parse_front_matter('{\n"a": 1,\n"b": [2]\n}\n'))
    assert refused.value.line == line


@pytest.mark.parametrize("value", ["NaN", "[1, Infinity]", f"{'[' * 60_000}", f"{'[' * 60}{']' * 60}", "1 2"])
def test_json_that_cannot_be_read_is_a_problem_and_is_not_edited(value: str) -> None:
    front_matter = parse_front_matter(f'{{\n"a": {value}\n}}\n')
    assert (len(front_matter.problems), front_matter.fields) == (1, ())
    with pytest.raises(EditRefused, match="cannot be read"):
        set_value(front_matter, ("a",), "1")
