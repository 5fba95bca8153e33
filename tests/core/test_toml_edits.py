"""Edits of TOML front matter: one value changes, in the writing that it has, and nothing else does."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.placed_values import at, changed, edited, index_of, leaves, places, tried, with_value, written_at

from editor.core import value_edits
from editor.core.front_matter import (
    FRONT_MATTER_LIMIT,
    FrontMatter,
    Place,
    add_field,
    add_value,
    front_matter_length,
    move_value,
    parse_front_matter,
    remove_value,
    rename_value,
    set_value,
)
from editor.core.text_edit import EditRefused, TextEdit
from editor.core.toml_edits import TOML

VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.text(
    alphabet="ab 1:-#'\"=[]{},.\\\t\r\n+\u2028\x00😀", max_size=15
)
SCALARS = [
    '"old"', "'old'", r'"caf\u00e9"',
    '"""\nold\n  text"""', "'''old\n'''", '"""a \\\n   b"""', '""', "12", "1_000",
    "0x1F", "-1.50", "1e3", "nan", "true", "2024-01-02", "2024-01-02T10:00:00Z", "2024-01-02 10:00:00+02:00",
    "10:30:00",
]  # fmt: skip
KEYS = ["a", "b-c", '"d e"', "'f.g'", "1"]
PARTS = st.sampled_from(
    [
        *(f"{{}} = {scalar}{comment}\n" for scalar in SCALARS for comment in ("", " # c")),
        "# above\n{} = 1\n", "{}=[]\n", "{} = ['x', 1, 2024-01-02]\n", "{} = [\n  'x', # c\n  # d\n  [1,2],\n]\n",
        "{} = [\n  1\n  , 2 ]\n",
        "{} = {{ x = 1, y.z = 'w' }}\n", "{}.x = 1\n{}.y.z = [ 2 ]\n", "\n# apart\n\n{} = 'x'\n",
    ]
)  # fmt: skip
TABLES = st.sampled_from(
    ["[t]\n", "[t]\nx = 1\n  y = 'z' # c\n\n", "[t.u]\nx = 1\n", "[[l]]\nx = 1\n\n[[l]]\ny = 2\n[l.z]\nw = 3\n"]
)
NEW = "a: b #c"


@st.composite
def documents(draw: st.DrawFn) -> str:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4))
    lines = [draw(PARTS).format(*[key] * 2) for key in keys]
    tables = draw(st.lists(TABLES, unique_by=lambda table: table[:3], max_size=2))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return "".join(("+++\n", *lines, *tables, "+++\n")).replace("\n", newline)


def read_by_others(text: str) -> dict[str, object]:
    return tomllib.loads(text.replace("\r\n", "\n").rstrip()[4:-3])


def head(*lines: str) -> str:
    return "\n".join(("+++", *lines, "+++", ""))


@pytest.mark.parametrize(
    ("written", "value", "now"),
    [
        # What has a type keeps it, as the writer writes it ...
        ("2024-01-02", "2025-03-04", "2025-03-04"),
        ("2024-01-02T10:00:00Z", "2024-01-02 11:00:00+02:00", "2024-01-02 11:00:00+02:00"),
        ("2024-01-02", "2024-01-02T10:00:00Z", "2024-01-02T10:00:00Z"),
        ("10:30:00", "11:00:00", "11:00:00"),
        ("12", "1_000", "1_000"),
        ("12", "1.50", "1.50"),
        ("1.5", "nan", "nan"),
        ("true", "false", "false"),
        # ... and becomes text where the new text is of another.
        ("2024-01-02", "2024-02-31", '"2024-02-31"'),
        ("2024-01-02", "2025-03-04 # c", '"2025-03-04 # c"'),
        ("2024-01-02", "10:00:00", '"10:00:00"'),
        ("true", "1", '"1"'),
        ("12", "a: b #c", '"a: b #c"'),
        ("12", "", '""'),
        ("12", " 13", '" 13"'),
        ("12", "13\ny = 14", r'"13\ny = 14"'),
        ("12", "[1]", '"[1]"'),
        # Text stays text in its quotes, as long as they can hold it.
        ('"old"', "2024-01-02", '"2024-01-02"'),
        ('"old"', 'say "x" \\', r'"say \"x\" \\"'),
        ('"old"', "a\nb\tc\u2028\x00", r'"a\nb\tc\u2028\u0000"'),
        ("'old'", "new \\d", r"'new \d'"),
        ("'old'", "it's", '"it\'s"'),
        ("'old'", "a\nb", r'"a\nb"'),
        ('"""\nold\n"""', 'a\n"b"', '"""\na\n"b\\""""'),
        ('"""\nold"""', 'a """ b', '"""\na ""\\" b"""'),
        ('"""old"""', "\nnew\n", '"""\n\nnew\n"""'),
        ("'''\nold\n'''", "it's\nnew", "'''\nit's\nnew'''"),
        ("'''old'''", "a\n'''b", '"""a\n\'\'\'b"""'),
        ('"""old\n"""', "a\n+++\nb", r'"a\n+++\nb"'),
        # What is shared with the old text stays as it was written.
        (r'"caf\u00e9 \U0001F600 old"', "café 😀 new", r'"caf\u00e9 \U0001F600 new"'),
        ('"""a \\\n   b c"""', "a b d", '"""a \\\n   b d"""'),
    ],
)
def test_a_value_keeps_its_type_and_its_quotes_where_they_can_hold_it(written: str, value: str, now: str) -> None:
    text = head("before = 1 # one", "", f"x   = {written}# two", "after = 'y'")
    new = changed(text, ("x",), value)
    assert new == text.replace(written, now)
    assert written_at(new, ("x",)) == value
    assert changed(new, ("x",), written_at(text, ("x",)), as_in=text) == text


