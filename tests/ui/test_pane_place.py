"""A pane's place before the pane is there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.session.text_buffer import TextBuffer
from editor.ui.front_matter_form import FrontMatterForm
from editor.ui.pane_place import PanePlace, RowsToCome
from editor.ui.theme import Theme, apply_theme


@pytest.mark.parametrize(("fields", "notes"), [(0, 0), (1, 0), (3, 1), (40, 0)])
@pytest.mark.parametrize("height", [500, 1000])
def test_the_form_comes_without_moving_the_text(
    qtbot: QtBot, qapp: QApplication, fields: int, notes: int, height: int
) -> None:
    apply_theme(qapp, Theme.LIGHT)
    lines = "affiliate_link: https://example.org\n" * notes
    lines += "".join(f"key{number}: value\n" for number in range(fields - notes))
    buffer = TextBuffer(f"---\n{lines}---\n\nText\n" if fields else "Text\n")
    place = PanePlace(lambda: FrontMatterForm(buffer), RowsToCome("Front matter", "Add field", fields, notes))
    text = QLineEdit()
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(place)
    column.addWidget(text, 1)
    qtbot.addWidget(window)
    window.resize(600, height)
    window.show()
    before = text.geometry()
    assert place.pane.isVisible()
    column.activate()
    assert text.geometry() == before


def test_a_place_that_has_the_focus_gives_it_to_its_pane(qtbot: QtBot) -> None:
    place = PanePlace(QLineEdit)
    qtbot.addWidget(place)
    place.show()
    place.setFocus()
    assert place.if_made is None
    pane = place.pane
    assert place.focusWidget() is pane
    assert place.pane is pane
    assert place.if_made is pane
