"""Notices when a row or a citation was given another name than the other has, from one audit to the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from editor.core.article import ArticleChange
from editor.core.audit import Audit
from editor.core.citation_changes import Step, Version, changes_between
from editor.core.citation_renaming import Renaming, Rewrite, leads_to_any, rewrites
from editor.core.citation_style import style_of
from editor.session.text_buffer import TextBuffer

_MOST_STEPS = 2_000
"""Steps over which what a citation was is followed; who has written so much since means something else by now."""


class RenamingWatch(QObject):
    """Compares each audit with the last one in which names of rows and citations agreed as they do now."""

    changed = Signal()
    """`renamings` are others than they were."""

    def __init__(self, buffer: TextBuffer, caret: Callable[[], int | None], parent: QObject | None = None) -> None:
        """`caret` says at which code point the writer is writing, None where he is not writing in the text."""
        super().__init__(parent)
        self.renamings: tuple[Renaming, ...] = ()
        """What could be renamed in the article as it was audited last."""
        self._buffer = buffer
        self._caret = caret
        self._is_waiting = False
        self._before: Version | None = None
        self._now: Version | None = None
        self._steps: list[Step] = []
        buffer.changed.connect(self._follow)

    def learn(self, audit: Audit) -> None:
        """The article as it is now was audited."""
        self._now = Version(self._buffer.article, audit.citations)
        self._compare()

    def moved(self) -> None:
        """The caret went elsewhere, so that what was half typed may be done."""
        if self._is_waiting and self.is_current:
            self._compare()

    @property
    def is_current(self) -> bool:
        """Whether the article is as it was audited last."""
        return self._now is not None and self._now.article is self._buffer.article

    def rewrites(self, renaming: Renaming) -> tuple[Rewrite, ...]:
        """What a renaming leads to in the article as it was audited last."""
        if self._now is None:
            return ()
        style = style_of(citation.mention for citation in self._now.citations.all)
        return rewrites(self._now.article, renaming, style)

    def settle(self) -> None:
        """The writer has decided: as the article is when it is audited next, so it is to be."""
        self._before, self._now, self._steps = None, None, []
        self._take(())

    def _follow(self, change: ArticleChange) -> None:
        self._steps.append(change.edits)
        if len(self._steps) > _MOST_STEPS:
            self._before, self._steps = None, []

    def _compare(self) -> None:
        if self._now is None:
            return
        before = self._before or self._now
        changes = changes_between(before, self._now, self._steps)
        caret = self._caret()
        places = (*changes.half_typed, *(renaming.place for renaming in changes.renamings))
        self._is_waiting = caret is not None and any(start - 1 <= caret <= end + 1 for start, end in places)
        if self._is_waiting:
            return
        style = style_of(citation.mention for citation in self._now.citations.all) if changes.renamings else None
        renamings = tuple(
            renaming for renaming in changes.renamings if style and leads_to_any(self._now.article, renaming, style)
        )
        if not renamings and not changes.is_malformed:
            self._before, self._steps = self._now, []
        self._take(renamings)

    def _take(self, renamings: tuple[Renaming, ...]) -> None:
        if renamings != self.renamings:
            self.renamings = renamings
            self.changed.emit()
