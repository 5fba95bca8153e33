"""A real browser for pages that rendering makes, whose every request is recorded and none answered."""

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
        thread = threading.Thread(target=server.serve_forever)
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
