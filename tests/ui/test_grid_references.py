"""What is pasted into the grid as references, and what as cells."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.ui.grid_desk import CTRL, Desk, Key, article

from editor.ui.grid_references import seems_to_hold_references

APA = "Barbagallo, M., & Dominguez, L. (2019). Magnesium and health. Nutrients, 3(2), 1–4."
BIBTEX = "@article{a, title={On it}, author={Roe, Ann}, year={2014}}"


@pytest.mark.parametrize("text", [APA, BIBTEX, "TY  - JOUR\nTI  - On it\nER  - \n", '[{"title": "On it"}]'])
def test_references_are_known_as_such(text: str) -> None:
    assert seems_to_hold_references(text)


@pytest.mark.parametrize(
    "text",
    [
        "Magnesium and Health (Barbagallo & Dominguez, 2019)",
        "Siebrecht (2013)",
        "It was shown by Ng (2001). More text follows here.",
        "Smith (2010) found it. Then Jones (2011).",
        '{"a": 1}',
        "1\tSleep (Ng, 2001)\n2\tRest (Ho, 2002)",
        "12",
        "",
    ],
)
def test_values_of_cells_are_not_taken_for_references(text: str) -> None:
    assert not seems_to_hold_references(text)


def test_pasted_references_are_offered_and_prose_is_pasted(qtbot: QtBot) -> None:
    desk = Desk(qtbot, article())
    offered: list[str] = []
    desk.grid.references_wanted.connect(offered.append)
    desk.go(0, 2)
    for text in (APA, "Shown by Ng (2001). More."):
        mime = QMimeData()
        mime.setText(text)
        QGuiApplication.clipboard().setMimeData(mime)
        desk.press(Key.Key_V, CTRL)
    assert offered == [APA]
    assert desk.text == article().replace("| x |", "| Shown by Ng (2001). More. |")


def test_cells_that_were_copied_are_pasted_whatever_they_hold(qtbot: QtBot) -> None:
    desk = Desk(qtbot, article(f"| 1 | {APA} | x | 5 |"))
    offered: list[str] = []
    desk.grid.references_wanted.connect(offered.append)
    desk.go(0, 1)
    desk.press(Key.Key_C, CTRL)
    desk.go(0, 2)
    desk.press(Key.Key_V, CTRL)
    assert offered == []
    assert desk.text == article(f"| 1 | {APA} | {APA} | 5 |")
