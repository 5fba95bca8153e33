"""What the other articles list, learned in the background and anew when the folder changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.session.folder_papers import FolderPapers

HEAD = "| No | Paper | Insight |\n|---|---|---|\n"


@pytest.fixture
def folder(qtbot: QtBot) -> Iterator[FolderPapers]:
    papers = FolderPapers()
    yield papers
    papers.close()


def test_the_other_articles_papers_are_learned_and_learned_anew_and_not_its_own(
    folder: FolderPapers, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "own.md").write_text(HEAD + "| 1 | Own (Mine, 2001) | x |\n")
    (tmp_path / "other.md").write_text(HEAD + "| 1 | One (Adams, 2001) | x |\n")
    with qtbot.waitSignal(folder.changed):
        folder.learn_for(tmp_path / "own.md")
        folder.look()
    assert [(paper.name.authors, paper.elsewhere) for paper in folder.papers] == [("Adams", "other.md")]
    with qtbot.waitSignal(folder.changed):
        (tmp_path / "new.md").write_text(HEAD + "| 1 | Two (Baker, 2001) | x |\n")
    assert sorted(paper.name.authors for paper in folder.papers) == ["Adams", "Baker"]
    with qtbot.waitSignal(folder.changed):
        folder.learn_for(None)
    assert folder.papers == ()


def test_closing_does_not_wait_for_a_folder_of_many_articles(tmp_path: Path, qtbot: QtBot) -> None:
    for number in range(100):
        (tmp_path / f"{number}.md").write_text(HEAD + f"| 1 | One (Adams, {1900 + number}) | x |\n" * 50)
    papers = FolderPapers()
    papers.learn_for(tmp_path / "own.md")
    with qtbot.assertNotEmitted(papers.changed):
        papers.look()
        papers.close()
        papers.look()
