"""How one window's preview looks: as the article's folder has its pages, and as the menu lets the writer choose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.core.problems import Severity
from editor.session.article_session import ArticleSession
from editor.session.render_queue import RenderQueue
from editor.ui.commands import PAGE_THEMES
from editor.ui.main_window import MainWindow
from editor.ui.preview_pane import PreviewPane

if TYPE_CHECKING:
    from editor.session.folder_look import FolderLook

_WHISPER_S = 5


class ArticleLook(QObject):
    """Dresses the preview. What an article without a file wears is its window's alone."""

    def __init__(self, session: ArticleSession, window: MainWindow, preview: PreviewPane, queue: RenderQueue) -> None:
        super().__init__(session)
        self._session = session
        self._window = window
        self._preview = preview
        self._queue = queue
        self._folder_look: FolderLook | None = None
        self._is_closed = False
        self._programs_quotes = self._quotes = False
        preview.await_look()

    def begin(self) -> None:
        """Look what the folder wants; the preview's page waits for that with its styles."""
        self._learn(self._made())

    def choose(self, theme: str) -> None:
        """Have pages in this theme from now on, those of the whole folder."""
        self._made().choose(theme)

    def set_smart_quotes(self, smart_quotes: bool) -> None:
        """Whether the preview has typographic quotes and dashes where the folder does not say; it begins anew then."""
        self._programs_quotes = smart_quotes
        self._set_quotes()
        if self._folder_look and self._folder_look.look and self._folder_look.look.smart_quotes is not None:
            self._window.whisper("The quotes of this folder's pages are set in “stet.toml”.", _WHISPER_S)

    def close(self) -> None:
        """Follow the folder no more."""
        self._is_closed = True
        if self._folder_look:
            self._folder_look.close()

    def _made(self) -> FolderLook:
        # Imported here: the text is seen before anything has a look.
        from editor.session.folder_look import FolderLook  # noqa: PLC0415

        if self._folder_look is None:
            self._folder_look = look = FolderLook(self)
            look.changed.connect(self._wear)
            look.not_remembered.connect(self._say_not_remembered)
            self._session.renamed.connect(lambda: self._learn(look))
        return self._folder_look

    def _learn(self, look: FolderLook) -> None:
        path: Path | None = self._session.path
        if not self._is_closed:
            look.learn(path.parent if path else None)

    def _wear(self) -> None:
        look = self._folder_look.look if self._folder_look else None
        if look is None or self._is_closed:
            return
        self._preview.set_look(look.style)
        self._set_quotes()
        for theme in PAGE_THEMES:
            self._window.commands[f"page-{theme}"].setChecked(theme == look.theme)
        if look.refused:
            self._window.notices.show_notice("look", f"{look.refused} The preview is shown without it.")
        else:
            self._window.notices.clear("look")

    def _set_quotes(self) -> None:
        look = self._folder_look.look if self._folder_look else None
        folders = look.smart_quotes if look else None
        quotes = self._programs_quotes if folders is None else folders
        if quotes != self._quotes:
            self._quotes = quotes
            self._queue.set_smart_quotes(quotes)
            if self._preview.is_loaded:
                self._preview.load()

    def _say_not_remembered(self, why: str) -> None:
        self._window.notices.show_notice("page-theme", why, Severity.ERROR)
