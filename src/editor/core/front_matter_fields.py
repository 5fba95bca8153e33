"""Front matter as a value: its fields, where each stands, and what kind of thing each holds."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from editor.core.problems import Problem

FieldValue: TypeAlias = "str | list[FieldValue] | dict[str, FieldValue]"
Place: TypeAlias = "tuple[str | int, ...]"
"""The way to a value: a field's key, then keys of the maps and positions (from 0) in the lists that it lies in."""
Format: TypeAlias = Literal["yaml", "toml", "json", ""]


class FieldKind(StrEnum):
    """What a field seems to hold, inferred from its name and from its value as written."""

    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    """A calendar day as YYYY-MM-DD, without a time; or nothing yet in quotes, under a name that asks for a date."""
    URL = "url"
    NUMBER = "number"
    YES_NO = "yes or no"
    LIST = "list"
    MAP = "map"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of YAML front matter with its place, and so with those inside it.

    `value`, `tag` and `style` are as in a Field, but the style of a list or map in brackets is "[" or "{". Offsets are
    code points of the article. `start` to `end` is the value as written with its anchor and tag, without which it
    begins at `content_start`; an empty value is a zero-width place, and a block collection ends with its last value.
    `key` is the name that a map gives it ("" in a list), from `key_start` to `key_end` with its quotes. `children` are
    the values of a list or map in order. `locked` is "" or the sentence why neither it nor anything in it can be set.
    `anchor` is the name that an alias could repeat it by, `repeats` the `start` of the value that an alias repeats, or
    -1.
    """

    value: FieldValue
    start: int
    content_start: int
    end: int
    tag: str
    style: str
    locked: str = ""
    key: str = ""
    key_start: int = -1
    key_end: int = -1
    anchor: str = ""
    repeats: int = -1
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the front matter.

    `value` is a scalar as the string written, without its quotes (dates, numbers and yes/no stay text: `1.10` is
    "1.10"), or lists and maps of the same; it is shared, so treat it as frozen. Offsets are code points of the article,
    which the front matter begins; `line` counts from 1. `start` to `end` is the whole field, from its name's first
    character to the end of its value without the line ending; `key_end` ends the name, its quotes included; an empty
    value is a zero-width place. `locked` is "" or the sentence why a form cannot set this value. `tag` is YAML's short
    name for the type that its readers take the value for ("str", "int", "null" ...), `style` how it is written (""
    plain, a quote, "|" or ">", "*" for an alias): both are "" outside YAML, and `node`, the value with the places of
    all that it holds, is None.
    """

    key: str
    value: FieldValue
    kind: FieldKind
    line: int
    start: int
    end: int
    value_start: int
    value_end: int
    locked: str = ""
    key_end: int = 0
    tag: str = ""
    style: str = ""
    node: Node | None = None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The head of an article, with both fences, and the fields read from it.

    `body_start` is the code point just after the closing fence's line ending. `locked` is "" or the sentence why no
    field at all can be edited. Where an article has no front matter, `text` and `format` are empty.
    """

    text: str
    format: Format
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]
    body_start: int
    locked: str

    def field(self, key: str) -> Field | None:
        """The field of that name; of several the last, which is the one that YAML's readers keep."""
        return next((field for field in reversed(self.fields) if field.key == key), None)

    def value_at(self, place: Place) -> FieldValue | None:
        """The value at a place, None where there is none."""
        field = self.field(str(place[0]))
        value: FieldValue | None = field.value if field else None
        for part in place[1:]:
            if isinstance(value, dict):
                value = value.get(str(part))
            elif isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value):
                value = value[part]
            else:
                return None
        return value


_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_DATE_WORDS = frozenset({"date", "published", "updated", "modified", "created"})
_ADDRESS_WORDS = frozenset({"url", "uri", "link", "href", "website", "homepage"})
_PROSE_WORDS = frozenset({"abstract", "description", "excerpt", "summary"})
_LONG = 120
"""Code points beyond which a value hardly fits on one line of a form."""


def is_real_day(value: FieldValue) -> bool | None:
    """Whether a value written YYYY-MM-DD is a day of the calendar; None where it is not written so."""
    day = _DAY.fullmatch(value) if isinstance(value, str) else None
    if not day:
        return None
    try:
        dt.date(*(int(part) for part in day.groups()))
    except ValueError:
        return False
    return True


def is_prose_key(key: str) -> bool:
    """Whether a field of that name holds words, so that a number in it (a novel's title, `1984`) is meant as text."""
    return _last_word(key) in _PROSE_WORDS | {"title", "subtitle", "name", "author", "caption"}


def kind_of(key: str, value: FieldValue, tag: str = "str", style: str = "") -> FieldKind:
    """The kind of a field, from its name, its value and how YAML takes that (a plain string where nothing is said)."""
    if isinstance(value, list):
        return FieldKind.LIST
    if isinstance(value, dict):
        return FieldKind.MAP
    if tag == "null":
        return FieldKind.EMPTY
    if tag == "bool":
        return FieldKind.YES_NO
    # YAML 1.1 takes 12:30 for a number in base sixty, which no writer means.
    if tag in {"int", "float"} and ":" not in value:
        return FieldKind.NUMBER
    return _kind_of_text(key, value, style)


def _kind_of_text(key: str, value: str, style: str) -> FieldKind:
    word = _last_word(key)
    if is_real_day(value) or (not value and word in _DATE_WORDS):
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
