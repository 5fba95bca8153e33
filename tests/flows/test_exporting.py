"""Exporting from the window: seen before it is made, made by a process that may be lost, and never over a stranger's
file unasked."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEngineScript
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from tests.browsing import answer_to
from tests.flows.short_article import place_caret

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.core.text_edit import TextEdit
from editor.publishing.choices import ExportChoices
from editor.storage.folder_settings import load_folder_settings
from editor.ui.dialogs.export import ExportDialog

Open = Callable[[Path], ArticleWindow]
_BESIDE = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ON_PAPER = "parseInt(getComputedStyle(document.body).paddingLeft) > 50"
TEXT = """---
title: One
---

"Claim" (Doe, 2013), and [words][w] of (Nobody, 1999).

[w]: https://words.example

## First

Word.[^n]

[^n]: A note.

## Evidence

| S.No | Paper Title (Author, Year) | Citations |
|---|---|---|
| 1 | On it (Doe, 2013) | - |
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def window(article: Path, open_window: Open) -> ArticleWindow:
    return open_window(article)


def open_dialog(window: ArticleWindow, qtbot: QtBot) -> ExportDialog:
    """The dialog, once it shows something and knows what is at its place."""
    come_to_the_front(window, qtbot)
    QTest.keyClick(window.text, Qt.Key.Key_E, CONTROL)
    dialog = window.exports.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.preview.currentWidget() is not dialog.preview.message, timeout=20_000)
    qtbot.waitUntil(lambda: bool(dialog.place.said.text().strip()), timeout=20_000)
    return dialog


def come_to_the_front(window: ArticleWindow, qtbot: QtBot) -> None:
    """Keys go to the window, whatever dialog was open before."""
    window.raise_window()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is window.window.windowHandle())


def seen(dialog: ExportDialog, script: str) -> object:
    return answer_to(lambda take: dialog.preview.page.runJavaScript(script, _BESIDE, take))


def files_beside(article: Path) -> list[Path]:
    """Folders are the program's own, which it makes when it needs them."""
    return sorted(path for path in article.parent.iterdir() if path.is_file())


def choose(dialog: ExportDialog, chosen: str) -> None:
    dialog.options.format.setCurrentIndex(dialog.options.format.findData(chosen))


def export(window: ArticleWindow, dialog: ExportDialog, qtbot: QtBot) -> Path:
    """Enter exports; the file that was written."""
    qtbot.waitUntil(dialog.export.isEnabled, timeout=20_000)
    with qtbot.waitSignal(window.exports.exported, timeout=60_000) as exported:
        QTest.keyClick(dialog.options.format, Qt.Key.Key_Return)
    return Path(exported.args[0])


