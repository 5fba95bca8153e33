"""One open article: its buffer, the file it came from, and what must be known to save it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QTextDocument

from editor.core.article import Article
from editor.core.text_edit import TextEdit
from editor.session.background import Background
from editor.session.draft_keeper import DraftKeeper
from editor.session.text_buffer import TextBuffer, without_characters_not_held
from editor.storage.article_file import (
    CannotEncode,
    ChangedOutside,
    FileMissing,
    FileText,
    FileUnreadable,
    SaveFailed,
    decode,
    encode,
    encoding_name,
    read_article,
    save_article,
)
from editor.storage.claims import Claim, Claimed
from editor.storage.journal import Origin
from editor.storage.safekeeping import Safekeeping

UNTITLED = "Untitled"
_NOWHERE = -1
"""The state that no text has."""
_OTHERWISE = "This file would be saved otherwise than it was read, so it can be read and not edited.", 1


NotSaved = SaveFailed | CannotEncode
"""Why a save did not happen: the file is as it was, and the text as unsaved as it was.

Of these, ChangedOutside says that the file no longer holds what was read or saved last: the save would have taken away
what another program wrote.
"""


class _Saving(NamedTuple):
    """A save under way: where to, and which text."""

    target: Path
    is_own: bool
    article: Article
    state: int
    then: Callable[[], object] | None
    otherwise: Callable[[NotSaved], object] | None


class ArticleSession(QObject):
    """Opens, follows and saves one article. `path` is None until a new one is saved for the first time.

    Saving happens in the background: `saved` or `save_failed` says how it went. Drafts and claims are kept below
    `state_folder`.
    """

    renamed = Signal()
    """The article has another path."""
    saved = Signal(Path)
    changed_outside = Signal()
    """A save was not made, since another program has changed the file."""
    version_not_kept = Signal(str)
    """A save went well, but what the file held before could not be kept as an earlier version: why."""
    ended = Signal()
    """It is being closed: nothing more can be asked of it."""
    lock_changed = Signal()
    """Whether the text may be edited, or why not, has changed."""

    def __init__(
        self,
        source: FileText,
        state_folder: Path,
        parent: QObject | None = None,
        *,
        path: Path | None = None,
        document: QTextDocument | None = None,
    ) -> None:
        """`document` is as TextBuffer takes it."""
        super().__init__(parent)
        self.path = path
        self.encoding = source.encoding
        self._state_folder = state_folder
        self.safe = Safekeeping.in_folder(state_folder, self.version_not_kept.emit)
        self._bom = source.bom
        self._digest = source.digest if path else ""
        held = without_characters_not_held(source.text)
        self.buffer = TextBuffer(held, self, document)
        is_held = held is source.text and self.buffer.is_as_long_as(held)
        self._unfit, self.locked_line = (source.locked, source.locked_line) if is_held else self._lock_of(source)
        self._unproven: FileText | None = source
        self.buffer.changed.connect(lambda change: self._prove(change.before), Qt.ConnectionType.SingleShotConnection)
        self._claimed_by: int | None = None
        """The process that has the article open as well, where it is not to be edited here."""
        self._background = Background("files", self)
        self._claim: Claim | None = None
        self._saving: _Saving | None = None
        self._waiting: Callable[[], None] | None = None
        self.keeper = DraftKeeper(self.buffer, state_folder / "drafts", self._origin, self)
        if path:
            self._claim_or_lock(path)

    @classmethod
    def open(
        cls, path: Path, state_folder: Path, parent: QObject | None = None, *, document: QTextDocument | None = None
    ) -> ArticleSession:
        """Read an article from its file. Raises FileUnreadable."""
        source = read_article(path, safe=Safekeeping.in_folder(state_folder))
        return cls(source, state_folder, parent, path=path.absolute(), document=document)

    @classmethod
    def new(cls, text: str, state_folder: Path, parent: QObject | None = None) -> ArticleSession:
        """An article that has no file yet and begins with this text."""
        return cls(decode(text.encode(), Path(UNTITLED)), state_folder, parent)

    def _lock_of(self, source: FileText) -> tuple[str, int]:
        """Why the text could not be saved as it was, and the line to blame; "" and 0 where it could."""
        if source.locked:
            return source.locked, source.locked_line
        different = self.buffer.first_difference(source.text)
        if different is None:
            return ("", 0) if source.is_given_back_by(source.text) else _OTHERWISE
        line = different + 1
        reason = (
            f"Line {line} holds a character that a text field cannot, so this file can be read and not"
            " edited. Replace the character in another program to edit it."
        )
        return reason, line

    def read_whole(self) -> None:
        """Read what of the text is not needed to show its beginning; an edit or a save does so too."""
        self._prove(self.article)

    def _prove(self, as_opened: Article) -> None:
        """The check of last resort: the article had all of the text, its bytes and it can be had from each other, and
        the document shows the article as it is now."""
        source, self._unproven = self._unproven, None
        if source is None or self._unfit:
            return
        is_whole = source.text == as_opened.text and source.is_given_back_by(source.text)
        if not is_whole or self.buffer.first_difference(self.article.text) is not None:
            self._unfit, self.locked_line = _OTHERWISE
            self.lock_changed.emit()

    def _claim_or_lock(self, path: Path) -> None:
        """Have no other window edit the article, or be the one that does not."""
        self._let_go()
        self._claimed_by = None
        try:
            self._claim = Claim(path, self._state_folder / "open")
        except Claimed as claimed:
            self._claimed_by = claimed.process
        except OSError:
            pass  # nothing can be kept there: the content is still compared at every save

    def _let_go(self) -> None:
        if self._claim:
            self._claim.release()
            self._claim = None

    @property
    def locked(self) -> str:
        """Why the text may not be edited; "" where it may be."""
        if self._unfit or self._claimed_by is None:
            return self._unfit
        which = f" (process {self._claimed_by})" if self._claimed_by else ""
        return f"This article is open in another window{which}. It can be read here; edit it there."

    @property
    def is_claimed_elsewhere(self) -> bool:
        """Whether the only reason not to edit is that another window does."""
        return not self._unfit and self._claimed_by is not None

    def edit_all_the_same(self) -> None:
        """Edit an article that another window has open as well."""
        self._claimed_by = None
        self.lock_changed.emit()

    # What it is

    @property
    def article(self) -> Article:
        """The article as it is now."""
        return self.buffer.article

    @property
    def text(self) -> str:
        """The text as it is now, without having it read any further. Not for the typing path."""
        return self.article.text if self._unproven is None else self._unproven.text

    @property
    def name(self) -> str:
        """What the window calls it."""
        return self.path.name if self.path else UNTITLED

    @property
    def folder(self) -> Path | None:
        """Where its pictures are looked for."""
        return self.path.parent if self.path else None

    @property
    def is_dirty(self) -> bool:
        """Whether the text differs from what the file holds, by the steps taken since."""
        return not self.buffer.history.is_saved

    @property
    def encoding_name(self) -> str:
        """What a person calls the file's encoding, its byte order mark included."""
        return encoding_name(self.encoding, self._bom)

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""
        return self._saving is not None

    @property
    def digest(self) -> str:
        """The digest of the bytes that the file is known to hold; "" where it holds none."""
        return self._digest

    @property
    def _origin(self) -> Origin:
        return Origin(self.path, self._digest)

    # Saving

    def save(
        self,
        path: Path | None = None,
        *,
        over_outside_change: bool = False,
        then: Callable[[], object] | None = None,
        otherwise: Callable[[NotSaved], object] | None = None,
    ) -> None:
        """Save the text as it is now, to another `path` if one is given, which is its path from then on.

        `then` is called once it is saved, or `otherwise` with why it was not. One save is under way at a time; of those
        asked for meanwhile the last follows.
        """
        target = path or self.path
        if target is None:
            raise ValueError("an article without a path is saved to one")
        if self._saving:
            again = partial(self.save, path, over_outside_change=over_outside_change)
            self._waiting = partial(again, then=then, otherwise=otherwise)
            return
        self.read_whole()
        is_own = self.path is not None and target.resolve() == self.path.resolve()
        self.buffer.history.seal()
        saving = self._saving = _Saving(target, is_own, self.article, self.buffer.history.state, then, otherwise)
        expected = self._digest if is_own and not over_outside_change else None
        self._background.run(
            partial(_write, target, self.article, self.encoding, self._bom, expected, self.safe),
            partial(self._save_ended, saving),
        )

    def _save_ended(self, saving: _Saving, done: Future[str]) -> None:
        self._saving = None
        waiting, self._waiting = self._waiting, None
        trouble = done.exception()
        if trouble is None:
            self._digest = done.result()
            self._has_saved(saving)
        elif isinstance(trouble, NotSaved):
            if isinstance(trouble, ChangedOutside):
                self.changed_outside.emit()
            if saving.otherwise:
                saving.otherwise(trouble)
        else:
            raise trouble
        if waiting:
            waiting()

    def _has_saved(self, saving: _Saving) -> None:
        was_locked = self.locked
        if not saving.is_own:
            self.path = saving.target.absolute()
            self._claim_or_lock(self.path)
            self.renamed.emit()
        self.mark_synced(saving.article, saving.state)
        if self.locked != was_locked:
            self.lock_changed.emit()
        self.saved.emit(saving.target)
        if saving.then:
            saving.then()

    def save_as_utf8(self) -> None:
        """Let the file be UTF-8 from the next save on, since it can hold every character."""
        self.encoding, self._bom = "utf-8", b""

    def replace_text(self, text: str, label: str, then: Callable[[bool], object], *, only_now: bool = False) -> None:
        """Make the text another by the smallest edits, found in the background, in one undo step.

        What is typed meanwhile is replaced as well; with `only_now` it stands, and nothing is done. Then `then` is
        called with whether it was done.
        """
        self.read_whole()
        article = self.article
        new = without_characters_not_held(text)
        self._background.run(
            partial(_edits_between, article, new), partial(self._replace, article, (text, label, then), only_now)
        )

    def _replace(
        self,
        article: Article,
        wanted: tuple[str, str, Callable[[bool], object]],
        only_now: bool,
        done: Future[tuple[TextEdit, ...]],
    ) -> None:
        text, label, then = wanted
        if self.article is article:
            self.buffer.edit(done.result(), label)
            then(True)
        elif only_now:
            then(False)
        else:
            self.replace_text(text, label, then)

    # What the file holds

    def mark_synced(self, article: Article, state: int | None = None) -> None:
        """The file holds this article, which is the text of that state of the history, or the one as it is now."""
        self.buffer.mark_saved(state, article)
        self.keeper.begin_anew(self._origin)

    def take(self, source: FileText) -> None:
        """What another program made of the file is what the buffer shows already; what it was stays as a version."""
        if self.path and self._digest not in {"", source.digest}:
            held = partial(_keep, self.safe, self.path, self.buffer.synced, self.encoding, self._bom)
            self._background.run(held, lambda done: done.result())
        self._digest = source.digest
        self.encoding, self._bom = source.encoding, source.bom
        self.mark_synced(self.article)
        was = self.locked
        self._unfit, self.locked_line = self._lock_of(source)
        if was != self.locked:
            self.lock_changed.emit()
        self._unproven = source
        self.read_whole()

    def know(self, source: FileText) -> None:
        """The file holds this now and the text here is another: a save writes over it without asking."""
        self._digest = source.digest
        self.mark_synced(Article.from_text(source.text), _NOWHERE)

    def lose_file(self) -> None:
        """The text here stands in no file."""
        self.mark_synced(self.buffer.synced, _NOWHERE)

    def do_in_background(self, work: Callable[[], object], then: Callable[[Future[object]], object]) -> None:
        """Work on the file's disk, in order with the saves."""
        self._background.run(work, then)

    def finish(self) -> None:
        """Wait for what is under way on the disk."""
        self._background.finish()

    def close(self, *, keep_draft: bool = False) -> None:
        """End: what is not saved is gone, unless the draft is to be found at the next start."""
        if self._background.is_closed:
            return
        self.ended.emit()
        self._background.close()
        self.keeper.close(keep=keep_draft)
        self._let_go()


def _edits_between(article: Article, text: str) -> tuple[TextEdit, ...]:
    # What compares is asked for now and then; no article waits for its import.
    from editor.core.comparison import smallest_edits  # noqa: PLC0415

    return smallest_edits(article.text, text)


def _keep(safe: Safekeeping, path: Path, article: Article, encoding: str, bom: bytes) -> None:
    with suppress(CannotEncode):
        safe.keep(path, encode(article.text, encoding, bom))


def _write(target: Path, article: Article, encoding: str, bom: bytes, expected: str | None, safe: Safekeeping) -> str:
    if not target.exists():
        expected = None  # a file that is gone is written again
    return save_article(target, article.text, encoding, bom, safe=safe, expected=expected)


__all__ = [
    "UNTITLED",
    "ArticleSession",
    "CannotEncode",
    "ChangedOutside",
    "FileMissing",
    "FileUnreadable",
    "NotSaved",
    "SaveFailed",
]
