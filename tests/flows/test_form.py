"""Front matter filled in through the window, in a folder that has other articles and settings of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tests.ui.forms import ALT, CONTROL, SHIFT, line, names, retype, sentences

from editor.article_window import ArticleWindow
from editor.ui.day_popup import DayPopup

Open = Callable[[Path], ArticleWindow]
BEFORE = b"""\
---\r
title: "Sleep"   # for now\r
date: '1 Feb 2024'\r
stage: draft\r
author: {name: Jane, site: https://example.org}\r
tags:\r
  - sleep # first\r
affiliate_link: https://example.org/go\r
---\r
\r
# Sleep\r
\r
Buy [this](https://example.org/go) (paid link).\r
"""
AFTER = b"""\
---\r
title: "Sleep, briefly"   # for now\r
stage: review\r
date: '2 Feb 2024'\r
author: {name: Jane Doe, site: https://example.org}\r
topics:\r
  - sleep # first\r
  - light\r
affiliate_link: https://example.org/go\r
lang: en\r
---\r
\r
# Sleep\r
\r
Buy [this](https://example.org/go) (paid link).\r
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    for number, stage in enumerate(["draft", "review", "draft", "review"]):
        (tmp_path / f"other-{number}.md").write_text(f"---\nstage: {stage}\ntags: [light]\n---\nText\n")
    (tmp_path / "stet.toml").write_text("[front_matter]\nrequired = ['lang']\n")
    path = tmp_path / "article.md"
    path.write_bytes(BEFORE)
    return path


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def test_the_keyboard_fills_in_all_of_a_form_and_the_file_differs_by_what_was_typed(
    article: Path, open_window: Open, qtbot: QtBot
) -> None:
    window = open_window(article)
    form = window.form
    qtbot.waitUntil(lambda: "Lang" in names(form))
    assert names(form) == [
        "Title", "Date", "Stage", "Author, Name", "Author, Site", "Tags", "Affiliate link", "Lang",
    ]  # fmt: skip
    qtbot.waitUntil(lambda: "first used on line 13, disclosed on line 13" in sentences(form))
    title = line(form, "Title")
    title.setFocus()
    of_window = {key.toString() for action in window.window.commands.values() for key in action.shortcuts()}
    of_row = {action.shortcut().toString() for action in title.actions() if not action.shortcut().isEmpty()}
    assert len(of_row) == 6
    assert of_row & of_window <= {"F2"}  # which the grid alone has as well
    press(Qt.Key.Key_End)
    qtbot.keyClicks(title, ", briefly")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down, ALT)
    qtbot.waitUntil(lambda: form.findChild(DayPopup) is not None)
    calendar = form.findChild(DayPopup).calendar
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(calendar.focusProxy() or calendar, key)
    press(Qt.Key.Key_Down, CONTROL | SHIFT)
    assert names(form)[1:3] == ["Stage", "Date"]
    retype(qtbot, line(form, "Stage"), "review")
    name = line(form, "Author, Name")
    name.setFocus()
    press(Qt.Key.Key_End)
    qtbot.keyClicks(name, " Doe")
    tags = line(form, "Tags")
    tags.setFocus()
    qtbot.keyClicks(tags, "light,")
    press(Qt.Key.Key_F2)
    qtbot.keyClicks(QApplication.focusWidget(), "topics")
    press(Qt.Key.Key_Return)
    lang = line(form, "Lang")
    lang.setFocus()
    qtbot.keyClicks(lang, "en")
    press(Qt.Key.Key_S, CONTROL)
    window.session.finish()
    assert article.read_bytes() == AFTER
    steps = len(list(window.session.buffer.history.labels()))
    assert steps == 8
    for _ in range(steps):
        press(Qt.Key.Key_Z, CONTROL)
    press(Qt.Key.Key_S, CONTROL)
    window.session.finish()
    assert article.read_bytes() == BEFORE


def test_settings_that_cannot_be_read_are_said_quietly_and_a_file_saved_elsewhere_has_another_folder(
    article: Path, open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(article)
    form = window.form
    qtbot.waitUntil(lambda: "Lang" in names(form))
    (tmp_path / "stet.toml").write_text("[front_matter]\nrequired = lang\n")
    qtbot.waitUntil(lambda: "“stet.toml”, line 2: " in sentences(form))
    assert "Lang" not in names(form)
    (tmp_path / "elsewhere").mkdir()
    window.session.save(tmp_path / "elsewhere" / "article.md")
    window.session.finish()
    qtbot.waitUntil(lambda: "stet.toml" not in sentences(form))
    assert isinstance(line(form, "Stage"), QLineEdit)


def test_a_refusal_names_its_line_once(article: Path, open_window: Open) -> None:
    article.write_text("---\nkind: &kind note\nother: *kind\n---\n", "utf-8")
    window = open_window(article)
    line(window.form, "Kind").setFocus()
    press(Qt.Key.Key_Delete, CONTROL | SHIFT)
    assert window.notices.messages == ("Line 3 repeats “kind” (a YAML alias), so it has to stay.",)
