"""Citations in the text: underlined by what there is to say of them, and in step with what is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.core.article import Article
from editor.core.citation_state import CitationState
from editor.core.citations import citations_of
from editor.session.text_buffer import TextBuffer
from editor.ui.line_marks import Mark, kept, moved
from editor.ui.text_pane import TextPane

Underline = QTextCharFormat.UnderlineStyle
PROSE = "It grew 🌱 (Adams, 2013; Baker\net al., 2010) and *ended (Clark, 2001; Doe, 2000)*."
TEXT = f"""# A heading

{PROSE}

| S.No | Paper Title (Author, Year) | Citations |
|---|---|---|
| 1 | On (Adams, 2013) | 5 |
| 2 | On (Baker, 2010) | 5 |
| 3 | On (Clark, 2001) | 5 |
| 4 | Of (Clark, 2001) | 5 |
"""
ALL = [
    ("Adams, 2013", Underline.SingleUnderline),
    ("Baker", Underline.DashUnderline),
    ("et al., 2010", Underline.DashUnderline),
    ("Clark, 2001", Underline.DotLine),
    ("Doe, 2000", Underline.WaveUnderline),
]


@pytest.fixture
def buffer() -> TextBuffer:
    return TextBuffer(TEXT)


@pytest.fixture
def pane(qtbot: QtBot, buffer: TextBuffer) -> TextPane:
    pane = TextPane(buffer, 12, 60)
    qtbot.addWidget(pane)
    pane.resize(640, 480)
    pane.show()
    pane.setFocus()
    qtbot.waitUntil(pane.hasFocus)
    pane.judge_by(citations_of(buffer.article))
    return pane


def underlined(first: QTextBlock) -> list[tuple[str, Underline]]:
    """What is underlined from this line on, and how."""
    found = []
    block = first
    while block.isValid():
        units = block.text().encode("utf-16-le")
        for each in block.layout().formats():
            if each.format.underlineStyle() is not Underline.NoUnderline:
                text = units[each.start * 2 : (each.start + each.length) * 2].decode("utf-16-le")
                found.append((text, each.format.underlineStyle()))
        block = block.next()
    return found


class Paints(QObject):
    """What was underlined each time the pane was painted."""

    def __init__(self, pane: TextPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.seen: list[list[tuple[str, Underline]]] = []
        pane.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append(underlined(self._pane.document().begin()))
        return False


def put_caret(pane: TextPane, before: str) -> None:
    caret = QTextCursor(pane.document())
    caret.setPosition(len(TEXT[: TEXT.index(before)].encode("utf-16-le")) // 2)
    pane.setTextCursor(caret)


def test_each_state_has_an_underline_of_its_own_and_rows_of_the_table_have_none(pane: TextPane) -> None:
    assert underlined(pane.document().begin()) == ALL


@pytest.mark.parametrize("place", ["It grew", "(Adams", " and *", "# A heading"])
@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_underlines_keep_to_their_words_in_every_paint_while_one_types_beside_them(
    qtbot: QtBot, pane: TextPane, place: str, key: Qt.Key
) -> None:
    put_caret(pane, place)
    paints = Paints(pane)
    QTest.keyClick(pane, key)
    qtbot.waitUntil(lambda: not pane._citations_due.isActive())
    QTest.keyClick(pane, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not pane._citations_due.isActive())
    assert len(paints.seen) >= 2
    assert all(seen == ALL for seen in paints.seen)


def test_a_citation_that_is_typed_is_judged_by_the_table_that_is_known(
    qtbot: QtBot, buffer: TextBuffer, pane: TextPane
) -> None:
    put_caret(pane, ".\n\n|")
    QTest.keyClicks(pane, " (Baker, 2010)")
    added = ("Baker, 2010", Underline.SingleUnderline)
    qtbot.waitUntil(lambda: underlined(pane.document().begin()) == [*ALL, added])
    buffer.undo()
    qtbot.waitUntil(lambda: underlined(pane.document().begin()) == ALL)
    pane.judge_by(citations_of(Article.from_text(TEXT.replace("Adams, 2013) |", "Adams, 2012) |"))))
    assert underlined(pane.document().begin())[0] == ("Adams, 2013", Underline.DashUnderline)


WORDS = st.text(alphabet="ab", max_size=6)


@given(WORDS, WORDS, WORDS, WORDS, st.integers(0, 4), st.integers(0, 4))
def test_a_mark_goes_with_its_words_and_holds_what_changes_within(
    before: str, cited: str, behind: str, typed: str, first: int, last: int
) -> None:
    cited = f"<{cited}>"
    old = before + cited + behind
    mark = Mark(len(before), len(before) + len(cited), CitationState.MISSING)
    first, last = sorted((min(first, len(cited) - 2), min(last, len(cited) - 2)))
    within = f"{cited[: 1 + first]}{typed}{cited[1 + last :]}"
    for new, word in (
        (typed + old, cited),
        (old + typed, cited),
        (before + within + behind, within),
    ):
        (found,) = moved((mark,), old, new)
        assert new[found.start : found.end] == word


def test_lines_that_are_split_or_joined_keep_the_marks_of_their_words() -> None:
    one, other = (Mark(start, start + 3, CitationState.MISSING) for start in (2, 8))
    whole = ("a Xxx b Yyy", (one, other))
    assert kept([whole], "a Xxx") == (one,)
    assert kept([whole], " b Yyy") == (Mark(3, 6, CitationState.MISSING),)
    assert kept([("a Xxx", (one,)), (" b Yyy", (Mark(3, 6, CitationState.MISSING),))], whole[0]) == whole[1]
    assert kept([whole], "other") == ()
