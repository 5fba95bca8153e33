"""A browser without any guard, and a web server that notices whoever so much as connects to it."""

# Qt and http.server give the names, and more arguments than are of use here.
# ruff: noqa: A002, ARG002, N815

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, QTimer, QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from pytestqt.qtbot import QtBot

from editor.article_window import ArticleWindow

_ANSWERED_WITHIN_MS = 20_000
SHUTDOWN_POLL_S = 0.01
"""Seconds after which a server sees that it is to end; http.server's own half a second is all that many tests take."""
_BESIDE = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_ANSWERS = {
    ".js": ("text/javascript", b"alert(document.title=1)"),
    ".css": ("text/css", b"@import 'further.css';"),
    ".html": ("text/html", b"<script>alert(1)</script>"),
}


def answer_to(ask: Callable[[Callable[[Any], None]], object]) -> Any:
    """What Chromium answers, as soon as it does: `ask` is given what is to be called with the answer."""
    answers: list[Any] = []
    loop = QEventLoop()

    def take(answer: Any) -> None:
        answers.append(answer)
        loop.quit()

    patience = QTimer(singleShot=True, interval=_ANSWERED_WITHIN_MS)
    patience.timeout.connect(loop.quit)
    patience.start()
    ask(take)
    if not answers:
        loop.exec()
    assert answers, "Chromium did not answer."
    return answers[0]


class Listener(ThreadingHTTPServer):
    """`asked` has the path of each request; `connections` counts all, also those on which nothing was said."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.connections = 0

    @classmethod
    @contextmanager
    def listening(cls) -> Iterator[Listener]:
        """A server that listens as long as it is needed."""
        with cls() as server:
            thread = Thread(target=server.serve_forever, args=[SHUTDOWN_POLL_S])
            thread.start()
            yield server
            server.shutdown()
            thread.join()

    @property
    def address(self) -> str:
        """`http://HOST:PORT`."""
        return f"http://127.0.0.1:{self.server_port}"

    def verify_request(self, request: object, client_address: object) -> bool:
        self.connections += 1
        return True


class _Handler(BaseHTTPRequestHandler):
    server: Listener
    timeout = 5

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        suffix = self.path[self.path.rfind(".") :] if "." in self.path else ""
        kind, content = _ANSWERS.get(suffix, ("text/plain", b"x"))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_HEAD = do_OPTIONS = do_CONNECT = do_GET

    def log_message(self, *_: object) -> None:
        pass


class _Notes(QWebEngineUrlRequestInterceptor):
    """Writes down what is asked for and refuses nothing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.requests: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        self.requests.append(info.requestUrl().toString())


class Browser(QWebEnginePage):
    """A page with scripts on, which may load anything from anywhere; it writes down whatever happens.

    `happened` has alerts, questions, messages, windows and navigations that a page began by itself.
    """

    def __init__(self, qtbot: QtBot, interceptor: QWebEngineUrlRequestInterceptor | None = None) -> None:
        self.profile_of_its_own = QWebEngineProfile()
        super().__init__(self.profile_of_its_own)
        self._qtbot = qtbot
        self._notes = _Notes(self.profile_of_its_own)
        self._at_home = QUrl()
        self.happened: list[str] = []
        self.profile_of_its_own.setUrlRequestInterceptor(interceptor or self._notes)
        attribute = QWebEngineSettings.WebAttribute
        for each in (
            attribute.LocalContentCanAccessFileUrls,
            attribute.LocalContentCanAccessRemoteUrls,
            attribute.AllowRunningInsecureContent,
            attribute.JavascriptCanOpenWindows,
        ):
            self.settings().setAttribute(each, True)
        self.settings().setAttribute(attribute.AutoLoadIconsForPage, False)

    @property
    def requests(self) -> list[str]:
        """What was asked for beside the page itself and pictures that it holds."""
        home = self._at_home.toString()
        return [each for each in self._notes.requests if each != home and not each.startswith("data:image/")]

    def visit(self, url: QUrl) -> None:
        """Load a page, and wait until it is there."""
        self._at_home = url
        with self._qtbot.waitSignal(self.loadFinished, timeout=30_000):
            self.load(url)

    def evaluate(self, script: str) -> object:
        """What a script in a world beside the page's own comes to."""
        return answer_to(lambda take: self.runJavaScript(script, _BESIDE, take))

    def stir(self) -> None:
        """Do to every element what a reader may do to it, but for clicking on links."""
        self.evaluate(
            """for (const each of document.querySelectorAll("*")) {
                 for (const name of ["mouseover", "pointerenter", "focus", "dragstart", "animationstart", "toggle"])
                   each.dispatchEvent(new Event(name));
                 if (each.focus) each.focus();
                 if (!each.href) each.dispatchEvent(new Event("click"));
               }"""
        )

    def close(self) -> None:
        """Let go of the page before its profile, as Qt wants it."""
        shiboken6.delete(self)
        self.profile_of_its_own.deleteLater()

    def javaScriptAlert(self, origin: QUrl, message: str) -> None:
        self.happened.append(f"alert {message}")

    def javaScriptConfirm(self, origin: QUrl, message: str) -> bool:
        self.happened.append(f"confirm {message}")
        return False

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        self.happened.append(f"message {message}")

    def acceptNavigationRequest(self, url: QUrl | str, type: QWebEnginePage.NavigationType, is_main: bool) -> bool:
        url = QUrl(url)
        if url == self._at_home:
            return True
        self.happened.append(f"navigation {url.toString()}")
        return not is_main

    def createWindow(self, type: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:
        self.happened.append("window")
        return None


def let_all_arrive(qtbot: QtBot) -> None:
    """Wait until what another page asks for now has come to a server, so that what was asked for before has too."""
    with Listener.listening() as last:
        page = Browser(qtbot)
        page.visit(QUrl(f"{last.address}/last"))
        page.close()
        assert last.asked


def settle(window: ArticleWindow, read: Callable[[ArticleWindow, str], object], qtbot: QtBot) -> None:
    """Until nothing moves any more: the preview has not for three frames, nor the text, and no question is open."""
    bar, sync, before = window.text.verticalScrollBar(), window.scroll_sync, -1
    while before != bar.value() or sync._is_asking or sync._due.isActive() or sync._laid_out.isActive():
        before = bar.value()
        read(
            window,
            "globalThis.still = 0; (function look(before) { requestAnimationFrame(() => {"
            "still = scrollY === before ? still + 1 : 0; if (still < 3) look(scrollY); }); })(scrollY)",
        )
        qtbot.waitUntil(lambda: bool(read(window, "still >= 3")), timeout=5000)
