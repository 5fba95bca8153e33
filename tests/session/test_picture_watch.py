"""Pictures that change, go and come on disk are noticed, however a program writes them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.session.picture_watch import PictureWatch


@pytest.fixture
def watch(qtbot: QtBot, tmp_path: Path) -> PictureWatch:
    watch = PictureWatch()
    (tmp_path / "there.png").write_bytes(b"one")
    watch.add("there", tmp_path / "there.png")
    watch.add("missing", tmp_path / "missing.png")
    watch.add("deeper", tmp_path / "no" / "folder" / "yet.png")
    return watch


def write(path: Path) -> None:
    path.write_bytes(b"another")


def exchange(path: Path) -> None:
    write(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


@pytest.mark.parametrize("change", [write, exchange, Path.unlink])
def test_a_picture_that_changes_is_named(watch: PictureWatch, tmp_path: Path, qtbot: QtBot, change) -> None:
    for _ in range(2):
        (tmp_path / "there.png").write_bytes(b"once more")
        with qtbot.waitSignal(watch.changed, timeout=5000):
            pass
        with qtbot.waitSignal(watch.changed, timeout=5000) as told:
            change(tmp_path / "there.png")
        assert told.args == [("there",)]


def test_a_picture_that_comes_is_named(watch: PictureWatch, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(watch.changed, timeout=5000) as told:
        write(tmp_path / "missing.png")
    assert told.args == [("missing",)]


def test_so_is_one_whose_folder_comes_first(watch: PictureWatch, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "no" / "folder").mkdir(parents=True)
    with qtbot.waitSignal(watch.changed, timeout=5000) as told:
        write(tmp_path / "no" / "folder" / "yet.png")
    assert told.args == [("deeper",)]


def test_other_files_of_the_folder_are_nobodys_business(watch: PictureWatch, tmp_path: Path, qtbot: QtBot) -> None:
    told: list[tuple[str, ...]] = []
    watch.changed.connect(told.append)
    write(tmp_path / "other.png")
    os.utime(tmp_path)
    with qtbot.waitSignal(watch.changed, timeout=5000):
        write(tmp_path / "missing.png")
    assert told == [("missing",)]


def test_nothing_is_noticed_any_more_after_clearing(watch: PictureWatch, tmp_path: Path, qtbot: QtBot) -> None:
    told: list[tuple[str, ...]] = []
    watch.changed.connect(told.append)
    write(tmp_path / "there.png")
    watch.clear()
    watch.add("missing", tmp_path / "missing.png")
    with qtbot.waitSignal(watch.changed, timeout=5000):
        write(tmp_path / "missing.png")
    assert told == [("missing",)]
