"""What is seen, read out and reached by keys of two texts that differ."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QImage, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.comparison_rows import Kind, compare
from editor.ui.comparison_view import ComparisonView
from editor.ui.dialogs.comparison import show_comparison
from editor.ui.theme import Theme, apply_theme, tokens, worn

MANY = "".join(f"paragraph {number}\n\n" for number in range(200))
LARGE = "".join(f"{number} of many paragraphs, each with a few words in it\n\n" for number in range(2_000))


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> Iterator[ComparisonView]:
    apply_theme(qapp, Theme.LIGHT)
    shown = ComparisonView()
    qtbot.addWidget(shown)
    shown.resize(700, 500)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    yield shown
    apply_theme(qapp, Theme.LIGHT)


def show(view: ComparisonView, qtbot: QtBot, old: str, new: str) -> None:
    """Show what differs, and wait until all of it is drawn."""
    with qtbot.waitSignal(view.compared, timeout=20_000):
        view.show_texts(old, new)


def text_of(view: QWidget) -> QTextEdit:
    return view.findChild(QTextEdit)


def changed(text: str, *numbers: int) -> str:
    """The text with a word put into these paragraphs."""
    for number in numbers:
        text = text.replace(f"paragraph {number}\n", f"paragraph called {number}\n")
    return text


# What is shown


def test_lines_have_their_sign_and_what_is_between_is_counted(view: ComparisonView, qtbot: QtBot) -> None:
    show(view, qtbot, MANY, changed(MANY, 50, 120))
    assert view.plain_text.split("\n") == [
        "\t… 98 unchanged lines …",
        *("\tparagraph 49", "\t", "−\tparagraph 50", "+\tparagraph called 50", "\t", "\tparagraph 51"),
        "\t… 135 unchanged lines …",
        *("\tparagraph 119", "\t", "−\tparagraph 120", "+\tparagraph called 120", "\t", "\tparagraph 121"),
        "\t… 157 unchanged lines …",
    ]


def test_how_much_differs_is_said_and_can_be_read_out(view: ComparisonView, qtbot: QtBot) -> None:
    show(view, qtbot, MANY, changed(MANY, 50, 120) + "One.\nTwo.\n")
    assert view.summary == "3 changes: 4 lines added, 2 removed"
    assert text_of(view).accessibleDescription() == view.summary
    assert text_of(view).accessibleName()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("a\n", "a\nb\n", "1 change: 1 line added"),
        ("a\nb\nc\n", "a\n", "1 change: 2 lines removed"),
        ("a\nb", "a\nb\n", "Only the line ending at the very end differs."),
        ("a\n", "a\n", "No differences."),
    ],
)
def test_what_differs_is_said_in_plain_words(old: str, new: str, said: str) -> None:
    assert compare(old, new).summary == said


def test_a_paragraph_put_after_a_last_line_without_ending_is_the_only_change() -> None:
    rows = compare("One.\n\nLast", "One.\n\nLast\n\nMore").rows
    assert [row.text for row in rows if row.kind is Kind.ADDED] == ["", "More"]
    assert [row.text for row in rows if row.kind is Kind.REMOVED] == []


def test_lines_that_differ_in_their_ending_alone_say_so() -> None:
    rows = compare("a\nb\n", "a\r\nb\n").rows
    assert [(row.kind, row.text, row.ending) for row in rows[:2]] == [
        (Kind.REMOVED, "a", "LF"),
        (Kind.ADDED, "a", "CRLF"),
    ]


def test_rows_of_a_table_reworded_stand_each_above_its_own() -> None:
    old, new = "| magnesium | 5 |\n| zinc oxide | 7 |\n", "| magnesium | 6 |\n| zinc oxide | 8 |\n"
    assert [row.text for row in compare(old, new).rows] == [
        *("| magnesium | 5 |", "| magnesium | 6 |"),
        *("| zinc oxide | 7 |", "| zinc oxide | 8 |"),
    ]


def test_of_a_line_of_a_megabyte_the_part_that_differs_is_shown() -> None:
    old = "word " * 200_000
    rows = compare(old, old[:500_000] + "other " + old[500_000:]).rows
    assert all(len(row.text) < 5_000 for row in rows)
    assert "other" in rows[1].text


def test_of_a_text_written_anew_a_part_is_shown_and_the_rest_counted() -> None:
    comparison = compare(LARGE, LARGE.replace("many", "some"))
    assert comparison.summary == "2,000 changes: 2,000 lines added, 2,000 removed"
    assert len(comparison.rows) < 2_500
    assert comparison.rows[-1].text == "… 1,800 more changes, not shown …"


@given(st.text(alphabet="ab\r\n\u2028", max_size=30), st.text(alphabet="ab\r\n\u2028", max_size=30))
def test_every_line_added_or_removed_is_shown_and_marks_lie_in_it(old: str, new: str) -> None:
    comparison = compare(old, new)
    kinds = [row.kind for row in comparison.rows]
    assert (kinds.count(Kind.ADDED), kinds.count(Kind.REMOVED)) == (comparison.added, comparison.removed)
    assert all(kinds[start] in (Kind.ADDED, Kind.REMOVED) for start in comparison.starts)
    assert all(0 <= first < last <= len(row.text) for row in comparison.rows for first, last in row.marks)


# How it looks


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_text_can_be_read_on_every_wash_and_words_stand_out_of_it(theme: Theme) -> None:
    def luminance(colour: str) -> float:
        channels = QColor(colour).getRgbF()[:3]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        dark, light = sorted((luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)

    look = tokens(theme).palette
    for wash, word in ((look.added_wash, look.added_word), (look.removed_wash, look.removed_word)):
        assert min(contrast(look.ink, wash), contrast(look.ink, word)) >= 4.5
        assert contrast(wash, word) > 1.2


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_lines_and_words_wear_the_theme_and_follow_it(view: ComparisonView, qtbot: QtBot, qapp: QApplication) -> None:
    show(view, qtbot, "It is so.\n", "It was so.\n")
    for theme in (Theme.LIGHT, Theme.DARK):
        apply_theme(qapp, theme)
        look = worn().palette
        wanted = {look.added_wash, look.added_word, look.removed_wash, look.removed_word, look.paper}
        assert colours(text_of(view).viewport().grab().toImage()) >= wanted


def test_lines_are_wrapped_and_in_the_editor_s_font(view: ComparisonView, qtbot: QtBot) -> None:
    show(view, qtbot, "", "word " * 100)
    text = text_of(view)
    assert text.document().lastBlock().layout().lineCount() > 3
    assert text.document().size().width() <= text.viewport().width()
    assert text.document().defaultFont().pointSizeF() == worn().type.editor_size


# Keys


def test_alt_down_and_alt_up_go_from_change_to_change(view: ComparisonView, qtbot: QtBot) -> None:
    show(view, qtbot, MANY, changed(MANY, 20, 90, 160))
    text = text_of(view)
    assert text.textCursor().block().text() == "−\tparagraph 20"
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(text, key, Qt.KeyboardModifier.AltModifier)
        seen.append(text.textCursor().block().text().removeprefix("−\tparagraph "))
        assert text.viewport().rect().contains(text.cursorRect())
    assert seen == ["90", "160", "160", "90"]


def test_buttons_go_from_change_to_change_and_are_named(view: ComparisonView, qtbot: QtBot) -> None:
    show(view, qtbot, MANY, changed(MANY, 20, 90))
    buttons = {button.accessibleName(): button for button in view.findChildren(QToolButton)}
    buttons["Next change"].click()
    assert text_of(view).textCursor().block().text() == "−\tparagraph 90"
    buttons["Previous change"].click()
    assert text_of(view).textCursor().block().text() == "−\tparagraph 20"


def test_nothing_can_be_typed_into_it(view: ComparisonView, qtbot: QtBot) -> None:
    show(view, qtbot, "a\n", "b\n")
    before = view.plain_text
    qtbot.keyClicks(text_of(view), "x\b")
    assert view.plain_text == before


def test_lines_are_copied_without_their_signs(view: ComparisonView, qtbot: QtBot) -> None:
    show(view, qtbot, "same\n+ a\u00a0b\n", "same\n")
    text_of(view).moveCursor(QTextCursor.MoveOperation.Start)
    text_of(view).selectAll()
    text_of(view).copy()
    assert QGuiApplication.clipboard().text() == "same\n+ a\u00a0b"


# Large texts


def test_large_texts_are_compared_without_the_window_waiting(view: ComparisonView, qtbot: QtBot) -> None:
    turns: list[tuple[float, int]] = []
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: turns.append((time.perf_counter(), text_of(view).document().blockCount())))
    timer.start()
    show(view, qtbot, LARGE, LARGE.replace("many", "some"))
    assert len({rows for _, rows in turns}) > 2  # drawn at one go: 2
    assert view.summary == "2,000 changes: 2,000 lines added, 2,000 removed"


def test_of_several_pairs_asked_for_only_the_last_is_shown(view: ComparisonView, qtbot: QtBot) -> None:
    for word in ("one", "two", "three"):
        view.show_texts(LARGE, LARGE.replace("7 of many", f"7 of {word}"))
    show(view, qtbot, LARGE, LARGE.replace("\n9 of many", "\n9 of four"))
    assert view.summary == "1 change: 1 line added, 1 removed"
    assert "four" in view.plain_text
    assert "three" not in view.plain_text


def test_a_message_takes_the_place_of_a_comparison_that_is_under_way(view: ComparisonView, qtbot: QtBot) -> None:
    view.show_texts(LARGE, LARGE + "more\n")
    view.show_message("The file is gone.")
    show_again = ComparisonView()
    qtbot.addWidget(show_again)
    show(show_again, qtbot, LARGE, LARGE + "more\n")
    assert (view.message, view.summary) == ("The file is gone.", "")


def test_a_view_may_go_while_it_compares(qtbot: QtBot, qapp: QApplication) -> None:
    view = ComparisonView()
    view.show_texts(LARGE, LARGE.replace("many", "some"))
    view.deleteLater()
    with qtbot.waitSignal(view.destroyed):
        pass


class Trace:
    """Notes in which thread it came to its end."""

    ended: ClassVar[set[str]] = set()

    def __del__(self) -> None:
        self.ended.add(threading.current_thread().name)


def test_no_widget_comes_to_its_end_in_the_thread(view: ComparisonView, qtbot: QtBot) -> None:
    """Python collects garbage in whatever thread makes some; a widget destroyed there ends the program."""
    Trace.ended.clear()
    for number in range(10):
        for _ in range(20):
            label = QLabel()
            label.kept = (label, Trace())  # type: ignore[attr-defined]  # only a collection ends such a ring
            del label
        show(view, qtbot, LARGE, LARGE.replace("many", f"some {number}"))
    assert gc.isenabled()
    gc.collect()
    assert Trace.ended == {"MainThread"}


# The dialog


def test_a_choice_is_carried_out_once_the_dialog_is_closed(qtbot: QtBot, real_article: Path) -> None:
    window, chosen = QWidget(), list[str]()
    qtbot.addWidget(window)
    window.show()
    text = real_article.read_text(encoding="utf-8")
    choices = [(title, lambda title=title: chosen.append(title)) for title in ("Keep mine", "Take theirs")]
    dialog = show_comparison(window, "Compare", "On disk", "Your text", text, text + "\nMore.", choices)
    assert dialog.isVisible()
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    assert [*buttons] == ["Keep mine", "Take theirs", "Close"]
    with qtbot.waitSignal(dialog.destroyed):
        buttons["Take theirs"].click()
    assert chosen == ["Take theirs"]


def test_enter_presses_the_button_with_the_focus_and_no_other(qtbot: QtBot) -> None:
    window, chosen = QWidget(), list[str]()
    qtbot.addWidget(window)
    window.show()
    dialog = show_comparison(window, "Compare", "", "", "a", "b", [("Take theirs", lambda: chosen.append("taken"))])
    qtbot.waitActive(dialog)
    qtbot.keyClick(text_of(dialog), Qt.Key.Key_Return)
    assert (chosen, dialog.isVisible()) == ([], True)
    button = dialog.findChild(QPushButton)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert chosen == ["taken"]


def test_escape_closes_the_dialog_and_chooses_nothing(qtbot: QtBot) -> None:
    window, chosen = QWidget(), list[str]()
    qtbot.addWidget(window)
    window.show()
    dialog = show_comparison(window, "Compare", "", "", "a", "b", [("Take theirs", lambda: chosen.append("taken"))])
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(text_of(dialog), Qt.Key.Key_Escape)
    assert chosen == []
