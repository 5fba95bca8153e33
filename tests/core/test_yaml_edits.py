"""Any edit at any place of any YAML front matter: what was asked for is there, and nothing else has changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.front_matter import (
    FrontMatter,
    Place,
    add_value,
    move_value,
    parse_front_matter,
    remove_value,
    rename_value,
    set_value,
)
from editor.core.front_matter_fence import fences
from editor.core.front_matter_fields import Node
from editor.core.text_edit import EditRefused, TextEdit, apply_edits

VALUES = ("a: b #c", "plain", "", "2025-01-01", "2025-01-01T01:02:03-04:00", "two\nlines\n", "it's", "12", "*a", "- b")
TEXTS = st.SearchStrategy[str]


def read_by_others(text: str) -> Any:
    """All values as another reader has them, in order and with nothing shared."""
    start, end = fences(text)
    return json.loads(json.dumps(yaml.load(text[start:end].replace("\r\n", "\n"), Loader=yaml.BaseLoader) or {}))


def places_in(front_matter: FrontMatter) -> Iterator[tuple[Place, Node]]:
    """Every place with the value there."""
    waiting = [((field.key,), field.node) for field in reversed(front_matter.fields) if field.node]
    while waiting:
        place, node = waiting.pop()
        yield place, node
        for at, child in reversed(list(enumerate(node.children))):
            waiting.append(((*place, child.key if node.tag == "map" else at), child))


def at(values: Any, place: Place) -> Any:
    for part in place:
        values = values[part]
    return values


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"# c\d+", text))


def drawn(data: st.DataObject, texts: TEXTS, wanted: Callable[[Node], bool]) -> tuple[str, Place, Node] | None:
    text = data.draw(texts)
    places = [found for found in places_in(parse_front_matter(text)) if wanted(found[1])]
    return (text, *data.draw(st.sampled_from(places))) if places else None


def accepted(edit: Callable[..., tuple[TextEdit, ...]], text: str, *what: Any, **how: Any) -> str | None:
    """The text after an edit; None for one that is refused, with a line and a reason."""
    try:
        return apply_edits(text, edit(parse_front_matter(text), *what, **how))
    except EditRefused as error:
        refused = error
    assert refused.line >= 1
    assert refused.message.endswith(".")
    return None


def lines_around(text: str, node: Node) -> tuple[int, int]:
    """From the beginning of the value's first line to just behind its last line and the comments below it."""
    start = node.key_start if node.key_start >= 0 else node.start
    below = re.compile(r"[^\r\n]*(?:\r?\n[ \t]*(?:#[^\r\n]*)?(?=\r?\n))*(?:\r?\n)?").match(text, node.end)
    assert below
    return text.rfind("\n", 0, start) + 1, below.end()


def touches_only(text: str, new: str, span: tuple[int, int]) -> bool:
    start, end = span
    return new.startswith(text[:start]) and new.endswith(text[end:])


