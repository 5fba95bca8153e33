"""The exported page of a hostile article, opened where nothing is forbidden: sanitising alone must hold.

Its Content-Security-Policy is taken out, scripts are on and every address may be loaded.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot
from tests.browsing import Browser, Listener, let_all_arrive
from tests.flows.hostile import CLOSED, OPEN, PLACES, aimed, front_matter, put, set_traps

from editor.rendering.export import export_article

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')
_ALLOWED = (
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup"
    " table tbody td tfoot th thead time tr u ul var wbr"
    " article header section"  # the page's own, around the article's
)
_SEE_FOREIGN = f"""(() => {{
  const allowed = new Set("{_ALLOWED}".split(" "));
  const foreign = (each) =>
    each.namespaceURI !== "http://www.w3.org/1999/xhtml" || !allowed.has(each.localName)
    || each.getAttributeNames().some((name) => /^on|^(style|srcset|action|formaction|background|ping)$/.test(name))
    || (each.hasAttribute("href") && !["http:", "https:", "mailto:", "file:"].includes(each.protocol))
    || /^[\\u0000- ]*file:/i.test(each.getAttribute("href"));
  return [...document.querySelectorAll("main *")].filter(foreign).map((each) => each.outerHTML).join("\\n");
}})()"""

_COUNT_MARKS = """[...document.querySelectorAll("main :is(h2, h3)")]
  .filter((each) => each.textContent.startsWith("Mark ")).length"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An article's folder with traps in it."""
    folder = tmp_path / "article"
    folder.mkdir()
    set_traps(folder)
    return folder


def visit(browser: Browser, article: str, folder: Path) -> None:
    """Export an article, take its policy out, open it and do to it whatever a reader may."""
    page, found = _POLICY.subn(
        "", export_article(article, folder=folder, name="</title><script>alert(1)</script>").content
    )
    assert found == 1
    path = folder / "page.html"
    path.write_bytes(page.encode("utf-8", "replace"))
    browser.visit(QUrl.fromLocalFile(str(path)))
    browser.stir()


def test_nothing_is_asked_for_and_nothing_runs_wherever_it_stands(
    folder: Path, browser: Browser, listener: Listener, qtbot: QtBot
) -> None:
    attempts = tuple(aimed(each, there=listener.address, secret=folder.parent / "secret.png") for each in CLOSED)
    for place in PLACES:
        visit(browser, put(attempts, place), folder)
        assert browser.evaluate(_COUNT_MARKS) == len(CLOSED) + 1, place
        assert browser.evaluate(_SEE_FOREIGN) == "", place
        assert (place, browser.requests, browser.happened) == (place, [], [])
    let_all_arrive(qtbot)
    assert (listener.asked, listener.connections) == ([], 0)


def test_nothing_comes_in_by_what_is_left_open(
    folder: Path, browser: Browser, listener: Listener, qtbot: QtBot
) -> None:
    for attempt in OPEN:
        aimed_attempt = aimed(attempt, there=listener.address, secret=folder.parent / "secret.png")
        visit(browser, f"# Words\n\n{aimed_attempt}\n\nMore {aimed_attempt} words.\n", folder)
        assert browser.evaluate(_SEE_FOREIGN) == ""
        assert (attempt, browser.requests, browser.happened) == (attempt, [], [])
    let_all_arrive(qtbot)
    assert (listener.asked, listener.connections) == ([], 0)


def test_nothing_comes_in_by_the_front_matter(folder: Path, browser: Browser, listener: Listener, qtbot: QtBot) -> None:
    attempts = tuple(aimed(each, there=listener.address, secret=folder.parent / "secret.png") for each in CLOSED + OPEN)
    visit(browser, front_matter(attempts) + "Words.\n", folder)
    let_all_arrive(qtbot)
    assert "THERE" not in str(browser.evaluate("document.querySelector('h1').textContent"))
    assert listener.address in str(browser.evaluate("document.querySelector('h1').textContent"))
    assert browser.evaluate(_SEE_FOREIGN) == ""
    assert (
        browser.evaluate(
            "document.head.querySelectorAll('script:not([type=\"application/ld+json\"]), link, base, title').length"
        )
        == 1
    )
    assert (browser.requests, browser.happened) == ([], [])
    assert (listener.asked, listener.connections) == ([], 0)


def test_the_browser_sees_what_the_attempts_do_where_nothing_holds_them(
    folder: Path, browser: Browser, listener: Listener, qtbot: QtBot
) -> None:
    attempts = [aimed(each, there=listener.address, secret=folder.parent / "secret.png") for each in CLOSED]
    path = folder / "page.html"
    path.write_text("<!doctype html><main>" + "\n".join(each for each in attempts if "http-equiv" not in each), "utf-8")
    browser.visit(QUrl.fromLocalFile(str(path)))
    browser.stir()
    let_all_arrive(qtbot)
    asked = {"/image.png", "/script.js", "/frame", "/link.css", "/svg.png", "/preload.png", "/fetch", "/beacon"}
    assert asked <= set(listener.asked)
    assert "alert 1" in browser.happened
    assert (folder.parent / "secret.png").as_uri() in browser.requests
    assert str(browser.evaluate(_SEE_FOREIGN)).count("\n") > 50
