"""The worker ends, hangs and babbles at any moment: what it owes is lost, and another process follows."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QProcess
from pytestqt.qtbot import QtBot

from editor.session.back_off import BackOff
from editor.session.render_worker import RenderWorker

pytestmark = pytest.mark.usefixtures("qapp")

Run = Callable[..., RenderWorker]
# A worker that says it is ready and then does what follows; `frame` writes one.
_PROGRAM = """
import json, os, sys, time
def frame(payload):
    sys.stdout.buffer.write(len(payload).to_bytes(4, "big") + payload)
    sys.stdout.buffer.flush()
def request():
    length = int.from_bytes(sys.stdin.buffer.read(4), "big")
    return json.loads(sys.stdin.buffer.read(length))
frame(b'{"ready": true}')
asked = request()
"""
_ASKED = {"id": 1, "chunks": [["a", "*x*"]], "definitions": ""}


class Heard:
    """What a worker said and what was said of it, in order."""

    def __init__(self, worker: RenderWorker) -> None:
        self.answers: list[dict[str, object]] = []
        self.losses: list[str] = []
        self.starts = 0
        worker.answered.connect(self.answers.append)
        worker.lost.connect(self.losses.append)
        worker.ready.connect(self._count)

    def _count(self) -> None:
        self.starts += 1


@pytest.fixture
def run(qapp: QCoreApplication) -> Iterator[Run]:
    """Runs the real worker or a program in its place."""
    workers: list[RenderWorker] = []

    def start(program: str = "", deadline_ms: int = 800) -> RenderWorker:
        command = {"command": (sys.executable, "-c", program)} if program else {}
        workers.append(RenderWorker(deadline_ms=deadline_ms, **command))
        return workers[-1]

    yield start
    for worker in workers:
        worker.close()


def ask(worker: RenderWorker, qtbot: QtBot) -> Heard:
    """Ask once it is ready, and wait until the answer is lost."""
    heard = Heard(worker)
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        pass
    with qtbot.waitSignal(worker.lost, timeout=20_000):
        worker.request(_ASKED)
    return heard


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("sys.exit(3)", "ended"),
        ("os.abort()", "ended"),
        ("os.kill(os.getpid(), 9)", "ended"),
        ("sys.stdout.close(); os.close(1); time.sleep(60)", "too long"),
        ("time.sleep(60)", "too long"),
        ("os.kill(os.getpid(), 19)", "too long"),
        ("frame(b'{\"id\": 1')", "nonsense|ended"),
        ("frame(b'not json at all'); time.sleep(60)", "nonsense"),
        ("frame(b'\\xff\\xfe\\x00'); time.sleep(60)", "nonsense"),
        ("frame(b'[1, 2]'); time.sleep(60)", "nonsense"),
        ("frame(b'[' * 100_000); time.sleep(60)", "nonsense"),
        ("frame(b''); time.sleep(60)", "nonsense"),
        ("os.write(1, b'Traceback (most recent call last):'); time.sleep(60)", "nonsense"),
        ("os.write(1, b'\\xff\\xff\\xff\\xff' + b'x' * 100_000); time.sleep(60)", "nonsense"),
        ("os.write(1, b'\\x00\\x00'); time.sleep(60)", "too long"),
        ("os.write(1, b'\\x00\\x00\\x10\\x00half a frame'); time.sleep(60)", "too long"),
        ("os.write(1, b'\\x00\\x00\\x10\\x00half a frame'); sys.exit(0)", "ended"),
    ],
)
def test_whatever_it_does_instead_of_answering_is_a_loss_and_another_follows(
    run: Run, qtbot: QtBot, does: str, said: str
) -> None:
    worker = run(_PROGRAM + does, deadline_ms=200 if said == "too long" else 20_000)
    heard = ask(worker, qtbot)
    assert len(heard.losses) == 1
    assert any(word in heard.losses[0] for word in said.split("|"))
    assert heard.answers == []
    qtbot.waitUntil(lambda: worker.is_ready, timeout=20_000)
    assert heard.starts == 2
    assert len(heard.losses) == 1


def test_what_it_writes_elsewhere_is_no_answer(run: Run, qtbot: QtBot) -> None:
    worker = run(_PROGRAM + "os.write(2, b'warning\\n' * 3); frame(b'{\"id\": 1, \"done\": true}'); time.sleep(60)")
    heard = Heard(worker)
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        pass
    with qtbot.waitSignal(worker.answered, timeout=20_000):
        worker.request(_ASKED)
    worker.settle()
    assert heard.answers == [{"id": 1, "done": True}]
    assert heard.losses == []


def test_one_that_stops_as_it_starts_is_replaced(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    been = tmp_path / "been"
    start = f"import os; os.path.exists({str(been)!r}) or (open({str(been)!r}, 'w').close(), os.kill(os.getpid(), 19));"
    worker = RenderWorker(command=(sys.executable, "-c", start + _PROGRAM), start_ms=1000)
    heard = Heard(worker)
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        pass
    assert heard.losses == []
    worker.close()


def test_an_idle_one_that_is_killed_is_replaced_without_a_word(run: Run, qtbot: QtBot) -> None:
    worker = run()
    heard = Heard(worker)
    for _ in range(3):
        with qtbot.waitSignal(worker.ready, timeout=20_000):
            pass
        os.kill(worker.process_id, signal.SIGKILL)
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        pass
    assert heard.losses == []
    with qtbot.waitSignal(worker.answered, timeout=20_000):
        worker.request(_ASKED)


def test_one_that_cannot_be_started_is_complained_of_once_and_comes_when_it_can(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    program = tmp_path / "python"
    worker = RenderWorker(command=(str(program), "-P", "-m", "editor.rendering.worker"))
    heard = Heard(worker)
    with qtbot.waitSignal(worker.lost, timeout=20_000):
        pass
    assert heard.losses == ["The preview could not be started."]
    with qtbot.waitSignal(worker.ready, timeout=30_000):
        script = tmp_path / "script"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        script.chmod(0o755)
        script.rename(program)
    assert len(heard.losses) == 1
    worker.close()


def test_one_that_dies_as_it_starts_is_not_started_for_ever_at_once(run: Run, qtbot: QtBot) -> None:
    worker = run("import sys; sys.exit(1)")
    with qtbot.waitSignal(worker.lost, timeout=20_000) as lost:
        pass
    assert lost.args == ["The preview could not be started."]
    assert worker.process_id == 0
    assert worker._pause.isActive()
    assert worker._pause.interval() >= 500


def test_no_call_waits_for_a_process_to_end(run: Run, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("waitForFinished", "waitForReadyRead", "waitForStarted", "waitForBytesWritten"):
        monkeypatch.setattr(QProcess, name, lambda *_: pytest.fail("the window waits"))
    worker = run(deadline_ms=300)
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        pass
    os.kill(worker.process_id, signal.SIGSTOP)
    with qtbot.waitSignal(worker.lost, timeout=20_000):
        worker.request(_ASKED)
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        pass
    worker.close()
    assert worker.process_id == 0


def is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_that_was_given_up_ends(run: Run, qtbot: QtBot) -> None:
    worker = run()
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        pass
    first = worker.process_id
    os.kill(first, signal.SIGSTOP)
    worker.give_up("It says nothing of use.")
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        pass
    second = worker.process_id
    worker.close()
    qtbot.waitUntil(lambda: not is_running(first) and not is_running(second), timeout=20_000)


def test_waits_grow_to_a_limit_and_begin_anew_after_a_success() -> None:
    back_off = BackOff(100, 1000)
    assert [back_off.fail() for _ in range(7)] == [0, 100, 200, 400, 800, 1000, 1000]
    back_off.succeed()
    assert [back_off.fail() for _ in range(2)] == [0, 100]
    for _ in range(5000):
        longest = back_off.fail()
    assert longest == 1000


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="the system has no such priorities")
def test_it_gives_way_to_the_window(run: Run, qtbot: QtBot) -> None:
    worker = run()
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        pass
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, worker.process_id) == min(own + 10, 19)
