"""The papers of a folder's articles, read within bounds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from editor.storage import folder_papers
from editor.storage.folder_papers import read_folder_papers

HEAD = "| No | Paper (Author, Year) | Insight | Citations | DOI |\n|---|---|---|---|---|\n"


def never() -> bool:
    return False


def article(path: Path, *names: str, age: int = 0) -> None:
    rows = "".join(
        f"| {n} | On {name} ({name}, 2001) | its insight | {n} | 10.1/{n} |\n" for n, name in enumerate(names)
    )
    path.write_text(
        f"---\ntitle: x\n---\n\n```\n{HEAD}| 1 | No (Code, 2001) |\n```\n\nText.\n\n{HEAD}{rows}| x | broken |\n"
    )
    os.utime(path, (1e9 - age, 1e9 - age))


def names(folder: Path) -> dict[str, list[str]]:
    found = read_folder_papers(folder, {}, never)
    return {name: [offer.name.authors for offer in listed.papers] for name, listed in found.items()}


def test_each_article_gives_the_papers_of_its_table_the_newest_first(tmp_path: Path) -> None:
    article(tmp_path / "old.md", "Adams", "Baker", age=9)
    article(tmp_path / "new.md", "Clark")
    (tmp_path / "none.md").write_text("| a | b |\n|---|---|\n| 1 | 2 |\n")
    (tmp_path / "link.md").symlink_to(tmp_path / "new.md")
    os.utime(tmp_path / "none.md", (1e8, 1e8))
    assert names(tmp_path) == {"new.md": ["Clark"], "old.md": ["Adams", "Baker"], "none.md": []}
    offer = read_folder_papers(tmp_path, {}, never)["old.md"].papers[1]
    assert (offer.name.title, offer.elsewhere, offer.cited_by, offer.doi) == ("On Baker", "old.md", "1", "10.1/1")


def test_what_did_not_change_is_not_read_again_and_what_is_stopped_is_left(tmp_path: Path) -> None:
    article(tmp_path / "a.md", "Adams", age=1)
    known = read_folder_papers(tmp_path, {}, never)
    article(tmp_path / "b.md", *["Baker"] * 40)
    asked: list[bool] = []

    def stops_within_b() -> bool:
        asked.append(len(asked) == 1)
        return asked[-1]

    assert list(read_folder_papers(tmp_path, known, stops_within_b)) == []
    again = read_folder_papers(tmp_path, known, never)
    assert again["a.md"] is known["a.md"]


@pytest.mark.parametrize("bound", ["MOST_ARTICLES", "MOST_PAPERS", "MOST_BYTES_TOGETHER"])
def test_a_folder_of_too_much_gives_its_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    for age, name in enumerate(("Adams", "Baker", "Clark")):
        article(tmp_path / f"{name}.md", name, age=age)
    monkeypatch.setattr(folder_papers, bound, 2 if bound != "MOST_BYTES_TOGETHER" else 300)
    assert list(names(tmp_path))[:1] == ["Adams.md"]
    assert len(names(tmp_path)) == 2
