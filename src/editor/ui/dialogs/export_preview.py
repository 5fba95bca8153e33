"""An export as it will be, shown before it is made: a page in Chromium, or a text."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QStackedWidget, QWidget
from shiboken6 import delete

from editor.ui import theme
from editor.ui.preview_page import PreviewPage, PreviewView
from editor.ui.preview_scheme import SCHEME, RequestGuard, register_scheme

_PAGE = QUrl("stet://export/page")
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_SCREEN_WIDTH, _PAPER_WIDTH = 1080, 794
"""In CSS pixels: a page as most readers have it, and a sheet of A4 at 96 to the inch."""
_SMALLEST = 0.25
"""Less Chromium does not show."""


class ExportPreview(QStackedWidget):
    """Shows one thing at a time, so small that all of its width is seen. Nothing is fetched, no script runs, no link
    leads anywhere."""

    escaped = Signal()
    """Escape was pressed on the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        register_scheme()
        self._profile = QWebEngineProfile(self)
        self.guard = RequestGuard(self)
        self._scheme = _PageScheme(self)
        self._profile.setUrlRequestInterceptor(self.guard)
        self._profile.installUrlSchemeHandler(SCHEME, self._scheme)
        self.view = _View(self)
        self.page = _ExportPage(self._profile, self.view)
        self.view.setPage(self.page)
        self.view.setAccessibleName("Preview")
        self.text = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.text.setFont(theme.editor_font(theme.worn().type.editor_size * theme.worn().type.small))
        self.text.setAccessibleName("Preview")
        self.text.document().setDocumentMargin(theme.worn().spacing.large)
        self.message = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setProperty("class", "quiet")
        self.message.setMargin(theme.worn().spacing.huge)
        self._width = _SCREEN_WIDTH
        self._scrolled = 0.0
        for each in (self.message, self.view, self.text):
            self.addWidget(each)
        self.page.setBackgroundColor(QColor(theme.worn().palette.paper))
        # Queued: whoever hears of it may close the page, whose key it is.
        self.view.escaped.connect(self.escaped, Qt.ConnectionType.QueuedConnection)
        self.page.loadFinished.connect(self._show_loaded)
        self.page.renderProcessTerminated.connect(lambda: self.show_message("The preview ended."))
        self.show_message("…")

    def show_page(self, html: str, *, on_paper: bool) -> None:
        """Show a page, scrolled as the one before was; `on_paper` as wide as a sheet."""
        self._width = _PAPER_WIDTH if on_paper else _SCREEN_WIDTH
        if self.currentWidget() is self.view:
            self._scrolled = self.page.scrollPosition().y() / self.view.zoomFactor()
        self._fit()
        self._scheme.page = html.encode("utf-8", "replace")
        self.page.load(_PAGE)

    def show_text(self, text: str, *, has_lines: bool) -> None:
        """Show a text, scrolled as the one before was; one that `has_lines` of its own with these and no others."""
        modes = QPlainTextEdit.LineWrapMode
        self.text.setLineWrapMode(modes.NoWrap if has_lines else modes.WidgetWidth)
        bar = self.text.verticalScrollBar()
        at = bar.value()
        self.text.setPlainText(text)
        bar.setValue(at)
        self.setCurrentWidget(self.text)

    def show_message(self, message: str) -> None:
        """Say why nothing is shown."""
        self.message.setText(message)
        self.setCurrentWidget(self.message)

    def close_page(self) -> None:
        """Let go of the page before its profile, as Qt wants it."""
        self.view.setPage(None)  # type: ignore[arg-type]  # Qt takes null; the stubs don't say so
        delete(self.page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.view.setZoomFactor(max(_SMALLEST, min(1.0, self.width() / self._width)))

    def _show_loaded(self, loaded: bool) -> None:
        if loaded:
            if self._scrolled:
                self.page.runJavaScript(f"scrollTo({{top: {self._scrolled}, behavior: 'instant'}})", _WORLD)
            self.setCurrentWidget(self.view)


class _View(PreviewView):
    """One stop for Tab: its links lead nowhere, so that nobody need go through them. Chromium would keep Escape."""

    escaped = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        keys = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
        if not isinstance(event, QKeyEvent) or event.key() not in keys:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.escaped.emit()
            else:
                self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        return True


class _ExportPage(PreviewPage):
    """Goes nowhere but to what is to be shown."""

    def acceptNavigationRequest(self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool) -> bool:
        return QUrl(url) == _PAGE and type != QWebEnginePage.NavigationType.NavigationTypeLinkClicked


class _PageScheme(QWebEngineUrlSchemeHandler):
    """Answers with the page to be shown, and with nothing else."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = b""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        if job.requestUrl() != _PAGE:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        body = QBuffer(job)
        body.setData(QByteArray(self.page))
        body.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(b"text/html; charset=utf-8", body)
