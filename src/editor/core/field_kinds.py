"""What kind of thing a field holds: from its value and how that is written, its name, and what the folder knows.

A kind only chooses the widget that is handiest. It is never forced on the file: a value that does not fit its kind
stays as it is, and can be typed as text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from editor.core.written_days import could_be_two_days, read_day


class FieldKind(StrEnum):
    """What a field seems to hold."""

    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    """A calendar day in any writing that tells one day; or nothing yet in quotes, under a name that asks for a date."""
    DATE_TIME = "date and time"
    """A day with a time of day, with or without its zone."""
    URL = "url"
    NUMBER = "number"
    YES_NO = "yes or no"
    CHOICE = "choice"
    """One of the few texts that this field has in the folder's other articles, or that its settings name."""
    LIST = "list"
    MAP = "map"
    EMPTY = "empty"
    UNKNOWN = "unknown"


COMMON_FIELDS: Mapping[str, FieldKind] = MappingProxyType(
    {
        "title": FieldKind.TEXT,
        "description": FieldKind.LONG_TEXT,
        "date": FieldKind.DATE,
        "author": FieldKind.TEXT,
        "tags": FieldKind.LIST,
        "draft": FieldKind.YES_NO,
        "image": FieldKind.TEXT,
        "canonical_url": FieldKind.URL,
        "slug": FieldKind.TEXT,
        "lang": FieldKind.TEXT,
    }
)
"""Fields that most site generators know (Jekyll, Hugo, Eleventy), and what they hold there."""

YES_NO = MappingProxyType(
    {"true": "false", "false": "true", "yes": "no", "no": "yes", "on": "off", "off": "on", "y": "n", "n": "y"}
)
"""Each way to write yes or no, and its opposite."""

_PROSE_WORDS = frozenset({"abstract", "description", "excerpt", "summary"})
_NAME_WORDS = frozenset({"title", "subtitle", "name", "author", "caption"})
_DATE_WORDS = frozenset({"date", "published", "updated", "modified", "created"})
_ADDRESS_WORDS = frozenset({"url", "uri", "link", "href", "website", "homepage"})
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_LONG = 120
"""Code points beyond which a value hardly fits on one line of a form."""


def is_prose_key(key: str) -> bool:
    """Whether a field of that name holds words, so that a number in it (a novel's title, `1984`) is meant as text."""
    return _last_word(key) in _PROSE_WORDS | _NAME_WORDS


def kind_of(key: str, value: object, tag: str = "str", style: str = "") -> FieldKind:
    """The kind of a field, from its name, its value and how YAML takes that (a plain string where nothing is said)."""
    if isinstance(value, list):
        return FieldKind.LIST
    if not isinstance(value, str):
        return FieldKind.MAP
    if tag == "null":
        return FieldKind.EMPTY
    if tag == "bool":
        return FieldKind.YES_NO
    # YAML 1.1 takes 12:30 for a number in base sixty, which no writer means.
    if tag in {"int", "float"} and ":" not in value:
        return FieldKind.NUMBER
    return _kind_of_text(key, value, style)


def kind_by_name(key: str) -> FieldKind:
    """The kind that a name alone asks for; EMPTY where it tells nothing."""
    if kind := COMMON_FIELDS.get(key):
        return kind
    word = _last_word(key)
    if word in _DATE_WORDS:
        return FieldKind.DATE
    if word in _ADDRESS_WORDS:
        return FieldKind.URL
    return FieldKind.LONG_TEXT if word in _PROSE_WORDS else FieldKind.EMPTY


def kind_in_folder(
    kind: FieldKind, key: str, value: object, usual: FieldKind | None, *, has_choices: bool
) -> FieldKind:
    """The kind of a field whose article alone says `kind`, with what is known of that name elsewhere.

    `usual` is the kind that it has in most other articles, None where none has it. Nothing that the value says for
    itself is overruled: only what is empty, or text that could be anything, is taken for what others are. Text under a
    name that asks for a date or an address is one, if a wrong one.
    """
    is_empty = kind is FieldKind.EMPTY or not value
    if kind not in {FieldKind.TEXT, FieldKind.EMPTY} and not (is_empty and isinstance(value, str)):
        return kind
    if has_choices:
        return FieldKind.CHOICE
    expected = usual or kind_by_name(key)
    if expected in {FieldKind.EMPTY, FieldKind.UNKNOWN, FieldKind.MAP, FieldKind.CHOICE}:
        return kind
    if is_empty:
        return expected
    return expected if expected in {FieldKind.DATE, FieldKind.DATE_TIME, FieldKind.URL, FieldKind.LONG_TEXT} else kind


def opposite(word: str) -> str:
    """The opposite of a way to write yes or no, in the same capitals: `False` of `True`. "" where it is none."""
    other = YES_NO.get(word.lower(), "")
    if word.isupper() and len(word) > 1:
        return other.upper()
    return other.capitalize() if word[:1].isupper() else other


def _kind_of_text(key: str, value: str, style: str) -> FieldKind:
    word = _last_word(key)
    if not value and word in _DATE_WORDS:
        return FieldKind.DATE
    day = None if word in _NAME_WORDS else read_day(value)
    if day:
        return FieldKind.DATE_TIME if day.clock else FieldKind.DATE
    if word in _DATE_WORDS and could_be_two_days(value):
        return FieldKind.DATE
    if _ADDRESS.fullmatch(value) or (word in _ADDRESS_WORDS and not re.search(r"\s", value)):
        return FieldKind.URL
    if style in {"|", ">"} or "\n" in value or len(value) > _LONG or word in _PROSE_WORDS:
        return FieldKind.LONG_TEXT
    return FieldKind.TEXT


def _last_word(key: str) -> str:
    """`link` of `affiliate_link`, `url` of `canonicalURL`."""
    words = _WORDS.findall(key)
    return words[-1].lower() if words else ""
