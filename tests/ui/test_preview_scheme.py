"""What the preview's page gets when it asks for a picture, in Chromium and with no other layer before the scheme."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot
from tests.browsing import Browser

from editor.rendering.article_pictures import read_picture
from editor.ui import preview_scheme
from editor.ui.preview_scheme import SCHEME, PreviewScheme

Widths = Callable[..., list[int]]


def draw(path: Path, width: int) -> None:
    pixmap = QPixmap(width, 10)
    pixmap.fill(QColor("red"))
    assert pixmap.save(str(path), "PNG")


@pytest.fixture
def folder(tmp_path: Path, qtbot: QtBot) -> Path:
    """An article's folder with pictures as wide as they are known by, and one outside that is 99 wide."""
    folder = tmp_path / "article"
    (folder / "sub").mkdir(parents=True)
    draw(tmp_path / "secret.png", 99)
    for width, name in enumerate(("own.png", "sub/own.png", "a b.png", "100%.png", "%2e%2e.png", "é#?.png"), 1):
        draw(folder / name, width)
    return folder


@pytest.fixture
def scheme(folder: Path, browser: Browser) -> Iterator[PreviewScheme]:
    scheme = PreviewScheme(browser.profile_of_its_own)
    scheme.folder = folder
    browser.profile_of_its_own.installUrlSchemeHandler(SCHEME, scheme)
    browser.visit(QUrl("stet://shell/shell.html"))
    yield scheme
    scheme.close()


@pytest.fixture
def widths(scheme: PreviewScheme, browser: Browser, qtbot: QtBot) -> Widths:
    """How wide the pictures at these addresses come out, 0 for what is not shown."""

    def look(*addresses: str) -> list[int]:
        browser.evaluate(
            f"""globalThis.asked = {json.dumps(addresses)}.map((address) => {{
                  const image = new Image(); image.src = address; return image; }}); 0"""
        )
        qtbot.waitUntil(lambda: browser.evaluate("asked.every((each) => each.complete)") is True, timeout=20_000)
        found: Any = json.loads(str(browser.evaluate("JSON.stringify(asked.map((each) => each.naturalWidth))")))
        return list(found)

    return look


def test_pictures_of_the_folder_are_shown_whatever_they_are_called(widths: Widths) -> None:
    names = ("own.png", "sub/own.png", "a%20b.png", "100%25.png", "%252e%252e.png", "%C3%A9%23%3F.png")
    assert widths(*(f"stet://article/{name}" for name in names)) == [1, 2, 3, 4, 5, 6]


def test_a_version_asked_for_is_no_part_of_the_name(widths: Widths) -> None:
    assert widths("stet://article/own.png?v=2#there") == [1]


@pytest.mark.parametrize(
    "path",
    [
        "..%2fsecret.png",
        "%2e%2e%2fsecret.png",
        "%252e%252e%252fsecret.png",
        "%25252e%25252e%25252fsecret.png",
        "sub%2f..%2f..%2fsecret.png",
        "..%5csecret.png",
        "%5c..%5csecret.png",
        "..\\secret.png",
        "own.png%00/../../secret.png",
        "..%2fsecret.png%00.png",
        "%2f@SECRET",
        "%2f%2f@SECRET",
        "/@SECRET",
        "file:%2f%2f@SECRET",
        "link.png",
        "up/secret.png",
        "up%2fsecret.png",
        "proc.png/self/root@SECRET",
        "loop.png",
        "folder.png",
        "pipe.png",
        "pipe.png/",
        "zero.png",
        "terminal.png",
        "..%c0%af..%c0%afsecret.png",
        "%e2%80%a6/secret.png",
        "..;/secret.png",
        ".%2e/secret.png",
        "x" * 5000 + ".png",
        "a/" * 3000 + "own.png",
    ],
)
def test_nothing_else_is(widths: Widths, folder: Path, path: str) -> None:
    secret = folder.parent / "secret.png"
    (folder / "link.png").symlink_to(secret)
    (folder / "up").symlink_to("..")
    (folder / "proc.png").symlink_to("/proc")
    (folder / "loop.png").symlink_to("loop.png")
    (folder / "zero.png").symlink_to("/dev/zero")
    (folder / "terminal.png").symlink_to("/dev/tty")
    (folder / "folder.png").mkdir()
    os.mkfifo(folder / "pipe.png")
    assert widths(f"stet://article/{path.replace('@SECRET', str(secret))}", "stet://article/own.png") == [0, 1]


@pytest.mark.parametrize(
    "address", ["stet://shell/article.css", "stet://elsewhere/own.png", "stet:own.png", "stet:///own.png"]
)
def test_only_the_article_has_pictures(widths: Widths, address: str) -> None:
    assert widths(address) == [0]


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "%2e%2e%2fpyproject.toml", "preview.js", "nothing.html", "a%00.css", "..%5c.css", ""]
)
def test_of_the_shell_only_its_own_files_are_there(
    browser: Browser, scheme: PreviewScheme, qtbot: QtBot, name: str
) -> None:
    browser.evaluate("globalThis.style = document.head.appendChild(document.createElement('link')); 0")
    browser.evaluate(
        f"""style.onerror = () => style.title = 'refused';
            style.rel = 'stylesheet'; style.href = 'stet://shell/{name}'; 0"""
    )
    qtbot.waitUntil(lambda: browser.evaluate("style.title") == "refused")


def test_the_page_has_its_styles_in_it_and_obeys_no_others(browser: Browser, scheme: PreviewScheme) -> None:
    assert browser.evaluate("[...document.styleSheets].filter((each) => each.cssRules.length).length") == 2
    width = """
        document.head.appendChild(document.createElement("style")).textContent = "body { width: 7px }";
        document.body.setAttribute("style", "width: 7px");
        getComputedStyle(document.body).width"""
    assert browser.evaluate(width) != "7px"


def test_text_under_a_pictures_name_is_no_page(widths: Widths, folder: Path) -> None:
    (folder / "page.png").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='50' height='50'/>")
    (folder / "page.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='50' height='50'/>")
    (folder / "page.html").write_text("<h1>x</h1>")
    assert widths(*(f"stet://article/page.{suffix}" for suffix in ("png", "svg", "html"))) == [0, 0, 0]


def test_a_disk_that_makes_a_picture_wait_does_not_make_the_window_wait(
    widths: Widths, browser: Browser, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, goes_on = Event(), Event()

    def wait(folder: Path, name: str, *, called: str, largest: int) -> bytes:
        asked.set()
        assert goes_on.wait(20)
        return read_picture(folder, name, called=called, largest=largest)

    monkeypatch.setattr(preview_scheme, "read_picture", wait)
    browser.evaluate("globalThis.slow = new Image(); slow.src = 'stet://article/own.png'; 0")
    qtbot.waitUntil(asked.is_set)
    assert browser.evaluate("slow.complete") is False
    goes_on.set()
    qtbot.waitUntil(lambda: browser.evaluate("slow.naturalWidth") == 1)


def test_an_article_without_a_file_has_no_pictures(widths: Widths, scheme: PreviewScheme) -> None:
    scheme.folder = None
    assert widths("stet://article/own.png") == [0]
