"""A row is given another name and its citations follow when the writer says so; and the other way round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.flows.short_article import grid_view, place_caret, text

from editor.article_window import ArticleWindow
from editor.ui.dialogs.renaming import RenamingDialog

Open = Callable[[Path], ArticleWindow]
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ARTICLE = (
    "# One\n\nIt is so (Doe, 2013). Doe’s (2013) point, but not `(Doe, 2013)`. And (Doe, 1999, 2013).\n\n"
    "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"
    "| 1 | On it (Doe, 2013) | x | 5 |\n| 2 | On that (Doe, 1999) | z | 2 |\n"
)


@pytest.fixture
def window(open_window: Open, tmp_path: Path, qtbot: QtBot) -> ArticleWindow:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, "utf-8")
    window = open_window(path)
    qtbot.waitUntil(lambda: window.citations.offers is not None and window.citations.offers.is_ready)
    return window


def audited(window: ArticleWindow, qtbot: QtBot) -> None:
    assert window.audit.auditor
    with qtbot.waitSignal(window.audit.auditor.audited):
        window.audit.auditor.begin()


def retyped(window: ArticleWindow, before: str, keys: str) -> None:
    """Delete as many letters as are typed instead of them."""
    place_caret(window, before)
    for key in keys:
        QTest.keyClick(window.text, KEY.Key_Delete)
        QTest.keyClicks(window.text, key)


def dialog(window: ArticleWindow) -> RenamingDialog:
    (button,) = (each for each in window.notices.findChildren(QPushButton) if each.text() == "Rename…")
    button.setFocus()
    QTest.keyClick(button, KEY.Key_Space)
    found = QApplication.activeModalWidget()
    assert isinstance(found, RenamingDialog)
    return found


def test_the_year_of_a_row_is_changed_in_the_grid_and_its_citations_are_renamed_in_one_step(
    window: ArticleWindow, qtbot: QtBot
) -> None:
    view = grid_view(window)
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 1))
    view.model().setData(view.currentIndex(), "On it (Dow, 2014)")
    renamed = ARTICLE.replace("On it (Doe, 2013)", "On it (Dow, 2014)")
    assert text(window) == renamed
    audited(window, qtbot)
    assert window.notices.messages == ("3 citations still say “Doe, 2013”.",)
    asked = dialog(window)
    rows = [asked.rows.topLevelItem(row) for row in range(3)]
    assert [row.text(2) for row in rows if row] == [
        "Dow, 2014", "Dow’s (2014)", "It shares its authors with a citation beside it.",
    ]  # fmt: skip
    assert rows[0]
    assert rows[0].text(1) == "It is so (Doe, 2013). Doe’s (2013) point, but…"
    assert rows[0].data(0, Qt.ItemDataRole.AccessibleTextRole) == "Line 3: Doe, 2013, becomes Dow, 2014"
    assert (asked.rows.accessibleName(), asked.left.text()) == (
        "Citations to rename",
        "1 of them is for you to change.",
    )
    assert asked.accept_button.text() == "Rename 2"
    QTest.keyClick(asked.rows, KEY.Key_Space)
    assert asked.accept_button.text() == "Rename 1"
    QTest.keyClick(asked.rows, KEY.Key_Space)
    QTest.keyClick(asked.rows, KEY.Key_Return)
    done = renamed.replace("so (Doe, 2013)", "so (Dow, 2014)").replace("Doe’s (2013)", "Dow’s (2014)")
    assert text(window) == done
    audited(window, qtbot)
    assert window.notices.messages == ()
    window.window.commands["undo"].trigger()
    assert text(window) == renamed
    window.window.commands["undo"].trigger()
    assert text(window) == ARTICLE


def test_nothing_is_said_of_a_name_that_is_half_typed_nor_of_one_taken_back(
    window: ArticleWindow, qtbot: QtBot
) -> None:
    retyped(window, "e, 2013) | x", "w")
    audited(window, qtbot)
    assert window.notices.messages == ()
    QTest.keyClick(window.text, KEY.Key_Up, CONTROL)
    place_caret(window, "# One")
    assert window.notices.messages == ("3 citations still say “Doe, 2013”.",)
    window.window.commands["undo"].trigger()
    window.window.commands["undo"].trigger()
    assert text(window) == ARTICLE
    audited(window, qtbot)
    place_caret(window, "# One")
    assert window.notices.messages == ()


def test_a_citation_given_another_year_offers_its_row_and_the_others(window: ArticleWindow, qtbot: QtBot) -> None:
    retyped(window, "13). Doe’s", "20")
    audited(window, qtbot)
    place_caret(window, "# One")
    assert window.notices.messages == ("Row 1 and 2 citations still say “Doe, 2013”.",)
    # Whatever is written meanwhile, it is the article as it is that is renamed.
    QTest.keyClicks(window.text, "¶")
    (button,) = (each for each in window.notices.findChildren(QPushButton) if each.text() == "Rename…")
    button.click()
    audited(window, qtbot)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, RenamingDialog)
    assert asked.accept_button.text() == "Rename 3"
    QTest.keyClick(asked.rows, KEY.Key_Return)
    done = ARTICLE.replace("2013", "2020").replace("`(Doe, 2020)`", "`(Doe, 2013)`")
    assert text(window) == f"¶{done}"
    window.window.commands["undo"].trigger()
    window.window.commands["undo"].trigger()
    assert text(window) == ARTICLE.replace("so (Doe, 2013)", "so (Doe, 2020)")
