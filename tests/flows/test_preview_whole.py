"""After any edits the page in Chromium is the one that a single conversion of the whole text makes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from tests.constructs import ARTICLES, CHANGES, Change, random_change

from editor.core import chunks
from editor.core.spots import Spot
from editor.core.text_edit import TextEdit
from editor.rendering.chunk_html import render_article
from editor.session.preview_places import PreviewPatch
from editor.session.render_queue import RenderQueue
from editor.session.render_worker import RenderWorker
from editor.session.text_buffer import TextBuffer
from editor.ui.preview_pane import PreviewPane, PreviewPlace

_PATIENCE_MS = 30_000
# Both sides are read by the same browser. Pictures are compared by their words and addresses, since one that is not
# there gives way to those; white space between blocks shows nowhere.
_COMPARED = """
(html => {
  const whole = document.createElement("template");
  whole.innerHTML = html;
  const shown = document.createElement("template").content;
  for (const section of document.querySelectorAll("#article > stet-run > stet-chunk")) {
    shown.append(...section.cloneNode(true).childNodes, "\\n");
  }
  shown.normalize();
  const [page, expected] = [shown, whole.content].map(content => {
    for (const image of content.querySelectorAll("img")) {
      const words = document.createElement("span");
      words.className = "image-missing";
      words.title = (image.getAttribute("src") || "").replace("stet://article/", "");
      words.textContent = image.alt || "image";
      image.replaceWith(words);
    }
    for (const node of [...content.childNodes]) {
      if (node.nodeType === Node.TEXT_NODE && !(node.data = node.data.trim())) node.remove();
    }
    const out = document.createElement("div");
    out.append(content);
    return out;
  });
  return page.isEqualNode(expected) ? null : [page.innerHTML, expected.innerHTML];
})(HTML)
"""


class Preview:
    """A text, the preview that follows it, and what Chromium shows."""

    def __init__(self) -> None:
        self.buffer = TextBuffer("")
        self.worker = RenderWorker()
        self.queue = RenderQueue(self.buffer.article, self.worker)
        self.pane = PreviewPane(self.queue, None)
        self.buffer.changed.connect(self.queue.follow)
        self.pane.show()
        self._settle(self.pane.load)

    def close(self) -> None:
        self.pane.close_page()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.pane.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.worker.close()

    def replace(self, text: str) -> None:
        """Put another text in place of all there is."""
        self.edit(TextEdit(0, self.buffer.article.length, text))

    def edit(self, edit: TextEdit) -> None:
        before = self.buffer.article
        self._settle(lambda: self.buffer.edit([edit], "edit"), unless=lambda: self.buffer.article is before)

    def undo(self) -> None:
        before = self.buffer.article
        self._settle(self.buffer.undo, unless=lambda: self.buffer.article is before)

    def _settle(self, act: Callable[[], object], unless: Callable[[], bool] = lambda: False) -> None:
        """Act, and wait until the queue says that all is shown."""
        settled = []
        loop = QEventLoop()
        connection = self.queue.settled.connect(lambda: (settled.append(True), loop.quit()))
        act()
        if not settled and not unless():
            _run(loop)
            assert settled
        self.queue.settled.disconnect(connection)

    @contextmanager
    def patches_to(self, patches: list[PreviewPatch]) -> Iterator[None]:
        """Note what the page is told."""
        connection = self.queue.patched.connect(patches.append)
        yield
        self.queue.patched.disconnect(connection)

    def read(self, expression: str) -> Any:
        """What an expression comes to beside the page."""
        answers: list[str] = []
        loop = QEventLoop()
        self.pane.read(f"JSON.stringify({expression})", lambda answer: (answers.append(answer), loop.quit()))
        _run(loop)
        return json.loads(answers[0])

    def wait_for_frames(self) -> None:
        """Until a few were drawn, in which what is told of places has come to its end."""
        self.read("((function draw() { if (drawn++ < 6) requestAnimationFrame(draw); })(globalThis.drawn = 0), 0)")
        while self.read("drawn") < 6:
            pass

    def assert_whole(self, name: str = "") -> None:
        """The page is that of one conversion of the whole text."""
        article = self.buffer.article
        html = render_article(article.text[article.front_matter.body_start :])
        different = self.read(_COMPARED.replace("HTML)", json.dumps(html) + ")"))
        assert not different, f"{name}\n{different[0]}\n{different[1]}\n{article.text!r}"


def _run(loop: QEventLoop) -> None:
    """Run it until it is left, or patience is."""
    timer = QTimer(singleShot=True)
    timer.timeout.connect(loop.quit)
    timer.start(_PATIENCE_MS)
    loop.exec()


@pytest.fixture(scope="module")
def preview(qapp: QApplication) -> Iterator[Preview]:
    shown = Preview()
    yield shown
    shown.close()


@given(ARTICLES, CHANGES, st.booleans())
@settings(max_examples=200)
def test_articles_of_every_construct(preview: Preview, text: str, changes: list[Change], back: bool) -> None:
    preview.replace(text)
    preview.assert_whole()
    for change in changes:
        preview.edit(change.of(preview.buffer.article))
    preview.assert_whole()
    if back:
        preview.undo()
        preview.assert_whole()


def test_real_articles_with_random_edits(preview: Preview, corpus: list[Path], real_article: Path) -> None:
    dice = random.Random(4)
    for path in (real_article, *corpus[::6]):
        preview.replace(path.read_bytes().decode("utf-8-sig"))
        for _ in range(4):
            preview.edit(random_change(dice).of(preview.buffer.article))
        preview.assert_whole(path.name)


def test_ids_and_ways_back_are_numbered_over_all_chunks(preview: Preview) -> None:
    preview.replace("# Same\n\na[^n]\n\n# Same\n\n- b[^n]\n\n# Other {#same-2}\n\n# Same\n\n[^n]: note\n")
    ids = "[...article.querySelectorAll('h1, sup')].map(each => each.id)"
    ways_back = "[...article.querySelectorAll('.footnote-backref')].map(each => each.getAttribute('href'))"
    assert preview.read(ids) == ["same", "fnref:n", "same-1", "fnref2:n", "same-2", "same-3"]
    assert preview.read(ways_back) == ["#fnref:n", "#fnref2:n"]
    preview.edit(TextEdit(0, len("# Same\n\na[^n]\n\n"), ""))
    assert preview.read(ids) == ["same", "fnref:n", "same-2", "same-1"]
    assert preview.read(ways_back) == ["#fnref:n"]
    preview.undo()
    assert preview.read(ways_back) == ["#fnref:n", "#fnref2:n"]
    preview.edit(TextEdit(preview.buffer.article.text.index("b[^n]"), preview.buffer.article.length, "more[^n]\n"))
    preview.undo()
    for words in ("b[^n]", "note", "Other"):
        place = preview.buffer.article.text.index(words)
        preview.edit(TextEdit(place, place, "one "))
    assert preview.read(ids) == ["same", "fnref:n", "same-1", "fnref2:n", "same-2", "same-3"]
    assert preview.read(ways_back) == ["#fnref:n", "#fnref2:n"]


def test_what_an_edit_did_not_change_keeps_its_nodes(preview: Preview) -> None:
    text = "# One\n\nTwo[^n] and [three].\n\n> Four\n\n# One\n\n[three]: /3\n\n[^n]: Note.\n"
    preview.replace(text)
    preview.read("(globalThis.before = [...article.querySelectorAll('h1, p, blockquote, sup')].slice(1)).length")
    preview.edit(TextEdit(2, 5, "New"))
    assert preview.read("before.length") == 6
    assert preview.read("before.every(node => node.isConnected)")
    assert preview.read("before.at(-2).id") == "one"


def test_a_key_in_a_paragraph_changes_its_words_where_they_stand(preview: Preview) -> None:
    preview.replace("One *of* two.\n\nOther words.\n")
    words = "article.querySelectorAll('p')[0].lastChild"
    preview.read(f"(globalThis.kept = {words}, getSelection().setBaseAndExtent(kept, 1, kept, 4), 0)")
    place = preview.buffer.article.text.index("two")
    preview.edit(TextEdit(place + 3, place + 3, " or three"))
    preview.edit(TextEdit(0, 0, "Not "))
    assert preview.read(f"{words} === kept && kept.data") == " two or three."
    assert preview.read("getSelection().toString()") == "two"
    preview.edit(TextEdit(0, len("Not One *of*"), "One [of](a.html)"))
    assert preview.read(f"{words} === kept") is False
    preview.assert_whole()
    preview.edit(TextEdit(len("One [of]("), len("One [of](a.html"), "b.html"))
    preview.assert_whole("another address")


def test_what_shows_nothing_shows_its_text_only_until_it_is_rendered(preview: Preview) -> None:
    preview.replace("[a]: /b\n\nText.\n")
    chunk = f"'{id(preview.buffer.article.chunks[0])}'"
    section = f"document.querySelector('[data-chunk=\"' + {chunk} + '\"]')"
    preview.read(f"(stet.fill([{{id: {chunk}, html: null, stale: true, text: '[a]: /b'}}]), 0)")
    assert preview.read(f"{section}.textContent") == "[a]: /b"
    preview.read(f"(stet.fill([{{id: {chunk}, html: ''}}]), 0)")
    assert preview.read(f"{section}.textContent") == ""


def long_table(rows: int) -> str:
    """A table whose rows refer, hold pictures and HTML, and a few of which have no cells or too many."""
    cells = ("word[^n] | [a] |", "![p](p.png) | <br> |", '<b>open | "q" |', "", "x | y | z |", "*e* | `a\\|b` |")
    lines = (f"| {number} | {cells[number % len(cells)]}\n" for number in range(rows))
    return "# T\n\n| A | B[^n] | C |\n|---|:-:|---|\n" + "".join(lines) + "\nEnd[^n].\n\n[a]: /a\n\n[^n]: Note.\n"


def test_a_long_table_is_shown_in_pieces_that_are_one(preview: Preview) -> None:
    dice = random.Random(7)
    with patch.object(chunks, "_LINES_A_MARK", 4), patch.object(chunks, "_LEAST_A_MARK", 0):
        preview.replace(long_table(60))
        preview.assert_whole()
        for typed in ("w", "</b> ", "[^n]", "\n| new | row |\n| more |", "</table>", "<!-- ", "|", "\n\n"):
            article = preview.buffer.article
            table = article.tables[0]
            row = table.rows[dice.randrange(len(table.rows))]
            place = table.start + row.start + min(4, len(row.source))
            preview.edit(TextEdit(place, place, typed))
            preview.assert_whole(typed)
            start = dice.randrange(article.length - 200)
            preview.edit(TextEdit(start, start + dice.randrange(200), ""))
            preview.assert_whole(f"{typed} and less")
            preview.undo()
            preview.undo()
        place = preview.buffer.article.text.index("B[^n]")
        preview.edit(TextEdit(place, place, "x"))
        preview.assert_whole("the heading")


def test_a_key_in_a_long_table_leaves_all_other_rows_as_they_are(preview: Preview) -> None:
    text = "| A | B |\n|---|---|\n" + "".join(f"| {number} | b |\n" for number in range(600))
    preview.replace(text)
    preview.assert_whole()
    preview.read("(globalThis.before = [...article.querySelectorAll('tr')]).length")
    place = text.index("| 300 |") + 2
    patches: list[PreviewPatch] = []
    with preview.patches_to(patches):
        preview.edit(TextEdit(place, place, "x"))
    preview.assert_whole()
    ((node,),) = (each.nodes for each in patches)
    assert node.pieces
    assert "".join(node.pieces.html).count("<tr>") < 200
    assert preview.read("before.length") == 601
    assert preview.read("before.filter(row => !row.isConnected).map(row => row.cells[0].textContent)") == ["300"]


def test_a_place_that_was_never_near_is_found_and_one_in_view_stays(preview: Preview) -> None:
    preview.pane.resize(600, 800)
    preview.replace("".join(f"Word{number} and more.{' And more.' * (number % 60)}\n\n" for number in range(400)))
    dice = random.Random(3)
    for number in range(0, 400, 40):
        place = preview.buffer.article.text.index(f"Word{number} ")
        preview.edit(TextEdit(place, place + dice.randrange(200), "New.\n\n" * dice.randrange(1, 60)))
    preview.assert_whole()
    article = preview.buffer.article
    for index in (len(article.chunks) - 3, 200, len(article.chunks) // 2, 5):
        chunk = article.chunks[index]
        far = PreviewPlace(index, str(id(chunk)), Spot(0.5, 0, -1, 0.0))
        preview.pane.set_caret(far, reveal=False)
        preview.pane.show_place(far)
        preview.wait_for_frames()
        block = f"document.querySelector('[data-chunk=\"{id(chunk)}\"]').firstElementChild"
        left, top, bottom = preview.read(f"(box => [box.left, box.top, box.bottom])({block}.getBoundingClientRect())")
        assert 0 <= top < bottom <= preview.pane.height()
        mark = preview.read(
            "(box => [box.top, box.bottom])(document.querySelector('stet-caret').getBoundingClientRect())"
        )
        assert mark == pytest.approx([top, bottom], abs=1)
        under = preview.read(f"places.underPress({left} + 1, {(top + bottom) / 2})")
        assert (under["index"], under["chunk"]) == (index, str(id(chunk)))
    preview.pane.let_go()
    preview.read("(scrollTo(0, document.documentElement.scrollHeight / 2), 0)")
    preview.wait_for_frames()
    middle = "document.elementFromPoint(innerWidth / 2, innerHeight / 2)"
    seen = preview.read(f"(globalThis.seen = {middle}.closest('stet-chunk')).dataset.chunk")
    height = preview.read("seen.getBoundingClientRect().top")
    above = next(at for at, each in enumerate(article.chunks) if str(id(each)) == seen) - 10
    place = sum(len(each.text) for each in article.chunks.between(0, above))
    for _ in range(3):
        preview.edit(TextEdit(place, place, "New.\n\n"))
        preview.wait_for_frames()
    assert preview.read("seen.getBoundingClientRect().top") == pytest.approx(height, abs=1)
