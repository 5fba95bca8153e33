"""Entries of YAML's block lists and maps: their lines added, removed and exchanged. Who uses an edit reads it back."""

from __future__ import annotations

from collections.abc import Iterator

from editor.core.front_matter_fields import Node
from editor.core.lines import count_endings
from editor.core.text_edit import EditRefused, TextEdit
from editor.core.yaml_entries import block_entries, colon_end, line_start, refuse_unusual
from editor.core.yaml_places import properties_end
from editor.core.yaml_scalars import Surroundings, ways_to_write
from editor.core.yaml_types import names


def field_line(text: str, fields: tuple[Node, ...], at: int, key: str, value: str) -> Iterator[TextEdit]:
    """Ways to add a field above the fence at `at`, indented as the first field is."""
    column = fields[0].key_start - line_start(text, fields[0].key_start) if fields else 0
    for name in names(key, ""):
        for written in ways_to_write(value, "", Surroundings("", column, _ending_before(text, at))):
            yield _line(at, column, f"{name}:", " ", written, _ending_before(text, at))


def add_to_block(text: str, node: Node, position: int, key: str, value: str) -> Iterator[TextEdit]:
    """Ways to add an entry at a position: just below the one before it, or above the first with its comments."""
    is_map = node.tag == "map"
    entries = block_entries(text, node.children, node.content_start, is_map=is_map)
    column, beside = entries[0].column, max(position - 1, 0)
    refuse_unusual(text, entries[0], entries[beside])
    neighbour = node.children[beside]
    ending = _ending_before(text, entries[beside].line_end)
    blanks = text[entries[beside].start + 1 : neighbour.start]
    gap = blanks if not is_map and blanks and not blanks.strip(" ") else " "
    style = neighbour.style if not is_map and neighbour.style in {"'", '"'} else ""
    for name in names(key, "") if is_map else ("",):
        lead = f"{name}:" if is_map else "-"
        for written in ways_to_write(value, style, Surroundings("", column, ending)):
            if position:
                yield _line(entries[beside].below, column, lead, gap, written, ending)
            elif entries[0].is_behind_dash:
                line = _line(entries[0].start, 0, lead, gap, written, ending)
                yield TextEdit(line.start, line.end, line.text + " " * column)
            else:
                yield _line(entries[0].above, column, lead, gap, written, ending)


def remove_from_block(
    text: str, siblings: tuple[Node, ...], at: int, way: tuple[Node, ...], path: tuple[int, ...]
) -> tuple[TextEdit, ...]:
    """The edits that remove the entry at a position with its lines. `way` leads to its list or map, `path` to it."""
    is_map = siblings[at].key_start >= 0
    entries = block_entries(text, siblings, way[-1].content_start if way else 0, is_map=is_map)
    entry = entries[at]
    refuse_unusual(text, entry)
    if way and len(entries) == 1:
        brackets = "{}" if is_map else "[]"
        if entry.is_behind_dash:
            return (TextEdit(entry.start, entry.end, brackets),)
        end = _head_end(text, way, path)
        return (TextEdit(end, end, f" {brackets}"), TextEdit(entry.line, entry.line_end, ""))
    if entry.is_behind_dash:
        following = entries[1]
        if text[entry.line_end : following.line].strip():
            raise EditRefused("Comments stand below this. Edit it in the text.", count_endings(text[: entry.start]) + 1)
        return (TextEdit(entry.start, following.start, ""),)
    return (TextEdit(entry.line, entry.line_end, ""),)


def move_in_block(text: str, siblings: tuple[Node, ...], start: int, at: int, to: int) -> TextEdit:
    """The edit that makes the entry at `at` the one at `to`. Blank lines between entries stay where they are."""
    entries = block_entries(text, siblings, start, is_map=siblings[0].key_start >= 0)
    first, last = min(at, to), max(at, to)
    refuse_unusual(text, *entries[first : last + 1])
    behind_dash = entries[0].is_behind_dash
    if behind_dash and any(entry.has_comments_above for entry in entries[first : last + 1]):
        line = count_endings(text[: entries[at].start]) + 1
        raise EditRefused("Comments stand between these lines. Move them in the text.", line)
    spans = [(entry.start if behind_dash else entry.above, entry.below) for entry in entries]
    return exchanged(text, spans, at, to)


def exchanged(text: str, spans: list[tuple[int, int]], at: int, to: int) -> TextEdit:
    """The edit that puts the span at `at` into the place of the one at `to`, and those between one place along."""
    first, last = min(at, to), max(at, to)
    order = list(range(len(spans)))
    order.insert(to, order.pop(at))
    pieces: list[str] = []
    for place in range(first, last + 1):
        start, end = spans[order[place]]
        between = text[spans[place][1] : spans[place + 1][0]] if place < last else ""
        pieces += (text[start:end], between)
    return TextEdit(spans[first][0], spans[last][1], "".join(pieces))


def _line(at: int, column: int, lead: str, gap: str, written: str, ending: str) -> TextEdit:
    return TextEdit(at, at, " " * column + lead + (gap + written if written else "") + ending)


def _ending_before(text: str, at: int) -> str:
    return "\r\n" if text.endswith("\r\n", 0, at) else text[at - 1]


def _head_end(text: str, way: tuple[Node, ...], path: tuple[int, ...]) -> int:
    """Where the brackets of a list or map belong that is one no more: behind its name or dash, its anchor and tag."""
    node = way[-1]
    if node.start < node.content_start:
        return properties_end(text, node)
    if node.key_start >= 0:
        return colon_end(text, node)
    around = way[-2]
    return block_entries(text, around.children, around.content_start, is_map=False)[path[-2]].start + 1
