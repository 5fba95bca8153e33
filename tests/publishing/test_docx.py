"""An article as a Word document, made by real pandoc where there is one."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest
from tests.publishing.conftest import article_in

from editor.cli.main import main
from editor.publishing.article_export import make_export
from editor.publishing.choices import ExportChoices
from editor.publishing.docx_tables import column_shares, word_tables
from editor.publishing.pandoc import PandocFailed, docx_of, pandoc_is_here
from editor.storage.folder_settings import FolderSettings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
with_pandoc = pytest.mark.skipif(not pandoc_is_here(), reason="pandoc is not installed")


def exported(article: Path) -> bytes:
    settings = FolderSettings().export._replace(css="none.css", template="none.html")
    return make_export(
        article.read_text("utf-8"), article, article.with_suffix(".docx"), ExportChoices("docx"), settings
    ).content


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return exported(article_in(tmp_path_factory.mktemp("article")))


@pytest.fixture(scope="module")
def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as document:
        return {name: document.read(name) for name in document.namelist()}


@pytest.fixture(scope="module")
def document(parts: dict[str, bytes]) -> Element:
    return fromstring(parts["word/document.xml"])


def words(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def styled(document: Element, style: str) -> list[str]:
    """The words of each paragraph with a style."""
    return [
        words(paragraph)
        for paragraph in document.iter(f"{W}p")
        if [each.get(f"{W}val") for each in paragraph.iter(f"{W}pStyle")] == [style]
    ]


@with_pandoc
def test_its_title_and_headings_are_words_own(document: Element) -> None:
    assert styled(document, "Title") == ["Sleep & magnesium"]
    assert styled(document, "Subtitle") == ["A short look."]
    assert styled(document, "Author") == ["Ann Example", "Bo Other"]
    assert styled(document, "Date") == ["13. Mai 2024"]
    assert styled(document, "Heading1") == ["First, and more", "Überblick & Fazit", "Sources"]
    assert styled(document, "Heading2") == ["Deeper"]
    assert "#" not in words(document)


@with_pandoc
def test_a_citation_leads_to_its_row_and_every_link_within_to_a_place(document: Element) -> None:
    anchors = [each.get(f"{W}anchor") for each in document.iter(f"{W}hyperlink")]
    places = {each.get(f"{W}name") for each in document.iter(f"{W}bookmarkStart")}
    assert {"cite-1", "sources"} <= set(anchors) <= places | {None}
    (table,) = document.iter(f"{W}tbl")
    row = list(table.iter(f"{W}tr"))[1]
    assert [each.get(f"{W}name") for each in row.iter(f"{W}bookmarkStart")] == ["cite-1"]


@with_pandoc
def test_the_table_is_words_own_with_columns_as_wide_as_they_need(document: Element) -> None:
    (table,) = document.iter(f"{W}tbl")
    rows = [[words(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    assert rows[0] == ["No", "Paper Title (Author, Year)", "Insight", "Citations"]
    assert rows[2] == ["2", "Other thing (Batta, 2017)", "Fine", "-"]
    widths = [int(column.get(f"{W}w") or 0) for column in table.iter(f"{W}gridCol")]
    assert widths[1] > 5 * widths[0]
    assert [each.get(f"{W}val") for each in table.iter(f"{W}jc")][3::4] == ["right"] * 3


@with_pandoc
def test_notes_are_words_own_and_none_is_lost(document: Element, parts: dict[str, bytes]) -> None:
    notes = fromstring(parts["word/footnotes.xml"])
    by_id = {note.get(f"{W}id"): words(note).strip() for note in notes}
    referred = [by_id[each.get(f"{W}id")] for each in document.iter(f"{W}footnoteReference")]
    first, second = "First note with a link, see note two2.", "Second.It has two paragraphs."
    assert referred == [first, second, first]
    assert "Nobody refers to it." in words(document)


@with_pandoc
def test_pictures_and_links_are_kept_and_task_boxes_and_code_are_seen(
    document: Element, parts: dict[str, bytes]
) -> None:
    assert [parts[name][:4] for name in parts if name.startswith("word/media/")] == [b"\x89PNG"]
    assert b'descr="A dot"' in parts["word/document.xml"]
    assert b"data:" not in parts["word/document.xml"]
    targets = re.findall(r'Target="([^"]*)"', parts["word/_rels/document.xml.rels"].decode())
    assert {"other.md#part", "https://example.org/?a=1&amp;b=2", "https://shop.example/x"} <= set(targets)
    assert {"☒ done", "☐ open"} <= set(styled(document, "Compact"))
    assert styled(document, "SourceCode") == ["def f(): return 1"]


@with_pandoc
def test_it_says_what_it_is_of_which_day_and_for_which_paper(parts: dict[str, bytes], document: Element) -> None:
    core = parts["docProps/core.xml"].decode()
    for said in (
        "<dc:title>Sleep &amp; magnesium</dc:title>",
        "<dc:creator>Ann Example; Bo Other</dc:creator>",
        "<dc:description>A short look.</dc:description>",
        "<dc:language>de-DE</dc:language>",
        "<cp:keywords>sleep, trace &lt;elements&gt;</cp:keywords>",
        ">2024-05-13T00:00:00Z</dcterms:created>",
        ">2024-06-01T00:00:00Z</dcterms:modified>",
    ):
        assert said in core
    (size,) = document.iter(f"{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")


@with_pandoc
def test_what_runs_from_right_to_left_does_so_in_word_too(tmp_path: Path) -> None:
    with ZipFile(BytesIO(exported(article_in(tmp_path, "ar")))) as made:
        document = fromstring(made.read("word/document.xml"))
    assert list(document.iter(f"{W}bidi"))
    assert styled(document, "Date") == ["2024-05-13"]


@with_pandoc
def test_it_is_the_same_whenever_it_is_made(content: bytes, tmp_path: Path) -> None:
    assert exported(article_in(tmp_path)) == content


@with_pandoc
def test_one_made_before_is_replaced_and_a_strangers_is_not(tmp_path: Path) -> None:
    article = article_in(tmp_path)
    article.with_suffix(".docx").write_bytes(b"PK by hand")
    assert main(["export", str(article), "--format", "docx"]) == 2
    assert article.with_suffix(".docx").read_bytes() == b"PK by hand"
    article.with_suffix(".docx").unlink()
    assert main(["export", str(article), "--format", "docx"]) == 0
    assert main(["export", str(article), "-o", str(article.with_suffix(".docx"))]) == 0


def test_without_pandoc_a_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    article = article_in(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert not pandoc_is_here()
    assert main(["export", str(article), "--format", "docx"]) == 2
    assert "Pandoc is not installed" in (said := capsys.readouterr().err)
    assert "sudo apt install pandoc" in said
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("#!/bin/sh\nread -r never < /dev/zero\n", "Pandoc took too long."),
        ("#!/bin/sh\necho >&2 no; echo >&2 memory; exit 3\n", "Pandoc said: memory"),
        ("#!/bin/sh\ncat >/dev/null\n", "Pandoc said: It ended."),
    ],
)
def test_a_pandoc_that_hangs_or_fails_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, why: str
) -> None:
    (tmp_path / "pandoc").write_text(program)
    (tmp_path / "pandoc").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(PandocFailed, match=re.escape(why)):
        docx_of("<p>x", deadline_s=0 if "late" in why or "too long" in why else 60)


def test_narrow_columns_get_what_they_need_and_wide_ones_share_the_rest() -> None:
    shares = column_shares([["1", "x" * 50, "y" * 200], ["22", "", ""]])
    assert shares[0] == pytest.approx(4 / 84)
    assert shares[1] < shares[2] < 2 * shares[1]
    assert sum(shares) == pytest.approx(1)
    assert column_shares([["12345"] * 30]) == [1 / 30] * 30
    assert sum(column_shares([["1", "2"]])) < 0.1


def test_a_table_with_joined_cells_or_a_table_within_keeps_its_columns_open() -> None:
    joined = '<table><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>'
    assert word_tables(joined) == joined
    plain = "<table><tbody><tr><td>b</td></tr></tbody></table>"
    around = f"<table><tbody><tr><td>{plain}</td></tr></tbody></table>"
    assert word_tables(around) == around.replace(plain, word_tables(plain))
    assert "<colgroup>" in word_tables(plain)
