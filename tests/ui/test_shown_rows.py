"""What is shown of the citations table, and in which order: every index leads to the right row, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from editor.core.text_edit import smallest_edit
from editor.session.text_buffer import TextBuffer
from editor.ui.citations_model import CitationsModel
from editor.ui.shown_rows import ShownRows, ViewOrder

HEAD = "| S.No | Paper | Citations |\n|---|---|--:|\n"
ROWS = ["| 1 | Über (B, 2001) | 5 |", "| 2 | C (D, 2002) | - |", "| 3 | Uber all (F, 2003) | 1,300 |", "| 4 | G | 7 |"]


def article(rows: list[str]) -> str:
    return "Before.\n\n" + HEAD + "".join(f"{row}\n" for row in rows) + "\nAfter.\n"


class Shown:
    """Shown rows under Qt's own tester, and how many rows their signals say there are."""

    def __init__(self, rows: list[str]) -> None:
        self.buffer = TextBuffer(article(rows))
        self.model = CitationsModel(self.buffer)
        self.rows = ShownRows(self.model)
        warn = QAbstractItemModelTester.FailureReportingMode.Warning
        self.testers = [QAbstractItemModelTester(each, warn) for each in (self.model, self.rows)]
        self.told = self.rows.rowCount()
        self.rows.rowsInserted.connect(lambda _, first, last: self._count(last - first + 1))
        self.rows.rowsRemoved.connect(lambda _, first, last: self._count(first - last - 1))
        self.rows.modelReset.connect(lambda: self._count(self.rows.rowCount() - self.told))

    def _count(self, by: int) -> None:
        self.told += by

    def become(self, rows: list[str]) -> None:
        edit = smallest_edit(self.buffer.article.text, article(rows))
        if edit:
            self.buffer.edit([edit], "typing")

    def titles(self) -> list[str]:
        return [self.rows.index(place, 1).data() for place in range(self.rows.rowCount())]

    def require_sound(self) -> None:
        """Places and rows lead to each other, and the cells of a place are those of its row."""
        table = self.model.table
        assert table
        rows = [self.rows.row_in_text(place) for place in range(self.rows.rowCount())]
        assert len(set(rows)) == len(rows) == self.told
        assert set(rows) <= set(range(len(table.rows)))
        for place, row in enumerate(rows):
            index = self.rows.index(place, 1)
            assert self.rows.mapToSource(index) == self.model.index(row, 1)
            assert self.rows.mapFromSource(self.model.index(row, 1)) == index
            assert self.rows.place_of(row) == place
            assert index.data() == table.value(row, 1)


@pytest.fixture(autouse=True)
def _sound(qapp: QApplication, qtlog: Any) -> Iterator[None]:
    """Qt's model tester speaks by warnings."""
    yield
    assert [record.message for record in qtlog.records] == []


def test_rows_are_found_by_words_and_shown_alone() -> None:
    shown = Shown(ROWS)
    shown.rows.seek("uber")
    assert shown.titles() == ["Über (B, 2001)", "Uber all (F, 2003)"]
    shown.rows.seek(" ")
    assert (shown.titles(), shown.rows.is_as_in_text) == (
        ["Über (B, 2001)", "C (D, 2002)", "Uber all (F, 2003)", "G"],
        True,
    )
    assert shown.buffer.article.text == article(ROWS)


def test_an_order_that_is_only_shown_is_that_of_sorting() -> None:
    shown = Shown(ROWS)
    shown.rows.show_in_order(ViewOrder(2, descending=True))
    places = [shown.rows.row_in_text(place) for place in range(4)]
    assert (places, shown.rows.is_as_in_text) == ([2, 3, 0, 1], False)
    assert shown.buffer.article.text == article(ROWS)
    shown.rows.show_in_order(None)
    assert [shown.rows.row_in_text(place) for place in range(4)] == [0, 1, 2, 3]


def test_an_edit_where_rows_are_shown_otherwise_goes_to_the_right_row_and_moves_none() -> None:
    shown = Shown(ROWS)
    shown.rows.show_in_order(ViewOrder(2, descending=True))
    shown.rows.seek("2003")
    shown.rows.setData(shown.rows.index(0, 2), "2")
    assert shown.buffer.article.text == article([*ROWS[:2], ROWS[2].replace("1,300", "2"), ROWS[3]])
    shown.rows.seek("")
    shown.rows.setData(shown.rows.index(0, 1), "Zzz")
    assert shown.titles()[0] == "Zzz"


