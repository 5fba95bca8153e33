"""How the program starts: what Qt and Chromium must be told first, and what may happen while the rest is imported."""

from __future__ import annotations

import builtins
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from editor.storage.settings_file import Settings

_LONGEST_HOLD_S = 0.001
"""How long a thread that works beside the window's may hold Python, of which a key waits for a dozen at worst."""


def prepare(settings: Settings) -> None:
    """What Qt and Chromium must be told before there is an application.

    Without a graphics card, Chromium's own software rasteriser beside Qt's is slower than none: DESIGN has the figures.
    """
    # Chromium is imported once the text is shown, and wants this said before there is an application.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    if settings.software_rendering == "on" or (settings.software_rendering == "auto" and not _has_graphics_card()):
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
        # Chromium would load a driver that draws with the processor, only to ask it for its name: 40 MB, and 50 ms.
        os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
        _add_chromium_flag("--disable-gpu")
        # Chromium draws by tiles, whole ones of 256 by 256 pixels: a key in a paragraph touches six, of lines only two.
        _add_chromium_flag("--default-tile-width=2048")
        _add_chromium_flag("--default-tile-height=64")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to run as root inside its sandbox; nobody else gives it up.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")


def close_network() -> None:
    """Take the network from Chromium, before there is an application: no name and no address leads anywhere.

    What is refused before it is asked for needs no network. This is for what is never asked for and done all the same,
    such as a connection made in advance.
    """
    _add_chromium_flag('"--host-resolver-rules=MAP * ~NOTFOUND"')


def _has_graphics_card() -> bool:
    """On Linux a card that can draw has a render node; elsewhere assume one."""
    return not sys.platform.startswith("linux") or any(Path("/dev/dri").glob("renderD*"))


def _add_chromium_flag(flag: str) -> None:
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    if flag not in flags:
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{flags} {flag}".strip()


def import_plainly() -> None:
    """Take PySide's own step out of every import that is still to come.

    It reads the source of each module, and looks for a wish to call Qt's methods by other names (`__feature__`), which
    none here has. Until all panes are there that are 200 modules, most without a word of Qt, and a tenth of the time.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def run(paths: list[Path]) -> int:
    """Open the window on each article, or on a new one, and stay until the last is closed. The exit code."""
    import_plainly()
    # Only now is anything of ours imported.
    from editor.session.garbage import hold_garbage, let_go_of_garbage, pass_over_what_stays  # noqa: PLC0415
    from editor.session.render_worker import RenderWorker  # noqa: PLC0415
    from editor.storage.settings_file import load_settings, settings_path, state_folder  # noqa: PLC0415

    sys.setswitchinterval(_LONGEST_HOLD_S)
    hold_garbage()  # nothing of all that is imported and built is any: looking at it again and again takes a tenth
    settings, _ = load_settings(settings_path())
    prepare(settings)
    close_network()
    QGuiApplication.setDesktopFileName("stet")
    # Said here: `setStyle` hands a style out, and PySide would make all that a style knows for it.
    qt = QApplication([*sys.argv[:1], "-style", "fusion"])
    qt.setApplicationName("stet")
    # It takes as long to start as the window, which another processor can do while the window is imported.
    worker = RenderWorker()
    from editor.app import Application  # noqa: PLC0415
    from editor.ui.theme import icon  # noqa: PLC0415

    qt.setWindowIcon(icon("stet"))
    application = Application(qt, settings_path(), state_folder(), worker)
    # Python handles a signal between two of Qt's events only if there are some.
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    for shut_down in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(shut_down, lambda *_: application.end())
    pulse = QTimer(qt, interval=500)
    pulse.timeout.connect(lambda: None)
    pulse.start()
    qt.aboutToQuit.connect(application.close)
    application.start(paths)
    pass_over_what_stays()
    let_go_of_garbage()
    return qt.exec()
