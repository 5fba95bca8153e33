"""An article can make the window ask for nothing and run nothing."""

from __future__ import annotations

from collections.abc import Callable
from http.server import ThreadingHTTPServer
from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow

Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], object]


def test_a_hostile_article_asks_for_nothing_and_runs_nothing(
    tmp_path: Path, open_window: Open, read_preview: Read, recorder: ThreadingHTTPServer, qtbot: QtBot
) -> None:
    there = f"http://127.0.0.1:{recorder.server_port}"
    asked = recorder.RequestHandlerClass.requests
    asked.clear()
    (tmp_path / "secret.png").write_bytes(b"not yours")
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "hostile.md"
    path.write_text(
        f"""# Hostile

![a]({there}/image.png) ![b](../secret.png) ![c](file:///etc/hostname)

<img src="{there}/i.png" onerror="document.title='ran'">

<script>document.title = "ran"</script> <iframe src="{there}/frame"></iframe>

<link rel="stylesheet" href="{there}/c.css"> <svg onload="document.title='ran'"></svg>

<style>@import "{there}/s.css"; body {{ background: url({there}/b.png) }}</style>

<meta http-equiv="refresh" content="0; url={there}/refresh"> [click](javascript:document.title='ran')

End.
""",
        "utf-8",
    )
    window = open_window(path)
    qtbot.waitUntil(lambda: "End." in str(read_preview(window, "document.body.innerText")))
    assert read_preview(window, "document.title") == "Preview"
    live = ("script", "iframe", "style", "link", "svg", "meta", "[onerror]", "[onload]", "[href^=javascript]")
    selector = ", ".join(f"main {each}" for each in live)
    assert read_preview(window, f"document.querySelectorAll('{selector}').length") == 0
    assert read_preview(window, "[...document.images].filter(i => i.naturalWidth).length") == 0
    assert asked == []


def test_a_picture_in_the_articles_folder_is_shown(
    tmp_path: Path, open_window: Open, read_preview: Read, qtbot: QtBot
) -> None:
    field = QLineEdit("a picture")
    assert field.grab().save(str(tmp_path / "own.png"))
    (tmp_path / "article.md").write_text("# Picture\n\n![own](own.png)\n", "utf-8")
    window = open_window(tmp_path / "article.md")
    qtbot.waitUntil(lambda: read_preview(window, "document.images[0]?.naturalWidth") == field.width(), timeout=10_000)
