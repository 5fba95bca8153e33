"""Lists where there was nothing, and fields filled in from a template."""

from __future__ import annotations

import pytest

from editor.core.front_matter import FrontMatter, Place, add_items, fill_in, parse_front_matter
from editor.core.text_edit import EditRefused, apply_edits


def begun(text: str, place: Place, items: tuple[str, ...] = ()) -> str:
    return apply_edits(text, add_items(parse_front_matter(text), place, items))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\r\na: 1\r\n---\r\n", "---\r\na: 1\r\ntags: [x, 'y, z']\r\n---\r\n"),
        ("---\ntags: # none yet\nb: 2\n---\n", "---\ntags: [x, 'y, z'] # none yet\nb: 2\n---\n"),
        ("---\ntags:\nb: 2\n---\n", "---\ntags: [x, 'y, z']\nb: 2\n---\n"),
        ("---\ntags: ''\n---\n", "---\ntags: [x, 'y, z']\n---\n"),
        ("+++\na = 1\n[b]\nc = 2\n+++\n", '+++\na = 1\ntags = ["x", "y, z"]\n[b]\nc = 2\n+++\n'),
        ('+++\ntags = ""\n+++\n', '+++\ntags = ["x", "y, z"]\n+++\n'),
        ('{\n  "a": 1\n}\n', '{\n  "a": 1,\n  "tags": ["x", "y, z"]\n}\n'),
        ('{\n  "tags": null\n}\n', '{\n  "tags": ["x", "y, z"]\n}\n'),
    ],
)
def test_a_list_is_made_of_nothing_and_all_else_stands(before: str, after: str) -> None:
    now = begun(before, ("tags",), ("x", "y, z"))
    assert now.replace('"y, z"', "'y, z'") == after.replace('"y, z"', "'y, z'")
    assert parse_front_matter(now).value_at(("tags",)) == ["x", "y, z"]


def test_several_items_join_a_list_at_its_end_in_its_own_writing() -> None:
    block = "---\na:\n- one # first\nb: 1\n---\n"
    assert begun(block, ("a",), ("two", "3")) == block.replace("first\n", 'first\n- two\n- "3"\n')
    assert begun("---\na: [x]\n---\n", ("a",)) == "---\na: [x]\n---\n"


def test_a_list_is_begun_inside_a_map() -> None:
    assert begun("---\na:\n  b: 1\nc: 2\n---\n", ("a", "d"), ("x",)) == "---\na:\n  b: 1\n  d: [x]\nc: 2\n---\n"


@pytest.mark.parametrize(
    "text", ["---\ntags: a\n---\n", "---\ntags: {a: b}\n---\n", '+++\ntags = "a"\n+++\n', "---\ntags: &x\nb: *x\n---\n"]
)
def test_what_is_not_empty_or_is_repeated_elsewhere_is_not_made_a_list(text: str) -> None:
    with pytest.raises(EditRefused):
        add_items(parse_front_matter(text), ("tags",), ["x"])


TEMPLATE = (("title", "Sleep: a study"), ("draft", "true"), ("tags", ("a",)), ("links", ()))


def filled(text: str) -> str:
    front_matter: FrontMatter = parse_front_matter(text)
    return apply_edits(text, fill_in(front_matter, TEMPLATE, newline="\n"))


def test_a_template_adds_what_is_missing_in_its_order() -> None:
    assert filled("---\ntitle: x # mine\n---\nText") == (
        "---\ntitle: x # mine\ndraft: true\ntags: [a]\nlinks: []\n---\nText"
    )


def test_a_template_begins_front_matter_where_there_is_none() -> None:
    assert filled("Text") == '---\ntitle: "Sleep: a study"\ndraft: true\ntags: [a]\nlinks: []\n---\nText'
    assert apply_edits("T", fill_in(parse_front_matter(""), (("tags", ()),), newline="\r\n")) == (
        "---\r\ntags: []\r\n---\r\nT"
    )


def test_a_template_that_is_there_already_changes_nothing() -> None:
    text = filled("")
    assert filled(text) == text
