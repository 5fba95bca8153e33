"""The links of an article to others that are exported with it: on its page they lead to the other's page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from editor.rendering.sanitised_tags import Tag, change_tags, start_tag


def lead_to_pages(html: str, page_at: Callable[[str], str]) -> str:
    """The HTML with each relative link leading where `page_at` says of its path; "" leaves it as it is.

    The path is given as written, percent-encoded, and so is the answer; a query and a place on the page are kept.
    """

    def led(tag: Tag) -> str:
        address = tag.attributes["href"]
        if tag.name != "a" or not address or address.startswith("#"):
            return tag.source
        try:
            parts = urlsplit(address)
        except ValueError:
            return tag.source
        page = page_at(parts.path) if parts.path and not parts.scheme and not parts.netloc else ""
        if not page:
            return tag.source
        return start_tag("a", {**tag.attributes, "href": urlunsplit(parts._replace(path=page))})

    return change_tags(html, led, having="href")
