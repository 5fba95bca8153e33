"""The audit in the window: after a pause, a little at a time, and never of an older text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.core.audit import Audit, audit
from editor.core.text_edit import TextEdit
from editor.session.auditor import Auditor
from editor.session.background import Background
from editor.session.text_buffer import TextBuffer

TABLE = "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"
TEXT = f"# a\n\nIt grew (Adams, 2013). ![b](c.png)\n\n{TABLE}| 1 | A (Baker, 2010) | x | 5 |\n"


@pytest.fixture
def buffer(qtbot: QtBot) -> TextBuffer:
    return TextBuffer(TEXT)


@pytest.fixture
def auditor(buffer: TextBuffer) -> Iterator[Auditor]:
    background = Background("files")
    auditor = Auditor(buffer, background)
    yield auditor
    auditor.close()
    background.close()


def audited(qtbot: QtBot, auditor: Auditor) -> list[str]:
    """The codes that the next audit finds."""
    with qtbot.waitSignal(auditor.audited) as told:
        pass
    audit = told.args[0] if told.args else None
    assert isinstance(audit, Audit)
    return [finding.problem.code for finding in audit.findings]


def test_an_article_is_audited_after_it_is_opened_and_after_a_change(
    qtbot: QtBot, buffer: TextBuffer, auditor: Auditor
) -> None:
    assert audited(qtbot, auditor) == ["citation-missing", "paper-uncited"]
    at = TEXT.index("Adams, 2013")
    buffer.edit([TextEdit(at, at + 11, "Baker, 2010")], "cite")
    assert audited(qtbot, auditor) == []


def test_what_is_turned_off_is_not_told(qtbot: QtBot, auditor: Auditor) -> None:
    auditor.turn_off(frozenset({"paper-uncited"}))
    assert audited(qtbot, auditor) == ["citation-missing"]


def test_a_picture_that_is_not_there_is_told_once_it_was_looked_for(
    qtbot: QtBot, tmp_path: Path, auditor: Auditor
) -> None:
    auditor.set_folder(tmp_path)
    assert "picture-missing" not in audited(qtbot, auditor)
    assert "picture-missing" in audited(qtbot, auditor)


def test_a_change_in_the_middle_of_an_audit_begins_it_anew(qtbot: QtBot, buffer: TextBuffer, auditor: Auditor) -> None:
    heard: list[Audit] = []
    auditor.audited.connect(heard.append)
    auditor.begin()
    buffer.edit([TextEdit(len(TEXT), len(TEXT), "| 2 | A (Adams, 2013) | x | 5 |\n")], "add row")
    assert audited(qtbot, auditor) == ["paper-uncited"]
    assert len(heard) == 1


def test_a_paragraph_too_long_for_a_turn_is_left_to_the_command_line(
    qtbot: QtBot, buffer: TextBuffer, auditor: Auditor
) -> None:
    buffer.edit([TextEdit(len(TEXT), len(TEXT), "\n" + "word " * 14_000 + "(Clark, 2001)")], "add a paragraph")
    assert audited(qtbot, auditor) == ["citation-missing", "paper-uncited"]
    assert [each.problem.code for each in audit(buffer.article, date(2026, 11, 25))].count("citation-missing") == 2
