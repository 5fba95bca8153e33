"""Every value of every real article in YAML: set, moved, renamed and added, and undone to the same bytes again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from editor.core.front_matter import (
    FrontMatter,
    Place,
    add_field,
    add_value,
    front_matter_length,
    move_field,
    parse_front_matter,
    remove_field,
    remove_value,
    rename_field,
    set_value,
)
from editor.core.front_matter_fence import fences
from editor.core.front_matter_fields import Node
from editor.core.text_edit import EditRefused, TextEdit, apply_edits


@pytest.fixture(scope="module")
def heads(corpus: list[Path], real_article: Path) -> list[FrontMatter]:
    """The front matter of all articles that have it in YAML and readable."""
    texts = (path.read_bytes().decode("utf-8-sig", errors="replace") for path in [*corpus, real_article])
    found = [parse_front_matter(text[: front_matter_length(text)]) for text in texts]
    return [front_matter for front_matter in found if front_matter.format == "yaml" and not front_matter.locked]


def read_by_others(text: str) -> Any:
    start, end = fences(text)
    return yaml.load(text[start:end].replace("\r\n", "\n"), Loader=yaml.BaseLoader)


def edited(front_matter: FrontMatter, edits: tuple[TextEdit, ...]) -> FrontMatter:
    return parse_front_matter(apply_edits(front_matter.text, edits))


def all_in(heads: list[FrontMatter]) -> Iterator[tuple[FrontMatter, Place, Node]]:
    """Every value, however deep, with its place."""
    for front_matter in heads:
        for field in front_matter.fields:
            for place, node in inside((field.key,), field.node):
                yield front_matter, place, node


def inside(place: Place, node: Node | None) -> Iterator[tuple[Place, Node]]:
    if node:
        yield place, node
        for at, child in enumerate(node.children):
            yield from inside((*place, child.key if node.tag == "map" else at), child)


def test_every_value_can_be_set_and_set_back_to_the_same_bytes(
    heads: list[FrontMatter], record_property: Callable[[str, object], None]
) -> None:
    scalars, refused = 0, []
    for front_matter, place, node in all_in(heads):
        if not isinstance(node.value, str):
            continue
        scalars += 1
        try:
            new = edited(front_matter, set_value(front_matter, place, "a: b #c"))
            back = edited(new, set_value(new, place, node.value, as_in=front_matter))
        except EditRefused as error:
            refused.append(f"{place}: {error}")
            continue
        assert with_value(read_by_others(front_matter.text), place) == read_by_others(new.text)
        assert back.text == front_matter.text
    record_property("refused", f"{len(refused)} of {scalars}: {refused}")
    assert scalars > 0
    assert len(refused) <= scalars * 0.02, refused


def with_value(values: Any, place: Place) -> Any:
    around = values
    for part in place[:-1]:
        around = around[part]
    around[place[-1]] = "a: b #c"
    return values


def test_every_field_can_be_moved_and_moved_back_to_the_same_bytes(heads: list[FrontMatter]) -> None:
    for front_matter in heads:
        for at, field in enumerate(front_matter.fields):
            for to in {0, min(at + 1, len(front_matter.fields) - 1), len(front_matter.fields) - 1}:
                moved = edited(front_matter, move_field(front_matter, field.key, to))
                assert moved.fields[to].key == field.key
                assert edited(moved, move_field(moved, field.key, at)).text == front_matter.text


def test_every_field_can_be_renamed_and_named_as_before_to_the_same_bytes(heads: list[FrontMatter]) -> None:
    for front_matter in heads:
        for field in front_matter.fields:
            renamed = edited(front_matter, rename_field(front_matter, field.key, "another name"))
            assert edited(renamed, rename_field(renamed, "another name", field.key)).text == front_matter.text


def test_what_is_added_and_removed_leaves_the_same_bytes(heads: list[FrontMatter]) -> None:
    for front_matter in heads:
        more = edited(front_matter, add_field(front_matter, "another name", "a: b #c", newline="\n"))
        assert edited(more, remove_field(more, "another name")).text == front_matter.text
    for front_matter, place, node in all_in(heads):
        for last in range(len(node.children) + 1) if node.tag == "seq" else ["k"] if node.tag == "map" else []:
            more = edited(front_matter, add_value(front_matter, (*place, last), "a: b #c"))
            assert edited(more, remove_value(more, (*place, last))).text == front_matter.text
