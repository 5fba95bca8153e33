"""Lines are read in blocks, and an edit of one block leaves the others as they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core import tables
from editor.core.article import Article
from editor.core.line_blocks import BlockedLines, edited_parts, parts_between
from editor.core.table_edits import set_cell
from editor.core.tables import find_tables
from editor.core.text_edit import TextEdit, apply_edits

HEAD = "| S.No | Paper Title (Author, Year) |\n|---|---|\n"
PARTS = st.lists(st.text("ab", max_size=3).map(lambda text: text + "\n") | st.sampled_from(["\r\n", "a\r\n", "\n\n"]))


@given(st.data(), PARTS, st.integers(0, 4))
def test_edited_parts_are_the_edited_text_and_each_ends_with_a_line(
    data: st.DataObject, parts: list[str], count: int
) -> None:
    text = "".join(parts)
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2 * count, max_size=2 * count)))
    new = st.text("ab\r\n", max_size=4)
    edits = [TextEdit(start, end, data.draw(new)) for start, end in zip(places[::2], places[1::2], strict=True)]
    edited = edited_parts(parts, edits)
    assert "".join(edited) == apply_edits(text, edits)
    assert all(part.endswith("\n") for part in edited[:-1])


@given(PARTS, st.integers(0, 20), st.integers(0, 20))
def test_lines_in_blocks_are_the_lines_of_the_text(parts: list[str], start: int, length: int) -> None:
    lines, whole = BlockedLines(parts), BlockedLines(["".join(parts)])
    assert (list(lines), len(lines)) == (list(whole), len(whole))
    assert list(map(lines.placed, range(len(lines)))) == list(map(whole.placed, range(len(lines))))
    assert lines[start : start + length] == whole[start : start + length]
    assert "".join(parts_between(parts, start, start + length)) == "".join(parts)[start : start + length]


def long_table() -> str:
    return HEAD + "".join(f"| {number} | Title {number} (Batta, 2017) |\n" for number in range(5000))


def set_cell_of(article: Article) -> None:
    assert article.citations_table
    (edit,) = set_cell(article.citations_table, 2500, 1, "Another (Batta, 2017)")
    assert article.apply(edit).after.counts.citations == 5000


def type_key_in(article: Article) -> None:
    place = article.text.index("Title 2500")
    changed = article.apply(TextEdit(place, place, "T")).after
    assert changed.citations_table
    assert changed.citations_table.rows[2500].cells[1].value == "TTitle 2500 (Batta, 2017)"


@pytest.mark.parametrize("act", [type_key_in, set_cell_of])
def test_an_edit_in_a_table_of_five_thousand_rows_reads_those_around_it(act: Callable[[Article], None]) -> None:
    article = Article.from_text(long_table())
    assert article.problems == ()
    looked_at: Counter[str] = Counter()

    def is_row(line: str) -> bool:
        looked_at[line] += 1
        return tables.opens_block(line, in_paragraph=False) is False

    with patch.object(tables, "is_row", is_row):
        act(article)
    assert 0 < looked_at.total() < 600


def test_rows_that_an_edit_does_not_touch_are_the_same_objects() -> None:
    article = Article.from_text(long_table())
    place = article.text.index("Title 2500")
    before, after = article.citations_table, article.apply(TextEdit(place, place, "T")).after.citations_table
    assert before
    assert after
    pairs = zip(before.rows.sources, after.rows.sources, strict=True)
    assert sum(1 for old, new in pairs if old is not new) < 300


def test_rows_are_those_of_a_sequence() -> None:
    (table,) = find_tables("words\n" + HEAD + "| 1 | a |\n| 2 | b |\n")
    assert [row.line for row in table.lines] == [0, 1, 2, 3]
    assert (table.rows[-1].source, [row.line for row in table.rows[:1]]) == ("| 2 | b |", [2])
    with pytest.raises(IndexError):
        table.rows[2]
    assert table.with_only("| 3 | c |").rows.sources == ("| 3 | c |",)
