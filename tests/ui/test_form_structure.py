"""Fields added, renamed, moved and removed, groups, and what the folder asks for: only those lines change."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.forms import ARTICLE as QUOTED
from tests.ui.forms import CONTROL, SHIFT, Open, button, change, gone, learned, line, names, retype, sentences

from editor.core.front_matter import parse_front_matter
from editor.ui.dialogs.shortcuts import show_shortcuts
from editor.ui.front_matter_form import FrontMatterForm

TODAY = QDate.currentDate().toString(Qt.DateFormat.ISODate)
ARTICLE = """\
---
title: x   # what it is called
# the day
date: 2024-05-13
author:
  name: 'Jane'
  born: 1970
plain: words
---
Text
"""


def press(qtbot: QtBot, name: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), name, modifiers)


def new_name(form: FrontMatterForm) -> QLineEdit:
    return next(
        edit for edit in form.findChildren(QLineEdit) if edit.accessibleName().startswith("New name") and not gone(edit)
    )


# Names


def test_a_field_is_renamed_from_the_keyboard_and_keeps_focus_place_and_value(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    line(form, "Title").setFocus()
    press(qtbot, Qt.Key.Key_F2)
    assert (new_name(form).text(), new_name(form).hasFocus()) == ("title", True)
    qtbot.keyClicks(new_name(form), "headline")
    press(qtbot, Qt.Key.Key_Return)
    assert buffer.article.text == ARTICLE.replace("title:", "headline:")
    assert line(form, "Headline").hasFocus()
    assert list(buffer.history.labels()) == ["rename title"]
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert buffer.article.text == ARTICLE


def test_escape_renames_nothing_and_a_name_that_is_taken_is_refused(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    line(form, "Title").setFocus()
    press(qtbot, Qt.Key.Key_F2)
    qtbot.keyClicks(new_name(form), "other")
    press(qtbot, Qt.Key.Key_Escape)
    assert line(form, "Title").hasFocus()
    press(qtbot, Qt.Key.Key_F2)
    qtbot.keyClicks(new_name(form), "date")
    with qtbot.waitSignal(form.refused) as refused:
        press(qtbot, Qt.Key.Key_Return)
    assert "There is a field “date” already" in refused.args[0]
    assert buffer.article.text == ARTICLE


def test_a_name_in_a_group_is_renamed_by_a_double_click_and_taken_when_it_is_left(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    label = next(label for label in form.findChildren(QLabel) if label.text() == "Born" and not gone(label))
    qtbot.mouseDClick(label, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(new_name(form), "year")
    qtbot.keyClick(new_name(form), Qt.Key.Key_Tab)
    assert buffer.article.text == ARTICLE.replace("born:", "year:")


# Order


def test_a_field_is_moved_with_its_comment_by_keys_and_back_leaving_no_trace(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    line(form, "Date").setFocus()
    press(qtbot, Qt.Key.Key_Up, CONTROL | SHIFT)
    assert buffer.article.text.startswith("---\n# the day\ndate: 2024-05-13\ntitle: x   # what it is called\nauthor:")
    assert names(form)[:2] == ["Date", "Title"]
    assert line(form, "Date").hasFocus()
    press(qtbot, Qt.Key.Key_Up, CONTROL | SHIFT)
    press(qtbot, Qt.Key.Key_Down, CONTROL | SHIFT)
    assert buffer.article.text == ARTICLE
    assert list(buffer.history.labels()) == ["move date", "move date"]


def test_a_value_moves_within_its_group_only(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    line(form, "Author, Name").setFocus()
    press(qtbot, Qt.Key.Key_Up, CONTROL | SHIFT)
    assert buffer.article.text == ARTICLE
    press(qtbot, Qt.Key.Key_Down, CONTROL | SHIFT)
    assert buffer.article.text == ARTICLE.replace("  name: 'Jane'\n  born: 1970\n", "  born: 1970\n  name: 'Jane'\n")


def test_the_menu_of_a_row_lists_what_its_keys_do(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    line(form, "Plain").setFocus()
    more = next(each for each in form.findChildren(QToolButton) if each.accessibleName() == "What to do with Plain")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    menu = next(menu for menu in form.findChildren(QMenu) if menu.isVisible())
    entries = {action.text().replace("&", ""): action for action in menu.actions() if action.isVisible()}
    assert [title for title in entries if title] == [
        "Rename…", "Move Up", "Move Down", "Show in Text", "Remove “Plain”",
    ]  # fmt: skip
    assert not entries["Move Down"].isEnabled()
    entries["Remove “Plain”"].trigger()
    menu.close()
    assert buffer.article.text == ARTICLE.replace("plain: words\n", "")


def test_the_shortcuts_page_lists_the_keys_of_a_field_and_of_a_list(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    shown = [label.text() for label in show_shortcuts(window).findChildren(QLabel)]
    for title, keys in (("Rename", "F2"), ("Move Down", "Ctrl+Shift+Down"), ("Move Left", "Ctrl+Left")):
        assert (title, keys) in list(pairwise(shown))


# Groups


def test_a_value_in_a_group_is_typed_added_and_removed_in_its_place(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    assert names(form) == ["Title", "Date", "Author, Name", "Author, Born", "Plain"]
    assert "2 values" in sentences(form)
    name = line(form, "Author, Name")
    qtbot.keyClicks(name, "!")
    text = ARTICLE.replace("'Jane'", "'Jane!'")
    assert buffer.article.text in {text, ARTICLE.replace("'Jane'", "'!Jane'")}
    buffer.undo()
    qtbot.mouseClick(button(form, "Add value"), Qt.MouseButton.LeftButton)
    assert names(form)[4:6] == ["Name of the new field in Author", "Value of the new field in Author"]
    qtbot.keyClicks(QApplication.focusWidget(), "site")
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "a")
    press(qtbot, Qt.Key.Key_Return)
    assert buffer.article.text == ARTICLE.replace("1970\n", "1970\n  site: a\n")
    assert line(form, "Author, Site").hasFocus()
    press(qtbot, Qt.Key.Key_Delete, CONTROL | SHIFT)
    assert buffer.article.text == ARTICLE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '+++\nday = 2024-05-13 # c\n[author]\nname = "Jane"\nborn = 1970\n+++\n',
            '+++\nday = 2024-05-13 # c\n[author]\nname = "Jo"\nborn = 1971\nsite = "a"\n+++\n',
        ),
        (
            '{\n  "day": "2024-05-13",\n  "author": { "name": "Jane", "born": 1970 }\n}\n',
            '{\n  "day": "2024-05-13",\n  "author": { "name": "Jo", "born": 1971, "site": "a" }\n}\n',
        ),
    ],
    ids=["toml", "json"],
)
def test_groups_of_toml_and_json_are_filled_in_alike(opened: Open, qtbot: QtBot, before: str, after: str) -> None:
    buffer, form = opened(before)
    assert names(form) == ["Day", "Author, Name", "Author, Born"]
    retype(qtbot, line(form, "Author, Name"), "Jo")
    line(form, "Author, Born").setFocus()
    press(qtbot, Qt.Key.Key_Up)
    qtbot.mouseClick(button(form, "Add value"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(QApplication.focusWidget(), "site")
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "a")
    press(qtbot, Qt.Key.Key_Return)
    assert buffer.article.text == after
    while buffer.history.undo_label:
        buffer.undo()
    assert buffer.article.text == before


def test_a_number_in_a_group_stays_one_as_it_is_stepped(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    born = line(form, "Author, Born")
    born.setFocus()
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Down)
    assert buffer.article.text == ARTICLE.replace("1970", "1971")
    assert list(buffer.history.labels()) == ["edit born"]


# Adding and removing


def test_a_field_is_added_at_the_end_from_the_keyboard(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(QUOTED)
    qtbot.keyClick(button(form, "Add field"), Qt.Key.Key_Space)
    name = line(form, "Name of the new field")
    assert name.hasFocus()
    qtbot.keyClicks(name, "lang")
    qtbot.keyClick(name, Qt.Key.Key_Tab)
    value = line(form, "Value of the new field")
    assert value.hasFocus()
    qtbot.keyClicks(value, "en")
    qtbot.keyClick(value, Qt.Key.Key_Return)
    assert buffer.article.text == QUOTED.replace("plain: words\r\n", "plain: words\r\nlang: en\r\n")
    assert gone(name)
    assert line(form, "Lang").hasFocus()
    assert list(buffer.history.labels()) == ["add lang"]


def test_a_name_that_is_taken_is_refused_and_can_be_put_right(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(QUOTED)
    qtbot.mouseClick(button(form, "Add field"), Qt.MouseButton.LeftButton)
    name = line(form, "Name of the new field")
    qtbot.keyClicks(name, "date")
    with qtbot.waitSignal(form.refused) as refused:
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert refused.args == ["There is a field “date” already, on line 4.", 4]
    assert name.property("invalid")
    qtbot.keyClick(name, Qt.Key.Key_S)
    assert not name.property("invalid")
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert gone(name)
    assert buffer.article.text == QUOTED


def test_a_field_is_removed_from_the_keyboard_with_its_line_and_the_next_gets_the_focus(
    opened: Open, qtbot: QtBot
) -> None:
    buffer, form = opened(QUOTED)
    date = line(form, "Date")
    date.setFocus()
    qtbot.keyClick(date, Qt.Key.Key_Delete, CONTROL | SHIFT)
    assert buffer.article.text == QUOTED.replace("date: 2024-05-13\r\n", "")
    assert line(form, "Affiliate link").hasFocus()
    qtbot.keyClick(line(form, "Affiliate link"), Qt.Key.Key_Z, CONTROL)
    assert buffer.article.text == QUOTED


# Fields that are not there yet


def test_names_are_suggested_with_the_reason_and_come_with_a_value(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened("---\ntitle: x\n---\n")
    form.learn(learned("stage: draft", "stage: done", settings="[front_matter.template]\nlang = 'en'\n"))
    form.open_add_row()
    name = line(form, "Name of the new field")
    popup = name.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    offered = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert offered[:4] == ["lang", "stage", "description", "date"]
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    value = line(form, "Value of the new field")
    assert (name.text(), value.text(), value.hasFocus()) == ("lang", "en", True)
    qtbot.keyClick(value, Qt.Key.Key_Return)
    assert buffer.article.text == "---\ntitle: x\nlang: en\n---\n"


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("tags", "sleep, deep rest", "tags: [sleep, deep rest]"),
        ("tags", "", "tags: []"),
        ("topics", "a1", "topics: [a1]"),
        ("draft", "true", "draft: true"),
        ("date", None, f"date: {TODAY}"),
        ("slug", "1984", "slug: 1984"),
        ("title", "1984", 'title: "1984"'),
    ],
)
def test_a_new_field_is_of_the_kind_that_its_name_has_elsewhere(
    opened: Open, qtbot: QtBot, name: str, value: str | None, written: str
) -> None:
    buffer, form = opened("---\nother: x\n---\n")
    form.learn(learned("topics: [a]"))
    form.open_add_row()
    qtbot.keyClicks(line(form, "Name of the new field"), name)
    if value is not None:
        qtbot.keyClicks(line(form, "Value of the new field"), value)
    qtbot.keyClick(line(form, "Value of the new field"), Qt.Key.Key_Return)
    assert buffer.article.text == f"---\nother: x\n{written}\n---\n"


def test_a_list_can_be_the_first_field_of_all(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened("Text")
    form.open_add_row()
    qtbot.keyClicks(line(form, "Name of the new field"), "tags")
    qtbot.keyClicks(line(form, "Value of the new field"), "a1, b2")
    qtbot.keyClick(line(form, "Value of the new field"), Qt.Key.Key_Return)
    assert buffer.article.text == "---\ntags: [a1, b2]\n---\nText"


def test_a_required_field_that_is_missing_has_a_row_and_is_there_with_its_first_letter(
    opened: Open, qtbot: QtBot
) -> None:
    text = "---\ntitle: x\n---\nText"
    buffer, form = opened(text)
    form.learn(learned(settings="[front_matter]\nrequired = ['title', 'lang', 'tags']\n"))
    lang = line(form, "Lang")
    assert (names(form), lang.placeholderText()) == (["Title", "Lang", "Tags"], "Required")
    lang.setFocus()
    qtbot.keyClicks(lang, "en")
    assert buffer.article.text == text.replace("x\n", "x\nlang: en\n")
    assert (line(form, "Lang"), lang.hasFocus(), list(buffer.history.labels())) == (lang, True, ["edit lang"])
    for _ in "en":
        qtbot.keyClick(lang, Qt.Key.Key_Backspace)
    assert buffer.article.text == text
    qtbot.keyClicks(lang, "fr")
    tags = line(form, "Tags")
    tags.setFocus()
    qtbot.keyClicks(tags, "ab,")
    assert buffer.article.text == text.replace("x\n", "x\nlang: fr\ntags: [ab]\n")
    while buffer.history.undo_label:
        buffer.undo()
    assert buffer.article.text == text


def test_the_folders_template_begins_new_front_matter_as_one_step(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened("# Sleep\n")
    form.learn(
        learned(
            settings="[front_matter.template]\ntitle = ''\ndate = 'today'\ndraft = true\ntags = []\nnote = 'today'\n"
        )
    )
    qtbot.mouseClick(button(form, "Add the template"), Qt.MouseButton.LeftButton)
    assert buffer.article.text == (
        f"---\ntitle: Sleep\ndate: {TODAY}\ndraft: true\ntags: []\nnote: today\n---\n# Sleep\n"
    )
    buffer.undo()
    assert buffer.article.text == "# Sleep\n"


def test_what_is_wrong_with_the_folders_settings_is_said_quietly(opened: Open, qtbot: QtBot) -> None:
    _, form = opened(ARTICLE)
    form.learn(learned(settings="[front_matter]\n\nrequird = []\n"))
    assert "“stet.toml”, line 3: “requird” is no setting of [front_matter]." in sentences(form)
    form.learn(learned())
    assert "stet.toml" not in sentences(form)


def test_rows_are_kept_while_what_is_typed_or_learned_leaves_the_fields_the_same(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    before = [id(edit) for edit in form.findChildren(QLineEdit)]
    change(buffer, "Text", "Other text")
    qtbot.keyClicks(line(form, "Plain"), "abc")
    form.learn(learned("plain: a"))
    assert [id(edit) for edit in form.findChildren(QLineEdit)] == before
    assert parse_front_matter(buffer.article.text).value_at(("plain",)) != "words"