def test_a_row_that_no_longer_holds_what_is_sought_stays_until_it_is_sought_again() -> None:
    shown = Shown(ROWS)
    shown.rows.seek("uber")
    shown.rows.setData(shown.rows.index(0, 1), "Other")
    assert shown.titles() == ["Other", "Uber all (F, 2003)"]
    shown.rows.seek("uber ")
    assert shown.titles() == ["Other", "Uber all (F, 2003)"]
    shown.rows.seek("ube")
    assert shown.titles() == ["Uber all (F, 2003)"]


def test_a_row_that_is_added_is_shown_below_the_one_it_follows() -> None:
    shown = Shown(ROWS)
    shown.rows.show_in_order(ViewOrder(2, descending=True))
    shown.model.add_row(3)
    assert shown.titles() == ["Uber all (F, 2003)", "", "G", "Über (B, 2001)", "C (D, 2002)"]
    shown.model.add_row(5)
    assert shown.titles()[-1] == ""
    shown.rows.seek("uber")
    shown.model.add_row(0)
    assert shown.titles() == ["Uber all (F, 2003)", "", "Über (B, 2001)"]


def test_headings_and_alignments_are_there_even_without_rows() -> None:
    shown = Shown(ROWS)
    shown.rows.seek("nowhere")
    assert [shown.rows.headerData(at, Qt.Orientation.Horizontal) for at in range(3)] == ["S.No", "Paper", "Citations"]
    assert (shown.rows.rowCount(), shown.rows.columnCount()) == (0, 3)


def test_another_number_of_columns_shows_the_texts_order_again() -> None:
    shown = Shown(ROWS)
    shown.rows.show_in_order(ViewOrder(2, descending=True))
    text = shown.buffer.article.text
    edit = smallest_edit(text, "| S.No | Paper |\n|---|---|\n| 1 | A |\n")
    assert edit
    shown.buffer.edit([edit], "typing")
    assert (shown.titles(), shown.rows.order) == (["A"], None)
    shown.buffer.undo()
    assert shown.titles()[0] == "Über (B, 2001)"


def values(shown: Shown) -> list[str]:
    """The papers' cells as they stand in the text."""
    table = shown.buffer.article.citations_table
    assert table
    return [table.value(row, 1) for row in range(len(table.rows))]


_STEPS = st.lists(
    st.one_of(
        st.lists(st.sampled_from([*ROWS, "| 9 | Uber new | 3 |"]), max_size=6).map(lambda rows: ("become", rows)),
        st.sampled_from(["", "uber", "200"]).map(lambda sought: ("seek", sought)),
        st.sampled_from([None, ViewOrder(2, True), ViewOrder(1, False)]).map(lambda order: ("order", order)),
        st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda pair: ("move", pair)),
        st.integers(0, 5).map(lambda row: ("add", row)),
        st.tuples(st.integers(0, 5), st.sampled_from(["Uber x", "y|z"])).map(lambda edit: ("edit", edit)),
        st.sampled_from([("undo", None), ("redo", None)]),
    ),
    max_size=8,
)


def act(shown: Shown, name: str, what: Any) -> None:
    """One thing that a writer may do here or in the text."""
    many = shown.model.rowCount()
    match name:
        case "become":
            shown.become(what)
        case "seek":
            shown.rows.seek(what)
        case "order":
            shown.rows.show_in_order(what)
        case "move" if max(what) < many:
            shown.model.move_rows([what[0]], what[1])
        case "add" if what <= many:
            shown.model.add_row(what)
        case "undo":
            shown.buffer.undo()
        case "redo":
            shown.buffer.redo()


def edit(shown: Shown, place: int, value: str) -> None:
    """Write a value where it is shown, and see that it is its row's alone that changed in the text."""
    row, before = shown.rows.row_in_text(place), values(shown)
    if row >= 0:
        assert shown.rows.setData(shown.rows.index(place, 1), value)
        assert values(shown) == [value if at == row else old for at, old in enumerate(before)]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_whatever_happens_rows_and_places_lead_to_each_other(steps: list[tuple[str, Any]]) -> None:
    shown = Shown(ROWS)
    for name, what in steps:
        kept = [QPersistentModelIndex(shown.rows.index(place, 1)) for place in range(shown.rows.rowCount())]
        held = [QPersistentModelIndex(shown.rows.mapToSource(shown.rows.index(place, 1))) for place in range(len(kept))]
        if name == "edit":
            edit(shown, *what)
        else:
            act(shown, name, what)
        shown.require_sound()
        for index, source in zip(kept, held, strict=True):
            assert not index.isValid() or shown.rows.mapToSource(index).row() == source.row()
