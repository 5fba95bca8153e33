"""The export dialog by itself: what can be chosen and reached, whatever makes the exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEngineScript
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from editor.publishing.choices import ExportChoices
from editor.publishing.export_problems import ExportProblem
from editor.publishing.overwriting import Occupant
from editor.storage.folder_settings import ExportSettings
from editor.ui.dialogs.export import ExportDialog
from editor.ui.theme import Theme, apply_theme

_BESIDE = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
HOW = "Needs a program that is not here."


@pytest.fixture
def dialog(qapp: QApplication, qtbot: QtBot) -> Iterator[ExportDialog]:
    apply_theme(qapp, Theme.LIGHT)
    dialog = ExportDialog(None, "article.md", Path("/articles"), {"txt": HOW})
    dialog.place.set_path(Path("/articles/article.html"))
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    yield dialog
    if isValid(dialog):
        dialog.set_busy(False)
        dialog.reject()


def focused(dialog: ExportDialog) -> QWidget:
    focus = QApplication.focusWidget()
    return dialog.preview.view if dialog.preview.view.isAncestorOf(focus) else focus


def test_tab_reaches_everything_and_stops_once_at_the_page(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.show_problems([ExportProblem(3, "Amiss.")], 1)
    dialog.place.set_occupant(Occupant.STRANGER)
    dialog.place.agreed.setChecked(True)
    with qtbot.waitSignal(dialog.preview.page.loadFinished, timeout=20_000):
        dialog.preview.show_page("<a href='https://a.example'>a</a> <a href='#b'>b</a>", on_paper=False)
    wanted = {
        *(dialog.options.format, dialog.options.theme, dialog.options.pictures),
        *(dialog.options.contents, dialog.options.smart_quotes, dialog.problems.go, dialog.problems.list),
        *(dialog.preview.view, dialog.place.field, dialog.place.choose, dialog.place.agreed),
        *(dialog.open_when_done, dialog.remember, dialog.cancel, dialog.export),
    }
    reached = [focused(dialog)]
    for _ in range(len(wanted) - 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(focused(dialog))
    assert set(reached) == wanted
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert focused(dialog) is reached[0]


def test_all_of_it_is_on_a_small_screen(dialog: ExportDialog) -> None:
    assert dialog.screen().availableGeometry().contains(dialog.geometry().translated(-dialog.pos()))


def test_a_page_stays_where_it_was_read_and_escape_leaves_it(dialog: ExportDialog, qtbot: QtBot) -> None:
    page = dialog.preview.page

    def show(word: str) -> None:
        with qtbot.waitSignal(page.loadFinished, timeout=20_000):
            dialog.preview.show_page(f"<p>{word}</p>" * 400, on_paper=False)

    show("before")
    page.runJavaScript("scrollTo(0, 600)", _BESIDE)
    qtbot.waitUntil(lambda: page.scrollPosition().y() > 0, timeout=20_000)
    before = page.scrollPosition().y()
    show("after")
    qtbot.waitUntil(lambda: abs(page.scrollPosition().y() - before) < 2, timeout=20_000)
    dialog.preview.view.setFocus()
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_what_cannot_be_made_here_says_how_it_could_be(dialog: ExportDialog) -> None:
    assert dialog.export.isEnabled()
    dialog.options.format.setCurrentIndex(dialog.options.format.findData("txt"))
    assert dialog.trouble.text() == HOW
    assert not dialog.export.isEnabled()
    assert dialog.place.path == Path("/articles/article.txt")
    dialog.options.format.setCurrentIndex(dialog.options.format.findData("fragment"))
    assert not dialog.trouble.isVisible()
    assert dialog.export.isEnabled()
    assert dialog.place.path == Path("/articles/article.fragment.html")
    dialog.options.format.setCurrentIndex(dialog.options.format.findData("html"))
    assert dialog.place.path == Path("/articles/article.html")


def test_a_name_that_ends_otherwise_stays_as_the_writer_has_it_and_one_without_an_end_is_given_the_format_s(
    dialog: ExportDialog,
) -> None:
    dialog.place.field.setText("out/page.htm")
    dialog.options.format.setCurrentIndex(dialog.options.format.findData("fragment"))
    assert dialog.place.path == Path("/articles/out/page.htm")
    for name in ("page", "Stet 1.2"):
        dialog.place.field.setText(name)
        assert dialog.place.path == Path(f"/articles/{name}.fragment.html")
    dialog.place.set_occupant(Occupant.NOTHING)
    assert dialog.place.said.text() == "“Stet 1.2.fragment.html”: a new file."
    dialog.options.format.setCurrentIndex(dialog.options.format.findData("pdf"))
    assert dialog.place.path.name == "Stet 1.2.pdf"
    assert not dialog.place.said.text().strip()  # of another file
    for name in ("out/", "..", "~nobody-here/page.html"):
        dialog.place.field.setText(name)
        assert dialog.place.path == Path("/articles") / name
    dialog.place.field.setText(" ")
    assert not dialog.export.isEnabled()


def test_a_name_that_ends_as_another_format_s_files_do_asks_for_that_format(dialog: ExportDialog) -> None:
    for name, chosen in (
        *(("a.pdf", "pdf"), ("a.TXT", "txt"), ("a.htm", "html"), ("a.docx", "docx"), ("a.dat", "docx")),
        *(("a.html", "html"), ("a.fragment.html", "html")),
    ):
        dialog.place.field.setText(name)
        assert (dialog.options.chosen.format, dialog.place.field.text()) == (chosen, name)
    dialog.options.choose_format("fragment")
    dialog.place.field.setText("a.htm")
    assert dialog.options.chosen.format == "fragment"
    dialog.options.choose_format("pdf")
    assert dialog.place.field.text() == "a.pdf"


def test_a_word_given_for_one_place_is_not_taken_for_another(dialog: ExportDialog) -> None:
    dialog.place.set_occupant(Occupant.STRANGER)
    assert not dialog.export.isEnabled()
    dialog.place.agreed.setChecked(True)
    assert dialog.export.isEnabled()
    dialog.place.field.setText("other.html")
    dialog.place.set_occupant(Occupant.STRANGER)
    assert not dialog.place.agreed.isChecked()
    assert not dialog.export.isEnabled()


def test_settings_of_the_folder_come_after_what_is_chosen(dialog: ExportDialog) -> None:
    dialog.options.theme.setCurrentIndex(dialog.options.theme.findData("dark"))
    own = ExportSettings(format="pdf", theme="plain", css="own.css", contents=True, assets="folder")
    dialog.options.begin_with(own, smart_quotes=True)
    assert dialog.options.chosen == ExportChoices("pdf", "dark", "folder", contents=True, smart_quotes=True)
    assert "own.css" in dialog.options.own.text()
    dialog.options.begin_with(ExportSettings(smart_quotes=False), smart_quotes=True)
    assert dialog.options.chosen == ExportChoices("html", "dark", "inline", contents=False, smart_quotes=False)
    dialog.options.choose(ExportChoices("txt", "plain", "folder", contents=True, smart_quotes=True))
    dialog.options.begin_with(ExportSettings(), smart_quotes=False)
    assert dialog.options.chosen == ExportChoices("txt", "plain", "folder", contents=True, smart_quotes=True)


def test_of_very_many_problems_the_first_are_listed_and_all_counted(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.show_problems([ExportProblem(3, "Amiss."), ExportProblem(5, "Too.")], 1002)
    assert dialog.problems.heading.text() == "1,002 &problems"
    assert dialog.problems.list.item(2).text() == "And 1,000 more."
    assert dialog.problems.go.isEnabled()
    dialog.problems.list.setCurrentRow(2)
    assert not dialog.problems.go.isEnabled()
    assert dialog.export.text() == "&Export Anyway"
    dialog.show_problems([], 0)
    assert dialog.export.text() == "&Export"
    assert dialog.problems.list.isHidden()


def test_nothing_is_said_to_be_in_order_before_it_was_looked_at(dialog: ExportDialog) -> None:
    assert dialog.problems.heading.text() == "Looking for problems…"
    dialog.show_problems([], 0)
    assert dialog.problems.heading.text() == "No problems found"


def test_a_problem_that_only_just_does_not_fit_in_a_line_is_read_whole(dialog: ExportDialog) -> None:
    problems = dialog.problems.list
    dialog.show_problems([ExportProblem(3, "Amiss.")], 1)
    words = "Amiss "
    while problems.fontMetrics().horizontalAdvance(f"Line 3: {words} i") < problems.viewport().width():
        words += "i " if len(words) % 2 else "ii "
    dialog.show_problems([ExportProblem(3, words), ExportProblem(3, "Amiss.")], 2)
    heights = [problems.visualItemRect(problems.item(row)).height() for row in (0, 1)]
    assert heights[0] > heights[1]


def test_why_there_was_no_export_is_said_until_something_else_is_chosen(dialog: ExportDialog) -> None:
    changes = (
        lambda: dialog.place.field.setText("elsewhere.html"),
        dialog.place.agreed.toggle,
        dialog.options.contents.toggle,
    )
    for change in changes:
        dialog.show_trouble("The disk is full.")
        dialog.place.set_occupant(Occupant.STRANGER)
        assert dialog.trouble.isVisible()
        change()
        assert not dialog.trouble.isVisible()


def test_a_page_asks_for_nothing_and_runs_nothing(dialog: ExportDialog, qtbot: QtBot) -> None:
    hostile = "<title>calm</title><img src='https://a.example/x.png'><script>document.title = 'ran'</script>"
    with qtbot.waitSignal(dialog.preview.page.loadFinished, timeout=20_000):
        dialog.preview.show_page(hostile, on_paper=True)
    assert dialog.preview.page.title() == "calm"
    assert dialog.preview.guard.refused == ["https://a.example/x.png"]


def test_busy_it_takes_nothing_but_a_cancel(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.set_busy(True)
    assert QApplication.focusWidget() is dialog.cancel
    with qtbot.waitSignal(dialog.cancel_wanted):
        dialog.close()
    assert dialog.isVisible()
    with qtbot.assertNotEmitted(dialog.export_wanted):
        QTest.keyClick(dialog.cancel, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    dialog.set_busy(False)
    assert QApplication.focusWidget() is dialog.export
