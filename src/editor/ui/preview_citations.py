"""Citations in the preview: marked by what there is to say of them, which is shown under the pointer."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, QPointF, QTimer, Signal

from editor.core.article import Article, ArticleChange, ChunkSplice
from editor.core.chunks import Chunk
from editor.core.citation_summary import summary_of
from editor.core.citations import Citation, Citations, mentions_beside
from editor.core.mentions import Mention
from editor.core.tables import Table
from editor.session.text_buffer import TextBuffer
from editor.ui.preview_pane import PreviewPane
from editor.ui.text_citations import show_tip

_LINK_TARGET = re.compile(r"\]\([^()\s]{0,2000}(?:\s[^()]{0,200})?\)|\]\[[^\[\]]{0,200}\]")
_SLICE_S = 0.004
_PAUSE_MS = 5
"""The worker is asked for what was written first; the page keeps the marks that stood there meanwhile."""
_MOST_AT_ONCE = 16
"""Chunks that are marked with the key that made them; more wait for the audit."""
_LONGEST = 16_384
"""Code points of a chunk that is marked with the key that made it."""


class _Marked(NamedTuple):
    """A chunk that the preview has marks for, kept so that its identity stays its own."""

    chunk: Chunk
    mentions: tuple[Mention, ...]
    marks: tuple[tuple[str, str, bool], ...]


class PreviewCitations(QObject):
    """Keeps the marks of the preview's chunks in step with the article and with what is known of its citations."""

    followed = Signal(object)
    """Ctrl+click on a `Citation`."""

    def __init__(self, pane: PreviewPane, buffer: TextBuffer) -> None:
        super().__init__(pane)
        self._pane = pane
        self._buffer = buffer
        self._citations: Citations | None = None
        self._marked: dict[int, _Marked] = {}
        self._marked_by: Citations | None = None
        """What all that is in `_marked` was judged by; None where it was not all of one mind."""
        self._work: Iterator[None] | None = None
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        self._written: ChunkSplice | None = None
        self._due = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._due.timeout.connect(self._mark_written)
        buffer.changed.connect(self._follow)
        pane.appeared.connect(self._begin_anew)
        pane.came_back.connect(self._begin_anew)
        pane.tip_wanted.connect(self._show_tip)
        pane.followed.connect(lambda place: self._ask(place, self.followed.emit))

    def judge_by(self, citations: Citations) -> None:
        """Mark all of the article by what is known of its citations now, a little at a time."""
        known = self._marked if self._marked_by and citations.judges_like(self._marked_by) else {}
        self._citations = citations
        self._begin(known)

    def close(self) -> None:
        """Mark no more."""
        self._due.stop()
        self._stop()

    def _stop(self) -> None:
        self._turn.stop()
        self._work = None

    def _begin_anew(self) -> None:
        self._marked.clear()
        self._marked_by = None
        self._begin({})

    def _begin(self, known: dict[int, _Marked]) -> None:
        if self._citations:
            self._work = self._mark_all(self._buffer.article, self._citations, known)
            self._turn.start()

    def _go_on(self) -> None:
        until = perf_counter() + _SLICE_S
        while self._work and perf_counter() < until:
            if next(self._work, self) is self:
                self._stop()

    def _mark_all(self, article: Article, citations: Citations, known: dict[int, _Marked]) -> Iterator[None]:
        """Mark every chunk that is not `known` as it is to be; the article must not change meanwhile."""
        table = article.citations_table
        present: dict[int, _Marked] = {}
        start = 0
        changed: list[_Marked] = []
        for chunk in article.chunks:
            marked = known.get(id(chunk)) or _marked(chunk, start, table, citations)
            present[id(chunk)] = marked
            before = self._marked.get(id(chunk))
            if marked.marks != (before.marks if before else ()):
                changed.append(marked)
            start += len(chunk.text)
            if len(changed) >= _MOST_AT_ONCE:
                self._send(changed)
                changed = []
            yield
        self._send(changed, [chunk for chunk in self._marked if chunk not in present])
        self._marked, self._marked_by = present, citations

    def _follow(self, change: ArticleChange) -> None:
        """What was just written is to be marked before the next audit, but after the preview has been asked for it."""
        if self._work:
            self._stop()
            self._marked_by = None
        self._written = self._written.then(change.splice) if self._written else change.splice
        self._due.start()

    def _mark_written(self) -> None:
        splice, self._written = self._written, None
        if self._citations is None or splice is None or splice.added > _MOST_AT_ONCE:
            return
        article = self._buffer.article
        start = article.chunks.place_of(splice.first).before.code_points
        fresh = []
        for chunk in article.chunks.between(splice.first, splice.first + splice.added):
            if len(chunk.text) <= _LONGEST:
                fresh.append(_marked(chunk, start, article.citations_table, self._citations))
            start += len(chunk.text)
        self._send(fresh)
        self._marked.update((id(each.chunk), each) for each in fresh)

    def _send(self, marked: Iterable[_Marked], gone: Sequence[int] = ()) -> None:
        changes = [{"chunk": id(each.chunk), "marks": each.marks} for each in marked]
        if changes or gone:
            self._pane.mark_citations(changes, gone)

    # Under the pointer

    def _show_tip(self, place: QPointF, on_screen: QPoint) -> None:
        self._ask(place, lambda citation: show_tip(on_screen, self._said_of(citation)))

    def _said_of(self, citation: Citation) -> tuple[str, ...]:
        return summary_of(citation, self._citations) if self._citations else ()

    def _ask(self, place: QPointF, answer: object) -> None:
        def take(chunk: int, index: int) -> None:
            marked = self._marked.get(chunk)
            if marked and self._citations and index < len(marked.mentions) and callable(answer):
                citation = self._citations.judge(marked.mentions[index])
                if citation:
                    answer(citation)

        self._pane.ask_citation(place, take)


def _marked(chunk: Chunk, start: int, table: Table | None, citations: Citations) -> _Marked:
    mentions: list[Mention] = []
    marks: list[tuple[str, str, bool]] = []
    for mention in mentions_beside(chunk, start, table):
        citation = citations.judge(mention)
        if citation:
            text = chunk.text[mention.start - start : mention.end - start]
            mentions.append(mention)
            marks.append((_letters(text), citations.state_of(citation).value, text.endswith((")", "]"))))
    return _Marked(chunk, tuple(mentions), tuple(marks))


def _letters(markdown: str) -> str:
    """The letters and digits that a citation shows in the page."""
    return "".join(filter(str.isalnum, html.unescape(_LINK_TARGET.sub("", markdown))))
