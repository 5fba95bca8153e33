"""What an article's front matter says for its page: text only, and no address that leads anywhere but to the web."""

import re
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from editor.core.front_matter_fields import FieldValue, FrontMatter

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])")
# A language tag as BCP 47 shapes it, loosely: what does not look like one does not reach the page.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
# What no text of HTML may hold (WHATWG's standard, section 13.2.3.5), and TOML and JSON can write.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f<>\"`\\^{|}]")
_SWITCHES = frozenset({"true", "false", "yes", "no", "on", "off"})


class WrittenDate(NamedTuple):
    """A date as written, and the day that it begins with, if there is such a day."""

    text: str
    day: date | None


class PageFields(NamedTuple):
    """Texts on one line each, "" or () for what the front matter does not say.

    `canonical` and `affiliate` are addresses of the web, or "".
    """

    language: str
    title: str
    description: str
    authors: tuple[str, ...]
    published: WrittenDate
    updated: WrittenDate
    canonical: str
    affiliate: str


def page_fields(front_matter: FrontMatter) -> PageFields:
    """The fields that a page shows or names; of several names for one thing the first that says something."""
    language = _text(front_matter, "lang", "language")
    return PageFields(
        language=language if _LANGUAGE.fullmatch(language) else "en",
        title=_text(front_matter, "title"),
        description=_text(front_matter, "description", "summary", "excerpt"),
        authors=_texts(front_matter, "author", "authors"),
        published=_date(_when(front_matter, "date", "published")),
        updated=_date(_text(front_matter, "updated", "lastmod", "modified")),
        canonical=web_address(_text(front_matter, "canonical_url")),
        affiliate=web_address(_text(front_matter, "affiliate_link")),
    )


def web_address(text: str) -> str:
    """The text where it is an address of the web (http or https) with a host; else ""."""
    if _NO_ADDRESS.search(text):
        return ""
    try:
        parts = urlsplit(text)
        return text if parts.scheme.lower() in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def _text(front_matter: FrontMatter, *keys: str) -> str:
    return next((text for key in keys if (text := _one_line(_value(front_matter, key)))), "")


def _when(front_matter: FrontMatter, *keys: str) -> str:
    """As `_text`, passing over what says whether and not when."""
    return _text(front_matter, *(key for key in keys if _text(front_matter, key).lower() not in _SWITCHES))


def _texts(front_matter: FrontMatter, *keys: str) -> tuple[str, ...]:
    for key in keys:
        value = _value(front_matter, key)
        texts = [_one_line(_name(item)) for item in value] if isinstance(value, list) else [_one_line(_name(value))]
        if any(texts):
            return tuple(filter(None, texts))
    return ()


def _name(value: FieldValue | None) -> FieldValue | None:
    return value.get("name") if isinstance(value, dict) else value


def _value(front_matter: FrontMatter, key: str) -> FieldValue | None:
    field = front_matter.field(key)
    return field.value if field and field.tag != "null" else None


def _one_line(value: FieldValue | None) -> str:
    return " ".join(_CONTROLS.sub(" ", value).split()) if isinstance(value, str) else ""


def _date(text: str) -> WrittenDate:
    found = _DATE.match(text)
    try:
        return WrittenDate(text, date(*map(int, found.groups())) if found else None)
    except ValueError:
        return WrittenDate(text, None)
