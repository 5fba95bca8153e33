"""References into the citations table and the table out again, through the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTableView
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow
from editor.ui.dialogs.references import ReferencesDialog

Open = Callable[[Path], ArticleWindow]
HEAD = "# One\n\n| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"
ROW = "| 1 | On it (Doe, 2013) | x | - |\n"
END = "\nClaim (Doe, 2013).\n"
BIBTEX = "@article{a, title={On {\\'e}tudes}, author={Roe, Ann and Poe, Bo}, year={2014}}\n"
RIS = "".join(
    f"TY  - JOUR\nTI  - {title}\nAU  - {author}\nPY  - {year}\nER  - \n\n"
    for title, author, year in (("On it", "Doe, Jo", 2013), ("New", "Moe, C", 2015))
)
ADDED = "| 2 | On études (Roe & Poe, 2014) |  | - |\n"


def opened(open_window: Open, folder: Path, text: str = HEAD + ROW + END) -> ArticleWindow:
    path = folder / "article.md"
    path.write_text(text, "utf-8")
    return open_window(path)


def text(window: ArticleWindow) -> str:
    return window.session.article.text


def dialog_of(window: ArticleWindow, qtbot: QtBot) -> ReferencesDialog:
    qtbot.waitUntil(lambda: window.window.findChild(ReferencesDialog) is not None)
    dialog = window.window.findChild(ReferencesDialog)
    assert dialog
    qtbot.waitUntil(dialog.add.isEnabled)
    return dialog


def drop(window: ArticleWindow, *paths: Path) -> None:
    """Drag files over the grid and let go of them there."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = QPointF(window.grid.rect().center())
    rest = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(place.toPoint(), *rest)
    QApplication.sendEvent(window.grid, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window.grid, QDropEvent(place, *rest))


def test_references_dropped_and_pasted_become_rows_and_are_undone(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(open_window, tmp_path)
    file = tmp_path / "refs.bib"
    file.write_text(BIBTEX, "utf-8")
    dropped: list[list[Path]] = []
    window.grid.reference_files_dropped.connect(dropped.append)
    drop(window, tmp_path / "article.md")
    drop(window, file)
    assert dropped == [[file]]
    qtbot.mouseClick(dialog_of(window, qtbot).add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: text(window) == HEAD + ROW + ADDED + END)
    assert window.grid.current_row == 1
    assert list(window.session.buffer.history.labels())[-1] == "add reference"

    view = window.grid.findChild(QTableView)
    view.setFocus()
    qtbot.waitUntil(lambda: window.window.findChild(ReferencesDialog) is None)
    QGuiApplication.clipboard().setText(RIS)
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseClick(dialog_of(window, qtbot).add, Qt.MouseButton.LeftButton)
    after = HEAD + ROW + ADDED + "| 3 | New (Moe, 2015) |  | - |\n" + END
    qtbot.waitUntil(lambda: text(window) == after)
    for _ in range(2):
        window.window.commands["undo"].trigger()
    assert text(window) == HEAD + ROW + END


def test_without_a_table_references_begin_one(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(open_window, tmp_path, "# One\n")
    QGuiApplication.clipboard().setText(BIBTEX)
    window.window.commands["paste-references"].trigger()
    qtbot.mouseClick(dialog_of(window, qtbot).add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.grid.shows_table)
    assert text(window).startswith("# One\n\n| S.No |")
    assert "| 1 | On études (Roe & Poe, 2014) |" in text(window)
    file = tmp_path / "none.ris"
    window.references.read_files([file])
    qtbot.waitUntil(lambda: any("none.ris" in message for message in window.notices.messages))


def test_the_table_is_exported_in_the_format_that_the_name_tells(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(open_window, tmp_path)
    window.window.commands["export-table"].trigger()
    dialog = window.window.findChild(QFileDialog)
    assert dialog
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.fileSelected.emit(str(tmp_path / "out.csv"))
    dialog.close()
    table = window.grid.table
    assert table
    for name in ("out.bib", "out.ris", "out.json", "out.doc", "article.md"):
        window.references.export(table, tmp_path / name)
    window.session.finish()
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfS.No,")
    assert "title = {{On it}}" in (tmp_path / "out.bib").read_text("utf-8")
    assert "TI  - On it" in (tmp_path / "out.ris").read_text("utf-8")
    assert '"title": "On it"' in (tmp_path / "out.json").read_text("utf-8")
    assert not (tmp_path / "out.doc").exists()
    assert (tmp_path / "article.md").read_text("utf-8") == HEAD + ROW + END
