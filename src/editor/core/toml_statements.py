"""Adding, removing and moving keys and tables of TOML that stand on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.core.bracket_edits import Edits, comments_start, exchanged, line_start
from editor.core.front_matter_fence import fences
from editor.core.front_matter_fields import Place
from editor.core.lines import count_endings, first_ending
from editor.core.loaded_values import reordered
from editor.core.text_edit import EditRefused, TextEdit
from editor.core.value_spans import Source, Statement

_REST_OF_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n)")


def added(source: Source, place: Place, key: str, written: str) -> Edits:
    """The edit that adds a line below the last of its table; without a table, below the last before the first one."""
    parent = place[:-1]
    above = _last_line(source, parent)
    if above:
        at, indentation, gap = _below(source, above), _indentation(source, above), _gap(source, above)
        prefix = _prefix(source, above, parent)
        return (TextEdit(at, at, f"{indentation}{prefix}{key}{gap}{written}{_ending(source, above)}"),)
    if parent:
        raise EditRefused(f"“{parent[-1]}” has no lines of its own to add to. Edit it in the text.")
    start, end = fences(source.text)
    at = start if source.statements else end
    return (TextEdit(at, at, f"{key} = {written}{first_ending(source.text)}"),)


def removed(source: Source, place: Place) -> Edits:
    """The edits that remove all lines that say something of a place."""
    runs = list(_runs(source, place))
    if not runs:
        raise EditRefused(f"“{place[-1]}” is part of a dotted key in braces. Edit it in the text.")
    return tuple(
        TextEdit(line_start(source.text, source.statements[first].start), _below(source, source.statements[last]), "")
        for first, last in runs
    )


def moved(source: Source, siblings: list[Place], index: int, to: int) -> Edits:
    """The edit by which a place's lines, with the comments directly above, come to stand before or behind others'."""
    low, high = min(index, to), max(index, to)
    slots: list[tuple[int, int]] = []
    kinds: set[bool] = set()
    for sibling in siblings[low : high + 1]:
        runs = list(_runs(source, sibling))
        if len(runs) != 1:
            raise EditRefused(f"“{sibling[-1]}” is not written in one place. Move it in the text.")
        first, last = runs[0]
        kinds.add(source.statements[first].is_header)
        slots.append((_unit_start(source, first), _below(source, source.statements[last])))
    if len(kinds) > 1:
        line = count_endings(source.text[: slots[index - low][0]]) + 1
        raise EditRefused("A field cannot stand below a table in TOML: it would become part of it.", line)
    return exchanged(source.text, slots, reordered(slots, index - low, to - low))


def _runs(source: Source, place: Place) -> Iterator[tuple[int, int]]:
    """The first and last of each unbroken row of statements about a place."""
    first = None
    for at, statement in enumerate(source.statements):
        if statement.place[: len(place)] == place:
            first = at if first is None else first
        elif first is not None:
            yield first, at - 1
            first = None
    if first is not None:
        yield first, len(source.statements) - 1


def _last_line(source: Source, parent: Place) -> Statement | None:
    """The last line of the table itself: a key under its header, or the header; else a dotted key that makes it."""
    own = [statement for statement in source.statements if statement.section == parent]
    if parent and not any(statement.is_header for statement in own):
        own = [statement for statement in source.statements if _is_in(statement, parent)]
    return own[-1] if own else None


def _is_in(statement: Statement, parent: Place) -> bool:
    is_key = not statement.is_header and len(statement.section) < len(parent) < len(statement.place)
    return is_key and statement.place[: len(parent)] == parent


def _prefix(source: Source, above: Statement, parent: Place) -> str:
    """The beginning of a dotted key that leads from a header to the table, as it is written above."""
    depth = len(parent) - len(above.section)
    return f"{source.text[above.start : above.names[depth - 1].end]}." if depth else ""


def _gap(source: Source, above: Statement) -> str:
    if above.is_header:
        return " = "
    return "=" if source.text.startswith("=", above.names[-1].end) else " = "


def _indentation(source: Source, statement: Statement) -> str:
    return source.text[line_start(source.text, statement.start) : statement.start]


def _below(source: Source, statement: Statement) -> int:
    rest = _REST_OF_LINE.match(source.text, statement.end)
    return rest.end() if rest else statement.end


def _ending(source: Source, statement: Statement) -> str:
    below = _below(source, statement)
    return "\r\n" if source.text.endswith("\r\n", 0, below) else "\n"


def _unit_start(source: Source, at: int) -> int:
    text, statement = source.text, source.statements[at]
    floor = _below(source, source.statements[at - 1]) if at else fences(text)[0]
    return comments_start(text, line_start(text, statement.start), floor)
