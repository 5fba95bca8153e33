"""Text and preview show the same place, whichever of them is scrolled, clicked or written in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.browsing import settle

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.core.text_edit import TextEdit

Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], object]
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
TABLE = "| row | what |\n|---|---|\n" + "".join(f"| {n} | cell{n} |\n" for n in range(30)) + "\n"
LIST = "".join(f"- item{n}\n" for n in range(30)) + "\n"
CODE = "```\n" + "".join(f"code{n}\n" for n in range(30)) + "```\n\n"
PROSE = "".join(f"## Part{n}\n\nWords{n} " + "and some more of them " * (5 + n % 9) + f"end{n}.\n\n" for n in range(40))
NOTES = "[^1]: A note that is *read* below.\n\n"
ARTICLE = f"---\ntitle: Long\ndate: 2024-05-13\n---\n\n# Long\n\nFirst[^1].\n\n{NOTES}{TABLE}{PROSE}{LIST}{CODE}Last.\n"
MARK = "document.querySelector('stet-caret')"


class Panes:
    """A window whose text and preview are looked at by what stands where."""

    def __init__(self, window: ArticleWindow, read: Read, qtbot: QtBot) -> None:
        self.window = window
        self.text = window.text
        self._read = read
        self._qtbot = qtbot

    def ask(self, script: str) -> Any:
        return json.loads(str(self._read(self.window, f"JSON.stringify({script})")))

    def settle(self) -> None:
        settle(self.window, self._read, self._qtbot)

    @property
    def scroll(self) -> float:
        return float(self.ask("scrollY"))

    @property
    def line(self) -> int:
        """The line, from 0, that stands as far down the text as all of the preview is scrolled."""
        return self.window.session.article.line_at(self.text.offset_at(self.share))

    @property
    def share(self) -> float:
        return float(self.ask("scrollY / (document.documentElement.scrollHeight - innerHeight)"))

    @property
    def line_in_preview(self) -> int:
        """The line of what stands as far down in the preview, above the blank at its end, found by its words."""
        words = self.ask(
            f"""(() => {{
              const blocks = [...article.querySelectorAll("h1, h2, p, tr, li, pre")];
              const end = article.lastElementChild.getBoundingClientRect().bottom + scrollY;
              const y = {self.share} * (innerHeight - document.documentElement.scrollHeight + end);
              const off = b => Math.max(b.getBoundingClientRect().top - y, y - b.getBoundingClientRect().bottom);
              const above = blocks.reduce((best, b) => off(b) < off(best) ? b : best);
              if (above.tagName !== "PRE") return above.textContent;
              const box = above.getBoundingClientRect(), lines = above.textContent.split("\\n");
              return lines[Math.min(29, Math.floor((y - box.top) / box.height * 31))];
            }})()"""
        )
        sought = re.search(r"Part\d+|Words\d+|cell\d+|item\d+|code\d+|\w+", words)
        assert sought, words
        pattern = re.compile(rf"\b{sought.group()}\b")
        lines = self.window.session.article.text.split("\n")
        return next(number for number, line in enumerate(lines) if number > 4 and pattern.search(line))

    @property
    def canvas(self) -> QWidget:
        return self.window.preview.focusProxy().focusProxy()

    def wheel(self, widget: QWidget, steps: int, keys: Qt.KeyboardModifier = NONE) -> None:
        place = QPointF(widget.width() / 2, widget.height() / 2)
        turn, none = QPoint(0, 120 * steps), QPoint()
        buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(place, widget.mapToGlobal(place), none, turn, buttons, keys, phase, False)
        QApplication.sendEvent(widget, event)

    def scroll_text(self, value: int) -> None:
        """By a wheel's hand, to where it would have brought the bar."""
        self.wheel(self.text.viewport(), -1)
        self.text.verticalScrollBar().setValue(value)
        self.settle()

    def scroll_preview(self, top: float) -> None:
        self.wheel(self.canvas, -1)
        self.settle()
        self._read(self.window, f"scrollTo(0, {top}), 0")
        self.settle()

    def point(self, selector: str, words: str) -> QPoint:
        """Just before these words in the first element of that kind that holds them, in the view."""
        x, y = self.ask(
            f"""(() => {{
              const element = [...article.querySelectorAll("{selector}")].find(e => e.textContent.includes("{words}"));
              const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
              while (!walker.nextNode().data.includes("{words}"));
              const range = document.createRange();
              const at = walker.currentNode.data.indexOf("{words}");
              range.setStart(walker.currentNode, at);
              range.setEnd(walker.currentNode, at + 1);
              const box = range.getBoundingClientRect();
              return [box.left + 1, (box.top + box.bottom) / 2];
            }})()"""
        )
        return QPoint(round(x), round(y))

    def place_caret(self, before: str) -> None:
        cursor = QTextCursor(self.window.session.buffer.document)
        cursor.setPosition(self.window.session.article.text.index(before))
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    @property
    def right_of_caret(self) -> str:
        cursor = self.text.textCursor()
        return cursor.block().text()[cursor.positionInBlock() :]

    @property
    def marked(self) -> str:
        """What the mark stands beside."""
        return str(
            self.ask(
                f"""(() => {{
                  const mark = {MARK}.getBoundingClientRect();
                  const blocks = [...article.querySelectorAll("h1, h2, p, tr, li, pre")];
                  const beside = b => Math.abs(b.getBoundingClientRect().top - mark.top) < 1
                    && Math.abs(b.getBoundingClientRect().bottom - mark.bottom) < 1;
                  return {MARK}.hidden ? "" : blocks.filter(beside).map(b => b.textContent).join();
                }})()"""
            )
        )


