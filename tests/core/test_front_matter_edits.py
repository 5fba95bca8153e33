"""Edits of the front matter: one value changes, and nothing else does."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.core.front_matter import (
    add_field,
    front_matter_length,
    parse_front_matter,
    remove_field,
    rename_field,
    set_field,
)
from editor.core.text_edit import EditRefused, apply_edits

VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    alphabet="ab 1:-#'\"|>[]{}&*!?%~,.\\\t\r\n\u2028\ufeff\x00😀", max_size=20
)
WRITTEN = ["old", "'old'", '"old"', "|\n  old\n  text\n", ">-\n    old\n    text", "", "one\n  two", "2024-01-02", "12"]


def changed(text: str, key: str, value: str) -> str:
    return apply_edits(text, set_field(parse_front_matter(text), key, value))


def with_value(written: str, newline: str = "\n") -> str:
    text = f"---\nbefore: 'x'   # one\n\nx: {written}\n# two\nafter: no\n---\n"
    return text.replace("\n", newline)


def read_by_others(text: str) -> dict[str, object]:
    inside = text.replace("\r\n", "\n").rstrip().split("\n")[1:-1]
    loaded: dict[str, object] = yaml.load("\n".join((*inside, "")), Loader=yaml.BaseLoader)
    return loaded


@pytest.mark.parametrize(
    ("written", "value", "now"),
    [
        # A plain value stays plain as long as every reader still sees a string ...
        ("old", "new text", "new text"),
        ("old", "1.0.3", "1.0.3"),
        ("old", "a: b #c", '"a: b #c"'),
        ("old", "no", '"no"'),
        ("old", "y", '"y"'),
        ("old", "12:30", '"12:30"'),
        ("old", "a\tb", r'"a\tb"'),
        ("old", "1e3", '"1e3"'),
        ("old", "2024-01-01", '"2024-01-01"'),
        ("old", "", '""'),
        ("old", " padded ", '" padded "'),
        ("old", "{{ site.title }}", '"{{ site.title }}"'),
        ("old", "a\u2028b", r'"a\Lb"'),
        # ... and of the type that it was.
        ("2024-01-02", "2025-03-04", "2025-03-04"),
        ("2024-01-02", "2025-02-31", '"2025-02-31"'),
        ("2024-01-02", "soon", "soon"),
        ("1.10", "1.20", "1.20"),
        ("12", "1.5", "1.5"),
        ("yes", "no", "no"),
        ("yes", "12", '"12"'),
        ("", "3", "3"),
        ("", "true", "true"),
        ("", "no", '"no"'),
        ("", "1.10", '"1.10"'),
        # Quotes stay.
        ("'old'", "it's", "'it''s'"),
        ("'old'", "a\tb\nc", r'"a\tb\nc"'),
        ('"old"', 'say "x" \\', r'"say \"x\" \\"'),
        ('"old"', "plain", '"plain"'),
        # Blocks stay.
        ("|\n    old\n    text", "new\n\n more\n", "|\n    new\n\n     more"),
        ("|\n    old", "new", "|-\n    new"),
        ("| # c\n  old", " new\n", "|2 # c\n   new"),
        ("|-\n  old", "new\n\n", "|+\n  new\n"),
        (">\n  one two\n  three\n", "one two four\nfive\n", ">\n  one two\n  four\n\n  five\n"),
        (">-\n  one", "two  blanks", ">-\n  two  blanks"),
        ("old", "a\nb", "|-\n  a\n  b"),
        ("old", "a\n  ", r'"a\n  "'),
        ("|-\n  a\n  \t", "b", "|-\n  b"),
        ("old # c", "a\nb", r'"a\nb" # c'),
        ("one\n  two", "three", "three"),
        ("# c", "new", "new # c"),
    ],
)
def test_setting_a_value_keeps_the_way_it_is_written(written: str, value: str, now: str) -> None:
    assert changed(with_value(written), "x", value) == with_value(now)


def test_text_under_a_title_stays_text_where_it_looks_like_a_number() -> None:
    assert changed("---\ntitle:\n---\n", "title", "1984") == '---\ntitle: "1984"\n---\n'


def test_lines_that_are_inserted_take_the_ending_of_their_neighbours() -> None:
    assert changed(with_value("|\n  a", "\r\n"), "x", "b\nc\n") == with_value("|\n  b\n  c", "\r\n")


def test_only_the_characters_that_differ_are_edited() -> None:
    (edit,) = set_field(parse_front_matter('---\ntitle: "A long title"\n---\n'), "title", "A longer title")
    assert (edit.start, edit.end, edit.text) == (18, 18, "er")


def test_setting_the_value_that_is_there_already_edits_nothing() -> None:
    assert set_field(parse_front_matter(with_value(r'"caf\u00e9"')), "x", "café") == ()


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(WRITTEN), VALUES, st.sampled_from(["\n", "\r\n"]))
def test_an_edit_changes_its_value_alone_and_reads_back(written: str, value: str, newline: str) -> None:
    text = with_value(written, newline)
    front_matter = parse_front_matter(text)
    field = front_matter.field("x")
    assert field
    new = changed(text, "x", value)
    assert new.startswith(text[: field.value_start])
    assert new.endswith(text[field.value_end :])
    assert read_by_others(new) == {"before": "x", "x": value, "after": "no"}


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(WRITTEN), VALUES)
def test_setting_the_old_value_back_gives_the_text_back_or_the_same_value_in_quotes(written: str, value: str) -> None:
    text = with_value(written)
    old = str(read_by_others(text)["x"])
    after = changed(text, "x", value)
    back = changed(after, "x", old)
    was, now = parse_front_matter(text).field("x"), parse_front_matter(after).field("x")
    assert was
    assert now
    assert read_by_others(back)["x"] == old
    if was.style == now.style and was.style in {"'", '"'}:
        assert back == text


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("x: [a]", "x"),
        ("x: {a: b}", "x"),
        ("x: &a b\ny: *a", "x"),
        ("x: !!str b", "x"),
        ("x: 1\nx: 2", "x"),
        ("x: 1", "y"),
    ],
)
def test_what_cannot_be_set_is_refused_with_its_line(line: str, key: str) -> None:
    with pytest.raises(EditRefused) as refused:
        changed(f"---\n{line}\n---\n", key, "new")
    assert refused.value.line >= 1


@pytest.mark.parametrize(
    "text", ["---\nx: 1\n\ty: 2\n---\n", "---\n{x: 1}\n---\n", "+++\nx = \n+++\n", '{\n"x": \n}\n']
)
def test_nothing_is_edited_where_the_front_matter_is_locked(text: str) -> None:
    front_matter = parse_front_matter(text)
    with pytest.raises(EditRefused):
        set_field(front_matter, "x", "2")
    with pytest.raises(EditRefused):
        add_field(front_matter, "z", "2", newline="\n")
    with pytest.raises(EditRefused):
        remove_field(front_matter, "x")
    with pytest.raises(EditRefused):
        rename_field(front_matter, "x", "z")


def test_a_character_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(EditRefused):
        changed("---\nx: old\n---\n", "x", "a\udc80")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\na: 1\n\n# c\n---\n", "x: new\n"),
        ("---\r\n  a: 1\r\n---\r\n", "  x: new\r\n"),
        ("---\na: |+\n  b\n\n...", "x: new\n"),
        ("---\n---\n", "x: new\n"),
    ],
)
def test_a_field_is_added_at_the_end_as_the_others_are_written(text: str, line: str) -> None:
    (edit,) = add_field(parse_front_matter(text), "x", "new", newline="\n")
    assert edit.text == line
    assert text[edit.start :].rstrip() in {"---", "..."}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_an_article_without_front_matter_gets_its_fences(newline: str) -> None:
    (edit,) = add_field(parse_front_matter(""), "title", "A: b", newline=newline)
    assert (edit.start, edit.text.split(newline)) == (0, ["---", 'title: "A: b"', "---", ""])
    assert front_matter_length(edit.text + "---\n") == len(edit.text)


@settings(max_examples=200, deadline=None)
@given(VALUES, VALUES)
def test_any_name_and_value_can_be_added_and_are_read_back(key: str, value: str) -> None:
    assume(key.strip() and key not in {"a", "b"})
    text = "---\na: &x 1\nb: *x\n---\n"
    new = apply_edits(text, add_field(parse_front_matter(text), key, value, newline="\n"))
    assert read_by_others(new) == {"a": "1", "b": "1", key: value}


@pytest.mark.parametrize("key", ["", "  ", "a"])
def test_a_name_that_is_empty_or_taken_is_refused(key: str) -> None:
    front_matter = parse_front_matter("---\na: 1\nb: 2\n---\n")
    with pytest.raises(EditRefused):
        add_field(front_matter, key, "x", newline="\n")
    with pytest.raises(EditRefused):
        rename_field(front_matter, "b", key)


@pytest.mark.parametrize(
    "lines", ["x: 1 # c\n", "x:\n  - 1\n  - 2 # c\n", "x: |\n  a\n\n  b\n", "x:\n", "'x': {a: b}\n"]
)
def test_a_field_is_removed_with_all_its_lines(lines: str) -> None:
    text = f"---\na: 1\n{lines}# two\nb: 2\n---\n"
    assert apply_edits(text, remove_field(parse_front_matter(text), "x")) == "---\na: 1\n# two\nb: 2\n---\n"


@pytest.mark.parametrize("text", ["---\nx: &a 1\nb: *a\n---\n", "---\nx: 1\nx: 2\n---\n", "---\n? x\n: 1\n---\n"])
def test_a_field_that_others_need_is_not_removed(text: str) -> None:
    with pytest.raises(EditRefused):
        remove_field(parse_front_matter(text), "x")


@pytest.mark.parametrize(
    ("name", "new", "written"),
    [
        ("x", "y z", "y z"),
        ("x", "no", '"no"'),
        ("x", "a: b", '"a: b"'),
        ("'x'", "it's", "'it''s'"),
        ('"x"', "y", '"y"'),
    ],
)
def test_a_field_renamed_keeps_place_value_and_quotes(name: str, new: str, written: str) -> None:
    text = "---\na: 1\n{}:   [1,  2] # c\nb: 2\n---\n"
    edits = rename_field(parse_front_matter(text.format(name)), "x", new)
    assert apply_edits(text.format(name), edits) == text.format(written)