@pytest.mark.parametrize("written", SCALARS)
@pytest.mark.parametrize("frame", ["x = {}", "x = [\n  1, # c\n  {}, # d\n]", "x.y = {{ z = {} }}", "[x]\ny = {} # c"])
def test_a_value_anywhere_is_set_and_set_back(frame: str, written: str) -> None:
    text = head(frame.format(written), "[[z]]", "a = [{ b = 1 }]")
    place = next(place for place in reversed(leaves(read_by_others(text))) if place[0] == "x")
    new = changed(text, place, NEW)
    assert repr(read_by_others(new)) == repr(with_value(read_by_others(text), place, NEW))
    assert changed(new, place, written_at(text, place), as_in=text) == text


def test_only_the_characters_that_differ_are_edited() -> None:
    (edit,) = set_value(parse_front_matter(head('title = "A long title"')), ("title",), "A longer title")
    assert (edit.start, edit.end, edit.text) == (19, 19, "er")


def test_setting_the_value_that_is_there_already_edits_nothing() -> None:
    text = head(r'x = ["caf\u00e9", 0x1F]')
    assert changed(text, ("x", 0), "café") == text
    assert changed(text, ("x", 1), "0x1F") == text


@settings(max_examples=200)
@given(documents(), st.integers(0, 30), VALUES)
def test_an_edit_changes_its_value_alone_and_can_be_set_back(text: str, which: int, value: str) -> None:
    found = leaves(read_by_others(text))
    if not found:
        return
    place = found[which % len(found)]
    new = changed(text, place, value)
    assert written_at(new, place) == value
    expected = with_value(read_by_others(text), place, None)
    assert repr(with_value(read_by_others(new), place, None)) == repr(expected)
    assert changed(new, place, written_at(text, place), as_in=text) == text


@settings(max_examples=150)
@given(documents(), st.integers(0, 30), VALUES)
def test_what_is_added_anywhere_is_read_and_can_be_removed_again(text: str, which: int, value: str) -> None:
    loaded = read_by_others(text)
    parents = [(), *(place for place in places(loaded) if isinstance(at(loaded, place), (dict, list)))]
    parent = parents[which % len(parents)]
    inside = at(loaded, parent)
    place = (*parent, "new key" if isinstance(inside, dict) else which % (len(inside) + 1))
    new, refusal = tried(text, lambda front_matter: add_value(front_matter, place, value))
    if refusal:
        # [[lists of tables]], and tables that only [table.others] or dotted keys in braces imply.
        assert parent in {("l",), ("t",)} or parent[1:] == ("y",)
    else:
        assert written_at(new, place) == value
        assert edited(new, lambda front_matter: remove_value(front_matter, place)) == text


@settings(max_examples=150)
@given(documents(), st.integers(0, 30), st.integers(0, 4))
def test_what_is_moved_and_moved_back_leaves_no_trace(text: str, which: int, to: int) -> None:
    loaded = read_by_others(text)
    found = [*places(loaded)]
    place = found[which % len(found)] if found else ()
    to %= len(at(loaded, place[:-1])) or 1
    new, refusal = tried(text, lambda front_matter: move_value(front_matter, place, to)) if place else (text, "")
    if refusal:
        assert "below a table" in refusal or "one place" in refusal
    elif place:
        there = (*place[:-1], to if isinstance(place[-1], int) else place[-1])
        assert index_of(read_by_others(new), there) == to
        assert repr(at(read_by_others(new), there)) == repr(at(loaded, place))
        assert edited(new, lambda found: move_value(found, there, index_of(loaded, place))) == text


