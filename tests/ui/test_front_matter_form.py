"""The form over a buffer, through real keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.forms import (
    ARTICLE,
    CONTROL,
    SHIFT,
    Open,
    button,
    change,
    gone,
    line,
    long_text,
    names,
    retype,
    sentences,
)

from editor.core.front_matter import parse_front_matter
from editor.session.text_buffer import TextBuffer
from editor.ui.front_matter_form import FrontMatterForm

# The real article


def test_the_real_articles_fields_are_shown_in_its_order_in_three_rows_and_one_line_of_advice(
    opened: Open, real_article: Path, qtbot: QtBot
) -> None:
    _, form = opened(real_article.read_bytes().decode())
    assert names(form) == ["Title", "Date", "Affiliate link"]
    assert form.sizeHint().height() <= 175


def test_the_title_of_the_real_article_changes_between_its_quotes_and_nowhere_else(
    opened: Open, real_article: Path, qtbot: QtBot
) -> None:
    text = real_article.read_bytes().decode()
    buffer, form = opened(text)
    title = line(form, "Title").text()
    retype(qtbot, line(form, "Title"), "A new title")
    assert buffer.article.text == text.replace(f'title: "{title}"', 'title: "A new title"')


# Typing


def test_typing_changes_the_article_at_each_key(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    title.setFocus()
    title.setCursorPosition(5)
    for count in (1, 2):
        qtbot.keyClick(title, Qt.Key.Key_S)
        assert buffer.article.text == ARTICLE.replace("Sleep:", f"Sleep{'s' * count}:")
    assert title.cursorPosition() == 7


def test_what_was_typed_in_one_go_is_one_step_that_the_key_takes_back_in_the_field(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    retype(qtbot, title, "Two words")
    edited = buffer.article.text
    assert list(buffer.history.labels()) == ["edit title"]
    qtbot.keyClick(title, Qt.Key.Key_Z, CONTROL)
    assert (buffer.article.text, title.text()) == (ARTICLE, "Sleep: a study")
    qtbot.keyClick(title, Qt.Key.Key_Y, CONTROL)
    assert (buffer.article.text, title.text()) == (edited, "Two words")
    assert title.hasFocus()


def test_a_field_that_was_left_and_entered_again_begins_another_step(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    retype(qtbot, title, "One")
    qtbot.keyClick(title, Qt.Key.Key_Tab)
    title.setFocus()
    qtbot.keyClick(title, Qt.Key.Key_End)
    qtbot.keyClicks(title, "s")
    assert list(buffer.history.labels()) == ["edit title", "edit title"]
    buffer.undo()
    assert title.text() == "One"


def test_a_plain_value_stays_plain_whatever_it_was_while_it_was_typed(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    retype(qtbot, line(form, "Plain"), "no 12 words")  # `no`, `no ` and a blank at the end would each need quotes
    retype(qtbot, line(form, "Date"), "2025-01-02")  # and so would half a date
    assert buffer.article.text == ARTICLE.replace("words", "no 12 words").replace("2024-05-13", "2025-01-02")


def test_text_typed_elsewhere_meanwhile_is_not_taken_back_by_the_next_key(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    retype(qtbot, line(form, "Plain"), "one ")
    change(buffer, "Sleep", "Rest")
    qtbot.keyClicks(line(form, "Plain"), "two")
    assert parse_front_matter(buffer.article.text).fields[0].value == "Rest: a study"
    assert parse_front_matter(buffer.article.text).fields[4].value == "one two"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_whatever_is_put_into_a_field_is_what_is_read_back_and_nothing_else_changes(qtbot: QtBot, typed: str) -> None:
    buffer = TextBuffer(ARTICLE)
    form = FrontMatterForm(buffer)
    form.show()
    title = line(form, "Title")
    title.selectAll()
    title.insert(typed)
    after = parse_front_matter(buffer.article.text)
    before, start = parse_front_matter(ARTICLE).fields[0], ARTICLE.index('"Sleep')
    if not title.property("invalid"):
        assert after.fields[0].value == title.text()
    assert buffer.article.text[:start] == ARTICLE[:start]
    assert buffer.article.text[after.fields[0].value_end :] == ARTICLE[before.value_end :]
    form.close()


def test_lines_pasted_into_a_line_become_blanks_with_the_caret_after_them(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    title.setFocus()
    title.setCursorPosition(5)
    QApplication.clipboard().setText(" and\r\nlight\n")
    qtbot.keyClick(title, Qt.Key.Key_V, CONTROL)
    assert buffer.article.text == ARTICLE.replace("Sleep:", "Sleep and light :")
    assert title.cursorPosition() == len("Sleep and light ")


# What is refused


def test_what_the_text_cannot_hold_is_marked_and_gives_way_when_the_field_is_left(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    title.setFocus()
    with qtbot.waitSignal(form.refused) as refused:
        title.insert("\ufdd0")
    assert buffer.article.text == ARTICLE
    assert refused.args == ["The character U+FDD0 cannot be put into the text.", 3]
    assert title.property("invalid")
    assert "U+FDD0" in title.toolTip()
    qtbot.keyClick(title, Qt.Key.Key_Tab)
    assert title.text() == "Sleep: a study"
    assert not title.property("invalid")


def test_a_refused_value_that_is_put_right_is_taken(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title = line(form, "Title")
    title.setFocus()
    title.insert("\ufdd0")
    qtbot.keyClick(title, Qt.Key.Key_Backspace)
    assert not title.property("invalid")
    qtbot.keyClicks(title, "!")
    assert buffer.article.text == ARTICLE.replace("Sleep:", "!Sleep:")
    assert not title.property("invalid")


def test_a_day_that_does_not_exist_is_marked_and_kept_as_it_is(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    date = line(form, "Date")
    assert not date.property("invalid")
    retype(qtbot, date, "2024-02-31")
    assert date.property("invalid")
    assert parse_front_matter(buffer.article.text).fields[1].value == "2024-02-31"
    retype(qtbot, date, "2024-02-28")
    assert not date.property("invalid")
    assert buffer.article.text == ARTICLE.replace("2024-05-13", "2024-02-28")


# Changes from elsewhere


def test_a_change_elsewhere_shows_at_once_and_leaves_caret_and_selection_alone(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    title, date = line(form, "Title"), line(form, "Date")
    title.setFocus()
    title.setSelection(2, 5)
    change(buffer, "2024-05-13", "2023-01-01")
    assert date.text() == "2023-01-01"
    assert (title.selectedText(), title.cursorPosition(), title.hasFocus()) == ("eep: ", 7, True)


def test_a_change_of_the_very_field_that_has_the_focus_keeps_the_caret_by_its_word(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE.replace("Sleep", "😀 Sleep"))
    title = line(form, "Title")
    title.setFocus()
    title.setCursorPosition(len("xx Sleep: a"))
    change(buffer, "😀 Sleep", "😀😀 Long sleep")
    assert title.text()[: title.cursorPosition() - 2] == "😀😀 Long sleep: a"


def test_a_field_written_above_appears_in_its_place_and_the_focus_stays(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    date = line(form, "Date")
    date.setFocus()
    date.setCursorPosition(3)
    change(buffer, "date: 2024", "lang: en\r\ndate: 2024")
    assert names(form) == ["Title", "Lang", "Date", "Affiliate link", "Tags", "Plain"]
    assert (line(form, "Date"), date.cursorPosition(), date.hasFocus()) == (date, 3, True)


def test_undoing_the_field_that_has_the_focus_gives_the_focus_to_the_next(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    change(buffer, "date: 2024", "lang: en\r\ndate: 2024")
    line(form, "Lang").setFocus()
    qtbot.keyClick(line(form, "Lang"), Qt.Key.Key_Z, CONTROL)
    assert buffer.article.text == ARTICLE
    assert line(form, "Date").hasFocus()


# Several lines, lists and maps

BLOCK = "---\nabstract: |\n  One\u00a0line\n  and another\nauthor:\n  name: X\n---\n"


def test_a_block_keeps_its_style_and_last_line_ending_and_shift_enter_is_a_new_line(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(BLOCK)
    abstract = long_text(form, "Abstract")
    abstract.setFocus()
    qtbot.keyClick(abstract, Qt.Key.Key_End, CONTROL)
    qtbot.keyClick(abstract, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(abstract, "more")
    assert buffer.article.text == BLOCK.replace("another\n", "another\n  more\n")
    qtbot.keyClick(abstract, Qt.Key.Key_Z, CONTROL)
    assert buffer.article.text == BLOCK


def test_a_no_break_space_is_copied_as_one(opened: Open, qtbot: QtBot) -> None:
    _, form = opened(BLOCK)
    abstract = long_text(form, "Abstract")
    abstract.setFocus()
    qtbot.keyClick(abstract, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(abstract, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "One\u00a0line\nand another"


def test_what_a_form_cannot_edit_is_shown_with_the_reason_and_the_way_to_its_line(opened: Open, qtbot: QtBot) -> None:
    text = "---\ntitle: x\ntagged: !!map {a: b}\n---\n"
    buffer, form = opened(text)
    tagged = line(form, "Tagged")
    assert tagged.text() == "a: b"
    assert "Its type is given by a YAML" in sentences(form)
    assert "YAML tag (!!map)" in tagged.accessibleDescription()
    qtbot.keyClicks(tagged, "x")
    assert buffer.article.text == text
    with qtbot.waitSignal(form.shown_in_text) as shown:
        qtbot.mouseClick(button(form, "Show in text"), Qt.MouseButton.LeftButton)
    assert shown.args == [3]


def test_a_key_written_twice_is_shown_twice_and_edited_in_the_text(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened("---\na: 1\na: 2\n---\n")
    first, second = (edit for edit in form.findChildren(QLineEdit) if edit.accessibleName() == "A" and not gone(edit))
    assert [first.text(), second.text()] == ["1", "2"]
    qtbot.keyClicks(first, "3")
    assert buffer.article.text == "---\na: 1\na: 2\n---\n"
    assert "written more than once" in first.toolTip()


def test_what_looks_like_markup_in_a_key_is_shown_as_it_stands(opened: Open, qtbot: QtBot) -> None:
    _, form = opened("---\n<b>bold</b> & more: x\n---\n")
    label = next(label for label in form.findChildren(QLabel) if "bold" in label.text())
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert "&lt;b&gt;bold&lt;/b&gt;" in label.toolTip()


# Everyone's way through it


def test_tab_goes_down_the_fields_and_on_to_adding_one(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    change(buffer, "plain: words", "lang: !!str en\r\nplain: words")
    form.setFocus()
    stops = []
    while not button(form, "Add field").hasFocus() and len(stops) < 20:
        widget = QApplication.focusWidget()
        stops.append(widget.accessibleName() or widget.text())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert stops == ["Title", "Date", "Affiliate link", "Tags", "Lang", "Show in text: Lang", "Plain"]


def test_everything_that_takes_the_focus_has_a_name(opened: Open, qtbot: QtBot) -> None:
    _, form = opened(BLOCK + ARTICLE)
    qtbot.mouseClick(button(form, "Add field"), Qt.MouseButton.LeftButton)
    takers = [each for each in form.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert takers
    assert not [each for each in takers if not each.accessibleName() and not getattr(each, "text", str)()]


def test_a_file_dragged_over_a_field_is_left_to_the_window(opened: Open, qtbot: QtBot) -> None:
    _, form = opened(ARTICLE)
    assert not _takes_drag(line(form, "Title"), "file:///tmp/a.md")
    assert _takes_drag(line(form, "Title"), "https://example.org")


def _takes_drag(widget: QWidget, url: str) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl(url)])
    mime.setText(url)
    event = QDragEnterEvent(
        QPoint(1, 1), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


# Other languages


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("+++\nday = 2024-05-13 # c\nlist = [ 1 ]\n+++\nText", "+++\nday = 2024-06-14 # c\nlist = [ 1 ]\n+++\nText"),
        ('{\n  "day": "2024-05-13", "list": [ 1 ]\n}\nText', '{\n  "day": "2024-06-14", "list": [ 1 ]\n}\nText'),
    ],
    ids=["toml", "json"],
)
def test_a_field_of_toml_or_json_is_typed_as_one_of_yaml(qtbot: QtBot, opened: Open, text: str, now: str) -> None:
    buffer, form = opened(text)
    assert names(form) == ["Day", "List"]
    retype(qtbot, line(form, "Day"), "2024-06-14")
    assert buffer.article.text == now
    buffer.undo()
    assert buffer.article.text == text
