"""Each layer behind the sanitiser holds alone: a hostile page as it was written meets that layer and no other."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEngineSettings
from pytestqt.qtbot import QtBot
from tests.browsing import Browser, Listener, let_all_arrive
from tests.conftest import PROJECT
from tests.flows.hostile import CLOSED, OPEN, aimed

from editor import resources
from editor.rendering.page import Page, exported_page
from editor.rendering.sanitise import sanitise
from editor.ui.preview_scheme import RequestGuard

# A policy has no say in where a page goes, nor in a connection on which nothing is asked for: the page itself goes
# nowhere, and Chromium has no network.
_BEYOND_POLICY = re.compile("http-equiv=refresh|preconnect|dns-prefetch")
_BEYOND_GUARD = re.compile("http-equiv|preconnect|dns-prefetch")


@pytest.fixture
def hostile(listener: Listener, tmp_path: Path) -> tuple[str, ...]:
    """All attempts as they are written, aimed at the listener."""
    secret = tmp_path / "secret.png"
    return tuple(aimed(each, there=listener.address, secret=secret) for each in CLOSED + OPEN)


def written(page: str, folder: Path) -> QUrl:
    path = folder / "page.html"
    path.write_bytes(page.encode("utf-8", "replace"))
    return QUrl.fromLocalFile(str(path))


def shell_with(body: str) -> str:
    shell = resources.read_text("preview/shell.html")
    assert shell.count('<main id="article"></main>') == 1
    return shell.replace('<main id="article"></main>', f'<main id="article">{body}</main>')


def export_with(body: str) -> str:
    return exported_page(Page(language="en", title="x", body=body))


@pytest.mark.parametrize("page_with", [shell_with, export_with])
def test_the_policy_alone_lets_nothing_be_asked_for_and_nothing_run(
    page_with: Callable[[str], str],
    hostile: tuple[str, ...],
    tmp_path: Path,
    browser: Browser,
    listener: Listener,
    qtbot: QtBot,
) -> None:
    closed = [each for each in hostile[: len(CLOSED)] if not _BEYOND_POLICY.search(each)]
    attempts = ["\n".join(closed), *(each for each in hostile[len(CLOSED) :])]
    for attempt in attempts:
        browser.visit(written(page_with(attempt), tmp_path))
        browser.stir()
    let_all_arrive(qtbot)
    assert [each for each in browser.happened if not each.startswith("message ")] == []
    assert "Content Security Policy" in str(browser.happened)
    assert [each for each in browser.requests if each.startswith(("http", "ws"))] == []
    assert (listener.asked, listener.connections) == ([], 0)


def test_the_guard_alone_lets_nothing_be_asked_for(hostile: tuple[str, ...], listener: Listener, qtbot: QtBot) -> None:
    guard = RequestGuard(None)
    browser = Browser(qtbot, guard)
    closed = [each for each in hostile[: len(CLOSED)] if not _BEYOND_GUARD.search(each)]
    for attempt in ("\n".join(closed), *(each for each in hostile[len(CLOSED) :])):
        page = base64.b64encode(attempt.encode("utf-8", "replace")).decode()
        browser.visit(QUrl(f"data:text/html;charset=utf-8;base64,{page}"))
        browser.stir()
    let_all_arrive(qtbot)
    browser.close()
    assert "alert 1" in browser.happened
    assert {f"{listener.address}/{name}" for name in ("image.png", "fetch", "frame")} <= set(guard.refused)
    assert listener.asked == []


def test_a_page_without_scripts_runs_none(hostile: tuple[str, ...], tmp_path: Path, browser: Browser) -> None:
    browser.settings().setAttribute(QWebEngineSettings.WebAttribute.JavascriptEnabled, False)
    browser.visit(written("<title>still</title>" + "\n".join(hostile[: len(CLOSED)]), tmp_path))
    browser.stir()
    assert browser.evaluate("document.title") == "still"
    assert not [each for each in browser.happened if each.startswith("alert")]


_OPEN_PAGE = """
import sys
from pathlib import Path
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineSettings
import shiboken6
from editor import start
from editor.storage.settings_file import Settings

start.prepare(Settings(software_rendering="on"))
if sys.argv[2] == "closed":
    start.close_network()
qt = QApplication(sys.argv[:1])
profile = QWebEngineProfile()
page = QWebEnginePage(profile)
page.settings().setAttribute(QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls, True)
page.loadFinished.connect(lambda _done: qt.quit())
page.load(QUrl(sys.argv[1]))
qt.exec()
shiboken6.delete(page)
shiboken6.delete(profile)
"""


@pytest.mark.parametrize("network", ["closed", "open"])
def test_without_a_network_not_even_a_connection_is_made(network: str, tmp_path: Path, listener: Listener) -> None:
    there = listener.address
    page = written(
        f"<link rel=preconnect href={there}><img src={there}/a.png><link rel=stylesheet href={there}/a.css>"
        f"<script src={there}/a.js></script><img src=http://localhost:{listener.server_port}/b.png>"
        f"<img src=http://[::1]:{listener.server_port}/c.png><img src=//stet-hostile.test/d.png>",
        tmp_path,
    )
    command = [sys.executable, "-c", _OPEN_PAGE, page.toString(), network]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src")}
    subprocess.run(command, env=environment, cwd=tmp_path, timeout=60, check=True, capture_output=True)
    assert (listener.connections > 0) == (network == "open")


_PIECES = st.one_of(
    st.sampled_from([*CLOSED, *OPEN]),
    st.sampled_from(
        "<a> <a href=x> </a> <b> </b> <p> </p> <div> </div> <table> <tr> <td> </table> <caption> <ul> <li> </ul> <svg>"
        " </svg> <math> <mtext> <mglyph> <style> </style> <title> </title> <pre> </pre> <select> </select> <template>"
        " </template> <noscript> </noscript> <textarea> </textarea> <iframe> </iframe> <xmp> <plaintext> <!-- -->"
        " <![CDATA[ ]]> &lt; &gt; &amp; &quot; \" ' < > = / \n x <h1> </h1> <dl> <dt> <dd> <ruby> <rt> <details>".split(
            " "
        )
    ),
    st.builds(
        '<{} title="{}" class="{}">'.format,
        st.sampled_from("p a img svg math td style option form".split()),
        st.text("<>\"'=/&;-! ax\n", max_size=12),
        st.sampled_from(["note", "chunk", "language-x", "image-missing"]),
    ),
)


@pytest.fixture
def parser(browser: Browser, tmp_path: Path) -> Iterator[Browser]:
    """Chromium with an empty page to read HTML into."""
    browser.visit(written("<!doctype html><main></main>", tmp_path))
    return browser


# One page reads all the examples: it keeps nothing of one for the next.
@settings(max_examples=300, suppress_health_check=["function_scoped_fixture"])
@given(st.lists(_PIECES, max_size=10).map("".join))
def test_what_was_cleaned_stays_as_it_is_in_chromium(parser: Browser, source: str) -> None:
    html = sanitise(source)
    assert sanitise(html) == html
    read = f"""(() => {{
      const written = (html) => {{ const box = document.createElement("template"); box.innerHTML = html;
                                   return box.innerHTML; }};
      const once = written({json.dumps(html)});
      return JSON.stringify([once, written(once)]);
    }})()"""
    once, twice = json.loads(str(parser.evaluate(read)))
    assert once == twice
    assert sanitise(once) == html
