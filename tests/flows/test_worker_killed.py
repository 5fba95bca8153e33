"""Whatever becomes of the preview's processes, the window shows the last that was good, says so, and comes back."""

from __future__ import annotations

import json
import os
import random
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.browsing import settle

from editor import article_window
from editor.article_window import ArticleWindow
from editor.core.text_edit import TextEdit
from editor.session.render_worker import DEADLINE_MS, RenderWorker

Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], object]
ARTICLE = """---
title: "Killed"
---

# Killed

A claim (Doe, 2013) and a note.[^n]

- one
- two

| S.No | Paper Title (Author, Year) | Citations |
|---|---|---|
| 1 | On it (Doe, 2013) | - |

[^n]: The note.

""" + "\n\n".join(f"## Part {number}\n\nParagraph {number} with a [link] and words." for number in range(60))
ARTICLE += "\n\n[link]: https://example.com\n"
# What, in a heading, is searched for attribute lists again and again.
TOO_SLOW = " {a}" * 30_000 + " b"
SHOWN = (
    "JSON.stringify([...document.querySelectorAll('stet-run > stet-chunk')]"
    ".map((each) => [each.className, each.innerHTML]))"
)


@pytest.fixture
def window(tmp_path: Path, open_window: Open) -> ArticleWindow:
    (tmp_path / "article.md").write_text(ARTICLE, "utf-8")
    return open_window(tmp_path / "article.md")


def edit(window: ArticleWindow, start: int, end: int, text: str) -> None:
    window.session.buffer.edit([TextEdit(start, end, text)], "edit")


def replace(window: ArticleWindow, old: str, new: str) -> None:
    start = window.session.article.text.index(old)
    edit(window, start, start + len(old), new)


def classes(window: ArticleWindow, read_preview: Read) -> set[str]:
    return {name for name, _ in json.loads(str(read_preview(window, SHOWN)))}


@pytest.mark.parametrize("seed", range(3))
def test_killed_and_stopped_at_random_the_preview_ends_as_it_would_have(
    seed: int, window: ArticleWindow, open_window: Open, read_preview: Read, tmp_path: Path, qtbot: QtBot
) -> None:
    dice = random.Random(seed)
    window.worker._deadline_ms = 600
    pieces = ["x", "word ", "\n\n", "- i\n", "# h\n\n", "> q\n", "[link]", "[^n]", "`", "**", "1\n\n2\n\n" * 30]
    for _ in range(40):
        length = window.session.article.length
        start = dice.randint(40, length)
        edit(window, start, min(length, start + dice.randint(0, 9)), dice.choice(pieces))
        if window.worker.is_ready and dice.random() < 0.4:
            os.kill(window.worker.process_id, dice.choice((signal.SIGKILL, signal.SIGSTOP)))
        qtbot.wait(dice.randint(0, 50))
    window.worker._deadline_ms = DEADLINE_MS  # so short a one may be missed for ever on a machine with much to do
    (tmp_path / "same.md").write_text(window.session.article.text, "utf-8")
    expected = json.loads(str(read_preview(open_window(tmp_path / "same.md"), SHOWN)))
    qtbot.waitUntil(lambda: json.loads(str(read_preview(window, SHOWN))) == expected, timeout=90_000)
    assert {name for name, _ in expected} == {"chunk"}
    qtbot.waitUntil(lambda: not any("preview" in message for message in window.notices.messages))


def test_a_part_that_takes_too_long_stays_marked_while_all_else_goes_on(
    window: ArticleWindow, read_preview: Read, qtbot: QtBot
) -> None:
    window.worker._deadline_ms = 600
    replace(window, "## Part 7\n", f"## Part 7{TOO_SLOW}\n")
    stale = "document.querySelectorAll('.stale').length === 1 && document.querySelector('.stale').textContent"
    qtbot.waitUntil(lambda: str(read_preview(window, stale)) == "Part 7", timeout=20_000)
    assert any("took too long" in message for message in window.notices.messages)
    replace(window, "Paragraph 9 with", "Paragraph nine with")
    qtbot.waitUntil(lambda: "Paragraph nine" in str(read_preview(window, "document.body.textContent")), timeout=20_000)
    assert str(read_preview(window, stale)) == "Part 7"
    replace(window, TOO_SLOW, " again")
    qtbot.waitUntil(lambda: "Part 7 again" in str(read_preview(window, "document.body.textContent")), timeout=20_000)
    qtbot.waitUntil(lambda: classes(window, read_preview) == {"chunk"})
    qtbot.waitUntil(lambda: window.notices.messages == ())


