"""Citations lead to their rows and rows to where they are cited; what one means is shown under the pointer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QTableView, QToolTip
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow
from editor.core.text_edit import TextEdit

TEXT = """# One

It grew (Doe, 2013), and shrank (Roe, 2013). Doe (2013) says so (Poe, 2001).

And again (Doe, 2013).

| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |
|---|---|---|---|
| 1 | On <b>it</b> (Doe, 2013) | It grew by half | - |
| 2 | On that (Roe, 2014) | It shrank | - |
"""


@pytest.fixture
def window(tmp_path: Path, open_window: Callable[[Path], ArticleWindow], qtbot: QtBot) -> ArticleWindow:
    path = tmp_path / "article.md"
    path.write_text(TEXT, "utf-8")
    window = open_window(path)
    qtbot.waitUntil(lambda: window.audit.counts == "2 papers, all cited · 1 citation without a paper")
    return window


def put_caret(window: ArticleWindow, before: str) -> None:
    window.text.place_caret(TEXT.index(before))
    window.text.setFocus()


def place_of(window: ArticleWindow, word: str) -> QPoint:
    cursor = QTextCursor(window.text.document())
    cursor.setPosition(TEXT.index(word) + 1)
    return window.text.cursorRect(cursor).center()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def selection(window: ArticleWindow) -> tuple[int, str]:
    cursor = window.text.textCursor()
    return cursor.selectionStart(), cursor.selectedText()


def test_keys_lead_from_a_citation_to_its_row_and_through_all_places_that_cite_it(window: ArticleWindow) -> None:
    put_caret(window, "oe, 2013), and")
    press(Qt.Key.Key_F12)
    grid = window.grid.findChild(QTableView)
    assert grid.hasFocus()
    assert window.grid.current_row == 0
    first, second = TEXT.index("Doe (2013)"), TEXT.rindex("Doe, 2013).\n")
    press(Qt.Key.Key_F12)
    assert window.text.hasFocus()
    assert selection(window) == (first, "Doe (2013)")
    shift = Qt.KeyboardModifier.ShiftModifier
    press(Qt.Key.Key_F12, shift)
    assert selection(window) == (second, "Doe, 2013")
    press(Qt.Key.Key_F12, shift)
    assert selection(window) == (TEXT.index("Doe, 2013"), "Doe, 2013")
    put_caret(window, "Poe, 2001")
    press(Qt.Key.Key_F12)
    assert window.window.statusBar().currentMessage() == "The paper is not in the table."
    assert window.text.hasFocus()


def test_the_mouse_leads_there_too_and_shows_what_is_meant_as_plain_text(window: ArticleWindow, qtbot: QtBot) -> None:
    def tip_over(word: str) -> str:
        place = place_of(window, word)
        viewport = window.text.viewport()
        QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
        return QToolTip.text()

    assert tip_over("Doe, 2013") == "<p>Row 1: On &lt;b&gt;it&lt;/b&gt; (Doe, 2013)</p><p>It grew by half</p>"
    assert "has another year than row 2" in tip_over("Roe, 2013")
    assert "is cited but is not in the table" in tip_over("Poe, 2001")
    tip_over("says")
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    control = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(window.text.viewport(), Qt.MouseButton.LeftButton, control, place_of(window, "Roe, 2013"))
    assert window.grid.current_row == 1


def test_a_row_whose_paper_cannot_be_read_counts_as_not_cited_wherever_it_is_counted(
    window: ArticleWindow, qtbot: QtBot
) -> None:
    window.session.buffer.edit([TextEdit(len(TEXT), len(TEXT), "| 3 | On those | | - |\n")], "add")
    qtbot.waitUntil(lambda: window.audit.counts == "3 papers, 2 cited · 1 citation without a paper")
    assert "3 papers · 2 cited · 1 uncited" in {label.text() for label in window.grid.findChildren(QLabel)}


def test_a_rows_menu_lists_where_it_is_cited(window: ArticleWindow) -> None:
    window.window.go_to("grid")
    window.grid.select_row(0)
    action = next(each for each in window.grid.actions() if each.objectName() == "cited-places")
    menu = action.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    titles = [each.text() for each in menu.actions()]
    assert [title.split(":")[0] for title in titles] == ["Line 3", "Line 3", "Line 5"]
    menu.actions()[2].trigger()
    assert selection(window) == (TEXT.rindex("Doe, 2013).\n"), "Doe, 2013")


PAINTED = """JSON.stringify([...CSS.highlights].filter(([, ranges]) => ranges.size).map(
    ([name, ranges]) => [name.replace("citation-", ""), [...ranges].map((range) => range.toString()).sort()]))"""
ALL = {"contradicting": ["Roe, 2013"], "missing": ["Poe, 2001"]}


def test_the_preview_paints_citations_without_changing_what_it_shows(
    window: ArticleWindow, read_preview: Callable[[ArticleWindow, str], object], qtbot: QtBot
) -> None:
    def painted() -> object:
        return dict(json.loads(str(read_preview(window, PAINTED))))

    qtbot.waitUntil(lambda: painted() == ALL)
    shown = "JSON.stringify([...document.querySelectorAll('stet-chunk')].map((each) => each.innerHTML))"
    page = read_preview(window, shown)
    put_caret(window, " says so")
    QTest.keyClicks(window.text, " or rather *Poe & al* (2001)")
    qtbot.waitUntil(lambda: "rather" in str(read_preview(window, "document.body.textContent")))
    more = {**ALL, "missing": ["Poe & al (2001)", "Poe, 2001"]}
    qtbot.waitUntil(lambda: painted() == more)
    while window.session.article.text != TEXT:
        window.session.buffer.undo()
    qtbot.waitUntil(lambda: painted() == ALL)
    at = TEXT.index("2014")
    window.session.buffer.edit([TextEdit(at, at + 4, "2013")], "change year")
    qtbot.waitUntil(lambda: painted() == {"missing": ["Poe, 2001"]})
    window.session.buffer.undo()
    qtbot.waitUntil(lambda: (painted(), read_preview(window, shown)) == (ALL, page))
    assert "<" not in str(page).split("Roe, 2013")[0].rpartition("It grew")[2]
    second = "document.querySelectorAll('stet-chunk')[1].innerHTML"
    written = f"({{ id: 'anew', html: {second}.replace('It grew', 'All of it grew') }})"
    at_once = f"(stet.splice(1, 1, [{written}]), {PAINTED})"
    assert dict(json.loads(str(read_preview(window, at_once)))) == ALL  # before anything is said of what was written


def test_a_citation_in_the_preview_says_what_it_means_and_leads_to_its_row(
    window: ArticleWindow, read_preview: Callable[[ArticleWindow, str], object], qtbot: QtBot
) -> None:
    answered = """(() => {
        const walker = document.createTreeWalker(document.getElementById("article"), NodeFilter.SHOW_TEXT);
        while (walker.nextNode() && !walker.currentNode.data.includes("Doe (2013)"));
        const range = document.createRange();
        const at = walker.currentNode.data.indexOf("Doe (2013)");
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + 10);
        const { x, y } = range.getBoundingClientRect();
        return citations.at(x + 5, y + 5)?.index ?? -1;
    })()"""
    qtbot.waitUntil(lambda: read_preview(window, answered) == 2)
    box = "(([range]) => (({ x, y, width, height }) => [x + width / 2, y + height / 2])(range.getClientRects()[0]))"
    one = "[...CSS.highlights.get('citation-contradicting')]"
    qtbot.waitUntil(lambda: read_preview(window, f"{one}.length") == 1)
    where = json.loads(str(read_preview(window, f"JSON.stringify({box}({one}))")))
    canvas = window.preview.focusProxy().focusProxy()
    place = QPointF(*where).toPoint()
    QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, place, canvas.mapToGlobal(place)))
    qtbot.waitUntil(lambda: "has another year than row 2" in QToolTip.text())
    assert "<p>Row 2: On that (Roe, 2014)</p><p>It shrank</p>" in QToolTip.text()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    qtbot.waitUntil(lambda: window.grid.current_row == 1)
