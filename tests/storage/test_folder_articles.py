"""The heads of a folder's articles, read within bounds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from editor.storage import folder_articles
from editor.storage.folder_articles import HEAD_BYTES, read_heads


def never() -> bool:
    return False


def test_each_article_of_the_folder_itself_gives_its_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeff---\r\ntitle: é\r\n---\r\nText".encode())
    (tmp_path / "b.markdown").write_text("+++\ntitle = 'b'\n+++\n")
    (tmp_path / "c.md").write_text("no front matter")
    (tmp_path / ".hidden.md").write_text("---\na: 1\n---\n")
    (tmp_path / "notes.txt").write_text("---\na: 1\n---\n")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "d.md").write_text("---\na: 1\n---\n")
    heads = read_heads(tmp_path, {}, never)
    assert {name: [field.value for field in head.front_matter.fields] for name, head in heads.items()} == {
        "a.md": ["é"], "b.markdown": ["b"], "c.md": [],
    }  # fmt: skip


def test_links_pipes_folders_and_what_may_not_be_read_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "outside.md").write_text("---\nsecret: 1\n---\n")
    (folder / "link.md").symlink_to(tmp_path / "outside.md")
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    (folder / "bytes.md").write_bytes(b"---\na: \xff\n---\n")
    assert list(read_heads(folder, {}, never)) == ["bytes.md"]
    assert read_heads(tmp_path / "gone", {}, never) == {}


def test_only_the_head_of_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text("---\n" + "# filler\n" * (HEAD_BYTES // 9 + 1) + "a: 1\n---\n")
    (tmp_path / "short.md").write_text("---\na: 1\n---\n" + "Text\n" * HEAD_BYTES)
    heads = read_heads(tmp_path, {}, never)
    assert [len(heads[name].front_matter.fields) for name in ("long.md", "short.md")] == [0, 1]


def test_the_newest_articles_are_read_and_no_more_than_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_articles, "MOST_ARTICLES", 2)
    for age, name in enumerate(["new.md", "middle.md", "old.md"]):
        (tmp_path / name).write_text("---\na: 1\n---\n")
        os.utime(tmp_path / name, ns=(0, 10**18 - age * 10**9))
    assert list(read_heads(tmp_path, {}, never)) == ["new.md", "middle.md"]


def test_a_second_look_reads_only_what_has_changed_and_can_be_ended_early(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("---\na: 1\n---\n")
    first = read_heads(tmp_path, {}, never)
    (tmp_path / "b.md").write_text("---\nlonger: 1\n---\n")
    asked: list[bool] = []

    def count() -> bool:
        asked.append(True)
        return False

    second = read_heads(tmp_path, first, count)
    assert len(asked) == 1
    assert (second["a.md"] is first["a.md"], second["b.md"].front_matter.fields[0].key) == (True, "longer")
    assert read_heads(tmp_path, {}, lambda: True) == {}
