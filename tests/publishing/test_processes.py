"""Work is shared out among processes, and nothing of it is lost with one of them or left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

_SHARED_OUT = """
import os, signal, sys
from pathlib import Path
from editor.publishing.processes import worked_out

def work(number):
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return [number * number, os.getpid()]

answers = dict(worked_out(work, 40, 3))
print(sorted(number for number, answer in answers.items() if answer is None))
print(all(answer[0] == number * number for number, answer in answers.items() if answer))
print(len(answers), os.getpid() in {answer[1] for answer in answers.values() if answer})
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("nobody is left")
"""


def _run(program: str, *words: str) -> str:
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def test_all_is_done_but_what_a_process_dies_over() -> None:
    assert _run(_SHARED_OUT).splitlines() == ["[7]", "True", "40 False", "nobody is left"]


_STOPPED = """
import os, signal, sys
from editor.publishing.processes import worked_out

def work(number):
    if number:
        # What is under way is ended in order: a signal to the whole terminal does not cut it off.
        os.kill(os.getpid(), signal.SIGINT)
        os.write(2, b"done\\n")
    return number

work_done = worked_out(work, 1000, 2)
print(next(work_done)[0])
work_done.close()
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("nobody is left")
"""


def test_who_stops_early_leaves_no_process() -> None:
    assert _run(_STOPPED).splitlines()[-1] == "nobody is left"


_KILLED = """
import os, signal, sys, time
from editor.publishing.processes import worked_out

def work(number):
    os.write(1, b"%d\\n" % os.getpid())
    if number > 2:
        os.kill(os.getppid(), signal.SIGKILL)
    return number

list(worked_out(work, 1000, 2))
"""


def test_processes_end_with_the_one_that_started_them_however_it_ends() -> None:
    process = subprocess.Popen([sys.executable, "-c", _KILLED], stdout=subprocess.PIPE, text=True)
    # The pipe is at its end only once every process that holds it is gone.
    told, _ = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert 0 < len(told.split()) < 1000


def test_one_process_at_once_is_this_one() -> None:
    from editor.publishing.processes import worked_out

    assert list(worked_out(lambda number: [number, os.getpid()], 3, 1)) == [(n, [n, os.getpid()]) for n in range(3)]


@pytest.mark.parametrize("jobs", [2, 5])
def test_each_number_is_worked_out_once(jobs: int) -> None:
    program = (
        "from editor.publishing.processes import worked_out\n"
        f"print(sorted(worked_out(lambda number: number, 5, {jobs})) == [(n, n) for n in range(5)])"
    )
    assert _run(program) == "True\n"
