"""The widget that fits a field, through real keys: what is written keeps the type and the writing that the file has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QPoint, Qt, QTime
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QMenu, QPlainTextEdit, QTimeEdit
from pytestqt.qtbot import QtBot
from tests.ui.forms import ALT, CONTROL, SHIFT, Open, change, gone, learned, line, long_text, retype, sentences

from editor.ui.day_popup import DayPopup
from editor.ui.front_matter_form import FrontMatterForm


def of(*fields: str) -> str:
    return "\n".join(("---", *fields, "---", "Text"))


def open_days(qtbot: QtBot, form: FrontMatterForm, edit: QLineEdit) -> DayPopup:
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Down, ALT)
    return next(popup for popup in form.findChildren(DayPopup) if popup.isVisible())


def count_beside(form: FrontMatterForm) -> list[str]:
    return [label.text() for label in form.findChildren(QLabel) if "/" in label.text() and not gone(label)]


DATED = "---\r\ndate: 2024-05-13\r\naffiliate_link: 'https://example.org/a'\r\n---\r\nText"


# Days


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("day: 2024-02-01", "day: 2024-02-02"),
        ("day: '2024-02-01'  # c", "day: '2024-02-02'  # c"),
        ("day: 1 Feb 2024", "day: 2 Feb 2024"),
        ('day: "February 1, 2024"', 'day: "February 2, 2024"'),
        ("day: 29/02/2024", "day: 01/03/2024"),
        ("day: 2024/02/01", "day: 2024/02/02"),
        ("day: 2024-02-01T10:30:00+02:00", "day: 2024-02-02T10:30:00+02:00"),
    ],
)
def test_a_day_that_is_picked_is_written_in_the_style_and_the_quotes_of_the_one_before(
    opened: Open, qtbot: QtBot, before: str, after: str
) -> None:
    buffer, form = opened(of(before))
    popup = open_days(qtbot, form, line(form, "Day"))
    qtbot.keyClick(popup.calendar.focusProxy() or popup.calendar, Qt.Key.Key_Right)
    qtbot.keyClick(popup.calendar.focusProxy() or popup.calendar, Qt.Key.Key_Return)
    assert buffer.article.text == of(after)
    assert list(buffer.history.labels()) == ["edit day"]
    buffer.undo()
    assert buffer.article.text == of(before)


def test_time_and_zone_are_picked_below_the_month(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(of("day: 2024-02-01 10:30:00 +0200"))
    popup = open_days(qtbot, form, line(form, "Day"))
    time, zone = popup.findChild(QTimeEdit), popup.findChild(QComboBox)
    assert (time.time(), zone.currentText(), time.accessibleName(), zone.accessibleName()) == (
        QTime(10, 30), "+0200", "Time of day", "Time zone",
    )  # fmt: skip
    time.setTime(QTime(9, 5))
    zone.setCurrentText("-05:00")
    popup.calendar.activated.emit(QDate(2024, 2, 1))
    assert buffer.article.text == of("day: 2024-02-01 09:05:00 -0500")


def test_a_day_that_could_be_two_is_said_to_be_until_the_folder_tells(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(of("date: 01/02/2024"))
    assert "cannot be told apart" in sentences(form)
    form.learn(learned("date: 25/12/2023"))
    assert "cannot be told apart" not in sentences(form)
    popup = open_days(qtbot, form, line(form, "Date"))
    assert popup.calendar.selectedDate() == QDate(2024, 2, 1)
    popup.calendar.clicked.emit(QDate(2024, 2, 3))
    assert buffer.article.text == of("date: 03/02/2024")


def test_a_day_where_there_was_none_is_written_as_the_folder_writes_it(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(of("date:"))
    form.learn(learned("date: 3 Feb 2024"))
    open_days(qtbot, form, line(form, "Date")).calendar.clicked.emit(QDate(2024, 5, 6))
    assert buffer.article.text == of("date: 6 May 2024")


def test_half_a_date_is_marked_at_once_and_said_when_the_field_is_left(opened: Open, qtbot: QtBot) -> None:
    _, form = opened(of("date: 2024-02-01", "other: x"))
    date = line(form, "Date")
    retype(qtbot, date, "2024-02")
    assert date.property("invalid")
    assert "does not read as a date" not in sentences(form)
    qtbot.keyClick(date, Qt.Key.Key_Tab)
    assert "does not read as a date" in sentences(form)


def test_a_day_is_chosen_from_the_calendar_with_the_keyboard(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(DATED.replace("2024-05-13", "2024-05-13 10:00"))
    date = line(form, "Date")
    date.setFocus()
    qtbot.keyClick(date, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = form.findChild(DayPopup).calendar
    assert calendar.selectedDate() == QDate(2024, 5, 13)
    grid = calendar.focusProxy() or calendar
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert buffer.article.text == DATED.replace("2024-05-13", "2024-05-14 10:00")
    assert list(buffer.history.labels()) == ["edit date"]


def test_escape_closes_the_calendar_and_changes_nothing(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(DATED)
    date = line(form, "Date")
    date.setFocus()
    qtbot.keyClick(date, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not date.hasFocus())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: form.findChild(DayPopup) is None)
    qtbot.waitUntil(date.hasFocus)
    assert buffer.article.text == DATED


# Yes and no, choices, numbers


@pytest.mark.parametrize(
    ("before", "after"),
    [("true # c", "false # c"), ("No", "Yes"), ("on", "off")],
)
def test_yes_and_no_are_switched_in_the_words_of_the_file(opened: Open, qtbot: QtBot, before: str, after: str) -> None:
    buffer, form = opened(of(f"draft: {before}"))
    box = next(box for box in form.findChildren(QCheckBox) if box.accessibleName() == "Draft")
    assert box.text() == before.split(maxsplit=1)[0]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert (buffer.article.text, box.text()) == (of(f"draft: {after}"), after.split(maxsplit=1)[0])
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert buffer.article.text == of(f"draft: {before}")
    assert list(buffer.history.labels()) == ["edit draft", "edit draft"]


def test_a_text_that_reads_no_stays_quoted_text(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(of("x: 'no'"))
    retype(qtbot, line(form, "X"), "yes")
    assert buffer.article.text == of("x: 'yes'")


def test_a_choice_is_picked_from_what_the_folder_has_or_typed_as_anything(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(of("stage: draft"))
    form.learn(learned(*["stage: draft"] * 3, "stage: in review & more"))
    stage = line(form, "Stage")
    stage.setFocus()
    qtbot.keyClick(stage, Qt.Key.Key_Down, ALT)
    menu = next(menu for menu in stage.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()] == ["draft", "in review && more"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert buffer.article.text == of("stage: in review & more")
    retype(qtbot, stage, "done")
    assert buffer.article.text == of("stage: done")


def test_what_could_be_switched_but_is_empty_is_chosen(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(of("draft:", "other: x"))
    draft = line(form, "Draft")
    draft.setFocus()
    qtbot.keyClick(draft, Qt.Key.Key_Down, ALT)
    menu = next(menu for menu in draft.findChildren(QMenu) if menu.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    assert buffer.article.text == of("draft: true", "other: x")
    qtbot.keyClick(draft, Qt.Key.Key_Tab)
    assert form.findChild(QCheckBox).isChecked()


def test_a_number_that_becomes_text_says_so(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(of("weight: 12", "other: x"))
    weight = line(form, "Weight")
    retype(qtbot, weight, "1.50")
    assert buffer.article.text == of("weight: 1.50", "other: x")
    retype(qtbot, weight, "a lot")
    assert buffer.article.text == of("weight: a lot", "other: x")
    assert "It was a number" in weight.accessibleDescription()
    retype(qtbot, weight, "12")
    assert buffer.article.text == of("weight: 12", "other: x")
    assert not weight.accessibleDescription()


# Addresses


def test_an_address_is_opened_by_its_key_and_only_when_it_is_one(opened: Open, qtbot: QtBot) -> None:
    _, form = opened(DATED)
    link = line(form, "Affiliate link")
    link.setFocus()
    with qtbot.waitSignal(form.link_activated) as activated:
        qtbot.keyClick(link, Qt.Key.Key_Return, CONTROL)
    assert activated.args == ["https://example.org/a"]
    retype(qtbot, link, "javascript:alert(1)")
    assert link.property("invalid")
    with qtbot.assertNotEmitted(form.link_activated):
        qtbot.keyClick(link, Qt.Key.Key_Return, CONTROL)


def test_an_address_opens_on_a_click_with_control_and_not_without(opened: Open, qtbot: QtBot) -> None:
    _, form = opened(of("url: https://example.org/a"))
    url = line(form, "Url")
    with qtbot.assertNotEmitted(form.link_activated):
        qtbot.mouseClick(url, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    with qtbot.waitSignal(form.link_activated) as activated:
        qtbot.mouseClick(url, Qt.MouseButton.LeftButton, CONTROL, QPoint(20, 10))
    assert activated.args == ["https://example.org/a"]


def test_an_affiliate_link_says_what_it_is_and_whether_readers_are_told(opened: Open, qtbot: QtBot) -> None:
    text = "---\naffiliate_link: https://example.org/a\n---\nBuy [it](https://example.org/a).\n"
    buffer, form = opened(text)
    qtbot.waitUntil(lambda: "first used on line 4, not disclosed in the text" in sentences(form))
    change(buffer, "Buy", "These are affiliate links.\n\nBuy")
    qtbot.waitUntil(lambda: "first used on line 6, disclosed on line 4" in sentences(form))
    assert "Pays you when readers buy" in line(form, "Affiliate link").accessibleDescription()


# Long text, and how much of it search results show


def test_a_title_is_counted_as_search_results_cut_it(opened: Open, qtbot: QtBot) -> None:
    _, form = opened(of("title: Short", "other: x"))
    line(form, "Other").setFocus()
    assert count_beside(form) == []
    title = line(form, "Title")
    title.setFocus()
    assert count_beside(form) == ["5/60"]
    retype(qtbot, title, "W" * 40)
    (label,) = [label for label in form.findChildren(QLabel) if label.text() == "40/60"]
    assert label.property("class") == "warning"
    assert "Search results cut its end: 40 of about 60 characters, 755 of 580 px." in sentences(form)
    assert "cut its end" in title.accessibleDescription()
    qtbot.keyClick(title, Qt.Key.Key_Tab)
    retype(qtbot, title, "Short")
    qtbot.keyClick(title, Qt.Key.Key_Tab)
    assert count_beside(form) == []


def test_a_description_is_long_text_that_can_be_typed_as_a_line_and_is_counted_when_nearly_full(
    opened: Open, qtbot: QtBot
) -> None:
    buffer, form = opened(of(f"description: {'word ' * 29}end"))
    assert count_beside(form) == ["148/160"]
    long_text(form, "Description").setFocus()
    qtbot.keyClick(long_text(form, "Description"), Qt.Key.Key_M, CONTROL | SHIFT)
    edit = line(form, "Description")
    assert edit.hasFocus()
    qtbot.keyClick(edit, Qt.Key.Key_End)
    qtbot.keyClicks(edit, "s")
    assert buffer.article.text == of(f"description: {'word ' * 29}ends")
    qtbot.keyClick(edit, Qt.Key.Key_M, CONTROL | SHIFT)
    assert long_text(form, "Description").hasFocus()


def test_long_text_is_as_high_as_its_lines(opened: Open, qtbot: QtBot) -> None:
    _, form = opened(of("short: |", "  one", "long: |", *["  line"] * 5, "longest: |", *["  line"] * 50))
    QApplication.processEvents()
    heights = [long_text(form, name).height() for name in ("Short", "Long", "Longest")]
    assert heights == sorted(set(heights))
    scrolls = [bool(long_text(form, name).verticalScrollBar().maximum()) for name in ("Short", "Long", "Longest")]
    assert scrolls == [False, False, True]
    assert all(isinstance(edit, QPlainTextEdit) for edit in form.findChildren(QPlainTextEdit))
