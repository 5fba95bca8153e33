"""Sorting a table's rows by what stands in one column."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from editor.core.folding import folded_case, without_marks
from editor.core.table_order import reorder_rows
from editor.core.table_trial import require_column
from editor.core.tables import Table, value_in
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

_TextKey = tuple[tuple[tuple[int, str], ...], str]


def sort_rows(table: Table, column: int, *, descending: bool = False) -> tuple[TextEdit, ...]:
    """Sort the rows by a column (from 0); rows that are equal there stay in their order, and no edit where all do.

    A column of numbers is sorted by them, thousands separators understood; any other by its text without regard to
    case, diacritics after their base letters and numbers in it by their value, in every locale alike. Empty cells, `-`
    and the like come last whichever way the others go. Lines go as they are with their own line endings, except that a
    last line without an ending gets that of the row that takes its place. Raises EditRefused where there is no such
    column.
    """
    return reorder_rows(table, sorted_rows(table, column, descending=descending))


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
    folded = folded_case(value)
    begins = next((at for at, character in enumerate(folded) if character.isalnum()), 0)
    folded = folded[begins:]
    bare = without_marks(folded)
    parts = _DIGITS.split(bare)
    return tuple(_part_key(part, is_number=index % 2 == 1) for index, part in enumerate(parts)), folded


def _part_key(part: str, *, is_number: bool) -> tuple[int, str]:
    """Digits compare by their number, which is longer where it is greater."""
    if not is_number:
        return 0, part
    digits = part.replace(",", "").lstrip("0")
    return len(digits), digits


def sorted_rows(table: Table, column: int, *, descending: bool = False) -> list[int]:
    """The rows (from 0) in the order in which `sort_rows` puts them. Raises EditRefused without such a column."""
    require_column(table, column)
    values = [value_in(line, column) for line in table.rows.sources]
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
