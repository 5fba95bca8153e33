"""What is promised of files, tried often: 200 kills of the whole program, and 10,000 changes by other programs."""

from __future__ import annotations

import importlib.util
import os
import random
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from types import ModuleType

PROJECT = Path(__file__).resolve().parent.parent


def _of_the_tests(name: str) -> ModuleType:
    """A module that the tests use as well, so that what is measured is what is tested."""
    (file,) = (PROJECT / "tests").glob(f"*/{name}.py")
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def kills(times: int = 200) -> dict[str, float]:
    """Kill the program so often; raises AssertionError where a file is not whole or words are lost."""
    killed = _of_the_tests("killed")
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as two_at_a_time:

        def run(number: int) -> object:
            return killed.type_until_killed(Path(folder) / str(number), killed.Kill.drawn(number))

        runs = list(two_at_a_time.map(run, range(times)))
    for left in runs:
        assert left.words, left
        assert left.finished in left.saved, left
        assert not left.lost, left
    seen = Counter("whole at once" if left.at_once in left.saved else "torn, then finished" for left in runs)
    lost = [left.lost_ns / 1e6 for left in runs]
    return {
        "kills": len(runs),
        "inside a save": sum(left.kill.call > 0 for left in runs),
        **dict(seen),
        "with a draft": sum(left.drafts for left in runs),
        "words typed": sum(len(left.words) for left in runs),
        "age of the oldest word lost, median (ms)": median(lost),
        "age of the oldest word lost, worst (ms)": max(lost),
    }


def outside_changes(times: int = 10_000) -> dict[str, float]:
    """Change an open file so often while it is edited; raises AssertionError where something is lost or a lie."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the kills need none

    application = QApplication.instance() or QApplication([])
    meddling = _of_the_tests("meddling")
    with tempfile.TemporaryDirectory() as folder:
        done: Counter[str] = meddling.meddle(Path(folder), random.Random(1), times)  # noqa: S311 - the same acts at each run
    del application
    return dict(done)
