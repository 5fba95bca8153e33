"""What the preview shows of the article: chunks rendered elsewhere, and the patches that bring it up to date."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from itertools import chain
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from editor.core.article import Article, ArticleChange, ChunkSplice
from editor.core.chunks import Chunk, ChunkKind
from editor.rendering.chunk_pieces import pieces_of
from editor.rendering.definitions_used import DefinitionsUsed, may_use
from editor.session.preview_places import PreviewNode, PreviewPatch, PreviewPlaces
from editor.session.render_worker import Answer, RenderWorker
from editor.session.suspects import NOTES, Suspects

_BATCH = 24
"""Chunks asked for at once: some 50 ms of the worker's time, so that an edit never waits longer for its turn."""
_LONG = 4096
"""So many characters of a table take as long as another chunk."""
_LARGE = 65_536
"""Characters that were asked for at once, after which keys come before the next request."""
_REMEMBERED_CHARACTERS = 16_000_000
_NOTES = "notes"
_PATIENCE_MS = 250
"""How long an edit waits for the trial of a suspect before that is broken off."""

_Key = tuple[str, Hashable]


class _Job(NamedTuple):
    """One request in flight: `pieces` are what is asked for, each with the chunk that it is of.

    `article` and `splice` are None where it fills in `chunks` that are in place already.

    A trial is that of one suspect: of a chunk that stands for all of its text, or of the notes where there is none.
    """

    number: int
    chunks: tuple[Chunk, ...]
    pieces: tuple[tuple[Chunk, str], ...]
    definitions: DefinitionsUsed
    notes: bool
    article: Article | None = None
    splice: ChunkSplice | None = None
    is_trial: bool = False


