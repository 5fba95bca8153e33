"""The real program, killed while a writer types and saves: the file is whole, and the words are there."""

from __future__ import annotations

import importlib.util
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

PARTS, KILLS = 5, 4
"""Of the kills of each part two are inside a save, and two of a file that is written in place."""


@pytest.fixture(scope="module")
def killed() -> ModuleType:
    """The module beside this one, which the benchmark uses too."""
    spec = importlib.util.spec_from_file_location("killed", Path(__file__).with_name("killed.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["killed"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("part", range(PARTS))
def test_a_program_killed_at_any_moment_leaves_a_whole_file_and_all_but_the_last_second_of_typing(
    killed: ModuleType, tmp_path: Path, part: int
) -> None:
    def run(number: int) -> object:
        return killed.type_until_killed(tmp_path / str(number), killed.Kill.drawn(number))

    with ThreadPoolExecutor(2) as two_at_a_time:
        runs = list(two_at_a_time.map(run, range(part * KILLS, (part + 1) * KILLS)))
    for left in runs:
        assert left.words, left
        assert left.killed_ns, left
        assert left.finished in left.saved, left
        assert left.at_once in left.saved or left.kill.in_place, left
        assert left.drafts <= 1, left
        assert left.lost == [], left
    # The kills were what they are meant to be: some inside a save, and some with words that no save has.
    assert sum(left.kill.call > 0 for left in runs) == KILLS // 2
    assert any(left.drafts for left in runs)
