from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.text_edit import TextEdit, smallest_edit
from editor.session.text_buffer import TextBuffer
from editor.ui.citations_model import CitationsModel

HEAD = "| S.No | Paper | Insight | Citations |\n|---|:-:|---|--:|\n"
ROWS = ["| 1 | A (B, 2001) | x | 5 |", "| 2 | C (D, 2002) | y | - |", "| 3 | E (F, 2003) | z | 7 |"]
VERTICAL = Qt.Orientation.Vertical
SIGNALS = "dataChanged headerDataChanged rowsInserted rowsRemoved rowsMoved layoutChanged modelReset".split()


def article(*rows: str) -> str:
    return "Before.\n\n" + HEAD + "".join(f"{row}\n" for row in rows or ROWS) + "\nAfter.\n"


@dataclass
class Followed:
    """A model under Qt's own tester, and what it told."""

    text: str
    told: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.buffer = TextBuffer(self.text)
        self.model = CitationsModel(self.buffer)
        self.tester = QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        for name in SIGNALS:
            getattr(self.model, name).connect(lambda *what, name=name: self.told.append((name, what)))

    def become(self, text: str) -> None:
        edit = smallest_edit(self.buffer.article.text, text)
        if edit:
            self.buffer.edit([edit], "typing")

    def names(self) -> list[str]:
        return [name for name, _ in self.told]

    def spans(self) -> list[tuple[int, int]]:
        return [(what[1], what[2]) for _, what in self.told]


@pytest.fixture(autouse=True)
def _sound(qapp: QApplication, qtlog: Any) -> Iterator[None]:
    """Qt's model tester speaks by warnings."""
    yield
    assert [record.message for record in qtlog.records] == []


def values(model: Any) -> list[list[str]]:
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_cells_and_headings_are_those_of_the_table() -> None:
    model = Followed(article()).model
    assert [model.headerData(at, Qt.Orientation.Horizontal) for at in range(4)] == [
        "S.No",
        "Paper",
        "Insight",
        "Citations",
    ]
    assert values(model)[1] == ["2", "C (D, 2002)", "y", "-"]


def test_the_second_of_two_tables_is_shown_where_it_is_the_one_of_papers() -> None:
    assert values(Followed("| a | b |\n|---|---|\n| 1 | 2 |\n\n" + article()).model)[0][1] == "A (B, 2001)"


def test_an_article_without_a_table_of_papers_has_no_rows_and_no_columns() -> None:
    model = Followed("Nothing.\n").model
    assert (model.rowCount(), model.columnCount(), model.table) == (0, 0, None)


def test_a_changed_value_tells_of_that_cell_alone() -> None:
    followed = Followed(article())
    followed.become(article().replace("| - |", "| 12 |"))
    ((name, (first, last, *_)),) = followed.told
    assert name == "dataChanged"
    assert [(index.row(), index.column()) for index in (first, last)] == [(1, 3), (1, 3)]


def test_typing_before_the_table_tells_nothing_though_it_moves() -> None:
    followed = Followed(article())
    followed.become("More, and\n\nmore. " + article())
    assert followed.told == []
    assert followed.model.setData(followed.model.index(1, 3), "12")
    assert followed.buffer.article.text == "More, and\n\nmore. " + article().replace("| - |", "| 12 |")


def test_padding_alone_tells_nothing() -> None:
    followed = Followed(article())
    followed.become(article().replace("| x |", "|    x    |"))
    assert followed.told == []


def test_rows_that_go_and_come_back_are_told_as_such() -> None:
    followed = Followed(article())
    followed.model.remove_rows([0, 2])
    followed.buffer.undo()
    assert followed.names() == ["rowsRemoved", "rowsRemoved", "rowsInserted", "rowsInserted"]
    assert followed.spans() == [(2, 2), (0, 0), (0, 0), (2, 2)]


def test_rows_added_in_the_text_are_told_as_added() -> None:
    followed = Followed(article())
    followed.become(article(ROWS[0], "| 8 | G | | |", "| 9 | H | | |", *ROWS[1:]))
    assert list(zip(followed.names(), followed.spans(), strict=True)) == [("rowsInserted", (1, 2))]


@pytest.mark.parametrize(("row", "to"), [(0, 2), (2, 0), (1, 2), (1, 0)])
def test_a_persistent_index_goes_with_a_row_that_is_moved_and_back(row: int, to: int) -> None:
    followed = Followed(article())
    index = QPersistentModelIndex(followed.model.index(row, 1))
    followed.model.move_rows([row], to)
    assert (index.row(), index.data()) == (to, values(Followed(article()).model)[row][1])
    followed.buffer.undo()
    assert index.row() == row
    assert set(followed.names()) == {"rowsMoved"}


def test_a_persistent_index_goes_with_its_row_when_rows_are_sorted_and_back() -> None:
    rows = [ROWS[2], "| 9 | G | w | 1 |", ROWS[1], ROWS[0], "| 9 | G | w | 1 |"]
    followed = Followed(article(*rows))
    kept = [QPersistentModelIndex(followed.model.index(row, 1)) for row in range(5)]
    assert followed.model.sort_rows(3, descending=False)
    assert [index.row() for index in kept] == [3, 0, 4, 2, 1]
    assert [line[3] for line in values(followed.model)] == ["1", "1", "5", "7", "-"]
    followed.buffer.undo()
    assert [index.row() for index in kept] == [0, 1, 2, 3, 4]
    assert followed.names() == ["layoutChanged"] * 2


