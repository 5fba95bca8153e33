"""What the window's process for exports does, task by task."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.publishing import worker
from editor.publishing.overwriting import Occupant
from editor.publishing.worker import copy, look, preview, remember
from editor.storage.folder_settings import load_folder_settings

TEXT = """---
title: One
day: [
---

Claim (Doe, 2013) and (Nobody, 1999).

![Far](https://far.example/a.png) ![Near](near.png) [there](#nowhere)

## More

Words.

## Evidence

| S.No | Paper Title (Author, Year) | Citations |
|---|---|---|
| 1 | On it (Doe, 2013) | - |
"""
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(TEXT, "utf-8")
    return path


def exported(
    article: Path, target: Path, *, agreed: bool = False, written: str = "", **choices: object
) -> dict[str, object]:
    answer = worker._answer(
        {
            "task": "export",
            "text": article.read_text("utf-8"),
            "article": str(article),
            "target": str(target),
            "choices": choices,
            "quotes": False,
            "written": written,
            "agreed": agreed,
        }
    )
    assert "failed" in answer
    return answer


def test_a_preview_is_the_page_as_it_will_be_with_what_is_amiss_by_line(article: Path) -> None:
    shown = preview(TEXT, str(article), {"contents": True, "assets": "folder"})
    assert shown["kind"] == "page"
    assert "<title>One</title>" in str(shown["content"])
    assert "<nav " in str(shown["content"])
    problems = shown["problems"]
    assert isinstance(problems, list)
    assert [line for line, _ in problems] == sorted(line for line, _ in problems)
    by_line = {line: [said for at, said in problems if at == line] for line, _ in problems}
    assert "Nobody, 1999: not in the table, so it stays plain text." in by_line[6]
    assert "The image on the web becomes a link: https://far.example/a.png" in by_line[8]
    assert "The link #nowhere leads to no place on the page." in by_line[8]
    assert any("near.png" in said for said in by_line[8])
    assert any(line in (3, 4) for line in by_line)


def test_of_very_many_problems_the_first_are_told(article: Path) -> None:
    shown = preview(TEXT + "\n" + "(Nobody, 1999) (Noone, 1998)\n\n" * 300, str(article), {})
    assert isinstance(shown["problems"], list)
    assert len(shown["problems"]) == 200
    assert int(str(shown["amiss"])) >= 600


def test_text_is_previewed_as_text_without_the_data_of_pictures(article: Path) -> None:
    (article.parent / "near.png").write_bytes(PNG + bytes(3000))
    shown = preview(TEXT, str(article), {"format": "fragment"})
    assert shown["kind"] == "text"
    assert "data:image/png;base64,iVBORw0KGgo" in str(shown["content"])
    assert len(str(shown["content"])) < 3000
    assert "===" in str(preview(TEXT, str(article), {"format": "txt"})["content"])


def test_a_folders_settings_are_obeyed_and_what_is_wrong_with_them_is_told(article: Path) -> None:
    (article.parent / "own.css").write_text("h1 { color: teal }", "utf-8")
    (article.parent / "stet.toml").write_text('[export]\ncss = "own.css"\nsmart_quotes = true\nwhat = 1\n', "utf-8")
    assert "color: teal" in str(preview(TEXT, str(article), {})["content"])
    said = copy("“q” 'q'\n", str(article), quotes=False, start=0, end=0, rich=False)
    assert "‘q’" in str(said["html"])
    page = article.with_suffix(".html")
    answer = exported(article, page)
    assert any("“what” is no setting" in note for note in answer["notes"])
    assert "color: teal" in page.read_text("utf-8")
    (article.parent / "own.css").write_text("@import 'x.css';", "utf-8")
    assert "has an @import" in str(exported(article, page)["failed"])
    assert "color: teal" in page.read_text("utf-8")


def test_nothing_of_the_writers_is_replaced_without_a_word(article: Path) -> None:
    page = article.with_suffix(".html")
    assert look(str(article), str(page), "")["occupant"] is Occupant.NOTHING
    page.write_text("mine", "utf-8")
    assert look(str(article), str(page), "")["occupant"] is Occupant.STRANGER
    assert exported(article, page)["occupant"] is Occupant.STRANGER
    assert page.read_text("utf-8") == "mine"
    assert exported(article, page, agreed=True)["failed"] == ""
    assert look(str(article), str(page), "")["occupant"] is Occupant.OURS
    assert exported(article, page)["failed"] == ""
    for place, occupant in ((article, Occupant.ARTICLE), (article.parent, Occupant.NO_FILE)):
        assert exported(article, place, agreed=True)["occupant"] is occupant
    assert article.read_text("utf-8") == TEXT


def test_a_text_is_ours_while_it_is_as_it_was_written(article: Path) -> None:
    page = article.with_suffix(".txt")
    digest = str(exported(article, page, format="txt")["digest"])
    assert look(str(article), str(page), digest)["occupant"] is Occupant.OURS
    assert exported(article, page, format="txt", written=digest)["failed"] == ""
    page.write_text("edited", "utf-8")
    assert exported(article, page, format="txt", written=digest)["occupant"] is Occupant.STRANGER


def test_another_picture_is_not_replaced(article: Path) -> None:
    (article.parent / "near.png").write_bytes(PNG)
    page = article.with_suffix(".html")
    exported(article, page, assets="folder")
    (picture,) = (article.parent / "article-pictures").iterdir()
    picture.write_bytes(b"mine")
    answer = exported(article, page, assets="folder")
    assert picture.name in str(answer["failed"])
    assert answer["occupant"] is Occupant.STRANGER
    assert picture.read_bytes() == b"mine"
    assert exported(article, page, assets="folder", agreed=True)["failed"] == ""
    assert picture.read_bytes() == PNG


def test_choices_are_remembered_for_the_folder(article: Path) -> None:
    choices = {"format": "pdf", "theme": "plain", "assets": "folder", "contents": True, "smart_quotes": True}
    assert remember(str(article.parent), choices) == {}
    own = load_folder_settings(article.parent).export
    assert (own.format, own.theme, own.assets, own.contents, own.smart_quotes) == ("pdf", "plain", "folder", True, True)
    (article.parent / "stet.toml").write_text("= no\n", "utf-8")
    assert worker._answer({"task": "remember", "folder": str(article.parent), "choices": choices})["failed"]


def test_rich_text_has_the_title_and_source_for_a_page_has_not(article: Path) -> None:
    text = "# Title\n\nClaim [^1].\n\n[^1]: Note.\n"
    rich = copy(text, str(article), quotes=False, start=0, end=0, rich=True)
    source = copy(text, str(article), quotes=False, start=0, end=0, rich=False)
    assert "<h1" in str(rich["html"])
    assert 'href="#' not in str(rich["html"])
    assert str(rich["text"]).startswith("Title\n=====\n")
    assert "<h1" not in str(source["html"])
    assert 'href="#fn:1"' in str(source["html"])
    of_title = copy(text, str(article), quotes=False, start=0, end=3, rich=False)
    assert "<h1" in str(of_title["html"])
    assert "Claim" not in str(of_title["html"])


def test_what_the_system_refuses_is_a_sentence(article: Path) -> None:
    answer = exported(article, article / "page.html")
    assert answer["failed"]
    assert article.read_text("utf-8") == TEXT
