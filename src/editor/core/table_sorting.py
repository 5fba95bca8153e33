"""Sorting a table's rows by what stands in one column."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from editor.core.table_trial import reads_as, refusal, require_column
from editor.core.tables import Table
from editor.core.text_edit import TextEdit

_UNKNOWN = frozenset({"", "-", "--", "---", "–", "—", "−", "?", "n/a", "n.a.", "unknown"})
"""What a cell says, in lower case, whose value the writer does not know."""
_MARKS = "*_`~"
_BEFORE_NUMBER = re.compile(r"[#№(\[{<>≤≥≈ ]*(?:no\.? *)?", re.IGNORECASE)
_AFTER_NUMBER = ".)]}+% "
_FORMS_OF_NUMBERS = tuple(
    re.compile(form)
    for form in (
        r"([0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3})(?:\.([0-9]+))?",
        r"([0-9]{1,3}(?:\.[0-9]{3}){2,})(?:,([0-9]+))?",
        r"([0-9]{1,3}\.[0-9]{3}),([0-9]+)",
        r"([0-9]{1,3}(?:[ '’_][0-9]{3})+)(?:[.,]([0-9]+))?",
        r"([0-9]+)(?:[.,]([0-9]+))?",
    )
)
"""Whole part and fraction, the first form that fits: the comma of `1,234` parts thousands, that of `1,5` a fraction."""
_DIGITS = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"})
"""Letters that Unicode does not take apart into a base and a mark, though readers look for them there."""

_TextKey = tuple[tuple[tuple[int, str], ...], str]


def sort_rows(table: Table, column: int, *, descending: bool = False) -> tuple[TextEdit, ...]:
    """Sort the rows by a column (from 0); rows that are equal there stay in their order, and no edit where all do.

    A column of numbers is sorted by them, thousands separators understood; any other by its text without regard to
    case, diacritics after their base letters and numbers in it by their value, in every locale alike. Empty cells, `-`
    and the like come last whichever way the others go. Lines go as they are with their own line endings, except that a
    last line without an ending gets that of the row that takes its place. Raises EditRefused where there is no such
    column.
    """
    require_column(table, column)
    order = _order([table.value(row, column) for row in range(len(table.rows))], descending=descending)
    if order == sorted(order):
        return ()
    edits = _edits(table, order)
    after = [line.source for line in table.lines[:2]] + [table.rows[row].source for row in order]
    if not reads_as(table, edits, after):
        raise refusal(table, table.header, "The rows cannot be sorted without changing the table around them.")
    return tuple(edit.moved(table.start) for edit in edits)


def number_in(value: str) -> Decimal | None:
    """The number that a cell holds, as in `1,234`, `1 234.5`, `1.234.567`, `1,5`, `[7]`, `#3`, `No. 4`, `12 %`, `−2`.

    None where it holds anything else. One point alone stands before a fraction.
    """
    plain = unicodedata.normalize("NFKC", value).strip().strip(_MARKS).rstrip(_AFTER_NUMBER)
    if found := _BEFORE_NUMBER.match(plain):
        plain = plain[found.end() :]
    sign = "-" if plain.startswith(("-", "−")) else ""
    if plain.startswith(("-", "−", "+")):
        plain = plain[1:]
    for form in _FORMS_OF_NUMBERS:
        if found := form.fullmatch(plain):
            whole, fraction = re.sub("[^0-9]", "", found[1]), found[2] or "0"
            return Decimal(f"{sign}{whole}.{fraction}")
    return None


def text_key(value: str) -> _TextKey:
    """What texts are compared by: their letters without case and diacritics and their numbers, then with diacritics."""
    folded = unicodedata.normalize("NFKD", value).casefold()
    begins = next((at for at, character in enumerate(folded) if character.isalnum()), 0)
    folded = unicodedata.normalize("NFKD", folded[begins:])
    bare = "".join(character for character in folded if not unicodedata.combining(character)).translate(_LETTERS)
    parts = _DIGITS.split(bare)
    return tuple(_part_key(part, is_number=index % 2 == 1) for index, part in enumerate(parts)), folded


def _part_key(part: str, *, is_number: bool) -> tuple[int, str]:
    """Digits compare by their number, which is longer where it is greater."""
    if not is_number:
        return 0, part
    digits = part.replace(",", "").lstrip("0")
    return len(digits), digits


def _order(values: Sequence[str], *, descending: bool) -> list[int]:
    """The rows in their new order."""
    known = [row for row, value in enumerate(values) if not _is_unknown(value)]
    numbers = {row: number_in(values[row]) for row in known}
    if all(number is not None for number in numbers.values()):
        known.sort(key=lambda row: numbers[row] or Decimal(0), reverse=descending)
    else:
        keys = {row: text_key(values[row]) for row in known}
        known.sort(key=keys.__getitem__, reverse=descending)
    return known + [row for row, value in enumerate(values) if _is_unknown(value)]


def _is_unknown(value: str) -> bool:
    return value.strip().strip(_MARKS).casefold() in _UNKNOWN


def _edits(table: Table, order: Sequence[int]) -> list[TextEdit]:
    """The edits, in the table's offsets, that move the fewest lines."""
    stops = [row.start for row in table.rows[1:]] + [len(table.text)]
    endings = [table.text[row.end : stop] for row, stop in zip(table.rows, stops, strict=True)]
    new_endings = _new_endings(endings, order)
    kept = _longest_rise(order)
    edits: list[TextEdit] = []
    place, moved = table.rows[0].start, ""
    for row in order:
        if row not in kept:
            moved += table.rows[row].source + new_endings[row]
            continue
        if moved:
            edits.append(TextEdit(place, place, moved))
        if new_endings[row] != endings[row]:
            edits.append(TextEdit(table.rows[row].end, stops[row], new_endings[row]))
        place, moved = stops[row], ""
    if moved:
        edits.append(TextEdit(place, place, moved))
    gone = (row for row in range(len(order)) if row not in kept)
    return edits + [TextEdit(table.rows[row].start, stops[row], "") for row in gone]


def _new_endings(endings: Sequence[str], order: Sequence[int]) -> list[str]:
    """Each row's ending: its own, but the last place keeps having none, or one that no line feed can follow.

    What stands behind the table is not known here: a blank line's LF would make one ending with a CR before it.
    """
    new = list(endings)
    last, new_last = len(order) - 1, order[-1]
    if not endings[last] or endings[new_last] == "\r":
        new[last], new[new_last] = endings[new_last], endings[last]
    return new


def _longest_rise(order: Sequence[int]) -> set[int]:
    """The most rows that are already in order among themselves: those that need not be moved."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for row in order:
        at = bisect_left(ends, row)
        before[row] = ends[at - 1] if at else None
        ends[at : at + 1] = [row]
    kept: set[int] = set()
    row_kept: int | None = ends[-1]
    while row_kept is not None:
        kept.add(row_kept)
        row_kept = before[row_kept]
    return kept
