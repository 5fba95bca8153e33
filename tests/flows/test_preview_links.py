"""Links of the preview: within the page they scroll, to the web they are told of, to files they say what they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow

Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], object]
ARTICLE = (
    "# Top\n\n[down](#low) [web](https://example.com/a?b=1) [file](notes/other.md) [shell](shell.html) [none](<>)\n\n"
    + "Between.\n\n" * 100
    + '<h2 id="low">Low</h2>\n\nEnd.\n'
)


@pytest.fixture
def window(tmp_path: Path, open_window: Open, monkeypatch: pytest.MonkeyPatch) -> ArticleWindow:
    opened: list[str] = []
    monkeypatch.setattr("editor.article_window.QDesktopServices.openUrl", lambda url: opened.append(url.toString()))
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, "utf-8")
    window = open_window(path)
    window.opened = opened  # type: ignore[attr-defined]
    return window


def canvas(window: ArticleWindow) -> QWidget:
    return window.preview.focusProxy().focusProxy()


def place_of(window: ArticleWindow, read_preview: Read, words: str) -> QPoint:
    script = (
        f"(b => JSON.stringify([b.left + b.width / 2, b.top + b.height / 2]))"
        f"([...article.querySelectorAll('a')].find(a => a.textContent === '{words}').getBoundingClientRect())"
    )
    return QPoint(*map(round, json.loads(str(read_preview(window, script)))))


def click(window: ArticleWindow, read_preview: Read, words: str) -> None:
    QTest.mouseClick(
        canvas(window),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        place_of(window, read_preview, words),
    )


def test_a_link_within_the_page_goes_there_and_the_text_along(
    window: ArticleWindow, read_preview: Read, qtbot: QtBot
) -> None:
    caret = window.text.textCursor().position()
    click(window, read_preview, "down")
    low = "(b => b.top >= 0 && b.bottom <= innerHeight)(document.getElementById('low').getBoundingClientRect())"
    qtbot.waitUntil(lambda: read_preview(window, low) is True, timeout=5000)
    qtbot.waitUntil(lambda: window.text.firstVisibleBlock().blockNumber() > 150, timeout=5000)
    assert window.text.textCursor().position() == caret
    assert window.opened == []  # type: ignore[attr-defined]


def test_a_web_link_is_opened_outside_and_leaves_the_caret(
    window: ArticleWindow, read_preview: Read, qtbot: QtBot
) -> None:
    caret = window.text.textCursor().position()
    click(window, read_preview, "web")
    qtbot.waitUntil(lambda: window.opened == ["https://example.com/a?b=1"], timeout=5000)  # type: ignore[attr-defined]
    assert window.text.textCursor().position() == caret


def test_a_link_to_a_file_says_quietly_what_it_is(window: ArticleWindow, read_preview: Read, qtbot: QtBot) -> None:
    said = window.window.statusBar().currentMessage
    QTest.mouseMove(canvas(window), place_of(window, read_preview, "file"))
    qtbot.waitUntil(lambda: said() == "notes/other.md", timeout=5000)
    click(window, read_preview, "file")
    qtbot.waitUntil(lambda: "notes/other.md" in said() and "is a file" in said(), timeout=5000)


@pytest.mark.parametrize("words", ["shell", "none"])
def test_no_link_can_load_the_preview_anew(window: ArticleWindow, read_preview: Read, qtbot: QtBot, words: str) -> None:
    read_preview(window, "globalThis.stays = true")
    click(window, read_preview, words)
    click(window, read_preview, "web")
    qtbot.waitUntil(lambda: bool(window.opened), timeout=5000)  # type: ignore[attr-defined]
    assert read_preview(window, "stays") is True
    assert "End." in str(read_preview(window, "article.textContent"))


def test_a_link_under_the_pointer_shows_its_address(window: ArticleWindow, read_preview: Read, qtbot: QtBot) -> None:
    for words, address in (("web", "https://example.com/a?b=1"), ("file", "notes/other.md"), ("down", "#low")):
        QTest.mouseMove(canvas(window), place_of(window, read_preview, words))
        qtbot.waitUntil(lambda address=address: window.window.statusBar().currentMessage() == address, timeout=5000)
    QTest.mouseMove(canvas(window), QPoint(3, 300))
    qtbot.waitUntil(lambda: window.window.statusBar().currentMessage() == "", timeout=5000)
