"""`stet column` and `stet align`: the columns of a table from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.cli.main import main

TABLE = [
    "| S.No | Paper Title (Author, Year) | Citations |",
    "|--|:-:|---|",
    "| 1 | First (A, 2001) | 5 |",
    "|2|Second (B, 2002)|-|",
]
ABOVE, BELOW = "# Title\r\n\r\n", "\r\n\r\nText | with a pipe"
TEXT = ABOVE + "\r\n".join(TABLE) + BELOW
SECOND_TABLE = "\n\n| A | B |\n|---|---|\n| long | y |\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(TEXT, newline="")
    return path


def text_of(article: Path) -> str:
    with article.open(newline="") as file:
        return file.read()


@pytest.mark.parametrize(
    ("words", "table"),
    [
        (
            ["add", "DOI"],
            [f"{TABLE[0]} DOI |", f"{TABLE[1]}---|", f"{TABLE[2]}  |", f"{TABLE[3]}|"],
        ),
        (
            ["add", "x|y", "--at", "1"],
            ["| x\\|y " + TABLE[0], "|---" + TABLE[1], "|  " + TABLE[2], "|" + TABLE[3]],
        ),
        (
            ["remove", "S.No"],
            [TABLE[0].replace(" S.No |", ""), "|:-:|---|", "| First (A, 2001) | 5 |", "|Second (B, 2002)|-|"],
        ),
        (["rename", "Citations", "Cited by"], [TABLE[0].replace("Citations", "Cited by"), *TABLE[1:]]),
        (["align", "Citations", "right"], [TABLE[0], "|--|:-:|--:|", *TABLE[2:]]),
        (["move", "Citations", "3"], TABLE),
    ],
)
def test_a_verb_changes_its_column_and_nothing_else(words: list[str], table: list[str], article: Path) -> None:
    assert main(["column", str(article), *words]) == 0
    assert text_of(article) == ABOVE + "\r\n".join(table) + BELOW


def test_a_column_is_moved_by_position_and_back(article: Path) -> None:
    assert main(["column", str(article), "move", "Citations", "1"]) == 0
    assert "|-|2|Second (B, 2002)|\r\n" in text_of(article)
    assert main(["column", str(article), "move", "Citations", "3"]) == 0
    assert text_of(article) == TEXT


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["add", "x", "--at", "0"], "The table has 3 columns: there is no place 0."),
        (["add", "x", "--at", "5"], "The table has 3 columns: there is no place 5."),
        (["move", "S.No", "4"], "The table has 3 columns: there is no place 4."),
        (["remove", "No Such"], "The table has no column “No Such”. Its columns are "),
        (["rename", "No Such", "x"], "The table has no column “No Such”. Its columns are "),
    ],
)
def test_what_the_table_does_not_have_is_refused_naming_its_line(
    words: list[str], complaint: str, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["column", str(article), *words]) == 1
    assert text_of(article) == TEXT
    assert capsys.readouterr().err.startswith(f"stet: {article}:3: {complaint}")


@pytest.mark.parametrize("words", [["add"], ["align", "S.No", "up"], ["move", "S.No", "first"], ["turn", "S.No"]])
def test_wrong_words_are_told_and_write_nothing(
    words: list[str], article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["column", str(article), *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert text_of(article) == TEXT


def test_the_citations_table_is_aligned_unless_another_is_named(article: Path) -> None:
    with article.open("a", newline="") as file:
        file.write(SECOND_TABLE)
    assert main(["align", str(article), "--table", "2"]) == 0
    assert text_of(article) == TEXT + "\n\n| A    | B |\n|------|---|\n| long | y |\n"
    assert main(["align", str(article)]) == 0
    rows = text_of(article).split("\r\n")[2:6]
    assert rows[3] == "| 2    |      Second (B, 2002)      | -         |"
    assert {tuple(at for at, letter in enumerate(row) if letter == "|") for row in rows} == {(0, 7, 36, 48)}


def test_an_aligned_table_is_not_written_again(article: Path) -> None:
    assert main(["align", str(article)]) == 0
    before = article.stat()
    assert main(["align", str(article)]) == 0
    assert article.stat().st_mtime_ns == before.st_mtime_ns
