"""The program itself on a real screen: Xvfb, X11 and Chromium as a writer's desktop has them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.screen

# Opens the program as `stet FILE` does, waits until the preview shows all, and says what is on the screen.
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from editor import app, start

def opened(application, paths):
    started(application, paths)
    window = application.windows[0]
    window.queue.settled.connect(lambda: QTimer.singleShot(500, lambda: report(application, window)))

def report(application, window):
    picture = window.window.screen().grabWindow(window.window.winId()).toImage()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    print(QGuiApplication.platformName(), window.window.windowTitle(), len(colours) > 20)
    application.quit()

started = app.Application.start
app.Application.start = opened
sys.exit(start.run([Path(sys.argv[1])]))
"""


@pytest.fixture
def display() -> Iterator[str]:
    server = shutil.which("Xvfb")
    if not server:
        pytest.skip("Xvfb is not installed")
    read_end, write_end = os.pipe()
    command = [server, "-displayfd", str(write_end), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL)
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait(10)


def test_the_program_opens_an_article_on_a_real_screen_and_quits(
    display: str, real_article: Path, own_settings: Path
) -> None:
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-c", PROGRAM, str(real_article)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == f"xcb {real_article.name}[*] — Stet True", done.stderr
    assert done.returncode == 0
