"""Debian's Chromium without a window, told what to do over a pipe by its DevTools protocol."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

_PATIENCE_S = 60.0
# Chromium reads what it is asked from its file 3 and answers into its file 4.
_WITH_PIPES = 'exec "$@" 3<&{} 4>&{}'
# What a page has to say of itself, and what it asks for.
_TOLD = ("Page", "Runtime", "Network", "Log")

Scheme = Literal["light", "dark"]


class CheckerFailed(Exception):
    """A program that judges pages is not there, does not answer or refuses; the message says which and why."""


class Tab:
    """One page. `requests` has the addresses that it asked for since it was visited, data that it holds left out, and
    `said` what it logged, raised, or was refused by its policy."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self._browser = browser
        self._session = session
        self._is_loaded = False
        self.requests: list[str] = []
        self.said: list[str] = []
        for domain in _TOLD:
            self.ask(f"{domain}.enable")
        self.ask("Emulation.setScrollbarsHidden", hidden=True)

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """The answer to one question of the protocol. Raises CheckerFailed."""
        return self._browser.ask(method, parameters, self._session)

    def visit(self, page: Path) -> None:
        """Open a file and wait until all of it is loaded."""
        self._is_loaded = False
        self.requests.clear()
        self.said.clear()
        self.ask("Page.navigate", url=page.as_uri())
        while not self._is_loaded:
            self._browser.read_on()

    def evaluate(self, script: str) -> Any:
        """What a script in the page comes to, a promise's value where it is one. Raises CheckerFailed."""
        answer = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise CheckerFailed(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def look(self, width: int, scheme: Scheme) -> None:
        """Show the page this wide, in CSS pixels, to a reader who prefers light or dark pages."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        preference = {"name": "prefers-color-scheme", "value": scheme}
        self.ask("Emulation.setEmulatedMedia", features=[preference])

    def picture(self) -> bytes:
        """The whole page as it is looked at, as PNG."""
        taken = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        return b64decode(taken["data"])

    def paper(self) -> bytes:
        """The page printed on A4, as PDF."""
        taken = self.ask("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69)
        return b64decode(taken["data"])

    def hear(self, method: str, parameters: dict[str, Any]) -> None:
        """Take in what the page tells unasked."""
        if method == "Page.loadEventFired":
            self._is_loaded = True
        elif method == "Network.requestWillBeSent":
            address = parameters["request"]["url"]
            if not address.startswith("data:"):
                self.requests.append(address)
        elif method == "Log.entryAdded":
            self.said.append(parameters["entry"]["text"])
        elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.said.append(json.dumps(parameters))


class Chromium:
    """A browser that is running."""

    def __init__(self, questions: int, answers: int) -> None:
        self._questions = questions
        self._answers = answers
        self._unread = b""
        self._last = 0
        self._answered: dict[int, dict[str, Any]] = {}
        self._tabs: dict[str, Tab] = {}

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Chromium]:
        """A browser with a profile of its own, as long as it is needed. Raises CheckerFailed."""
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if not program:
            raise CheckerFailed("Chromium is not installed; on Debian: apt-get install chromium")
        read_there, questions = os.pipe()
        answers, written_there = os.pipe()
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            command = [program, "--headless", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"]
            command += ["--disable-background-networking", f"--user-data-dir={profile}"]
            command += ["--no-sandbox"] if os.geteuid() == 0 else []
            process = subprocess.Popen(
                ["/bin/sh", "-c", _WITH_PIPES.format(read_there, written_there), "sh", *command],
                pass_fds=(read_there, written_there),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            os.close(read_there)
            os.close(written_there)
            try:
                yield cls(questions, answers)
            finally:
                os.close(questions)
                os.close(answers)
                process.terminate()
                process.wait(_PATIENCE_S)

    def tab(self) -> Tab:
        """A new page."""
        target = self.ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        tab = Tab(self, session)
        self._tabs[session] = tab
        return tab

    def ask(self, method: str, parameters: dict[str, Any], session: str = "") -> dict[str, Any]:
        """The answer to one question of the protocol. Raises CheckerFailed."""
        self._last += 1
        question = {"id": self._last, "method": method, "params": parameters}
        if session:
            question["sessionId"] = session
        unsent = json.dumps(question).encode() + b"\0"
        while unsent:
            unsent = unsent[os.write(self._questions, unsent) :]
        while self._last not in self._answered:
            self.read_on()
        answer = self._answered.pop(self._last)
        if "error" in answer:
            raise CheckerFailed(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def read_on(self) -> None:
        """Read one message, and give it to whom it is for. Raises CheckerFailed when none comes."""
        until = time.monotonic() + _PATIENCE_S
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._answers], [], [], max(0.0, until - time.monotonic()))
            read = os.read(self._answers, 1 << 20) if ready else b""
            if not read:
                raise CheckerFailed("Chromium does not answer.")
            self._unread += read
        written, _, self._unread = self._unread.partition(b"\0")
        message = json.loads(written)
        if "id" in message:
            self._answered[message["id"]] = message
        elif tab := self._tabs.get(message.get("sessionId", "")):
            tab.hear(message["method"], message["params"])
