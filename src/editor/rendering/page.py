"""The page around an article's body: the preview's shell and the exported file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from editor import __version__, resources

_EXPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_MONTHS = "January February March April May June July August September October November December".split()

_PREVIEW_SCRIPTS = ("sections.js", "numbering.js", "pictures.js", "long_tables.js", "preview.js", "places.js")


def preview_script() -> str:
    """The script that shows an article in the preview, called by the names `stet`, `places` and `pictures`."""
    return "\n".join(resources.read_text(f"preview/{name}") for name in _PREVIEW_SCRIPTS)


@dataclass(frozen=True, slots=True)
class Page:
    """What an exported page is made of. `body` is sanitised HTML, everything else is text.

    `heading` is the page's `h1`, "" where the body has its own. `date_text` is the date as written, `date` the day it
    names, if it names one.
    """

    language: str
    title: str
    heading: str
    author: str
    date_text: str
    date: date | None
    body: str


def exported_page(page: Page) -> str:
    """The whole file: one page that asks for nothing and runs nothing."""
    return f"""<!doctype html>
<html lang="{escape(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_EXPORT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Stet {__version__}">
<title>{escape(page.title, quote=False)}</title>
<style>
{_style()}</style>
</head>
<body>
<main id="article">
{_opening(page)}
</main>
</body>
</html>
"""


def _style() -> str:
    dark = resources.read_text("preview/dark.css")
    return (
        resources.read_text("preview/article.css")
        + f"@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"
        + resources.read_text("export/page.css")
        + resources.read_text("preview/print.css")
    )


def _opening(page: Page) -> str:
    """The heading, the line of author and date under it, and the body; the line follows the body's own `h1`."""
    byline = _byline(page)
    if page.heading:
        return f"<h1>{escape(page.heading, quote=False)}</h1>\n{byline}{page.body}"
    if byline and page.body.startswith("<h1"):
        heading, end, rest = page.body.partition("</h1>")
        return f"{heading}{end}\n{byline}{rest.lstrip()}"
    return byline + page.body


def _byline(page: Page) -> str:
    parts = [escape(page.author, quote=False)] if page.author else []
    if page.date:
        parts.append(f'<time datetime="{page.date.isoformat()}">{_day(page.date, page.language)}</time>')
    elif page.date_text:
        parts.append(escape(page.date_text, quote=False))
    return f'<p class="byline">{" · ".join(parts)}</p>\n' if parts else ""


def _day(day: date, language: str) -> str:
    """`13 May 2024` on an English page; elsewhere as ISO 8601 has it, which every reader can read."""
    english = language.lower().split("-")[0] == "en"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if english else day.isoformat()
