"""What an export takes, beside pandoc in the same run: a process of its own for each page, as a script starts it."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from articles import PROJECT, SIZES, article_of, real_article
from figures import Figures

PANDOC, STET = "pandoc", "stet"
REAL_ROW = "the real article"
_TIMES = 9


def exporting() -> Figures:
    """Milliseconds by the wall and by the processor, the median of a few; of pandoc only where it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        figures: dict[str, dict[str, float]] = {}
        articles = {REAL_ROW: real_article().read_text("utf-8")}
        articles |= {f"{size:,}": article_of(size) for size in SIZES[:2]}
        for name, text in articles.items():
            article = Path(folder) / "article.md"
            article.write_text(text, "utf-8")
            figures[name] = _measure(article, article.with_suffix(".html"))
    return figures


def _measure(article: Path, page: Path) -> dict[str, float]:
    """Each program in turn, so that whatever else the machine does is the same for both."""
    commands = {STET: [sys.executable, "-m", "editor", "export", "--force", str(article), "-o", str(page)]}
    if pandoc := shutil.which("pandoc"):
        # Debian's pandoc knows the option by its older name.
        options = ["--standalone", "--self-contained", "--metadata", "title=x"]
        commands[PANDOC] = [pandoc, *options, str(article), "-o", str(page.with_suffix(".pandoc.html"))]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src")}
    # Programs that are installed have their modules compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(article.parent / "compiled")
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(_TIMES + 1):
        for name, command in commands.items():
            taken[name].append(_run(command, environment))
    return {
        f"{name} ({kind})": statistics.median(each[place] for each in measured[1:])
        for name, measured in taken.items()
        for place, kind in enumerate(("wall", "processor"))
    }


def _run(command: list[str], environment: Mapping[str, str]) -> tuple[float, float]:
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * wall, 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
