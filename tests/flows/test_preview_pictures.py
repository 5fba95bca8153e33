"""The article's pictures in the preview: shown when they come, renewed when they change, steady while one writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow

Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], object]
ARTICLE = "# Pictures\n\n![one](one.png) beside words\n\n![two](pictures/two%20of%20it.png)\n"
HEIGHTS = "[...document.images].map(i => i.naturalHeight).join()"
WORDS = "[...document.querySelectorAll('.image-missing')].map(e => e.textContent).join()"


def draw(path: Path, height: int) -> None:
    path.parent.mkdir(exist_ok=True)
    picture = QImage(60, height, QImage.Format.Format_RGB32)
    picture.fill(0x8C2F1B)
    assert picture.save(str(path))


@pytest.fixture
def window(tmp_path: Path, open_window: Open) -> ArticleWindow:
    draw(tmp_path / "one.png", 40)
    (tmp_path / "article.md").write_text(ARTICLE, "utf-8")
    return open_window(tmp_path / "article.md")


def test_a_picture_that_changes_is_shown_anew(
    window: ArticleWindow, tmp_path: Path, read_preview: Read, qtbot: QtBot
) -> None:
    for height in (40, 90, 30):
        draw(tmp_path / "one.png", height)
        qtbot.waitUntil(lambda height=height: read_preview(window, HEIGHTS) == str(height), timeout=10_000)


def test_a_picture_that_comes_takes_the_place_of_its_words(
    window: ArticleWindow, tmp_path: Path, read_preview: Read, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: read_preview(window, WORDS) == "two", timeout=10_000)
    draw(tmp_path / "pictures" / "two of it.png", 50)
    qtbot.waitUntil(lambda: read_preview(window, HEIGHTS) == "40,50", timeout=10_000)
    assert read_preview(window, WORDS) == ""
    (tmp_path / "pictures" / "two of it.png").unlink()
    qtbot.waitUntil(lambda: read_preview(window, WORDS) == "two", timeout=10_000)


def test_half_a_picture_gives_way_to_the_whole_one(
    window: ArticleWindow, tmp_path: Path, read_preview: Read, qtbot: QtBot
) -> None:
    (tmp_path / "one.png").write_bytes(b"\x89PNG")
    qtbot.waitUntil(lambda: "one" in str(read_preview(window, WORDS)), timeout=10_000)
    draw(tmp_path / "one.png", 70)
    qtbot.waitUntil(lambda: read_preview(window, HEIGHTS) == "70", timeout=10_000)


def test_a_new_articles_pictures_come_with_its_folder(
    window: ArticleWindow, tmp_path: Path, read_preview: Read, qtbot: QtBot
) -> None:
    draw(tmp_path / "elsewhere" / "one.png", 80)
    qtbot.waitUntil(lambda: read_preview(window, HEIGHTS) == "40", timeout=10_000)
    window.files.save_to(tmp_path / "elsewhere" / "article.md")
    qtbot.waitUntil(lambda: read_preview(window, HEIGHTS) == "80", timeout=10_000)


def test_a_picture_stays_while_words_beside_it_are_written(
    window: ArticleWindow, read_preview: Read, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: read_preview(window, HEIGHTS) == "40", timeout=10_000)
    read_preview(
        window,
        "globalThis.least = 1000; (function look() {"
        "least = Math.min(least, article.querySelector('p').getBoundingClientRect().height);"
        "requestAnimationFrame(look); })(); new ResizeObserver(() => {"
        "least = Math.min(least, article.querySelector('p').getBoundingClientRect().height); }).observe(article); 0",
    )
    cursor = QTextCursor(window.session.buffer.document)
    cursor.setPosition(ARTICLE.index("beside"))
    window.text.setTextCursor(cursor)
    for key in "right ":
        QTest.keyClick(window.text, key)
        with qtbot.waitSignal(window.queue.settled):
            pass
    qtbot.waitUntil(lambda: "right beside" in str(read_preview(window, "article.textContent")))
    assert read_preview(window, "least >= 40") is True
