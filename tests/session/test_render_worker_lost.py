"""What the preview shows while its worker is lost: what it showed before, marked, and in the end the whole."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.session.test_render_queue import TEXT, TOO_SLOW, Shown

from editor.core.article import Article
from editor.core.text_edit import TextEdit
from editor.session.render_worker import DEADLINE_MS, RenderWorker

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def worker() -> Iterator[RenderWorker]:
    process = RenderWorker(deadline_ms=600, start_ms=4000)
    yield process
    process.close()


@pytest.fixture
def shown(worker: RenderWorker, qtbot: QtBot) -> Shown:
    """An article of several kinds of chunks, all of it shown."""
    shown = Shown(Article.from_text(TEXT), worker)
    with qtbot.waitSignal(shown.queue.settled, timeout=30_000):
        shown.queue.begin()
    shown.patches.clear()
    return shown


def replace(shown: Shown, old: str, new: str) -> None:
    start = shown.article.text.index(old)
    shown.edit(TextEdit(start, start + len(old), new))


def stale(shown: Shown) -> list[str]:
    return [node.text for node in shown.nodes if node.stale]


def html(shown: Shown) -> list[str | None]:
    return [node.html for node in shown.nodes[:-1]]


def wait_for(qtbot: QtBot, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()), timeout=20_000)


def test_whoever_was_asked_for_when_it_was_stopped_comes_all_the_same(
    shown: Shown, worker: RenderWorker, qtbot: QtBot
) -> None:
    os.kill(worker.process_id, signal.SIGSTOP)
    replace(shown, "Five", "Six")
    wait_for(qtbot, lambda: html(shown) == shown.expected())
    assert [node.text[:3] for patch in shown.patches for node in patch.nodes if node.stale] == ["Six"]
    assert stale(shown) == []
    assert shown.failures == ["A part took too long to render.", ""]


def test_a_part_that_takes_too_long_stays_as_it_was_and_is_marked_and_all_else_goes_on(
    shown: Shown, qtbot: QtBot
) -> None:
    replace(shown, "Five.", TOO_SLOW)
    wait_for(qtbot, lambda: stale(shown))
    assert TOO_SLOW in stale(shown)[0]
    for number in range(3):
        replace(shown, "# One", f"# One {number}\n\n# One")
        wait_for(qtbot, lambda number=number: f"One {number}" in str(shown.nodes))
        assert len(stale(shown)) == 1
        assert shown.failures[-1] == "A part took too long to render."
    replace(shown, TOO_SLOW, "Fast.")
    wait_for(qtbot, lambda: html(shown) == shown.expected())
    assert shown.failures[-1] == ""


def test_typing_in_a_part_that_takes_too_long_does_not_cost_a_worker_a_key(
    shown: Shown, worker: RenderWorker, qtbot: QtBot
) -> None:
    replace(shown, "Five.", TOO_SLOW)
    wait_for(qtbot, lambda: stale(shown))
    wait_for(qtbot, lambda: worker.is_ready)
    starts: list[int] = []
    worker.ready.connect(lambda: starts.append(worker.process_id))
    for _ in range(40):
        replace(shown, TOO_SLOW[:4], TOO_SLOW[:4] + "x")
        qtbot.wait(5)
    replace(shown, "# One", "# Two")
    wait_for(qtbot, lambda: "Two" in str(shown.nodes))
    # The trial that may have been on at the first key was broken off; there was no other.
    assert len(starts) <= 1
    assert len(stale(shown)) == 1


def test_an_edit_elsewhere_does_not_wait_for_a_trial(worker: RenderWorker, qtbot: QtBot) -> None:
    worker._deadline_ms = 60_000
    shown = Shown(Article.from_text(TEXT), worker)
    with qtbot.waitSignal(shown.queue.settled, timeout=30_000):
        shown.queue.begin()
    replace(shown, "Five.", TOO_SLOW)
    os.kill(worker.process_id, signal.SIGKILL)
    wait_for(qtbot, lambda: shown.queue._job is not None and shown.queue._job.is_trial)
    replace(shown, "# One", "# Two")
    wait_for(qtbot, lambda: "Two" in str(shown.nodes))
    assert len(stale(shown)) == 1


def test_a_part_that_kills_the_worker_at_the_start_shows_its_text(worker: RenderWorker, qtbot: QtBot) -> None:
    shown = Shown(Article.from_text(f"Before.\n\n{TOO_SLOW}\n\nAfter.\n"), worker)
    with qtbot.waitSignal(shown.queue.settled, timeout=30_000):
        shown.queue.begin()
    assert [text.strip() for text in stale(shown)] == [TOO_SLOW]
    assert "Before." in str(shown.nodes[0].html)
    assert "After." in str(shown.nodes[-2].html)


def test_the_notes_come_when_the_worker_was_lost_over_them(shown: Shown, worker: RenderWorker, qtbot: QtBot) -> None:
    os.kill(worker.process_id, signal.SIGSTOP)
    replace(shown, "Note.", "Another note.")
    wait_for(qtbot, lambda: "Another note." in str(shown.nodes[-1].html))
    wait_for(qtbot, lambda: html(shown) == shown.expected())


def test_an_answer_of_the_wrong_shape_is_a_loss(shown: Shown, worker: RenderWorker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.lost, timeout=20_000) as lost:
        replace(shown, "Five", "Six")
        worker.answered.emit({"id": shown.queue._jobs, "key": 0})
    assert lost.args == ["The preview's process answered nonsense."]
    wait_for(qtbot, lambda: html(shown) == shown.expected())


_ENDS_BEFORE_THE_END = """
import os, editor.rendering.worker as worker
send = worker.send
def stumble(stream, answer):
    if answer.get("done") and not os.path.exists({been!r}):
        open({been!r}, "w").close()
        os._exit(1)
    send(stream, answer)
