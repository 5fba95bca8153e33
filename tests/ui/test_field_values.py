"""What a value says to a form, without a widget."""

from __future__ import annotations

import pytest

from editor.core.field_kinds import FieldKind
from editor.ui.field_values import can_open, can_show, doubt, label_of, stepped, summary


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


def test_a_date_that_is_none_or_could_be_two_is_doubted_in_words_that_help() -> None:
    assert "as 2024-05-13" in doubt(FieldKind.DATE, "soon")
    assert "cannot be told apart" in doubt(FieldKind.DATE, "01/02/2024")
    assert not doubt(FieldKind.DATE, "01/02/2024", day_first=True)
    assert not doubt(FieldKind.DATE_TIME, "2024-05-13 10:00")


def test_nothing_is_said_against_a_value_that_is_still_empty() -> None:
    assert not doubt(FieldKind.DATE, "")
    assert not doubt(FieldKind.URL, "")


@pytest.mark.parametrize(
    ("number", "by", "then"),
    [
        ("9", 1, "10"), ("-1", 1, "0"), ("1.10", -1, "0.10"), ("1.5", 10, "11.5"), ("0x1F", 1, None), ("1e3", 1, None),
        ("9" * 31, 1, None), ("", 1, None),
    ],
)  # fmt: skip
def test_a_number_is_stepped_in_its_own_writing(number: str, by: int, then: str | None) -> None:
    assert stepped(number, by) == then


def test_lists_and_maps_read_as_one_line_however_deep_they_are() -> None:
    assert summary(["a", "b\nc"]) == "a, b c"
    assert summary({"name": "x", "sites": ["y", "z"]}) == "name: x, sites: y, z"
    assert summary([[[["deep"]]]]) == "…"
    assert len(summary("long " * 1000)) < 600


def test_a_name_reads_as_a_label() -> None:
    assert [label_of(key) for key in ("affiliate_link", "a-b", "_")] == ["Affiliate link", "A b", "_"]


@pytest.mark.parametrize("value", ["\ufeffx", "a\rb", "a\u2029b", "a\ufdd0b", "a\ud800b"])
def test_a_value_that_a_widget_would_change_is_not_put_into_one(value: str) -> None:
    assert not can_show(value)
    assert can_show("a\u00a0b\u2028c 😀")
