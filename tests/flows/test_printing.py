"""An article on paper: all of it, dark on white, no heading left behind and no row torn."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow
from editor.ui.tokens import DARK

Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], Any]
ROW = "begin{n} " + "some words of it " * 40 + "end{n}"
ARTICLE = (
    "# Printed\n\n"
    + "".join(f"## Heading{n}\n\nFollowing{n}. {'A line of it. ' * (n % 23)}\n\n" for n in range(60))
    + "| what |\n|---|\n"
    + "".join(f"| {ROW.format(n=n)} |\n" for n in range(30))
    + "\nThe very last words.\n"
)


@pytest.fixture
def pdf(tmp_path: Path, open_window: Open, read_preview: Read, qtbot: QtBot) -> QPdfDocument:
    """The article as it is printed from a dark, enlarged preview of which most was never in sight."""
    (tmp_path / "article.md").write_text(ARTICLE, "utf-8")
    window = open_window(tmp_path / "article.md")
    window.window.commands["theme-dark"].trigger()
    window.window.commands["zoom-in"].trigger()
    qtbot.waitUntil(
        lambda: QColor(*json.loads(read_preview(window, "JSON.stringify(looks.paper())"))).name() == DARK.palette.paper
    )
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "article.pdf"))
    with qtbot.waitSignal(window.preview.printed, timeout=20_000) as printed:
        window.preview.print_on(printer)
    assert printed.args == [True]
    window.window.commands["theme-light"].trigger()
    document = QPdfDocument(window)
    document.load(str(tmp_path / "article.pdf"))
    return document


def test_all_of_an_article_is_printed_and_nothing_is_torn(pdf: QPdfDocument) -> None:
    pages = [pdf.getAllText(number).text() for number in range(pdf.pageCount())]
    assert len(pages) > 5
    assert "The very last words." in pages[-1]
    for n in range(60):
        assert any(f"Heading{n}\r\nFollowing{n}." in page for page in pages), n
    for n in range(30):
        assert any(f"begin{n} " in page and f"end{n}\r" in page + "\r" for page in pages), n


def test_paper_is_white_whatever_the_screen_is(pdf: QPdfDocument) -> None:
    page = QImage(300, 420, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, pdf.render(0, page.size()))
    painter.end()
    lightness = [page.pixelColor(x, y).lightness() for x in range(300) for y in range(420)]
    assert page.pixelColor(1, 1).lightness() == 255
    assert sum(each > 250 for each in lightness) > len(lightness) * 0.8
    assert min(lightness) < 128


def test_ctrl_p_asks_how_to_print(tmp_path: Path, open_window: Open, qtbot: QtBot) -> None:
    (tmp_path / "article.md").write_text("# Printed\n", "utf-8")
    window = open_window(tmp_path / "article.md")
    QTest.keyClick(window.text, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = window.window.findChild(QPrintDialog)
    assert dialog.isVisible()
    assert dialog.printer().docName() == "article.md"
    dialog.reject()
