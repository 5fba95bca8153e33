"""What is seen of a key in the text: its line at once, in the colours that belong to it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.text_edit import TextEdit
from editor.session.text_buffer import TextBuffer
from editor.ui import theme
from editor.ui.highlighter import LONGEST_LINE, LineKind, spans
from editor.ui.text_pane import TextPane

LONG = "A word that goes on for long enough to wrap, *all* of it. " * 3


class Paints(QObject):
    """What the caret's line read and how it was coloured each time the pane was painted; and when it was told of."""

    def __init__(self, pane: TextPane, buffer: TextBuffer) -> None:
        super().__init__(pane)
        self.seen: list[str | list[tuple[int, int, str]]] = []
        self._pane = pane
        pane.viewport().installEventFilter(self)
        buffer.changed.connect(lambda _: self.seen.append("told"))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            block = self._pane.textCursor().block()
            self.seen += [block.text(), colours_of(block)]
        return False


def colours_of(block: QTextBlock) -> list[tuple[int, int, str]]:
    return [(each.start, each.length, each.format.foreground().color().name()) for each in block.layout().formats()]


def colours_due(kind: LineKind, text: str) -> list[tuple[int, int, str]]:
    syntax = theme.worn().syntax
    names = ((start, end - start, name) for start, end, name in spans(kind, text))
    return [(start, length, getattr(syntax, name.removeprefix("heading "))) for start, length, name in names]


@pytest.fixture
def buffer() -> TextBuffer:
    return TextBuffer(f"# A heading\n\nSome *words* (Smith, 2001).\n\n{LONG}\n\n> - [a](b)\n")


@pytest.fixture
def pane(qtbot: QtBot, buffer: TextBuffer) -> TextPane:
    pane = TextPane(buffer, 12, 60)
    qtbot.addWidget(pane)
    pane.resize(640, 480)
    pane.show()
    pane.setFocus()
    qtbot.waitUntil(pane.hasFocus)
    pane.place_caret(buffer.article.length)
    return pane


@pytest.mark.parametrize(
    ("line", "column", "kind"),
    [
        (0, 0, LineKind.TEXT),
        (0, 2, LineKind.HEADING),
        (0, 11, LineKind.HEADING),
        (2, 0, LineKind.TEXT),
        (2, 7, LineKind.TEXT),
        (2, 12, LineKind.TEXT),
        (2, 20, LineKind.TEXT),
        (4, 30, LineKind.TEXT),
        (6, 5, LineKind.QUOTE),
    ],
)
def test_a_letter_is_painted_before_it_is_taken_in_and_in_no_colours_of_other_letters(
    buffer: TextBuffer, pane: TextPane, line: int, column: int, kind: LineKind
) -> None:
    block = buffer.document.findBlockByNumber(line)
    caret = QTextCursor(block)
    caret.setPosition(block.position() + column)
    pane.setTextCursor(caret)
    before = block.text()
    wanted = before[:column] + "w" + before[column:]
    pane.repaint()
    paints = Paints(pane, buffer)
    QTest.keyClick(pane, Qt.Key.Key_W)
    shown_as = LineKind.HEADING if line == 0 else kind
    assert paints.seen[:3] == [wanted, colours_due(shown_as, wanted), "told"]
    assert colours_of(block) == colours_due(kind, wanted)
    assert buffer.article.text.split("\n")[line] == wanted


def test_a_mark_that_closes_colours_with_its_own_key(buffer: TextBuffer, pane: TextPane) -> None:
    block = buffer.document.findBlockByNumber(2)
    caret = QTextCursor(block)
    caret.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    pane.setTextCursor(caret)
    QTest.keyClicks(pane, " *end")
    paints = Paints(pane, buffer)
    QTest.keyClicks(pane, "*")
    text = "Some *words* (Smith, 2001). *end*"
    assert paints.seen[:3] == [text, colours_due(LineKind.TEXT, text), "told"]


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
@pytest.mark.parametrize("place", [1, len("# A heading\n\nSome ")])
def test_a_key_paints_its_own_line_and_no_other(pane: TextPane, key: Qt.Key, place: int) -> None:
    pane.place_caret(place)
    pane.repaint()
    heights: list[int] = []
    pane.updateRequest.connect(lambda area, _: heights.append(area.height()))
    QTest.keyClick(pane, key)
    assert heights
    assert max(heights) < 2 * pane.fontMetrics().lineSpacing()


def test_what_makes_the_line_another_is_coloured_as_that_at_last(buffer: TextBuffer, pane: TextPane) -> None:
    pane.place_caret(0)
    QTest.keyClick(pane, Qt.Key.Key_Delete)
    block = buffer.document.findBlockByNumber(0)
    assert block.text() == " A heading"
    assert colours_of(block) == []


def test_keys_that_come_at_once_are_painted_together(pane: TextPane, buffer: TextBuffer) -> None:
    pane.repaint()
    paints = Paints(pane, buffer)
    line = pane.textCursor().block().text()
    for letter, when in (("a", 1000), ("b", 1033), ("c", 1034), ("d", 1035)):
        key = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
        key.setTimestamp(when)
        QApplication.sendEvent(pane, key)
    painted = [each for each in paints.seen if isinstance(each, str) and each != "told"]
    assert painted == [f"{line}a", f"{line}ab"]
    QApplication.processEvents()
    assert f"{line}abcd" in paints.seen


def test_a_line_too_long_to_colour_is_shaped_once_and_painted_as_it_reads(qtbot: QtBot) -> None:
    buffer = TextBuffer("A line *in colour*.\n\n" + "word and more " * (LONGEST_LINE // 14 + 1))
    pane = TextPane(buffer, 12, 60)
    qtbot.addWidget(pane)
    pane.show()
    line = buffer.document.findBlockByNumber(2)
    pane.place_caret(line.position() + 20)
    QTest.keyClicks(pane, "other ")
    buffer.document.setDefaultFont(theme.editor_font(16))
    kept = pane.viewport().grab().toImage()
    assert [line.layout().cacheEnabled(), buffer.document.firstBlock().layout().cacheEnabled()] == [True, False]
    line.layout().setCacheEnabled(False)
    pane.viewport().repaint()
    assert pane.viewport().grab().toImage() == kept
    buffer.edit([TextEdit(line.position() + 40, buffer.article.length, "")], "shorten")
    assert not line.layout().cacheEnabled()


def test_lines_below_one_that_wraps_anew_are_painted_where_they_move(buffer: TextBuffer, pane: TextPane) -> None:
    end = buffer.article.text.index(" (Smith")
    pane.repaint()
    asked: list[int] = []
    pane.updateRequest.connect(lambda area, _: asked.append(area.bottom()))
    buffer.edit([TextEdit(end, end, " more of the same words" * 3)], "edit")
    assert max(asked) >= pane.viewport().height() - 1
