"""The programs that are measured beside each other: how each is started with a live preview, and what it holds."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from own_window import fresh_environment

_LEFT_OUT = ("QT_QPA_PLATFORM", "DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY")
_END_SECONDS = 10.0
_REST_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Program:
    """A markdown editor with a preview beside the text."""

    name: str
    command: tuple[str, ...]
    lines_down: int
    """From its first line to the first paragraph, as the caret goes."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Files below its folder of settings, where what it does by itself is not to show a preview beside the text."""

    @property
    def is_installed(self) -> bool:
        """Whether it can be measured here."""
        return bool(shutil.which(self.command[0]))


OURS = Program("Stet", (str(Path(sys.executable).with_name("stet")),), 8)
PEERS = (
    Program("ReText", ("retext",), 8, {"ReText project/ReText.conf": "[General]\ndefaultPreviewState=live-preview\n"}),
    # Its text is larger, so that three of the lines above the paragraph take two.
    Program("ghostwriter", ("ghostwriter",), 11, {"ghostwriter/ghostwriter.conf": "[Preview]\nhtmlPreviewOpen=true\n"}),
)
"""ReText and ghostwriter as Debian has them, with what they do by themselves but for the preview."""


@dataclass(frozen=True, slots=True)
class Running:
    """A program that was started: its process, and when by `time.perf_counter`."""

    process: int
    began: float

    def memory(self) -> float:
        """What its processes hold in MB: the sum of proportional set sizes, so that what they share counts once."""
        return sum(_proportional_set_size(each) for each in _tree(self.process)) / 1024

    def processor_seconds(self) -> float:
        """How long its processes have had a processor."""
        return sum(map(processor_seconds, _tree(self.process)))

    def rest(self) -> None:
        """Wait until the process that takes the keys has nothing more to do."""
        while True:
            used = processor_seconds(self.process)
            time.sleep(_REST_SECONDS)
            if processor_seconds(self.process) - used <= _REST_SECONDS / 2:
                return


@contextmanager
def running(program: Program, article: str, display: str) -> Iterator[Running]:
    """Start a program on an article, with a home and settings of its own, and end it with all its processes."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        environment = {**fresh_environment(folder), "DISPLAY": display, "XDG_RUNTIME_DIR": name}
        for variable in _LEFT_OUT:
            environment.pop(variable, None)
        for place, settings in program.settings.items():
            file = folder / "xdg_config_home" / place
            file.parent.mkdir(parents=True)
            file.write_text(settings, "utf-8")
        path = folder / "article.md"
        path.write_text(article, "utf-8")
        quiet = subprocess.DEVNULL
        began = time.perf_counter()
        process = subprocess.Popen(
            [*program.command, str(path)], env=environment, stdout=quiet, stderr=quiet, start_new_session=True
        )
        try:
            yield Running(process.pid, began)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and all that it started, and wait until they are gone: the next is not to share the machine."""
    processes = _tree(process.pid)
    for each in processes:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    process.wait(_END_SECONDS)
    end = time.perf_counter() + _END_SECONDS
    while any(_is_alive(each) for each in processes) and time.perf_counter() < end:
        time.sleep(0.02)


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _tree(process: int) -> list[int]:
    """A process and those that came of it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, _, rest = stat.read_text("utf-8").partition(" ")
            children.setdefault(int(rest.rpartition(")")[2].split()[1]), []).append(int(number))
    found = [process]
    for each in found:
        found += children.get(each, [])
    return found


def _proportional_set_size(process: int) -> int:
    """In KB; 0 where the process is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def processor_seconds(process: int) -> float:
    """How long it has had a processor, its threads together; 0 where it is gone."""
    with suppress(OSError):
        return _ticks(process) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _ticks(process: int) -> int:
    ticks = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks))
