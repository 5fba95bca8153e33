"""The real program with a writer who types and saves without end, until it is killed.

`python -P typing_program.py ARTICLE SEED [CALL]` says on standard output what it does, a line each, before it does it
or right after: `typed N TIME` (the word `wN` is in the text), `saves DIGEST` (a save of a text of that digest begins).
TIME is of the monotonic clock, in nanoseconds, as all processes see it. With CALL it kills itself just before that
system call, counted over its saves from the first, and says `killed TIME`.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.start import prepare
from editor.storage.encoding import encode
from editor.storage.settings_file import Settings, settings_path, state_folder

SYSTEM_CALLS = (
    *("open", "close", "read", "write", "lseek", "ftruncate", "posix_fallocate", "fsync", "fdatasync", "replace"),
    *("rename", "unlink", "mkdir", "stat", "fstat", "listxattr", "getxattr", "fchmod", "access", "scandir", "utime"),
)
_BETWEEN_WORDS_MS = 4


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def kill_before(call: int) -> None:
    """Have the process killed before a system call of the thread that saves; the code under test is as it is."""
    made = 0

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def make(*arguments: object, **options: object) -> object:
            nonlocal made
            if threading.current_thread().name.startswith("files") and saving.is_set():
                made += 1
                if made == call:
                    say(f"killed {time.monotonic_ns()}")
                    os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        return make

    for name in SYSTEM_CALLS:
        setattr(os, name, counted(getattr(os, name)))


saving = threading.Event()


class Writer:
    """Types a word at each turn of the event loop, and saves now and then."""

    def __init__(self, window: ArticleWindow, seed: int) -> None:
        self._window = window
        self._random = random.Random(seed)
        self._words = 0
        self._until_save = 10
        window.session.saved.connect(lambda _path: saving.clear())
        window.text.moveCursor(window.text.textCursor().MoveOperation.End)
        self._turn = QTimer(window, interval=_BETWEEN_WORDS_MS)
        self._turn.timeout.connect(self._type)
        self._turn.start()

    def _type(self) -> None:
        QTest.keyClicks(self._window.text, f"w{self._words} ")
        say(f"typed {self._words} {time.monotonic_ns()}")
        self._words += 1
        self._until_save -= 1
        if not self._until_save and not self._window.session.is_saving:
            self._save()
        self._until_save = self._until_save or self._random.randrange(5, 60)

    def _save(self) -> None:
        session = self._window.session
        say(f"saves {hashlib.sha256(encode(session.article.text, session.encoding)).hexdigest()}")
        saving.set()
        QTest.keyClick(self._window.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def main() -> None:
    prepare(Settings(software_rendering="on"))
    qt = QApplication(sys.argv[:1])
    program = Application(qt, settings_path(), state_folder())
    program.start([Path(sys.argv[1])])
    if len(sys.argv) > 3:
        kill_before(int(sys.argv[3]))
    writer = Writer(program.windows[0], int(sys.argv[2]))
    qt.exec()
    del writer


if __name__ == "__main__":
    main()
