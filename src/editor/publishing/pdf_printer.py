"""Printing pages into PDF, as seen from whoever prints: a page in, a PDF out, a process killed that takes too long."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from threading import Timer
from types import TracebackType
from typing import Self

from editor.publishing.paper import Paper
from editor.publishing.programs import Program, end_program, kill_program, start_program
from editor.rendering.frames import framed_bytes, receive_bytes

_DEADLINE_S = 120.0
_MORE_A_MEGABYTE_S = 30.0
"""Chromium's time grows with the pages, and a megabyte of plain text makes more than two hundred of them."""
_TOO_LATE = "It took too long to print: try again, or leave out what is very large."
_ENDED = "The printing process ended: try again."
_IS_PDF = b"%PDF-"
# -P: an article's folder, which may be the working one, must not lend the process its modules.
_COMMAND = (sys.executable, "-P", "-m", "editor.page_printer")


class PrintingFailed(Exception):
    """A page that could not be printed; the message is a sentence."""


class PdfPrinter:
    """Prints one page after another, in a process (`editor.page_printer`) that is started with the first.

    Where that ends by itself, or is killed for being late, the next page has another.
    """

    def __init__(self, deadline_s: float = _DEADLINE_S, command: Sequence[str] = _COMMAND) -> None:
        """`deadline_s` is how long a page may take, with the start of the process; long pages may take longer."""
        self._deadline_s = deadline_s
        self._command = tuple(command)
        self._process: Program | None = None
        self._was_late = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def process_id(self) -> int:
        """The process that prints, which leads a group of its own; 0 where there is none."""
        return self._process.pid if self._process else 0

    def print(self, page: str, paper: Paper) -> bytes:
        """A page's HTML as PDF; nothing but the page is loaded. Waits until it is done. Raises PrintingFailed."""
        html = page.encode("utf-8", "replace")
        if self._process is None:
            self._process = start_program(self._command, errors=subprocess.DEVNULL)
        self._was_late = False
        deadline = Timer(self._deadline_s + _MORE_A_MEGABYTE_S * len(html) / 1e6, self._be_late)
        deadline.daemon = True
        deadline.start()
        try:
            answer = self._ask(paper.encode() + b"\n" + html)
        except BaseException:
            self.close()  # what it answers later must not be taken for the next page
            raise
        finally:
            deadline.cancel()
        if answer is None:
            self.close()
            raise PrintingFailed(_TOO_LATE if self._was_late else _ENDED)
        if not answer.startswith(_IS_PDF):
            raise PrintingFailed(answer.decode("utf-8", "replace"))
        return answer

    def close(self) -> None:
        """End the process. It holds nothing that could be lost."""
        process, self._process = self._process, None
        if process:
            end_program(process)

    def _ask(self, request: bytes) -> bytes | None:
        """The process's answer; None where it ended without one."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        with suppress(BrokenPipeError):
            process.stdin.write(framed_bytes(request))
            process.stdin.flush()
            return receive_bytes(process.stdout)
        return None

    def _be_late(self) -> None:
        self._was_late = True
        if self._process:
            kill_program(self._process)


def own_printer() -> PdfPrinter:
    """The printer of this process, which ends with it: starting one takes longer than most articles take to print."""
    return _printer_of(os.getpid())


@lru_cache(maxsize=1)
def _printer_of(process: int) -> PdfPrinter:
    """A copy of a process has another printer, and leaves that of the first alone."""
    printer = PdfPrinter()
    atexit.register(lambda: printer.close() if os.getpid() == process else None)
    return printer
