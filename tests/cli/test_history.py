"""`stet history`: what the commands have replaced is listed, printed and restored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from editor.cli.main import main

FIRST = b"---\r\ntitle: Sleep  # short\r\nstatus: 'a draft'\r\n---\r\nText"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_bytes(FIRST)
    assert main(["set", str(path), "title=Light"]) == 0
    assert main(["set", str(path), "title=Dark: a b"]) == 0
    return path


def test_versions_are_listed_newest_first(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(article)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert lines[1].endswith(f"{len(FIRST)} bytes")


def test_a_program_reads_the_list_as_json(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(article), "--json"]) == 0
    newest, oldest = json.loads(capsys.readouterr().out)
    assert (newest["number"], oldest["number"], oldest["size"]) == (1, 2, len(FIRST))
    assert newest["time"] > oldest["time"]


def test_a_version_is_printed(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(article), "--show", "2"]) == 0
    assert capsys.readouterr().out.encode() == FIRST


def test_a_version_is_restored_and_what_was_there_becomes_one(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = article.read_bytes()
    assert main(["history", str(article), "--restore", "2"]) == 0
    assert article.read_bytes() == FIRST
    assert main(["history", str(article), "--restore", "1"]) == 0
    assert article.read_bytes() == before


def test_an_article_that_was_deleted_is_restored(article: Path) -> None:
    article.unlink()
    assert main(["history", str(article), "--restore", "2"]) == 0
    assert article.read_bytes() == FIRST


@pytest.mark.parametrize("words", [["--show", "3"], ["--restore", "0"]])
def test_a_version_that_is_not_there_is_refused(
    article: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = article.read_bytes()
    assert main(["history", str(article), *words]) == 1
    assert "The article has 2 earlier versions: there is no version" in capsys.readouterr().err
    assert article.read_bytes() == before


def test_a_damaged_version_is_told_by_its_number(
    article: Path, own_state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (own_state / "history").glob("*/*.zlib"):
        data = file.read_bytes()
        file.write_bytes(data[:9] + bytes(len(data) - 9))
    assert main(["history", str(article), "--restore", "1"]) == 2
    assert f"stet: {article}: version 1 " in capsys.readouterr().err


def test_a_value_set_back_is_looked_for_in_the_versions(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from editor.cli.editing import written_before

    found = written_before(article, ("title",), "Sleep")
    assert found is not None
    assert found.text.encode() + b"Text" == FIRST
    assert written_before(article, ("title",), "Dark: a b") is None
    assert written_before(article, ("title", "deeper"), "Sleep") is None


def test_a_file_that_changed_since_it_was_read_is_not_overwritten(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from editor.cli import set_field

    def meanwhile(*_: object) -> None:
        article.write_bytes(b"another program's")

    monkeypatch.setattr(set_field, "written_before", meanwhile)
    assert main(["set", str(article), "title=New"]) == 2
    assert article.read_bytes() == b"another program's"
    assert "another program has changed it meanwhile" in capsys.readouterr().err
