"""References of other files and of the clipboard as rows of the citations table, and the table for other programs."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from editor.article_panes import ArticlePanes
from editor.core.problems import Severity
from editor.core.text_edit import EditRefused
from editor.session.article_session import ArticleSession
from editor.storage.article_file import read_article
from editor.storage.file_bytes import FileTrouble, SaveFailed, save_bytes
from editor.ui.dialogs import files
from editor.ui.main_window import MainWindow

if TYPE_CHECKING:
    from editor.core.tables import Table
    from editor.ui.dialogs.references import ReferencesDialog


class ArticleReferences(QObject):
    """Brings references into one window's article, and its table out. What waits for a disk does so in the background.

    What reads and writes references is loaded when it is first wanted: no window waits for it to open.
    """

    def __init__(self, session: ArticleSession, window: MainWindow, panes: ArticlePanes) -> None:
        super().__init__(session)
        self._session = session
        self._window = window
        self._panes = panes
        panes.references_wanted.connect(self.ask)
        panes.reference_files_dropped.connect(self.read_files)

    # Into the article

    def ask(self, text: str) -> ReferencesDialog | None:
        """Show what the references in a text become, to be chosen from; nothing for an article that is only read."""
        from editor.ui.dialogs import references  # noqa: PLC0415

        if self._session.locked:
            self._window.notices.show_notice("locked", self._session.locked)
            return None
        self._panes.finish_editing()
        grid = self._panes.grid
        return references.ask(self._window, text, grid.table_for_references, grid.add_references)

    def paste(self) -> None:
        """Show what the references on the clipboard become; where there are none, they can be written."""
        self.ask(QGuiApplication.clipboard().text())

    def ask_for_files(self) -> None:
        """Let the writer choose files of references."""
        files.ask_for_references(self._window, self._folder, self.read_files)

    def read_files(self, paths: list[Path]) -> None:
        """Read files and show what the references in them become."""
        self._session.do_in_background(partial(_texts_of, paths), self._show_texts)

    def _show_texts(self, read: Future[object]) -> None:
        try:
            self.ask(str(read.result()))
        except FileTrouble as trouble:
            self._window.notices.show_notice("references", trouble.message, Severity.ERROR)

    # Out of it

    def ask_where_to_export(self) -> None:
        """Let the writer choose a file, and with that the format, for the table that is shown."""
        self._panes.finish_editing()
        if table := self._panes.grid.table:
            proposed = Path(self._folder) / f"{Path(self._session.name).stem}.csv"
            files.ask_where_to_export_table(self._window, proposed, partial(self.export, table))

    def export(self, table: Table, target: Path) -> None:
        """Write a table to a file, in the format that its name tells."""
        if self._session.path and target == self._session.path:
            message = f"“{target.name}” is the article itself: choose another name."
            self._window.notices.show_notice("export", message, Severity.ERROR)
            return
        self._session.do_in_background(partial(_export, table, target), partial(self._say_exported, target))

    def _say_exported(self, target: Path, done: Future[object]) -> None:
        try:
            done.result()
        except (SaveFailed, EditRefused) as trouble:
            self._window.notices.show_notice("export", trouble.message, Severity.ERROR)
        else:
            self._window.notices.show_notice("export", f"Exported to “{target.name}”.", Severity.HINT)

    @property
    def _folder(self) -> str:
        return str(self._session.folder or Path.home())


def _texts_of(paths: list[Path]) -> str:
    """The files' texts one after the other. Raises FileUnreadable."""
    return "\n\n".join(read_article(path).text for path in paths)


def _export(table: Table, target: Path) -> None:
    """Write the table durably. Raises SaveFailed, and EditRefused where the format is for papers and it has none."""
    from editor.core.references.table_export import FORMAT_BY_SUFFIX, bytes_of, export_table  # noqa: PLC0415

    wanted = FORMAT_BY_SUFFIX.get(target.suffix.lower())
    if wanted is None:
        why = "does not tell by its name which format is meant; end it with .csv, .bib, .ris or .json"
        raise SaveFailed(why, target)
    save_bytes(target, bytes_of(export_table(table, wanted), wanted))
