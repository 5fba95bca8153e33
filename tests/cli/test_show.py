"""`stet show`: what an article holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from editor.cli.main import main

ARTICLE = """\
---
title: "Sleep and light"
updated: 2024-05-13
version: 1.10
tags: [sleep, light]
---

# Sleep and light

Light late in the day delays sleep (Chang et al., 2015).

## Papers

| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |
|------|----------------------------|------------------|-----------|
| 1 | Evening use of readers (Chang et al., 2015) | Blue light \\| sleep | 1200 |
| 2 | A short row |
| 3 | A long row | x | - | beyond | more |
"""

SHARED_ARTICLE = Path(__file__).parents[3] / "shared" / "articles" / "magnesium-glycinate.md"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, newline="")
    return path


def as_json(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, list[dict[str, object]]]:
    assert main(["show", str(path), "--json", *words]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def test_fields_are_shown_in_file_order_as_they_are_written(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(article, capsys)["fields"] == [
        {"key": "title", "value": "Sleep and light", "line": 2},
        {"key": "updated", "value": "2024-05-13", "line": 3},
        {"key": "version", "value": "1.10", "line": 4},
        {"key": "tags", "value": ["sleep", "light"], "line": 5},
    ]


def test_rows_are_shown_with_their_position_line_and_values(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = as_json(article, capsys)["rows"]
    assert [(row["position"], row["line"]) for row in rows] == [(1, 16), (2, 17), (3, 18)]
    assert rows[0]["cells"] == [
        {"column": "S.No", "value": "1"},
        {"column": "Paper Title (Author, Year)", "value": "Evening use of readers (Chang et al., 2015)"},
        {"column": "Relevant Insight", "value": "Blue light | sleep"},
        {"column": "Citations", "value": "1200"},
    ]


def test_a_ragged_row_shows_the_cells_it_has(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(article, capsys)
    assert answer["rows"][1]["cells"] == [
        {"column": "S.No", "value": "2"},
        {"column": "Paper Title (Author, Year)", "value": "A short row"},
    ]
    cells = answer["rows"][2]["cells"]
    assert isinstance(cells, list)
    assert cells[4:] == [{"column": None, "value": "beyond"}, {"column": None, "value": "more"}]
    assert {problem["line"] for problem in answer["problems"]} == {17, 18}


def test_outline_and_counts_are_shown(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(article, capsys)
    assert answer["outline"] == [
        {"level": 1, "title": "Sleep and light", "line": 8},
        {"level": 2, "title": "Papers", "line": 12},
    ]
    counts: object = answer["counts"]
    assert isinstance(counts, dict)
    assert counts["citations"] == 3
    assert counts["characters"] == len(ARTICLE)


def test_a_person_reads_the_same_with_lines_in_front(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(article)]) == 0
    shown = capsys.readouterr().out
    assert "Fields\n    2  title: Sleep and light\n" in shown
    assert '    5  tags: ["sleep", "light"]\n' in shown
    assert "   16  Row 1\n         S.No: 1\n" in shown
    assert "   12    Papers\n" in shown


def test_what_an_article_holds_cannot_command_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("# Red \x1b[31malert\u202e\n")
    assert main(["show", str(tmp_path / "a.md")]) == 0
    assert r"Red \x1b[31malert\u202e" in capsys.readouterr().out


def test_the_only_table_is_shown_whatever_it_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("| A | B |\n|---|---|\n| 1 | 2 |\n")
    assert len(as_json(tmp_path / "a.md", capsys)["rows"]) == 1


def test_of_several_tables_that_list_no_papers_one_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "| A | B |\n|---|---|\n| 1 | 2 |\n\n"
    (tmp_path / "a.md").write_text(table * 2)
    assert as_json(tmp_path / "a.md", capsys)["rows"] == []
    assert [row["line"] for row in as_json(tmp_path / "a.md", capsys, "--table", "2")["rows"]] == [7]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"---\na: [\n---\n", "front-matter-syntax", 3),
        ("naïve".encode() + b"\nna\xefve", "file-locked", 2),
    ],
)
def test_a_damaged_file_is_shown_with_the_line_to_blame(
    data: bytes, code: str, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_bytes(data)
    problem = as_json(tmp_path / "a.md", capsys)["problems"][0]
    assert (problem["code"], problem["severity"], problem["line"]) == (code, "error", line)


@pytest.mark.parametrize("text", ["", "no front matter", "---\n---\n", "\ufeff\n"])
def test_an_article_that_lacks_everything_is_shown_as_such(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text(text)
    answer = as_json(tmp_path / "a.md", capsys)
    assert (answer["fields"], answer["rows"], answer["outline"]) == ([], [], [])


def test_the_real_article_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    if not SHARED_ARTICLE.exists():
        pytest.skip("the real article is not beside this checkout")
    answer = as_json(SHARED_ARTICLE, capsys)
    assert [field["key"] for field in answer["fields"]] == ["title", "date", "affiliate_link"]
    assert [(row["position"], row["line"]) for row in answer["rows"]] == [(at, 17 + at) for at in range(1, 6)]
    assert answer["problems"] == []
