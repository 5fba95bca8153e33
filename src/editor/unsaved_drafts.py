"""Drafts that a killed program left behind: found at the start, offered quietly, opened or discarded.

The dialog is imported when it is opened: no article waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from editor.article_window import ArticleWindow
from editor.core.problems import Severity
from editor.session.article_session import UNTITLED
from editor.session.background import Background
from editor.storage.article_file import FileUnreadable, read_article
from editor.storage.journal import Draft, discard, drafts_left_behind
from editor.storage.safekeeping import Safekeeping
from editor.ui.dates import day_and_time

if TYPE_CHECKING:
    from editor.ui.dialogs.versions import Version, VersionsDialog

_EXPLANATION = "Stet ended before these were saved. Open a draft to go on with it; Undo then leads back to its file."


_PAUSE_MS = 100
"""Till then whoever else works keeps the article waiting that is opened."""


class UnsavedDrafts(QObject):
    """Looks for drafts in the background and lets the writer look through them."""

    found = Signal()
    """There are some."""

    def __init__(
        self, state: Path, open_article: Callable[[Path | None], ArticleWindow | None], parent: QObject
    ) -> None:
        """`state` is the state folder.

        `open_article` opens a window on an article, or on an empty one; it gives None where one cannot be opened.
        """
        super().__init__(parent)
        self._state = state
        self._open_article = open_article
        self._background = Background("drafts", self)
        self._drafts: dict[str, Draft] = {}
        self._dialog: VersionsDialog | None = None
        self._due = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._due.timeout.connect(self.look)

    def look_soon(self) -> None:
        """Look for drafts once the article that is opened is seen."""
        self._due.start()

    def look(self, then: Callable[[], object] | None = None) -> None:
        """Look for drafts; `found` tells of some, and `then` is called in any case."""
        self._background.run(partial(_worth_offering, self._state), partial(self._take, then))

    def _take(self, then: Callable[[], object] | None, done: Future[tuple[Draft, ...]]) -> None:
        self._drafts = {draft.journal.name: draft for draft in done.result()}
        if self._drafts:
            self.found.emit()
        if then:
            then()

    def finish(self) -> None:
        """Wait until what was asked for is done."""
        if self._due.isActive():
            self._due.stop()
            self.look()
        self._background.finish()

    def close(self) -> None:
        """End with the program."""
        self._due.stop()
        self._background.close()

    def offer(self, window: ArticleWindow) -> None:
        """Say in a window that there are drafts."""
        drafts = list(self._drafts.values())
        if len(drafts) == 1:
            which = f"“{_name(drafts[0])}” from {day_and_time(drafts[0].typed)}"
            message = f"Stet ended before {which} was saved. What you typed is kept."
        else:
            message = f"Stet ended and left {len(drafts)} drafts that were not saved. What you typed is kept."
        review = [("Review…", partial(self.review, window))]
        window.notices.show_notice("drafts", message, Severity.WARNING, review)

    def review(self, window: ArticleWindow) -> None:
        """Open the list of drafts over a window, with what is there now."""
        self.look(partial(self._show, window))

    def _show(self, window: ArticleWindow) -> None:
        from editor.ui.dialogs.versions import VersionAction, VersionsDialog, Wording  # noqa: PLC0415

        window.notices.clear("drafts")
        wording = Wording(
            title="Unsaved Drafts",
            explanation=_EXPLANATION,
            old_caption="the file",
            new_caption="the draft",
            nothing_left="There are no unsaved drafts.",
        )
        actions = (
            VersionAction("Open Draft", self._open),
            VersionAction("Discard…", self._discard, "Discard this draft? It cannot be brought back."),
        )
        entries = [_entry(draft) for draft in self._drafts.values()]
        self._dialog = VersionsDialog(window.window, wording, entries, str, actions)
        self._dialog.destroyed.connect(self._forget_dialog)
        self._dialog.show()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _open(self, version: Version) -> None:
        """Bring a draft into its article as one undo step, and let go of the old journal once the new one has it."""
        draft = self._drafts[version.key]
        window = self._window_for(draft)
        if window:
            window.session.replace_text(draft.text, "recover draft", partial(self._opened, version, window))

    def _window_for(self, draft: Draft) -> ArticleWindow | None:
        path = draft.origin.path
        window = self._open_article(path) if path and path.exists() else None
        if window is None or (window.session.locked and not window.session.is_claimed_elsewhere):
            window = self._open_article(None)
        elif window.session.locked:
            window.notices.show_notice("draft", "The draft cannot be opened while another window has the article.")
            return None
        return window

    def _opened(self, version: Version, window: ArticleWindow, _done: bool) -> None:
        window.session.keeper.flush()
        if not window.session.keeper.is_failing:
            self._discard(version)
        if self._dialog and not self._drafts:
            self._dialog.close()
        window.raise_window()

    def _discard(self, version: Version) -> None:
        try:
            discard(self._drafts[version.key])
        except OSError as error:
            self._say_not_discarded(version, error)
            return
        del self._drafts[version.key]
        if self._dialog:
            self._dialog.remove(version.key)

    def _say_not_discarded(self, version: Version, error: OSError) -> None:
        if self._dialog:
            why = f"“{version.title}” could not be discarded ({error.strerror}), and is offered again later."
            self._dialog.view.show_message(why)


def _worth_offering(state: Path) -> tuple[Draft, ...]:
    """The drafts that hold something which their file does not; the others are removed.

    Saves that were cut off are finished first, so that the files are whole.
    """
    Safekeeping.in_folder(state).finish_all()
    worth = []
    for draft in drafts_left_behind(state / "drafts"):
        if _text_of(draft) == draft.text:
            with suppress(OSError):  # it is looked at again at the next start
                discard(draft)
        else:
            worth.append(draft)
    return tuple(worth)


def _text_of(draft: Draft) -> str | None:
    """What the draft's file holds now; None where it has none that can be read."""
    try:
        return read_article(draft.origin.path).text if draft.origin.path else None
    except FileUnreadable:
        return None


def _name(draft: Draft) -> str:
    return draft.origin.path.name if draft.origin.path else UNTITLED


def _entry(draft: Draft) -> Version:
    from editor.ui.dialogs.versions import Version  # noqa: PLC0415

    folder = f" · {draft.origin.path.parent}" if draft.origin.path else ""
    return Version(
        key=draft.journal.name,
        title=_name(draft),
        detail=f"{day_and_time(draft.typed)}{folder}",
        read=lambda: draft.text,
        compare_with=lambda: _text_of(draft) or "",
    )
