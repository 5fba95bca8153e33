"""Chromium as the preview has it: a page of its own scheme, in a view, with a guard before every request.

Importing this imports Chromium and making the first one starts it, which together take longer than an article takes to
be shown as text.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import QWebEngineProfile, QWebEngineScript
from PySide6.QtWidgets import QWidget

from editor.ui.preview_page import SHELL, PreviewPage, PreviewView
from editor.ui.preview_scheme import SCHEME, PreviewScheme, RequestGuard, register_scheme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

# The page's own scripts are off; ours run in this world, which the article cannot reach.
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_NICENESS = 10


class PreviewBrowser(QObject):
    """A profile, the one page in it and the view that shows it. The view is the parent's child, and to be laid out."""

    def __init__(self, folder: Path | None, parent: QWidget) -> None:
        """`folder` is where the article's pictures are."""
        super().__init__(parent)
        register_scheme()
        self._profile = QWebEngineProfile(self)
        self.guard = RequestGuard(self)
        self.scheme = PreviewScheme(self)
        self.scheme.folder = folder
        self._profile.setUrlRequestInterceptor(self.guard)
        self._profile.installUrlSchemeHandler(SCHEME, self.scheme)
        self.view = PreviewView(parent)
        self.page = PreviewPage(self._profile, self.view)
        self.page.loadFinished.connect(lambda _: _give_way(self.page.renderProcessPid()))
        self.view.setPage(self.page)
        self.view.setAccessibleName("Preview")

    def load(self) -> None:
        """Load the empty page."""
        self.page.load(SHELL)

    def run(self, script: str, answer: Callable[[Any], None] | None = None) -> None:
        """Run a script beside the page, which it can see and which cannot see it."""
        if answer:
            self.page.runJavaScript(script, _WORLD, answer)
        else:
            self.page.runJavaScript(script, _WORLD)

    def print_on(self, printer: QPrinter) -> None:
        """Print the page; into a PDF file as text, not as dots."""
        self.page.setBackgroundColor(QColor(Qt.GlobalColor.white))  # the ground of the paper's margins too
        if printer.outputFormat() is printer.OutputFormat.PdfFormat:
            self.page.printToPdf(printer.outputFileName(), printer.pageLayout(), printer.pageRanges())
        else:
            self.view.print(printer)

    def close(self) -> None:
        """Let go of the page before its profile, as Qt wants it."""
        self.scheme.close()
        self.view.setPage(None)  # type: ignore[arg-type]  # Qt takes null; the stubs don't say so
        self.page.deleteLater()


def _give_way(process: int) -> None:
    """Let the process that lays the page out wait where the window wants a processor.

    At each key in a table of thousands of rows it takes one all of the time, and the render worker another. Once it is
    at work, since Chromium gives its threads other priorities as it starts, higher ones than ours where it may.
    """
    if not (process and hasattr(os, "setpriority")):
        return
    with suppress(OSError):  # it may have ended already
        threads = Path(f"/proc/{process}/task")  # on Linux each has a priority of its own
        for each in [int(entry.name) for entry in threads.iterdir()] if threads.is_dir() else [process]:
            os.setpriority(os.PRIO_PROCESS, each, _NICENESS)
