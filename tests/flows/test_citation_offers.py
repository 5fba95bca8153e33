"""Citing while writing: papers are offered for what is typed, and the one picked is written as the article cites."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.flows.short_article import place_caret, text

from editor.article_window import ArticleWindow
from editor.ui.citation_popup import CitationPopup

Open = Callable[[Path], ArticleWindow]
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
TABLE = (
    "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"
    "| 1 | Sleep in the old (Siebrecht & Zöller, 2013) | x | 5 |\n"
    "| 2 | Rest (van Loon, Siebert, & Öhman, 2001) | z | 2 |\n"
)
END = "\nIt is so (Siebrecht and Zöller 2013). And so (van Loon et al. 2001).\n"
ELSEWHERE = (
    "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"
    "| 1 | Sleep in the old (Siebrecht & Zöller, 2013) | x | 5 |\n"
    "| 7 | Tired (Siegel, 2020) | its own | 1,200 |\n"
)


@pytest.fixture
def window(open_window: Open, tmp_path: Path, qtbot: QtBot) -> ArticleWindow:
    """A window on an article that writes `and` and no comma, once what can be cited is known."""
    (tmp_path / "other.md").write_text(ELSEWHERE, "utf-8")
    path = tmp_path / "article.md"
    path.write_text(f"# One\n\nStart \n\n{TABLE}{END}", "utf-8")
    window = open_window(path)
    citations = window.citations
    qtbot.waitUntil(lambda: citations.renamings is not None)
    assert citations.folder_papers
    assert citations.offers
    with qtbot.waitSignal(citations.folder_papers.changed):
        citations.folder_papers.look()
    qtbot.waitUntil(lambda: citations.offers.is_ready)
    return window


def popup(window: ArticleWindow) -> CitationPopup:
    assert window.citations.citing
    return window.citations.citing.popup


def offered(window: ArticleWindow) -> list[str]:
    return [offer.dated for offer in popup(window).offers] if popup(window).isVisible() else []


def typed(window: ArticleWindow, keys: str, qtbot: QtBot) -> None:
    QTest.keyClicks(window.text, keys)
    answer_turn(qtbot)


def answer_turn(qtbot: QtBot) -> None:
    """Let the turn of the event loop come in which offers are looked up."""
    done: list[bool] = []
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: done.append(True)))
    qtbot.waitUntil(lambda: bool(done))


def test_a_name_begun_behind_a_bracket_is_offered_and_picked_by_keys_alone(
    window: ArticleWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    before = text(window)
    place_caret(window, "\n\n| S.No")
    typed(window, "(s", qtbot)
    assert offered(window) == []
    QTest.keyClicks(window.text, "i")
    assert offered(window) == []  # what a key leads to waits until the key is seen
    answer_turn(qtbot)
    assert offered(window) == ["Siebrecht & Zöller, 2013", "van Loon, Siebert, & Öhman, 2001", "Siegel, 2020"]
    assert window.text.hasFocus()
    assert popup(window).accessibleName() == "Papers to cite"
    assert said[-1] == "Siebrecht & Zöller, 2013, Sleep in the old, 1 of 3"
    QTest.keyClick(window.text, KEY.Key_Up)
    assert said[-1] == "Siegel, 2020, Tired, from other.md, adds a row, 3 of 3"
    QTest.keyClick(window.text, KEY.Key_PageUp)
    QTest.keyClick(window.text, KEY.Key_Down)
    QTest.keyClick(window.text, KEY.Key_Return)
    assert "Start (van Loon et al. 2001)\n" in text(window)
    assert not popup(window).isVisible()
    # What is typed goes on behind it, and each step goes back by itself.
    typed(window, ".", qtbot)
    assert "Start (van Loon et al. 2001).\n" in text(window)
    for _ in range(2):
        QTest.keyClick(window.text, KEY.Key_Z, CONTROL)
    assert "Start (si\n" in text(window)
    answer_turn(qtbot)
    assert offered(window) == []
    QTest.keyClick(window.text, KEY.Key_Z, CONTROL)
    assert text(window) == before


def test_a_paper_of_another_article_brings_its_row_in_one_step(window: ArticleWindow, qtbot: QtBot) -> None:
    place_caret(window, "\n\n| S.No")
    typed(window, "As Sieg", qtbot)
    assert offered(window) == []
    QTest.keyClick(window.text, KEY.Key_Space, CONTROL)
    assert offered(window) == ["Siegel, 2020"]
    before = text(window)
    QTest.mouseClick(
        popup(window).viewport(),
        Qt.MouseButton.LeftButton,
        pos=popup(window).visualRect(popup(window).currentIndex()).center(),
    )
    assert text(window) == before.replace("As Sieg", "As Siegel (2020)").replace(
        END, "| 3 | Tired (Siegel, 2020) |  | 1,200 |\n" + END
    )
    assert window.text.hasFocus()
    assert (
        window.text.textCursor().block().text()[: window.text.textCursor().positionInBlock()].endswith("Siegel (2020)")
    )
    QTest.keyClick(window.text, KEY.Key_Z, CONTROL)
    assert text(window) == before


def test_offers_are_in_nobodys_way(window: ArticleWindow, qtbot: QtBot) -> None:
    place_caret(window, "\n\n| S.No")
    typed(window, "(si", qtbot)
    assert offered(window)
    # Typing goes on, and what is no name any more is left alone.
    typed(window, "nce ", qtbot)
    assert offered(window) == []
    QTest.keyClick(window.text, KEY.Key_Return)
    assert "Start (since \n\n\n| S.No" in text(window)
    # Escape: not for this word, but for the next.
    typed(window, "(si", qtbot)
    QTest.keyClick(window.text, KEY.Key_Escape)
    typed(window, "e", qtbot)
    assert offered(window) == []
    typed(window, "; si", qtbot)
    assert offered(window)
    # The caret leaves, by key and by mouse, and the focus.
    QTest.keyClick(window.text, KEY.Key_Home)
    answer_turn(qtbot)
    assert offered(window) == []
    QTest.keyClick(window.text, KEY.Key_End)
    QTest.keyClick(window.text, KEY.Key_Space, CONTROL)
    assert offered(window)
    QTest.keyClick(window.text, KEY.Key_Space, CONTROL)
    assert offered(window)
    window.window.commands["go-to-form"].trigger()
    assert QApplication.focusWidget() is not window.text
    assert offered(window) == []
    # What was asked for is not asked for again by what is typed behind it.
    place_caret(window, "\n\n| S.No")
    QTest.keyClick(window.text, KEY.Key_Space, CONTROL)
    typed(window, "zzz and then ", qtbot)
    assert offered(window) == []
    # In the table itself a name is only a name.
    place_caret(window, "iebrecht & Zöller, 2013) | x")
    typed(window, "i", qtbot)
    QTest.keyClick(window.text, KEY.Key_Space, CONTROL)
    assert offered(window) == []
    assert window.window.statusBar().currentMessage() == "There is no paper to cite here."
