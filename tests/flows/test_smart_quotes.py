"""Typographic quotes are a choice, off at first: in the preview at once, in exported pages, and at the next start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.storage.settings_file import load_settings

Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], object]
PLAIN, TYPOGRAPHIC = 'She said "so" -- and left...', "She said “so” – and left…"


def press_command(window: ArticleWindow) -> None:
    QTest.keyClick(window.text, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)


def exported(window: ArticleWindow, target: Path, qtbot: QtBot) -> str:
    with qtbot.waitSignal(window.exports.exported, timeout=20_000):
        window.exports.export_to(target)
    return target.read_text("utf-8")


def test_quotes_of_the_preview_and_of_exported_pages_are_set_by_one_command(
    tmp_path: Path, application: Application, open_window: Open, read_preview: Read, qtbot: QtBot
) -> None:
    path = tmp_path / "article.md"
    path.write_text(f'{PLAIN}\n\n`"code"`\n', "utf-8")
    window = open_window(path)

    def shows(words: str) -> bool:
        return words in str(read_preview(window, "document.getElementById('article').textContent"))

    assert shows(PLAIN)
    assert PLAIN in exported(window, tmp_path / "plain.html", qtbot).replace("&quot;", '"')
    press_command(window)
    qtbot.waitUntil(lambda: shows(TYPOGRAPHIC), timeout=20_000)
    assert shows('"code"')
    assert TYPOGRAPHIC in exported(window, tmp_path / "typographic.html", qtbot)
    assert window.window.commands["smart-quotes"].isChecked()
    qtbot.waitUntil(lambda: load_settings(application._settings_file)[0].smart_quotes, timeout=20_000)
    assert path.read_text("utf-8").startswith(PLAIN)
    press_command(window)
    qtbot.waitUntil(lambda: shows(PLAIN), timeout=20_000)