def is_scalar(node: Node) -> bool:
    return node.tag not in {"seq", "map"}


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from(VALUES))
def test_a_value_set_reads_back_and_set_back_leaves_no_trace(
    yaml_front_matters: TEXTS, data: st.DataObject, value: str
) -> None:
    found = drawn(data, yaml_front_matters, is_scalar)
    new = accepted(set_value, found[0], found[1], value) if found else None
    if not found or new is None:
        return
    text, place, node = found
    asked = read_by_others(text)
    at(asked, place[:-1])[place[-1]] = value
    assert json.dumps(read_by_others(new)) == json.dumps(asked)
    assert comments(new) == comments(text)
    assert touches_only(text, new, lines_around(text, node))
    assert accepted(set_value, new, place, node.value, as_in=parse_front_matter(text)) == text


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from(VALUES), st.integers(0, 3))
def test_a_value_added_is_where_it_was_asked_for_and_removed_leaves_no_trace(
    yaml_front_matters: TEXTS, data: st.DataObject, value: str, position: int
) -> None:
    found = drawn(data, yaml_front_matters, lambda node: not is_scalar(node))
    if not found:
        return
    text, parent, node = found
    last = min(position, len(node.children)) if node.tag == "seq" else "a new: name"
    new = accepted(add_value, text, (*parent, last), value)
    if new is None:
        return
    asked = read_by_others(text)
    if isinstance(last, int):
        at(asked, parent).insert(last, value)
    else:
        at(asked, parent)[last] = value
    assert json.dumps(read_by_others(new)) == json.dumps(asked)
    assert comments(new) == comments(text)
    assert touches_only(text, new, lines_around(text, node))
    assert accepted(remove_value, new, (*parent, last)) == text


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_value_removed_is_gone_and_nothing_else_is(yaml_front_matters: TEXTS, data: st.DataObject) -> None:
    found = drawn(data, yaml_front_matters, lambda _: True)
    new = accepted(remove_value, found[0], found[1]) if found else None
    if not found or new is None:
        return
    text, place, node = found
    asked = read_by_others(text)
    del at(asked, place[:-1])[place[-1]]
    assert json.dumps(read_by_others(new)) == json.dumps(asked)
    _, end = lines_around(text, node)
    own = comments(text[text.rfind("-", 0, node.start) if node.key_start < 0 else node.key_start : end])
    assert set(comments(text)) - set(comments(new)) <= set(own)


@settings(max_examples=120, deadline=None)
@given(st.data(), st.integers(0, 3))
def test_a_value_moved_is_where_it_was_asked_for_and_moved_back_leaves_no_trace(
    yaml_front_matters: TEXTS, data: st.DataObject, to: int
) -> None:
    found = drawn(data, yaml_front_matters, lambda _: True)
    if not found:
        return
    text, place, _ = found
    asked = read_by_others(text)
    siblings = at(asked, place[:-1])
    was = place[-1] if isinstance(place[-1], int) else list(siblings).index(place[-1])
    new = accepted(move_value, text, place, min(to, len(siblings) - 1))
    if new is None:
        return
    order = list(siblings.items() if isinstance(siblings, dict) else siblings)
    order.insert(min(to, len(siblings) - 1), order.pop(was))
    there = at(read_by_others(new), place[:-1])
    assert (list(there.items()) if isinstance(there, dict) else there) == order
    assert comments(new) == comments(text)
    now = place[-1] if isinstance(place[-1], str) else min(to, len(siblings) - 1)
    assert accepted(move_value, new, (*place[:-1], now), was) == text


@settings(max_examples=100, deadline=None)
@given(st.data(), st.sampled_from(["other", "a: b", "no", "it's", "[", "é"]))
def test_a_name_changed_reads_back_and_its_value_keeps_every_character(
    yaml_front_matters: TEXTS, data: st.DataObject, name: str
) -> None:
    found = drawn(data, yaml_front_matters, lambda node: node.key != "")
    new = accepted(rename_value, found[0], found[1], name) if found else None
    if not found or new is None:
        return
    text, place, node = found
    asked = read_by_others(text)
    around = at(asked, place[:-1])
    renamed = {name if key == place[-1] else key: value for key, value in around.items()}
    around.clear()
    around.update(renamed)
    assert json.dumps(read_by_others(new)) == json.dumps(asked)
    assert touches_only(text, new, (node.key_start, node.key_end))


def test_hardly_any_edit_is_refused(yaml_front_matters: TEXTS) -> None:
    """Those that are need an alias, a tag or another thing that one place alone does not decide."""
    tried, refused = 0, 0

    @settings(max_examples=40, deadline=None)
    @given(yaml_front_matters)
    def try_all(text: str) -> None:
        nonlocal tried, refused
        for place, node in places_in(parse_front_matter(text)) if "*x" not in text else ():
            edits = [accepted(remove_value, text, place), accepted(move_value, text, place, 0)]
            edits += [accepted(set_value, text, place, "a: b #c")] if is_scalar(node) else []
            tried += len(edits)
            refused += edits.count(None)

    try_all()
    assert tried > 300
    assert refused <= tried * 0.02
