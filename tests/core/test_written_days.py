"""Days in every writing that tells one day, and another day written like them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.written_days import could_be_two_days, day_comes_first, read_day

WRITINGS = [
    ("2024-05-13", "2025-01-02"),
    ("2024-5-13", "2025-1-2"),
    ("2024/05/13", "2025/01/02"),
    ("2024.05.13", "2025.01.02"),
    ("13.05.2024", "02.01.2025"),
    ("13.5.2024", "2.1.2025"),
    ("13/05/2024", "02/01/2025"),
    ("05/13/2024", "01/02/2025"),
    ("13-05-2024", "02-01-2025"),
    ("13 May 2024", "2 January 2025"),
    ("13 Feb 2024", "2 Jan 2025"),
    ("1 Feb 2024", "2 Jan 2025"),
    ("01 Feb 2024", "02 Jan 2025"),
    ("13-Feb-2024", "2-Jan-2025"),
    ("13 Sept. 2024", "2 Jan. 2025"),
    ("13 FEB 2024", "2 JAN 2025"),
    ("13 february 2024", "2 january 2025"),
    ("May 13, 2024", "January 2, 2025"),
    ("Feb 13 2024", "Jan 2 2025"),
    ("Monday, 13 May 2024", "Thursday, 2 January 2025"),
    ("Mon, 13 Feb 2024", "Thu, 2 Jan 2025"),
    ("2024-05-13T10:00:00+02:00", "2025-01-02T10:00:00+02:00"),
    ("2024-05-13 10:00", "2025-01-02 10:00"),
    ("2024-05-13 9:00:00.250 Z", "2025-01-02 9:00:00.250 Z"),
    ("Mon, 13 May 2024 10:00:00 +0200", "Thu, 2 January 2025 10:00:00 +0200"),
]


@pytest.mark.parametrize(("before", "after"), WRITINGS)
def test_another_day_is_written_as_the_one_before(before: str, after: str) -> None:
    written = read_day(before)
    assert written
    assert str(written.on(dt.date(2025, 1, 2))) == after


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-31", "05/06/2024", "1-2-2024", "yesterday", "", "2024-05-13x", "13 Mai 2024", "2024-05-13 25:00",
        "2024-05", "5.13.2024", "99999-01-01", "2024-05/13", "0000-01-01", "May 2024", "٢٠٢٤-05-13",
    ],
)  # fmt: skip
def test_what_is_no_day_or_could_be_two_is_not_read_as_one(text: str) -> None:
    assert read_day(text) is None


def test_which_number_is_the_day_is_told_by_others_written_the_same_way() -> None:
    assert day_comes_first(["05/06/2024", "13/02/2024"]) is True
    assert day_comes_first(["02/13/2024"]) is False
    assert day_comes_first(["05/06/2024", "2024-05-13"]) is None
    assert could_be_two_days("05/06/2024")
    assert not could_be_two_days("13/06/2024")
    assert not could_be_two_days("35/46/2024")
    days = [read_day("05/06/2024", day_first=order) for order in (True, False)]
    assert [each and each.day for each in days] == [dt.date(2024, 6, 5), dt.date(2024, 5, 6)]
    assert str(days[1] and days[1].on(dt.date(2024, 12, 31))) == "12/31/2024"


@pytest.mark.parametrize(
    ("before", "zone", "after"),
    [
        ("2024-05-13T10:00:00+02:00", "-05:30", "2024-05-13T09:05:07-05:30"),
        ("2024-05-13 10:00:00 +0200", "-05:30", "2024-05-13 09:05:07 -0530"),
        ("2024-05-13 10:00", "", "2024-05-13 09:05"),
        ("2024-05-13 8:00", "", "2024-05-13 9:05"),
        ("2024-05-13T10:00Z", "Z", "2024-05-13T09:05Z"),
    ],
)
def test_another_time_and_zone_are_written_as_those_before(before: str, zone: str, after: str) -> None:
    written = read_day(before)
    assert written
    assert str(written.at(dt.time(9, 5, 7), zone)) == after


@given(st.dates(), st.sampled_from([before for before, _ in WRITINGS]), st.booleans())
def test_a_day_written_in_a_style_is_read_back_as_that_day(day: dt.date, style: str, order: bool) -> None:
    written = read_day(style)
    assert written
    text = str(written.on(day))
    order = day_comes_first([style]) if day_comes_first([style]) is not None else order
    again = read_day(text, day_first=order)
    assert again
    assert (again.day, str(again)) == (day, text)


@given(st.text("0123456789-/.:TZ +,MayFeb", max_size=24))
def test_a_day_as_it_would_be_written_is_the_day_that_was_read(text: str) -> None:
    written = read_day(text)
    again = written and read_day(str(written), day_first=day_comes_first([text]))
    assert (again and again.day) == (written and written.day)
