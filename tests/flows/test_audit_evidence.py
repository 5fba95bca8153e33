"""The evidence of the article at a glance: each part leads to its place, and the picture can be kept."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow
from editor.core.text_edit import TextEdit
from editor.ui.evidence_view import EvidenceView

TEXT = """# One

It grew (Doe, 2013), and shrank <b> & (Poe, 2001).

## Bare

Nothing.

| S.No | Paper Title (Author, Year) | Citations |
|---|---|---|
| 1 | On it (Doe, 2013) | - |
| 2 | On that (Roe, 2011) | - |
"""


@pytest.fixture
def window(tmp_path: Path, open_window: Callable[[Path], ArticleWindow], qtbot: QtBot) -> ArticleWindow:
    path = tmp_path / "article.md"
    path.write_text(TEXT, "utf-8")
    window = open_window(path)
    qtbot.waitUntil(lambda: bool(window.audit.counts))
    return window


def test_each_part_of_the_picture_leads_to_its_place_by_keys_and_by_clicks(
    window: ArticleWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.text, Qt.Key.Key_I, control_shift)
    view = window.window.findChild(EvidenceView)
    assert view is not None
    picture = view.picture
    says = [part.says for part in picture.parts]
    assert says == [
        "One: 8 words · 2 citations",
        "Doe, 2013: row 1",
        "Poe, 2001: no row",
        "Bare: 1 word · 0 citations",
        "2011: 1 paper",
        "2013: 1 paper",
    ]
    for number, key in enumerate([Qt.Key.Key_Down] * 3):
        QTest.keyClick(picture, key)
        assert picture.accessibleDescription() == says[number]
    QTest.keyClick(picture, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.text.caret_offset == TEXT.index("Poe"))
    box = picture.parts[4].box.translated(12, 12).center().toPoint()
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=box)
    assert window.grid.current_row == 1
    at = TEXT.index("Nothing")
    window.session.buffer.edit([TextEdit(at, at, "Yet (Roe, 2011). ")], "cite")
    qtbot.waitUntil(lambda: "Bare: 4 words · 1 citation" in [part.says for part in picture.parts])
    target = tmp_path / "evidence.svg"
    window.evidence.save(view.svg(), target)
    qtbot.waitUntil(lambda: any("Saved as" in message for message in window.notices.messages))
    words = " ".join(ET.fromstring(target.read_text("utf-8")).itertext())
    assert "Papers by year" in words
    assert "Bare" in words
