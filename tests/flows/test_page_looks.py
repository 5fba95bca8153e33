"""The preview looks as the exported page will: in the folder's theme and style, whatever the window's own light is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob
from pytestqt.qtbot import QtBot
from tests.flows.short_article import TEXT

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.rendering.page_styles import preview_style
from editor.storage.folder_settings import NAME
from editor.ui.tokens import DARK, LIGHT

Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], Any]
PLAIN, PLAIN_AFTER_DARK, DARK_THEME = "#ffffff", "#16181b", "#131416"
STYLE_OF = "(name => getComputedStyle(document.querySelector(name)))"


def press(window: ArticleWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.text, key, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)


def test_a_folder_s_theme_and_style_are_worn_from_the_first_sight_on_and_followed(
    tmp_path: Path, open_window: Open, read_preview: Read, qtbot: QtBot
) -> None:
    (tmp_path / NAME).write_text('# ours\n[export]\ntheme = "plain"\ncss = "own.css"\nsmart_quotes = true\n')
    (tmp_path / "own.css").write_text(
        "#article h1 { letter-spacing: 3px } section, div { padding: 50px; display: none }"
        "@media (prefers-color-scheme: dark) { @supports (color: red) { #article h1 { letter-spacing: 7px } } }"
    )
    (tmp_path / "article.md").write_text(TEXT + '\nShe said "so".\n')
    window = open_window(tmp_path / "article.md")

    def paper() -> str:
        ground = read_preview(window, "globalThis.looks ? JSON.stringify(looks.paper()) : ''")
        return QColor(*json.loads(ground)).name() if ground else ""

    def spacing() -> str:
        return str(read_preview(window, f"{STYLE_OF}('h1').letterSpacing"))

    assert read_preview(window, "document.getElementById('look').sheet !== null")  # the first sheet is still worn
    assert (paper(), spacing()) == (PLAIN, "3px")
    assert "said “so”." in read_preview(window, "document.getElementById('article').innerText")
    assert window.window.commands["page-plain"].isChecked()

    room = f"parseFloat({STYLE_OF}('stet-run').overflowClipMargin)"
    reach = f"4.5 * parseFloat({STYLE_OF}('html').fontSize) + 10"
    assert read_preview(window, f"{room} >= {reach}") is True  # a wide table is not cut at the column's edge

    press(window, Qt.Key.Key_2)  # a dark window
    qtbot.waitUntil(lambda: (paper(), spacing()) == (PLAIN_AFTER_DARK, "7px"))
    (tmp_path / "own.css").write_text("@media (prefers-color-scheme: dark) { #article h1 { letter-spacing: 5px } }")
    qtbot.waitUntil(lambda: spacing() == "5px")
    assert paper() == PLAIN_AFTER_DARK
    press(window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: (paper(), spacing()) != (PLAIN_AFTER_DARK, "5px"))

    press(window, Qt.Key.Key_8)  # the dark theme, at any hour
    qtbot.waitUntil(lambda: paper() == DARK_THEME)
    qtbot.waitUntil(lambda: '"dark"' in (tmp_path / NAME).read_text())
    assert (tmp_path / NAME).read_text() == '# ours\n[export]\ntheme = "dark"\ncss = "own.css"\nsmart_quotes = true\n'
    assert [window.window.commands[f"page-{name}"].isChecked() for name in ("plain", "dark")] == [False, True]
    (tmp_path / NAME).write_text('[export]\ntheme = "sepia"\n')
    qtbot.waitUntil(lambda: paper() == LIGHT.palette.paper)
    assert any("“sepia”" in message for message in window.notices.messages)


def test_without_a_file_a_theme_holds_for_the_window(
    application: Application, read_preview: Read, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(application.new().queue.settled, timeout=20_000):
        pass
    window = application.windows[0]

    def paper() -> str:
        ground = read_preview(window, "globalThis.looks ? JSON.stringify(looks.paper()) : ''")
        return QColor(*json.loads(ground)).name() if ground else ""

    assert paper() == LIGHT.palette.paper
    press(window, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: paper() == DARK.palette.paper)
    press(window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: paper() == LIGHT.palette.paper)
    press(window, Qt.Key.Key_7)
    qtbot.waitUntil(lambda: paper() == PLAIN)
    assert window.window.commands["page-plain"].isChecked()

    window.preview.load()
    qtbot.waitUntil(lambda: window.preview.is_loaded)
    assert paper() == PLAIN
    scheme = window.preview.browser.scheme
    answer = scheme._answer_shell

    def answer_before_another_is_chosen(job: QWebEngineUrlRequestJob) -> None:
        answer(job)
        window.preview.set_look(preview_style("dark"))

    monkeypatch.setattr(scheme, "_answer_shell", answer_before_another_is_chosen)
    window.preview.load()
    window.preview.set_look(preview_style("journal"))
    qtbot.waitUntil(lambda: window.preview.is_loaded and paper() == DARK_THEME)
