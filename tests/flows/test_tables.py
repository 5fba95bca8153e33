"""Several tables in one article, and a paper's parts, through the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow
from editor.ui.table_chooser import TableChooser

Open = Callable[[Path], ArticleWindow]
DOSES = "| Form | Dose |\n|---|---|\n| Oxide | 400 |\n"
PAPERS = "| No. | Study | Cited by |\n|---|---|---|\n| 1 | Sleep (Ng, 2001) | - |\n"
ARTICLE = f"# One\n\nWords.\n\n{DOSES}\nMore.\n\n{PAPERS}"


def text(window: ArticleWindow) -> str:
    return window.session.article.text


def caret(window: ArticleWindow, before: str) -> None:
    cursor = QTextCursor(window.session.buffer.document)
    cursor.setPosition(text(window).index(before))
    window.text.setTextCursor(cursor)
    window.text.setFocus()


def test_the_grid_shows_the_table_of_the_caret_and_keeps_to_it_while_words_are_written(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, "utf-8")
    window = open_window(path)
    view, chooser = window.grid.findChild(QTableView), window.grid.findChild(TableChooser)
    resets: list[None] = []
    view.model().modelReset.connect(lambda: resets.append(None))
    assert chooser.text() == "Citations"
    caret(window, "400")
    assert (chooser.text(), view.model().index(0, 0).data(), len(resets)) == ("Form · Dose", "Oxide", 1)
    assert window.grid.current_row == 0
    caret(window, "More.")
    QTest.keyClicks(window.text, "Some ")
    caret(window, "Words.")
    QTest.keyClicks(window.text, "Some ")
    assert (chooser.text(), len(resets)) == ("Form · Dose", 1)

    QTest.keyClick(window.text, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    view.setCurrentIndex(view.model().index(0, 1))
    QTest.keyClicks(view, "5")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "| Oxide | 5 |" in text(window)

    window.window.commands["choose-table"].trigger()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(chooser.menu(), key)
    assert chooser.text() == "Citations"
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    year = next(field for field in window.window.findChildren(QLineEdit) if field.accessibleName() == "Year")
    year.setFocus()
    year.selectAll()
    QTest.keyClicks(year, "2002")
    window.window.commands["save"].trigger()
    after = ARTICLE.replace("More.", "Some More.").replace("Words.", "Some Words.")
    after = after.replace("400", "5").replace("2001", "2002")
    assert text(window) == after
    qtbot.waitUntil(lambda: path.read_text("utf-8") == after)


def test_a_citations_table_is_begun_by_a_command_where_there_is_none(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text(f"# One\n\n{DOSES}", "utf-8")
    window = open_window(path)
    new = window.window.commands["new-table"]
    assert new.isEnabled()
    caret(window, "Oxide")
    new.trigger()
    assert text(window).startswith(f"# One\n\n{DOSES}\n| S.No | Paper Title (Author, Year) |")
    assert window.grid.isVisible()
    assert not new.isEnabled()
    QTest.keyClicks(QApplication.focusWidget(), "S")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert text(window).endswith("| 1 | S |  | - |\n")
