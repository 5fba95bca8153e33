"""Days and times of day as a writer writes them, read so that another one can be written in the same style."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = 3
"""Letters of a short name of a month or a weekday."""

_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}|{'|'.join(name[:_SHORT] for name in _WEEKDAYS)})(?P<comma>,? ))?"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|Sept|{'|'.join(name[:_SHORT] for name in _MONTHS)})(?P<dot>\.?)"
_YEAR = r"(?P<year>\d{4})"
_CLOCK = (
    r"(?:(?P<gap>T|t| {1,3})(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<fraction>\.\d{1,9})?)?"
    r"(?P<zone_gap> ?)(?P<zone>Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?"
)
_IN_WORDS = re.ASCII | re.IGNORECASE
_NUMBERS_YEAR_FIRST = rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?){_CLOCK}"
_NUMBERS_YEAR_LAST = rf"(?P<first>\d\d?)(?P<sign>[-/.])(?P<second_>\d\d?)(?P=sign){_YEAR}{_CLOCK}"
_DAY_FIRST = rf"{_WEEKDAY}(?P<day>\d\d?)(?P<sign>[ -]){_MONTH}(?P<to_year>,? |-){_YEAR}{_CLOCK}"
_MONTH_FIRST = rf"{_WEEKDAY}{_MONTH}(?P<sign> )(?P<day>\d\d?)(?P<to_year>,? ){_YEAR}{_CLOCK}"


class Clock(NamedTuple):
    """A time of day and how it is written; `zone` is as written (`Z`, `+02:00`), or "" where none is named."""

    time: dt.time
    zone: str
    layout: str
    """For `str.format`, with `hour`, `minute`, `second` and `zone`."""

    def __str__(self) -> str:
        time = self.time
        return self.layout.format(hour=time.hour, minute=time.minute, second=time.second, zone=self.zone)


class WrittenDay(NamedTuple):
    """A day of the calendar, and a time of day behind it where there is one, with the style of their writing."""

    day: dt.date
    layout: str
    """For `str.format`, with `year`, `month`, `day` and the names of month and weekday."""
    clock: Clock | None = None
    casing: str = ""
    """"upper" or "lower" where names are written so."""

    def __str__(self) -> str:
        month, weekday = _MONTHS[self.day.month - 1], _WEEKDAYS[self.day.weekday()]
        written = self.layout.format(
            year=f"{self.day.year:04}",
            month=self.day.month,
            day=self.day.day,
            month_name=_cased(month, self.casing),
            month_short=_cased(month[:_SHORT], self.casing),
            weekday_name=_cased(weekday, self.casing),
            weekday_short=_cased(weekday[:_SHORT], self.casing),
        )
        return f"{written}{self.clock or ''}"

    def on(self, day: dt.date) -> "WrittenDay":
        """Another day, at the same time and in the same writing."""
        return self._replace(day=day)

    def at(self, time: dt.time, zone: str) -> "WrittenDay":
        """Another time of day of the same day; the zone is written with or without its colon, as it was."""
        if not self.clock:
            return self
        if self.clock.zone[:1] in {"+", "-"} and ":" not in self.clock.zone:
            zone = zone.replace(":", "")
        return self._replace(clock=self.clock._replace(time=time, zone=zone))


ISO = WrittenDay(dt.date(2000, 1, 1), "{year}-{month:02}-{day:02}")
"""The style for a day where there is none to go by (ISO 8601)."""


def read_day(text: str, *, day_first: bool | None = None) -> WrittenDay | None:
    """The day that a whole text names; None where it names none, or where two days could be meant.

    `05/06/2024` is two days to two readers: `day_first` says which one this writer means, if that is known. Between
    points the day comes first, since nobody writes `5.13.2024`. Names are English.
    """
    if not re.search(r"\d{4}", text):
        return None
    if found := re.fullmatch(_NUMBERS_YEAR_FIRST, text, re.ASCII):
        width = _width(found["month"], found["day"])
        sign = found["sign"]
        return _written(found, found["month"], f"{{year}}{sign}{{month{width}}}{sign}{{day{width}}}")
    if found := re.fullmatch(_NUMBERS_YEAR_LAST, text, re.ASCII):
        return _year_last(found, day_first)
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if found := re.fullmatch(pattern, text, _IN_WORDS):
            return _in_words(found, day_comes_first=pattern is _DAY_FIRST)
    return None


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """Whether days like `13/02/2024` are written with the day or the month first; None where no text tells."""
    for text in texts:
        found = re.fullmatch(_NUMBERS_YEAR_LAST, text, re.ASCII)
        if found and max(int(found["first"]), int(found["second_"])) > 12:
            return int(found["first"]) > 12
    return None


def could_be_two_days(text: str) -> bool:
    """Whether it is written like a day, but its day and its month cannot be told apart."""
    if not re.fullmatch(_NUMBERS_YEAR_LAST, text, re.ASCII):
        return False
    return not read_day(text) and bool(read_day(text, day_first=True))


def _year_last(found: re.Match[str], day_first: bool | None) -> WrittenDay | None:
    first, second, sign = found["first"], found["second_"], found["sign"]
    own = True if sign == "." else day_comes_first([found.group()])
    order = day_first if own is None else own
    if order is None:
        return None
    width = _width(first, second)
    day, month = (first, second) if order else (second, first)
    names = ("day", "month") if order else ("month", "day")
    layout = f"{{{names[0]}{width}}}{sign}{{{names[1]}{width}}}{sign}{{year}}"
    return _written(found, month, layout, day=day)


def _in_words(found: re.Match[str], *, day_comes_first: bool) -> WrittenDay | None:
    name = found["month"]
    is_short = len(name) <= len("Sept") and name.title() != "May" and name.title() not in _MONTHS
    number = next(at for at, month in enumerate(_MONTHS, 1) if month.startswith(name[:_SHORT].title()))
    month = ("{month_short}" if is_short or found["dot"] else "{month_name}") + found["dot"]
    day = "{day:02}" if found["day"].startswith("0") else "{day}"
    weekday = found["weekday"] or ""
    if weekday:
        weekday = ("{weekday_short}" if len(weekday) == _SHORT else "{weekday_name}") + found["comma"]
    pair = (day, month) if day_comes_first else (month, day)
    layout = f"{weekday}{pair[0]}{found['sign']}{pair[1]}{found['to_year']}{{year}}"
    casing = "upper" if name.isupper() else "lower" if name.islower() else ""
    return _written(found, str(number), layout, casing=casing)


def _written(
    found: re.Match[str], month: str, layout: str, *, day: str | None = None, casing: str = ""
) -> WrittenDay | None:
    try:
        date = dt.date(int(found["year"]), int(month), int(found["day"] if day is None else day))
        return WrittenDay(date, layout, _clock(found), casing)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> Clock | None:
    """Raises ValueError for a time that no day has."""
    if not found["gap"]:
        return None
    second = found["second"]
    hour = "{hour:02}" if len(found["hour"]) == 2 else "{hour}"
    seconds = f":{{second:02}}{found['fraction'] or ''}" if second else ""
    layout = f"{found['gap']}{hour}:{{minute:02}}{seconds}{found['zone_gap']}{{zone}}"
    return Clock(dt.time(int(found["hour"]), int(found["minute"]), int(second or 0)), found["zone"] or "", layout)


def _width(*numbers: str) -> str:
    """A format of two digits unless one of the numbers has but one."""
    return "" if any(len(number) == 1 for number in numbers) else ":02"


def _cased(name: str, casing: str) -> str:
    return name.upper() if casing == "upper" else name.lower() if casing == "lower" else name
