"""`stet citations`: which row each citation in the text means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from editor.cli.main import main

ARTICLE = (
    '\ufeff---\r\ntitle: "On growth 😀"\r\n---\r\n\r\nIt grew (Adams, 2001, 2004; Baker & Clark 2010).\r\n\r\n'
    "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\r\n|---|---|---|---|\r\n"
    "| 7 | On growth (Adams, 2001) | x | 5 |\r\n| b | Not on growth (Evans, 1999) | x | - |\r\n"
    "| 9 | Malformed | x | - |\r\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_bytes(ARTICLE.encode())
    return path


def test_rows_and_mentions_are_told_with_their_places(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["citations", str(article), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    text = ARTICLE.removeprefix("\ufeff")
    assert [text[each["start"] : each["end"]] for each in said["mentions"]] == [
        "Adams, 2001",
        "2004",
        "Baker & Clark 2010",
    ]
    assert said["mentions"][0] == {
        "start": text.index("Adams"),
        "end": text.index("Adams") + 11,
        "line": 5,
        "column": 10,
        "text": "Adams, 2001",
        "author": "Adams",
        "year": "2001",
        "position": 1,
        "row": 7,
    }
    assert [(each["author"], each["year"], each["row"]) for each in said["mentions"][1:]] == [
        ("Adams", "2004", None),
        ("Baker & Clark", "2010", None),
    ]
    assert said["rows"] == [
        {"position": 1, "row": 7, "author": "Adams", "year": "2001", "title": "On growth", "line": 9, "mentions": [0]},
        {
            "position": 2,
            "row": 2,
            "author": "Evans",
            "year": "1999",
            "title": "Not on growth",
            "line": 10,
            "mentions": [],
        },
        {"position": 3, "row": 9, "author": "", "year": "", "title": "Malformed", "line": 11, "mentions": []},
    ]
    assert {(each["code"], each["line"], each["column"]) for each in said["problems"]} >= {
        ("citation-missing", 5, 23),
        ("citation-missing", 5, 29),
        ("paper-uncited", 10, 7),
        ("paper-malformed", 11, 7),
    }


def test_a_person_reads_a_line_for_each(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["citations", str(article)]) == 0
    assert capsys.readouterr().out == (
        "    5  Adams, 2001: row 7\n    5  2004: not in the table\n    5  Baker & Clark 2010: not in the table\n"
        "   10  Not on growth (Evans, 1999): never cited\n"
    )


@pytest.mark.parametrize(("written", "row"), [("123456789", 123456789), ("9" * 6000, 1)])
def test_a_number_too_long_to_be_a_rows_is_none(
    article: Path, capsys: pytest.CaptureFixture[str], written: str, row: int
) -> None:
    article.write_bytes(ARTICLE.replace("| 7 |", f"| {written} |").encode())
    assert main(["citations", str(article), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["row"] == row
