"""Kills the real program while it types and saves, and says what was left. Used by a test and by the benchmark."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from editor.storage.article_file import read_article
from editor.storage.journal import drafts_left_behind
from editor.storage.safekeeping import Safekeeping

PROGRAM = Path(__file__).with_name("typing_program.py")
SOURCE = Path(__file__).parents[2] / "src"
TEXT = "---\ntitle: Killed\n---\n\n# Killed\n\n"
_MOST_CALLS = 150
_LONGEST_TYPING = 1.8
"""Seconds from the first word to the kill."""
_HOPELESS = 60
PROMISED_NS = 1_000_000_000
"""How much of the last typing may be lost."""


@dataclass(frozen=True, slots=True)
class Kill:
    """How one run ends: `call` is the system call of its saves that it is killed before; 0: at any moment."""

    number: int
    call: int
    after: float
    in_place: bool

    @classmethod
    def drawn(cls, number: int) -> Kill:
        """The run of that number: every second one inside a save, every second pair of a file written in place."""
        draw = random.Random(number)
        call = draw.randrange(1, _MOST_CALLS) if number % 2 else 0
        return cls(number, call, draw.uniform(0.05, _LONGEST_TYPING), number % 4 > 1)


@dataclass(slots=True)
class Left:
    """What was typed and saved before the kill, and what is there after it; `saved` has the first digest too."""

    kill: Kill
    words: list[tuple[int, int]] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    killed_ns: int = 0
    at_once: str = ""
    finished: str = ""
    recovered: str = ""
    drafts: int = 0

    @property
    def lost(self) -> list[int]:
        """The words that were typed a second or more before the kill and are neither in the file nor in the draft."""
        safe = set(self.recovered.split())
        return [word for word, at in self.words if at < self.killed_ns - PROMISED_NS and f"w{word}" not in safe]

    @property
    def lost_ns(self) -> int:
        """The age of the oldest word that is lost, at the kill."""
        safe = set(self.recovered.split())
        return max((self.killed_ns - at for word, at in self.words if f"w{word}" not in safe), default=0)


def type_until_killed(folder: Path, kill: Kill) -> Left:
    """Run the program on an article in `folder`, kill it, and look at what it left."""
    article = folder / "articles" / "article.md"
    article.parent.mkdir(parents=True)
    article.write_text(TEXT, "utf-8")
    if kill.in_place:
        (folder / "other name").hardlink_to(article)
    left = Left(kill, saved={_digest(article)})
    _run(article, folder, left)
    state = folder / "state" / "stet"
    left.at_once = _digest(article)
    text = read_article(article, safe=Safekeeping.in_folder(state)).text
    left.finished = _digest(article)
    drafts = drafts_left_behind(state / "drafts")
    left.drafts = len(drafts)
    left.recovered = drafts[0].text if drafts else text
    return left


def _run(article: Path, folder: Path, left: Left) -> None:
    kill = left.kill
    command = [
        sys.executable,
        "-P",
        str(PROGRAM),
        str(article),
        str(kill.number),
        *([str(kill.call)] * bool(kill.call)),
    ]
    own = {"XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data"}
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **{name: str(folder / own[name]) for name in own}}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as program:

        def kill_now() -> None:
            left.killed_ns = left.killed_ns or time.monotonic_ns()
            program.kill()

        timer = threading.Timer(_HOPELESS, kill_now)
        timer.start()
        assert program.stdout
        for line in program.stdout:
            what, *values = line.split()
            if what == "typed":
                left.words.append((int(values[0]), int(values[1])))
            elif what == "saves":
                left.saved.add(values[0])
            else:
                left.killed_ns = int(values[0])
            if len(left.words) == 1 and what == "typed" and not kill.call:
                timer.cancel()
                timer = threading.Timer(kill.after, kill_now)
                timer.start()
        timer.cancel()
        timer.join()


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
