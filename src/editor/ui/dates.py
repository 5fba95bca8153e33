"""Days and times as the writer's desktop writes them."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale


def day_and_time(when: datetime) -> str:
    """A moment by the local clock: `Today 14:02`, or with the day in the desktop's short form."""
    local = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
    locale = QLocale()
    clock = locale.toString(local.time(), QLocale.FormatType.ShortFormat)
    days = local.date().daysTo(QDateTime.currentDateTime().date())
    day = {0: "Today", 1: "Yesterday"}.get(days) or locale.toString(local.date(), QLocale.FormatType.ShortFormat)
    return f"{day} {clock}"


def today() -> date:
    """The day that it is by the local clock."""
    now = QDate.currentDate()
    return date(now.year(), now.month(), now.day())
