"""What a folder tells, learned in the background and anew when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.core.field_kinds import FieldKind
from editor.session.folder_knowledge import FolderKnowledge, Knowledge


@pytest.fixture
def folder(qtbot: QtBot) -> Iterator[FolderKnowledge]:
    knowledge = FolderKnowledge()
    yield knowledge
    knowledge.close()


def test_the_other_articles_and_the_settings_are_learned_and_learned_anew(
    folder: FolderKnowledge, tmp_path: Path, qtbot: QtBot
) -> None:
    own, other = tmp_path / "own.md", tmp_path / "other.md"
    own.write_text("---\nmine: 1\n---\n")
    other.write_text("---\ntags: [a]\n---\n")
    with qtbot.waitSignal(folder.changed):
        folder.learn_for(own)
        folder.look()
    assert {key: known.kind for key, known in folder.knowledge.fields.items()} == {"tags": FieldKind.LIST}
    with qtbot.waitSignal(folder.changed):
        (tmp_path / "stet.toml").write_text("[front_matter]\nrequired = ['title']\n")
    assert folder.knowledge.settings.front_matter.required == ("title",)
    with qtbot.waitSignal(folder.changed):
        other.with_name("new.md").write_text("---\nstage: x\n---\n")
    assert sorted(folder.knowledge.fields) == ["stage", "tags"]


def test_an_article_saved_elsewhere_has_another_folder_and_a_new_one_has_none(
    folder: FolderKnowledge, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "other.md").write_text(f"---\n{name}: 1\n---\n")
    for name in ("one", "two"):
        with qtbot.waitSignal(folder.changed):
            folder.learn_for(tmp_path / name / "own.md")
            folder.look()
        assert list(folder.knowledge.fields) == [name]
    with qtbot.waitSignal(folder.changed):
        folder.learn_for(None)
    assert folder.knowledge == Knowledge()


def test_closing_does_not_wait_for_a_folder_of_many_articles(tmp_path: Path, qtbot: QtBot) -> None:
    for number in range(300):
        (tmp_path / f"{number}.md").write_text("---\na: 1\n---\n")
    knowledge = FolderKnowledge()
    knowledge.learn_for(tmp_path / "own.md")
    with qtbot.assertNotEmitted(knowledge.changed):
        knowledge.look()
        knowledge.close()
        knowledge.look()