def test_rows_sorted_in_a_step_that_also_moves_the_table_are_followed() -> None:
    followed = Followed(article())
    followed.become("More.\n\n" + article(ROWS[1], ROWS[2], ROWS[0]))
    assert values(followed.model) == values(Followed(article(ROWS[1], ROWS[2], ROWS[0])).model)


def test_an_aligned_table_shows_the_same_values_and_tells_nothing() -> None:
    followed = Followed(article())
    assert followed.model.align()
    assert "| 1    | A (B, 2001) | x       |         5 |\n" in followed.buffer.article.text
    assert followed.told == []


def test_another_number_of_columns_and_no_table_at_all_reset() -> None:
    followed = Followed(article())
    followed.become("| S.No | Paper |\n|---|---|\n| 1 | A |\n")
    followed.become("Nothing.\n")
    followed.become(article())
    assert followed.names() == ["modelReset"] * 3


def test_a_heading_changed_in_the_text_is_told() -> None:
    followed = Followed(article())
    followed.become(article().replace("Insight", "Finding"))
    assert followed.names() == ["headerDataChanged"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from([*ROWS, "| 4 | G |", "|||||", "| a | b | c | d | e |"]), max_size=6), max_size=5)
)
def test_whatever_becomes_of_the_rows_a_view_that_follows_shows_them(versions: list[list[str]]) -> None:
    followed = Followed(article())
    follower = QSortFilterProxyModel()
    follower.setSourceModel(followed.model)
    assert follower.rowCount() == 3
    for rows in versions:
        followed.become("Before.\n\n" + HEAD + "".join(f"{row}\n" for row in rows) + "\nAfter.\n")
        fresh = CitationsModel(TextBuffer(followed.buffer.article.text))
        assert values(followed.model) == values(follower) == values(fresh)


# Edits


def test_a_value_that_is_there_already_makes_no_step() -> None:
    followed = Followed(article())
    assert followed.model.setData(followed.model.index(0, 1), "A (B, 2001)")
    assert list(followed.buffer.history.labels()) == []


def test_each_edit_is_one_step_with_its_own_label() -> None:
    followed = Followed(article())
    model = followed.model
    model.setData(model.index(1, 3), "12")
    model.add_row(3)
    model.move_rows([3], 0)
    model.sort_rows(0, descending=True)
    model.align()
    model.clear_cells([(1, 1), (1, 2), (2, 1)])
    model.remove_rows([0])
    model.remove_rows([0, 1])
    assert list(followed.buffer.history.labels()) == [
        "edit Citations",
        "add row",
        "move row",
        "sort by S.No",
        "align table",
        "clear 3 cells",
        "remove row",
        "remove 2 rows",
    ]
    while followed.buffer.history.undo_label:
        followed.buffer.undo()
    assert followed.buffer.article.text == article()


def test_an_edit_that_is_refused_says_so_and_changes_nothing() -> None:
    followed = Followed(article())
    said: list[tuple[str, int]] = []
    followed.model.refused.connect(lambda *what: said.append(what))
    assert not followed.model.setData(followed.model.index(1, 2), "\ufdd0")
    assert said == [("The character U+FDD0 cannot be put into the text.", 6)]
    assert followed.buffer.article.text == article()
    assert followed.model.index(1, 2).data() == "y"


def test_a_cell_that_a_short_row_lacks_is_added_when_it_is_filled_in() -> None:
    followed = Followed(article("| 1 | A |"))
    model = followed.model
    assert model.index(0, 2).data() == ""
    assert "2 of 4 cells" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    model.setData(model.index(0, 2), "new")
    assert followed.buffer.article.text == article("| 1 | A | new |")


def test_a_row_with_cells_that_readers_do_not_see_is_marked() -> None:
    model = Followed(article("| 1 | A | x | 5 | more | yet more |", ROWS[1])).model
    assert "“more”, “yet more”" in model.headerData(0, VERTICAL, Qt.ItemDataRole.ToolTipRole)
    assert not model.headerData(0, VERTICAL, Qt.ItemDataRole.DecorationRole).isNull()
    assert model.headerData(1, VERTICAL, Qt.ItemDataRole.DecorationRole) is None


def test_surplus_cells_that_go_take_their_mark_along() -> None:
    followed = Followed(article("| 1 | A | x | 5 | more |"))
    followed.become(article("| 1 | A | x | 5 |"))
    assert followed.names() == ["dataChanged", "headerDataChanged"]


def test_read_only_cells_are_not_editable_and_edits_do_nothing() -> None:
    followed = Followed(article())
    followed.model.read_only = True
    assert not followed.model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable
    assert not followed.model.add_row(0)
    assert followed.buffer.article.text == article()


def test_a_key_typed_in_a_large_table_looks_at_its_changed_row_only(qtbot: QtBot) -> None:
    rows = [f"| {number} | Title {number} | x | - |" for number in range(5000)]
    followed = Followed(article(*rows))
    start = followed.buffer.article.text.index("Title 2500")
    with qtbot.waitSignal(followed.model.dataChanged):
        followed.buffer.edit([TextEdit(start, start, "T")], "typing")
    assert followed.told[0][1][0].row() == 2500
    assert len(followed.told) == 1
