"""What the window writes into `stet.toml` changes a line of it and leaves all others as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.storage.folder_settings import NAME, folder_settings, load_folder_settings
from editor.storage.folder_settings_edits import (
    SettingsNotChanged,
    remember_export,
    turn_off,
    with_code_off,
    with_export,
)

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
            with pytest.raises(SettingsNotChanged, match=NAME):
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
    with pytest.raises(SettingsNotChanged):
        turn_off(tmp_path, "paper-twice")
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).write_bytes(b"# \xff\n")
    with pytest.raises(SettingsNotChanged, match="UTF-8"):
        turn_off(tmp_path, "paper-twice")
    assert elsewhere.read_bytes() == b"[check]\n"
    assert (tmp_path / NAME).read_bytes() == b"# \xff\n"


CHOSEN_AND_WRITTEN = [
    ("", '[export]\ntheme = "dark"\ncontents = true\n'),
    (
        "\ufeff# mine\r\n[export]\r\ntheme='plain' # why\r\n\r\n# of checks\r\n[check]\r\noff = []\r\n",
        "\ufeff# mine\r\n[export]\r\ntheme='dark' # why\r\ncontents=true\r\n\r\n# of checks\r\n[check]\r\noff = []\r\n",
    ),
    ("[check]\noff=[]", '[check]\noff=[]\n\n[export]\ntheme = "dark"\ncontents = true\n'),
    ('[export.disclosure]\nen = "Ad"', '[export.disclosure]\nen = "Ad"\n\n[export]\ntheme = "dark"\ncontents = true\n'),
    ('export = { theme = "plain" }\n', 'export = { theme = "dark", contents = true }\n'),
    ("export.contents = false\n[x]\n", 'export.contents = true\nexport.theme = "dark"\n[x]\n'),
    ('[export]\ncontents = "yes"\ntheme = 3\n', '[export]\ntheme = "dark"\ncontents = true\n'),
]


@pytest.mark.parametrize(("text", "expected"), CHOSEN_AND_WRITTEN)
def test_what_is_chosen_of_an_export_is_written_and_all_else_stays(text: str, expected: str) -> None:
    assert with_export(text, {"theme": "dark", "contents": True}) == expected
    assert with_export(expected, {"theme": "dark", "contents": True}) == expected


def test_defaults_are_written_only_over_something_else(tmp_path: Path) -> None:
    defaults = {"format": "html", "theme": "journal", "contents": False, "assets": "inline", "smart_quotes": None}
    remember_export(tmp_path, **defaults)  # type: ignore[arg-type]
    assert not (tmp_path / NAME).exists()
    (tmp_path / NAME).write_bytes(b'[export]\ntheme = "dark"\nsmart_quotes = false\nsite_title = "Mine"\n')
    remember_export(tmp_path, **defaults, site_title="", base_url="2024")  # type: ignore[arg-type]
    assert (tmp_path / NAME).read_bytes() == b'[export]\ntheme = "journal"\nbase_url = "2024"\n'


@pytest.mark.parametrize(
    "text", ["[export", "export = 3\n", "[[export]]\n", "export.theme.name = 3\n", "# " + "x" * 32_760]
)
def test_choices_are_refused_where_they_would_not_be_read_again(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, "utf-8")
    with pytest.raises(SettingsNotChanged, match=NAME):
        remember_export(tmp_path, theme="dark")
    assert (tmp_path / NAME).read_text("utf-8") == text
