"""The program with its windows: what is shared between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from editor import __version__, resources
from editor.article_window import ArticleWindow
from editor.core.problems import Severity
from editor.session.article_session import ArticleSession, FileMissing, FileUnreadable
from editor.session.render_worker import RenderWorker
from editor.storage.file_bytes import SaveFailed
from editor.storage.settings_file import (
    Autosave,
    Layout,
    Settings,
    load_settings,
    save_settings,
)
from editor.ui import theme
from editor.ui.dialogs import files, questions
from editor.ui.line_layout import empty_document
from editor.unsaved_drafts import UnsavedDrafts

_LONGEST_END_MS = 1000
_SETTINGS_PAUSE_MS = 500
"""Before changed settings are written, which waits for the disk: a window that opens changes some."""
_SMALLEST_TEXT, _USUAL_TEXT, _LARGEST_TEXT = 6, 12, 48
_NARROWEST_COLUMN, _WIDEST_COLUMN, _COLUMN_STEP = 40, 160, 4
_ZOOMS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""The sizes of the preview that are stepped through, in percent."""


class Application(QObject):
    """Opens, lists and closes windows, and keeps the settings."""

    def __init__(self, qt: QApplication, settings_file: Path, state: Path, worker: RenderWorker | None = None) -> None:
        """`state` is the folder for what outlives the program: drafts, earlier versions, claims.

        `worker` is for the first window, where one was started in advance.
        """
        super().__init__(qt)
        self._state = state
        self._worker = worker
        self.drafts = UnsavedDrafts(state, self._open_for_draft, self)
        self.drafts.found.connect(self._offer_drafts)
        self._qt = qt
        self._settings_file = settings_file
        self.settings, self._complaints = load_settings(settings_file)
        self._settings_due = QTimer(self, singleShot=True, interval=_SETTINGS_PAUSE_MS)
        self._settings_due.timeout.connect(self._write_settings)
        self.windows: list[ArticleWindow] = []
        theme.apply_theme(qt, theme.Theme(self.settings.theme))

    # Windows

    def start(self, paths: list[Path]) -> None:
        """Open the articles named on the command line, or a new one."""
        self.open_files(paths)
        if not self.windows:
            self.new()
        for complaint in self._complaints:
            self.windows[0].notices.show_notice("settings", complaint)
        self.drafts.look_soon()

    def new(self) -> ArticleWindow:
        """Open a window on a new article made from the template."""
        template = resources.read_text("templates/article.md")
        text = template.replace("{date}", datetime.now().astimezone().date().isoformat())
        return self._open_window(ArticleSession.new(text, self._state))

    def open_files(self, paths: list[Path]) -> None:
        """Open each in a window of its own; one that is open already comes to the front."""
        refusals = []
        for path in paths:
            if already := self._window_on(path):
                already.raise_window()
                continue
            try:
                session = ArticleSession.open(path, self._state, document=empty_document())
            except FileUnreadable as error:
                refusals.append(error.message)
                if isinstance(error, FileMissing):
                    self._show_recent(self.settings.without_recent_file(path.absolute()))
                continue
            pristine = next((each for each in self.windows if each.is_pristine), None)
            self._open_window(session)
            self._remember(path)
            if pristine:
                pristine.window_close()
        if refusals:
            window = self._front() or self.new()
            window.notices.show_notice("open", " ".join(refusals), Severity.ERROR)

    def _window_on(self, path: Path) -> ArticleWindow | None:
        real = path.resolve()
        return next((each for each in self.windows if each.session.path and each.session.path.resolve() == real), None)

    def _open_window(self, session: ArticleSession) -> ArticleWindow:
        worker, self._worker = self._worker or RenderWorker(), None
        window = ArticleWindow(session, self.settings, self._handlers(), worker)
        window.closed.connect(self._forget)
        window.saved.connect(self._remember)
        window.window.layout_chosen.connect(self._keep_layout)
        window.preview.zoom_asked.connect(self._step_zoom)
        window.exports.opening_chosen.connect(self._keep_opening)
        window.files_asked.connect(lambda paths: self.open_files([Path(path) for path in paths]))
        self.windows.append(window)
        window.set_autosave(self.settings.autosave)
        window.set_smart_quotes(self.settings.smart_quotes)
        self._check_choices()
        window.show()
        return window

    def _forget(self, window: ArticleWindow) -> None:
        geometry, splitters = window.window.layout_state()
        self._change(replace(self.settings, window_geometry=geometry, splitters=splitters))
        self.windows.remove(window)

    def _front(self) -> ArticleWindow | None:
        active = next((each for each in self.windows if each.window.isActiveWindow()), None)
        return active or (self.windows[-1] if self.windows else None)

    def quit(self) -> None:
        """Close all windows; one with unsaved changes asks, and stays when the writer wants it to."""
        for window in tuple(self.windows):
            window.window_close()

    def close(self) -> None:
        """End what goes on in the background, and write what is not written yet."""
        if self._settings_due.isActive():
            self._write_settings()
        self.drafts.close()
        for process in self._qt.findChildren(QProcess):  # which were told to end already
            process.waitForFinished(_LONGEST_END_MS)

    def end(self) -> None:
        """Close all windows at once and keep what is not saved as drafts: the desktop or the machine shuts down."""
        for window in tuple(self.windows):
            window.close_keeping_draft()

    # Drafts

    def _offer_drafts(self) -> None:
        if window := self._front():
            self.drafts.offer(window)

    def _review_drafts(self) -> None:
        if window := self._front():
            self.drafts.review(window)

    def _open_for_draft(self, path: Path | None) -> ArticleWindow | None:
        """A window on the article of a draft, or on an empty one for a draft without a file."""
        if path is None:
            return self._open_window(ArticleSession.new("", self._state))
        self.open_files([path])
        return self._window_on(path)

    # Commands that concern all windows

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self.new,
            "open": self._ask_what_to_open,
            "quit": self.quit,
            "larger": lambda: self._set_text_size(self.settings.editor_font_size + 1),
            "smaller": lambda: self._set_text_size(self.settings.editor_font_size - 1),
            "usual-size": lambda: self._set_text_size(_USUAL_TEXT),
            "wider": lambda: self._set_column_width(self.settings.column_width + _COLUMN_STEP),
            "narrower": lambda: self._set_column_width(self.settings.column_width - _COLUMN_STEP),
            "zoom-in": lambda: self._step_zoom(1),
            "zoom-out": lambda: self._step_zoom(-1),
            "zoom-usual": lambda: self._set_zoom(100),
            **{f"theme-{each}": partial(self._set_theme, each) for each in theme.Theme},
            **{f"autosave-{each}": partial(self._set_autosave, each) for each in get_args(Autosave)},
            "smart-quotes": lambda: self._set_smart_quotes(not self.settings.smart_quotes),
            "drafts": self._review_drafts,
            "shortcuts": self._show_shortcuts,
            "about": lambda: questions.tell_about(self._front_widget(), __version__),
        }

    def _show_shortcuts(self) -> None:
        # Like all dialogs that few ask for, imported when it is opened.
        from editor.ui.dialogs.shortcuts import show_shortcuts  # noqa: PLC0415

        show_shortcuts(self._front_widget())

    def _front_widget(self) -> QWidget:
        window = self._front()
        return window.window if window else QWidget()

    def _ask_what_to_open(self) -> None:
        window = self._front()
        if window:
            folder = window.session.folder or Path(self.settings.last_folder or Path.home())
            files.ask_for_articles(window.window, str(folder), self.open_files)

    def _set_text_size(self, points: int) -> None:
        points = max(_SMALLEST_TEXT, min(points, _LARGEST_TEXT))
        self._change(replace(self.settings, editor_font_size=points))
        for window in self.windows:
            window.set_text_size(points)

    def _set_column_width(self, characters: int) -> None:
        characters = max(_NARROWEST_COLUMN, min(characters, _WIDEST_COLUMN))
        self._change(replace(self.settings, column_width=characters))
        for window in self.windows:
            window.set_column_width(characters)

    def _step_zoom(self, steps: int) -> None:
        """To the next size of the preview, or by more of them; from a size between two the nearest counts."""
        nearest = min(range(len(_ZOOMS)), key=lambda index: abs(_ZOOMS[index] - self.settings.preview_zoom))
        self._set_zoom(_ZOOMS[max(0, min(nearest + steps, len(_ZOOMS) - 1))])

    def _set_zoom(self, percent: int) -> None:
        self._change(replace(self.settings, preview_zoom=percent))
        for window in self.windows:
            window.set_zoom(percent)

    def _keep_layout(self, name: Layout) -> None:
        self._change(replace(self.settings, layout=name))

    def _keep_opening(self, opens: bool) -> None:
        self._change(replace(self.settings, open_exported=opens))
        for window in self.windows:
            window.exports.opens_exported = opens

    def _set_theme(self, chosen: theme.Theme) -> None:
        self._change(replace(self.settings, theme=chosen.value))
        theme.apply_theme(self._qt, chosen)
        self._check_choices()

    def _set_autosave(self, when: Autosave) -> None:
        self._change(replace(self.settings, autosave=when))
        for window in self.windows:
            window.set_autosave(when)
        self._check_choices()

    def _set_smart_quotes(self, smart_quotes: bool) -> None:
        self._change(replace(self.settings, smart_quotes=smart_quotes))
        for window in self.windows:
            window.set_smart_quotes(smart_quotes)
        self._check_choices()

    def _check_choices(self) -> None:
        """Tick what is chosen among the settings."""
        for window in self.windows:
            commands = window.window.commands
            for each in theme.Theme:
                commands[f"theme-{each}"].setChecked(each == self.settings.theme)
            commands["smart-quotes"].setChecked(self.settings.smart_quotes)
            for when in get_args(Autosave):
                commands[f"autosave-{when}"].setChecked(when == self.settings.autosave)

    def _remember(self, path: Path) -> None:
        self._show_recent(self.settings.with_recent_file(path))

    def _show_recent(self, settings: Settings) -> None:
        self._change(settings)
        for window in self.windows:
            window.set_recent_files(self.settings.recent_files)

    def _change(self, settings: Settings) -> None:
        if settings != self.settings:
            self.settings = settings
            self._settings_due.start()

    def _write_settings(self) -> None:
        self._settings_due.stop()
        try:
            save_settings(self._settings_file, self.settings)
        except SaveFailed as error:
            if window := self._front():
                window.notices.show_notice("settings", error.message)
