"""An article as a PDF, printed by real Chromium: what it keeps of the page, and what it adds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.publishing.conftest import article_in, pictures, png

from editor import __version__
from editor.cli.main import main
from editor.publishing import pdf_printer
from editor.publishing.article_export import make_export
from editor.publishing.choices import ExportChoices
from editor.publishing.paper import paper_of
from editor.publishing.pdf_printer import PdfPrinter
from editor.storage.folder_settings import FolderSettings


def exported(article: Path) -> bytes:
    settings = FolderSettings().export
    return make_export(
        article.read_text("utf-8"), article, article.with_suffix(".pdf"), ExportChoices("pdf"), settings
    ).content


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("article")


@pytest.fixture(scope="module")
def pdf(folder: Path, printer: PdfPrinter) -> PdfReader:
    return PdfReader(BytesIO(exported(article_in(folder))))


def outline(pdf: PdfReader) -> list[tuple[int, str]]:
    """The depth and the title of each bookmark."""
    found = []

    def look(items: list[Any], depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                look(item, depth + 1)
            else:
                found.append((depth, item.title))

    look(pdf.outline, 0)
    return found


def flat(items: list[Any]) -> list[Any]:
    return [each for item in items for each in (flat(item) if isinstance(item, list) else [item])]


def links(pdf: PdfReader) -> list[dict[str, Any]]:
    return [each.get_object() for page in pdf.pages for each in page.get("/Annots", ())]


def test_its_bookmarks_are_the_headings_nested_and_at_their_places(pdf: PdfReader) -> None:
    assert outline(pdf) == [
        (0, "Sleep & magnesium"),
        (1, "First, and more"),
        (2, "Deeper"),
        (1, "Überblick & Fazit"),
        (1, "Sources"),
    ]
    texts = [page.extract_text() for page in pdf.pages]
    heights = []
    for item in flat(pdf.outline):
        number = pdf.get_destination_page_number(item)
        assert item.title in texts[number]
        heights.append((number, -item.top))
    assert heights == sorted(heights)
    assert heights[0][0] < heights[-1][0]


def test_its_pages_are_numbered(pdf: PdfReader) -> None:
    assert len(pdf.pages) > 1
    for number, page in enumerate(pdf.pages, start=1):
        assert f"{number} / {len(pdf.pages)}" in page.extract_text().splitlines()


def test_it_says_what_it_is_and_of_which_day(pdf: PdfReader) -> None:
    said = dict(pdf.metadata or {})
    assert said.pop("/Producer").startswith("Skia/PDF")
    assert said == {
        "/Title": "Sleep & magnesium",
        "/Author": "Ann Example, Bo Other",
        "/Subject": "A short look.",
        "/Keywords": "sleep, trace <elements>",
        "/Creator": f"Stet {__version__}",
        "/CreationDate": "D:20240513",
        "/ModDate": "D:20240601",
    }
    xmp = pdf.xmp_metadata
    assert xmp
    assert xmp.dc_title == {"x-default": "Sleep & magnesium"}
    assert xmp.dc_creator == ["Ann Example", "Bo Other"]
    assert xmp.dc_description == {"x-default": "A short look."}
    assert xmp.dc_subject == ["sleep", "trace <elements>"]
    assert xmp.dc_language == ["de-DE"]
    root = pdf.root_object
    assert root["/Lang"] == "de-DE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_links_lead_within_it_to_the_web_and_to_files_beside_it(pdf: PdfReader) -> None:
    within = {str(link["/Dest"]) for link in links(pdf) if "/Dest" in link}
    assert {"/cite-1", "/sources", "/fn%3Aa"} <= {name.replace("fn:", "fn%3A") for name in within}
    assert within <= set(pdf.named_destinations)
    outside = {str(link["/A"]["/URI"]) for link in links(pdf) if "/A" in link}
    assert outside == {"https://example.org/?a=1&b=2", "https://n.example/", "https://shop.example/x", "other.md#part"}


def test_what_lies_beside_the_article_is_linked_where_the_article_is_on_the_web(
    tmp_path: Path, printer: PdfPrinter
) -> None:
    article = tmp_path / "article.md"
    article.write_text("---\ncanonical_url: https://a.example/blog/one.html\n---\n[the other](../two.md)\n")
    (link,) = links(PdfReader(BytesIO(exported(article))))
    assert link["/A"]["/URI"] == "https://a.example/two.md"


def test_it_is_the_same_whenever_it_is_made(pdf: PdfReader, folder: Path) -> None:
    stream = pdf.stream
    stream.seek(0)
    assert exported(folder / "article.md") == stream.read()


@pytest.mark.parametrize(
    ("language", "paper"), [("en", "A4"), ("en-US", "Letter"), ("es-419", "A4"), ("zh-Hant-US", "Letter"), ("us", "A4")]
)
def test_paper_is_that_of_the_region(language: str, paper: str) -> None:
    assert paper_of(language) == paper


def test_an_american_article_is_on_letter(tmp_path: Path, pdf: PdfReader) -> None:
    american = PdfReader(BytesIO(exported(article_in(tmp_path, "en-US"))))
    sizes = [[round(float(length)) for length in each.pages[0].mediabox[2:]] for each in (pdf, american)]
    assert sizes == [[595, 841], [612, 792]]


def test_a_page_of_many_megabytes_is_printed(tmp_path: Path, printer: PdfPrinter) -> None:
    pixels = bytes(number * number % 251 for number in range(3 * 1000 * 1100))
    (tmp_path / "large.png").write_bytes(png(1000, 1100, pixels))
    article = tmp_path / "article.md"
    article.write_text("![Large](large.png)\n\nThe end.\n")
    pdf = PdfReader(BytesIO(exported(article)))
    assert pictures(pdf) == [(1000, 1100)]
    assert "The end." in pdf.pages[-1].extract_text()


def test_a_long_word_makes_nothing_smaller(tmp_path: Path, printer: PdfPrinter, pdf: PdfReader) -> None:
    article = tmp_path / "article.md"
    columns = ["10.1093/" + "0123456789" * 8, *["Some words in a column"] * 5]
    article.write_text(f"# Sleep & magnesium\n\n|{'a|' * 6}\n|{'-|' * 6}\n|{'|'.join(columns)}|\n\n{'Donau' * 40}\n")
    wide = PdfReader(BytesIO(exported(article)))

    def size_of_title(document: PdfReader) -> float:
        sizes: list[float] = []

        def look(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
            if "Sleep" in text:
                sizes.append(size * abs(matrix[3]))

        document.pages[0].extract_text(visitor_text=look)
        return sizes[0]

    assert size_of_title(wide) == pytest.approx(size_of_title(pdf))
    assert columns[0] in "".join(wide.pages[0].extract_text().split())


def test_it_needs_no_display(tmp_path: Path) -> None:
    article = article_in(tmp_path)
    kept = {name: value for name, value in os.environ.items() if not re.match("DISPLAY|WAYLAND|QT", name)}
    subprocess.run(
        [sys.executable, "-m", "editor", "export", str(article), "--format", "pdf"],
        env=kept,
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert outline(PdfReader(tmp_path / "article.pdf"))[0] == (0, "Sleep & magnesium")


def test_one_made_before_is_replaced_and_a_strangers_is_not(
    folder: Path, printer: PdfPrinter, capsys: pytest.CaptureFixture[str]
) -> None:
    article, page = folder / "article.md", folder / "article.pdf"
    page.write_bytes(b"%PDF-1.7 by hand")
    assert main(["export", str(article), "--format", "pdf"]) == 2
    assert page.read_bytes() == b"%PDF-1.7 by hand"
    assert "not a file that says Stet made it" in capsys.readouterr().err
    assert main(["export", str(article), "--format", "pdf", "--force"]) == 0
    made = page.stat().st_ino
    assert main(["export", str(article), "-o", str(page)]) == 0
    assert page.stat().st_ino != made


def test_a_printer_that_dies_is_told_of_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dies = [sys.executable, "-c", "import os, sys; sys.stdin.buffer.read(100); os.kill(os.getpid(), 9)"]
    monkeypatch.setattr(pdf_printer, "own_printer", lambda: PdfPrinter(command=dies))
    article = article_in(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert main(["export", str(article), "--format", "pdf"]) == 2
    assert sorted(tmp_path.iterdir()) == before
    assert "The PDF was not made. The printing process ended" in capsys.readouterr().err
