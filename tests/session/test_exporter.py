"""Exports asked of a process that may be slow, lost or not to be had; the window hears of it and goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.session.exporter import Exporter

Make = Callable[..., Exporter]
# Answers each task with its name, after "hang" never, after "end" no more.
STUB = """
import json, sys
def say(it):
    data = json.dumps(it).encode()
    sys.stdout.buffer.write(len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()
say({"ready": True})
while head := sys.stdin.buffer.read(4):
    asked = json.loads(sys.stdin.buffer.read(int.from_bytes(head, "big")))
    if asked["task"] == "end":
        break
    if asked["task"] != "hang":
        say({"id": asked["id"], "failed": "", **asked})
"""


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    made: list[Exporter] = []

    def make_exporter(deadline_ms: int = 60_000, command: tuple[str, ...] = (sys.executable, "-c", STUB)) -> Exporter:
        made.append(Exporter(None, deadline_ms, 0, command))
        return made[-1]

    yield make_exporter
    for exporter in made:
        exporter.close()


class Answers(list[str]):
    """What was answered: the task and its number, or what is said of a failure."""

    def take(self, answer: dict[str, object]) -> None:
        self.append(str(answer["failed"] or f"{answer['task']} {answer.get('number', '')}".strip()))


def test_the_newest_of_a_task_is_answered_and_the_process_goes_when_nothing_is_left(make: Make, qtbot: QtBot) -> None:
    exporter, answers = make(), Answers()
    for number in range(5):
        exporter.ask("preview", answers.take, number=number)
    exporter.ask("copy", answers.take)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=20_000)
    assert answers == ["preview 4", "copy"]
    qtbot.waitUntil(lambda: exporter.process_id == 0)


def test_a_process_begun_ahead_stays_until_it_is_let_go(make: Make, qtbot: QtBot) -> None:
    exporter, answers = make(), Answers()
    exporter.begin()
    process = exporter.process_id
    exporter.ask("preview", answers.take)
    qtbot.waitUntil(lambda: len(answers) == 1, timeout=20_000)
    assert exporter.process_id == process != 0
    exporter.ask("export", answers.take)
    exporter.end()
    qtbot.waitUntil(lambda: exporter.process_id == 0, timeout=20_000)
    assert answers == ["preview", "export"]


@pytest.mark.parametrize(("task", "deadline_ms", "said"), [("end", 60_000, "ended"), ("hang", 400, "too long")])
def test_what_loses_the_process_fails_alone(make: Make, qtbot: QtBot, task: str, deadline_ms: int, said: str) -> None:
    exporter, answers = make(), Answers()
    exporter.begin()
    qtbot.waitUntil(lambda: exporter._worker is not None and exporter._worker.is_ready, timeout=20_000)
    exporter._deadline_ms = deadline_ms
    exporter.ask(task, answers.take)
    exporter._deadline_ms = 60_000
    exporter.ask("copy", answers.take)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=20_000)
    assert said in answers[0]
    assert answers[1] == "copy"


def test_cancelling_kills_the_process_and_answers_nothing(make: Make, qtbot: QtBot) -> None:
    exporter, answers = make(), Answers()
    exporter.begin()
    qtbot.waitUntil(lambda: exporter._worker is not None and exporter._worker.is_ready, timeout=20_000)
    process = exporter.process_id
    exporter.ask("hang", answers.take)
    exporter.ask("preview", answers.take)
    exporter.cancel()
    assert exporter.process_id not in (0, process)
    exporter.ask("copy", answers.take)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert answers == ["copy"]


def test_where_there_is_no_process_to_be_had_all_is_told_so(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    exporter, answers = make(command=(str(tmp_path / "none"),)), Answers()
    exporter.ask("export", answers.take)
    exporter.ask("copy", answers.take)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=20_000)
    assert all("could not be started" in answer for answer in answers)
    qtbot.waitUntil(lambda: exporter._worker is None)


def test_the_real_one_answers(qtbot: QtBot, tmp_path: Path) -> None:
    exporter = Exporter()
    answers: list[dict[str, object]] = []
    exporter.ask("look", answers.append, article=str(tmp_path / "a.md"), target=str(tmp_path), written="")
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert answers[0]["occupant"] == "no file"
    exporter.close()
