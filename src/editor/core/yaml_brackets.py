"""Entries of YAML's lists and maps in brackets, added, removed and exchanged. Who uses an edit reads it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.core.front_matter_fields import Node
from editor.core.lines import count_endings
from editor.core.text_edit import EditRefused, TextEdit
from editor.core.yaml_blocks import exchanged
from editor.core.yaml_entries import Span, bracket_entries, colon_end, is_separator
from editor.core.yaml_scalars import Surroundings, ways_to_write
from editor.core.yaml_types import names

_LINE_BEGUN = re.compile(r"(?:\r\n|\r|\n)[ \t]*\Z")


def add_to_brackets(text: str, node: Node, position: int, key: str, value: str) -> Iterator[TextEdit]:
    """Ways to add an entry at a position, in the quotes and with the blanks that its neighbour has."""
    spans = bracket_entries(text, node.children)
    for written in _written(text, node, max(position - 1, 0), key, value):
        if not spans:
            blanks = _blanks_inside(text, node)
            yield TextEdit(node.content_start + 1, node.content_start + 1, blanks + written)
        elif position < len(spans):
            at = spans[position].start
            yield TextEdit(at, at, written + _separator(text, node, spans, position))
        else:
            at = spans[-1].end
            if "#" in text[at : node.end]:
                raise EditRefused(
                    "A comment follows the last value in brackets. Add to it in the text.", _line(text, at)
                )
            yield TextEdit(at, at, _separator(text, node, spans, position) + written)


def remove_from_brackets(text: str, node: Node, at: int) -> tuple[TextEdit, ...]:
    """The edit that removes the entry at a position with its comma, the last one with the comma before it."""
    spans = bracket_entries(text, node.children)
    if len(spans) == 1:
        return (_only_one_removed(text, node, spans[0]),)
    one, two = (spans[at], spans[at + 1]) if at + 1 < len(spans) else (spans[at - 1], spans[at])
    _refuse_comments(text, one, two)
    if at + 1 < len(spans):
        return (TextEdit(one.start, two.start, ""),)
    return (TextEdit(one.end, two.end, ""),)


def move_in_brackets(text: str, siblings: tuple[Node, ...], at: int, to: int) -> TextEdit:
    """The edit that makes the entry at `at` the one at `to`. Commas and blanks stay where they are."""
    spans = bracket_entries(text, siblings)
    for place in range(min(at, to), max(at, to)):
        _refuse_comments(text, spans[place], spans[place + 1])
    return exchanged(text, [(span.start, span.end) for span in spans], at, to)


def _written(text: str, node: Node, beside: int, key: str, value: str) -> Iterator[str]:
    neighbour = node.children[beside] if node.children else None
    style = neighbour.style if neighbour and neighbour.style in {"'", '"'} else ""
    if node.tag == "seq":
        yield from ways_to_write(value, style, Surroundings("", 0, "\n"))
        return
    quote = text[neighbour.key_start] if neighbour else ""
    gaps = {text[colon_end(text, neighbour) : neighbour.start]: None} if neighbour else {}
    for gap in (*(gap for gap in gaps if not gap.strip(" ")), " "):
        for name in names(key, quote):
            for written in ways_to_write(value, style, Surroundings("", 0, "\n")):
                yield f"{name}:{gap}{written}" if written else f"{name}:"


def _separator(text: str, node: Node, spans: tuple[Span, ...], position: int) -> str:
    """A comma with the blanks that stand between the neighbours, or before a lone neighbour on a line of its own."""
    last = min(max(position, 1), len(spans) - 1)
    if last:
        found = text[spans[last - 1].end : spans[last].start]
        line = _LINE_BEGUN.search(found)
        return found if is_separator(found) else "," + line.group() if line else ", "
    before = text[node.content_start + 1 : spans[0].start]
    return "," + before if not before.strip() and ("\n" in before or "\r" in before) else ", "


def _blanks_inside(text: str, node: Node) -> str:
    """The blanks of empty brackets `[ ]`, which stand on both sides of what is put there."""
    inside = text[node.content_start + 1 : node.end - 1]
    if inside.strip():
        raise EditRefused("A comment stands in the empty brackets. Add to it in the text.", _line(text, node.start))
    return "" if "\n" in inside or "\r" in inside else inside


def _only_one_removed(text: str, node: Node, span: Span) -> TextEdit:
    """Blanks on both sides become one; all that stands there goes where the brackets stand on lines of their own."""
    start, end = node.content_start + 1, node.end - 1
    before, after = text[start : span.start], text[span.end : end]
    if before.strip() or after.strip(" \t\r\n,"):
        raise EditRefused("Comments stand in these brackets. Edit them in the text.", _line(text, span.start))
    kept = before if before and not before.strip(" ") and after.strip(" ,") == "" and after.endswith(" ") else ""
    return TextEdit(start, end, kept)


def _refuse_comments(text: str, one: Span, two: Span) -> None:
    if not is_separator(text[one.end : two.start]):
        raise EditRefused("Comments stand between the values in brackets. Edit them in the text.", _line(text, one.end))


def _line(text: str, at: int) -> int:
    return count_endings(text[:at]) + 1
