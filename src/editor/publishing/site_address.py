"""Where an exported folder will be found on the web."""

from __future__ import annotations

from urllib.parse import urlsplit

from editor.rendering.link_grammar import address_of, encoded
from editor.rendering.page_fields import web_address


class NoSiteAddress(Exception):
    """What was given as a base URL is none; the message is a sentence that says what is wanted."""


def site_address(text: str) -> str:
    """A base URL with a slash at its end, "" for "". Raises NoSiteAddress where pages cannot lie below it."""
    if not text:
        return ""
    parts = urlsplit(text) if web_address(text) else None
    if not parts or "?" in text or "#" in text or "@" in parts.netloc:
        raise NoSiteAddress(
            f"“{text[:200]}” is no base URL; it begins with http:// or https:// and a host, and ends with a folder, as"
            " in https://example.org/articles/."
        )
    return encoded(text if text.endswith("/") else f"{text}/")


def address_below(base: str, page: str) -> str:
    """The address of a page by its path from the exported folder; that of the folder itself for its index page."""
    return base + ("" if page == "index.html" else address_of(page))
