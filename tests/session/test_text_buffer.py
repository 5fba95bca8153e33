"""Document, article and history stay in step, whatever is typed and asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextDocumentLayout
from pytestqt.qtbot import QtBot

from editor.core.text_edit import EditRefused, TextEdit
from editor.session.text_buffer import TextBuffer, without_characters_not_held

pytestmark = pytest.mark.usefixtures("qapp")

PIECES = st.sampled_from(
    ["a", "word ", "\n", "\n\n", "😀", "\u00a0", "\u2028", "# h\n", "| a |\n|---|\n| b |\n", "---\n"]
)
TYPED = st.lists(PIECES, max_size=4).map("".join)
TEXTS = st.tuples(st.lists(PIECES, max_size=20), st.sampled_from(["\n", "\r\n", "\r"])).map(
    lambda drawn: "".join(drawn[0]).replace("\n", drawn[1])
)


def buffer_of(text: str) -> TextBuffer:
    buffer = TextBuffer(text)
    buffer.document.setDocumentLayout(QPlainTextDocumentLayout(buffer.document))
    return buffer


def shown(buffer: TextBuffer) -> str:
    return buffer.document.toRawText().replace("\u2029", "\n")


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def type_at(buffer: TextBuffer, start: int, end: int, text: str) -> None:
    cursor = QTextCursor(buffer.document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text)


def draw_span(data: st.DataObject, length: int) -> tuple[int, int]:
    start = data.draw(st.integers(0, length))
    return start, data.draw(st.integers(start, min(length, start + 6)))


@given(TEXTS, st.data())
@settings(max_examples=150)
def test_whatever_happens_document_and_article_agree_and_undo_restores_the_text(text: str, data: st.DataObject) -> None:
    buffer = buffer_of(text)
    for action in data.draw(st.lists(st.sampled_from(["type", "edit", "undo", "redo"]), max_size=8)):
        if action == "type":
            span = draw_span(data, buffer.article.length)
            type_at(buffer, *map(buffer.article.unit_of, span), data.draw(TYPED))
        elif action == "edit":
            buffer.edit([TextEdit(*draw_span(data, buffer.article.length), data.draw(TYPED))], "edit")
        else:
            getattr(buffer, action)()
        assert shown(buffer) == plain(buffer.article.text)
    edited = buffer.article.text
    steps = 0
    while buffer.history.undo_label:
        buffer.undo()
        steps += 1
    assert buffer.article.text == text
    for _ in range(steps):
        buffer.redo()
    assert buffer.article.text == edited


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_new_line_takes_the_ending_of_its_neighbour(ending: str) -> None:
    buffer = buffer_of(f"one{ending}two{ending}")
    type_at(buffer, 5, 5, "\n")
    assert buffer.article.text == f"one{ending}t{ending}wo{ending}"


def test_lines_that_stay_keep_their_own_endings() -> None:
    text = "a\r\nb\nc\rd"
    buffer = buffer_of(text)
    type_at(buffer, 0, 7, "a\nb\nX\nd")
    assert buffer.article.text == "a\r\nb\nX\rd"
    buffer.undo()
    assert buffer.article.text == text


def test_formatting_and_an_edit_block_that_changes_nothing_are_no_edit(qtbot: QtBot) -> None:
    buffer = buffer_of("a\nb")
    with qtbot.assertNotEmitted(buffer.changed):
        cursor = QTextCursor(buffer.document)
        cursor.beginEditBlock()
        cursor.insertText("x")
        cursor.deletePreviousChar()
        cursor.endEditBlock()
        buffer.document.markContentsDirty(0, 3)
    assert not buffer.history.undo_label


def test_who_asks_in_the_middle_of_a_change_gets_the_article_that_the_document_shows() -> None:
    buffer = buffer_of("one\r\ntwo")
    asked = []
    buffer.document.cursorPositionChanged.connect(lambda _: asked.append(buffer.article.text))
    type_at(buffer, 4, 7, "2")
    assert asked[0] == "one\r\n2"


def test_what_is_changed_in_the_middle_of_a_change_is_taken_in_with_it() -> None:
    buffer = buffer_of("one two three")
    more = iter([(10, 11, ""), (0, 1, "O"), (3, 8, "\n")])

    def change_more(_cursor: QTextCursor) -> None:
        if edit := next(more, None):
            type_at(buffer, *edit)

    told = []
    buffer.changed.connect(lambda change: told.append(change.after.text))
    buffer.document.cursorPositionChanged.connect(change_more)
    type_at(buffer, 4, 7, "2")
    assert buffer.article.text == told[-1] == shown(buffer)
    while buffer.history.undo_label:
        buffer.undo()
    assert buffer.article.text == shown(buffer) == "one two three"


def test_one_change_is_told_once(qtbot: QtBot) -> None:
    buffer = buffer_of("one two")
    told = []
    buffer.changed.connect(told.append)
    buffer.edit([TextEdit(0, 3, "1"), TextEdit(4, 7, "2")], "numbers")
    assert buffer.article.text == "1 2"
    assert len(told) == 1
    buffer.undo()
    assert len(told) == 2


def test_an_equal_text_is_no_step() -> None:
    buffer = buffer_of("one")
    buffer.edit([TextEdit(0, 3, "one")], "edit")
    assert not buffer.history.undo_label
    assert buffer.history.is_saved


@pytest.mark.parametrize("character", ["\u2029", "\ufdd0", "\ufdd1", "\ud800", "\ufeff"])
def test_a_character_the_document_cannot_hold_is_refused_and_changes_nothing(character: str) -> None:
    buffer = buffer_of("one\ntwo")
    with pytest.raises(EditRefused) as refused:
        buffer.edit([TextEdit(5, 5, character)], "edit")
    assert refused.value.line == 2
    assert buffer.article.text == "one\ntwo"


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\nb\u2029c", 1), ("a\nb", None), ("\ufdd0", 0), ("a\r\nb\r", None), ("\ufeffa", 0), ("", None)],
)
def test_a_line_that_the_document_cannot_hold_is_named(text: str, line: int | None) -> None:
    assert buffer_of(without_characters_not_held(text)).first_difference(text) == line


def test_undo_says_what_it_changed() -> None:
    buffer = buffer_of("one two three")
    places = []
    buffer.shown.connect(lambda start, end: places.append((start, end)))
    buffer.edit([TextEdit(4, 7, "2")], "edit")
    buffer.undo()
    buffer.redo()
    assert places == [(4, 7), (4, 5)]


def test_a_mark_that_begins_a_text_comes_back_with_undo() -> None:
    text = "ab\ufeffcd\n\nnext\n"
    buffer = buffer_of(text)
    buffer.edit([TextEdit(2, 3, "")], "edit")
    buffer.undo()
    assert shown(buffer) == buffer.article.text == text


def test_line_endings_that_meet_stay_two() -> None:
    buffer = buffer_of("a\rb\nc")
    type_at(buffer, 2, 3, "")
    assert shown(buffer) == plain(buffer.article.text) == "a\n\nc"
    buffer.undo()
    assert buffer.article.text == "a\rb\nc"


def test_edits_that_meet_around_a_line_ending_are_made_as_one() -> None:
    buffer = buffer_of("a\r\nb")
    buffer.edit([TextEdit(0, 2, "a"), TextEdit(2, 3, "X")], "edit")
    assert shown(buffer) == plain(buffer.article.text) == "aXb"