@settings(max_examples=80)
@given(documents(), st.integers(0, 30), st.sampled_from(["q", "z y", "z'", 'z"\n\x00']))
def test_whatever_has_a_name_gets_another_and_stays_where_it_is(text: str, which: int, name: str) -> None:
    loaded = read_by_others(text)
    found = [place for place in places(loaded) if isinstance(place[-1], str)]
    if found:
        place = found[which % len(found)]
        there = (*place[:-1], name)
        new = edited(text, lambda front_matter: rename_value(front_matter, place, name))
        assert index_of(read_by_others(new), there) == index_of(loaded, place)
        back = edited(new, lambda front_matter: rename_value(front_matter, there, str(place[-1])))
        assert repr(read_by_others(back)) == repr(loaded)


@pytest.mark.parametrize(
    ("lines", "place", "now"),
    [
        # A field comes before the first table, below the last of its like and written as that is.
        (["a = 1 # c", "", "# about t", "[t]"], ("x",), ["a = 1 # c", 'x = "v"', "", "# about t", "[t]"]),
        (["\ta=1"], ("x",), ["\ta=1", '\tx="v"']),
        (["# c"], ("x",), ["# c", 'x = "v"']),
        (["[t]", "a = 1"], ("x",), ['x = "v"', "[t]", "a = 1"]),
        ([], ("a b",), ['"a b" = "v"']),
        # A key comes at the end of its table's own lines.
        (["[t]", "a = 1", "", "[u]"], ("t", "x"), ["[t]", "a = 1", 'x = "v"', "", "[u]"]),
        (["[t]", "[t.u]", "a = 1"], ("t", "x"), ["[t]", 'x = "v"', "[t.u]", "a = 1"]),
        (["[[l]]", "a = 1", "[[l]]"], ("l", 0, "x"), ["[[l]]", "a = 1", 'x = "v"', "[[l]]"]),
        (["t.'a' . b = 1", "c = 2"], ("t", "a", "x"), ["t.'a' . b = 1", "t.'a'.x = \"v\"", "c = 2"]),
        # Inside brackets it is written as its neighbours are.
        (["a = {}"], ("a", "x"), ['a = {x = "v"}']),
        (["a = { b=1 }"], ("a", "x"), ['a = { b=1, x="v" }']),
        (["a = []"], ("a", 0), ['a = ["v"]']),
        (["a = [1,2] # c"], ("a", 2), ['a = [1,2,"v"] # c']),
        (["a = [1,  2]"], ("a", 0), ['a = ["v",  1,  2]']),
        (["a = [1, 2,]"], ("a", 1), ['a = [1, "v", 2,]']),
        (["a = [", "  # c", "]"], ("a", 0), ["a = [", "  # c", '  "v"', "]"]),
        (["a = [", "\t1, # c", "]"], ("a", 1), ["a = [", "\t1, # c", '\t"v",', "]"]),
        (["a = [", "  1 # c", "]"], ("a", 1), ["a = [", "  1, # c", '  "v"', "]"]),
        (["a = [", "  # c", "  1]"], ("a", 1), ["a = [", "  # c", '  1, "v"]']),
        (["a = [", "  1,", "  # c", "  2", "]"], ("a", 1), ["a = [", "  1,", '  "v",', "  # c", "  2", "]"]),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_value_is_added_as_its_neighbours_are_written(
    lines: list[str], place: Place, now: list[str], newline: str
) -> None:
    text = head(*lines).replace("\n", newline)
    new = edited(text, lambda front_matter: add_value(front_matter, place, "v"))
    assert new == head(*now).replace("\n", newline)
    assert edited(new, lambda front_matter: remove_value(front_matter, place)) == text


@pytest.mark.parametrize(
    ("key", "value", "written"),
    [("weight", "12", "12"), ("draft", "true", "true"), ("date", "2024-01-02", "2024-01-02"), ("v", "1.10", '"1.10"'),
     ("title", "1984", '"1984"'), ("x", "", '""'), ("x", "a\nb", '"""\na\nb"""'), ("x", "2024-02-31", '"2024-02-31"')],
)  # fmt: skip
def test_a_new_value_is_text_unless_it_can_only_be_meant_otherwise(key: str, value: str, written: str) -> None:
    new = edited(head(), lambda front_matter: add_field(front_matter, key, value, newline="\n"))
    assert new == head(f"{key} = {written}")


@pytest.mark.parametrize(
    ("lines", "place", "now"),
    [
        (["# above", "x = 1 # c", "y = 2"], ("x",), ["# above", "y = 2"]),
        (["x = '''", "a", "''' # c"], ("x",), []),
        (["a = 1", "[x]", "b = 1", "[x.y]", "c = 1 # c", "", "[z]"], ("x",), ["a = 1", "", "[z]"]),
        (["x.a = 1", "b = 1", "x.c = 1"], ("x",), ["b = 1"]),
        (["[[x]]", "a = 1", "[[x]]", "b = 1"], ("x", 0), ["[[x]]", "b = 1"]),
        (["x = [1, 2, 3]"], ("x", 0), ["x = [2, 3]"]),
        (["x = [ 1 ]"], ("x", 0), ["x = [  ]"]),
        (["x = [", "  1", "  , 2", "]"], ("x", 0), ["x = [", "  2", "]"]),
        (["x = [", "  1, # c", "  2 # d", "]"], ("x", 1), ["x = [", "  1 # c", "]"]),
        (["x = { a = 1, b = 2 }"], ("x", "b"), ["x = { a = 1 }"]),
        (["[x]", "a = 1"], ("x", "a"), ["[x]"]),
    ],
)
def test_a_value_is_removed_with_its_lines_or_its_comma(lines: list[str], place: Place, now: list[str]) -> None:
    assert edited(head(*lines), lambda front_matter: remove_value(front_matter, place)) == head(*now)


@pytest.mark.parametrize(
    ("lines", "place", "to", "now"),
    [
        (["# of a", "a = 1 # c", "", "b = 2"], ("a",), 1, ["b = 2", "", "# of a", "a = 1 # c"]),
        (["a = '''", "# no comment'''", "b = 2"], ("b",), 0, ["b = 2", "a = '''", "# no comment'''"]),
        (["a = 1", "[t]", "b = 1", "", "# of u", "[u]"], ("u",), 1, ["a = 1", "# of u", "[u]", "", "[t]", "b = 1"]),
        (["x = [", "  1, # one", "  # of two", "  2", "]"], ("x", 1), 0,
         ["x = [", "  # of two", "  2,", "  1 # one", "]"]),
        (["x = [", "'''", "# a''',", "2,", "]"], ("x", 1), 0, ["x = [", "2,", "'''", "# a''',", "]"]),
        (["x = [1,2 , 3]"], ("x", 2), 0, ["x = [3,1 , 2]"]),
        (["x = { a = 1, b = 2 }"], ("x", "b"), 0, ["x = { b = 2, a = 1 }"]),
    ],
)  # fmt: skip
def test_what_is_moved_takes_its_comments_along(lines: list[str], place: Place, to: int, now: list[str]) -> None:
    assert edited(head(*lines), lambda front_matter: move_value(front_matter, place, to)) == head(*now)


@pytest.mark.parametrize(
    ("lines", "place", "new", "now"),
    [
        (["a = 1 # a"], ("a",), "b-c", ["b-c = 1 # a"]),
        (["a = 1"], ("a",), "b c", ['"b c" = 1']),
        (["'b c' = 1"], ("b c",), "a", ["a = 1"]),
        (['"a" = 1', "'b' = 1"], ("b",), "c.d", ['"a" = 1', "'c.d' = 1"]),
        (["a.x = 1", "a . y = 2", "[a.z]"], ("a",), "b", ["b.x = 1", "b . y = 2", "[b.z]"]),
        (["[[a]]", "a = 1", "[a.b]", "[[ a ]]"], ("a",), "c", ["[[c]]", "a = 1", "[c.b]", "[[ c ]]"]),
        (["x = { a.b = 1 }"], ("x", "a", "b"), "c", ["x = { a.c = 1 }"]),
    ],
)
def test_a_name_is_changed_wherever_it_is_written(lines: list[str], place: Place, new: str, now: list[str]) -> None:
    assert edited(head(*lines), lambda front_matter: rename_value(front_matter, place, new)) == head(*now)


@pytest.mark.parametrize(
    ("edit", "line", "reason"),
    [
        (lambda head: set_value(head, ("t",), "v"), 5, "list or map"),
        (lambda head: set_value(head, ("nowhere",), "v"), 1, "no “nowhere”"),
        (lambda head: set_value(head, ("list", 2), "v"), 3, "no “2”"),
        (lambda head: set_value(head, ("a",), "\udc80"), 2, "cannot hold"),
        (lambda head: add_value(head, ("a",), "v"), 2, "already"),
        (lambda head: add_value(head, (" ",), "v"), 0, "name"),
        (lambda head: add_value(head, ("a", "b"), "v"), 2, "no list or map"),
        (lambda head: add_value(head, ("list", 4), "v"), 3, "no list or map"),
        (lambda head: rename_value(head, ("a",), "list"), 3, "already"),
        (lambda head: rename_value(head, ("list", 0), "x"), 3, "names"),
        (lambda head: move_value(head, ("a",), 2), 2, "below a table"),
        (lambda head: move_value(head, ("a",), 3), 2, "no place 4"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_line_and_the_reason(
    edit: Callable[[FrontMatter], object], line: int, reason: str
) -> None:
    with pytest.raises(EditRefused, match=reason) as refused:
        edit(parse_front_matter(head("a = 1", "list = [1, 2]", "", "[t]")))
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("wrong", "edit"),
    [
        (
            {"ways_to_write": lambda *_: ['"v"\nx = 1']},
            lambda toml, head: value_edits.set_value(toml, head, ("a",), "v", None),
        ),
        (
            {"ways_to_write": lambda *_: ['"v"\nx = 1']},
            lambda toml, head: value_edits.add_value(toml, head, ("n",), "v"),
        ),
        (
            {"removed": lambda *_: (TextEdit(4, 16, ""),)},
            lambda toml, head: value_edits.remove_value(toml, head, ("a",)),
        ),
        ({"name": lambda *_: "x = 1\nnew"}, lambda toml, head: value_edits.rename_value(toml, head, ("a",), "new")),
        (
            {"moved": lambda *_: (TextEdit(8, 9, "3"),)},
            lambda toml, head: value_edits.move_value(toml, head, ("a",), 1),
        ),
    ],
    ids=["set", "add", "remove", "rename", "move"],
)
def test_a_proposal_that_would_change_anything_else_is_refused(
    wrong: dict[str, Any], edit: Callable[[value_edits.Language, FrontMatter], object]
) -> None:
    front_matter = parse_front_matter(head("a = 1", "b = 2", "c = 3"))
    with pytest.raises(EditRefused, match=r"cannot (be|hold)"):
        edit(replace(TOML, **wrong), front_matter)


@pytest.mark.parametrize("written", ["1", '"old"', "'old'", "'''old'''"])
@pytest.mark.parametrize("value", ["a\udc80", "x" * FRONT_MATTER_LIMIT], ids=["no character", "too long"])
def test_a_value_that_would_end_the_front_matter_or_the_file_is_refused(written: str, value: str) -> None:
    with pytest.raises(EditRefused, match="cannot hold"):
        changed(head(f"a = {written}"), ("a",), value)


def test_front_matter_that_cannot_be_read_is_not_edited() -> None:
    with pytest.raises(EditRefused, match="cannot be read") as refused:
        changed(head("a = 1", "b ="), ("a",), "2")
    assert refused.value.line == 3


def test_every_value_in_the_corpus_can_be_set_and_set_back(corpus: list[Path]) -> None:
    texts = [path.read_bytes().decode("utf-8-sig", "replace") for path in corpus]
    heads = [text[: front_matter_length(text)] for text in texts if text.startswith("+++")]
    assert len(heads) > 100
    for text in heads:
        new = text
        for place in leaves(read_by_others(text)):
            new = changed(text, place, NEW)
            assert read_by_others(new) == with_value(read_by_others(text), place, NEW)
            assert changed(new, place, written_at(text, place), as_in=text) == text
        inside = new.replace("\r\n", "\n").rstrip()[4:-3]
        assert tomlkit.parse(inside).unwrap() == read_by_others(new)


def test_every_field_in_the_corpus_is_renamed_and_moved_and_given_company_without_a_trace(corpus: list[Path]) -> None:
    texts = [path.read_bytes().decode("utf-8-sig", "replace") for path in corpus]
    for text in [text[: front_matter_length(text)] for text in texts if text.startswith("+++")][::2]:
        fields = [field for field in parse_front_matter(text).fields if not isinstance(field.value, dict)]
        for index, field in enumerate(fields):
            key, to = field.key, len(fields) - 1 - index
            new = edited(text, lambda found, key=key: rename_value(found, (key,), "new name"))
            assert edited(new, lambda found, key=key: rename_value(found, ("new name",), key)) == text
            new = edited(text, lambda found, key=key, to=to: move_value(found, (key,), to))
            assert list(read_by_others(new))[to] == key
            assert edited(new, lambda found, key=key, index=index: move_value(found, (key,), index)) == text
        new = edited(text, lambda found: add_field(found, "new name", NEW, newline="\n"))
        assert edited(new, lambda found: remove_value(found, ("new name",))) == text
