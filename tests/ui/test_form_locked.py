"""What the form says where there is nothing to edit, or where it may not be edited."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot
from tests.ui.forms import ARTICLE, CONTROL, SHIFT, Open, button, change, line, names, sentences

from editor.core.front_matter import parse_front_matter
from editor.ui.day_popup import DayPopup


def test_an_article_without_front_matter_is_offered_one_as_a_single_step(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened("# Sleep: a study\n\nText\n")
    assert "This article has no front matter." in sentences(form)
    qtbot.mouseClick(button(form, "Add title and date"), Qt.MouseButton.LeftButton)
    fields = parse_front_matter(buffer.article.text).fields
    assert [(field.key, field.value) for field in fields] == [
        ("title", "Sleep: a study"),
        ("date", QDate.currentDate().toString(Qt.DateFormat.ISODate)),
    ]
    assert buffer.article.text.endswith("---\n# Sleep: a study\n\nText\n")
    assert line(form, "Title").hasFocus()
    buffer.undo()
    assert buffer.article.text == "# Sleep: a study\n\nText\n"


def test_broken_front_matter_is_read_only_with_the_reason_until_it_is_put_right(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened("---\nlang: en\ntitle: a: b\n---\nText")
    assert "cannot be read from line 3" in sentences(form)
    assert names(form) == ["Lang"]
    qtbot.keyClicks(line(form, "Lang"), "x")
    assert buffer.article.text == "---\nlang: en\ntitle: a: b\n---\nText"
    with qtbot.waitSignal(form.shown_in_text) as shown:
        qtbot.mouseClick(button(form, "Show in text"), Qt.MouseButton.LeftButton)
    assert shown.args == [3]
    change(buffer, "a: b", "a b")
    assert names(form) == ["Lang", "Title"]
    assert not line(form, "Title").isReadOnly()


def test_a_locked_text_says_why_and_cannot_be_edited_here(opened: Open, qtbot: QtBot) -> None:
    buffer, form = opened(ARTICLE)
    form.set_read_only("It is not UTF-8 from line 9 on.")
    assert "It is not UTF-8 from line 9 on." in sentences(form)
    title = line(form, "Title")
    title.setFocus()
    qtbot.keyClicks(title, "x")
    qtbot.keyClick(title, Qt.Key.Key_Delete, CONTROL | SHIFT)
    qtbot.keyClick(line(form, "Date"), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert form.findChild(DayPopup) is None
    assert not button(form, "Add field").isEnabled()
    assert buffer.article.text == ARTICLE
    form.set_read_only("")
    qtbot.keyClicks(title, "x")
    assert buffer.article.text != ARTICLE


def test_front_matter_of_thousands_of_fields_shows_the_first_and_the_way_to_the_others(
    opened: Open, qtbot: QtBot
) -> None:
    _, form = opened("---\n" + "".join(f"k{number}: x\n" for number in range(3000)) + "---\n")
    assert len(names(form)) == 100
    assert "2,900 more fields are only in the text." in sentences(form)
    with qtbot.waitSignal(form.shown_in_text) as shown:
        qtbot.mouseClick(button(form, "Show in text"), Qt.MouseButton.LeftButton)
    assert shown.args == [102]
