"""Judge exported pages as others do: by a validator, by an accessibility checker in a browser, and by looking.

The real article and a hundred of the corpus (where neither is beside the project, those that it has), and an index of
them, are exported in each theme by `stet export`, and looked at on a phone and on a desk, in light and in dark. Prints
what is found, page by page; exit code 0 where that is nothing. The pages, and pictures of the first one and of the
index on screens and on paper, stay in build/pages.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from chromium import CheckerFailed, Chromium, Scheme, Tab
from editor.rendering.page_styles import THEMES

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"
PAGES = PROJECT / "build" / "pages"
CHECKERS = PROJECT / "build" / "page-checkers" / "node_modules"
RULES: dict[str, object] = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:document"],
    "rules": {
        # A title is the writer's.
        "long-title": "off",
        # So are blanks in code.
        "no-trailing-whitespace": "off",
        # HTML lets ids begin with a digit, and headings have those that GitHub gives them.
        "valid-id": ["error", {"relaxed": True}],
    },
}
"""What html-validate holds a page to: all that it recommends, but for what an article decides."""
WIDTHS = (360, 768, 1440)
"""A phone's, a tablet's and a desk's, in CSS pixels."""
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

_AXE = """axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => violations.flatMap(
  ({id, nodes}) => nodes.map(({html, failureSummary}) => `${id}: ${html.slice(0, 200)} ${failureSummary}`)))"""
_WIDER = "document.scrollingElement.scrollWidth > innerWidth ? [`wider than ${innerWidth} pixels`] : []"
_LEADS = """[...document.querySelectorAll('a[href^="#"]')].map(({hash}) => decodeURIComponent(hash.slice(1)))
  .filter((place) => place && place !== "top" && !document.getElementById(place))"""
_DATA = """[...document.querySelectorAll('script')].map(({type, textContent}) => [type, textContent])"""


@dataclass(slots=True)
class ExportedPage:
    """A page in its file, the theme it has, and the links that the export itself said lead nowhere."""

    path: Path
    theme: str
    broken_links: frozenset[str]
    faults: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Export, judge and print. The exit code."""
    parser = argparse.ArgumentParser(description="Judge exported pages by checkers that others made.")
    parser.add_argument("articles", nargs="*", type=Path, help="instead of the real article and the corpus")
    parser.add_argument("--most", type=int, default=100, help="how many articles of the corpus (100)")
    asked = parser.parse_args(arguments)
    articles = asked.articles or list(_articles(asked.most))
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    try:
        pages = [page for theme in THEMES for page in _export(articles, theme)]
        print(f"{len(articles)} articles and their index in {len(THEMES)} themes: {len(pages)} pages", flush=True)
        _validate(pages)
        with Chromium.running() as browser:
            tab = browser.tab()
            for page in pages:
                _judge(tab, page)
            _take_pictures(tab, [page for page in pages if page.path.stem in (pages[0].path.stem, "index")])
    except CheckerFailed as failure:
        print(f"stet: {failure}", file=sys.stderr)
        return 1
    return _tell(pages)


def _articles(most: int) -> Iterator[Path]:
    real = SHARED / "articles" / "magnesium-glycinate.md"
    yield real if real.exists() else PROJECT / "resources" / "articles" / "sample.md"
    corpus = sorted(path for path in (SHARED / "corpus" / "articles").glob("*") if path.is_file())
    if not corpus:
        print("The corpus is not beside the project; the project's own documents are judged instead.")
        corpus = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md")])
    yield from corpus[:: max(1, len(corpus) // most)][:most] if most else ()


def _export(articles: Sequence[Path], theme: str) -> list[ExportedPage]:
    """What `stet export` makes of the articles, and the index that it makes of a folder with all of them."""
    pages = PAGES / theme
    report = _stet_export(*map(str, articles), "-o", f"{pages}/", "--theme", theme, "--contents")
    made = [ExportedPage(Path(each["page"]), theme, frozenset(each["broken_links"])) for each in report["exported"]]
    folder = PAGES / "articles"
    folder.mkdir(exist_ok=True)
    for article in articles:
        shutil.copy(article, folder)
    site = ("-o", f"{pages}/site", "--theme", theme, "--base-url", "https://example.org")
    index = next(page for page in map(Path, _stet_export(str(folder), *site)["site"]) if page.suffix == ".html")
    return [*made, ExportedPage(index, theme, frozenset())]


def _stet_export(*arguments: str) -> dict[str, Any]:
    """The report of an export. Raises CheckerFailed."""
    command = [sys.executable, "-m", "editor", "export", "--json", *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise CheckerFailed(f"stet export: {answer.stderr.strip()}")
    report: dict[str, Any] = json.loads(answer.stdout)
    return report


def _validate(pages: Iterable[ExportedPage]) -> None:
    """Have html-validate read all pages."""
    by_path = {str(page.path): page for page in pages}
    rules, told = PAGES / "html-validate.json", PAGES / "html-validate-says.json"
    rules.write_text(json.dumps(RULES), encoding="utf-8")
    command = [str(CHECKERS / ".bin" / "html-validate"), "--config", str(rules), "--formatter", f"json={told}"]
    answer = subprocess.run([*command, *by_path], capture_output=True, text=True, check=False)
    if answer.returncode not in (0, 1):
        raise CheckerFailed(f"html-validate: {answer.stderr.strip()}")
    for result in json.loads(told.read_text("utf-8")):
        for message in result["messages"]:
            place = f"line {message['line']}, column {message['column']}"
            by_path[result["filePath"]].faults.append(f"{message['ruleId']}: {message['message']} ({place})")


def _judge(tab: Tab, page: ExportedPage) -> None:
    """Look at one page in Chromium as its readers do."""
    axe = (CHECKERS / "axe-core" / "axe.min.js").read_text("utf-8")
    tab.look(WIDTHS[0], "light")
    tab.visit(page.path)
    page.faults += [f"asked for {address}" for address in tab.requests if address != page.path.as_uri()]
    page.faults += [f"said {said}" for said in tab.said]
    page.faults += [f"leads nowhere: #{place}" for place in tab.evaluate(_LEADS) if place not in page.broken_links]
    for kind, content in tab.evaluate(_DATA):
        if kind != "application/ld+json" or not isinstance(json.loads(content), dict):
            page.faults.append(f"has a script: {kind or 'text/javascript'}")
    tab.evaluate(axe)
    for width in (WIDTHS[0], WIDTHS[-1]):
        for scheme in SCHEMES:
            tab.look(width, scheme)
            found = [*tab.evaluate(_AXE), *tab.evaluate(_WIDER)]
            page.faults += [f"{width} pixels, {scheme}: {each}" for each in found]


def _take_pictures(tab: Tab, pages: Iterable[ExportedPage]) -> None:
    folder = PAGES / "pictures"
    folder.mkdir()
    for page in pages:
        tab.visit(page.path)
        name = f"{page.path.stem}-{page.theme}"
        for width in WIDTHS:
            for scheme in SCHEMES:
                tab.look(width, scheme)
                (folder / f"{name}-{width}-{scheme}.png").write_bytes(tab.picture())
        (folder / f"{name}-paper.pdf").write_bytes(tab.paper())


def _tell(pages: Sequence[ExportedPage]) -> int:
    for page in pages:
        if page.faults:
            print(f"\n{page.path.relative_to(PROJECT)}")
            for fault, times in Counter(page.faults).items():
                print(f"  {' '.join(fault.split())}{f' ({times} times)' if times > 1 else ''}")
    bad = sum(bool(page.faults) for page in pages)
    print(f"\n{bad} of {len(pages)} pages have faults." if bad else "\nNo fault in any page.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
