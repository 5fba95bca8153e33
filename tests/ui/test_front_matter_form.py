"""The form over a buffer, through real keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from editor.core.front_matter import parse_front_matter
from editor.session.text_buffer import TextBuffer
from editor.ui.calendar_popup import CalendarPopup
from editor.ui.front_matter_form import FrontMatterForm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QMimeData, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

ARTICLE = """\
---\r
# what the page is called\r
title: "Sleep: a study"   # quoted\r
date: 2024-05-13\r
affiliate_link: 'https://example.org/a'\r
tags: [sleep, light]\r
plain: words\r
---\r
# Heading\r
Text\twith blanks  \r
no final newline"""

Opened = tuple[TextBuffer, FrontMatterForm]
Open = Callable[[str], Opened]


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    """Opens a text in a window that has the article's undo and redo."""

    def open_text(text: str) -> Opened:
        window = QMainWindow()
        buffer = TextBuffer(text, window)
        form = FrontMatterForm(buffer)
        window.setCentralWidget(form)
        for keys, slot in ((["Ctrl+Z"], buffer.undo), (["Ctrl+Shift+Z", "Ctrl+Y"], buffer.redo)):
            action = QAction(window)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(slot)
            window.addAction(action)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return buffer, form

    return open_text


def line(form: FrontMatterForm, name: str) -> QLineEdit:
    return next(edit for edit in form.findChildren(QLineEdit) if edit.accessibleName() == name and not gone(edit))


def long_text(form: FrontMatterForm, name: str) -> QPlainTextEdit:
    return next(edit for edit in form.findChildren(QPlainTextEdit) if edit.accessibleName() == name and not gone(edit))


def gone(widget: QWidget) -> bool:
    return not widget.isVisible()


def button(form: FrontMatterForm, title: str) -> QPushButton | QToolButton:
    buttons = [*form.findChildren(QPushButton), *form.findChildren(QToolButton)]
    return next(each for each in buttons if each.text() == title and not gone(each))


def sentences(form: FrontMatterForm) -> str:
    return " ".join(label.text() for label in form.findChildren(QLabel) if not gone(label))


def names(form: FrontMatterForm) -> list[str]:
    edits = [edit for edit in form.findChildren(QLineEdit) if not gone(edit)]
    return [edit.accessibleName() for edit in sorted(edits, key=lambda edit: edit.mapTo(form, edit.rect().topLeft()).y())]


def retype(qtbot: QtBot, widget: QWidget, text: str) -> None:
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if not text:
        qtbot.keyClick(widget, Qt.Key.Key_Delete)
    qtbot.keyClicks(widget, text)


CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


# The real article


def test_the_real_articles_fields_are_shown_in_its_order_in_three_low_rows(
    opened: Open, real_article: Path, qtbot: QtBot
) -> None:
    _, form = opened(real_article.read_bytes().decode())
    assert names(form) == ["Title", "Date", "Affiliate link"]
    assert form.sizeHint().height() <= 150


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
    start = buffer.article.text.index("Sleep")
    buffer.edit([*_replacing(buffer, start, "Sleep", "Rest")], "elsewhere")
    qtbot.keyClicks(line(form, "Plain"), "two")
    assert parse_front_matter(buffer.article.text).fields[0].value == "Rest: a study"
    assert parse_front_matter(buffer.article.text).fields[4].value == "one two"


def _replacing(buffer: TextBuffer, start: int, old: str, new: str) -> list[object]:
    from editor.core.text_edit import TextEdit

    assert buffer.article.slice(start, start + len(old)) == old
    return [TextEdit(start, start + len(old), new)]
