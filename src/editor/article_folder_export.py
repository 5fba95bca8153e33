"""The export of the folder that one window's article is in: the dialog, and the command that does it.

Imported when it is first wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from editor.article_panes import ArticlePanes
from editor.publishing.site_address import NoSiteAddress, site_address
from editor.session.article_session import ArticleSession
from editor.session.background import Background
from editor.session.folder_exporter import ExportedPage, FolderExporter, FolderOrder, FolderSummary
from editor.storage.folder_settings import ExportSettings
from editor.storage.folder_settings_edits import SettingsNotChanged, remember_export
from editor.ui.dialogs.files import ask_for_folder
from editor.ui.dialogs.folder_export import FolderExportChoices, FolderExportDialog
from editor.ui.main_window import MainWindow


class ArticleFolderExport(QObject):
    """Exports what is saved."""

    article_wanted = Signal(Path)
    """An article of the folder is to be opened."""

    def __init__(
        self,
        session: ArticleSession,
        window: MainWindow,
        panes: ArticlePanes,
        save: Callable[[], object],
        smart_quotes: Callable[[], bool],
    ) -> None:
        """`save` saves the article; `smart_quotes` says what holds where the folder's settings say nothing of them."""
        super().__init__(session)
        self._smart_quotes = smart_quotes
        self._session = session
        self._window = window
        self._panes = panes
        self._save = save
        self._opens_index = False
        self._output: Path | None = None
        self.dialog: FolderExportDialog | None = None
        """The dialog while it is open."""
        self._background = Background("folder export", self)
        self.exporter = FolderExporter(self)
        self.exporter.began.connect(self._show_total)
        self.exporter.went_on.connect(self._go_on)
        self.exporter.finished.connect(self._finish)
        self.exporter.failed.connect(self._say_failed)

    def close(self) -> None:
        """Stop what is being exported."""
        if self.dialog:  # first: what is remembered meanwhile begins no export any more
            self.dialog.set_busy(False)
            self.dialog.reject()
        self._background.close()
        self.exporter.close()

    def open(self) -> None:
        """Open the dialog, with what the folder's settings say."""
        self._panes.finish_editing()
        folder = self._session.folder
        if folder is None:
            said = "An article without a file is in no folder that could be exported. Save it first."
            self._window.notices.show_notice("export-folder", said, choices=[("Save…", self._save)])
            return
        if self.dialog is None:
            self.dialog = self._opened(folder)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _opened(self, folder: Path) -> FolderExportDialog:
        output = self._output or folder.with_name(f"{folder.name}-pages")
        dialog = FolderExportDialog(self._window, folder, output)
        dialog.begin_with(self._own)
        dialog.open_when_done.setChecked(self._opens_index)
        dialog.show_unsaved(self._unsaved)
        dialog.save_wanted.connect(self._save)
        dialog.choosing_wanted.connect(self._choose_output)
        dialog.export_wanted.connect(partial(self._export, folder))
        dialog.stop_wanted.connect(self._stop)
        dialog.open_wanted.connect(self._open_index)
        dialog.article_wanted.connect(self.article_wanted)
        dialog.finished.connect(lambda _: self._forget_dialog())
        self._panes.folder.changed.connect(self._learn)
        self._session.buffer.history_changed.connect(self._tell_unsaved)
        return dialog

    def _forget_dialog(self) -> None:
        if self.dialog:
            self._output, self._opens_index = self.dialog.chosen.output, self.dialog.open_when_done.isChecked()
        self._panes.folder.changed.disconnect(self._learn)
        self._session.buffer.history_changed.disconnect(self._tell_unsaved)
        self.dialog = None

    def _open_index(self, index: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(index))) and self.dialog:
            self.dialog.show_trouble(f"No program was found that opens “{index}”.")

    # What it shows

    @property
    def _own(self) -> ExportSettings:
        return self._panes.folder.knowledge.settings.export

    @property
    def _unsaved(self) -> str:
        return self._session.name if self._session.is_dirty else ""

    def _learn(self) -> None:
        if self.dialog:
            self.dialog.begin_with(self._own)

    def _tell_unsaved(self) -> None:
        if self.dialog:
            self.dialog.show_unsaved(self._unsaved)

    def _choose_output(self) -> None:
        if self.dialog:
            take = self.dialog.output.setText
            ask_for_folder(self.dialog, self.dialog.chosen.output, lambda folder: take(str(folder)))

    # Exporting

    def _export(self, folder: Path) -> None:
        """Keep what is to be remembered first: the command reads it there."""
        if self.dialog is None or self.exporter.is_running:
            return
        chosen = self.dialog.chosen
        try:
            site_address(chosen.base_url)
        except NoSiteAddress as refusal:
            self.dialog.show_trouble(str(refusal))
            self.dialog.base_url.setFocus()
            return
        self.dialog.set_busy(True)
        if (chosen.base_url, chosen.site_title) == (self._own.base_url, self._own.site_title):
            self._run(folder, chosen)
        else:
            self._background.run(partial(_remember, folder, chosen), partial(self._remembered, folder, chosen))

    def _remembered(self, folder: Path, chosen: FolderExportChoices, done: Future[str]) -> None:
        if self.dialog is None:
            return
        if why := done.result():
            self._say_failed(why)
        else:
            self._panes.folder.look()
            self._run(folder, chosen)

    def _run(self, folder: Path, chosen: FolderExportChoices) -> None:
        own = self._own
        options = ["--format", chosen.format]
        if chosen.theme != own.theme:  # or folders below have themes of their own
            options += ["--theme", chosen.theme]
        wanted = (
            ("--smart-quotes", self._smart_quotes() and own.smart_quotes is None),
            ("--drafts", chosen.drafts),
            ("--force", chosen.force),
        )
        options += [option for option, is_wanted in wanted if is_wanted]
        self.exporter.start(FolderOrder(folder, chosen.output, tuple(options)))

    def _show_total(self, articles: int) -> None:
        if self.dialog:
            self.dialog.show_total(articles)

    def _go_on(self, pages: list[ExportedPage]) -> None:
        if self.dialog:
            self.dialog.went_on(pages)

    def _stop(self) -> None:
        if self.dialog and self.exporter.is_running:
            self.dialog.show_stopping()
            self.exporter.stop()

    def _finish(self, summary: FolderSummary) -> None:
        if self.dialog:
            self.dialog.show_summary(summary)

    def _say_failed(self, why: str) -> None:
        if self.dialog:
            self.dialog.set_busy(False)
            self.dialog.status.setText("")
            self.dialog.show_trouble(why)


def _remember(folder: Path, chosen: FolderExportChoices) -> str:
    """Why it could not be written down, "" where it is."""
    try:
        remember_export(folder, base_url=chosen.base_url, site_title=chosen.site_title)
    except SettingsNotChanged as error:
        return str(error)
    return ""
