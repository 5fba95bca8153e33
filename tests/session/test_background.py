"""Work in the background keeps its order, and takes nothing of the window's into its thread."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from editor.session.background import Background
from editor.session.garbage import hold_garbage, let_go_of_garbage

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background("files")
    yield background
    background.close()


def test_answers_come_in_the_order_asked_in_the_windows_thread(background: Background, qtbot: QtBot) -> None:
    answers: list[tuple[int, str]] = []
    for number in range(20):
        background.run(
            lambda number=number: number,
            lambda done: answers.append((done.result(), threading.current_thread().name)),
        )
    assert answers == []
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert answers == [(number, threading.current_thread().name) for number in range(20)]


def test_what_work_raises_is_handed_over_and_the_next_goes_on(background: Background) -> None:
    answers: list[object] = []
    background.run(lambda: 1 // 0, lambda done: answers.append(type(done.exception())))
    background.run(lambda: 1, lambda done: answers.append(done.result()))
    background.finish()
    assert answers == [ZeroDivisionError, 1]


def test_work_asked_for_by_an_answer_is_waited_for_as_well(background: Background) -> None:
    answers: list[int] = []
    background.run(lambda: 1, lambda first: background.run(lambda: 2, lambda _second: answers.append(first.result())))
    background.finish()
    assert answers == [1]


def test_no_garbage_is_collected_while_anything_is_at_work_and_it_is_afterwards(background: Background) -> None:
    collecting: list[bool] = []
    hold_garbage()
    background.run(gc.isenabled, lambda done: collecting.append(done.result()))
    background.finish()
    collecting.append(gc.isenabled())
    let_go_of_garbage()
    background.run(gc.isenabled, lambda done: collecting.append(done.result()))
    background.finish()
    assert collecting == [False, False, False]
    assert gc.isenabled()
