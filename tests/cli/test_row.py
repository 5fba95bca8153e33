"""`stet row`: the rows of a table from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.cli.main import main

ABOVE = "# Title\n\n| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|--|:-:|---|---|\n"
ROWS = [
    "| 1 | First (A, 2001) | one | 5 |\n",
    "|2|Second (B, 2002)|two|-|\n",
    "| 7 | Third (C, 2003) | three | 9 |\n",
]
BELOW = "\nText | with a pipe"
SECOND_TABLE = "\n\n| A | A |\n|---|---|\n| x | y |\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(ABOVE + "".join(ROWS) + BELOW, newline="")
    return path


def rows_of(article: Path) -> list[str]:
    """The rows as they are in the file, once it is sure that nothing else has changed."""
    with article.open(newline="") as file:
        text = file.read()
    assert text.startswith(ABOVE)
    assert text.endswith(BELOW)
    return text[len(ABOVE) : -len(BELOW)].splitlines(keepends=True)


def test_setting_a_cell_changes_its_value_and_nothing_else(article: Path) -> None:
    assert main(["row", str(article), "set", "2", "Citations=12"]) == 0
    assert rows_of(article) == [ROWS[0], "|2|Second (B, 2002)|two|12|\n", ROWS[2]]


def test_several_cells_are_set_at_once_and_pipes_escaped(article: Path) -> None:
    assert main(["row", str(article), "set", "1", "Citations=6", "Relevant Insight=a|b = c"]) == 0
    assert rows_of(article)[0] == "| 1 | First (A, 2001) | a\\|b = c | 6 |\n"


def test_a_row_is_added_at_the_end_with_the_next_number(article: Path) -> None:
    assert main(["row", str(article), "add", "Paper Title (Author, Year)=Fourth (D, 2004)"]) == 0
    assert rows_of(article) == [*ROWS, "| 8 | Fourth (D, 2004) |  | - |\n"]


def test_a_row_is_removed_whole(article: Path) -> None:
    assert main(["row", str(article), "remove", "1"]) == 0
    assert rows_of(article) == ROWS[1:]


def test_a_row_is_moved_by_position(article: Path) -> None:
    assert main(["row", str(article), "move", "3", "1"]) == 0
    assert rows_of(article) == [ROWS[2], ROWS[0], ROWS[1]]


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (["Citations"], [0, 2, 1]),
        (["Citations", "--descending"], [2, 0, 1]),
        (["S.No", "--descending"], [2, 1, 0]),
        (["Relevant Insight"], [0, 2, 1]),
    ],
    ids=lambda words: " ".join(map(str, words)),
)
def test_rows_are_sorted_by_a_column_with_what_is_unknown_last(
    words: list[str], order: list[int], article: Path
) -> None:
    assert main(["row", str(article), "sort", *words]) == 0
    assert rows_of(article) == [ROWS[row] for row in order]


def test_a_value_that_is_there_already_writes_nothing(article: Path) -> None:
    before = article.stat()
    assert main(["row", str(article), "set", "2", "Citations=-", "S.No=2"]) == 0
    assert main(["row", str(article), "move", "2", "2"]) == 0
    assert article.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    "words",
    [
        ["set", "0", "Citations=1"],
        ["set", "4", "Citations=1"],
        ["set", "-1", "Citations=1"],
        ["set", "1", "Citations=1", "No Such=2"],
        ["add", "No Such=2"],
        ["remove", "4"],
        ["remove", "0"],
        ["move", "1", "0"],
        ["move", "1", "4"],
        ["sort", "No Such"],
    ],
    ids=" ".join,
)
def test_what_the_table_does_not_have_is_refused_naming_its_line(
    words: list[str], article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["row", str(article), *words]) == 1
    assert rows_of(article) == ROWS
    complaint = capsys.readouterr().err
    assert complaint.startswith(f"stet: {article}:3: The table has ")
    assert complaint.count("\n") == 1


def test_the_citations_table_is_meant_unless_another_is_named(article: Path) -> None:
    with article.open("a", newline="") as file:
        file.write(SECOND_TABLE)
    assert main(["row", str(article), "remove", "1"]) == 0
    assert main(["row", str(article), "remove", "1", "--table", "2"]) == 0
    with article.open(newline="") as file:
        assert file.read() == ABOVE + ROWS[1] + ROWS[2] + BELOW + SECOND_TABLE.replace("| x | y |\n", "")


@pytest.mark.parametrize(
    ("text", "words", "complaint"),
    [
        ("Text", [], "1: The article has no table."),
        (SECOND_TABLE, ["--table", "2"], "1: The article has 1 table: there is no table 2."),
        (SECOND_TABLE * 2, [], "3: None of the tables lists papers. Choose one with --table: 1 (line 3), 2 (line 8)."),
        (SECOND_TABLE, [], "3: The table has 2 columns “A”. Give each its own heading first."),
    ],
)
def test_a_table_or_column_that_is_not_the_only_one_is_not_guessed(
    text: str, words: list[str], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.md"
    path.write_text(text)
    assert main(["row", str(path), "set", "1", "A=z", *words]) == 1
    assert path.read_text() == text
    assert capsys.readouterr().err == f"stet: {path}:{complaint}\n"
