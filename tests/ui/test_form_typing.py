"""Typing in a field: one step until the focus leaves or a second passes, and nobody throws it away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.forms import CONTROL, Open, change, line, long_text, names, retype, sentences

from editor.core.front_matter import parse_front_matter
from editor.session import text_buffer
from editor.session.undo import PAUSE_MS

ARTICLE = '---\ntitle: "Old"\nnote: |\n  Old\nother: x\n---\nText\n'


def test_a_second_without_a_key_begins_another_step(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(text_buffer, "_now_ms", lambda: now[0])
    buffer, form = opened(ARTICLE)
    retype(qtbot, line(form, "Title"), "one ")
    now[0] += PAUSE_MS
    qtbot.keyClicks(line(form, "Title"), "two ")
    now[0] += PAUSE_MS + 1
    qtbot.keyClicks(line(form, "Title"), "three")
    assert list(buffer.history.labels()) == ["edit title", "edit title"]
    buffer.undo()
    assert line(form, "Title").text() == "one two "


def test_what_is_being_typed_stays_when_the_value_changes_elsewhere_and_the_next_key_makes_it_the_value(
    opened: Open, qtbot: QtBot
) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    retype(qtbot, title, "Mine")
    change(buffer, '"Mine"', '"Theirs"')
    assert (title.text(), title.cursorPosition()) == ("Mine", 4)
    assert "Elsewhere this was changed to “Theirs”" in title.accessibleDescription()
    qtbot.keyClicks(title, "!")
    assert buffer.article.text == ARTICLE.replace("Old", "Mine!", 1)
    assert not title.accessibleDescription()
    assert list(buffer.history.labels()) == ["edit title", "elsewhere", "edit title"]


def test_leaving_the_field_keeps_what_was_typed_and_undo_brings_the_other_back(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    retype(qtbot, title, "Mine")
    change(buffer, '"Mine"', '"Theirs"')
    qtbot.keyClick(title, Qt.Key.Key_Tab)
    assert buffer.article.text == ARTICLE.replace("Old", "Mine", 1)
    buffer.undo()
    assert line(form, "Title").text() == "Theirs"


def test_escape_takes_the_value_from_elsewhere(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    retype(qtbot, title, "Mine")
    change(buffer, '"Mine"', '"Theirs"')
    qtbot.keyClick(title, Qt.Key.Key_Escape)
    assert title.text() == "Theirs"
    assert buffer.article.text == ARTICLE.replace("Old", "Theirs", 1)
    assert "Elsewhere" not in sentences(form)


@pytest.mark.parametrize(("key", "kept"), [(Qt.Key.Key_Tab, True), (Qt.Key.Key_Escape, False)])
def test_a_field_that_is_removed_elsewhere_while_it_is_typed_in_stays_until_it_is_left(
    opened: Open, qtbot: QtBot, key: Qt.Key, kept: bool
) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    retype(qtbot, title, "Mine")
    change(buffer, 'title: "Mine"\n', "")
    assert (line(form, "Title"), title.text(), title.hasFocus()) == (title, "Mine", True)
    assert "was removed" in title.accessibleDescription()
    qtbot.keyClick(title, key)
    without = ARTICLE.replace('title: "Old"\n', "")
    assert buffer.article.text == (without.replace("other: x\n", "other: x\ntitle: Mine\n") if kept else without)
    assert ("Title" in names(form)) is kept
    buffer.undo()
    if not kept:
        assert line(form, "Title").text() == "Mine"


def test_long_text_being_typed_stays_too(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    note = long_text(form, "Note")
    note.setFocus()
    qtbot.keyClick(note, Qt.Key.Key_End, CONTROL)
    qtbot.keyClicks(note, " and mine")
    change(buffer, "Old and mine", "Theirs")
    assert note.toPlainText() == "Old and mine"
    qtbot.keyClicks(note, "!")
    assert buffer.article.text == ARTICLE.replace("  Old", "  Old and mine!")


def test_a_value_that_only_has_the_focus_follows_the_article(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    title.setFocus()
    change(buffer, '"Old"', '"Theirs"')
    assert title.text() == "Theirs"


def test_what_the_writer_takes_back_is_shown_at_once(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    retype(qtbot, title, "Mine")
    change(buffer, "Text", "Other")
    for _ in range(2):
        qtbot.keyClick(title, Qt.Key.Key_Z, CONTROL)
    assert (title.text(), buffer.article.text) == ("Old", ARTICLE)
    for _ in range(2):
        qtbot.keyClick(title, Qt.Key.Key_Y, CONTROL)
    assert (title.text(), title.accessibleDescription()) == ("Mine", "")


def test_undo_is_the_articles_in_every_widget_of_the_form(opened: Open, qtbot: QtBot) -> None:
    text = "---\na: x\nb: |\n  y\nc: true\nd: [e]\nf: {g: 1}\nh: 2024-01-02\n---\n"
    buffer, form = opened(text)
    change(buffer, "a: x", "a: xyz")
    stops = [each for each in form.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    seen = 0
    for stop in stops:
        if not stop.isVisible():
            continue
        seen += 1
        stop.setFocus()
        QTest.keyClick(stop, Qt.Key.Key_Z, CONTROL)
        assert buffer.article.text == text, stop
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Y, CONTROL)
        assert buffer.article.text != text, stop
    assert seen >= 8
    assert line(form, "A").text() == "xyz"
    assert isinstance(line(form, "F, G"), QLineEdit)


def test_everything_typed_and_undone_in_every_kind_of_field_leaves_the_same_text(opened: Open, qtbot: QtBot) -> None:
    text = "---\r\na: 'x'  # c\r\nb: 12\r\nc: [ d,  e ]\r\nf:\r\n  g: 2024-01-02 # h\r\n---\r\nText"
    buffer, form = opened(text)
    retype(qtbot, line(form, "A"), "it's new")
    retype(qtbot, line(form, "B"), "13")
    qtbot.keyClicks(line(form, "C"), "new")
    retype(qtbot, line(form, "F, G"), "2025-06-07")
    line(form, "A").setFocus()
    assert buffer.article.text == (
        "---\r\na: 'it''s new'  # c\r\nb: 13\r\nc: [ d,  e,  new ]\r\nf:\r\n  g: 2025-06-07 # h\r\n---\r\nText"
    )
    assert parse_front_matter(buffer.article.text).value_at(("a",)) == "it's new"
    while buffer.history.undo_label:
        buffer.undo()
    assert buffer.article.text == text
