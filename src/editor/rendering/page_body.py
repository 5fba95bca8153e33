"""What a page shows, part by part, and the order in which it shows them where no template says otherwise."""

from html import escape
from typing import NamedTuple

from editor.core.patterns import when_used
from editor.rendering.page_fields import PageFields, WrittenDate
from editor.rendering.page_words import Words
from editor.rendering.sanitised_tags import element, start_tag

_WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert, 2019, Journal of Memory and Language 109)."""

_NOTES = '<div class="footnote">\n<hr>\n'

_WAY_BACK = when_used(r'title="Jump back to footnote (\d+) in the text"')


class PageParts(NamedTuple):
    """The parts of a page as HTML, each "" where the page has none."""

    heading: str
    standfirst: str
    byline: str
    disclosure: str
    contents: str
    content: str
    product: str
    notes: str


def standard_body(parts: PageParts, words: Words) -> str:
    """All parts in their order, within what a reader can skip to."""
    skip = f'<a class="skip" href="#article">{words.said(words.skip)}</a>'
    opening = f"{parts.heading}{parts.standfirst}{parts.byline}{parts.disclosure}"
    header = f"<header>\n{opening}</header>\n" if opening else ""
    rest = f"{parts.contents}{parts.content}{parts.product}{parts.notes}"
    return f'{skip}\n<main id="article" tabindex="-1">\n<article>\n{header}{rest}</article>\n</main>\n'


def split_content(html: str) -> tuple[str, str, str]:
    """The article's own `h1` where it begins with it, the rest, and the footnotes at its end."""
    heading = ""
    if html.startswith("<h1"):
        heading, end, html = html.partition("</h1>")
        heading, html = f"{heading}{end}\n", html.lstrip()
    at = html.rfind(f"{_NOTES}<ol>")
    if at < 0 or not html.endswith("</ol>\n</div>"):
        return heading, f"{html}\n", ""
    return heading, html[:at], html[at:]


def footnotes(html: str, words: Words) -> str:
    """The notes as a part of the page that says what it is, with ways back that say where they lead."""
    if not html:
        return ""
    name = start_tag("section", {"class": "footnote", "role": "doc-endnotes", "aria-label": words.notes})
    items = html.removeprefix(_NOTES).removesuffix("</div>")
    items = _WAY_BACK.sub(lambda found: f'title="{escape(words.back_to_note.format(found[1]))}"', items)
    return f"{name}\n{items}</section>\n"


def heading(title: str) -> str:
    """The page's `h1`."""
    return f"<h1>{escape(title, quote=False)}</h1>\n" if title else ""


def standfirst(description: str, content_words: str) -> str:
    """The description under the heading, unless the article begins with it."""
    if not description or content_words.casefold().startswith(description.casefold()):
        return ""
    return f"{element('p', {'class': 'standfirst'}, description)}\n"


def byline(fields: PageFields, words_counted: int, words: Words) -> str:
    """Who wrote it, when, and how long it takes to read."""
    parts = [element("span", {"class": "author"}, ", ".join(fields.authors))] if fields.authors else []
    if fields.published.text:
        parts.append(_time(fields.published, words))
    if fields.updated.text and fields.updated != fields.published:
        parts.append(words.said(words.updated).format(_time(fields.updated, words)))
    minutes = max(1, round(words_counted / _WORDS_A_MINUTE))
    parts.append(words.said(words.minutes.format(minutes)))
    return f'<p class="byline">{" · ".join(parts)}</p>\n'


def _time(date: WrittenDate, words: Words) -> str:
    """The day as the page's language writes it; elsewhere as ISO 8601 has it, which every reader can read."""
    if not date.day:
        return escape(date.text, quote=False)
    day = date.day.isoformat()
    return element("time", {"datetime": day}, day if words.foreign else words.date(date.day))