class RenderQueue(QObject):
    """Follows one article's changes with at most one request in flight, always for the newest version.

    A small change is patched in when all of it is rendered, so that nothing flickers; of a large one the chunks are put
    in place first and filled in from where the writer looks. What the worker was lost over stays as it was until all
    else is done, and is tried again alone.
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
        self._smart_quotes = False
        self._remembered: OrderedDict[_Key, str] = OrderedDict()
        self._remembered_characters = 0
        self._job: _Job | None = None
        self._jobs = 0
        self._places = PreviewPlaces(self._html_of)
        self._unplaced: ChunkSplice | None = None
        self._unfilled: list[Chunk] = []
        self._definitions = DefinitionsUsed(())
        self._has_begun = False
        self._notes_due = False
        self._look_at = 0
        self._failing = ""
        self._refusal = ""
        self._trouble = ""
        self._job_failed = False
        self._suspects = Suspects()
        self._trial_due = QTimer(self, singleShot=True)
        self._trial_due.timeout.connect(self._advance)
        self._breath = QTimer(self, singleShot=True, interval=0)
        self._breath.timeout.connect(self._advance)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._break_off_trial)
        worker.ready.connect(self._go_on)
        worker.answered.connect(self._take)
        worker.lost.connect(self._give_up)

    def begin(self) -> None:
        """Show the whole article in an empty preview."""
        self._job = None
        self._unfilled = []
        self._places = PreviewPlaces(self._html_of)
        self._definitions = DefinitionsUsed(_definition_texts(self._article))
        self._has_begun = True
        self.patched.emit(PreviewPatch(0, 0, (PreviewNode(_NOTES, ""),)))
        self._notes_due = bool(self._definitions.texts)
        self._unplaced = ChunkSplice(0, 0, len(self._article.chunks))
        self._advance()

    def set_smart_quotes(self, smart_quotes: bool) -> None:
        """Render quotes and dashes as typographic ones, or as they are written; `begin` is to follow."""
        self._smart_quotes = smart_quotes
        self._job = None
        self._remembered.clear()
        self._remembered_characters = 0

    def follow(self, change: ArticleChange) -> None:
        """Bring the preview to the article after this change."""
        self._article = change.after
        if not self._has_begun:
            return
        self._unplaced = self._unplaced.then(change.splice) if self._unplaced else change.splice
        if self._suspects:
            self._suspect_what_came_of(change)
        if self._job and self._job.is_trial and not self._patience.isActive():
            self._patience.start()
        self._advance()

    @property
    def is_waiting(self) -> bool:
        """Whether the worker owes an answer."""
        return self._job is not None

    def look_at(self, offset: int) -> int:
        """Render first what stands at the code point `offset`; its chunk's index from 0."""
        self._look_at = self._article.chunks.at_code_point(offset).index
        return self._look_at

    # Requests

    def _advance(self) -> None:
        if self._job or not self._worker.is_ready or not self._has_begun:
            return
        self._follow_definitions()
        if self._suspects:
            self._unfilled = [chunk for chunk in self._unfilled if chunk.text not in self._suspects]
        if self._unplaced:
            self._place(self._unplaced)
        elif self._unfilled or self._may_ask_notes:
            self._ask_unfilled()
        else:
            self.settled.emit()
            self._try_suspect()

    def _follow_definitions(self) -> None:
        """See to it that what refers to a definition that has changed is rendered anew."""
        texts = _definition_texts(self._article)
        if texts == self._definitions.texts:
            return
        before, self._definitions = self._definitions, DefinitionsUsed(texts)
        self._notes_due = True
        changed = self._definitions.changed_labels(before)
        if changed is None:
            now = self._definitions
            dependent = [each for each in self._article.chunks if before.deciding(each.text) != now.deciding(each.text)]
        else:
            dependent = [each for each in self._article.chunks if may_use(each.text, changed)] if changed else []
        if dependent:
            self._unfilled = self._from_where_writer_looks([*dependent, *self._unfilled])

    def _place(self, splice: ChunkSplice) -> None:
        chunks = self._article.chunks.between(splice.first, splice.first + splice.added)
        missing = [piece for chunk in chunks for piece in self._missing(chunk)]
        self._unplaced = None
        if not missing:
            self._patch(self._article, splice)
            self._advance()
        elif len(missing) <= _BATCH:
            self._ask((), missing, self._article, splice)
        else:
            self._patch(self._article, splice)
            self._unfilled += self._from_where_writer_looks([chunk for chunk in chunks if not self._knows(chunk)])
            self._advance()

    def _from_where_writer_looks(self, chunks: list[Chunk]) -> list[Chunk]:
        """The same chunks in the order in which they are wanted: from the one looked at to the end, then the others."""
        below = set(map(id, self._article.chunks.following(self._look_at)))
        each_once = {id(chunk): chunk for chunk in chunks}.values()  # two chunks of one text are two places
        return sorted(each_once, key=lambda chunk: id(chunk) not in below)

    def _patch(self, article: Article, splice: ChunkSplice) -> None:
        self.patched.emit(self._places.patch(article.chunks, splice))

    def _ask_unfilled(self) -> None:
        """As much as the worker does in a short while; of a chunk that is asked for in part, the rest comes next."""
        chunks: list[Chunk] = []
        pieces: list[tuple[Chunk, str]] = []
        room = _BATCH
        while room > 0 and self._unfilled:
            chunk = self._unfilled.pop(0)
            chunks.append(chunk)
            room -= 1
            for number, piece in enumerate(self._missing(chunk)):
                if number and room <= 0:
                    self._unfilled.insert(0, chunk)
                    break
                pieces.append(piece)
                room -= len(piece[1]) // _LONG
        self._ask(chunks, pieces)

    @property
    def _may_ask_notes(self) -> bool:
        return self._notes_due and NOTES not in self._suspects

    def _ask(
        self,
        chunks: Sequence[Chunk],
        pieces: Sequence[tuple[Chunk, str]],
        article: Article | None = None,
        splice: ChunkSplice | None = None,
    ) -> None:
        number, notes = self._next_number(), self._may_ask_notes
        self._send(_Job(number, tuple(chunks), tuple(pieces), self._definitions, notes, article, splice))

    def _next_number(self) -> int:
        self._jobs += 1
        return self._jobs

    def _send(self, job: _Job) -> None:
        self._job = job
        self._job_failed = False
        self._worker.request(
            {
                "id": job.number,
                "chunks": [[index, text] for index, (_, text) in enumerate(job.pieces)],
                "definitions": job.definitions.markdown,
                "notes": job.notes,
                "smart_quotes": self._smart_quotes,
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
        html, failed, index = answer.get("html"), answer.get("failed"), answer.get("key")
        if not (isinstance(html, str) and isinstance(failed, str)):
            self._worker.give_up("The preview's process answered nonsense.")
        elif index is None:
            self._keep_refusal(failed)
            self._notes_due = False
            self.filled.emit((PreviewNode(_NOTES, html),))
        elif isinstance(index, int) and 0 <= index < len(job.pieces):
            self._keep_refusal(failed)
            text = job.pieces[index][1]
            self._remember((text, job.definitions.deciding(text)), html)

    def _keep_refusal(self, why: str) -> None:
        if why:
            self._job_failed = True
            self._refusal = why
            self._say_failing()

    def _finish(self, job: _Job) -> None:
        self._worker.settle()
        self._job = None
        if not self._job_failed:
            self._refusal = ""
        if job.is_trial:
            self._acquit(job)
        elif job.article and job.splice:
            self._patch(job.article, job.splice)
        else:
            self.filled.emit(self._places.fill(job.chunks))
        self._say_failing()
        if sum(len(text) for _, text in job.pieces) > _LARGE:
            self._breath.start()
        else:
            self._advance()

    def _give_up(self, why: str) -> None:
        """The worker is lost: what it did not answer for is suspect, all else is asked for again."""
        job, self._job = self._job, None
        if job is None:
            self._trouble = why
        else:
            self._suspect(job, why)
        self._say_failing()

    def _go_on(self) -> None:
        self._trouble = ""
        self._say_failing()
        self._advance()

    def _say_failing(self) -> None:
        why = self._trouble or self._suspects.why or self._refusal
        if why != self._failing:
            self._failing = why
            self.failed.emit(why)

    # What the worker was lost over

    def _suspect(self, job: _Job, why: str) -> None:
        unanswered = (chunk for chunk, text in job.pieces if job.is_trial or not self._has(text))
        culprit = next(unanswered, None)
        if culprit or job.notes:
            self._suspects.add(culprit.text if culprit else NOTES, why)
        self._patience.stop()
        if job.splice:
            self._unplaced = job.splice.then(self._unplaced) if self._unplaced else job.splice
        elif not job.is_trial:
            self._unfilled = [chunk for chunk in job.chunks if chunk is not culprit] + self._unfilled
            if culprit or job.notes:
                notes = (PreviewNode(_NOTES, None, stale=True),)
                self.filled.emit(self._places.fill([culprit]) if culprit else notes)

    def _try_suspect(self) -> None:
        """Ask for a suspect alone where one is due; nothing else is to do."""
        while (due := self._suspects.next_due()) is not None:
            text, wait_ms = due
            chunk = next((each for each in self._article.chunks if each.text == text), None)
            if wait_ms:
                self._trial_due.start(wait_ms)
            elif chunk or text is NOTES:
                chunks = (chunk,) if chunk else ()
                pieces = tuple((each, piece) for each in chunks for piece in pieces_of(each))
                number, notes = self._next_number(), text is NOTES
                self._send(_Job(number, chunks, pieces, self._definitions, notes, is_trial=True))
            else:
                self._suspects.clear(text)  # an edit took it away while the worker was lost over it
                self._say_failing()
                continue
            return

    def _acquit(self, trial: _Job) -> None:
        self._patience.stop()
        self._suspects.clear(trial.chunks[0].text if trial.chunks else NOTES)
        for each in trial.chunks:
            self.filled.emit(self._places.fill(chunk for chunk in self._places.chunks if chunk.text == each.text))

    def _break_off_trial(self) -> None:
        """An edit has waited long enough for a suspect that may never be done with."""
        job = self._job
        if job and job.is_trial:
            self._job = None
            self._suspects.postpone(job.chunks[0].text if job.chunks else NOTES)
            self._worker.settle()
            self._worker.give_up("")

    def _suspect_what_came_of(self, change: ArticleChange) -> None:
        splice = change.splice
        before = change.before.chunks.between(splice.first, splice.first + splice.removed)
        after = change.after.chunks.between(splice.first, splice.first + splice.added)
        gone = {chunk.text for chunk in before} - {chunk.text for chunk in after}
        self._suspects.follow_edit(gone, [chunk.text for chunk in after if not self._knows(chunk)])
        self._say_failing()

    # What was rendered before

    def _has(self, text: str) -> bool:
        return (text, self._definitions.deciding(text)) in self._remembered

    def _missing(self, chunk: Chunk) -> list[tuple[Chunk, str]]:
        """The pieces of a chunk that are to be rendered."""
        if chunk.kind in (ChunkKind.FRONT_MATTER, ChunkKind.BLANK) or chunk.text in self._suspects:
            return []
        return [(chunk, text) for text in pieces_of(chunk) if not self._has(text)]

    def _knows(self, chunk: Chunk) -> bool:
        return not self._missing(chunk)

    def _html_of(self, chunk: Chunk) -> tuple[str | None, ...] | None:
        """The HTML of a chunk's pieces as far as there is any; None where it is suspect."""
        if chunk.text in self._suspects:
            return None
        if chunk.kind in (ChunkKind.FRONT_MATTER, ChunkKind.BLANK):
            return ("",)
        decides = self._definitions.deciding
        return tuple(self._remembered.get((text, decides(text))) for text in pieces_of(chunk))

    def _remember(self, key: _Key, html: str) -> None:
        if key in self._remembered:
            self._remembered_characters -= len(key[0]) + len(self._remembered.pop(key))
        self._remembered[key] = html
        self._remembered_characters += len(key[0]) + len(html)
        while self._remembered_characters > _REMEMBERED_CHARACTERS and len(self._remembered) > _BATCH:
            (text, _), gone = self._remembered.popitem(last=False)
            self._remembered_characters -= len(text) + len(gone)


def _definition_texts(article: Article) -> tuple[str, ...]:
    return tuple(chain.from_iterable(facts.definitions for facts, _ in article.chunks.facts()))
