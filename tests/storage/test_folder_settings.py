"""`stet.toml`: what it says, and what happens to what it cannot say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.storage.folder_settings import (
    LARGEST,
    MOST_ENTRIES,
    CheckSettings,
    ExportSettings,
    FolderSettings,
    FrontMatterSettings,
    folder_settings,
    load_folder_settings,
)

WHOLE = """\
[front_matter]
required = ["title", "description"]

[front_matter.choices]
stage = ["draft", "review", "done"]

[front_matter.template]
title = ""
date = "today"
draft = true
weight = 10
day = 2024-05-13
tags = ["sleep"]
"""


def said(settings: FolderSettings) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in settings.problems]


def test_all_that_a_folder_can_ask_for_is_read_with_the_template_in_its_order() -> None:
    assert folder_settings(WHOLE) == FolderSettings(
        FrontMatterSettings(
            required=("title", "description"),
            choices={"stage": ("draft", "review", "done")},
            template=(
                ("title", ""), ("date", "today"), ("draft", "true"), ("weight", "10"),
                ("day", "2024-05-13"), ("tags", ("sleep",)),
            ),
        )
    )  # fmt: skip


def test_what_is_not_to_be_told_is_read() -> None:
    check = folder_settings('[check]\noff = ["a"]\n[check.articles]\n"x.md" = ["b"]\n').check
    assert check == CheckSettings(("a",), {"x.md": ("b",)})
    assert (check.off_in("x.md"), check.off_in("y.md")) == ({"a", "b"}, {"a"})


def test_a_folder_without_the_file_has_the_defaults_and_nothing_to_say(tmp_path: Path) -> None:
    assert load_folder_settings(tmp_path) == FolderSettings()
    assert load_folder_settings(tmp_path / "gone") == FolderSettings()


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("[front_matter]\nrequired = [\n", 2, "invalid value"),
        ("a = 1\n", 1, "“a” is no section"),
        ("[front_matter]\n\n[unheard]\n", 3, "“unheard” is no section"),
        ("[front_matter]\nrequired = []\nrequird = []\n", 3, "“requird” is no setting of [front_matter]"),
        ("front_matter = 1\n", 1, "must be a section"),
        ("[front_matter]\nrequired = 'title'\n", 2, "“required” must be a list"),
        ("[front_matter]\nrequired = ['a', 1]\n", 2, "“required” must be a list"),
        ("[front_matter]\nrequired = ['']\n", 2, "“required” must be a list"),
        ("[front_matter]\nchoices = ['a']\n", 2, "“choices” must be a table"),
        ("[front_matter.choices]\nstage = 'a'\n", 2, "“stage” must be a list"),
        ("[front_matter.template]\nauthor = {name = 'a'}\n", 2, "“author” must be a text"),
        ("[front_matter.template]\ntags = [['a']]\n", 2, "“tags” must be a text"),
        (f"[front_matter]\n{'a.' * 20_000}b = 1\n", 1, "50 dots"),
        ("[front_matter]\rrequired = []\n", 1, "carriage return"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_line(text: str, line: int, word: str) -> None:
    (problem,) = folder_settings(text).problems
    assert problem.line == line
    assert problem.message.startswith(f"“stet.toml”, line {line}: ")
    assert word in problem.message


def test_what_is_wrong_in_one_place_leaves_the_rest_in_force() -> None:
    settings = folder_settings(WHOLE.replace('"title", "description"', "1") + "link = {a = 1}\n")
    assert settings.front_matter.required == ()
    assert settings.front_matter.choices["stage"] == ("draft", "review", "done")
    assert [line for line, _ in said(settings)] == [2, 14]


def test_too_much_of_anything_is_refused(tmp_path: Path) -> None:
    many = ", ".join(f'"x{number}"' for number in range(MOST_ENTRIES + 1))
    assert folder_settings(f"[front_matter]\nrequired = [{many}]\n").front_matter.required == ()
    (tmp_path / "stet.toml").write_text("#" * (LARGEST + 1))
    assert "more than 32 KB" in said(load_folder_settings(tmp_path))[0][1]
    (tmp_path / "stet.toml").write_bytes(b"[front_matter]\n# \xff\n")
    assert said(load_folder_settings(tmp_path))[0][0] == 2


def test_a_link_or_a_pipe_of_that_name_is_not_read(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside.toml"
    inside.mkdir()
    outside.write_text(WHOLE)
    (inside / "stet.toml").symlink_to(outside)
    linked = load_folder_settings(inside)
    assert (linked.front_matter, "is a link" in said(linked)[0][1]) == (FrontMatterSettings(), True)
    (inside / "stet.toml").unlink()
    os.mkfifo(inside / "stet.toml")
    assert "no regular file" in said(load_folder_settings(inside))[0][1]


@settings(max_examples=50)
@given(st.text("[]front_matter.requiredtemplatechoices='\"{}#\n 1,", max_size=60))
def test_whatever_the_file_holds_it_is_read_without_an_error(text: str) -> None:
    found = folder_settings(text).problems
    assert all(problem.line >= 0 and problem.message.endswith(".") for problem in found)


def test_how_pages_look_and_what_is_said_of_affiliate_links() -> None:
    settings = folder_settings(
        '[export]\ntheme = "plain"\ncss = "own.css"\ntemplate = "page.html"\ncontents = true\ndisclosure = "Ad."\n'
    )
    assert settings.problems == ()
    assert settings.export == ExportSettings(
        theme="plain", css="own.css", template="page.html", disclosure={"": "Ad."}, contents=True
    )


def test_what_is_asked_of_every_export() -> None:
    settings = folder_settings(
        '[export]\nformat = "txt"\nassets = "folder"\nsmart_quotes = true\n'
        'base_url = "https://example.org/"\nsite_title = "Notes"\n'
    )
    assert settings.problems == ()
    assert settings.export == ExportSettings(
        format="txt", assets="folder", smart_quotes=True, base_url="https://example.org/", site_title="Notes"
    )
    wrong = folder_settings('[export]\nformat = "doc"\nassets = "web"\nsmart_quotes = 1\n')
    assert wrong.export == ExportSettings()
    assert [problem.line for problem in wrong.problems] == [2, 3, 4]


def test_a_sentence_for_each_language() -> None:
    assert folder_settings('[export.disclosure]\nDE = "Werbung"\nen = "Ad"\n').export.disclosure == {
        "de": "Werbung",
        "en": "Ad",
    }


def test_what_cannot_be_used_of_it_is_told_and_the_rest_holds() -> None:
    settings = folder_settings('[export]\ntheme = 3\ncss = "a\\nb"\ncontents = "yes"\ndisclosure = ["a"]\nfont = "x"\n')
    assert settings.export == ExportSettings()
    assert sorted(problem.line for problem in settings.problems) == [2, 3, 4, 5, 6]