@pytest.fixture
def panes(tmp_path: Path, open_window: Open, read_preview: Read, qtbot: QtBot) -> Panes:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, "utf-8")
    window = open_window(path)
    window.window.resize(1200, 800)
    shown = Panes(window, read_preview, qtbot)
    shown.settle()
    return shown


SHARES = (0.02, 0.1, 0.25, 0.5, 0.8, 0.98)


def test_the_preview_follows_the_text_line_by_line(panes: Panes) -> None:
    for share in SHARES:
        panes.scroll_text(round(share * panes.text.verticalScrollBar().maximum()))
        assert abs(panes.line - panes.line_in_preview) <= 2, share


def test_the_text_follows_the_preview_line_by_line(panes: Panes) -> None:
    for share in SHARES:
        panes.scroll_preview(share * panes.ask("document.documentElement.scrollHeight - innerHeight"))
        assert abs(panes.line - panes.line_in_preview) <= 2, share


def test_both_begin_and_end_together(panes: Panes) -> None:
    bar = panes.text.verticalScrollBar()
    panes.scroll_text(bar.maximum())
    panes.scroll_text(bar.maximum())
    assert panes.ask("document.documentElement.scrollHeight - innerHeight - scrollY") < 1
    panes.scroll_text(0)
    assert panes.scroll == 0
    panes.scroll_preview(10_000_000)
    panes.scroll_preview(10_000_000)
    assert bar.value() == bar.maximum()
    panes.scroll_preview(0)
    assert bar.value() == 0


def test_what_leads_stays_where_it_was_put(panes: Panes) -> None:
    panes.scroll_text(80)
    led = panes.text.firstVisibleBlock().blockNumber(), panes.scroll
    panes.settle()
    assert led == (panes.text.firstVisibleBlock().blockNumber(), panes.scroll)
    panes.scroll_preview(1234)
    assert panes.scroll == 1234


def test_down_and_up_again_ends_where_it_began(panes: Panes) -> None:
    bar = panes.text.verticalScrollBar()
    for value in range(0, bar.maximum(), 40):  # once through, so that every line is wrapped and every block laid out
        panes.scroll_text(value)
    panes.scroll_text(60)
    before = bar.value(), panes.scroll
    for value in (90, 200, 90, 60):
        panes.scroll_text(value)
    assert (bar.value(), panes.scroll) == before
    panes.scroll_preview(1500)
    before = bar.value(), panes.scroll
    for top in (1900, 4000, 1900, 1500):
        panes.scroll_preview(top)
    assert (bar.value(), panes.scroll) == before


def test_a_wheel_over_the_preview_scrolls_the_text_along(panes: Panes) -> None:
    for _ in range(10):
        panes.wheel(panes.canvas, -1)
        panes.settle()
    assert panes.scroll > 300
    assert abs(panes.line - panes.line_in_preview) <= 2


