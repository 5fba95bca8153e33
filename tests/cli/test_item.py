"""`stet item`: a list in the front matter edited where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.cli.main import main

ARTICLE = b"---\r\ntitle: x   # c\r\ntags: [sleep,  'light' ]\r\nby:\r\n- name: A\r\n  at: [u]\r\n---\r\nText"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_bytes(ARTICLE)
    return path


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (["tags", "add", "a: b"], b"'light' ]", b"'light',  'a: b' ]"),
        (["tags", "add", "new", "--at", "1"], b"[sleep", b"[new,  sleep"),
        (["tags", "set", "2", "dark"], b"'light'", b"'dark'"),
        (["tags", "remove", "1"], b"sleep,  ", b""),
        (["tags", "move", "2", "1"], b"sleep,  'light'", b"'light',  sleep"),
        (["by.1.at", "add", "v"], b"[u]", b"[u, v]"),
    ],
)
def test_an_item_is_edited_by_its_position_and_nothing_else_is(
    article: Path, words: list[str], old: bytes, new: bytes
) -> None:
    assert main(["item", str(article), *words]) == 0
    assert article.read_bytes() == ARTICLE.replace(old, new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ARTICLE, ARTICLE.replace(b"]\r\n---", b"]\r\nnew: [x]\r\n---")),
        (b"---\nnew: # none\n---\n", b"---\nnew: [x] # none\n---\n"),
        (b"---\nnew: []\n---\n", b"---\nnew: [x]\n---\n"),
        (b"Text", b"---\nnew: [x]\n---\nText"),
        (b'{\n  "a": 1\n}\n', b'{\n  "a": 1,\n  "new": ["x"]\n}\n'),
    ],
)
def test_the_first_item_begins_the_list(article: Path, before: bytes, after: bytes) -> None:
    article.write_bytes(before)
    assert main(["item", str(article), "new", "add", "x"]) == 0
    assert article.read_bytes() == after


@pytest.mark.parametrize(
    ("words", "line", "reason"),
    [
        (["tags", "set", "3", "x"], 3, "“tags” has 2 items: there is no item 3."),
        (["tags", "remove", "0"], 3, "there is no item 0."),
        (["tags", "add", "x", "--at", "4"], 3, "from 1 to 3"),
        (["tags", "move", "1", "3"], 3, "position 3 of 2"),
        (["title", "add", "x"], 2, "“title” is no list"),
        (["other", "set", "1", "x"], 1, "There is no “other”"),
        (["other", "add", "x", "--at", "2"], 1, "There is no “other”"),
    ],
)
def test_what_is_no_item_is_refused_and_the_file_stays(
    article: Path, capsys: pytest.CaptureFixture[str], words: list[str], line: int, reason: str
) -> None:
    assert main(["item", str(article), *words]) == 1
    assert article.read_bytes() == ARTICLE
    complaint = capsys.readouterr().err
    assert complaint.startswith(f"stet: {article}:{line}: ")
    assert reason in complaint
