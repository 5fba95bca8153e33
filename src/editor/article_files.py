"""What a window does with its article's file: saving, other programs' changes, earlier versions.

The dialogs are imported by the commands that open them: no article waits for those.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from editor.core.problems import Severity
from editor.session.article_session import UNTITLED, ArticleSession, CannotEncode, ChangedOutside, NotSaved
from editor.session.outside_changes import Gone, OutsideChanges, Unreadable
from editor.storage.article_file import FileText, decode
from editor.storage.history import KeptVersion
from editor.storage.settings_file import Autosave
from editor.ui.dates import day_and_time
from editor.ui.dialogs import files, questions
from editor.ui.main_window import MainWindow
from editor.ui.notices import Choice

if TYPE_CHECKING:
    from editor.ui.dialogs.versions import Version, VersionsDialog

_AUTOSAVE_PAUSE_MS = 2000


class ArticleFiles(QObject):
    """Saves one window's article where and when it should, and tells the writer what becomes of its file."""

    saved = Signal(Path)
    go_to_line_asked = Signal(int)
    """The writer wants to see this line, from 0."""

    def __init__(self, session: ArticleSession, window: MainWindow, finish_editing: Callable[[], None]) -> None:
        """`finish_editing` brings into the article what is still in an open editor of the grid."""
        super().__init__(session)
        self._session = session
        self._window = window
        self._notices = window.notices
        self._finish_editing = finish_editing
        self._autosave: Autosave = "off"
        self._pause = QTimer(self, singleShot=True, interval=_AUTOSAVE_PAUSE_MS)
        self._pause.timeout.connect(self._save_by_itself)
        self.outside = OutsideChanges(session)
        self._connect()

    def _connect(self) -> None:
        session = self._session
        session.saved.connect(self._say_saved)
        session.version_not_kept.connect(lambda why: self._notices.show_notice("version", why))
        session.keeper.failed.connect(self._say_draft_failing)
        session.buffer.changed.connect(lambda _change: self._begin_pause())
        self.outside.noticed.connect(self._say_outside_change)
        self.outside.could_not_merge.connect(self._say_not_merged)
        self.outside.could_not_reopen.connect(lambda why: self._notices.show_notice("encoding", why))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self._leave)

    def close(self, *, keep_draft: bool = False) -> None:
        """End with the window; with `keep_draft` what is not saved is offered at the next start."""
        self._pause.stop()
        self._session.close(keep_draft=keep_draft)

    # Saving

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save to the article's own file, or ask for one where it has none; `then` is called once it is saved."""
        self._finish_editing()
        if self._session.locked:
            self._notices.show_notice("locked", self._session.locked)
        elif self._session.path is None:
            self.save_as(then)
        else:
            self.save_to(self._session.path, then)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a file and save to it; `then` is called once it is saved."""
        self._finish_editing()
        if self._session.locked and not self._session.is_claimed_elsewhere:
            self._notices.show_notice("locked", self._session.locked)
            return
        folder = self._session.folder or Path.home()
        proposed = folder / f"{Path(self._session.name).stem}.md"
        files.ask_where_to_save(self._window, proposed, partial(self.save_to, then=then))

    def save_to(
        self, path: Path, then: Callable[[], object] | None = None, *, over_outside_change: bool = False
    ) -> None:
        """Save to a file, which is the article's own from then on."""
        ask = partial(self._ask_about_outside_change, path, then)
        self._session.save(
            path,
            over_outside_change=over_outside_change,
            then=then,
            otherwise=lambda trouble: self._say_not_saved(trouble, ask, then),
        )

    def _ask_about_outside_change(self, path: Path, then: Callable[[], object] | None) -> None:
        overwrite = partial(self.save_to, path, then, over_outside_change=True)
        questions.ask_about_outside_change(self._window, path.name, overwrite)

    def _say_saved(self, path: Path) -> None:
        self._notices.clear("save")
        self.saved.emit(path)

    def _say_not_saved(
        self, trouble: NotSaved, ask: Callable[[], object], then: Callable[[], object] | None = None
    ) -> None:
        """`ask` asks whether to save over what another program wrote, where that is the trouble."""
        if isinstance(trouble, ChangedOutside):
            ask()
        elif isinstance(trouble, CannotEncode):
            show = partial(self.go_to_line_asked.emit, trouble.line - 1)
            choices: list[Choice] = [("Save as UTF-8", partial(self._save_as_utf8, then)), ("Show", show)]
            self._notices.show_notice("save", trouble.message, Severity.ERROR, choices)
        else:
            save_as = ("Save As…", partial(self.save_as, then))
            self._notices.show_notice("save", trouble.message, Severity.ERROR, [save_as])

    def _save_as_utf8(self, then: Callable[[], object] | None) -> None:
        self._session.save_as_utf8()
        self.save(then)

    # Saving by itself

    def set_autosave(self, when: Autosave) -> None:
        """When to save without being asked."""
        self._autosave = when
        self._begin_pause()

    def _begin_pause(self) -> None:
        if self._autosave == "pause":
            self._pause.start()
        else:
            self._pause.stop()

    def _leave(self, state: Qt.ApplicationState) -> None:
        if self._autosave == "focus" and state is not Qt.ApplicationState.ApplicationActive:
            self._save_by_itself()

    def _save_by_itself(self) -> None:
        """Only where there is a file, and nobody has to be asked."""
        session = self._session
        if session.path and session.is_dirty and not (session.locked or session.is_saving or self.outside.found):
            # Where another program has changed the file, a line says so by itself, and nobody is interrupted.
            session.save(otherwise=partial(self._say_not_saved, ask=lambda: None))

    # What other programs do

    def _say_outside_change(self) -> None:
        found, name = self.outside.found, self._session.name
        self._notices.clear("merge")
        if found is None:
            self._notices.clear("outside")
        elif isinstance(found, Gone):
            message = f"“{name}” is not there any more: another program moved or removed it. Your text is all here."
            self._notices.show_notice("outside", message, choices=[("Save It Again", self.save)])
        elif isinstance(found, Unreadable):
            message = f"Another program changed the file. {found.message} Your text is all here."
            self._notices.show_notice("outside", message, choices=[("Save As…", self.save_as)])
        else:
            message = f"Another program changed “{name}” while you have changes of your own."
            self._notices.show_notice(
                "outside", message, choices=[("Compare…", self.compare_with_file), *self._sides()]
            )

    def _sides(self) -> list[Choice]:
        outside = self.outside
        return [("Merge", outside.merge), ("Keep Mine", outside.keep_mine), ("Take Theirs", outside.take_theirs)]

    def compare_with_file(self) -> None:
        """Show what another program changed beside what was changed here."""
        from editor.ui.dialogs.comparison import show_comparison  # noqa: PLC0415

        found = self.outside.found
        if isinstance(found, FileText):
            self._say_outside_change()  # comparing decides nothing: the choices stay
            title = f"“{self._session.name}” has changed"
            choices = [(name, partial(self._choose, found, act)) for name, act in self._sides()]
            mine = self._session.article.text
            show_comparison(self._window, title, "Your text", "The file", mine, found.text, choices)

    def _choose(self, shown: FileText, act: Callable[[], object]) -> None:
        """Only what the writer has seen is decided about: the file may have changed once more."""
        if self.outside.found is shown:
            act()

    def _say_not_merged(self, places: int) -> None:
        self._say_outside_change()
        many = "1 place was" if places == 1 else f"{places} places were"
        self._notices.show_notice("merge", f"Not merged: {many} changed both here and in the file. Compare them.")

    def _say_draft_failing(self, why: str) -> None:
        if why:
            message = f"What you type cannot be kept safe from a crash ({why}). Save often."
            self._notices.show_notice("draft", message)
        else:
            self._notices.clear("draft")

    def show_versions(self) -> None:
        """Open the list of what the file held before its saves."""
        from editor.ui.dialogs.versions import VersionAction, VersionsDialog, Wording  # noqa: PLC0415

        wording = Wording(
            title="Earlier Versions",
            explanation="Each save keeps what the file held before. A version restored can be undone.",
            old_caption="the earlier version",
            new_caption="the text now",
            nothing_left="No earlier version of this article is kept yet: the first comes with the next save.",
        )
        path = self._session.path
        versions = self._session.safe.history.versions(path) if path else ()
        entries = [self._entry(kept) for kept in versions]
        restore = [VersionAction("Restore", lambda version: self._restore(version, dialog))]
        actions = restore if path and not self._session.locked else []
        dialog = VersionsDialog(self._window, wording, entries, lambda: self._session.article.text, actions)
        dialog.show()

    def _entry(self, kept: KeptVersion) -> Version:
        from editor.ui.dialogs.versions import Version  # noqa: PLC0415

        path = self._session.path or Path(UNTITLED)
        return Version(
            key=kept.file.name,
            title=day_and_time(kept.when),
            detail=f"{max(1, round(kept.size / 1024)):,} KB",
            read=lambda: decode(self._session.safe.history.read(kept), path).text,
        )

    def _restore(self, version: Version, dialog: VersionsDialog) -> None:
        """Bring an earlier version back as one undo step."""
        text = version.read()
        dialog.close()
        self._session.replace_text(text, "restore earlier version", lambda _done: None)

    def reopen(self, encoding: str) -> None:
        """Read the article's file anew, in this encoding."""
        if self._session.is_dirty:
            message = "Save or undo your changes first: reading the file in another encoding would take them away."
            self._notices.show_notice("encoding", message)
        else:
            self._notices.clear("encoding")
            self.outside.reopen(encoding)
