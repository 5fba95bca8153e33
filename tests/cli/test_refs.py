"""`stet refs`: the citations table for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from editor.cli.main import main

ARTICLE = "| No. | Paper | DOI |\n|--|--|--|\n| 1 | Schläf (Ä, 2001) | 10.1000/x |\n\n| Food |\n|---|\n| x |\n"
BIBTEX = "@misc{a2001,\n  author = {Ä},\n  title = {{Schläf}},\n  year = {2001},\n  doi = {10.1000/x},\n}\n"
CSV = 'No.,Paper,DOI\r\n1,"Schläf (Ä, 2001)",10.1000/x\r\n'


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ([], BIBTEX),
        (["--format", "bibtex"], BIBTEX),
        (["--format", "ris"], "TY  - GEN\r\nAU  - Ä\r\nTI  - Schläf\r\nPY  - 2001\r\nDO  - 10.1000/x\r\nER  - \r\n"),
        (["--format", "csv"], CSV),
        (["--format", "csl-json"], '[\n  {\n    "id": "a2001",'),
        (["--format", "csv", "--table", "2"], "Food\r\nx\r\n"),
    ],
)
def test_the_table_is_printed(
    words: list[str], start: str, article: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["refs", str(article), *words]) == 0
    assert capfdbinary.readouterr().out.decode().startswith(start)
    assert article.read_text(encoding="utf-8") == ARTICLE


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.bib", BIBTEX), ("a.csv", "\ufeff" + CSV), ("A.RIS", "TY  - GEN"), ("a.json", "["), ("a.ris", "TY  - GEN")],
)
def test_a_files_name_tells_the_format(name: str, content: str, article: Path) -> None:
    output = article.with_name(name)
    assert main(["refs", str(article), "-o", str(output)]) == 0
    assert output.read_bytes().decode().startswith(content)


def test_csl_json_is_json(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["refs", str(article), "--format", "csl-json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["DOI"] == "10.1000/x"


def test_a_file_that_is_there_is_overwritten_only_if_forced_and_the_article_never(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = article.with_name("a.bib")
    output.write_text("mine")
    assert main(["refs", str(article), "-o", str(output)]) == 2
    assert output.read_text() == "mine"
    assert main(["refs", str(article), "-o", str(article), "--format", "ris", "--force"]) == 2
    assert article.read_text(encoding="utf-8") == ARTICLE
    assert [line.split(": ", 2)[2] for line in capsys.readouterr().err.splitlines()] == [
        "is there already; name another file with -o, or use --force",
        "is the article itself; name another file with -o",
    ]
    assert main(["refs", str(article), "-o", str(output), "--force"]) == 0
    assert output.read_text(encoding="utf-8") == BIBTEX


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["-o", "papers.txt"], 2, "“papers.txt” does not tell which format is meant; say it with --format"),
        (["--table", "2"], 1, "This table has no column of papers"),
        (["--table", "3"], 1, "The article has 2 tables: there is no table 3."),
        (["--format", "docx"], 2, "argument --format: invalid choice: 'docx'"),
    ],
)
def test_what_cannot_be_exported_is_told_in_one_line(
    words: list[str], code: int, complaint: str, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["refs", str(article), *words]) == code
    told = capsys.readouterr().err
    assert complaint in told
    assert told.count("\n") == 1
