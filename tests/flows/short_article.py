"""A short article of every kind of thing that a window shows, and what a writer does in a window on it."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QTableView

from editor.article_window import ArticleWindow
from editor.core.text_edit import TextEdit

TEXT = """---
title: "One"
link: https://example.com
---

# One

Claim (Doe, 2013).

| S.No | Paper Title (Author, Year) | Citations |
|---|---|---|
| 1 | On it (Doe, 2013) | - |
| 2 | On that (Roe, 2014) | 3 |
"""


def text(window: ArticleWindow) -> str:
    return window.session.article.text


def place_caret(window: ArticleWindow, before: str) -> None:
    cursor = QTextCursor(window.session.buffer.document)
    cursor.setPosition(text(window).index(before))
    window.text.setTextCursor(cursor)
    window.text.setFocus()


def grid_view(window: ArticleWindow) -> QTableView:
    return window.grid.findChild(QTableView)


def add_claim(window: ArticleWindow) -> None:
    at = text(window).index("Claim")
    window.session.buffer.edit([TextEdit(at, at, "A new ")], "add claim")


def title_field(window: ArticleWindow) -> QLineEdit:
    field = window.session.article.front_matter.field("title")
    return next(each for each in window.form.findChildren(QLineEdit) if field and each.text() == field.value)