worker.send = stumble
worker.main()
"""


@pytest.mark.parametrize("note", ["", "\n\n[^n]: Note.\n"])
def test_one_that_ends_when_all_is_said_has_lost_nothing(note: str, tmp_path: Path, qtbot: QtBot) -> None:
    program = _ENDS_BEFORE_THE_END.format(been=str(tmp_path / "been"))
    worker = RenderWorker(command=(sys.executable, "-c", program))
    shown = Shown(Article.from_text("Words.[^n]\n\n" * 60 + note), worker)
    with qtbot.waitSignal(shown.queue.settled, timeout=30_000):
        shown.queue.begin()
    wait_for(qtbot, lambda: html(shown) == shown.expected())
    wait_for(qtbot, lambda: shown.nodes[-1].html is not None and not shown.nodes[-1].stale)
    assert ("Note." in str(shown.nodes[-1].html)) == bool(note)
    wait_for(qtbot, lambda: shown.failures[-1:] in ([], [""]))
    worker.close()


def test_an_idle_worker_that_dies_is_no_news(shown: Shown, worker: RenderWorker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        os.kill(worker.process_id, signal.SIGKILL)
    assert shown.failures == []


@pytest.mark.parametrize("seed", range(4))
def test_killed_and_stopped_at_any_moment_it_ends_with_the_whole(
    shown: Shown, worker: RenderWorker, qtbot: QtBot, seed: int
) -> None:
    dice = random.Random(seed)
    pieces = ["\n\n", "x", "```\n", "- i\n", "# h\n\n", "> q\n", "[three]", "[^n]", "[^m]: More.\n\n", "a\n\n" * 30]
    for _ in range(30):
        start = dice.randint(0, shown.article.length)
        end = min(shown.article.length, start + dice.randint(0, 9))
        shown.edit(TextEdit(start, end, dice.choice(pieces)))
        if worker.process_id and dice.random() < 0.4:
            os.kill(worker.process_id, dice.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGSTOP)))
        qtbot.wait(dice.randint(0, 60))
    worker._deadline_ms = DEADLINE_MS  # so short a one may be missed for ever on a machine with much to do
    shown.edit(TextEdit(0, 0, "End.\n\n"))
    wait_for(qtbot, lambda: html(shown) == shown.expected())
    wait_for(qtbot, lambda: shown.failures[-1:] in ([], [""]))
    assert stale(shown) == []
