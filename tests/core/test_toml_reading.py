"""Reading TOML front matter: what its fields say, where they stand, and what is wrong with it."""

from __future__ import annotations

import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.placed_values import at, places, written_at

from editor.core.front_matter import FieldKind, FrontMatter, Place, front_matter_length, parse_front_matter, set_value
from editor.core.text_edit import EditRefused

TOML_LIKE = st.text(alphabet="ab1.-='\"[]{},# \\\t\r\n\u2028😀", max_size=60)
LINES = st.lists(
    st.sampled_from(
        ["a = 1", "b.c = '''x\n# y'''", 'd = """a""\\\n  b"""""', "e = [[1, # ]\n'}'],\n]", "[f.'g h']", "[[i]]",
         "j = {k.l = {}}",
         "m = 2024-01-02 10:00:00Z # n", "# o", "", '"p\\u0071" = 1e5']
    ),
    max_size=8,
)  # fmt: skip


def of(*lines: str, newline: str = "\n") -> FrontMatter:
    return parse_front_matter("\n".join(("+++", *lines, "+++", "")).replace("\n", newline))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_field_knows_its_exact_place(newline: str) -> None:
    lines = [
        "# note", 'title = "😀 x" # c', "'a b' = '''", "k = 1", "'''", "list = [ 1, # ]", "]", "d.x = 1 # c", "d.y = 2",
        "[t]", "u = 1 # c", "", "[t.v]", "w = 2 # c", "[[empty]]",
    ]  # fmt: skip
    front_matter = of(*lines, newline=newline)
    text = front_matter.text.replace("\r\n", "\n") if newline == "\n" else front_matter.text
    spans = [
        (field.line, text[field.start : field.key_end], text[field.value_start : field.value_end].replace("\r\n", "\n"))
        for field in front_matter.fields
    ]
    assert spans == [
        (3, "title", '"😀 x"'),
        (4, "'a b'", "'''\nk = 1\n'''"),
        (7, "list", "[ 1, # ]\n]"),
        (9, "d", "x = 1 # c\nd.y = 2"),
        (11, "t", "u = 1 # c\n\n[t.v]\nw = 2"),
        (16, "empty", ""),
    ]
    assert all(field.end == field.value_end for field in front_matter.fields)


@pytest.mark.parametrize(
    ("written", "value", "kind"),
    [
        ("2024-05-13", "2024-05-13", FieldKind.DATE),
        ("2024-05-13 10:00:00+02:00", "2024-05-13 10:00:00+02:00", FieldKind.DATE_TIME),
        ("1_000", "1_000", FieldKind.NUMBER),
        ("-1.50", "-1.50", FieldKind.NUMBER),
        ("inf", "inf", FieldKind.NUMBER),
        ("true", "true", FieldKind.YES_NO),
        ("'5'", "5", FieldKind.TEXT),
        ('"""\n  a\\\n  b"""', "  ab", FieldKind.LONG_TEXT),
        ("[1_0, [2024-01-02], {a.b = 0x1F}]", ["1_0", ["2024-01-02"], {"a": {"b": "0x1F"}}], FieldKind.LIST),
        ("{a = 1.10}", {"a": "1.10"}, FieldKind.MAP),
    ],
)
def test_a_value_is_the_string_written(written: str, value: object, kind: FieldKind) -> None:
    (field,) = of(f"x = {written} # c").fields
    assert (field.value, field.kind) == (value, kind)


def test_only_lists_and_maps_are_not_set_as_one_text() -> None:
    front_matter = of("a = 1", "b = []", "c = {}", "d.e = 1", "[[f]]", "[g]")
    assert front_matter.locked == ""
    assert set_value(front_matter, ("a",), "2")
    for field in front_matter.fields[1:]:
        with pytest.raises(EditRefused, match="list or map"):
            set_value(front_matter, (field.key,), "x")


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("+++\na = 1\na = 2\n+++\n", 3, "overwrite"),
        ("+++\na = 1\n\nb = 2024-02-31\n+++\n", 4, "date"),
        ("+++\r\na = 1\r\nb = 'x\ry'\r\n+++\r\n", 3, "carriage return"),
        ("+++\ra = 1\r+++\r", 1, "carriage return"),
        (f"+++\na = {{{'a.' * 30_000}b = 1}}\n+++\n", 1, "50 dots"),
        (f"+++\n[{'a.' * 30_000}b]\n+++\n", 1, "50 dots"),
        (f"+++\n[{'a.' * 40}b]\n{'a.' * 40}b = 1\n+++\n", 1, "50 levels"),
    ],
    ids=["twice", "day", "lone CR", "all CR", "dots in braces", "dots in a header", "deep tables"],
)
def test_toml_that_cannot_be_read_names_the_line(text: str, line: int, word: str) -> None:
    front_matter = parse_front_matter(text)
    (problem,) = front_matter.problems
    assert (problem.line, front_matter.fields, front_matter.locked) == (line, (), problem.message)
    assert word in problem.message


@settings(max_examples=200)
@given(TOML_LIKE | LINES.map("\n".join))
def test_whatever_the_reader_accepts_has_a_place_for_each_field(inside: str) -> None:
    text = f"+++\n{inside}\n+++\n"
    text = text[: front_matter_length(text)]
    front_matter = parse_front_matter(text)
    assert bool(front_matter.problems) != _accepted(text[4:-4] if front_matter.format else "")
    for field in front_matter.fields:
        assert 4 <= field.start < field.key_end <= field.value_start <= field.value_end == field.end < len(text)
        if place := _first_scalar(field.key, field.value):
            assert set_value(front_matter, place, "x: y") or written_at(text, place) == "x: y"


def _accepted(inside: str) -> bool:
    try:
        tomllib.loads(inside)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _first_scalar(key: str, value: object) -> Place:
    return next((place for place in [(key,), *places(value, (key,))] if isinstance(at({key: value}, place), str)), ())


@pytest.mark.parametrize(
    "inside",
    ["".join(f"[a{i}]\n" for i in range(6_000)), f"x = '''{chr(39)} {'a' * 60_000}'''\n", "#\n" * 30_000 + "x = 1\n"],
    ids=["tables", "a long string", "comments"],
)
def test_reading_takes_a_time_in_proportion(inside: str) -> None:
    began = time.process_time()
    assert parse_front_matter(f"+++\n{inside}+++\n").fields
    assert time.process_time() - began < 1