def test_the_block_of_the_caret_is_marked(panes: Panes) -> None:
    for before, marked in (
        ("Words3 ", "Words3"),
        ("cell7 ", "cell7"),
        ("item4\n", "item4"),
        ("code9\n", "code9"),
        ("# Long", "Long"),
    ):
        panes.place_caret(before)
        panes.settle()
        assert marked in panes.marked, before
        top, bottom = panes.ask(f"(b => [b.top, b.bottom])({MARK}.getBoundingClientRect())")
        assert bottom > 0
        assert top < panes.ask("innerHeight")


def test_the_mark_goes_with_its_block_when_something_is_put_in_before(panes: Panes) -> None:
    panes.place_caret("Words3 ")
    panes.settle()
    at = panes.window.session.article.text.index("First[")
    panes.window.session.buffer.edit([TextEdit(at, at, "New.\n\nNewer.\n\n")], "edit")
    panes.settle()
    assert panes.marked.startswith("Words3")


def test_typing_in_view_moves_nothing(panes: Panes, qtbot: QtBot) -> None:
    panes.scroll_preview(1500)
    words = panes.ask(
        "[...article.querySelectorAll('p')].find(p => p.getBoundingClientRect().top > 200).textContent.split(' ')[0]"
    )
    panes.place_caret(f"{words} ")
    panes.settle()
    before = panes.scroll, panes.text.verticalScrollBar().value()
    panes.window.preview.read("globalThis.tops = []; addEventListener('scroll', () => tops.push(scrollY)); 0", id)
    for key in "typed ":
        QTest.keyClick(panes.text, key)
        panes.settle()
    assert f"typed {words}" in panes.ask("article.textContent")
    assert (panes.scroll, panes.text.verticalScrollBar().value()) == before
    assert panes.ask("tops") == []
    assert panes.marked.startswith(f"typed {words}")


def test_an_edit_elsewhere_does_not_take_the_reader_away(panes: Panes) -> None:
    panes.place_caret("Words39 ")
    panes.settle()
    panes.scroll_preview(1500)
    top = panes.ask("(e => e.getBoundingClientRect().top)(document.elementFromPoint(200, 300))")
    article = panes.window.session.article
    at = article.text.index("end20.")
    panes.window.session.buffer.edit([TextEdit(at, at, "more words. " * 40)], "edit")
    panes.settle()
    assert panes.ask("(e => e.getBoundingClientRect().top)(document.elementFromPoint(200, 300))") == top


