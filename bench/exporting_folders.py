"""What an export of a folder takes, beside pandoc in the same run: Stet takes the folder, pandoc a process a page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path

from articles import PROJECT, article_of
from figures import Figures

CORPUS = PROJECT.parent / "shared" / "corpus" / "articles"
RATE_ROW = "500 articles"
SMALL_ROW, LARGE_ROW = "100 articles", "1,000 articles"
STET_RATE, PANDOC_RATE, MEMORY = "stet (articles/s)", "pandoc (articles/s)", "stet, memory (MB)"
_SIZES = {SMALL_ROW: 100, RATE_ROW: 500, LARGE_ROW: 1_000}
_DIFFERENT = 100
_LONGEST = 20_000
_BY_PANDOC = 50
"""Articles that pandoc is given: each of them takes it as long whatever the folder has."""
_LOOK_EVERY_S = 0.02


def exporting_folders() -> Figures:
    """Articles a second by the wall, and the most memory that all processes have together (PSS)."""
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as top:
        environment = _environment(Path(top))
        for name, count in _SIZES.items():
            folder = Path(top) / f"{count}"
            _fill(folder, count)
            # What is imported for the first time is compiled, which is no part of an export.
            _stet(next(iter(sorted(folder.iterdir()))), Path(top) / "first.html", environment)
            seconds, memory = _stet(folder, Path(top) / f"{count}-pages", environment)
            figures[name] = {STET_RATE: count / seconds, MEMORY: memory}
        if shutil.which("pandoc"):
            figures[RATE_ROW][PANDOC_RATE] = _pandoc_rate(Path(top) / str(_SIZES[RATE_ROW]), Path(top))
    return figures


def _environment(top: Path) -> Mapping[str, str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src"), "PYTHONPYCACHEPREFIX": str(top / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _fill(folder: Path, count: int) -> None:
    """The same hundred again and again, each time in other words, so that a larger folder is more of the same.

    They are real articles, or where those are not here the sample.
    """
    folder.mkdir()
    texts = [path.read_bytes() for path in sorted(CORPUS.iterdir())] if CORPUS.is_dir() else []
    usable = [text for text in texts if _is_usable(text)] or [article_of(5_000).encode()]
    every = max(1, len(usable) // _DIFFERENT)
    for number, text in enumerate(islice(cycle(usable[::every][:_DIFFERENT]), count)):
        others = text.replace(b" the ", b" the %d " % (number // _DIFFERENT))
        (folder / f"article-{number:04}.md").write_bytes(others)


def _is_usable(text: bytes) -> bool:
    """Without pictures, which pandoc would fetch; and no single article may decide how much memory all take."""
    return b"![" not in text and b"<img" not in text and len(text) <= _LONGEST


def _stet(source: Path, output: Path, environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds, and megabytes of memory at the highest."""
    command = [sys.executable, "-m", "editor", "export", str(source), "-o", str(output)]
    begin = time.perf_counter()
    most = 0.0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(_memory_of, _tree(process.pid))))
            time.sleep(_LOOK_EVERY_S)
        seconds = time.perf_counter() - begin
    assert process.returncode == 0
    return seconds, most


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _memory_of(pid: int) -> float:
    """Megabytes: what is shared is counted in parts."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _pandoc_rate(folder: Path, top: Path) -> float:
    articles = sorted(folder.iterdir())
    given = articles[:: len(articles) // _BY_PANDOC]
    options = ["--standalone", "--self-contained", "--metadata", "title=x"]
    begin = time.perf_counter()
    for article in given:
        command = ["pandoc", *options, str(article), "-o", str(top / "by-pandoc.html")]
        subprocess.run(command, check=False, capture_output=True)
    return len(given) / (time.perf_counter() - begin)