def test_what_is_chosen_and_written_is_seen_before_it_is_exported(
    window: ArticleWindow, article: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog(window, qtbot)
    assert dialog.place.said.text() == "A new file."
    assert dialog.export.text() == "&Export Anyway"
    assert "Claim" in str(seen(dialog, "document.body.innerText"))
    assert seen(dialog, "document.querySelectorAll('nav').length") == 0
    QTest.keyClick(dialog, Qt.Key.Key_C, ALT)
    qtbot.waitUntil(dialog.options.contents.isChecked)
    QTest.keyClick(dialog.options.smart_quotes, Qt.Key.Key_Space)
    looks = "document.querySelectorAll('nav').length === 1 && document.body.innerText.includes('“Claim”')"
    qtbot.waitUntil(lambda: seen(dialog, looks) is True, timeout=20_000)
    ground = seen(dialog, "getComputedStyle(document.documentElement).backgroundColor")
    dialog.options.theme.setCurrentIndex(dialog.options.theme.findData("dark"))
    qtbot.waitUntil(
        lambda: seen(dialog, "getComputedStyle(document.documentElement).backgroundColor") != ground, timeout=20_000
    )
    at = TEXT.index("Word.")
    window.session.buffer.edit([TextEdit(at, at, "Behind. ")], "write")
    qtbot.waitUntil(lambda: "Behind." in str(seen(dialog, "document.body.innerText")), timeout=20_000)
    seen(dialog, "document.querySelector('a[href^=https]').click()")
    assert "Behind." in str(seen(dialog, "document.body.innerText"))
    assert dialog.preview.guard.refused == []
    page = export(window, dialog, qtbot)
    assert page == article.with_suffix(".html")
    assert "“Claim”" in page.read_text("utf-8")
    assert "Behind." in page.read_text("utf-8")
    assert window.exports.dialog is None
    assert "Exported to “article.html”." in window.notices.messages


def test_each_format_is_shown_and_named_as_it_is_and_exported_again_without_a_question(
    window: ArticleWindow, article: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog(window, qtbot)
    for chosen, name, words in (
        ("fragment", "article.fragment.html", '<h2 id="first">'),
        ("txt", "article.txt", "One\n==="),
    ):
        choose(dialog, chosen)
        assert dialog.place.path == article.with_name(name)
        qtbot.waitUntil(lambda words=words: words in dialog.preview.text.toPlainText(), timeout=20_000)
    choose(dialog, "pdf")
    qtbot.waitUntil(lambda: dialog.preview.currentWidget() is dialog.preview.view, timeout=20_000)
    qtbot.waitUntil(lambda: seen(dialog, ON_PAPER) is True, timeout=20_000)
    page = export(window, dialog, qtbot)
    assert page == article.with_name("article.pdf")
    assert page.read_bytes().startswith(b"%PDF-")
    with qtbot.waitSignal(window.exports.exported, timeout=20_000):
        window.exports.export_to(article.with_name("article.txt"), ExportChoices("txt"))
    come_to_the_front(window, qtbot)
    place_caret(window, "Word.")
    QTest.keyClicks(window.text, "New ")
    with qtbot.waitSignal(window.exports.exported, timeout=20_000):
        QTest.keyClick(window.text, Qt.Key.Key_E, CONTROL | ALT)
    text = article.with_name("article.txt")
    assert "New Word." in text.read_text("utf-8")
    assert any("Nobody, 1999" in message for message in window.notices.messages)
    text.write_text("mine", "utf-8")
    QTest.keyClick(window.text, Qt.Key.Key_E, CONTROL | ALT)
    qtbot.waitUntil(lambda: window.exports.dialog is not None, timeout=20_000)
    assert "not as Stet made it" in window.exports.dialog.trouble.text()
    assert not window.exports.dialog.export.isEnabled()
    assert text.read_text("utf-8") == "mine"
    assert not any("Exported" in message for message in window.notices.messages)


def test_a_strangers_file_is_replaced_only_where_the_writer_agrees_and_the_article_never(
    window: ArticleWindow, article: Path, qtbot: QtBot
) -> None:
    page = article.with_suffix(".html")
    page.write_text("mine", "utf-8")
    dialog = open_dialog(window, qtbot)
    assert dialog.place.said.text() == "Is there already, and not as Stet made it."
    QTest.keyClick(dialog.options.format, Qt.Key.Key_Return)
    assert page.read_text("utf-8") == "mine"
    dialog.place.field.setText(str(article))
    qtbot.waitUntil(lambda: dialog.place.said.text().startswith("Is the article"), timeout=20_000)
    assert not dialog.export.isEnabled()
    assert not dialog.place.agreed.isVisible()
    dialog.place.choose.click()
    files = dialog.findChild(QFileDialog)
    assert files.testOption(QFileDialog.Option.DontConfirmOverwrite)  # the place says what is there
    files.fileSelected.emit(str(page))
    files.close()
    assert dialog.place.path == page
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.place.field.setText("article.html")
    qtbot.waitUntil(dialog.place.agreed.isVisible, timeout=20_000)
    QTest.keyClick(dialog.place.agreed, Qt.Key.Key_Space)
    export(window, dialog, qtbot)
    assert "<title>One</title>" in page.read_text("utf-8")
    assert article.read_text("utf-8") == TEXT


def test_a_problem_leads_to_its_line(window: ArticleWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(window, qtbot)
    assert dialog.problems.heading.text() == "1 &problem"
    dialog.options.contents.setChecked(True)
    dialog.place.set_path(Path("/nowhere/page.txt"))
    QTest.keyClick(dialog.problems.list, Qt.Key.Key_Return)
    assert window.exports.dialog is None
    assert window.text.caret_place[0] == TEXT[: TEXT.index("Nobody")].count("\n")
    assert window.window.focusWidget() is window.text
    dialog = open_dialog(window, qtbot)  # once that is mended it goes on as it was begun
    assert dialog.options.contents.isChecked()
    assert (dialog.options.chosen.format, dialog.place.path) == ("txt", Path("/nowhere/page.txt"))


def test_an_export_that_is_cancelled_or_killed_leaves_no_file_and_can_be_tried_again(
    window: ArticleWindow, article: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog(window, qtbot)
    before = files_beside(article)
    exporter = window.exporter
    for end in ("cancel", "kill"):
        qtbot.waitUntil(lambda: exporter._worker.is_ready and exporter._asked is None, timeout=20_000)
        process = exporter.process_id
        os.kill(process, signal.SIGSTOP)
        QTest.keyClick(dialog.options.format, Qt.Key.Key_Return)
        assert dialog.progress.isVisible()
        assert not dialog.options.isEnabled()
        if end == "cancel":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            os.kill(process, signal.SIGKILL)
        qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=20_000)
        assert dialog.isVisible()
        assert ("ended" in dialog.trouble.text()) is (end == "kill")
        assert exporter.process_id != process
    assert files_beside(article) == before
    qtbot.waitUntil(lambda: exporter._worker.is_ready and exporter._asked is None, timeout=20_000)
    os.kill(exporter.process_id, signal.SIGSTOP)  # it shows a web page still when the export of a text is given up
    choose(dialog, "txt")
    QTest.keyClick(dialog.options.format, Qt.Key.Key_Return)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.preview.currentWidget() is dialog.preview.text, timeout=20_000)
    assert export(window, dialog, qtbot).is_file()


def test_choices_are_remembered_for_the_folder_and_opening_for_the_program(
    application: Application, window: ArticleWindow, article: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog = open_dialog(window, qtbot)
    dialog.options.theme.setCurrentIndex(dialog.options.theme.findData("plain"))
    dialog.options.contents.setChecked(True)
    dialog.remember.setChecked(True)
    dialog.open_when_done.setChecked(True)
    page = export(window, dialog, qtbot)
    assert opened == [QUrl.fromLocalFile(str(page))]
    assert f"No program was found that opens “{page}”." in window.notices.messages  # Qt was told of none
    assert application.settings.open_exported
    qtbot.waitUntil(lambda: load_folder_settings(article.parent).export.theme == "plain", timeout=20_000)
    assert load_folder_settings(article.parent).export.smart_quotes is None  # which was not chosen here
    window.window.commands["page-dark"].trigger()
    in_plain = page.read_bytes()
    with qtbot.waitSignal(window.exports.exported, timeout=20_000):
        window.exports.again()
    assert page.read_bytes() != in_plain
    window.window.commands["page-plain"].trigger()
    qtbot.waitUntil(lambda: load_folder_settings(article.parent).export.theme == "plain", timeout=20_000)
    other = article.with_name("other.md")
    other.write_text("# Other\n", "utf-8")
    application.open_files([other])
    second = application.windows[-1]
    second.raise_window()
    second.window.commands["export"].trigger()
    assert second.exports.dialog is not None
    form = second.exports.dialog.options
    qtbot.waitUntil(lambda: (form.chosen.theme, form.chosen.contents) == ("plain", True), timeout=20_000)
    assert second.exports.dialog.open_when_done.isChecked()
    elsewhere = article.parent / "pages" / "page.html"
    with qtbot.waitSignal(window.exports.exported, timeout=20_000):
        window.exports.export_to(elsewhere)
    assert any(f"“{elsewhere}”" in message for message in window.notices.messages)


def test_what_is_selected_is_copied_as_html_and_as_rich_text(window: ArticleWindow, qtbot: QtBot) -> None:
    clipboard = QApplication.clipboard()
    clipboard.clear()
    place_caret(window, "words")
    cursor = window.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 3)
    window.text.setTextCursor(cursor)
    QTest.keyClick(window.text, Qt.Key.Key_H, CONTROL | ALT)
    qtbot.waitUntil(lambda: bool(clipboard.text()), timeout=20_000)
    assert '<a href="https://words.example">words</a>' in clipboard.text()
    assert "Word." not in clipboard.text()
    assert "selected blocks" in window.window.statusBar().currentMessage()
    cursor.clearSelection()
    window.text.setTextCursor(cursor)
    clipboard.clear()
    QTest.keyClick(window.text, Qt.Key.Key_C, CONTROL | ALT)
    qtbot.waitUntil(lambda: bool(clipboard.text()), timeout=20_000)
    assert "<h1" in clipboard.mimeData().html()
    assert 'href="#' not in clipboard.mimeData().html()
    assert clipboard.text().startswith("One\n===\n")
    assert any("rich text" in message and "Nobody" in message for message in window.notices.messages)


def test_without_pandoc_it_is_said_how_word_could_be_had_and_the_window_closes_with_the_dialog_open(
    window: ArticleWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    dialog = open_dialog(window, qtbot)
    choose(dialog, "docx")
    assert "pandoc.org" in dialog.trouble.text()
    assert not dialog.export.isEnabled()
    with qtbot.waitSignal(dialog.finished, timeout=20_000) as finished:
        window.window.close()
    assert finished.args == [QDialog.DialogCode.Rejected.value]
