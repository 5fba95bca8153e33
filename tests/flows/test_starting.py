"""How a window comes: the text first, all else behind it, and nothing that is typed meanwhile goes astray."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.flows.short_article import TEXT

from editor.app import Application
from editor.ui.pane_place import PanePlace
from editor.ui.preview_pane import PreviewPane

_IMPORTS = """
import linecache, sys
import editor.start
editor.start.import_plainly()
import editor.app
print(*sys.modules)
print(*linecache.cache)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_text_waits_for_nothing_that_it_does_not_need() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _IMPORTS],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    modules, sources_read = answer.stdout.splitlines()
    imported = set(modules.split())
    assert "editor.ui.text_pane" in imported
    behind = {
        "PySide6.QtWebEngineCore",
        "PySide6.QtPrintSupport",
        "yaml",
        "merge3",
        "markdown",
        "ctypes",
        "editor.cli.commands",
    }
    behind |= {f"editor.core.{each}" for each in ("tables", "papers", "chunk_facts", "front_matter_fields")}
    behind |= {"editor.ui.citations_grid", "editor.ui.front_matter_form", "editor.ui.dialogs.versions"}
    assert not behind & imported
    assert not [source for source in sources_read.split() if Path(source).match("editor/ui/*")]


def test_what_is_typed_before_the_other_panes_come_is_in_them(
    application: Application, path: Path, qtbot: QtBot
) -> None:
    application.open_files([path])
    window = application.windows[0]
    form, grid = window.window.pane("form"), window.window.pane("grid")
    assert isinstance(form, PanePlace)
    assert isinstance(grid, PanePlace)
    assert form.if_made is None
    assert grid.if_made is None
    assert not window.preview.is_loaded
    QTest.keyClick(window.text, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    window.text.go_to_line(1)
    QTest.keyClicks(window.text, "lang: en")
    QTest.keyClick(window.text, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.queue.settled, timeout=20_000):
        pass
    qtbot.waitUntil(lambda: form.if_made is not None and grid.if_made is not None)
    assert (("lang",), 0) in window.form._rows
    window.session.buffer.undo()
    window.session.buffer.undo()
    assert window.session.article.text == TEXT


def test_a_window_that_a_graphics_card_draws_has_its_preview_from_the_beginning(
    application: Application, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PreviewPane, "may_come_late", False)
    application.open_files([path])
    assert application.windows[0].preview.focusProxy() is not None


def test_a_window_closed_at_once_builds_nothing(application: Application, path: Path, qtbot: QtBot) -> None:
    application.open_files([path])
    window = application.windows[0]
    place = window.window.pane("grid")
    assert isinstance(place, PanePlace)
    with qtbot.waitSignal(window.closed):
        window.close_without_saving()
    assert place.if_made is None
    assert window.preview.focusProxy() is None
