"""`stet export`: articles as pages, each whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.cli.main import main

MARK = '<meta name="generator" content="Stet '


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text("---\ntitle: Sleep\n---\n\nLight & sleep.\n")
    return path


def test_a_page_lies_beside_its_article(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(article)]) == 0
    page = article.with_name("article.html")
    assert "Light &amp; sleep." in page.read_text()
    assert capsys.readouterr().out == f"{page}\n"


def test_the_article_itself_is_not_touched(article: Path) -> None:
    before = article.stat()
    assert main(["export", str(article)]) == 0
    assert article.stat().st_mtime_ns == before.st_mtime_ns


def test_a_page_goes_to_the_file_or_folder_that_is_named(article: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert main(["export", str(article), "-o", str(tmp_path / "page.htm")]) == 0
    assert main(["export", str(article), "-o", str(tmp_path / "there")]) == 0
    assert main(["export", str(article), "-o", f"{tmp_path / 'new'}/"]) == 0
    for page in ("page.htm", "there/article.html", "new/article.html"):
        assert MARK in (tmp_path / page).read_text()


def test_several_articles_go_to_a_folder(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("Other")
    assert main(["export", str(article), str(other), "-o", str(tmp_path / "pages")]) == 0
    assert {page.name for page in (tmp_path / "pages").iterdir()} == {"article.html", "other.html"}


def test_a_page_made_before_is_replaced(article: Path) -> None:
    assert main(["export", str(article)]) == 0
    article.write_text("Changed")
    assert main(["export", str(article)]) == 0
    assert "Changed" in article.with_name("article.html").read_text()


def test_a_strangers_file_is_overwritten_only_when_forced(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = article.with_name("article.html")
    page.write_text("<p>by hand</p>")
    assert main(["export", str(article)]) == 2
    assert page.read_text() == "<p>by hand</p>"
    assert capsys.readouterr().err.startswith(f"stet: {page}: is there already, and not a page made by Stet")
    assert main(["export", str(article), "--force"]) == 0
    assert MARK in page.read_text()


def test_an_article_is_never_overwritten_with_its_page(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = article.read_bytes()
    assert main(["export", str(article), "-o", str(article), "--force"]) == 2
    assert article.read_bytes() == before
    assert "is the article itself" in capsys.readouterr().err


def test_two_articles_do_not_share_a_page(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "article.markdown").write_text("Other")
    assert main(["export", str(article), str(tmp_path / "article.markdown")]) == 2
    assert "would both be exported to" in capsys.readouterr().err
    assert not article.with_name("article.html").exists()


def test_where_one_article_cannot_be_read_no_page_is_written(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(article), str(tmp_path / "gone.md")]) == 2
    assert not article.with_name("article.html").exists()
    assert capsys.readouterr().err == f"stet: {tmp_path / 'gone.md'}: does not exist; check its name and folder\n"


def test_what_a_page_lacks_is_said(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article.write_text("![a chart](missing.png)\n")
    assert main(["export", str(article)]) == 0
    note = capsys.readouterr().err
    assert note.startswith(f"stet: {article}: ")
    assert "missing.png" in note


def test_a_folder_that_cannot_be_made_is_said_in_one_line(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(article), "-o", f"{article}/pages/"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
