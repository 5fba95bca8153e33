from __future__ import annotations

from PySide6.QtCore import QTimerEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.ui.preview_page import PreviewView

NEVER_MS = 1_000_000


class Canvas(QWidget):
    """Has the view's focus and puts a frame off, as Chromium's does."""

    def __init__(self, view: PreviewView) -> None:
        super().__init__(view)
        view.setFocusProxy(self)
        self.ensurePolished()
        self.drawn = 0
        self.put_off()

    def put_off(self) -> None:
        self._pause = self.startTimer(NEVER_MS)

    def timerEvent(self, event: QTimerEvent) -> None:
        assert event.timerId() == self._pause
        self.killTimer(self._pause)
        self.drawn += 1


def test_a_frame_that_is_put_off_is_drawn_as_soon_as_nothing_else_is_to_do(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    view = PreviewView(around)
    canvas = Canvas(view)
    assert not canvas.drawn
    qtbot.waitUntil(lambda: canvas.drawn == 1)
    canvas.put_off()
    qtbot.waitUntil(lambda: canvas.drawn == 2)


def test_a_canvas_that_goes_is_looked_at_no_more(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    view = PreviewView(around)
    first = Canvas(view)
    first.setParent(None)
    first.deleteLater()
    second = Canvas(view)
    qtbot.waitUntil(lambda: second.drawn == 1)
    assert not first.drawn
