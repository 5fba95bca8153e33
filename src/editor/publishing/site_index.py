"""The pages of a folder as a whole: an index for readers, a feed for those who follow, a sitemap for search engines.

The feed is RSS 2.0 as the RSS Advisory Board has it, with the link to itself that its best practices ask for. The
sitemap is that of sitemaps.org. All are made of the articles alone, so that the same folder gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import NamedTuple

from editor import __version__, resources
from editor.publishing.site_address import address_below
from editor.rendering.link_grammar import address_of
from editor.rendering.page import Page, exported_page
from editor.rendering.page_styles import folder_style, style_of
from editor.rendering.page_words import Words, words_in

MOST_IN_FEED = 50
"""The newest. A reader has seen the others."""
MOST_IN_SITEMAP = 50_000
"""As sitemaps.org allows."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class ListedPage(NamedTuple):
    """A page as it is listed: its path from the folder with `/` between names, and what it says of itself."""

    page: str
    title: str
    description: str
    language: str
    published: date | None
    updated: date | None
    canonical: str = ""

    @property
    def day(self) -> date | None:
        """By which it is new or old."""
        return self.published or self.updated


class Site(NamedTuple):
    """A folder as a whole: `base` is its address with a slash at its end, "" if not known."""

    title: str
    base: str
    pages: Sequence[ListedPage]

    @property
    def language(self) -> str:
        """That of most of its pages, whatever the countries in which it is spoken."""
        if not self.pages:
            return "en"
        tags = Counter(page.language for page in self.pages)
        most = Counter(_spoken(page.language) for page in self.pages).most_common(1)[0][0]
        return max((tag for tag in tags if _spoken(tag) == most), key=lambda tag: tags[tag])


def _spoken(tag: str) -> str:
    return tag.lower().split("-")[0]


def listed(page: str, card: Mapping[str, str]) -> ListedPage:
    """A page by what the manifest says of it."""
    title, description, language, published, updated, canonical = (
        card.get(name, "") for name in ("title", "description", "language", "published", "updated", "canonical")
    )
    return ListedPage(page, title or page, description, language or "en", _day(published), _day(updated), canonical)


def newest_first(pages: Sequence[ListedPage]) -> list[ListedPage]:
    """In the order of an index: what has no day comes last, by its path."""
    return sorted(pages, key=lambda each: (-each.day.toordinal() if each.day else 0, each.page))


def index_page(site: Site, theme: str, looks: Path, css: str) -> str:
    """The index as a page in a theme and the folder's own style sheet `css`, if any. Raises ThemeRefused."""
    words = words_in(site.language)
    items = "".join(_item(page, site.language, words) for page in site.pages)
    articles = f'<ul class="articles">\n{items}</ul>\n' if items else ""
    title = escape(site.title, quote=False)
    head = f'<link rel="canonical" href="{escape(site.base)}">\n' if site.base else ""
    if site.base:
        head += f'<link rel="alternate" type="application/rss+xml" title="{escape(site.title)}" href="feed.xml">\n'
    style = style_of(theme) + resources.read_text("export/index.css")
    return exported_page(
        Page(
            language=site.language,
            title=site.title,
            body=f'<main id="article">\n<header>\n<h1>{title}</h1>\n</header>\n{articles}</main>\n',
            style=style + (folder_style(looks, css) if css else ""),
            metadata=head,
        )
    )


def _item(page: ListedPage, language: str, words: Words) -> str:
    other = f' lang="{escape(page.language)}"' if page.language != language else ""
    title = f'<h2><a href="{escape(address_of(page.page))}">{escape(page.title, quote=False)}</a></h2>\n'
    day = ""
    if page.day:
        known = _spoken(language) == words.language
        written = words.date(page.day) if known else page.day.isoformat()
        day = f'<p class="byline"><time datetime="{page.day.isoformat()}">{escape(written, quote=False)}</time></p>\n'
    description = f"<p>{escape(page.description, quote=False)}</p>\n" if page.description else ""
    return f"<li{other}>\n{title}{day}{description}</li>\n"


def feed(site: Site) -> str:
    """The newest pages that have a day, as RSS 2.0; the site must have a base URL."""
    pages = [page for page in site.pages if page.day][:MOST_IN_FEED]
    newest = [f"<lastBuildDate>{_rfc_822(pages[0].day)}</lastBuildDate>"] if pages and pages[0].day else []
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
        "<channel>",
        f"<title>{_text(site.title)}</title>",
        f"<link>{_text(site.base)}</link>",
        f"<description>{_text(site.title)}</description>",
        f"<language>{_text(site.language)}</language>",
        f"<generator>Stet {__version__}</generator>",
        f'<atom:link href="{escape(site.base)}feed.xml" rel="self" type="application/rss+xml"/>',
        *newest,
    ]
    for page in pages:
        address = _text(address_below(site.base, page.page))
        lines += ["<item>", f"<title>{_text(page.title)}</title>", f"<link>{address}</link>"]
        lines.append(f'<guid isPermaLink="true">{address}</guid>')
        if page.day:
            lines.append(f"<pubDate>{_rfc_822(page.day)}</pubDate>")
        if page.description:
            # What a reader shows of it is HTML, so that the text is escaped once for that.
            lines.append(f"<description>{_text(escape(page.description, quote=False))}</description>")
        lines.append("</item>")
    return "\n".join([*lines, "</channel>", "</rss>", ""])


def sitemap(site: Site) -> str:
    """All pages but those that say they belong elsewhere, as sitemaps.org has it; the site must have a base URL."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    if not any(page.page == "index.html" for page in site.pages):
        lines.append(f"<url><loc>{_text(site.base)}</loc></url>")
    for page in site.pages[: MOST_IN_SITEMAP - 1]:
        address = address_below(site.base, page.page)
        if page.canonical not in ("", address):
            continue
        day = page.updated or page.published
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<url><loc>{_text(address)}</loc>{changed}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def _text(text: str) -> str:
    """A text as XML has it, without the characters that it cannot have (XML 1.0, production 2)."""
    return escape("".join(c for c in text if c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff"))


def _rfc_822(day: date | None) -> str:
    """The beginning of a day in UTC, its names in English whatever the machine speaks."""
    if day is None:
        return ""
    return f"{_DAYS[day.weekday()]}, {day.day:02} {_MONTHS[day.month - 1]} {day.year:04} 00:00:00 +0000"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
