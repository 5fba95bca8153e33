"""Work shared out among processes, each a copy of this one, so that what was imported and read is there already.

Nothing heaps up: a process has two pieces of work before it at most, and an answer is taken before the next is given.
Nothing is left behind: a process ends when the pipe that gives it work does, however this one ended, and finishes what
it is at before.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NoReturn

_AHEAD = 2
"""Pieces of work that a process has, so that it need not wait for the next."""
_PATIENCE = 2.0
"""Seconds that a process is given to end what it is at once nobody wants its answer."""
_BETWEEN_LOOKS = 0.01
_STOPPING = (signal.SIGINT, signal.SIGTERM)


def processors() -> int:
    """How many processes can work at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worked_out(work: Callable[[int], Any], count: int, jobs: int) -> Generator[tuple[int, Any], None, None]:
    """Do `work` for each number below `count`, `jobs` at once; the numbers with their answers, as they come.

    An answer is what JSON can hold, and None where the process died over it. `work` must not raise. This process must
    have no other threads. Closed early, it waits for what is under way, but not long.
    """
    if jobs < 2 or count < 2:
        for number in range(count):
            yield number, work(number)
        return
    crew = _Crew(work, deque(range(count)))
    try:
        crew.take_on(min(jobs, count))
        while crew.processes:
            yield from crew.answers()
    finally:
        crew.dismiss()


@dataclass(slots=True)
class _Process:
    """One process: where it takes numbers from and where its answers come, the numbers it has, an answer's part."""

    pid: int
    orders: int
    replies: int
    given: deque[int] = field(default_factory=deque)
    part: bytearray = field(default_factory=bytearray)


class _Crew:
    def __init__(self, work: Callable[[int], Any], waiting: deque[int]) -> None:
        self._work = work
        self._waiting = waiting
        self._poll = select.poll()
        self.processes: dict[int, _Process] = {}

    def take_on(self, count: int = 1) -> None:
        """Start so many more processes, and give them work: one piece to each, then another."""
        started = [self._start() for _ in range(count)]
        for _ in range(_AHEAD):
            for process in started:
                self._give(process)

    def _start(self) -> _Process:
        orders, give = os.pipe()
        replies, answer = os.pipe()
        # What is still to be written out must not be written by both.
        sys.stdout.flush()
        sys.stderr.flush()
        # Until it passes over them, a signal would stop the new process in the name of this one.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        try:
            pid = os.fork()
            if pid == 0:
                self._serve(orders, answer, (give, replies))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(orders)
        os.close(answer)
        process = self.processes[replies] = _Process(pid, give, replies)
        self._poll.register(replies, select.POLLIN)
        return process

    def answers(self) -> Iterator[tuple[int, Any]]:
        """Wait until a process says something, and take it."""
        for replies, _ in self._poll.poll():
            process = self.processes[replies]
            piece = os.read(replies, 1 << 16)
            if not piece:
                yield from self._lost(process)
                continue
            process.part += piece
            while (end := process.part.find(b"\n")) >= 0:
                answer = json.loads(process.part[:end])
                del process.part[: end + 1]
                number = process.given.popleft()
                self._give(process)
                yield number, answer

    def dismiss(self) -> None:
        """Let every process end what it is at, and see to it that it ends."""
        for process in self.processes.values():
            _close(process.orders)
        latest = time.monotonic() + _PATIENCE
        for process in self.processes.values():
            while not _has_ended(process.pid):
                if time.monotonic() > latest:
                    os.kill(process.pid, signal.SIGKILL)
                    os.waitpid(process.pid, 0)
                    break
                # Nobody reads its answers any more, and it must not wait for that.
                if select.select([process.replies], [], [], _BETWEEN_LOOKS)[0]:
                    os.read(process.replies, 1 << 16)
            os.close(process.replies)
        self.processes.clear()

    def _give(self, process: _Process) -> None:
        """The next number, or nothing more where there is none; a process that has nothing more to do ends."""
        if self._waiting and process.orders >= 0:
            # A process that is gone is noticed by its answers.
            with suppress(BrokenPipeError):
                os.write(process.orders, b"%d\n" % self._waiting[0])
            process.given.append(self._waiting.popleft())
        elif not process.given:
            _close(process.orders)
            process.orders = -1

    def _lost(self, process: _Process) -> Iterator[tuple[int, Any]]:
        """A process has ended: by itself where it had no work left, else over the first of what it had."""
        self._poll.unregister(process.replies)
        del self.processes[process.replies]
        _close(process.orders)
        os.close(process.replies)
        os.waitpid(process.pid, 0)
        if process.given:
            guilty, *rest = process.given
            self._waiting.extendleft(reversed(rest))
            if self._waiting:
                self.take_on()
            yield guilty, None

    def _serve(self, orders: int, answer: int, others: tuple[int, ...]) -> NoReturn:
        """What a process does, from its beginning to its end."""
        try:
            # Ctrl+C reaches every process of the terminal; the first decides what becomes of the work.
            for number in _STOPPING:
                signal.signal(number, signal.SIG_IGN)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
            for descriptor in (*others, *self._inherited()):
                _close(descriptor)
            with os.fdopen(orders, "rb", buffering=0) as numbers:
                while line := numbers.readline():
                    reply = json.dumps(self._work(int(line))).encode("ascii") + b"\n"
                    while reply:
                        reply = reply[os.write(answer, reply) :]
        except BrokenPipeError:
            pass
        except BaseException:  # noqa: BLE001 - nothing may run on in a copy of the process that only was to work
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)

    def _inherited(self) -> Iterator[int]:
        """The pipes of the other processes, of which a copy would keep them from ending."""
        for process in self.processes.values():
            yield process.orders
            yield process.replies


def _close(descriptor: int) -> None:
    if descriptor >= 0:
        with suppress(OSError):
            os.close(descriptor)


def _has_ended(pid: int) -> bool:
    return os.waitpid(pid, os.WNOHANG)[0] == pid
