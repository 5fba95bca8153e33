"""What the values of front matter fields say to a form: doubts, addresses, and what a text widget can't show."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QUrl

from editor.core.field_kinds import FieldKind
from editor.core.front_matter import FieldValue
from editor.core.written_days import could_be_two_days, read_day
from editor.ui.outside_links import outside_link

LINE_BREAKS = re.compile("\r\n|[\n\r\u2029]")
# What QString or a text document drops or turns into something else on its way into a widget.
_CANNOT_SHOW = re.compile("\\A[\ufeff\ufffe]|[\r\u2029\ufdd0\ufdd1\ud800-\udfff]")
_SUMMARY_DEPTH = 3
_SUMMARY_LENGTH = 500
_PLACES_ON_THE_SITE = ("/", "#", "./", "../")
_LONGEST_NUMBER = 30


def can_show(value: str) -> bool:
    """Whether a text widget gives back exactly this value."""
    return not _CANNOT_SHOW.search(value)


def summary(value: FieldValue, depth: int = 0) -> str:
    """A value of any kind in one line: `a, b` or `name: x, site: y`; what is deeper or longer than one reads is `…`."""
    if isinstance(value, str):
        return LINE_BREAKS.sub(" ", value if len(value) <= _SUMMARY_LENGTH else f"{value[:_SUMMARY_LENGTH]}…")
    if depth == _SUMMARY_DEPTH:
        return "…"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {summary(each, depth + 1)}" for key, each in value.items())
    return ", ".join(summary(each, depth + 1) for each in value)


def label_of(key: str) -> str:
    """How a key reads as a label: `affiliate_link` is "Affiliate link"."""
    words = key.replace("_", " ").replace("-", " ").strip() or key
    return words[:1].upper() + words[1:]


def doubt(kind: FieldKind, text: str, day_first: bool | None = None) -> str:
    """Why a value is hardly what a field of its kind should hold, in a sentence; empty where nothing is wrong."""
    if not text:
        return ""
    if kind in {FieldKind.DATE, FieldKind.DATE_TIME} and not read_day(text, day_first=day_first):
        if could_be_two_days(text):
            return "Its day and its month cannot be told apart. Write the year first, or the month as a word."
        return "This does not read as a date. One is written as 2024-05-13."
    if kind is FieldKind.URL and not _is_address(text):
        return "This does not read as a web address. One begins with https://."
    return ""


def can_open(text: str) -> bool:
    """Whether `text` is an address that a browser or a mail program opens."""
    return outside_link(QUrl(text, QUrl.ParsingMode.StrictMode)) is not None


def stepped(number: str, by: int) -> str | None:
    """A decimal number that is larger by so much, with as many decimals; None for a number written otherwise."""
    if len(number) > _LONGEST_NUMBER or not re.fullmatch(r"[-+]?\d+(?:\.\d+)?", number, re.ASCII):
        return None
    try:
        return str(Decimal(number) + by)
    except InvalidOperation:
        return None


def _is_address(text: str) -> bool:
    """A full web or mail address, or a place on the same site."""
    if text.startswith(_PLACES_ON_THE_SITE):
        return QUrl(text, QUrl.ParsingMode.StrictMode).isValid()
    return can_open(text)
