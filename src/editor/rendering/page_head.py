"""What a page's head tells machines: nothing that a reader does not see on the page too.

OpenGraph is for previews of links, `citation_` fields and Dublin Core are for reference managers and Google Scholar
(its inclusion guidelines ask for a title, an author and a date together), JSON-LD is schema.org's `Article`.
"""

import json
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from editor.core.papers import PaperName
from editor.rendering.page_fields import PageFields, WrittenDate
from editor.rendering.sanitised_tags import words_of

_NO_DATE = WrittenDate("", None)


class Source(NamedTuple):
    """A paper of the article's table, as the page shows it: `doi` is its cell's text."""

    name: PaperName
    doi: str


def fields_shown(fields: PageFields, body: str) -> PageFields:
    """The fields without those that a body, which a template made, does not show."""
    shown = words_of(body)

    def shows(date: WrittenDate) -> bool:
        return date.text in shown or (date.day is not None and f'datetime="{date.day.isoformat()}"' in body)

    return fields._replace(
        authors=tuple(author for author in fields.authors if author in shown),
        description=fields.description if fields.description in shown else "",
        published=fields.published if shows(fields.published) else _NO_DATE,
        updated=fields.updated if shows(fields.updated) else _NO_DATE,
    )


def metadata(fields: PageFields, title: str, description: str, sources: Sequence[Source]) -> str:
    """The elements, one a line, of a page with this title and description ("" for none)."""
    lines = [_meta("name", "description", description)]
    lines += [_meta("name", "author", author) for author in fields.authors]
    if fields.canonical:
        lines.append(f'<link rel="canonical" href="{escape(fields.canonical)}">')
    lines += _open_graph(fields, title, description)
    if fields.authors and fields.published.day:
        lines += _for_citing(fields, title)
    lines.append(_json_ld(fields, title, description, sources))
    return "".join(f"{line}\n" for line in lines if line)


def _meta(key: str, name: str, content: str) -> str:
    return f'<meta {key}="{name}" content="{escape(content)}">' if content else ""


def _open_graph(fields: PageFields, title: str, description: str) -> list[str]:
    published, updated = fields.published.day, fields.updated.day
    return [
        _meta("property", "og:type", "article"),
        _meta("property", "og:title", title),
        _meta("property", "og:description", description),
        _meta("property", "og:url", fields.canonical),
        _meta("property", "article:published_time", published.isoformat() if published else ""),
        _meta("property", "article:modified_time", updated.isoformat() if updated else ""),
        *(_meta("property", "article:author", author) for author in fields.authors),
    ]


def _for_citing(fields: PageFields, title: str) -> list[str]:
    day = fields.published.day
    return [
        _meta("name", "citation_title", title),
        *(_meta("name", "citation_author", author) for author in fields.authors),
        _meta("name", "citation_publication_date", f"{day:%Y/%m/%d}" if day else ""),
        _meta("name", "citation_language", fields.language),
        _meta("name", "DC.title", title),
        *(_meta("name", "DC.creator", author) for author in fields.authors),
        _meta("name", "DC.date", day.isoformat() if day else ""),
        _meta("name", "DC.language", fields.language),
        _meta("name", "DC.identifier", fields.canonical),
    ]


def _json_ld(fields: PageFields, title: str, description: str, sources: Sequence[Source]) -> str:
    """schema.org's Article as a block of data, which no browser runs; "" where there is no more to say than a title."""
    published, updated = fields.published.day, fields.updated.day
    said: dict[str, object] = {
        "description": description,
        "datePublished": published.isoformat() if published else "",
        "dateModified": updated.isoformat() if updated else "",
        "author": [{"@type": "Person", "name": author} for author in fields.authors],
        "mainEntityOfPage": fields.canonical,
        "citation": [_scholarly_article(source) for source in sources],
    }
    known = {name: value for name, value in said.items() if value}
    if known.keys() <= {"description"}:
        return ""
    article = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": title,
        "inLanguage": fields.language,
        **known,
    }
    # Nothing in it can end the element, or begin a comment in it.
    written = json.dumps(article, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    return f'<script type="application/ld+json">{written}</script>'


def _scholarly_article(source: Source) -> dict[str, object]:
    """A paper by what the table says of it. Its authors stay as written: "et al." hides how many they are."""
    year = source.name.year[:4] if source.name.year[:4].isdigit() else ""
    said = {
        "name": source.name.title,
        "author": source.name.authors,
        "datePublished": year,
        "identifier": source.doi,
    }
    return {"@type": "ScholarlyArticle", **{name: value for name, value in said.items() if value}}
