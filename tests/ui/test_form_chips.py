"""Lists as chips, through real keys: what changes in the text is that item."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.forms import CONTROL, Open, change, learned, line

from editor.core.front_matter import parse_front_matter
from editor.ui.front_matter_form import FrontMatterForm

ARTICLE = "---\r\ntags: [sleep, 'deep rest', light]  # three\r\nother: 1\r\n---\r\nText"


def chips(form: FrontMatterForm) -> list[QPushButton]:
    QApplication.processEvents()
    found = [each for each in form.findChildren(QPushButton) if each.property("class") == "chip" and each.isVisible()]
    return sorted(found, key=lambda chip: (chip.y(), chip.x()))


def texts(form: FrontMatterForm) -> list[str]:
    return [chip.text() for chip in chips(form)]


def entry(form: FrontMatterForm) -> QLineEdit:
    return line(form, "Tags")


def key(qtbot: QtBot, name: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    qtbot.keyClick(focused, name, modifiers)


def test_an_item_is_in_the_text_as_it_is_typed_and_return_makes_it_a_chip(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    assert texts(form) == ["sleep", "deep rest", "light"]
    entry(form).setFocus()
    qtbot.keyClicks(entry(form), "iron")
    assert buffer.article.text == ARTICLE.replace("light]", "light, iron]")
    assert texts(form) == ["sleep", "deep rest", "light"]
    qtbot.keyClick(entry(form), Qt.Key.Key_Return)
    assert (texts(form)[-1], entry(form).text(), entry(form).hasFocus()) == ("iron", "", True)
    assert list(buffer.history.labels()) == ["edit tags"]
    key(qtbot, Qt.Key.Key_Z, CONTROL)
    assert (buffer.article.text, len(texts(form))) == (ARTICLE, 3)


def test_a_comma_ends_an_item_and_so_does_leaving_the_field(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    entry(form).setFocus()
    qtbot.keyClicks(entry(form), "a1,b2")
    assert texts(form)[3:] == ["a1"]
    qtbot.keyClick(entry(form), Qt.Key.Key_Tab)
    assert texts(form)[3:] == ["a1", "b2"]
    assert buffer.article.text == ARTICLE.replace("light]", "light, a1, b2]")
    assert list(buffer.history.labels()) == ["edit tags", "edit tags"]


@pytest.mark.parametrize("text", [ARTICLE, "---\ntags:\n---\n", "---\ntags: []\n---\n"])
def test_a_comma_alone_and_blanks_are_no_item(opened: Open, qtbot: QtBot, text: str) -> None:
    buffer, form = opened(text)
    entry(form).setFocus()
    for typed in (",", " ", ",", " , "):
        qtbot.keyClicks(entry(form), typed)
    qtbot.keyClick(entry(form), Qt.Key.Key_Tab)
    assert (buffer.article.text, entry(form).text()) == (text, "")


def test_a_list_that_is_pasted_is_added_as_one_step(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    entry(form).setFocus()
    QApplication.clipboard().setText("one, two\nthree: 3,")
    qtbot.keyClick(entry(form), Qt.Key.Key_V, CONTROL)
    assert parse_front_matter(buffer.article.text).value_at(("tags",)) == [
        "sleep", "deep rest", "light", "one", "two", "three: 3",
    ]  # fmt: skip
    assert (entry(form).text(), list(buffer.history.labels())) == ("", ["add to tags"])
    buffer.undo()
    assert buffer.article.text == ARTICLE


def test_the_keyboard_alone_goes_to_a_chip_and_removes_moves_and_edits_it(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    entry(form).setFocus()
    key(qtbot, Qt.Key.Key_Left)
    key(qtbot, Qt.Key.Key_Left)
    assert chips(form)[1].hasFocus()
    key(qtbot, Qt.Key.Key_Left, CONTROL)
    assert buffer.article.text == ARTICLE.replace("sleep, 'deep rest'", "'deep rest', sleep")
    assert chips(form)[0].hasFocus()
    key(qtbot, Qt.Key.Key_F2)
    assert entry(form).selectedText() == "deep rest"
    qtbot.keyClicks(entry(form), "rest")
    key(qtbot, Qt.Key.Key_Return)
    assert buffer.article.text == ARTICLE.replace("sleep, 'deep rest'", "'rest', sleep")
    assert texts(form) == ["rest", "sleep", "light"]
    key(qtbot, Qt.Key.Key_Backspace)
    key(qtbot, Qt.Key.Key_Delete)
    assert buffer.article.text == ARTICLE.replace("sleep, 'deep rest', light", "'rest', sleep")
    for _ in range(3):
        key(qtbot, Qt.Key.Key_Z, CONTROL)
    assert buffer.article.text == ARTICLE


def test_an_item_that_is_emptied_goes_and_a_key_on_a_chip_types_a_new_one(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    qtbot.mouseDClick(chips(form)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(entry(form).hasFocus)
    assert entry(form).x() < chips(form)[0].x()
    key(qtbot, Qt.Key.Key_Delete)
    key(qtbot, Qt.Key.Key_Return)
    assert buffer.article.text == ARTICLE.replace("sleep, ", "")
    key(qtbot, Qt.Key.Key_Left)
    qtbot.keyClicks(QApplication.focusWidget(), "x1")
    assert buffer.article.text == ARTICLE.replace("sleep, ", "").replace("light]", "light, x1]")


def test_a_block_list_gets_its_new_items_as_lines_of_their_own(opened: Open, qtbot: QtBot) -> None:
    text = "---\ntags:\n  - sleep # first\n\nother: 1\n---\n"
    buffer, form = opened(text)
    qtbot.keyClicks(entry(form), "iron")
    assert buffer.article.text == text.replace("first\n", "first\n  - iron\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntags:\n---\n", "---\ntags: [ab]\n---\n"),
        ("---\ntags: []\n---\n", "---\ntags: [ab]\n---\n"),
        ("+++\ntags = []\n+++\n", '+++\ntags = ["ab"]\n+++\n'),
        ('{\n  "tags": ["x"]\n}\n', '{\n  "tags": ["x", "ab"]\n}\n'),
    ],
)
def test_a_list_is_begun_and_continued_in_each_language(opened: Open, qtbot: QtBot, before: str, after: str) -> None:
    buffer, form = opened(before)
    qtbot.keyClicks(entry(form), "ab")
    assert buffer.article.text == after
    for _ in "ab":
        qtbot.keyClick(entry(form), Qt.Key.Key_Backspace)
    assert buffer.article.text == before


def test_items_that_the_folder_knows_are_suggested(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    form.learn(learned("tags: [magnesium, sleep]", "tags: [magnesium]"))
    entry(form).setFocus()
    qtbot.keyClicks(entry(form), "gne")
    popup = entry(form).completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() == 1
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert texts(form)[-1] == "magnesium"
    assert buffer.article.text == ARTICLE.replace("light]", "light, magnesium]")
    assert list(buffer.history.labels()) == ["edit tags"]


def test_an_item_being_typed_is_kept_when_the_list_changes_elsewhere(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    entry(form).setFocus()
    qtbot.keyClicks(entry(form), "iro")
    change(buffer, ", light, iro]", "]")
    assert entry(form).text() == "iro"
    qtbot.keyClicks(entry(form), "n")
    qtbot.keyClick(entry(form), Qt.Key.Key_Tab)
    assert parse_front_matter(buffer.article.text).value_at(("tags",)) == ["sleep", "deep rest", "iron"]


def test_a_chip_says_what_it_is_and_has_a_menu_of_what_can_be_done(opened: Open, qtbot: QtBot) -> None:
    _, form = opened(ARTICLE.replace("light", "<b>x & y</b>"))
    chip = chips(form)[2]
    assert (chip.text(), chip.accessibleName()) == ("<b>x && y</b>", "<b>x & y</b>, item 3 of 3")
    chip.customContextMenuRequested.emit(chip.rect().center())
    menu = chip.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["&Edit", "Move &Left", "Move &Right", "&Remove"]
    menu.actions()[3].trigger()
    menu.close()
    assert texts(form) == ["sleep", "deep rest"]
    form.set_read_only("It is locked.")
    qtbot.keyClick(chips(form)[0], Qt.Key.Key_Delete)
    assert texts(form) == ["sleep", "deep rest"]
    assert entry(form).isReadOnly()
