"""The form in a window of its own, and what tests look for in it and do to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from editor.core.front_matter import parse_front_matter
from editor.core.known_fields import known_fields
from editor.core.text_edit import TextEdit
from editor.session.folder_knowledge import Knowledge
from editor.session.text_buffer import TextBuffer
from editor.storage.folder_settings import folder_settings
from editor.ui.front_matter_form import FrontMatterForm

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

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def line(form: FrontMatterForm, name: str) -> QLineEdit:
    return next(edit for edit in form.findChildren(QLineEdit) if edit.accessibleName() == name and not gone(edit))


def long_text(form: FrontMatterForm, name: str) -> QPlainTextEdit:
    return next(edit for edit in form.findChildren(QPlainTextEdit) if edit.accessibleName() == name and not gone(edit))


def gone(widget: QWidget) -> bool:
    return not widget.isVisible()


def button(form: FrontMatterForm, title: str) -> QAbstractButton:
    return next(each for each in form.findChildren(QAbstractButton) if each.text() == title and not gone(each))


def sentences(form: FrontMatterForm) -> str:
    return " ".join(label.text() for label in form.findChildren(QLabel) if not gone(label))


def names(form: FrontMatterForm) -> list[str]:
    QApplication.processEvents()
    edits = [edit for edit in form.findChildren(QLineEdit) if not gone(edit)]
    return [
        edit.accessibleName() for edit in sorted(edits, key=lambda edit: edit.mapTo(form, edit.rect().topLeft()).y())
    ]


def change(buffer: TextBuffer, old: str, new: str) -> None:
    """What another pane does."""
    start = buffer.article.text.index(old)
    buffer.edit([TextEdit(start, start + len(old), new)], "elsewhere")


def retype(qtbot: QtBot, widget: QWidget, text: str) -> None:
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if not text:
        qtbot.keyClick(widget, Qt.Key.Key_Delete)
    qtbot.keyClicks(widget, text)


def learned(*articles: str, settings: str = "") -> Knowledge:
    """What a folder of articles with this front matter and these settings tells."""
    fields = known_fields(parse_front_matter(f"---\n{article}\n---\n") for article in articles)
    return Knowledge(fields, folder_settings(settings))
