"""What a value says to a form, without a widget."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate

from editor.core.front_matter import Field, FieldKind, parse_front_matter
from editor.ui.field_values import can_open, can_show, doubt, expected_kind, read_date, summary, with_date


def field(written: str) -> Field:
    return parse_front_matter(f"---\n{written}\n---\n").fields[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2024-05-13", "2025-01-02"),
        ("2024-5-13", "2025-1-2"),
        ("2024/05/13", "2025/01/02"),
        ("2024-05-13T10:00:00+02:00", "2025-01-02T10:00:00+02:00"),
        ("2024-05-13 10:00", "2025-01-02 10:00"),
        ("13 May 2024", "2 January 2025"),
        ("May 13, 2024", "January 2, 2025"),
        ("soon", "2025-01-02"),
        ("", "2025-01-02"),
    ],
)
def test_another_day_is_written_as_the_file_writes_its_days(before: str, after: str) -> None:
    assert with_date(before, QDate(2025, 1, 2)) == after


@pytest.mark.parametrize("text", ["2024-02-31", "05/06/2024", "yesterday", "", "2024-05-13x"])
def test_what_is_no_day_or_could_be_two_is_not_read_as_one(text: str) -> None:
    assert read_date(text) is None


def test_a_name_that_asks_for_a_date_or_an_address_gets_one_before_it_has_a_value() -> None:
    assert expected_kind(field("date:")) is FieldKind.DATE
    assert expected_kind(field("published: May 2024")) is FieldKind.DATE
    assert expected_kind(field("affiliate_link:")) is FieldKind.URL
    assert expected_kind(field("title:")) is FieldKind.EMPTY
    assert expected_kind(field("date: 2024")) is FieldKind.NUMBER


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "mailto:a@example.org", "http://localhost:80"])
def test_web_and_mail_addresses_can_be_opened(address: str) -> None:
    assert can_open(address)
    assert not doubt(FieldKind.URL, address)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "https://", "example.org", "a b", "mailto:"]
)
def test_nothing_else_is_ever_opened(address: str) -> None:
    assert not can_open(address)
    assert doubt(FieldKind.URL, address)


def test_a_place_on_the_same_site_is_an_address_that_cannot_be_opened_from_here() -> None:
    assert not can_open("/go/magnesium")
    assert not doubt(FieldKind.URL, "/go/magnesium")


def test_nothing_is_said_against_a_value_that_is_still_empty() -> None:
    assert not doubt(FieldKind.DATE, "")
    assert not doubt(FieldKind.URL, "")


def test_lists_and_maps_read_as_one_line_however_deep_they_are() -> None:
    assert summary(["a", "b\nc"]) == "a, b c"
    assert summary({"name": "x", "sites": ["y", "z"]}) == "name: x, sites: y, z"
    assert summary([[[["deep"]]]]) == "…"
    assert len(summary("long " * 1000)) < 600


@pytest.mark.parametrize("value", ["\ufeffx", "a\rb", "a\u2029b", "a\ufdd0b", "a\ud800b"])
def test_a_value_that_a_widget_would_change_is_not_put_into_one(value: str) -> None:
    assert not can_show(value)
    assert can_show("a\u00a0b\u2028c 😀")