def test_an_article_opens_with_a_part_that_cannot_be_rendered_in_time_as_written(
    tmp_path: Path, open_window: Open, read_preview: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_window, "RenderWorker", partial(RenderWorker, deadline_ms=600))
    (tmp_path / "slow.md").write_text(f"Before.\n\n# Slow{TOO_SLOW}\n\nAfter.\n", "utf-8")
    window = open_window(tmp_path / "slow.md")
    text = str(read_preview(window, "document.querySelector('.stale').textContent"))
    assert text.startswith("# Slow {a} {a}")
    assert "After." in str(read_preview(window, "document.body.textContent"))


def kill_page(window: ArticleWindow, qtbot: QtBot) -> None:
    """Kill the process that draws the page, and wait until another shows the article."""
    process = window.preview.browser.page.renderProcessPid()
    with qtbot.waitSignal(window.preview.came_back, timeout=20_000):
        os.kill(process, signal.SIGKILL)
    assert window.preview.browser.page.renderProcessPid() != process


def has_seen_where_the_preview_is(window: ArticleWindow, read_preview: Read) -> bool:
    seen = window.scroll_sync._seen
    return seen is not None and abs(seen[1] - float(str(read_preview(window, "places.inView().at")))) < 0.001


# The heading in the middle of the window, and how far down it is.
IN_VIEW = """(() => {
  const middle = innerHeight / 2;
  const heading = [...document.querySelectorAll("h2")].find((each) => each.getBoundingClientRect().bottom > middle);
  return JSON.stringify([heading.textContent, heading.getBoundingClientRect().top]);
})()"""


@pytest.mark.parametrize("led_by", ["text", "preview", "preview alone"])
def test_chromium_killed_comes_back_with_what_it_showed_at_the_same_place(
    led_by: str, window: ArticleWindow, read_preview: Read, qtbot: QtBot
) -> None:
    shown = read_preview(window, SHOWN)
    if led_by == "text":
        window.text.go_to_line(120)
    else:
        window.text.setVisible(led_by == "preview")
        qtbot.waitUntil(lambda: read_preview(window, "innerWidth") == window.preview.width())
        window.preview.touched.emit()
        read_preview(window, "scrollTo(0, document.documentElement.scrollHeight * 0.6); 0")
    qtbot.waitUntil(lambda: float(str(read_preview(window, "scrollY"))) > 300)
    qtbot.waitUntil(lambda: led_by == "text" or has_seen_where_the_preview_is(window, read_preview))
    for _ in range(2):
        settle(window, read_preview, qtbot)
        heading, height = json.loads(str(read_preview(window, IN_VIEW)))
        kill_page(window, qtbot)
        qtbot.waitUntil(lambda: read_preview(window, SHOWN) == shown, timeout=20_000)
        there = f"""[...document.querySelectorAll("h2")].find((each) => each.textContent === "{heading}")
            .getBoundingClientRect().top"""
        # A page that has never been scrolled through only knows about how high it is.
        qtbot.waitUntil(
            lambda there=there, height=height: abs(float(str(read_preview(window, there))) - height) < 150,
            timeout=20_000,
        )
    assert window.notices.messages == (
        "The preview's page ended more than once. What you see of it in the preview may be old.",
    )


def test_what_is_typed_while_chromium_is_gone_is_there_when_it_is_back(
    window: ArticleWindow, read_preview: Read, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.preview.came_back, timeout=20_000):
        os.kill(window.preview.browser.page.renderProcessPid(), signal.SIGKILL)
        for number in range(20):
            replace(window, " Killed\n\nA", f" {number} Killed\n\nA")
            qtbot.wait(2)
        os.kill(window.worker.process_id, signal.SIGKILL)
    typed = " ".join(str(number) for number in range(20))
    heading = "document.querySelector('h1').textContent"
    qtbot.waitUntil(lambda: read_preview(window, heading) == f"{typed} Killed", timeout=20_000)
