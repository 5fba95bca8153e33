"""Adding, removing and moving what stands between brackets with commas, in the style that it is written in.

Lists and maps of JSON, and TOML's arrays and inline tables. Comments begin with `#`, which only TOML has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from editor.core.lines import count_endings, first_ending
from editor.core.loaded_values import reordered
from editor.core.text_edit import EditRefused, TextEdit, smallest_edit
from editor.core.value_spans import ValueSpan

_COMMA = re.compile(r"[ \t]*,")
_REST_OF_LINE = re.compile(r"(?P<rest>[ \t]*(?:#[^\r\n]*)?)(?:\r\n|\r|\n)")
_ONE_LINE_SEPARATOR = re.compile(r",[ \t]*")
_BETWEEN = re.compile(r"[ \t]*[=:][ \t]*")

Edits = tuple[TextEdit, ...]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a member stands. `comma_end` is `end` where it has no comma right behind it.

    `is_own` says that its lines are its own, from `line_start` to `rest_end` without the ending and `line_end` with it;
    `unit_start` begins the comment lines directly above it.
    """

    start: int
    end: int
    comma_end: int
    line_start: int
    unit_start: int
    rest_end: int
    line_end: int
    is_own: bool


def line_start(text: str, at: int) -> int:
    """Where the line of a code point begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def comments_start(text: str, start: int, floor: int) -> int:
    """Where the comment lines directly above a line that begins at `start` begin, none of them before `floor`."""
    while start > floor:
        above = line_start(text, start - (2 if text.endswith("\r\n", 0, start) else 1))
        if above < floor or not text[above:start].lstrip(" \t").startswith("#"):
            break
        start = above
    return start


def added(text: str, brackets: ValueSpan, index: int, written: str) -> Edits:
    """The edits that put `written` (a key and its value, or an item) before the member at `index`, or at the end."""
    members = brackets.members
    if not members:
        return (_first(text, brackets, written),)
    if index == len(members):
        last = _slot(text, brackets, index - 1)
        if last.is_own:
            return _line_at_end(text, last, written)
        separator = _separator(text, brackets)
        return (TextEdit(last.end, last.end, separator + written),)
    slot = _slot(text, brackets, index)
    if slot.is_own:
        line = f"{text[slot.line_start : slot.start]}{written},{text[slot.rest_end : slot.line_end]}"
        return (TextEdit(slot.unit_start, slot.unit_start, line),)
    if index:
        before = members[index - 1].end
        return (TextEdit(before, before, _separator(text, brackets) + written),)
    return (TextEdit(slot.start, slot.start, written + _separator(text, brackets)),)


def removed(text: str, brackets: ValueSpan, index: int) -> Edits:
    """The edits that take a member out with its comma, and with its lines where they are its own."""
    members, slot = brackets.members, _slot(text, brackets, index)
    is_last = index == len(members) - 1
    before = _slot(text, brackets, index - 1) if index else None
    if slot.is_own:
        line = TextEdit(slot.line_start, slot.line_end, "")
        if before and is_last and slot.comma_end == slot.end:
            return TextEdit(before.end, before.comma_end, ""), line
        return (line,)
    if not before and is_last:
        return (TextEdit(slot.start, slot.comma_end, ""),)
    if before and "#" not in text[before.end : slot.start]:
        return (TextEdit(before.end, slot.end, ""),)
    if not is_last and "#" not in text[slot.end : members[index + 1].start]:
        return (TextEdit(slot.start, members[index + 1].start, ""),)
    raise EditRefused("A comment stands in the way. Edit this list in the text.", count_endings(text[: slot.start]) + 1)


def moved(text: str, brackets: ValueSpan, index: int, to: int) -> Edits:
    """The edit by which the member at `index` becomes the one at `to`; commas and blank lines stay where they are."""
    first, last = min(index, to), max(index, to)
    slots = [_slot(text, brackets, each) for each in range(first, last + 1)]
    order = reordered(slots, index - first, to - first)
    if all(slot.is_own for slot in slots):
        return exchanged(text, _around_commas(slots), _around_commas(order))
    if any("#" in text[one.end : next_one.start] for one, next_one in pairwise(slots)):
        line = count_endings(text[: slots[0].start]) + 1
        raise EditRefused("A comment stands in the way. Edit this list in the text.", line)
    return exchanged(text, [(slot.start, slot.end) for slot in slots], [(slot.start, slot.end) for slot in order])


def exchanged(text: str, spans: list[Span], contents: list[Span]) -> Edits:
    """The edit by which each of `spans` gets the text of its counterpart; what stands between them stays."""
    pieces: list[str] = []
    at = first = spans[0][0]
    for (start, end), (from_start, from_end) in zip(spans, contents, strict=True):
        pieces += (text[at:start], text[from_start:from_end])
        at = end
    edit = smallest_edit(text[first:at], "".join(pieces), first)
    return (edit,) if edit else ()


def key_before(text: str, brackets: ValueSpan, key: str, usual: str) -> str:
    """A key and what follows it before its value, spaced as the first member is, or as is `usual`."""
    if brackets.members:
        first = brackets.members[0]
        between = text[first.names[-1].end : first.value.start]
        usual = between if _BETWEEN.fullmatch(between) else usual
    return key + usual


def _around_commas(slots: list[_Slot]) -> list[Span]:
    """Before and after each comma, which stays, or stays away."""
    return [span for slot in slots for span in ((slot.unit_start, slot.end), (slot.comma_end, slot.rest_end))]


def _slot(text: str, brackets: ValueSpan, index: int) -> _Slot:
    member = brackets.members[index]
    comma = _COMMA.match(text, member.end)
    comma_end = comma.end() if comma else member.end
    rest = _REST_OF_LINE.match(text, comma_end)
    begins = line_start(text, member.start)
    floor = brackets.members[index - 1].end if index else brackets.start + 1
    is_own = begins >= floor and bool(rest) and not text[begins : member.start].strip(" \t")
    # A list may also have its commas at the beginnings of lines.
    is_own = is_own and (bool(comma) or index == len(brackets.members) - 1)
    return _Slot(
        start=member.start,
        end=member.end,
        comma_end=comma_end,
        line_start=begins,
        unit_start=comments_start(text, begins, floor) if begins >= floor else member.start,
        rest_end=rest.end("rest") if rest else comma_end,
        line_end=rest.end() if rest else comma_end,
        is_own=is_own,
    )


def _first(text: str, brackets: ValueSpan, written: str) -> TextEdit:
    """The first member: on a line of its own where the brackets stand on two."""
    closing = line_start(text, brackets.end - 1)
    if closing <= brackets.start:
        return TextEdit(brackets.start + 1, brackets.start + 1, written)
    indentation = text[closing : brackets.end - 1]
    step = "\t" if "\t" in indentation else "  "
    return TextEdit(closing, closing, f"{indentation}{step}{written}{first_ending(text)}")


def _line_at_end(text: str, last: _Slot, written: str) -> Edits:
    """A line like the last one, with a comma at its end if that has one."""
    comma = text[last.end : last.comma_end]
    line = f"{text[last.line_start : last.start]}{written}{comma}{text[last.rest_end : last.line_end]}"
    new_line = TextEdit(last.line_end, last.line_end, line)
    return (new_line,) if comma else (TextEdit(last.end, last.end, ","), new_line)


def _separator(text: str, brackets: ValueSpan) -> str:
    """What stands between two members on one line."""
    members = brackets.members
    between = text[members[0].end : members[1].start] if len(members) > 1 else ""
    return between if _ONE_LINE_SEPARATOR.fullmatch(between) else ", "
