"""The live preview: one page, loaded once, whose chunks are exchanged as the article changes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.core.spots import Spot
from editor.session.back_off import BackOff
from editor.session.picture_watch import PictureWatch
from editor.session.preview_places import PreviewNode, PreviewPatch
from editor.session.render_queue import RenderQueue
from editor.ui import theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from editor.ui.preview_browser import PreviewBrowser

_FIRST_PAUSE_MS, _LONGEST_PAUSE_MS = 1000, 60_000
_WELL_AFTER_MS = 30_000
"""A page that has lived so long is not what brings Chromium down."""


class PreviewPlace(NamedTuple):
    """A place in the preview: the chunk's number from 0 and its identity, and where in it."""

    number: int
    chunk: str
    spot: Spot


class Pointed(NamedTuple):
    """A place that was clicked, with the words before and after it; `height` is from 0, the pane's top, to 1."""

    place: PreviewPlace
    before: str
    after: str
    height: float


@dataclass(slots=True)
class _Press:
    """A button was pressed: on what, as soon as the page has said so, and how many clicks came of it."""

    under: Pointed | None = None
    clicks: int = 0


class PreviewPane(QWidget):
    """Shows what a RenderQueue patches in. Nothing is fetched, no script of an article runs.

    Until `load` it is a sheet of paper that remembers what it is told: Chromium takes longer to come than the text.
    """

    link_clicked = Signal(QUrl)
    """A web or mail link was clicked; the page itself never goes anywhere."""
    file_link_clicked = Signal(str)
    """A link to another file was clicked: its path as written."""
    link_hovered = Signal(str)
    """The address of the link under the pointer; empty when there is none any more."""
    touched = Signal()
    """The reader's hand is on the preview, and may scroll it."""
    scrolled = Signal()
    """What is in view, or where it stands, has changed."""
    pointed_at = Signal(Pointed, bool)
    """The reader clicked, and whether twice, where a click has no meaning of its own."""
    zoom_asked = Signal(int)
    """Ctrl and the wheel over it, by so many steps."""
    printed = Signal(bool)
    """What was to be printed is, or could not be."""
    tip_wanted = Signal(QPointF, QPoint)
    """The pointer rests there, in pixels of the page and on the screen."""
    followed = Signal(QPointF)
    """A press with Ctrl, in pixels of the page."""
    appeared = Signal()
    """It shows the article, from its beginning, or is seen again: what was said of places before is forgotten."""
    came_back = Signal()
    """The same, after Chromium ended in the middle: it is to be where it was."""
    failing = Signal(str)
    """Chromium ends again and again, in a sentence; an empty one when all is well."""

    def __init__(self, queue: RenderQueue, folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._is_ready = False
        self._measure = 0
        self._look: str | None = ""
        self._printer: QPrinter | None = None
        self._press = _Press()
        self._back_off = BackOff(_FIRST_PAUSE_MS, _LONGEST_PAUSE_MS)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self.load)
        self._well = QTimer(self, singleShot=True, interval=_WELL_AFTER_MS)
        self._well.timeout.connect(self._recover)
        self._folder = folder
        self._zoom = 1.0
        self._pictures = PictureWatch(self)
        self._pictures.changed.connect(lambda names: self._call("pictures.renew", names))
        self._browser: PreviewBrowser | None = None
        self._queue.patched.connect(self._patch)
        self._queue.filled.connect(self._fill)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setProperty("class", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    @property
    def may_come_late(self) -> bool:
        """Whether a window that is seen already can take Chromium in.

        Drawn by a graphics card, Qt would have to make the window itself anew: it vanishes and comes back.
        """
        return os.environ.get("QT_QUICK_BACKEND") == "software"

    @property
    def browser(self) -> PreviewBrowser:
        """Chromium, which is made when it is first wanted."""
        if self._browser is None:
            self._browser = self._make_browser()
        return self._browser

    @staticmethod
    def import_browser() -> None:
        """Import Chromium and no more, so that `load`, which follows in another turn, takes half as long."""
        import editor.ui.preview_browser  # noqa: F401, PLC0415

    def _make_browser(self) -> PreviewBrowser:
        from editor.ui.preview_browser import PreviewBrowser  # noqa: PLC0415

        browser = PreviewBrowser(self._folder, self)
        browser.scheme.look = self._look
        page, view = browser.page, browser.view
        page.loadFinished.connect(self._begin)
        page.renderProcessTerminated.connect(self._crashed)
        page.link_clicked.connect(self.link_clicked)
        page.file_link_clicked.connect(self.file_link_clicked)
        page.link_hovered.connect(self.link_hovered)
        page.pdfPrintingFinished.connect(lambda _path, worked: self._end_printing(worked))
        view.printFinished.connect(self._end_printing)
        page.scrollPositionChanged.connect(lambda _: self.scrolled.emit())
        page.contentsSizeChanged.connect(lambda _: self.scrolled.emit())
        view.touched.connect(self.touched)
        view.pressed.connect(self._look_under)
        view.clicked.connect(self._point)
        view.zoom_asked.connect(self.zoom_asked)
        view.tip_wanted.connect(lambda place, on_screen: self.tip_wanted.emit(place / self._zoom, on_screen))
        view.followed.connect(lambda place: self.followed.emit(place / self._zoom))
        view.setZoomFactor(self._zoom)
        browser.scheme.picture_asked.connect(self._pictures.add)
        page.setBackgroundColor(QColor(theme.worn().palette.paper))
        had_focus = self.window().focusWidget() is self
        self.setFocusProxy(view)
        self._layout.addWidget(view)
        view.show()  # at once: a layout would do so only later, and a hidden widget takes no focus
        if had_focus:
            view.setFocus(Qt.FocusReason.OtherFocusReason)
        return browser

    @property
    def is_loaded(self) -> bool:
        """Whether there is a page that the queue has begun to fill."""
        return self._is_ready

    def load(self) -> None:
        """Load the empty page; the queue fills it once it is there."""
        self._is_ready = False
        self.browser.load()

    def set_folder(self, folder: Path | None) -> None:
        """Where the article's pictures are."""
        if folder != self._folder:
            self._folder = folder
            if self._browser:
                self._browser.scheme.folder = folder
            self._pictures.clear()
            self._call("pictures.renew", None)

    def await_look(self) -> None:
        """Show nothing before there is a look to show it in: the page waits for its style sheet."""
        self._look = None
        if self._browser:
            self._browser.scheme.look = None

    def set_look(self, style: str) -> None:
        """Wear a style sheet made by `page_styles.preview_style`."""
        if style == self._look:
            return
        self._look = style
        if self._browser:
            self._browser.scheme.wear(style)
            self._call("looks.renew", self._browser.scheme.look_version)

    def set_zoom(self, percent: int) -> None:
        """Enlarge all of it, to so many percent of its usual size."""
        self._zoom = percent / 100
        if self._browser:
            self._browser.view.setZoomFactor(self._zoom)

    def set_measure(self, digits: int) -> None:
        """Set the width of its column, in widths of the digit 0."""
        self._measure = digits
        self._call("stet.measure", digits)

    def print_on(self, printer: QPrinter) -> None:
        """Print what it shows; into a PDF file as text, not as dots."""
        self._printer = printer  # which Qt wants to live until it is done
        self.browser.print_on(printer)

    def _end_printing(self, worked: bool) -> None:
        self._printer = None
        self._wear_theme()
        self.printed.emit(worked)

    # Places

    def follow(self, place: PreviewPlace, height: float, *, with_caret: bool) -> None:
        """Scroll so that a place is `height` down, 0 being the top and 1 the end; with the caret's block in view."""
        self._call("places.follow", _as_message(place), height, with_caret)

    def set_caret(self, place: PreviewPlace | None, *, reveal: bool) -> None:
        """Mark the block in which the caret is, or none, and keep it in view where that is wanted."""
        self._call("places.setCaret", _as_message(place) if place else None, reveal)

    def show_place(self, place: PreviewPlace) -> None:
        """Bring a place into view where it is not."""
        self._call("places.show", _as_message(place))

    def let_go(self) -> None:
        """Follow nothing any more: the reader scrolls."""
        self._call("places.letGo")

    def ask_place(self, answer: Callable[[PreviewPlace | None, float], None]) -> None:
        """Say which place is in view and how far down, as `follow` takes them; None where nothing can scroll."""

        def take(message: Any) -> None:
            answer(_from_message(message) if message else None, message["at"] if message else 0.0)

        self._ask("places.inView", take)

    def _look_under(self, position: QPointF) -> None:
        """See what was pressed on before it moves, as a link within the page makes it move."""
        place = position / self._zoom
        press = self._press = _Press()

        def take(message: Any) -> None:
            if message:
                press.under = Pointed(_from_message(message), message["before"], message["after"], message["at"])
            self._tell_click(press)

        self._ask("places.underPress", take, place.x(), place.y())

    def _point(self, twice: bool) -> None:
        self._press.clicks = 2 if twice else 1
        self._tell_click(self._press)

    def _tell_click(self, press: _Press) -> None:
        """Once it is a click and it is known on what."""
        if press.clicks and press.under:
            self.pointed_at.emit(press.under, press.clicks == 2)

    # Citations

    def mark_citations(self, changes: Sequence[Mapping[str, object]], gone: Sequence[int]) -> None:
        """Let chunks have other marks, as `citations.js` takes them, and forget those that are gone."""
        self._call("citations.mark", changes, gone)

    def ask_citation(self, place: QPointF, answer: Callable[[int, int], None]) -> None:
        """Say of which chunk, by its identity, and which of its marks is at a place, unless it is none."""

        def take(message: Any) -> None:
            if message:
                answer(int(message["chunk"]), message["index"])

        self._ask("citations.at", take, place.x(), place.y())

    def read(self, script: str, answer: Callable[[Any], None]) -> None:
        """Evaluate a script beside the page, which it can see and which cannot see it."""
        self.browser.run(script, answer)

    # Following Qt and the queue

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_ready:
            self.appeared.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_ready:
            self._match_paper()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # A new theme may come as either; and the first of them before there is anything.
        if hasattr(self, "_browser") and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._wear_theme()

    def close_page(self) -> None:
        """Let go of the page before its profile, as Qt wants it; what is rendered still has nowhere to go."""
        self._is_ready = False
        self._pause.stop()
        self._well.stop()
        self._pictures.clear()
        if self._browser:
            self._browser.close()

    def _crashed(self) -> None:
        """Begin again, ever later: something in the article may be what brings Chromium down."""
        self._is_ready = False
        self._well.stop()
        self._pause.start(self._back_off.fail())
        if self._back_off.failures > 1:
            self.failing.emit("The preview's page ended more than once.")

    def _recover(self) -> None:
        self._back_off.succeed()
        self.failing.emit("")

    def _begin(self, loaded: bool) -> None:
        from editor.rendering.page import preview_script  # noqa: PLC0415

        if not loaded:
            return
        self.browser.run(preview_script())
        self._is_ready = True
        scheme = self.browser.scheme
        if scheme.told_version != scheme.look_version:  # it changed while the page was loaded
            self._call("looks.renew", scheme.look_version)
        self._wear_theme()
        if self._measure:
            self.set_measure(self._measure)
        self._queue.begin()
        if self._back_off.failures:
            self._well.start()
            self.came_back.emit()
        else:
            self.appeared.emit()

    def _wear_theme(self) -> None:
        """Follow the window's light or dark, where the page's theme has both."""
        if self._browser and not self._is_ready:
            self._browser.page.setBackgroundColor(QColor(theme.worn().palette.paper))
        self._call("looks.setDark", theme.worn().theme is theme.Theme.DARK)
        self._match_paper()

    def _match_paper(self) -> None:
        """What Chromium shows where the page is not drawn yet, as at an edge that is dragged."""

        def take(message: Any) -> None:
            if message and self._is_ready:
                self.browser.page.setBackgroundColor(QColor(*message))

        self._ask("looks.paper", take)

    def _patch(self, patch: PreviewPatch) -> None:
        self._change("stet.splice", patch.first, patch.removed, _as_json(patch.nodes))

    def _fill(self, nodes: tuple[PreviewNode, ...]) -> None:
        self._change("stet.fill", _as_json(nodes))

    def _change(self, function: str, *arguments: object) -> None:
        """Change what the page shows, and see in the same message to what moves by it."""
        if self._is_ready:
            self.browser.run(f"{_written_call(function, arguments)};places.refresh()")

    def _call(self, function: str, *arguments: object) -> None:
        if self._is_ready:
            self.browser.run(_written_call(function, arguments))

    def _ask(self, function: str, take: Callable[[Any], None], *arguments: object) -> None:
        """The same, and take what it answers; a page that is not there answers None."""
        if self._is_ready:
            call = f"JSON.stringify({_written_call(function, arguments)})"
            self.read(call, lambda answer: take(json.loads(answer) if answer else None))
        else:
            take(None)


def _written_call(function: str, arguments: tuple[object, ...]) -> str:
    return f"{function}({','.join(json.dumps(argument) for argument in arguments)})"


def _as_json(nodes: tuple[PreviewNode, ...]) -> list[dict[str, object]]:
    return [_node_as_json(node) for node in nodes]


def _node_as_json(node: PreviewNode) -> dict[str, object]:
    written: dict[str, object] = {"id": node.id, "html": node.html}
    if node.pieces:
        written["pieces"] = node.pieces._asdict()
    return {**written, "stale": True, "text": node.text} if node.stale else written


def _as_message(place: PreviewPlace) -> dict[str, object]:
    return {"chunk": place.chunk, **asdict(place.spot)}


def _from_message(message: Mapping[str, Any]) -> PreviewPlace:
    spot = Spot(message["share"], int(message["count"]), int(message["item"]), message["part"])
    return PreviewPlace(int(message["index"]), message["chunk"], spot)
