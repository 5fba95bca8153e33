"""Reading front matter: where it ends, what its fields say, and what is wrong with them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.front_matter import (
    FRONT_MATTER_LIMIT,
    Field,
    FieldKind,
    FrontMatter,
    front_matter_length,
    parse_front_matter,
)
from editor.core.problems import Severity

YAML_LIKE = st.text(alphabet="ab1:-#'\"|>[]{}&*!?%~,. \t\r\n\u2028\ufeff\x00😀", max_size=60)


def of(*lines: str) -> FrontMatter:
    return parse_front_matter("\n".join(("---", *lines, "---", "")))


def only(*lines: str) -> Field:
    (field,) = of(*lines).fields
    return field


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: x\n---\n",
        "---\r\ntitle: x\r\n---\r\n",
        "---\rtitle: x\r---\r",
        "--- \t\ntitle: x\n...\n",
        "---\n---\n",
        "---\n# a note to oneself\n---\n",
        "---\n  title: indented\n---\n",
        "---\nti\ntitle: x\n---\n",
        '---\ntitle: "not closed yet\n---\n',
        "+++\ntitle = 'x'\n+++\n",
        '{\n"title": "x"\n}\n',
    ],
)
def test_front_matter_ends_just_after_its_closing_fence(head: str) -> None:
    assert front_matter_length(head + "Text\n\n---\n") == len(head)
    assert front_matter_length(head.rstrip("\r\n")) == len(head.rstrip("\r\n"))
    assert parse_front_matter(head).body_start == len(head)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "Text\n---\ntitle: x\n---\n",
        "\n---\ntitle: x\n---\n",
        "----\ntitle: x\n----\n",
        "---\ntitle: x\n",
        "---\n\nProse between two rules.\n\nNote: it has a colon.\n\n---\n",
        "---\n\n# A heading between two rules\n\n---\n",
        "---\n- a list\n- between rules\n---\n",
        "{\n% a formula %\n}\n",
    ],
)
def test_an_article_that_only_looks_like_it_has_none(text: str) -> None:
    assert front_matter_length(text) == 0
    assert parse_front_matter(text) == FrontMatter("", "", (), (), 0, "")


def test_the_search_for_a_closing_fence_is_bounded() -> None:
    closed_too_late = "---\ntitle: x\n" + "# much\n" * (FRONT_MATTER_LIMIT // 7) + "---\n"
    assert len(closed_too_late) > FRONT_MATTER_LIMIT
    assert front_matter_length(closed_too_late) == 0


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("spare", range(-3, 4))
def test_nothing_beyond_the_limit_decides_where_front_matter_ends(ending: str, spare: int) -> None:
    head = f"---{ending}a: "
    text = head + "x" * (FRONT_MATTER_LIMIT - len(head) - len(ending) * 2 - 3 + spare) + f"{ending}---{ending}"
    assert front_matter_length(text) == (len(text) if spare <= 0 else 0)
    assert front_matter_length((text + "more")[: FRONT_MATTER_LIMIT + 1]) == front_matter_length(text + "more")


@pytest.mark.parametrize(
    ("written", "value", "kind"),
    [
        ("2024-05-13", "2024-05-13", FieldKind.DATE),
        ("'2024-05-13'", "2024-05-13", FieldKind.DATE),
        ("2024-05-13 10:00:00", "2024-05-13 10:00:00", FieldKind.DATE_TIME),
        ("12:30", "12:30", FieldKind.TEXT),
        ("1.10", "1.10", FieldKind.NUMBER),
        ("0x1F", "0x1F", FieldKind.NUMBER),
        ("'5'", "5", FieldKind.TEXT),
        ("no", "no", FieldKind.YES_NO),
        ("", "", FieldKind.EMPTY),
        ("~", "~", FieldKind.EMPTY),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d", FieldKind.URL),
        ("one\n  two", "one two", FieldKind.TEXT),
        ("'it''s'", "it's", FieldKind.TEXT),
        (r'"a\tb\u00e9"', "a\tbé", FieldKind.TEXT),
        ("|\n  a\n   b\n", "a\n b\n", FieldKind.LONG_TEXT),
        (">-\n  a\n  b\n\n  c", "a b\nc", FieldKind.LONG_TEXT),
        ("[a, 1.10, {b: no}]", ["a", "1.10", {"b": "no"}], FieldKind.LIST),
        ("\n  - a\n  -\n", ["a", ""], FieldKind.LIST),
        ("\n  b: 2024-01-01\n  c: [d]\n", {"b": "2024-01-01", "c": ["d"]}, FieldKind.MAP),
    ],
)
def test_a_value_is_the_string_written(written: str, value: object, kind: FieldKind) -> None:
    field = only(f"x: {written}")
    assert (field.value, field.kind) == (value, kind)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("affiliate_link", FieldKind.URL),
        ("canonicalURL", FieldKind.URL),
        ("published", FieldKind.DATE),
        ("abstract", FieldKind.LONG_TEXT),
        ("permalink", FieldKind.TEXT),
    ],
)
def test_a_name_tells_what_an_empty_value_is_meant_to_hold(key: str, kind: FieldKind) -> None:
    assert only(f'{key}: ""').kind is kind


def test_every_field_knows_its_exact_place() -> None:
    text = "---\n# note\ntitle: '😀 x' # c\ne:\nd: |\n  a  \n\n\n# c\nl:\n- 1\n- 2\n\nz: end\n---\n".replace(
        "\n", "\r\n"
    )
    spans = [
        (field.line, text[field.start : field.end], text[field.value_start : field.value_end])
        for field in parse_front_matter(text).fields
    ]
    assert spans == [
        (3, "title: '😀 x'", "'😀 x'"),
        (4, "e:", ""),
        (5, "d: |\r\n  a  ", "|\r\n  a  "),
        (10, "l:\r\n- 1\r\n- 2", "- 1\r\n- 2"),
        (14, "z: end", "end"),
    ]


def test_the_blank_lines_below_a_block_are_its_own_where_it_keeps_them() -> None:
    text = "---\na: |+\n  x\n\n\nb: 1\n---\n"
    field = parse_front_matter(text).fields[0]
    assert (field.value, text[field.value_start : field.value_end]) == ("x\n\n\n", "|+\n  x\n\n")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x: &a b\ny: *a", "Line 3 repeats it"),
        ("x: !!str 12", "!!str"),
        ("? x\n: y", "name"),
    ],
)
def test_a_value_that_a_form_cannot_set_says_why(line: str, reason: str) -> None:
    assert reason in of(line).fields[0].locked


def test_a_value_with_an_anchor_that_nothing_repeats_can_be_set() -> None:
    assert only("x: &a b").locked == ""


def test_an_alias_has_its_own_place_and_the_value_it_repeats() -> None:
    front_matter = of("a: &x one", "b: *x")
    field = front_matter.field("b")
    assert field
    assert (field.value, field.line, "alias" in field.locked) == ("one", 3, True)
    assert front_matter.text[field.value_start : field.value_end] == "*x"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_without_end_is_a_problem_and_not_a_crash(opening: str) -> None:
    front_matter = of("before: 1", "a:", " " + opening * (60_000 // len(opening)))
    assert [field.key for field in front_matter.fields] == ["before"]
    assert (front_matter.problems[0].line, "nested" in front_matter.locked) == (4, True)


def test_a_bomb_of_aliases_stays_small() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    assert len(json.dumps([field.value for field in of(*lines).fields])) < 2_000


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["a: b", "\tc: d"], 3),
        (["a: b", "c: d: e"], 3),
        (["a: b", 'c: "d'], 4),
        (["a: b", "c: @d"], 3),
        (["a: b", "c: *unknown"], 3),
        (["a: b", "c: \x07"], 3),
        (["a: b", "c: \ud800"], 3),
        (["\ufeffa: b"], 2),
        (["a: b", "--- # another", "c: d"], 3),
        (["a: b", "- c"], 3),
    ],
)
def test_yaml_that_cannot_be_read_is_locked_and_names_the_line(lines: list[str], line: int) -> None:
    front_matter = of(*lines)
    (problem,) = front_matter.problems
    assert (problem.code, problem.severity, problem.line) == ("front-matter-syntax", Severity.ERROR, line)
    assert front_matter.locked == problem.message


def test_fields_in_braces_are_read_and_locked() -> None:
    front_matter = of("{a: 1, b: 2}")
    assert [field.value for field in front_matter.fields] == ["1", "2"]
    assert (bool(front_matter.locked), front_matter.problems) == (True, ())


def test_a_field_written_twice_is_a_problem_on_its_second_line_and_the_last_counts() -> None:
    front_matter = of("a: 1", "b: 2", "a: 3")
    assert [(problem.code, problem.line) for problem in front_matter.problems] == [("front-matter-duplicate-key", 4)]
    field = front_matter.field("a")
    assert field
    assert (field.value, "2 and 4" in field.locked) == ("3", True)


@pytest.mark.parametrize(
    ("line", "severity"), [("d: 2024-02-31", Severity.ERROR), ("d: '2024-02-31'", Severity.WARNING)]
)
def test_a_day_that_is_not_in_the_calendar_is_a_problem(line: str, severity: Severity) -> None:
    problems = of("a: b", line).problems
    assert [(problem.code, problem.severity, problem.line) for problem in problems] == [
        ("front-matter-date", severity, 3)
    ]


@pytest.mark.parametrize("value", ["!!int x", "!unknown y", "[2024-02-31]", "!!timestamp x", "{[a]: b}"])
def test_a_value_that_other_programs_refuse_is_a_problem(value: str) -> None:
    problems = of("a: b", f"c: {value}").problems
    assert [(problem.code, problem.line) for problem in problems if problem.severity is Severity.ERROR] == [
        ("front-matter-value", 3)
    ]


@settings(max_examples=300, deadline=None)
@given(YAML_LIKE)
def test_any_text_at_all_is_read_without_an_error(inside: str) -> None:
    for text in (f"---\n{inside}\n---\n", f"+++\n{inside}\n+++\n", f'{{\n"{inside}\n}}\n', inside):
        front_matter = parse_front_matter(text[: front_matter_length(text)])
        for field in front_matter.fields:
            assert 0 <= field.start <= field.value_start <= field.value_end <= field.end <= front_matter.body_start
            assert 1 <= field.line <= text.count("\n") + text.count("\r") + 1
            assert isinstance(field.key, str)


def test_toml_is_shown_as_written() -> None:
    text = (
        '+++\ntitle = "x" # c\nday = 2024-01-02\nn = 0x1F # c\nv = 1.10\nok = true\nl = [1, 2]\n[extra]\nk = 1.2\n+++\n'
    )
    front_matter = parse_front_matter(text)
    assert [(field.key, field.value, field.line, field.kind) for field in front_matter.fields] == [
        ("title", "x", 2, FieldKind.TEXT),
        ("day", "2024-01-02", 3, FieldKind.DATE),
        ("n", "0x1F", 4, FieldKind.NUMBER),
        ("v", "1.10", 5, FieldKind.NUMBER),
        ("ok", "true", 6, FieldKind.YES_NO),
        ("l", ["1", "2"], 7, FieldKind.LIST),
        ("extra", {"k": "1.2"}, 8, FieldKind.MAP),
    ]
    assert (front_matter.format, front_matter.problems, front_matter.locked) == ("toml", (), "")


def test_a_line_inside_a_string_of_toml_never_gives_another_field_its_value() -> None:
    front_matter = parse_front_matter('+++\na = """\nk = 1\n"""\nk = 2\n+++\n')
    assert [field.value for field in front_matter.fields] == ["k = 1\n", "2"]


def test_json_is_shown_as_written_in_its_exact_place() -> None:
    text = '{\n  "a": {"b": 1.10},\n  "b": [1, null], "c": "x, \\"b\\": y",\n  "b2": 2e3\n}\nBody'
    front_matter = parse_front_matter(text[: front_matter_length(text)])
    assert [(field.key, field.value, field.line) for field in front_matter.fields] == [
        ("a", {"b": "1.10"}, 2),
        ("b", ["1", ""], 3),
        ("c", 'x, "b": y', 3),
        ("b2", "2e3", 4),
    ]
    assert [text[field.value_start : field.value_end] for field in front_matter.fields[1:]] == [
        "[1, null]", '"x, \\"b\\": y"', "2e3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("+++\na = 1\nb =\n+++\n", 3),
        ('{\n"a": 1,\n"b": x\n}\n', 3),
        (f"+++\na = {'[' * 60_000}\n+++\n", 1),
        (f'{{\n"a": {"[" * 400}{"]" * 400}\n}}\n', 1),
        (f"+++\n{'a.' * 30_000}b = 1\n+++\n", 1),
    ],
    ids=["toml", "json", "deep toml", "deep json", "dotted toml"],
)
def test_toml_and_json_that_cannot_be_read_name_the_line(text: str, line: int) -> None:
    front_matter = parse_front_matter(text)
    (problem,) = front_matter.problems
    assert (problem.line, front_matter.fields, front_matter.locked) == (line, (), problem.message)


def test_an_article_without_front_matter_pays_for_no_parser() -> None:
    code = (
        "import sys; from editor.core.front_matter import *; parse_front_matter('');"
        "print([name for name in ('yaml', 'frontmatter') if name in sys.modules])"
    )
    source = Path(__file__).resolve().parents[2] / "src"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(source)}
    )
    assert answer.stdout.strip() == "[]"
