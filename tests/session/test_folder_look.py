"""The look of a folder's pages is read beside the window, followed, and written down when a theme is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.session.folder_look import FolderLook, PageLook
from editor.storage.folder_settings import NAME


@pytest.fixture
def look(qtbot: QtBot) -> Iterator[FolderLook]:
    look = FolderLook()
    yield look
    look.close()


def learned(look: FolderLook, folder: Path | None, qtbot: QtBot) -> PageLook:
    with qtbot.waitSignal(look.changed):
        look.learn(folder)
    assert look.look
    return look.look


def test_without_a_file_or_without_settings_it_is_the_usual_one(look: FolderLook, tmp_path: Path, qtbot: QtBot) -> None:
    assert learned(look, None, qtbot) == PageLook("journal", "", None, "")
    look.learn(tmp_path)
    look.choose("dark")
    qtbot.waitUntil((tmp_path / NAME).exists)
    assert (tmp_path / NAME).read_bytes() == b'[export]\ntheme = "dark"\n'


def test_the_settings_and_the_style_sheet_are_followed(look: FolderLook, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / NAME).write_text('[export]\ntheme = "plain"\ncss = "looks/own.css"\nsmart_quotes = true\n')
    found = learned(look, tmp_path, qtbot)
    assert (found.theme, found.own_style, found.smart_quotes) == ("plain", "", True)
    assert "looks/own.css" in found.refused
    (tmp_path / "looks").mkdir()
    (tmp_path / "looks" / "own.css").write_text("p { color: red }")
    qtbot.waitUntil(lambda: look.look == PageLook("plain", "p { color: red }", True))
    assert look.look
    assert look.look.style.endswith("p { color: red }")
    (tmp_path / "looks" / "own.css").write_text("p { color: blue }")
    qtbot.waitUntil(lambda: look.look == PageLook("plain", "p { color: blue }", True))
    (tmp_path / NAME).unlink()
    qtbot.waitUntil(lambda: look.look == PageLook())


def test_what_cannot_be_worn_is_told_and_the_rest_is_worn(look: FolderLook, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / NAME).write_text('[export]\ntheme = "sepia"\ncss = "own.css"\n')
    (tmp_path / "own.css").write_text("@import 'x';")
    found = learned(look, tmp_path, qtbot)
    assert (found.theme, found.own_style) == ("journal", "")
    assert "“sepia”" in found.refused
    assert "@import" in found.refused


def test_a_theme_that_cannot_be_written_down_is_not_worn_on(look: FolderLook, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / NAME).write_text("export = 3\n")
    learned(look, tmp_path, qtbot)
    with qtbot.waitSignal(look.not_remembered) as told:
        look.choose("dark")
        assert look.look == PageLook("dark")
    assert NAME in told.args[0]
    qtbot.waitUntil(lambda: look.look == PageLook())
    assert (tmp_path / NAME).read_text() == "export = 3\n"
