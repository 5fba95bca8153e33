"""What all tests share: a screen that needs none, articles to work on, the whole program, and a browser for exports."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.browsing import SHUTDOWN_POLL_S, Browser, Listener, answer_to

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.start import prepare
from editor.storage.settings_file import Settings, settings_path, state_folder
from editor.ui.preview_scheme import register_scheme

# The same examples at each run; `--hypothesis-profile=explore` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile("steady")

# Before there is an application, as the program does it; without a graphics card, so that all machines draw alike.
prepare(Settings(software_rendering="on"))
# The program does it with its first preview; some tests use Chromium before they open one.
register_scheme()

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"


@pytest.fixture(scope="session")
def real_article() -> Path:
    """The user's own article, or where it is not here the sample of the same shape."""
    real = SHARED / "articles" / "magnesium-glycinate.md"
    return real if real.exists() else PROJECT / "resources" / "articles" / "sample.md"


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """Real articles with front matter, in a steady order."""
    folder = SHARED / "corpus" / "articles"
    if not folder.is_dir():
        pytest.skip("the corpus of real articles is not beside the project")
    return sorted(path for path in folder.iterdir() if path.is_file())


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """A session that is not closed would go on looking at its file during other tests."""
    yield
    left = [
        thread.name
        for thread in threading.enumerate()
        if thread.name.startswith(("files", "draft", "pictures", "folder"))
    ]
    assert not left


@pytest.fixture
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for settings and state that is this test's alone."""
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    return tmp_path


@pytest.fixture
def application(qapp: QApplication, own_settings: Path) -> Iterator[Application]:
    """The whole program with settings of its own; windows left open are closed without saving."""
    program = Application(qapp, settings_path(), state_folder())
    yield program
    for window in tuple(program.windows):
        window.close_without_saving()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    program.close()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


_PAINTED = "requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.painted = true; }))"


@pytest.fixture
def open_window(
    application: Application, qtbot: QtBot, read_preview: Callable[[ArticleWindow, str], object]
) -> Callable[[Path], ArticleWindow]:
    """Opens an article in a window that is active and whose preview shows all of it, and takes clicks.

    Chromium passes over what is done to a page before it was first painted.
    """

    def open_article(path: Path) -> ArticleWindow:
        application.open_files([path])
        window = application.windows[-1]
        with qtbot.waitSignal(window.queue.settled, timeout=20_000):
            pass
        window.raise_window()
        qtbot.waitActive(window.window)
        if window.preview.isVisible():
            read_preview(window, _PAINTED)
            qtbot.waitUntil(lambda: read_preview(window, "globalThis.painted") is True, timeout=20_000)
        return window

    return open_article


@pytest.fixture
def read_preview(qapp: QApplication) -> Callable[[ArticleWindow, str], object]:
    """What a script sees of a window's preview."""

    def read(window: ArticleWindow, script: str) -> object:
        return answer_to(lambda take: window.preview.read(script, take))

    return read


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A web server that nobody has asked for anything."""
    with Listener.listening() as server:
        yield server


@pytest.fixture
def browser(qtbot: QtBot) -> Iterator[Browser]:
    """A page in the window's own Chromium in which nothing is forbidden."""
    page = Browser(qtbot)
    yield page
    page.close()


# What the browser asks for by itself, whatever page it shows.
_BROWSERS_OWN = ("google.com", "googleapis.com", "gvt1.com", "gstatic.com")


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page came to, and the addresses it asked for beyond its own file."""

    dom: str
    requests: tuple[str, ...]


class _Recorder(BaseHTTPRequestHandler):
    requests: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.requests.append(self.path)
        self.send_error(404)

    def do_CONNECT(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def recorder() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Recorder) as server:
        thread = threading.Thread(target=server.serve_forever, args=[SHUTDOWN_POLL_S])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def visit(recorder: ThreadingHTTPServer, tmp_path: Path) -> Callable[[Path], Visit]:
    """Opens a page in Debian's Chromium with scripts on, behind a proxy that only writes down what is asked of it."""
    browser = shutil.which("chromium")
    if not browser:
        pytest.skip("Chromium is not installed")

    def open_page(page: Path) -> Visit:
        _Recorder.requests.clear()
        command = [browser, "--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        command += ["--no-sandbox"] if os.geteuid() == 0 else []
        command += [
            f"--user-data-dir={tmp_path / 'browser'}",
            f"--proxy-server=http://127.0.0.1:{recorder.server_port}",
            "--proxy-bypass-list=<-loopback>",
            "--virtual-time-budget=2000",
            "--dump-dom",
            page.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, timeout=60, check=True)
        asked = [address for address in _Recorder.requests if not any(own in address for own in _BROWSERS_OWN)]
        return Visit(done.stdout.decode("utf-8", "replace"), tuple(asked))

    return open_page


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    """The offscreen clipboard dies after Python does, and must not hold a mime object of Python's then."""
    if isinstance(QApplication.instance(), QApplication):
        QApplication.clipboard().clear()
