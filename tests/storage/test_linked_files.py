"""Whether files are there that an article links to, and how far one looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.storage.linked_files import are_there


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("a.png", True),
        ("./pictures/b.png", True),
        ("pictures", True),
        ("../beside.md", True),
        ("none.png", False),
        ("a.png/none", False),
        ("pictures/../none.png", False),
        ("../none.md", False),
        ("../../../../../../net/none", True),
        ("a\0b", True),
        ("x" * 5000, True),
    ],
)
def test_a_file_near_the_article_is_looked_for_and_no_other(tmp_path: Path, name: str, there: bool) -> None:
    folder = tmp_path / "site" / "posts"
    (folder / "pictures").mkdir(parents=True)
    for present in ("a.png", "pictures/b.png", "../beside.md"):
        (folder / present).write_bytes(b"")
    assert are_there(folder, [name]) == {name: there}
