"""The live preview: one page, loaded once, whose chunks are exchanged as the article changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineScript, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from editor.rendering.page import preview_script
from editor.session.render_queue import PreviewNode, PreviewPatch, RenderQueue
from editor.ui import theme
from editor.ui.outside_links import outside_link
from editor.ui.preview_scheme import SCHEME, PreviewScheme, RequestGuard

_SHELL = QUrl("stet://shell/shell.html")
_MOST_CRASHES = 3
# The page's own scripts are off; ours run in this world, which the article cannot reach.
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value


class PreviewPane(QWidget):
    """Shows what a RenderQueue patches in. Nothing is fetched, no script of an article runs."""

    link_clicked = Signal(QUrl)
    """A web or mail link was clicked; the page itself never goes anywhere."""

    def __init__(self, queue: RenderQueue, folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._is_ready = False
        self._profile = QWebEngineProfile(self)
        self.guard = RequestGuard(self)
        self._scheme = PreviewScheme(self)
        self._scheme.folder = folder
        self._profile.setUrlRequestInterceptor(self.guard)
        self._profile.installUrlSchemeHandler(SCHEME, self._scheme)
        self._view = _PreviewView(self)
        self._page = _PreviewPage(self._profile, self._view)
        self._page.link_clicked.connect(self.link_clicked)
        self._page.loadFinished.connect(self._begin)
        self._crashes = 0
        self._page.renderProcessTerminated.connect(self._crashed)
        self._view.setPage(self._page)
        self._view.setAccessibleName("Preview")
        self.setFocusProxy(self._view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        queue.patched.connect(self._patch)
        queue.filled.connect(self._fill)
        self._wear_theme()

    def load(self) -> None:
        """Load the empty page; the queue fills it once it is there."""
        self._is_ready = False
        self._page.load(_SHELL)

    def set_folder(self, folder: Path | None) -> None:
        """Where the article's pictures are."""
        self._scheme.folder = folder

    def reveal(self, chunk: int) -> None:
        """Bring the chunk of this index, from 0, into view where it is not."""
        self._call("reveal", chunk)

    def read(self, script: str, answer: Callable[[object], None]) -> None:
        """Evaluate a script beside the page, which it can see and which cannot see it."""
        self._page.runJavaScript(script, _WORLD, answer)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # A new theme may come as either; and the first of them before there is a page.
        if hasattr(self, "_page") and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._wear_theme()

    def close_page(self) -> None:
        """Let go of the page before its profile, as Qt wants it; what is rendered still has nowhere to go."""
        self._is_ready = False
        self._scheme.close()
        self._view.setPage(None)  # type: ignore[arg-type]  # Qt takes null; the stubs don't say so
        self._page.deleteLater()

    def _crashed(self) -> None:
        """Begin again, but not for ever: something in the article may be what brings Chromium down."""
        self._is_ready = False
        self._crashes += 1
        if self._crashes <= _MOST_CRASHES:
            self.load()

    def _begin(self, loaded: bool) -> None:
        if not loaded:
            return
        self._page.runJavaScript(preview_script(), _WORLD)
        self._is_ready = True
        self._wear_theme()
        self._queue.begin()

    def _wear_theme(self) -> None:
        look = theme.worn()
        self._page.setBackgroundColor(QColor(look.palette.paper))
        if self._is_ready:
            self._call("theme", look.theme)

    def _patch(self, patch: PreviewPatch) -> None:
        self._call("splice", patch.first, patch.removed, _as_json(patch.nodes))

    def _fill(self, nodes: tuple[PreviewNode, ...]) -> None:
        self._call("fill", _as_json(nodes))

    def _call(self, function: str, *arguments: object) -> None:
        if self._is_ready:
            written = ",".join(json.dumps(argument) for argument in arguments)
            self._page.runJavaScript(f"stet.{function}({written})", _WORLD)


def _as_json(nodes: tuple[PreviewNode, ...]) -> list[dict[str, object]]:
    return [{"id": node.id, "html": node.html} for node in nodes]


class _PreviewView(QWebEngineView):
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Reading and copying is all there is to do here: no reload, no back, no source."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.pageAction(QWebEnginePage.WebAction.Copy))
        menu.addAction(self.pageAction(QWebEnginePage.WebAction.SelectAll))
        menu.popup(event.globalPos())


class _PreviewPage(QWebEnginePage):
    link_clicked = Signal(QUrl)

    def __init__(self, profile: QWebEngineProfile, parent: QWidget) -> None:
        super().__init__(profile, parent)
        settings = self.settings()
        attribute = QWebEngineSettings.WebAttribute
        for each in (
            attribute.JavascriptEnabled,
            attribute.PluginsEnabled,
            attribute.LocalStorageEnabled,
            attribute.LocalContentCanAccessFileUrls,
            attribute.LocalContentCanAccessRemoteUrls,
            attribute.AutoLoadIconsForPage,
            attribute.DnsPrefetchEnabled,
            attribute.NavigateOnDropEnabled,
            attribute.PdfViewerEnabled,
        ):
            settings.setAttribute(each, False)

    def acceptNavigationRequest(self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool) -> bool:
        url = QUrl(url)
        clicked = type == QWebEnginePage.NavigationType.NavigationTypeLinkClicked
        if clicked and isMainFrame and (link := outside_link(url)):
            self.link_clicked.emit(link)
        # A link within the article goes to a place on the page; without one it would load the page anew.
        is_place = url.toString().startswith(f"{_SHELL.toString()}#")
        return is_place if clicked else url == _SHELL

    def createWindow(self, type: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        return None
