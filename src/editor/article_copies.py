"""Copies of an article for other programs: HTML for the source of another page, and text with its looks."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from editor.article_panes import ArticlePanes
from editor.core.problems import Severity
from editor.session.article_session import ArticleSession
from editor.session.exporter import Exporter, sentences_of
from editor.session.render_worker import Answer
from editor.ui.main_window import MainWindow

_WHISPER_S = 8


class ArticleCopies(QObject):
    """Has the blocks that the selection touches, or without one the whole article, made by the process for exports."""

    def __init__(self, session: ArticleSession, window: MainWindow, panes: ArticlePanes, exporter: Exporter) -> None:
        super().__init__(session)
        self._session = session
        self._window = window
        self._panes = panes
        self._exporter = exporter
        self.smart_quotes = False
        """Whether copies have typographic quotes and dashes where the folder's settings say nothing of it."""

    def copy_html(self) -> None:
        """Put the selected blocks, or all of the article, on the clipboard as HTML for another page's source."""
        self._copy(rich=False)

    def copy_rich(self) -> None:
        """Put the same on the clipboard as text with its looks, for other programs."""
        self._copy(rich=True)

    def _copy(self, *, rich: bool) -> None:
        self._panes.finish_editing()
        start, end = self._panes.text.selected_range
        what = "The selected blocks are" if end > start else "The article is"
        self._exporter.ask(
            "copy",
            partial(self._take_copy, f"{what} copied as {'rich text' if rich else 'HTML'}.", rich),
            text=self._session.article.text,
            article=str(self._session.path or Path.home() / self._session.name),
            quotes=self.smart_quotes,
            start=start,
            end=end,
            rich=rich,
        )

    def _take_copy(self, said: str, rich: bool, answer: Answer) -> None:
        if answer["failed"]:
            self._window.notices.show_notice("copy", f"Nothing was copied. {answer['failed']}", Severity.ERROR)
            return
        copied = QMimeData()
        copied.setText(str(answer["text"] if rich else answer["html"]))
        if rich:
            copied.setHtml(str(answer["html"]))
        QGuiApplication.clipboard().setMimeData(copied)
        notes = sentences_of(answer)
        if notes:
            self._window.notices.show_notice("copy", " ".join((said, *notes)), Severity.WARNING)
        else:
            self._window.notices.clear("copy")
            self._window.whisper(said, _WHISPER_S)
