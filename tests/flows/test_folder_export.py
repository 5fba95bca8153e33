"""A folder is exported from the window by keys alone, from what is saved, and says what came of each article."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.storage.folder_settings import NAME
from editor.ui.dialogs.folder_export import FolderExportDialog

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\nAs it was saved.\n")
    (folder / "two.md").write_text("# Two\n\n![far](https://example.org/a.png)\n")
    (folder / NAME).write_text('# ours\n[export]\ntheme = "plain"\n')
    return folder


@pytest.fixture
def window(application: Application, folder: Path, qtbot: QtBot) -> ArticleWindow:
    application.open_files([folder / "one.md"])
    qtbot.waitUntil(application.windows[0].window.isActiveWindow)
    return application.windows[0]


def dialog_of(window: ArticleWindow, qtbot: QtBot) -> FolderExportDialog:
    QTest.keyClick(window.text, Qt.Key.Key_O, CONTROL_ALT)
    dialog = window.folder_export.dialog
    assert dialog
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def go_to(dialog: QWidget, field: QWidget, keys: str) -> None:
    """By its mnemonic, and type."""
    QTest.keyClick(dialog, keys[0], Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, keys[1:])


def test_a_folder_is_exported_by_keys_alone(
    window: ArticleWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not opened.append(url))
    QTest.keyClicks(window.text, "Not saved. ")
    dialog = dialog_of(window, qtbot)
    qtbot.waitUntil(lambda: dialog.theme.currentData() == "plain")
    assert dialog.unsaved.isVisible()
    go_to(dialog, dialog.base_url, "aftp://example.org/")
    QTest.keyClick(dialog.base_url, Qt.Key.Key_Return)
    assert "no base URL" in dialog.trouble.text()
    assert QApplication.focusWidget() is dialog.base_url
    dialog.base_url.selectAll()
    go_to(dialog, dialog.base_url, "ahttps://example.org/")
    go_to(dialog, dialog.site_title, "lNotes")
    QTest.keyClick(dialog, "o", Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(dialog.open_when_done.isChecked)
    QTest.keyClick(dialog.site_title, Qt.Key.Key_Return)
    assert not dialog.export.isEnabled()
    qtbot.waitUntil(dialog.export.isEnabled, timeout=20_000)
    assert (dialog.status.text(), dialog.trouble.text()) == ("2 exported, 0 unchanged, 0 failed.", "")
    pages = folder.parent / "articles-pages"
    assert {path.name for path in pages.iterdir()} >= {"index.html", "one.html", "two.html", "feed.xml", "sitemap.xml"}
    assert "As it was saved." in (pages / "one.html").read_text()
    assert "Not saved." not in (pages / "one.html").read_text()
    assert "<title>Notes</title>" in (pages / "index.html").read_text()
    kept = '# ours\n[export]\ntheme = "plain"\nbase_url = "https://example.org/"\nsite_title = "Notes"\n'
    assert (folder / NAME).read_text() == kept
    assert [each.toLocalFile() for each in opened] == [str(pages / "index.html")]
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    dialog.open_index.click()
    assert "No program" in dialog.trouble.text()

    assert dialog.notes.count() == 1
    assert dialog.notes.item(0).text().startswith("two.md: ")
    window.files_asked.disconnect()  # a second window has nothing to show here
    with qtbot.waitSignal(window.files_asked) as asked:
        dialog.notes.setFocus()
        dialog.notes.setCurrentRow(0)
        QTest.keyClick(dialog.notes, Qt.Key.Key_Return)
    assert asked.args == [[str(folder / "two.md")]]
    with qtbot.waitSignal(window.files.saved, timeout=20_000):
        QTest.keyClick(dialog, "s", Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not dialog.unsaved.isVisible())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.folder_export.dialog is None
    window.raise_window()
    qtbot.waitUntil(window.window.isActiveWindow)
    assert dialog_of(window, qtbot).open_when_done.isChecked()


def test_escape_stops_and_settings_that_cannot_be_kept_are_told(
    window: ArticleWindow, folder: Path, qtbot: QtBot
) -> None:
    dialog = dialog_of(window, qtbot)
    dialog.output.setText("~nobody-here/pages")
    assert dialog.chosen.output == folder / "~nobody-here/pages"
    dialog.choose.click()
    files = dialog.findChild(QFileDialog)
    assert files.fileMode() is QFileDialog.FileMode.Directory
    files.fileSelected.emit(str(folder.with_name("chosen")))
    files.close()
    assert dialog.chosen.output == folder.with_name("chosen")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    (folder / NAME).write_text("export = 3\n")
    go_to(dialog, dialog.site_title, "lNotes")
    QTest.keyClick(dialog.site_title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: NAME in dialog.trouble.text(), timeout=20_000)
    assert not dialog.chosen.output.exists()
    (folder / NAME).unlink()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    exporter = window.folder_export.exporter
    qtbot.waitUntil(lambda: exporter.is_running)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(dialog.export.isEnabled, timeout=20_000)
    assert dialog.isVisible()
    assert dialog.status.text().startswith(("Stopped", "2 exported"))  # it may have been quicker
    window.close_without_saving()


def test_an_article_without_a_file_has_no_folder(application: Application, qtbot: QtBot) -> None:
    window = application.new()
    qtbot.waitUntil(window.window.isActiveWindow)
    QTest.keyClick(window.text, Qt.Key.Key_O, CONTROL_ALT)
    assert any("Save it first" in message for message in window.notices.messages)
    assert window.folder_export.dialog is None
