"""What the preview shows of the article: chunks rendered elsewhere, and the patches that bring it up to date."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from editor.core.article import Article, ArticleChange, ChunkSplice
from editor.core.chunks import Chunk, ChunkKind
from editor.session.render_worker import Answer, RenderWorker

_BATCH = 24
"""Chunks asked for at once: some 50 ms of the worker's time, so that an edit never waits longer for its turn."""
_REMEMBERED_CHARACTERS = 16_000_000
_NOTES = "notes"

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PreviewNode:
    """A chunk in the preview. `html` is None where it is still to come: what stood there stays."""

    id: int | str
    html: str | None


@dataclass(frozen=True, slots=True)
class PreviewPatch:
    """In place of `removed` chunks from the chunk `first` on stand `nodes`."""

    first: int
    removed: int
    nodes: tuple[PreviewNode, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """One request in flight. `article` and `splice` are None where it fills in chunks that are in place already."""

    number: int
    chunks: tuple[Chunk, ...]
    definitions: str
    article: Article | None
    splice: ChunkSplice | None


class RenderQueue(QObject):
    """Follows one article's changes with at most one request in flight, always for the newest version.

    A small change is patched in when all of it is rendered, so that nothing flickers; of a large one the chunks are put
    in place first and filled in from where the writer looks.
    """

    patched = Signal(PreviewPatch)
    filled = Signal(tuple)
    """PreviewNodes whose HTML has come since they were put in place."""
    failed = Signal(str)
    """A chunk could not be rendered, in a sentence; an empty one when all is well again."""
    settled = Signal()
    """The preview shows the newest version whole."""

    def __init__(self, article: Article, worker: RenderWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._article = article
        self._remembered: OrderedDict[_Key, str | None] = OrderedDict()
        self._remembered_characters = 0
        self._job: _Job | None = None
        self._jobs = 0
        self._unplaced: ChunkSplice | None = None
        self._unfilled: list[Chunk] = []
        self._definitions: str | None = None
        self._notes_due = False
        self._look_at = 0
        self._failing = ""
        self._job_failed = False
        worker.ready.connect(self._advance)
        worker.answered.connect(self._take)
        worker.lost.connect(self._give_up)

    def begin(self) -> None:
        """Show the whole article in an empty preview."""
        self._job = None
        self._unfilled = []
        self._definitions = self._article.definitions
        self.patched.emit(PreviewPatch(0, 0, (PreviewNode(_NOTES, ""),)))
        self._notes_due = bool(self._definitions)
        self._unplaced = ChunkSplice(0, 0, len(self._article.chunks))
        self._advance()

    def follow(self, change: ArticleChange) -> None:
        """Bring the preview to the article after this change."""
        self._article = change.after
        if self._definitions is None:
            return
        self._unplaced = self._unplaced.then(change.splice) if self._unplaced else change.splice
        self._advance()

    def look_at(self, offset: int) -> int:
        """Render first what stands at the code point `offset`; its chunk's index from 0."""
        self._look_at = self._article.chunks.at_code_point(offset).index
        return self._look_at

    # Requests

    def _advance(self) -> None:
        if self._job or not self._worker.is_ready or self._definitions is None:
            return
        if self._article.definitions != self._definitions:
            all_depend = "*[" in self._definitions + self._article.definitions
            self._definitions = self._article.definitions
            self._notes_due = True
            dependent = [each for each in self._article.chunks if all_depend or "[" in each.text]
            self._unfilled = self._from_where_writer_looks([*dependent, *self._unfilled])
        if self._unplaced:
            self._place(self._unplaced)
        elif self._unfilled or self._notes_due:
            self._ask(self._next_unfilled())
        else:
            self.settled.emit()

    def _place(self, splice: ChunkSplice) -> None:
        chunks = self._article.chunks.between(splice.first, splice.first + splice.added)
        missing = [chunk for chunk in chunks if not self._knows(chunk)]
        self._unplaced = None
        if not missing:
            self._patch(splice, chunks)
            self._advance()
        elif len(missing) <= _BATCH:
            self._ask(missing, self._article, splice)
        else:
            self._patch(splice, chunks)
            self._unfilled += self._from_where_writer_looks(missing)
            self._advance()

    def _from_where_writer_looks(self, chunks: list[Chunk]) -> list[Chunk]:
        """The same chunks in the order in which they are wanted: from the one looked at to the end, then the others."""
        below = set(map(id, self._article.chunks.following(self._look_at)))
        each_once = {id(chunk): chunk for chunk in chunks}.values()  # two chunks of one text are two places
        return sorted(each_once, key=lambda chunk: id(chunk) not in below)

    def _patch(self, splice: ChunkSplice, chunks: list[Chunk]) -> None:
        nodes = tuple(PreviewNode(id(chunk), self._html(chunk)) for chunk in chunks)
        self.patched.emit(PreviewPatch(splice.first, splice.removed, nodes))

    def _next_unfilled(self) -> list[Chunk]:
        batch, self._unfilled = self._unfilled[:_BATCH], self._unfilled[_BATCH:]
        return batch

    def _ask(self, chunks: list[Chunk], article: Article | None = None, splice: ChunkSplice | None = None) -> None:
        self._jobs += 1
        self._job_failed = False
        definitions = self._definitions or ""
        self._job = _Job(self._jobs, tuple(chunks), definitions, article, splice)
        self._worker.request(
            {
                "id": self._jobs,
                "chunks": [[index, chunk.text] for index, chunk in enumerate(chunks)],
                "definitions": definitions,
                "notes": self._notes_due,
            }
        )

    # Answers

    def _take(self, answer: Answer) -> None:
        job = self._job
        if job is None or answer.get("id") != job.number:
            return
        if answer.get("done"):
            self._finish(job)
            return
        html, failed = str(answer["html"]), str(answer["failed"])
        if failed:
            self._job_failed = True
            self._say_failing(failed)
        index = answer["key"]
        if isinstance(index, int):
            self._remember(self._key(job.chunks[index], job.definitions), html)
        else:
            self._notes_due = False
            self.filled.emit((PreviewNode(_NOTES, html),))

    def _finish(self, job: _Job) -> None:
        self._worker.settle()
        self._job = None
        if not self._job_failed:
            self._say_failing("")
        if job.article and job.splice:
            chunks = job.article.chunks.between(job.splice.first, job.splice.first + job.splice.added)
            self._patch(job.splice, chunks)
        else:
            self.filled.emit(tuple(PreviewNode(id(chunk), self._html(chunk)) for chunk in job.chunks))
        self._advance()

    def _give_up(self, why: str) -> None:
        """The worker is lost: the chunk it did not answer for keeps what it shows, the others are asked for again."""
        job, self._job = self._job, None
        self._say_failing(why)
        if job is None:
            return
        culprit = next((chunk for chunk in job.chunks if not self._knows(chunk)), None)
        if culprit:
            self._remember(self._key(culprit, job.definitions), None)
        else:
            self._notes_due = False
        if job.splice:
            self._unplaced = job.splice.then(self._unplaced) if self._unplaced else job.splice
        else:
            self._unfilled = [chunk for chunk in job.chunks if chunk is not culprit] + self._unfilled

    def _say_failing(self, why: str) -> None:
        if why != self._failing:
            self._failing = why
            self.failed.emit(why)

    # What was rendered before

    def _key(self, chunk: Chunk, definitions: str | None) -> _Key:
        """Definitions count only where the chunk may refer to one: by a bracket, or by any word as an abbreviation."""
        depends = bool(definitions) and ("[" in chunk.text or "*[" in (definitions or ""))
        return chunk.text, (definitions or "") if depends else ""

    def _knows(self, chunk: Chunk) -> bool:
        return chunk.kind in (ChunkKind.FRONT_MATTER, ChunkKind.BLANK) or (
            self._key(chunk, self._definitions) in self._remembered
        )

    def _html(self, chunk: Chunk) -> str | None:
        if chunk.kind in (ChunkKind.FRONT_MATTER, ChunkKind.BLANK):
            return ""
        return self._remembered.get(self._key(chunk, self._definitions))

    def _remember(self, key: _Key, html: str | None) -> None:
        if key in self._remembered:
            self._remembered_characters -= len(key[0]) + len(self._remembered.pop(key) or "")
        self._remembered[key] = html
        self._remembered_characters += len(key[0]) + len(html or "")
        while self._remembered_characters > _REMEMBERED_CHARACTERS and len(self._remembered) > _BATCH:
            (text, _), gone = self._remembered.popitem(last=False)
            self._remembered_characters -= len(text) + len(gone or "")
