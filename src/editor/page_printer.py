"""The printer: a process of its own that turns pages into PDF by the window's Chromium, without a display or a network.

`python -m editor.page_printer` reads requests from standard input and answers each on standard output, in their order;
`editor.rendering.frames` says what a frame is. A request is a frame of the paper's name as Qt has it, such as `A4`, a
line feed, and the page's HTML in UTF-8. An answer is a frame of the PDF, or of a sentence about why there is none. The
process ends with its standard input, so that it never outlives whoever prints. How long it may take is the parent's
business.

An article may come from anybody: its scripts are off, the page itself is all that can be asked for, and no network is
behind that.
"""

from __future__ import annotations

import os
import sys
from collections import deque

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject, QSocketNotifier, QUrl
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)

from editor.rendering.frames import framed_bytes, take_bytes
from editor.start import close_network, prepare
from editor.storage.settings_file import Settings
from editor.ui.page_powers import take_powers
from editor.ui.preview_scheme import SCHEME, RequestGuard, register_scheme

_PAGE = QUrl("stet://print/")
_MARGINS = QMarginsF(20, 22, 20, 24)
"""Millimetres at the left, top, right and bottom: those of the print style, which Chromium passes over here."""
_MOST_AT_ONCE = 1 << 16


def main() -> None:
    """Print until standard input ends."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # there need not be a display, and where there is one it is not asked
    prepare(Settings(software_rendering="on"))
    close_network()
    answers = os.dup(sys.stdout.fileno())
    # Anything that a library prints must not end up between two frames.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    register_scheme()
    qt = QGuiApplication(sys.argv[:1])
    printer = _Printer(qt, sys.stdin.fileno(), answers)
    qt.exec()
    printer.close()


class _Printer(QObject):
    """Takes requests, and prints them one at a time."""

    def __init__(self, parent: QObject, requests: int, answers: int) -> None:
        """`requests` and `answers` are descriptors of files."""
        super().__init__(parent)
        self._requests, self._answers = requests, answers
        self._received = bytearray()
        self._waiting: deque[bytes] = deque()
        self._paper: str | None = None
        self._guard = RequestGuard(self)
        self._page_bytes = _OnePage(self)
        self._profile = QWebEngineProfile(self)
        self._profile.setUrlRequestInterceptor(self._guard)
        self._profile.installUrlSchemeHandler(SCHEME, self._page_bytes)
        self._page = _PrintedPage(self._profile, self)
        take_powers(self._page.settings())
        self._page.loadFinished.connect(self._print)
        self._page.renderProcessTerminated.connect(lambda *_: self._answer(b""))
        self._input = QSocketNotifier(requests, QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._read)

    def close(self) -> None:
        """Let go of the page before its profile, as Qt wants it."""
        self._page.deleteLater()

    def _read(self) -> None:
        some = os.read(self._requests, _MOST_AT_ONCE)
        if not some:
            QGuiApplication.quit()
        self._received += some
        while (request := take_bytes(self._received)) is not None:
            self._waiting.append(request)
        self._begin()

    def _begin(self) -> None:
        if self._paper is None and self._waiting:
            paper, _, self._page_bytes.html = self._waiting.popleft().partition(b"\n")
            self._paper = paper.decode()
            self._page.load(_PAGE)

    def _print(self, loaded: bool) -> None:
        if self._paper is None:
            return
        if not loaded:
            self._answer(b"")
            return
        size = QPageSize(QPageSize.PageSizeId[self._paper])
        layout = QPageLayout(size, QPageLayout.Orientation.Portrait, _MARGINS, QPageLayout.Unit.Millimeter)
        self._page.printToPdf(lambda pdf: self._answer(pdf.data()), layout)

    def _answer(self, pdf: bytes) -> None:
        """Answer the request that is being printed, once; Chromium may tell of one failure twice."""
        if self._paper is None:
            return
        self._paper = None
        rest = memoryview(framed_bytes(pdf or b"Chromium could not print the page."))
        try:
            while rest:
                rest = rest[os.write(self._answers, rest) :]
        except BrokenPipeError:
            QGuiApplication.quit()
        self._begin()


class _OnePage(QWebEngineUrlSchemeHandler):
    """Answers with the page that is printed, and with nothing else."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.html = b""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        if job.requestUrl() != _PAGE:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        body = QBuffer(job)
        body.setData(QByteArray(self.html))
        body.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(b"text/html; charset=utf-8"), body)


class _PrintedPage(QWebEnginePage):
    """A page that goes nowhere from where it is."""

    def acceptNavigationRequest(self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool) -> bool:
        return isMainFrame and QUrl(url) == _PAGE

    def createWindow(self, type: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        return None


if __name__ == "__main__":
    main()
