"""The exported page of a hostile article, opened where nothing is forbidden: sanitising alone must hold.

Its Content-Security-Policy is taken out, scripts are on and every address may be loaded.
"""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot
from tests.browsing import Browser, Listener, let_all_arrive
from tests.flows.hostile import CLOSED, OPEN, PLACES, STYLES, aimed, front_matter, put, set_traps

from editor.rendering.export import ExportOptions, export_article
from editor.rendering.page_styles import THEMES, ThemeRefused

NAME = "'\"><img src=x onerror=alert(1)> %3Cscript>alert(1)<%2Fscript> &lt; ?#"
"""A file's, which is the title of a page that has no other, and which its pictures lie beside."""

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')
_ALLOWED = (
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup"
    " table tbody td tfoot th thead time tr u ul var wbr"
    " article header nav section"  # the page's own, around the article's
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

_PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

_COUNT_MARKS = """[...document.querySelectorAll("main :is(h2, h3)")]
  .filter((each) => each.textContent.startsWith("Mark ")).length"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An article's folder with traps in it."""
    folder = tmp_path / "article"
    folder.mkdir()
    set_traps(folder)
    return folder


def visit(browser: Browser, article: str, folder: Path, options: ExportOptions | None = None) -> None:
    """Export an article, take its policy out, open it and do to it whatever a reader may."""
    options = options or ExportOptions(contents=True)
    content = export_article(article, folder=folder, name=NAME, options=options).content
    page, found = _POLICY.subn("", content)
    assert found == (options.format == "html")
    path = folder / f"{NAME}.html"
    path.write_bytes(page.encode("utf-8", "replace"))
    browser.visit(QUrl.fromLocalFile(str(path)))
    browser.stir()


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_is_asked_for_and_nothing_runs_wherever_it_stands(
    folder: Path, browser: Browser, listener: Listener, qtbot: QtBot, theme: str
) -> None:
    attempts = tuple(aimed(each, there=listener.address, secret=folder.parent / "secret.png") for each in CLOSED)
    for place in tuple(PLACES)[THEMES.index(theme) :: len(THEMES)]:
        visit(browser, put(attempts, place), folder, ExportOptions(theme=theme, contents=True))
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


def test_a_fragment_brings_nothing_into_the_page_that_it_is_pasted_into(
    folder: Path, browser: Browser, listener: Listener, qtbot: QtBot
) -> None:
    attempts = tuple(aimed(each, there=listener.address, secret=folder.parent / "secret.png") for each in CLOSED)
    article = front_matter(attempts) + put(attempts, "block")
    visit(browser, article, folder, ExportOptions(format="fragment", contents=True))
    assert browser.evaluate(_COUNT_MARKS.replace("main ", "")) == len(CLOSED) + 1
    assert browser.evaluate(_SEE_FOREIGN.replace("main *", "body *")) == ""
    assert (browser.requests, browser.happened) == ([], [])
    let_all_arrive(qtbot)
    assert (listener.asked, listener.connections) == ([], 0)


def test_nothing_comes_in_by_what_a_folder_adds(
    folder: Path, browser: Browser, listener: Listener, qtbot: QtBot
) -> None:
    aim = {"there": listener.address, "secret": folder.parent / "secret.png"}
    taken = 0
    for style in STYLES:
        (folder / "own.css").write_text(f"p {{ color: red }}\n{aimed(style, **aim)}", "utf-8", newline="")
        try:
            visit(browser, "Words.\n", folder, ExportOptions(css="own.css"))
        except ThemeRefused:
            continue
        taken += 1
        assert (style, browser.requests, browser.happened) == (style, [], [])
    assert 0 < taken < len(STYLES) / 2
    said = {"de": "".join(aimed(each, **aim) for each in CLOSED)}
    template = "{{ content }}" + "\n".join(aimed(each, **aim) for each in CLOSED if "{" not in each)
    (folder / "own.html").write_text(template, "utf-8")
    article = "---\nlang: de\naffiliate_link: https://a.test/\n---\n[Words](https://a.test/)\n"
    visit(browser, article, folder, ExportOptions(template="own.html", disclosure=said))
    assert "THERE" not in said["de"]
    assert browser.evaluate("document.querySelector('.disclosure').textContent") == said["de"]
    assert (browser.requests, browser.happened) == ([], [])
    let_all_arrive(qtbot)
    assert (listener.asked, listener.connections) == ([], 0)


def test_nothing_comes_in_by_the_name_of_a_file(folder: Path, browser: Browser) -> None:
    picture = folder / f"{NAME[:20].replace('/', '')}.png"
    picture.write_bytes(b64decode(_PICTURE))
    options = ExportOptions(pictures=f"{NAME}-pictures")
    article = f"![words](<{quote(picture.name)}>)\n"
    (made,) = export_article(article, folder=folder, name=NAME, options=options).pictures
    (folder / made.path).parent.mkdir()
    (folder / made.path).write_bytes(made.data)
    visit(browser, article, folder, options)
    assert browser.evaluate("document.querySelector('img').naturalWidth") == 1
    assert browser.evaluate("document.querySelector('h1').textContent") == NAME
    assert [QUrl(each).toLocalFile() for each in browser.requests] == [str(folder / made.path)]
    assert browser.happened == []


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


def test_the_browser_sees_what_style_sheets_do_where_nothing_holds_them(
    folder: Path, browser: Browser, listener: Listener, qtbot: QtBot
) -> None:
    secret = folder.parent / "secret.png"
    parts = []
    for number, style in enumerate(each for each in STYLES if "<" not in each):
        own = re.sub(r"\bp(?= \{|::)", f"p.p{number}", aimed(style, there=listener.address, secret=secret))
        parts.append(f"<style>{own}</style><p class=p{number} title=x>x")
    path = folder / "page.html"
    path.write_bytes(f"<!doctype html>{''.join(parts)}".encode())
    browser.visit(QUrl.fromLocalFile(str(path)))
    let_all_arrive(qtbot)
    named = set(re.findall(r"THERE(/[\w.-]+)", "".join(STYLES)))
    # One is asked for as a part of a picture that is not there, the others by what this Chromium does not know.
    not_asked = {"/filter.svg", "/property.png", "/src.png", "/x.png", "/said.css", "/said.png"}
    assert named - not_asked <= set(listener.asked)
    assert {secret.as_uri(), (folder / "a.png").as_uri()} <= set(browser.requests)
