"""Other programs that make a document: each is the leader of a session of its own, so that all of it can be ended."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress

Program = subprocess.Popen[bytes]


def start_program(
    command: Sequence[str], *, folder: str | None = None, environment: Mapping[str, str] | None = None, errors: int
) -> Program:
    """Start a program that is told and answers through pipes; `errors` is what subprocess has for its standard error.

    A Ctrl+C in the terminal does not come to it. Raises OSError.
    """
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        start_new_session=True,
    )


def kill_program(program: Program) -> None:
    """Kill it with all that it started; one that has ended is left alone."""
    if program.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)


def end_program(program: Program) -> None:
    """Kill it, and let go of its pipes."""
    kill_program(program)
    for pipe in (program.stdin, program.stdout, program.stderr):
        if pipe:
            with suppress(BrokenPipeError):  # what it was not told any more goes nowhere
                pipe.close()
    program.wait()
