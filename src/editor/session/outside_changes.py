"""What other programs do to an article's file while it is open, and what the writer can do about it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QObject, Signal

from editor.core.article import Article
from editor.core.text_edit import TextEdit
from editor.session.article_session import ArticleSession
from editor.session.file_watch import FileWatch
from editor.storage.article_file import FileMissing, FileText, FileUnreadable, read_article

if TYPE_CHECKING:
    from editor.core.comparison import Merge

_Signature = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """The file is not there any more."""


class Unreadable(NamedTuple):
    """Whatever is there now cannot be read as an article: why."""

    message: str


Found = FileText | Gone | Unreadable
"""What a look at the file found that is not what the text came from."""


class OutsideChanges(QObject):
    """Looks when the file may have changed, compares by content, and reloads where nothing typed is at stake.

    Where something is, `found` holds what is on disk until the writer has chosen: `keep_mine`, `take_theirs` or
    `merge`.
    """

    noticed = Signal()
    """`found` is another, or None again."""
    reloaded = Signal()
    """The text is now what the file holds."""
    could_not_reopen = Signal(str)
    """The file cannot be read in the encoding asked for: why. Nothing was done."""
    could_not_merge = Signal(int)
    """So many places were changed on both sides; nothing was done."""

    def __init__(self, session: ArticleSession) -> None:
        super().__init__(session)
        self._session = session
        self._watch = FileWatch(self)
        self._seen: _Signature = ()
        self._looking = False
        self._encoding = ""
        """The encoding that the writer has chosen, where the file's own was not found out right."""
        self.found: Found | None = None
        self._untouched: int | None = None
        """The state of the text when its file went away, where nothing had been typed: it may come back."""
        self._watch.suspected.connect(self.look)
        self._watch.watch(session.path)
        session.renamed.connect(self._follow_rename)
        session.ended.connect(self._watch.stop)
        session.saved.connect(self._forget)
        session.changed_outside.connect(self._look_anew)

    def _follow_rename(self) -> None:
        self._watch.watch(self._session.path)
        self._forget()

    def _forget(self) -> None:
        """What was found has been written over, or is no longer this article's."""
        self._seen = ()
        self._untouched = None
        self._note(None)

    def _look_anew(self) -> None:
        self._seen = ()
        self.look()

    def _note(self, found: Found | None) -> None:
        if _told_apart(found) != _told_apart(self.found):
            self.found = found
            self.noticed.emit()

    # Looking

    def look(self) -> None:
        """Look at the file in the background, unless that is being done."""
        path = self._session.path
        if path and not self._looking:
            self._looking = True
            self._run(partial(_look, path, self._seen, self._encoding), partial(self._looked, path))

    def _run(self, work: Callable[[], object], then: Callable[[Future[object]], object]) -> None:
        self._session.do_in_background(work, then)

    def _looked(self, path: Path, done: Future[object]) -> None:
        self._looking = False
        looked = cast("tuple[_Signature, Found | None]", done.result())
        # A save that was asked for meanwhile knows better, or asks about what it finds.
        if self._session.path != path or self._session.is_saving:
            return
        self._seen, found = looked
        if isinstance(found, FileText):
            self._take_in(found)
        elif isinstance(found, Gone):
            self._miss()
        elif found:
            self._note(found)

    def _take_in(self, found: FileText) -> None:
        session = self._session
        untouched = not session.is_dirty or session.buffer.history.state == self._untouched
        if found.digest == session.digest:
            if self._untouched is not None:
                session.mark_synced(session.buffer.synced, self._untouched)
            self._untouched = None
            self._note(None)
        elif untouched:
            self._reload(found, "reload", only_now=True)
        else:
            self._note(found)

    def _miss(self) -> None:
        """The text here is all that is left of the file, so it counts as unsaved."""
        if not self._session.is_dirty:
            self._untouched = self._session.buffer.history.state
            self._session.lose_file()
        self._note(Gone())

    def reopen(self, encoding: str) -> None:
        """Read an untouched article's file anew in this encoding, in one undo step."""
        if path := self._session.path:
            self._encoding = encoding
            self._run(partial(_look, path, (), encoding), self._reopened)

    def _reopened(self, done: Future[object]) -> None:
        _, found = cast("tuple[_Signature, Found | None]", done.result())
        if isinstance(found, FileText):
            self._reload(found, "read in another encoding", only_now=True)
        elif isinstance(found, Unreadable):
            self.could_not_reopen.emit(found.message)

    # What can be done about it

    def keep_mine(self) -> None:
        """The text here is the one that counts: the next save writes over the file."""
        if isinstance(self.found, FileText):
            self._session.know(self.found)
        self._note(None)

    def take_theirs(self) -> None:
        """Let the text be what the file holds, in one undo step."""
        if isinstance(self.found, FileText):
            self._untouched = None
            self._reload(self.found, "take the file’s text", only_now=False)

    def merge(self) -> None:
        """Let the text have the file's changes as well as those made here, in one undo step."""
        theirs = self.found
        if isinstance(theirs, FileText):
            base, mine = self._session.buffer.synced, self._session.article
            self._run(lambda: _merged(base.text, mine.text, theirs.text), partial(self._merge, theirs, mine))

    def _merge(self, theirs: FileText, mine: Article, done: Future[object]) -> None:
        merged, edits = cast("tuple[Merge, tuple[TextEdit, ...]]", done.result())
        if self._session.article is not mine:
            self.merge()  # something was typed meanwhile
            return
        if merged.text is None:
            self.could_not_merge.emit(len(merged.conflicts))
            return
        self._session.buffer.edit(edits, "merge the file’s changes")
        self._session.know(theirs)
        self._note(None)

    def _reload(self, theirs: FileText, label: str, *, only_now: bool) -> None:
        """Let the text be theirs, unless with `only_now` something is typed before that can be done."""
        self._session.replace_text(theirs.text, label, partial(self._has_reloaded, theirs), only_now=only_now)

    def _has_reloaded(self, theirs: FileText, done: bool) -> None:
        if not done:
            self._note(theirs)
            return
        self._session.take(theirs)
        self._untouched = None
        self._note(None)
        self.reloaded.emit()


def _told_apart(found: Found | None) -> object:
    return found.digest if isinstance(found, FileText) else found


def _look(path: Path, seen: _Signature, encoding: str) -> tuple[_Signature, Found | None]:
    """What the file holds, where its size, time or place on disk is another than seen before."""
    try:
        status = path.stat()
        signature = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        if signature == seen:
            return seen, None
        return signature, read_article(path, encoding)
    except (FileNotFoundError, NotADirectoryError, FileMissing):
        return (), Gone()
    except FileUnreadable as error:
        return (), Unreadable(error.message)
    except OSError as error:
        return (), Unreadable(f"“{path.name}” cannot be looked at: {error.strerror}.")


def _merged(base: str, mine: str, theirs: str) -> tuple[Merge, tuple[TextEdit, ...]]:
    # What merges is asked for now and then; no article waits for its import.
    from editor.core.comparison import merge, smallest_edits  # noqa: PLC0415

    merged = merge(base, mine, theirs)
    return merged, () if merged.text is None else smallest_edits(mine, merged.text)
