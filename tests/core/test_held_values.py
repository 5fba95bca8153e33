"""Front matter as one tree of values, in each language."""

from __future__ import annotations

import pytest

from editor.core.field_kinds import FieldKind
from editor.core.front_matter import parse_front_matter
from editor.core.held_values import DEEPEST, MOST_CHILDREN, HeldValue, held_values

YAML = """\
---
title: x
author:
  name: Jane
  born: 1970
  site: {url: https://example.org, ok: yes}
tags: [a, 2024-01-02]
people:
  - name: A
---
"""
TOML = """\
+++
title = "x"
tags = ["a", "b"]
[author]
name = "Jane"
born = 1970
ok = true
[[people]]
name = "A"
+++
"""
JSON = """\
{
"title": "x",
"author": {"name": "Jane", "born": 1970, "ok": true},
"tags": ["a"], "people": [{"name": "A"}]
}
"""


def flat(held: tuple[HeldValue, ...]) -> dict[object, HeldValue]:
    return {each.place: each for each in held} | {
        place: found for each in held for place, found in flat(each.children).items()
    }


def of(text: str) -> dict[object, HeldValue]:
    return flat(held_values(parse_front_matter(text)))


def test_values_of_yaml_have_their_places_kinds_and_lines() -> None:
    held = of(YAML)
    assert [(place, held[place].kind, held[place].line) for place in held if len(place) > 1] == [
        (("author", "name"), FieldKind.TEXT, 4),
        (("author", "born"), FieldKind.NUMBER, 5),
        (("author", "site"), FieldKind.MAP, 6),
        (("author", "site", "url"), FieldKind.URL, 6),
        (("author", "site", "ok"), FieldKind.YES_NO, 6),
        (("tags", 0), FieldKind.TEXT, 7),
        (("tags", 1), FieldKind.DATE, 7),
        (("people", 0), FieldKind.MAP, 9),
        (("people", 0, "name"), FieldKind.TEXT, 9),
    ]
    assert held["tags",].is_list_of_texts
    assert not held["people",].is_list_of_texts
    assert not held["author",].is_list_of_texts


@pytest.mark.parametrize("text", [TOML, JSON], ids=["toml", "json"])
def test_values_of_toml_and_json_keep_their_types(text: str) -> None:
    held = of(text)
    assert held["author", "name"].kind is FieldKind.TEXT
    assert held["author", "born"].kind is FieldKind.NUMBER
    assert held["author", "ok"].kind is FieldKind.YES_NO
    assert held["people", 0, "name"].value == "A"
    assert held["tags",].is_list_of_texts


def test_what_is_repeated_tagged_written_twice_too_deep_or_too_many_is_locked_with_the_reason() -> None:
    held = of(
        "---\na: &x [1]\nb: *x\nc: !!map {d: 1}\ne: {f: 1, f: 2}\n"
        f"g: {'[' * (DEEPEST + 2)}1{']' * (DEEPEST + 2)}\nh: [{', '.join('x' * (MOST_CHILDREN + 1))}]\n---\n"
    )
    assert "repeats" in held["a",].locked
    assert "repeats" in held["b",].locked
    assert "!!map" in held["c",].locked
    assert "more than once" in held["e", "f"].locked
    assert "too deep" in held[("g", *[0] * DEEPEST)].locked
    assert "more values" in held["h",].locked
    assert not held["h",].is_list_of_texts
    twice = of('{\n"a": {"b": 1, "b": 2}\n}\n')
    assert "more than once" in twice["a",].locked


def test_an_empty_list_is_one_of_texts_and_one_with_a_list_in_it_is_not() -> None:
    held = of("---\na: []\nb: [[1]]\n---\n")
    assert (held["a",].is_list_of_texts, held["b",].is_list_of_texts) == (True, False)
