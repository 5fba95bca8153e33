"""The list of papers beside the caret: where it stands, which keys it takes, and that all others are the text's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from editor.core.citation_offers import Offer
from editor.core.papers import PaperName
from editor.ui.citation_popup import CitationPopup

KEY, CONTROL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OFFERS = [Offer(PaperName(f"On {number}", f"Name{number}", "2001"), "other.md" * (number % 2)) for number in range(30)]
LINE = QRect(40, 40, 1, 16)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with something else in it that takes the focus."""
    widget = QWidget()
    QLineEdit(widget)
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    return widget


@pytest.fixture
def text(window: QWidget, qtbot: QtBot) -> QPlainTextEdit:
    widget = QPlainTextEdit("one\ntwo", window)
    widget.resize(600, 400)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    widget.setFocus()
    return widget


@pytest.fixture
def popup(text: QPlainTextEdit) -> CitationPopup:
    found = CitationPopup(text)
    found.offer(OFFERS, LINE)
    return found


def current(popup: CitationPopup) -> int:
    return popup.currentIndex().row()


def test_up_and_down_go_round_and_pages_stop_at_the_ends(text: QPlainTextEdit, popup: CitationPopup) -> None:
    seen = []
    for key in (KEY.Key_Up, KEY.Key_Down, KEY.Key_Down, KEY.Key_PageDown, KEY.Key_PageUp, KEY.Key_PageUp):
        QTest.keyClick(text, key)
        seen.append(current(popup))
    assert seen == [29, 0, 1, 9, 1, 0]
    for _ in range(9):
        QTest.keyClick(text, KEY.Key_PageDown)
    assert current(popup) == 29
    assert popup.viewport().rect().contains(popup.visualRect(popup.currentIndex()))
    assert text.textCursor().position() == 0


@pytest.mark.parametrize("key", [KEY.Key_Tab, KEY.Key_Return, KEY.Key_Enter])
def test_tab_and_enter_pick_what_is_current(
    text: QPlainTextEdit, popup: CitationPopup, key: Qt.Key, qtbot: QtBot
) -> None:
    QTest.keyClick(text, KEY.Key_Down)
    with qtbot.waitSignal(popup.picked) as picked:
        QTest.keyClick(text, key)
    assert picked.args == [OFFERS[1]]
    assert text.toPlainText() == "one\ntwo"


def test_all_other_keys_are_the_texts_and_all_are_once_it_is_gone(
    text: QPlainTextEdit, popup: CitationPopup, qtbot: QtBot
) -> None:
    QTest.keyClick(text, KEY.Key_X)
    QTest.keyClick(text, KEY.Key_Return, SHIFT)
    QTest.keyClick(text, KEY.Key_End, CONTROL)
    assert text.toPlainText() == "x\u2028one\ntwo".replace("\u2028", "\n")
    assert (current(popup), popup.isVisible()) == (0, True)
    with qtbot.waitSignal(popup.dismissed):
        QTest.keyClick(text, KEY.Key_Escape)
    QTest.keyClick(text, KEY.Key_Return)
    assert text.toPlainText().endswith("two\n")
    assert popup.offers == ()


def test_what_is_current_stays_so_while_it_is_offered_and_nothing_is_shown_for_nothing(popup: CitationPopup) -> None:
    popup.setCurrentIndex(popup.model().index(7, 0))
    popup.offer(OFFERS[5:9], LINE)
    assert popup.current == OFFERS[7]
    popup.offer(OFFERS[:3], LINE)
    assert popup.current == OFFERS[0]
    popup.offer([], LINE)
    assert not popup.isVisible()


@pytest.mark.parametrize("size", [(600, 400), (200, 90), (300, 40)])
@pytest.mark.parametrize("place", [(0, 0), (580, 10), (100, 200), (590, 380)])
def test_it_is_within_the_pane_and_does_not_cover_its_line_where_there_is_room(
    text: QPlainTextEdit, popup: CitationPopup, size: tuple[int, int], place: tuple[int, int]
) -> None:
    text.resize(*size)
    line = QRect(min(place[0], size[0] - 5), min(place[1], size[1] - 16), 1, 16)
    popup.offer(OFFERS, line)
    assert text.rect().left() <= popup.geometry().left()
    assert popup.geometry().right() <= text.rect().right()
    if size[1] > 100:
        assert text.rect().contains(popup.geometry())
        assert not popup.geometry().intersects(line)
        assert popup.geometry().height() > 100


def test_a_pane_that_was_hidden_meanwhile_has_its_keys_again(text: QPlainTextEdit, popup: CitationPopup) -> None:
    text.hide()
    text.show()
    text.setFocus()
    assert text.hasFocus()
    QTest.keyClick(text, KEY.Key_Return)
    assert text.toPlainText() == "\none\ntwo"
    popup.offer(OFFERS, LINE)
    QTest.keyClick(text, KEY.Key_Down)
    assert current(popup) == 1
