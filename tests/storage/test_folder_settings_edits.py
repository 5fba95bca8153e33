"""Turning findings off writes a line into `stet.toml` and leaves all others as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.storage.folder_settings import NAME, folder_settings, load_folder_settings
from editor.storage.folder_settings_edits import NotTurnedOff, turn_off, with_code_off

TEXTS = [
    "",
    '# mine\n[front_matter]\nrequired = ["a"]   # why\n',
    '[check]\noff = [\n  "old", # why\n]\n\n[check.articles]\n"b.md" = ["x"]\n',
    '[check]\r\noff = ["old"]\r\n# the end\r\n',
    '\ufeff[check]\narticles = { "b.md" = ["x"] }\n',
    'check.off = ["old"]\n',
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("article", ["", "my article.md", "b.md"])
def test_a_code_is_off_and_all_else_stays(text: str, article: str) -> None:
    written = with_code_off(text, "paper-twice", article)
    before, after = (folder_settings(each.removeprefix("\ufeff")) for each in (text, written))
    assert after.check.off_in(article or "any.md") == before.check.off_in(article or "any.md") | {"paper-twice"}
    assert after.front_matter == before.front_matter
    assert not after.problems
    lines = [line for line in text.split("\n") if "=" not in line]
    assert [line for line in written.split("\n") if line in lines][: len(lines)] == lines
    assert ("\r\n" in text) == ("\r\n" in written)
    assert "\n" not in written.replace("\r\n", "") or "\r\n" not in written
    assert with_code_off(written, "paper-twice", article) == written


@pytest.mark.parametrize("text", ["[check", "check = 3\n", '[check]\noff = "all"\n', "[check]\narticles = 3\n"])
def test_what_cannot_be_changed_safely_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, "utf-8")
    for article in ("", "a.md"):
        if article or "articles" not in text:
            with pytest.raises(NotTurnedOff, match=NAME):
                turn_off(tmp_path, "paper-twice", article if "off" not in text else "")
    assert (tmp_path / NAME).read_text("utf-8") == text


def test_the_file_is_made_where_there_is_none_and_read_again(tmp_path: Path) -> None:
    turn_off(tmp_path, "paper-twice")
    turn_off(tmp_path, "image-alt", "a.md")
    assert load_folder_settings(tmp_path).check.off_in("a.md") == {"paper-twice", "image-alt"}


def test_no_link_is_followed_and_other_encodings_are_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"[check]\n")
    (tmp_path / NAME).symlink_to(elsewhere)
    with pytest.raises(NotTurnedOff):
        turn_off(tmp_path, "paper-twice")
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).write_bytes(b"# \xff\n")
    with pytest.raises(NotTurnedOff, match="UTF-8"):
        turn_off(tmp_path, "paper-twice")
    assert elsewhere.read_bytes() == b"[check]\n"
    assert (tmp_path / NAME).read_bytes() == b"# \xff\n"
