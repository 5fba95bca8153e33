"""The preview follows the article through a real worker process, which may hang or be killed at any time."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from pytestqt.qtbot import QtBot

from editor.core.article import Article
from editor.core.chunks import ChunkKind
from editor.core.text_edit import TextEdit
from editor.rendering.chunk_html import render_chunk
from editor.session.preview_places import PreviewNode, PreviewPatch
from editor.session.render_queue import RenderQueue
from editor.session.render_worker import RenderWorker

pytestmark = pytest.mark.usefixtures("qapp")
TEXT = """---
title: x
---

# One

Two [three].

- four

| a | b |
|---|---|
| 1 | 2 |

Five.[^n]

[three]: /3

[^n]: Note.
"""
# A heading in which attribute lists are looked for again and again.
TOO_SLOW = "# a" + " {a}" * 12_000 + " b"


class Shown:
    """What a preview would show, kept as the page keeps it."""

    def __init__(self, article: Article, worker: RenderWorker) -> None:
        self.article = article
        self.nodes: list[PreviewNode] = []
        self.patches: list[PreviewPatch] = []
        self.failures: list[str] = []
        self.queue = RenderQueue(article, worker)
        self.queue.patched.connect(self._patch)
        self.queue.filled.connect(self._fill)
        self.queue.failed.connect(self.failures.append)

    def _patch(self, patch: PreviewPatch) -> None:
        self.patches.append(patch)
        self.nodes[patch.first : patch.first + patch.removed] = patch.nodes

    def _fill(self, nodes: tuple[PreviewNode, ...]) -> None:
        came = {node.id: node for node in nodes}
        self.nodes = [came.get(node.id, node) for node in self.nodes]

    def edit(self, *edits: TextEdit) -> None:
        change = self.article.apply(*edits)
        self.article = change.after
        self.queue.follow(change)

    def expected(self) -> list[str]:
        chunks, definitions = self.article.chunks, self.article.definitions
        silent = (ChunkKind.FRONT_MATTER, ChunkKind.BLANK)
        return ["" if chunk.kind in silent else render_chunk(chunk.text, definitions) for chunk in chunks]


@pytest.fixture
def worker() -> Iterator[RenderWorker]:
    process = RenderWorker(deadline_ms=1500)
    yield process
    process.close()


def begin(text: str, worker: RenderWorker, qtbot: QtBot) -> Shown:
    shown = Shown(Article.from_text(text), worker)
    with qtbot.waitSignal(shown.queue.settled, timeout=30_000):
        shown.queue.begin()
    return shown


def test_the_preview_shows_every_chunk_and_the_notes(worker: RenderWorker, qtbot: QtBot) -> None:
    shown = begin(TEXT, worker, qtbot)
    assert [node.html for node in shown.nodes[:-1]] == shown.expected()
    assert shown.nodes[-1].id == "notes"
    assert "Note." in str(shown.nodes[-1].html)


def test_an_edit_patches_its_own_chunk_alone(worker: RenderWorker, qtbot: QtBot) -> None:
    shown = begin(TEXT, worker, qtbot)
    shown.patches.clear()
    with qtbot.waitSignal(shown.queue.settled):
        place = TEXT.index("Five")
        shown.edit(TextEdit(place, place, "x"))
    (patch,) = shown.patches
    assert (patch.removed, len(patch.nodes)) == (1, 1)
    assert "xFive" in str(patch.nodes[0].html)


def test_a_changed_definition_shows_wherever_it_is_used(worker: RenderWorker, qtbot: QtBot) -> None:
    shown = begin(TEXT, worker, qtbot)
    with qtbot.waitSignal(shown.queue.settled):
        place = TEXT.index("/3")
        shown.edit(TextEdit(place, place + 2, "/4"))
    assert [node.html for node in shown.nodes[:-1]] == shown.expected()
    assert 'href="/4"' in str(shown.nodes)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_the_preview_is_that_of_the_whole_article(
    worker: RenderWorker, qtbot: QtBot, seed: int
) -> None:
    dice = random.Random(seed)
    shown = begin(TEXT, worker, qtbot)
    pieces = [
        "\n\n",
        "x",
        "```\n",
        "- i\n",
        "# h\n\n",
        "> q\n",
        "| a |\n|---|\n",
        "[three]",
        "[^n]",
        "\n\n[three]: /5\n\n",
        "\n\n[^m]: Another.\n\n",
        "\n\n*[Two]: 2\n\n",
        "",
        "\n\n".join("abcdefgh" * 9),
    ]
    with qtbot.waitSignal(shown.queue.settled, timeout=20_000):
        for _ in range(40):
            start = dice.randint(0, shown.article.length)
            end = min(shown.article.length, start + dice.randint(0, 9))
            shown.edit(TextEdit(start, end, dice.choice(pieces)))
            qtbot.wait(dice.randint(0, 4))
        shown.edit(TextEdit(0, 0, "End.\n\n"))
    qtbot.waitUntil(lambda: [node.html for node in shown.nodes[:-1]] == shown.expected(), timeout=10_000)


def test_of_a_long_article_what_is_looked_at_comes_first(worker: RenderWorker, qtbot: QtBot) -> None:
    article = Article.from_text("".join(f"Paragraph {number}.\n\n" for number in range(2000)))
    shown = Shown(article, worker)
    assert shown.queue.look_at(article.length // 2) == article.chunks.at_code_point(article.length // 2).index
    with qtbot.waitSignal(shown.queue.filled, timeout=20_000) as first:
        shown.queue.begin()
    assert first.args[0][0].id == id(article.chunks[shown.queue.look_at(article.length // 2)])
    assert len(shown.nodes) == 2001


def test_a_killed_worker_comes_back_and_finishes(worker: RenderWorker, qtbot: QtBot) -> None:
    shown = begin(TEXT, worker, qtbot)
    with qtbot.waitSignal(worker.ready, timeout=20_000):
        os.kill(worker.process_id, signal.SIGKILL)
    with qtbot.waitSignal(shown.queue.settled):
        shown.edit(TextEdit(shown.article.length, shown.article.length, "\nSix.\n"))
    assert [node.html for node in shown.nodes[:-1]] == shown.expected()


def test_a_worker_killed_at_work_leaves_what_was_shown_and_goes_on(worker: RenderWorker, qtbot: QtBot) -> None:
    shown = begin(TEXT, worker, qtbot)
    before = list(shown.nodes)
    shown.edit(TextEdit(shown.article.length, shown.article.length, "\n" + TOO_SLOW + "\n"))
    os.kill(worker.process_id, signal.SIGKILL)
    with qtbot.waitSignal(worker.lost):
        pass
    assert shown.nodes == before
    qtbot.waitUntil(lambda: bool(shown.failures), timeout=10_000)


def test_a_part_that_takes_too_long_is_given_up_and_the_rest_is_shown(worker: RenderWorker, qtbot: QtBot) -> None:
    shown = begin(TEXT, worker, qtbot)
    worker._deadline_ms = 600
    with qtbot.waitSignal(shown.queue.settled, timeout=30_000):
        shown.edit(
            TextEdit(shown.article.length, shown.article.length, "\n" + TOO_SLOW + "\n\nAfter.\n"),
        )
    assert shown.failures[0] == "A part took too long to render."
    assert "After." in str(shown.nodes[-2].html)
    with qtbot.waitSignal(shown.queue.settled, timeout=30_000):
        shown.edit(TextEdit(0, 0, ""), TextEdit(shown.article.length, shown.article.length, "More.\n"))
    assert "More." in str(shown.nodes[-2].html)


def test_a_definition_changed_while_a_long_article_is_filled_in_leaves_no_gap(
    worker: RenderWorker, qtbot: QtBot
) -> None:
    article = Article.from_text(TEXT + "".join(f"\nParagraph {number}.\n" for number in range(300)))
    shown = Shown(article, worker)
    with qtbot.waitSignal(shown.queue.filled, timeout=20_000):
        shown.queue.begin()
    with qtbot.waitSignal(shown.queue.settled, timeout=20_000):
        place = article.text.index("/3")
        shown.edit(TextEdit(place, place + 2, "/4"))
    assert [node.html for node in shown.nodes[:-1]] == shown.expected()


def test_a_key_in_a_note_renders_nothing_but_the_notes(worker: RenderWorker, qtbot: QtBot) -> None:
    text = TEXT + "\n\n".join(f"Paragraph {number} with [three] and a note.[^n]" for number in range(60))
    shown = begin(text, worker, qtbot)
    with patch.object(worker, "request", wraps=worker.request) as request:
        for typed, where, fewest, most in (("x", "Note.", 0, 3), ("y", "/3", 60, 70)):
            request.reset_mock()
            with qtbot.waitSignal(shown.queue.settled, timeout=20_000):
                place = shown.article.text.index(where)
                shown.edit(TextEdit(place, place, typed))
            assert fewest <= sum(len(call.args[0]["chunks"]) for call in request.call_args_list) <= most
    assert "xNote." in str(shown.nodes[-1].html)
    assert [node.html for node in shown.nodes[:-1]] == shown.expected()
