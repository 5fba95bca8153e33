"""What of an exported page becomes otherwise where a document is made of it: its headings and its links."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin

from editor.rendering.free_ids import FreeIds
from editor.rendering.sanitised_tags import start_tag, tags_of, words_of

_HEAD_END = "</style>\n</head>"
"""Where a page's style ends, and nothing else: no style sheet, no title and no field can hold it."""
_HEADING = re.compile(r"<(h([1-6])(?: [a-z-]+=\"[^\"]*\")*)>(.*?)</h\2>", re.DOTALL)
_NO_WORDS = re.compile(r'<a class="anchor".*?</a>|<sup id="fnref.*?</sup>', re.DOTALL)
# RFC 3986, section 3.1.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class DocumentHeading(NamedTuple):
    """A heading of a page: its level from 1 to 6, its id and its words."""

    level: int
    id: str
    words: str


def split_page(page: str) -> tuple[str, str]:
    """An exported page up to the end of its style, and the rest from there on."""
    head, end, body = page.partition(_HEAD_END)
    return head, end + body


def with_heading_ids(body: str) -> tuple[str, list[DocumentHeading]]:
    """The HTML with an id at every heading that has words, and those headings in their order."""
    headings: list[DocumentHeading] = []
    ids = FreeIds(body)

    def named(found: re.Match[str]) -> str:
        words = words_of(_NO_WORDS.sub("", found[3]))
        if not words:
            return found[0]
        (tag,) = tags_of(f"<{found[1]}>")
        id_ = tag.attributes.get("id") or ids.take("heading")
        headings.append(DocumentHeading(int(found[2]), id_, words))
        return f"{start_tag(tag.name, {**tag.attributes, 'id': id_})}{found[3]}</{tag.name}>"

    return _HEADING.sub(named, body), headings


def is_relative(href: str) -> bool:
    """Whether a link leads to a file beside the page, and neither to a place on it nor to an address of its own."""
    return not href.startswith("#") and not _SCHEME.match(href)


def lasting_link(href: str, canonical: str) -> str:
    """A link for a document that is passed on: what lies beside the article is where the article is on the web."""
    return urljoin(canonical, href) if canonical and is_relative(href) else href
