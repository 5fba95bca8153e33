"""An article that one window has open is another's only to read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from editor.storage.claims import Claim, Claimed

CLAIM_AND_WAIT = """
import sys
from pathlib import Path
from editor.storage.claims import Claim
claim = Claim(Path(sys.argv[1]), Path(sys.argv[2]))
print("claimed", flush=True)
sys.stdin.read()
"""


def test_a_claimed_article_cannot_be_claimed_again_by_any_of_its_names(tmp_path: Path) -> None:
    article = tmp_path / "article.md"
    article.touch()
    (tmp_path / "link.md").symlink_to(article)
    claim = Claim(article, tmp_path / "open")
    for name in (article, tmp_path / "link.md", tmp_path / "x" / ".." / "article.md"):
        with pytest.raises(Claimed) as claimed:
            Claim(name, tmp_path / "open")
        assert claimed.value.process == os.getpid()
    Claim(tmp_path / "other.md", tmp_path / "open").release()
    claim.release()


def test_an_article_let_go_of_can_be_claimed_and_leaves_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        Claim(tmp_path / "article.md", tmp_path / "open").release()
    assert list((tmp_path / "open").iterdir()) == []


def test_a_killed_program_claims_nothing_any_more(tmp_path: Path) -> None:
    article, folder = tmp_path / "article.md", tmp_path / "open"
    command = [sys.executable, "-c", CLAIM_AND_WAIT, str(article), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"claimed\n"
        with pytest.raises(Claimed) as claimed:
            Claim(article, folder)
        assert claimed.value.process == other.pid
        other.kill()
        other.wait()
    Claim(article, folder).release()
