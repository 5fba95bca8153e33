"""What the values of front matter fields say to a form: dates, addresses, and what a text widget can't show."""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QLocale, QUrl

from editor.core.field_kinds import kind_of
from editor.core.front_matter import Field, FieldKind, FieldValue
from editor.ui.outside_links import outside_link

LINE_BREAKS = re.compile("\r\n|[\n\r\u2029]")
# What QString or a text document drops or turns into something else on its way into a widget.
_CANNOT_SHOW = re.compile("\\A[\ufeff\ufffe]|[\r\u2029\ufdd0\ufdd1\ud800-\udfff]")
_SUMMARY_DEPTH = 3
_SUMMARY_LENGTH = 500
_DATE_BEFORE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)([T ].*)", re.DOTALL)
_DATE_FORMATS = (
    "yyyy-MM-dd",
    "yyyy-M-d",
    "yyyy/MM/dd",
    "yyyy/M/d",
    "yyyy.MM.dd",
    "d MMMM yyyy",
    "d MMM yyyy",
    "MMMM d, yyyy",
    "MMM d, yyyy",
)
_PLACES_ON_THE_SITE = ("/", "#", "./", "../")


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


def expected_kind(field: Field) -> FieldKind:
    """The field's kind; that which its name asks for where it holds nothing yet, or text that is none."""
    if field.kind in {FieldKind.TEXT, FieldKind.EMPTY}:
        asked = kind_of(field.key, "")
        if asked in {FieldKind.DATE, FieldKind.URL}:
            return asked
    return field.kind


def doubt(kind: FieldKind, text: str) -> str:
    """Why a value is hardly what a field of its kind should hold, in a sentence; empty where nothing is wrong."""
    if kind is FieldKind.DATE and text and not read_date(text):
        return "This does not read as a date. One is written as 2024-05-13."
    if kind is FieldKind.URL and text and not _is_address(text):
        return "This does not read as a web address. One begins with https://."
    return ""


def read_date(text: str) -> tuple[QDate, str, str] | None:
    """The day that `text` names, the Qt format it is written in, and the time of day after it, as written."""
    timed = _DATE_BEFORE_TIME.fullmatch(text)
    day, time = (timed[1], timed[2]) if timed else (text, "")
    for written in _DATE_FORMATS:
        date = QLocale.c().toDate(day, written)
        if date.isValid():
            return date, written, time
    return None


def with_date(text: str, date: QDate) -> str:
    """Another day in the writing of `text`, its time of day kept; in ISO 8601's where `text` is no date."""
    _, written, time = read_date(text) or (date, _DATE_FORMATS[0], "")
    return QLocale.c().toString(date, written) + time


def can_open(text: str) -> bool:
    """Whether `text` is an address that a browser or a mail program opens."""
    return outside_link(QUrl(text, QUrl.ParsingMode.StrictMode)) is not None


def _is_address(text: str) -> bool:
    """A full web or mail address, or a place on the same site."""
    if text.startswith(_PLACES_ON_THE_SITE):
        return QUrl(text, QUrl.ParsingMode.StrictMode).isValid()
    return can_open(text)
