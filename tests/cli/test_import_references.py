"""`stet row FILE import`: rows for references in other files."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from editor.cli.main import main

ARTICLE = (
    "# Title\n\n| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|--|:-:|---|---|\n"
    "| 1 | First (A, 2001) | one | 5 |\n\nText.\n"
)
BIBTEX = """\
@article{a, title = {Second}, author = {B, C. and D, E.}, year = 2002}
@article{b, title = {First}, author = {A, B.}, year = 2001}
@article{c, title = {never closed
"""
RIS = "TY  - JOUR\nTI  - Third\nAU  - F, G.\nPY  - 2003\nER  - \n"
ROWS = "| 2 | Second (B & D, 2002) |  | - |\n| 3 | Third (F, 2003) |  | - |\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE)
    (tmp_path / "a.bib").write_text(BIBTEX)
    (tmp_path / "b.ris").write_bytes(RIS.encode("utf-16"))
    return path


def with_rows(rows: str) -> str:
    return ARTICLE.replace("\n\nText", f"\n{rows}\nText")


def test_references_of_several_files_become_rows_and_what_is_there_is_skipped(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bibtex, ris = article.with_name("a.bib"), article.with_name("b.ris")
    assert main(["row", str(article), "import", str(bibtex), str(ris)]) == 0
    assert article.read_text() == with_rows(ROWS)
    told = capsys.readouterr()
    assert told.out == (
        "Row 2: Second (B & D, 2002)\nRow 3: Third (F, 2003)\n"
        "Skipped: First (A, 2001). Already in row 1: the same title and year.\n"
    )
    assert told.err == f"stet: {bibtex}:3: This entry cannot be read: is a brace, a quote or a comma missing?\n"


def test_all_of_them_are_added_if_asked_for(article: Path) -> None:
    assert main(["row", str(article), "import", str(article.with_name("a.bib")), "--all"]) == 0
    assert article.read_text() == with_rows("| 2 | Second (B & D, 2002) |  | - |\n| 3 | First (A, 2001) |  | - |\n")


def test_a_program_is_told_in_json_and_all_there_already_writes_nothing(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bibtex = article.with_name("a.bib")
    assert main(["row", str(article), "import", "--json", str(bibtex)]) == 0
    answer = json.loads(capsys.readouterr().out)
    place = {"file": str(bibtex)}
    assert answer == {
        "added": [{"position": 2, "paper": "Second (B & D, 2002)", **place, "line": 1}],
        "skipped": [
            {"paper": "First (A, 2001)", "reason": "Already in row 1: the same title and year.", **place, "line": 2}
        ],
        "unread": [
            {"message": "This entry cannot be read: is a brace, a quote or a comma missing?", **place, "line": 3}
        ],
    }
    before = article.stat()
    assert main(["row", str(article), "import", str(bibtex)]) == 0
    assert article.stat().st_mtime_ns == before.st_mtime_ns


def test_references_come_from_standard_input(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Ä, B. (2003). Third. Press.".encode())))
    assert main(["row", str(article), "import", "-"]) == 0
    assert article.read_text() == with_rows("| 2 | Third (Ä, 2003) |  | - |\n")


def test_an_article_without_a_table_gets_one(article: Path) -> None:
    article.write_text("# Title\n")
    assert main(["row", str(article), "import", str(article.with_name("b.ris"))]) == 0
    assert article.read_text() == (
        "# Title\n\n| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n| --- | --- | --- | --- |\n"
        "| 1 | Third (F, 2003) |  | - |\n"
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("Nothing.", "1: No reference was found: neither BibTeX, RIS, PubMed’s format, CSL-JSON nor APA’s form."),
        ("", " holds no reference"),
        ("\n@misc{a, year = 2001}", "2: This reference has no title."),
        (None, " does not exist; check its name and folder"),
    ],
)
def test_a_file_without_a_reference_changes_nothing(
    content: str | None, complaint: str, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = article.with_name("odd.txt")
    if content is not None:
        odd.write_text(content)
    assert main(["row", str(article), "import", str(article.with_name("b.ris")), str(odd)]) == 2
    assert capsys.readouterr().err == f"stet: {odd}:{complaint}\n"
    assert article.read_text() == ARTICLE


def test_a_table_of_something_else_is_refused(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ARTICLE + "\n| Food | Salt |\n|---|---|\n| x | 1 |\n"
    article.write_text(text)
    assert main(["row", str(article), "import", "--table", "2", str(article.with_name("b.ris"))]) == 1
    assert capsys.readouterr().err.startswith(f"stet: {article}:9: This table has no column of papers")
    assert article.read_text() == text
