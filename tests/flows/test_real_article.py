"""The whole mission on the user's own article, through the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow
from editor.core.article import Article
from editor.core.chunks import ChunkKind
from editor.core.tables import Row


class Visited(Protocol):
    dom: str
    requests: tuple[str, ...]


Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], object]
CONTROL = Qt.KeyboardModifier.ControlModifier
TITLE = "A Better Title"
SENTENCE = " Nobody doubts it."


@pytest.fixture
def article(real_article: Path, tmp_path: Path) -> Path:
    """A copy, which like the user's own has no final newline."""
    copy = tmp_path / real_article.name
    copy.write_bytes(real_article.read_bytes().rstrip(b"\n"))
    return copy


def first_paragraph(article: Article) -> tuple[int, str]:
    """Its line, from 0, and its text."""
    place = next(index for index, chunk in enumerate(article.chunks) if chunk.kind is ChunkKind.PARAGRAPH)
    return article.chunks.place_of(place).before.lines, article.chunks[place].text


def rows_of(text: str) -> tuple[Row, ...]:
    table = Article.from_text(text).citations_table
    assert table
    return table.rows


def title_field(window: ArticleWindow) -> QLineEdit:
    field = window.session.article.front_matter.field("title")
    assert field
    return next(each for each in window.form.findChildren(QLineEdit) if each.text() == field.value)


def save(window: ArticleWindow) -> None:
    QTest.keyClick(window.text, Qt.Key.Key_S, CONTROL)
    window.session.finish()
    assert not window.session.is_dirty


def edit_title(window: ArticleWindow) -> None:
    field = title_field(window)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, TITLE)


def edit_cell(window: ArticleWindow, row: int, column: int, text: str) -> None:
    view = window.grid.findChild(QTableView)
    view.setFocus()
    view.setCurrentIndex(view.model().index(row, column))
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def add_row_at_end(window: ArticleWindow) -> None:
    view = window.grid.findChild(QTableView)
    view.setFocus()
    view.setCurrentIndex(view.model().index(view.model().rowCount() - 1, 1))
    QTest.keyClick(view, Qt.Key.Key_Return, CONTROL)


def type_sentence(window: ArticleWindow) -> None:
    window.text.setFocus()
    window.text.go_to_line(first_paragraph(window.session.article)[0])
    window.text.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    QTest.keyClicks(window.text, SENTENCE)


def test_opening_and_saving_leaves_every_byte(article: Path, open_window: Open) -> None:
    before = article.read_bytes()
    assert not before.endswith(b"\n")
    window = open_window(article)
    save(window)
    assert article.read_bytes() == before


def test_the_title_in_the_form_changes_its_own_line_and_keeps_its_quotes(article: Path, open_window: Open) -> None:
    before = article.read_text("utf-8").split("\n")
    window = open_window(article)
    edit_title(window)
    save(window)
    after = article.read_text("utf-8").split("\n")
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert [new for _, new in changed] == [f'title: "{TITLE}"']


def test_a_cell_in_the_grid_changes_that_cell_only(article: Path, open_window: Open) -> None:
    before = article.read_text("utf-8")
    window = open_window(article)
    edit_cell(window, 2, 3, "12")
    save(window)
    row = rows_of(before)[2].source
    assert row.endswith("| - |")
    assert article.read_text("utf-8") == before.replace(row, row.removesuffix("- |") + "12 |")


def test_a_row_added_at_the_end_changes_nothing_above_it(article: Path, open_window: Open) -> None:
    before = article.read_text("utf-8")
    window = open_window(article)
    add_row_at_end(window)
    save(window)
    after = article.read_text("utf-8")
    rows = rows_of(before)
    end = before.index(rows[-1].source) + len(rows[-1].source) + 1
    assert after[:end] == before[:end]
    assert after[end:].split("\n", 1) == [f"| {len(rows) + 1} |  |  | - |", before[end:]]


def test_a_sentence_typed_shows_in_the_preview(
    article: Path, open_window: Open, read_preview: Read, qtbot: QtBot
) -> None:
    window = open_window(article)
    with qtbot.waitSignal(window.queue.settled):
        type_sentence(window)
    qtbot.waitUntil(lambda: SENTENCE.strip() in str(read_preview(window, "document.body.innerText")), timeout=5000)
    assert read_preview(window, "document.querySelectorAll('table tbody tr').length") == len(
        rows_of(window.session.article.text)
    )
    assert window.preview.browser.guard.refused == []


def test_undo_to_the_start_gives_the_file_and_redo_to_the_end_the_edited_text(article: Path, open_window: Open) -> None:
    before = article.read_bytes()
    window = open_window(article)
    for edit in (edit_title, lambda it: edit_cell(it, 2, 3, "12"), add_row_at_end, type_sentence):
        edit(window)
    edited = window.session.article.text
    labels = list(window.session.buffer.history.labels())
    assert labels[:3] == ["edit title", "edit Citations", "add row"]
    for _ in labels:
        QTest.keyClick(window.text, Qt.Key.Key_Z, CONTROL)
    assert window.session.article.text.encode() == before
    assert not window.window.isWindowModified()
    save(window)
    assert article.read_bytes() == before
    for _ in labels:
        QTest.keyClick(window.text, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    save(window)
    assert article.read_bytes() == edited.encode()


@pytest.mark.parametrize("added", [0, 1])
def test_the_exported_page_stands_alone_in_a_browser(
    article: Path, open_window: Open, qtbot: QtBot, visit: Callable[[Path], Visited], added: int
) -> None:
    window = open_window(article)
    rows = len(rows_of(window.session.article.text)) + added
    if added:
        add_row_at_end(window)
    page = article.with_suffix(".html")
    with qtbot.waitSignal(window.exports.exported, timeout=20_000):
        window.exports.export_to(page)
    seen = visit(page)
    assert "<h1" in seen.dom
    assert first_paragraph(window.session.article)[1][:60] in seen.dom
    assert seen.dom[seen.dom.index("<tbody") :].count("<tr") == rows
    assert seen.requests == ()
