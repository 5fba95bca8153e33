"""The worker as the window has it: a process of its own, spoken to in frames."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

HALF_A_CHARACTER = "a \ud800"


class Worker:
    """The other end of the two pipes."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "editor.rendering.worker"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, request: dict[str, object]) -> None:
        payload = json.dumps(request).encode()
        self.process.stdin.write(len(payload).to_bytes(4, "big") + payload)
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        length = int.from_bytes(self.process.stdout.read(4), "big")
        return json.loads(self.process.stdout.read(length))


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.process.kill()
    worker.process.wait()
    worker.process.stdin.close()
    worker.process.stdout.close()


def test_it_says_when_it_is_ready_and_answers_each_chunk_in_order(worker: Worker) -> None:
    worker.send({"id": 7, "chunks": [["a", "*x*"], ["b", "y[^1]"]], "definitions": "[^1]: note", "notes": True})
    ready, first, second, notes, done = (worker.receive() for _ in range(5))
    assert ready == {"ready": True}
    assert first == {"id": 7, "key": "a", "html": "<p><em>x</em></p>", "failed": ""}
    assert second["key"] == "b"
    assert (notes["key"], notes["html"].count("<li")) == (None, 1)
    assert done == {"id": 7, "done": True}


def test_a_chunk_that_cannot_be_rendered_is_shown_as_written_and_the_next_one_rendered(worker: Worker) -> None:
    worker.send({"id": 1, "chunks": [[1, HALF_A_CHARACTER], [2, "fine"]], "definitions": ""})
    _, bad, good, _ = (worker.receive() for _ in range(4))
    assert bad["html"] == f'<pre class="unrendered">{HALF_A_CHARACTER}</pre>'
    assert bad["failed"]
    assert (good["html"], good["failed"]) == ("<p>fine</p>", "")


def test_a_lone_surrogate_does_not_end_it(worker: Worker) -> None:
    worker.send({"id": 1, "chunks": [[1, "\ud800"], [2, "fine"]], "definitions": ""})
    answers = [worker.receive() for _ in range(4)]
    assert answers[2]["html"] == "<p>fine</p>"


def test_it_ends_with_its_input(worker: Worker) -> None:
    worker.receive()
    worker.process.stdin.close()
    assert worker.process.wait(timeout=10) == 0
