"""The writer's settings: one value in one small file."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.storage.file_bytes import SaveFailed
from editor.storage.settings_file import Settings, load_settings, save_settings, settings_path, state_folder

WORDS = st.text('aé\ud800"\\', max_size=3)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from([setting.name for setting in fields(Settings)])


def test_settings_saved_are_the_settings_loaded(tmp_path: Path) -> None:
    chosen = Settings(
        theme="dark",
        editor_font_size=20,
        software_rendering="on",
        window_geometry="AdnQ",
        splitters={"main": (400, 600)},
    )
    chosen = chosen.with_recent_file(tmp_path / "a.md")
    save_settings(tmp_path / "new" / "folder" / "settings.json", chosen)
    assert load_settings(tmp_path / "new" / "folder" / "settings.json") == (chosen, ())


def test_a_first_start_has_the_defaults_and_nothing_to_say(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == (Settings(), ())


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_a_file_that_holds_no_settings_gives_the_defaults_and_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    notice = "“settings.json” does not hold settings as JSON; all are at their defaults."
    assert load_settings(path) == (Settings(), (notice,))


def test_one_bad_setting_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "pink", "editor_font_size": true, "column_width": 80, "of a later version": 1}')
    chosen, notices = load_settings(path)
    assert chosen == Settings(column_width=80)
    assert notices == (
        "The setting “theme” must be one of system, light, dark; it is at its default.",
        "The setting “editor_font_size” must be a number from 6 to 48; it is at its default.",
    )


@settings(max_examples=50, deadline=None)
@given(stored=st.dictionaries(NAMES, JSON, max_size=4))
def test_whatever_a_file_holds_the_settings_loaded_can_be_saved_and_loaded(
    tmp_path_factory: pytest.TempPathFactory, stored: dict[str, object]
) -> None:
    path = tmp_path_factory.getbasetemp() / "settings.json"
    path.write_text(json.dumps(stored))
    loaded, _ = load_settings(path)
    save_settings(path, loaded)
    assert load_settings(path) == (loaded, ())


def test_a_folder_that_cannot_be_made_is_a_failed_save(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SaveFailed, match=r"“settings\.json” could not be saved"):
        save_settings(tmp_path / "file" / "settings.json", Settings())


def test_the_newest_ten_files_are_remembered_once_each() -> None:
    chosen = Settings()
    for number in [*range(12), 5]:
        chosen = chosen.with_recent_file(Path(f"/articles/{number}.md"))
    numbers = [int(Path(recent).stem) for recent in chosen.recent_files]
    assert numbers == [5, 11, 10, 9, 8, 7, 6, 4, 3, 2]
    assert chosen.last_folder == "/articles"
    assert chosen.without_recent_file(Path("/articles/5.md")).recent_files == chosen.recent_files[1:]


def test_every_setting_has_a_title_and_a_description_for_its_dialog() -> None:
    for setting in fields(Settings):
        assert setting.metadata["title"]
        assert setting.metadata["description"].endswith(".")


def test_folders_follow_xdg_and_ignore_relative_paths(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert settings_path() == tmp_path / "config" / "stet" / "settings.json"
    assert state_folder() == tmp_path / ".local" / "state" / "stet"
