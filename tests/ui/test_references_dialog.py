"""References pasted: shown as the rows that they become, and chosen by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from editor.core.references.reference import Reference
from editor.core.tables import Table, find_tables
from editor.ui.dialogs.references import ReferencesDialog, ask
from editor.ui.theme import Theme, apply_theme

(TABLE,) = find_tables("| # | Paper | Citations |\n|---|---|---|\n| 1 | First (A, 2001) | - |\n")
BIBTEX = """\
@article{a, title = {Second <u>}, author = {B, C. and D, E.}, year = 2002, journal = {Brain}, volume = 3}
@article{c, title = {never closed
@article{b, title = {First}, author = {A, B.}, year = 2001}
@article{d, title = {Fourth}, author = {F}, year = 2004}
"""
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
Open = Callable[..., ReferencesDialog]


@pytest.fixture
def accepted() -> list[tuple[str, ...]]:
    """The titles chosen, each time."""
    return []


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot, accepted: list[tuple[str, ...]]) -> Iterator[Open]:
    apply_theme(qapp, Theme.LIGHT)
    parent = QWidget()
    dialogs: list[ReferencesDialog] = []

    def keep(references: tuple[Reference, ...]) -> None:
        accepted.append(tuple(reference.title for reference in references))

    def open_dialog(text: str = BIBTEX, table: Table | None = TABLE) -> ReferencesDialog:
        dialog = ask(parent, text, table, keep)
        dialogs.append(dialog)
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        wait_until_read(qtbot, dialog)
        return dialog

    yield open_dialog
    for dialog in dialogs:
        if isValid(dialog):
            dialog.close()
    parent.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def wait_until_read(qtbot: QtBot, dialog: ReferencesDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_reading)


def shown(dialog: ReferencesDialog) -> list[tuple[str, str]]:
    model = dialog.rows.model()
    return [
        (str(model.index(row, 0).data()), str(model.index(row, 1).data()))
        for row in range(model.rowCount(QModelIndex()))
    ]


def ticks(dialog: ReferencesDialog) -> list[Qt.CheckState]:
    rows = (dialog.rows.topLevelItem(row) for row in range(dialog.rows.topLevelItemCount()))
    return [row.checkState(0) for row in rows if row and row.flags() & Qt.ItemFlag.ItemIsUserCheckable]


def test_each_reference_is_shown_as_what_it_becomes_and_each_problem_with_its_line(opened: Open) -> None:
    dialog = opened()
    assert shown(dialog) == [
        ("Second \\<u> (B & D, 2002)", "Brain, 3"),
        ("Line 2: This entry cannot be read: is a brace, a quote or a comma missing?", ""),
        ("First (A, 2001)", "Already in row 1: the same title and year."),
        ("Fourth (F, 2004)", ""),
    ]
    assert ticks(dialog) == [CHECKED, UNCHECKED, CHECKED]
    assert dialog.outcome.text() == "3 references in BibTeX · 1 already there · 1 problem"
    assert dialog.add.text() == "Add 2 rows"


def test_enter_adds_what_is_ticked(opened: Open, qtbot: QtBot, accepted: list[tuple[str, ...]]) -> None:
    dialog = opened()
    assert dialog.rows.hasFocus()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert dialog.add.text() == "Add 1 row"
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    assert accepted == [("Fourth",)]
    assert not isValid(dialog) or not dialog.isVisible()


def test_space_ticks_all_that_is_selected(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert ticks(dialog) == [UNCHECKED] * 3
    assert not dialog.add.isEnabled()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert ticks(dialog) == [CHECKED] * 3
    assert dialog.add.text() == "Add 3 rows"


def test_what_is_there_already_is_added_if_asked_for(
    opened: Open, qtbot: QtBot, accepted: list[tuple[str, ...]]
) -> None:
    dialog = opened()
    qtbot.keyClick(dialog.with_duplicates, Qt.Key.Key_Space)
    assert dialog.add.text() == "Add 3 rows"
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    assert accepted == [("Second <u>", "First", "Fourth")]


def test_escape_adds_nothing(opened: Open, qtbot: QtBot, accepted: list[tuple[str, ...]]) -> None:
    dialog = opened()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Escape)
    assert accepted == []


def test_what_is_typed_is_read_after_a_pause_and_ctrl_enter_adds_it(
    opened: Open, qtbot: QtBot, accepted: list[tuple[str, ...]]
) -> None:
    dialog = opened("", None)
    assert dialog.box.hasFocus()
    assert not dialog.add.isEnabled()
    with qtbot.waitSignal(dialog.read):
        qtbot.keyClicks(dialog.box, "Ng, A. (2001). Sleep. Press.")
    assert shown(dialog) == [("Sleep (Ng, 2001)", "Press")]
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert accepted == [("Sleep",)]


def test_what_is_pasted_is_plain_and_read_at_once(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("", None)
    mime = QMimeData()
    mime.setHtml("<b>Ng</b>, A. (2001). Sleep. Press.")
    mime.setText("Ng, A. (2001). Sleep. Press.")
    QApplication.clipboard().setMimeData(mime)
    dialog.box.paste()
    assert shown(dialog) == [("Sleep (Ng, 2001)", "Press")]
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/tmp/a.bib")])
    assert not dialog.box.canInsertFromMimeData(files)


def test_a_text_without_references_says_so(opened: Open) -> None:
    dialog = opened("Some words.")
    assert [text for text, _ in shown(dialog)] == [
        "Line 1: No reference was found: neither BibTeX, RIS, PubMed’s format, CSL-JSON nor APA’s form."
    ]
    assert not dialog.add.isEnabled()


def test_the_box_shows_where_the_selected_row_was_read_from(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)
    assert dialog.box.textCursor().block().text() == "@article{c, title = {never closed"
    qtbot.keyClick(dialog.rows, Qt.Key.Key_End)
    assert dialog.box.textCursor().block().text().startswith("@article{d")


def test_a_long_list_is_read_in_slices_that_give_the_same(opened: Open, qtbot: QtBot) -> None:
    entries = "".join(f"@misc{{k{n}, title = {{\\'E{n}}}, year = 2001}}\n" for n in range(100))
    dialog = opened(entries)
    assert shown(dialog) == [(f"É{n} (2001)", "") for n in range(100)]
    assert dialog.add.text() == "Add 100 rows"


def test_tab_goes_round_and_every_control_has_a_name(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    names = []
    for _ in range(6):
        focus = dialog.focusWidget()
        names.append(QAccessible.queryAccessibleInterface(focus).text(QAccessible.Text.Name))
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert names[:5] == ["Rows to add", "Add what is there already, too", "Cancel", "Add 2 rows", "References"]
    assert names[5] == names[0]
    assert all(button.text() for button in dialog.findChildren(QPushButton))
    row = QAccessible.queryAccessibleInterface(dialog.rows).child(2)
    assert row is not None


def test_nothing_from_a_reference_is_taken_for_html(opened: Open) -> None:
    dialog = opened("@misc{a, title = {<img src='x'>}, year = 2001}")
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))
    row = dialog.rows.topLevelItem(0)
    assert row is not None
    assert "<img" not in row.toolTip(0)
    assert "&lt;img" in row.toolTip(0)
