"""The export of a folder as the window sees it: told as it goes on, stopped when asked, and never waited for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.session.folder_exporter import ExportedPage, FolderExporter, FolderOrder, FolderSummary

Made = Callable[[str], FolderExporter]
LINE = '{"done": 1, "article": "a.md", "page": "a.html", "state": "made", "notes": ["so"]}'
DEAF = f"""
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('{{"total": 2}}'); print('{LINE}', flush=True)
time.sleep(60)
"""


@pytest.fixture
def made(qtbot: QtBot) -> Iterator[Made]:
    """Exporters whose command is a script in Python."""
    exporters = []

    def make(script: str) -> FolderExporter:
        exporters.append(FolderExporter(command=(sys.executable, "-S", "-c", script), patience_ms=50))
        return exporters[-1]

    yield make
    for each in exporters:
        each.close()


def test_a_folder_is_exported_by_the_command(tmp_path: Path, qtbot: QtBot) -> None:
    folder, output = tmp_path / "articles", tmp_path / "pages"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n")
    (folder / "two.md").write_text("![far](https://example.org/a.png)\n")
    exporter, pages, totals = FolderExporter(), [], []
    exporter.began.connect(totals.append)
    exporter.went_on.connect(pages.extend)
    with qtbot.waitSignal(exporter.finished, timeout=20_000) as told:
        exporter.start(FolderOrder(folder, output, ("--format", "html")))
        assert exporter.is_running
    assert told.args == [FolderSummary(2, 0, 0, (), output / "index.html")]
    assert totals == [2]
    assert sorted((each.article.name, each.page, each.state, len(each.notes)) for each in pages) == [
        ("one.md", output / "one.html", "made", 0),
        ("two.md", output / "two.html", "made", 1),
    ]
    assert not exporter.is_running
    for name in ("three", "four"):
        (folder / f"{name}.md").write_text("# New\n")
    (output / "three.html").write_text("mine")
    (output / "four.html").symlink_to(output / "one.html")
    pages.clear()
    with qtbot.waitSignal(exporter.finished, timeout=20_000):
        exporter.start(FolderOrder(folder, output))
    said = " ".join(note for each in pages for note in each.notes)
    assert "or have such files replaced" in said
    assert "name another folder." in said
    assert " -" not in said  # a window has no options of a command


def test_what_does_not_stop_is_ended_and_what_was_done_is_told(made: Made, qtbot: QtBot) -> None:
    exporter = made(DEAF)
    with qtbot.waitSignal(exporter.went_on, timeout=20_000) as told:
        exporter.start(FolderOrder(Path("x"), Path("y")))
    assert told.args == [[ExportedPage(Path("a.md"), Path("a.html"), "made", ("so",))]]
    with qtbot.waitSignal(exporter.finished, timeout=20_000) as ended:
        exporter.stop()
    assert ended.args == [FolderSummary(1, 0, 0, (), None, is_stopped=True)]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("import sys; sys.stderr.write('stet: x: warned\\nstet: “ftp:” is no base URL.\\n'); sys.exit(2)", "“ftp:” is"),
        ("print('hello')", "nonsense"),
        ("print('{\"done\": 1}')", "nonsense"),
        ("print('[' * 100_000)", "nonsense"),
        ("print('{\"total\": 9}')", "ended before its end"),
    ],
)
def test_what_ends_otherwise_says_why(made: Made, qtbot: QtBot, script: str, why: str) -> None:
    exporter = made(script)
    with qtbot.waitSignal(exporter.failed, timeout=20_000) as told:
        exporter.start(FolderOrder(Path("x"), Path("y")))
    assert why in told.args[0]
    assert not exporter.is_running


def test_a_command_that_is_not_there_is_told_of(qtbot: QtBot) -> None:
    exporter = FolderExporter(command=("/nowhere/python",))
    with qtbot.waitSignal(exporter.failed) as told:
        exporter.start(FolderOrder(Path("x"), Path("y")))
    assert "could not be started" in told.args[0]
