"""The preview's page and the widget that shows it: what an article may do there, and what the reader's hands do."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QChildEvent,
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimerEvent,
    QUrl,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from editor.ui.outside_links import outside_link
from editor.ui.page_powers import take_powers

SHELL = QUrl("stet://shell/shell.html")
_SHELL_PARTS = SHELL.scheme(), SHELL.host(), SHELL.path()
_SCROLLING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Space,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    }
)
"""Keys that scroll, or go to a link or follow it."""
_NOTCH = 120
"""A wheel's step, in eighths of a degree."""


class PreviewPage(QWebEnginePage):
    """A page that goes nowhere: its links are told of, and followed by nobody but the reader's own programs."""

    link_clicked = Signal(QUrl)
    """A web or mail link."""
    file_link_clicked = Signal(str)
    """A link to another file beside the article, by the path as it is written."""
    link_hovered = Signal(str)
    """The address of the link under the pointer, as a reader may see it; empty when there is none any more."""

    def __init__(self, profile: QWebEngineProfile, parent: QWidget) -> None:
        super().__init__(profile, parent)
        self.linkHovered.connect(lambda address: self.link_hovered.emit(link_address(QUrl(address)) if address else ""))
        take_powers(self.settings())

    def acceptNavigationRequest(self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool) -> bool:
        url = QUrl(url)
        if type != QWebEnginePage.NavigationType.NavigationTypeLinkClicked:
            return url == SHELL
        if is_in_page(url):
            return True
        if isMainFrame and (link := outside_link(url)):
            self.link_clicked.emit(link)
        elif isMainFrame and url.scheme() == SHELL.scheme() and url != SHELL:
            self.file_link_clicked.emit(url.path().removeprefix("/"))
        return False

    def createWindow(self, type: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        return None


def is_in_page(url: QUrl) -> bool:
    """Whether a link leads to a place of the article itself."""
    return url.hasFragment() and (url.scheme(), url.host(), url.path()) == _SHELL_PARTS and not url.hasQuery()


def link_address(url: QUrl) -> str:
    """A link's address as a reader may see it: a path within the article's folder, else the whole, nothing hidden."""
    if is_in_page(url):
        return "#" + url.fragment()
    if url.scheme() == SHELL.scheme():
        return url.path().removeprefix("/")
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


class PreviewView(QWebEngineView):
    """Shows the page. Chromium draws into a child of its own, which is where the reader's hands are noticed."""

    touched = Signal()
    """A wheel, a button or a key that scrolls: from now on the reader may."""
    pressed = Signal(QPointF)
    """A plain press, in pixels of the widget: a click may come of it, or a selection."""
    clicked = Signal(bool)
    """A click came of the last press, and whether it is a double click's second."""
    zoom_asked = Signal(int)
    """Ctrl and the wheel, by so many steps."""
    tip_wanted = Signal(QPointF, QPoint)
    """The pointer rests there, in pixels of the widget and on the screen."""
    followed = Signal(QPointF)
    """A press with Ctrl, in pixels of the widget."""

    def __init__(self, parent: QWidget) -> None:
        self._canvas: QObject | None = None
        super().__init__(parent)
        self._pressed_at: QPointF | None = None
        self._turned = 0
        self._dispatcher = QAbstractEventDispatcher.instance()
        self._dispatcher.aboutToBlock.connect(self._draw_now)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Reading and copying is all there is to do here: no reload, no back, no source."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.pageAction(QWebEnginePage.WebAction.Copy))
        menu.addAction(self.pageAction(QWebEnginePage.WebAction.SelectAll))
        menu.popup(event.globalPos())

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        if not event.removed():
            self._notice_canvas()
        elif event.child() is self._canvas:
            self._canvas = None

    def _notice_canvas(self) -> None:
        """The child that has the focus; `event.child()` may be of any kind, and PySide would make all kinds for it."""
        canvas = self.focusProxy()
        if canvas and canvas is not self._canvas and canvas.parent() is self:
            self._canvas = canvas
            canvas.installEventFilter(self)

    def _draw_now(self) -> None:
        """Draw the frame that Qt would hold back for 5 ms, in case more comes: nothing else is left to do."""
        if self._canvas:
            for pause in self._dispatcher.registeredTimers(self._canvas):
                QCoreApplication.sendEvent(self._canvas, QTimerEvent(pause.timerId))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._zoom(event.angleDelta().y())
                return True
            self.touched.emit()
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self.tip_wanted.emit(QPointF(event.pos()), event.globalPos())
        elif isinstance(event, QMouseEvent):
            self._notice_mouse(event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _SCROLLING:
            self.touched.emit()
        return False

    def _zoom(self, angle: int) -> None:
        """A wheel turns by notches, a touchpad by less at a time."""
        self._turned += angle
        steps = int(self._turned / _NOTCH)
        self._turned -= steps * _NOTCH
        if steps:
            self.zoom_asked.emit(steps)

    def _notice_mouse(self, event: QMouseEvent) -> None:
        if event.type() == QEvent.Type.MouseMove:
            return
        plain = event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.NoModifier
        place = event.position()
        if event.type() == QEvent.Type.MouseButtonDblClick and plain:
            self._pressed_at = None
            self.pressed.emit(place)
            self.clicked.emit(True)
        elif event.type() == QEvent.Type.MouseButtonPress:
            self.touched.emit()
            self._pressed_at = place if plain else None
            if plain:
                self.pressed.emit(place)
            elif event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self.followed.emit(place)
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed_at is not None:
            moved = (place - self._pressed_at).manhattanLength()
            self._pressed_at = None
            if plain and moved < QApplication.startDragDistance():
                self.clicked.emit(False)