def test_a_fence_opened_above_and_closed_again_brings_the_reader_back(panes: Panes) -> None:
    panes.place_caret("Words20 ")
    panes.scroll_text(panes.text.verticalScrollBar().maximum() // 2)
    line = panes.line_in_preview
    at = panes.window.session.article.text.index("| row")
    panes.window.session.buffer.edit([TextEdit(at, at, "~~~\n")], "edit")
    panes.settle()
    assert panes.scroll > 500
    panes.window.session.buffer.edit([TextEdit(at, at + 4, "")], "edit")
    panes.settle()
    assert abs(panes.line_in_preview - line) <= 2


def test_another_programs_change_does_not_take_the_reader_away(panes: Panes, tmp_path: Path, qtbot: QtBot) -> None:
    panes.scroll_preview(2500)
    before = panes.scroll, panes.line_in_preview
    (tmp_path / "article.md").write_text(ARTICLE.replace("end39.", "end of it."), "utf-8")
    qtbot.waitUntil(lambda: "end of it." in panes.window.session.article.text, timeout=10_000)
    panes.settle()
    assert (panes.scroll, panes.line_in_preview) == before


@pytest.mark.parametrize(("selector", "words"), [("p", "end1."), ("h2", "Part1"), ("td", "cell3"), ("p", "First")])
def test_a_click_puts_the_caret_there_and_moves_nothing(panes: Panes, selector: str, words: str) -> None:
    element = f"[...article.querySelectorAll('{selector}')].find(e => e.textContent.includes('{words}'))"
    panes.wheel(panes.canvas, -1)
    panes.settle()
    panes.ask(f"{element}.scrollIntoView({{block: 'center'}}) ?? 0")
    panes.settle()
    before = panes.scroll
    QTest.mouseClick(panes.canvas, LEFT, NONE, panes.point(selector, words))
    panes.settle()
    assert panes.right_of_caret.startswith(words)
    assert panes.scroll == before
    assert not panes.text.hasFocus()
    assert words in panes.marked
    assert panes.text.viewport().rect().contains(panes.text.cursorRect())


def test_a_click_on_a_note_puts_the_caret_where_it_is_defined(panes: Panes) -> None:
    panes.scroll_preview(10_000_000)
    panes.scroll_preview(10_000_000)
    QTest.mouseClick(panes.canvas, LEFT, NONE, panes.point("li", "note that"))
    panes.settle()
    assert panes.right_of_caret == "note that is *read* below."


def test_a_double_click_goes_on_writing_there(panes: Panes) -> None:
    QTest.mouseDClick(panes.canvas, LEFT, NONE, panes.point("p", "First"))
    panes.settle()
    assert panes.text.hasFocus()
    QTest.keyClicks(panes.text, "At ")
    assert "\nAt First[" in panes.window.session.article.text


def test_text_selected_in_the_preview_leaves_the_caret(panes: Panes) -> None:
    caret = panes.text.textCursor().position()
    start = panes.point("p", "First")
    QTest.mousePress(panes.canvas, LEFT, NONE, start)
    QTest.mouseMove(panes.canvas, start + QPoint(40, 0))
    QTest.mouseRelease(panes.canvas, LEFT, NONE, start + QPoint(40, 0))
    panes.settle()
    assert panes.text.textCursor().position() == caret


def test_undo_from_the_form_shows_in_the_preview_what_it_changed(panes: Panes, qtbot: QtBot) -> None:
    at = panes.window.session.article.text.index("Last.")
    panes.window.session.buffer.edit([TextEdit(at, at, "Very ")], "edit")
    panes.settle()
    panes.scroll_preview(0)
    field = panes.window.form.findChild(QLineEdit)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    panes.settle()
    last = "[...article.querySelectorAll('p')].find(p => p.textContent === 'Last.').getBoundingClientRect()"
    assert panes.ask(f"{last}.bottom <= innerHeight && {last}.top >= 0")


def test_a_picture_that_comes_late_moves_the_preview_to_the_same_place(
    panes: Panes, tmp_path: Path, qtbot: QtBot
) -> None:
    article = panes.window.session.article
    at = article.text.index("First[")
    panes.window.session.buffer.edit([TextEdit(at, at, "![tall](tall.png)\n\n")], "edit")
    panes.settle()
    panes.scroll_text(20)
    line = panes.line_in_preview
    before = panes.scroll
    picture = QWidget()
    picture.resize(300, 700)
    assert picture.grab().save(str(tmp_path / "tall.png"))
    qtbot.waitUntil(lambda: panes.ask("document.images[0]?.naturalHeight ?? 0") == 700, timeout=10_000)
    panes.settle()
    assert panes.scroll > before + 300
    assert abs(panes.line_in_preview - line) <= 1


def test_ctrl_and_the_wheel_zoom_the_preview_for_good(panes: Panes, application: Application, qtbot: QtBot) -> None:
    width = panes.ask("innerWidth")
    panes.wheel(panes.canvas, 1, CONTROL)
    qtbot.waitUntil(lambda: panes.ask("innerWidth") < width)
    assert application.settings.preview_zoom == 110
    QTest.mouseClick(panes.canvas, LEFT, NONE, panes.point("p", "First") * 1.1)
    panes.settle()
    assert panes.right_of_caret.startswith("First")
    panes.window.window.commands["zoom-usual"].trigger()
    qtbot.waitUntil(lambda: panes.ask("innerWidth") == width)


def test_the_columns_of_text_and_preview_grow_wider_together(panes: Panes, qtbot: QtBot) -> None:
    panes.window.window.resize(2400, 800)
    panes.settle()
    before = panes.ask("article.clientWidth"), panes.text.viewport().width()
    panes.window.window.commands["wider"].trigger()
    qtbot.waitUntil(lambda: panes.ask("article.clientWidth") > before[0])
    assert panes.text.viewport().width() > before[1]
