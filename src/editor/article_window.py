"""One article's window: its session, its panes and its commands, connected. Panes meet here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QApplication

from editor.article_audit import AUDIT_COMMANDS, ArticleAudit
from editor.article_citations import ArticleCitations
from editor.article_copies import ArticleCopies
from editor.article_evidence import ArticleEvidence
from editor.article_exports import ArticleExports
from editor.article_files import ArticleFiles
from editor.article_look import ArticleLook
from editor.article_panes import ArticlePanes
from editor.article_references import ArticleReferences
from editor.article_status import ArticleStatus
from editor.core.problems import Severity
from editor.session.article_session import ArticleSession
from editor.session.exporter import Exporter
from editor.session.garbage import look_at_everything, pass_over_what_stays
from editor.session.render_queue import RenderQueue
from editor.session.render_worker import RenderWorker
from editor.storage.article_file import ENCODINGS
from editor.storage.settings_file import Autosave, Settings
from editor.ui import theme
from editor.ui.commands import EDIT, ENCODING, PAGE_THEMES, RECENT, Need
from editor.ui.dialogs import questions
from editor.ui.main_window import MainWindow
from editor.ui.notices import Choice
from editor.ui.outside_links import outside_link

if TYPE_CHECKING:
    from editor.article_folder_export import ArticleFolderExport
    from editor.ui.citations_grid import CitationsGrid
    from editor.ui.find_bar import FindBar
    from editor.ui.front_matter_form import FrontMatterForm

_MEASURE_PER_CHARACTER = 68 / 72
"""Digits of the preview's type to a character of the text's, by the columns that both have to begin with."""
_WHISPER_S = 5


class ArticleWindow(QObject):
    """Builds one window on one session and connects what is in it."""

    closed = Signal(QObject)
    """With itself, once the window is gone for good."""
    saved = Signal(Path)
    files_asked = Signal(list)
    """Paths of files that were dropped on the window or chosen among the recent ones."""

    def __init__(
        self,
        session: ArticleSession,
        settings: Settings,
        handlers: Mapping[str, Callable[[], object]],
        worker: RenderWorker,
    ) -> None:
        """`handlers` are those of the commands that concern the whole program; `worker` is for this window alone."""
        super().__init__()
        self.session = session
        session.setParent(self)
        self.worker = worker
        worker.setParent(self)
        self.queue = RenderQueue(session.article, self.worker, self)
        self._panes = ArticlePanes(session, self.queue, settings, self)
        self.text, self.preview = self._panes.text, self._panes.preview
        self.scroll_sync = self._panes.scroll_sync
        self.window = MainWindow(self._panes.places, {**handlers, **self._handlers(), **self._panes.handlers()})
        self.notices = self.window.notices
        self.files = ArticleFiles(session, self.window, self._panes.finish_editing)
        self.exporter = Exporter(self)
        self.exports = ArticleExports(session, self.window, self._panes, self.exporter)
        self.copies = ArticleCopies(session, self.window, self._panes, self.exporter)
        self.exports.opens_exported = settings.open_exported
        self.folder_export: ArticleFolderExport | None = None
        self.look = ArticleLook(session, self.window, self.preview, self.queue)
        self.references = ArticleReferences(session, self.window, self._panes)
        self.citations = ArticleCitations(session, self.text, self.window)
        self.audit = ArticleAudit(session, self._panes, self.window)
        self.evidence = ArticleEvidence(session, self.window, self.audit)
        self.status = ArticleStatus(session, self.text, self.window, self.audit)
        self._connect()
        self._show_lock()
        for name in ("form", "grid", "preview"):
            self.window.set_shown(name, True)
        self.window.set_empty("grid", not self._panes.may_have_table)
        self.window.set_shown("problems", False)
        self._fill_encodings()
        self._caret_moved(0, 0)
        self.window.restore_layout(settings.window_geometry, settings.splitters)
        self.window.set_layout(settings.layout)
        self.set_column_width(settings.column_width)
        self.preview.set_zoom(settings.preview_zoom)
        self.set_recent_files(settings.recent_files)

    def show(self) -> None:
        """Show the window, with the caret in the text; the preview follows once that is seen."""
        self.text.place_caret(self._first_place_to_write())
        self._panes.build_behind(self.window, self.look.begin, (self._say_what_it_holds, self._offer_papers))
        self.window.show()
        self.window.focus_first()

    def _say_what_it_holds(self) -> None:
        self.status.say_all()
        self.audit.begin()

    def _offer_papers(self) -> None:
        if self.audit.auditor:
            self.citations.begin(self.audit.auditor)

    @property
    def form(self) -> FrontMatterForm:
        """The form of the front matter; like the two below it comes behind the text, or when it is asked for."""
        return self._panes.form

    @property
    def grid(self) -> CitationsGrid:
        """The grid of the citations table."""
        return self._panes.grid

    @property
    def find(self) -> FindBar:
        """The line in which something is sought."""
        return self._panes.find

    def _first_place_to_write(self) -> int:
        """Below the front matter, which one stray key would break; in a new article behind the heading's mark."""
        article = self.session.article
        start = len(article.head)
        if self.session.path is None and article.outline:
            start = article.outline[0].start
            return start + len(article.slice(start, article.length).split("\n", 1)[0])
        text = self.session.text
        return len(text) - len(text[start:].lstrip("\r\n"))

    def raise_window(self) -> None:
        """Bring the window before the others."""
        self.window.raise_()
        self.window.activateWindow()

    @property
    def is_pristine(self) -> bool:
        """Whether it holds a new article that nobody has touched."""
        return self.session.path is None and not self.session.is_dirty

    def _connect(self) -> None:
        buffer = self.session.buffer
        buffer.changed.connect(self.queue.follow)
        buffer.changed.connect(lambda _change: self.notices.clear("refused"))
        buffer.shown.connect(self._changed_elsewhere)
        self.session.renamed.connect(self._renamed)
        self.session.lock_changed.connect(self._show_lock)
        self.text.caret_moved.connect(self._caret_moved)
        self.text.menu_wanted.connect(lambda place: self.window.menu(EDIT).popup(place))
        self._panes.refused.connect(self._say_refused)
        self.citations.refused.connect(self._say_refused)
        self._panes.link_activated.connect(self._open_link)
        self._panes.needs_changed.connect(self._refresh_needs)
        self._panes.grid_emptied.connect(partial(self.window.set_empty, "grid"))
        self.preview.file_link_clicked.connect(self._say_file_link)
        self.preview.link_hovered.connect(self.window.whisper)
        self.preview.printed.connect(self._say_printed)
        self.window.layout_chosen.connect(lambda _: self.scroll_sync.begin_anew())
        self.scroll_sync.text_wanted.connect(partial(self.window.go_to, "text"))
        self.queue.failed.connect(self._say_preview_failing)
        self.queue.settled.connect(pass_over_what_stays, Qt.ConnectionType.SingleShotConnection)
        self.preview.failing.connect(self._say_preview_failing)
        self.files.saved.connect(self.saved)
        self.files.saved.connect(lambda _path: self.status.refresh())
        self.files.go_to_line_asked.connect(self.text.go_to_line)
        self.files.outside.reloaded.connect(self.status.refresh)
        self.window.close_asked.connect(self._close_asked)
        # The document must outlive the pane that shows it.
        self.window.destroyed.connect(self.deleteLater)
        self.window.files_dropped.connect(self.files_asked)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            **{name: partial(self._ask_files, command) for name, command in _FILE_COMMANDS.items()},
            "close": self.window_close,
            "undo": self.session.buffer.undo,
            "redo": self.session.buffer.redo,
            **{name: partial(_ask_focus_widget, slot) for name, slot in _CLIPBOARD.items()},
            **{name: partial(self._ask_copies, command) for name, command in _COPY_COMMANDS.items()},
            **{name: partial(self._ask_exports, command) for name, command in _EXPORT_COMMANDS.items()},
            **{name: partial(self._ask_references, command) for name, command in _REFERENCE_COMMANDS.items()},
            "export-folder": self._open_folder_export,
            "print": self._ask_how_to_print,
            "cite": self._cite,
            **{f"page-{theme}": partial(self._choose_look, theme) for theme in PAGE_THEMES},
            "evidence": self._open_evidence,
            **{name: partial(self._ask_audit, command) for name, command in AUDIT_COMMANDS.items()},
        }

    def _ask_files(self, command: Callable[[ArticleFiles], object]) -> None:
        command(self.files)

    def _ask_copies(self, command: Callable[[ArticleCopies], object]) -> None:
        command(self.copies)

    def _ask_exports(self, command: Callable[[ArticleExports], object]) -> None:
        command(self.exports)

    def _ask_references(self, command: Callable[[ArticleReferences], object]) -> None:
        command(self.references)

    def _cite(self) -> None:
        self.citations.cite()

    def _open_folder_export(self) -> None:
        from editor.article_folder_export import ArticleFolderExport  # noqa: PLC0415

        if self.folder_export is None:
            self.folder_export = ArticleFolderExport(
                self.session, self.window, self._panes, self.files.save, lambda: self._smart_quotes
            )
            self.folder_export.article_wanted.connect(lambda path: self.files_asked.emit([str(path)]))
        self.folder_export.open()

    def _choose_look(self, theme: str) -> None:
        self.look.choose(theme)
        self.exports.choose_theme(theme)

    def _open_evidence(self) -> None:
        self.evidence.open()

    def _ask_audit(self, command: Callable[[ArticleAudit], object]) -> None:
        command(self.audit)

    # Following the article

    def _caret_moved(self, line: int, column: int) -> None:
        self.status.caret_moved(line)
        self.scroll_sync.caret_moved(self.queue.look_at(self.text.caret_offset), line, column)

    def _changed_elsewhere(self, start: int) -> None:
        self.queue.look_at(start)
        self.scroll_sync.show(start)

    def _refresh_needs(self) -> None:
        for need, met in self._panes.met_needs().items():
            self.window.enable(need, met)

    def _renamed(self) -> None:
        self.preview.set_folder(self.session.folder)
        self.status.refresh_title()

    def _show_lock(self) -> None:
        """A text that could not be saved back as it was is for reading only."""
        locked = self.session.locked
        self._panes.show_lock()
        if locked:
            self.notices.show_notice("locked", locked, choices=self._ways_out_of_lock())
        else:
            self.notices.clear("locked")
        self.window.enable(Need.EDITABLE, not locked)
        self._refresh_needs()

    def _ways_out_of_lock(self) -> list[Choice]:
        if self.session.is_claimed_elsewhere:
            return [("Edit All the Same", self.session.edit_all_the_same)]
        line = self.session.locked_line
        return [("Show", lambda: self.text.go_to_line(line - 1))] if line else []

    # Saying things

    def _say_refused(self, message: str, line: int) -> None:
        place = f"Line {line}: " if line and f"line {line}" not in message.lower() else ""
        self.notices.show_notice("refused", place + message)

    def _say_preview_failing(self, why: str) -> None:
        if why:
            self.notices.show_notice("preview", f"{why} What you see of it in the preview may be old.")
        else:
            self.notices.clear("preview")

    def _open_link(self, url: QUrl) -> None:
        """Open a link of the article in the desktop's browser, only ever at the writer's click."""
        if link := outside_link(url):
            QDesktopServices.openUrl(link)

    def _say_file_link(self, path: str) -> None:
        self.window.whisper(f"“{path}” is a file: the link works on the exported page beside it, not here.", _WHISPER_S)

    # Printing

    def _ask_how_to_print(self) -> None:
        from editor.ui.dialogs.printing import ask_how_to_print  # noqa: PLC0415

        self.window.set_shown("preview", True)
        ask_how_to_print(self.window, self.session.name, self.preview.print_on)

    def _say_printed(self, worked: bool) -> None:
        if worked:
            self.window.whisper("Printed.", _WHISPER_S)
        else:
            self.notices.show_notice("print", "The article could not be printed.", Severity.ERROR)

    # Files

    def _fill_encodings(self) -> None:
        """Fill the menu of encodings, for a file whose own was not found out right."""
        menu = self.window.menu(ENCODING)
        for encoding, name in ENCODINGS:
            menu.addAction(name, partial(self.files.reopen, encoding))

    def set_recent_files(self, paths: tuple[str, ...]) -> None:
        """Fill the menu of recent files, the newest first."""
        menu = self.window.menu(RECENT)
        menu.clear()
        for number, path in enumerate(paths, 1):
            title = f"&{number % 10} {path}".replace("&", "&&").replace("&&", "&", 1)
            menu.addAction(title, partial(self.files_asked.emit, [path]))
        menu.setEnabled(bool(paths))

    # Settings that show

    def set_text_size(self, points: int) -> None:
        """Set the size of the text being written."""
        font = theme.editor_font(points)
        self.session.buffer.document.setDefaultFont(font)
        self.text.setFont(font)

    def set_zoom(self, percent: int) -> None:
        """Enlarge the preview, to so many percent of its usual size."""
        self.preview.set_zoom(percent)
        self.window.whisper(f"Preview at {percent} %", _WHISPER_S)

    def set_column_width(self, characters: int) -> None:
        """Set the width of the columns of text and preview, which is in characters of the text."""
        self.text.set_column_width(characters)
        self.preview.set_measure(round(characters * _MEASURE_PER_CHARACTER))

    def set_smart_quotes(self, smart_quotes: bool) -> None:
        """Whether preview and exported pages have typographic quotes and dashes; the preview begins anew with them."""
        self.exports.smart_quotes = self.copies.smart_quotes = smart_quotes
        self._smart_quotes = smart_quotes
        self.look.set_smart_quotes(smart_quotes)

    def set_autosave(self, when: Autosave) -> None:
        """When to save without being asked."""
        self.files.set_autosave(when)

    # Closing

    _smart_quotes = False
    _may_close = False
    _keeps_draft = False

    def window_close(self) -> None:
        """Close the window, asking first where changes would be lost."""
        self.window.close()

    def _close_asked(self, event: QCloseEvent) -> None:
        self._panes.finish_editing()
        if self.session.is_dirty and not self._may_close:
            event.ignore()
            questions.ask_about_unsaved(
                self.window, self.session.name, partial(self.files.save, self.window_close), self.close_without_saving
            )
            return
        self.status.close()
        self.exporter.close()
        self.exports.close()
        if self.folder_export:
            self.folder_export.close()
        self.files.close(keep_draft=self._keeps_draft)
        self.worker.close()
        self.audit.close()
        self.look.close()
        self._panes.close()
        self.citations.close()
        look_at_everything()
        self.closed.emit(self)

    def close_without_saving(self) -> None:
        """Close the window; what was not saved is lost."""
        self._may_close = True
        self.window.close()

    def close_keeping_draft(self) -> None:
        """Close the window without a question; what was not saved is offered at the next start."""
        self._keeps_draft = self.session.is_dirty
        self.close_without_saving()


_FILE_COMMANDS: Mapping[str, Callable[[ArticleFiles], object]] = {
    "save": ArticleFiles.save,
    "save-as": ArticleFiles.save_as,
    "versions": ArticleFiles.show_versions,
}
_EXPORT_COMMANDS: Mapping[str, Callable[[ArticleExports], object]] = {
    "export": ArticleExports.open,
    "export-again": ArticleExports.again,
}
_COPY_COMMANDS: Mapping[str, Callable[[ArticleCopies], object]] = {
    "copy-html": ArticleCopies.copy_html,
    "copy-rich": ArticleCopies.copy_rich,
}
_REFERENCE_COMMANDS: Mapping[str, Callable[[ArticleReferences], object]] = {
    "import-references": ArticleReferences.ask_for_files,
    "paste-references": ArticleReferences.paste,
    "export-table": ArticleReferences.ask_where_to_export,
}
_CLIPBOARD = {"cut": "cut", "copy": "copy", "paste": "paste", "select-all": "selectAll"}


def _ask_focus_widget(slot: str) -> None:
    """Cut, copy, paste and select where the focus is, if that can."""
    act = getattr(QApplication.focusWidget(), slot, None)
    if callable(act):
        act()
