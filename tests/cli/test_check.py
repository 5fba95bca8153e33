"""`stet check`: what is wrong with articles, in the forms that others read, and whether that fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from editor.cli.main import main

HEAD = "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"
UNCITED = f'---\ntitle: "On 100%: growth"\n---\n\nIt grew.\n\n{HEAD}| 1 | A (Adams, 2001) | x | 5 |\n'
SOUND = f"---\ntitle: On growth\n---\n\nIt grew (Adams, 2001).\n\n{HEAD}| 1 | A (Adams, 2001) | x | 5 |\n"
HINTED = "# On growth\n\n### Rain\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "an article.md"


def check(file: Path, text: str, *words: str) -> int:
    file.write_text(text, newline="")
    return main(["check", str(file), *words])


def test_a_sound_article_has_nothing_to_say(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(file, SOUND) == 0
    assert capsys.readouterr() == ("", "")


def test_a_person_reads_the_place_and_the_problem(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(file, UNCITED) == 1
    said = "“Adams, 2001” is in the table but is never cited. [paper-uncited]\n"
    assert capsys.readouterr().out == f"{file}:9:7: warning: {said}"


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (UNCITED, [], 1),
        (UNCITED, ["--fail-on", "error"], 0),
        (HINTED, [], 0),
        (HINTED, ["--fail-on", "hint"], 1),
        (SOUND, ["--fail-on", "hint"], 0),
    ],
)
def test_what_fails_can_be_chosen(file: Path, text: str, words: list[str], code: int) -> None:
    assert check(file, text, *words) == code


@pytest.mark.parametrize("words", [["--json"], ["--format", "json"]])
def test_a_script_reads_json(file: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    check(file, UNCITED, *words)
    assert json.loads(capsys.readouterr().out) == {
        "problems": [
            {
                "code": "paper-uncited",
                "severity": "warning",
                "message": "“Adams, 2001” is in the table but is never cited.",
                "file": str(file),
                "line": 9,
                "column": 7,
                "end_line": 9,
                "end_column": 22,
            }
        ]
    }


def test_sarif_names_rule_file_and_region(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(file, UNCITED, "--format", "sarif")
    log = json.loads(capsys.readouterr().out)
    (run,) = log["runs"]
    (result,) = run["results"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [result["ruleId"]] == ["paper-uncited"]
    assert result["level"] == "warning"
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 9, "startColumn": 7, "endLine": 9, "endColumn": 22}


def test_a_workflow_of_github_reads_commands(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(file, "# On 100%\n\n### Rain: more, and more\n", "--format", "github")
    said = f"::notice file={str(file).replace(',', '%2C')},line=3,endLine=3,col=1,endColumn=25,title=heading-skips::"
    assert capsys.readouterr().out.startswith(said)
    check(file, "---\ndate: 100%, or so\n---\n\n# a\n", "--format", "github")
    assert "“100%25, or so” is no date" in capsys.readouterr().out


def test_links_are_looked_up_in_the_files_folder(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "there.png").write_bytes(b"")
    check(file, "# a\n\n[a](there.png) ![b](not%20there.png) [c](https://example.org/x.png) [d](gone.pdf)\n", "--json")
    said = [(each["code"], each["column"]) for each in json.loads(capsys.readouterr().out)["problems"]]
    assert said == [("picture-missing", 16), ("link-broken", 69)]


def test_a_file_that_cannot_be_read_keeps_none_of_the_others_back(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(UNCITED)
    assert main(["check", str(file.parent / "none.md"), str(file)]) == 2
    said = capsys.readouterr()
    assert "paper-uncited" in said.out
    assert "none.md" in said.err


def test_a_folder_can_turn_findings_off(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "stet.toml").write_text('[check]\noff = ["paper-uncited"]\nloud = true\n')
    assert check(file, UNCITED) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "“loud” is no setting of [check]" in said.err
