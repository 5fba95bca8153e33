"""A screen of our own: an X server without a monitor, a window manager, keys as a keyboard gives them, and its pixels.

Nothing is polled. The server tells of everything that is painted (the DAMAGE extension), and only then are the pixels
of a small rectangle fetched through shared memory (MIT-SHM) and compared. Keys go in through the XTEST extension. The
libraries are those of X11 that every Qt program on Linux loads; they are called by ctypes, so that nothing need be
installed for Python.
"""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char_p, c_int, c_short, c_uint, c_ulong, c_ushort, c_void_p
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 1280, 800
_PIXEL = 4
"""Bytes a pixel, at a depth of 24 bits."""
_ALL_PLANES = ctypes.c_ulong(-1).value
_Z_PIXMAP = 2
_REPORT_EACH_RECTANGLE = 0
_START_SECONDS = 10
_NEEDED = ("libX11.so.6", "libXext.so.6", "libXtst.so.6", "libXdamage.so.1")
_MAXIMISED = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc"><applications><application type="normal">
<decor>no</decor><focus>yes</focus><maximized>yes</maximized></application></applications></openbox_config>
"""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of the screen, in pixels from its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    def meets(self, other: Rectangle) -> bool:
        """Whether they have a pixel in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


WHOLE = Rectangle(0, 0, WIDTH, HEIGHT)


@dataclass(frozen=True, slots=True)
class Painted:
    """Something was painted: when, by `time.perf_counter`, and where."""

    when: float
    where: Rectangle


class _Shared(ctypes.Structure):
    _fields_ = (("id", c_ulong), ("memory", c_int), ("address", c_void_p), ("read_only", c_int))


class _XRectangle(ctypes.Structure):
    _fields_ = (("x", c_short), ("y", c_short), ("width", c_ushort), ("height", c_ushort))


class _DamageNotify(ctypes.Structure):
    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("sent", c_int),
        ("display", c_void_p),
        ("drawable", c_ulong),
        ("damage", c_ulong),
        ("level", c_int),
        ("more", c_int),
        ("timestamp", c_ulong),
        ("area", _XRectangle),
        ("geometry", _XRectangle),
    )


class _Event(ctypes.Union):
    _fields_ = (("type", c_int), ("damage", _DamageNotify), ("room", c_ulong * 24))


class _Libraries:
    """The functions of X11 that are called, with their types."""

    def __init__(self) -> None:
        x11, ext, xtst, xdamage = (ctypes.CDLL(name) for name in _NEEDED)
        pointer, integer, number = c_void_p, c_int, c_ulong
        self.open = _typed(x11.XOpenDisplay, pointer, c_char_p)
        self.close = _typed(x11.XCloseDisplay, integer, pointer)
        self.root = _typed(x11.XDefaultRootWindow, number, pointer)
        self.visual = _typed(x11.XDefaultVisual, pointer, pointer, integer)
        self.connection = _typed(x11.XConnectionNumber, integer, pointer)
        self.pending = _typed(x11.XPending, integer, pointer)
        self.next_event = _typed(x11.XNextEvent, integer, pointer, POINTER(_Event))
        self.flush = _typed(x11.XFlush, integer, pointer)
        self.sync = _typed(x11.XSync, integer, pointer, integer)
        self.symbol = _typed(x11.XStringToKeysym, number, c_char_p)
        self.code = _typed(x11.XKeysymToKeycode, ctypes.c_ubyte, pointer, number)
        self.key = _typed(xtst.XTestFakeKeyEvent, integer, pointer, c_uint, integer, number)
        self.damage_extension = _typed(xdamage.XDamageQueryExtension, integer, pointer, POINTER(c_int), POINTER(c_int))
        self.damage = _typed(xdamage.XDamageCreate, number, pointer, number, integer)
        self.attach = _typed(ext.XShmAttach, integer, pointer, POINTER(_Shared))
        self.image = _typed(
            ext.XShmCreateImage,
            *(pointer, pointer, pointer, c_uint, integer, pointer, POINTER(_Shared), c_uint, c_uint),
        )
        self.fetch = _typed(ext.XShmGetImage, integer, pointer, number, pointer, integer, integer, number)


def _typed(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    function.restype, function.argtypes = result, arguments
    typed: Callable[..., Any] = function
    return typed


class Screen:
    """A connection to the server at `display`, such as `:7`."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._x = _Libraries()
        self._connection = self._x.open(display.encode())
        if not self._connection:
            raise ConnectionError(display)
        self._root = self._x.root(self._connection)
        base, error = c_int(), c_int()
        if not self._x.damage_extension(self._connection, byref(base), byref(error)):
            raise ConnectionError(f"{display} has no DAMAGE extension")
        self._damage_type = base.value
        self._x.damage(self._connection, self._root, _REPORT_EACH_RECTANGLE)
        self._shared = self._share(WIDTH * HEIGHT * _PIXEL)
        self._images: dict[tuple[int, int], Any] = {}
        self._x.sync(self._connection, 0)

    def _share(self, size: int) -> _Shared:
        libc = ctypes.CDLL(None, use_errno=True)
        get = _typed(libc.shmget, c_int, c_int, ctypes.c_size_t, c_int)
        attach = _typed(libc.shmat, c_void_p, c_int, c_void_p, c_int)
        control = _typed(libc.shmctl, c_int, c_int, c_int, c_void_p)
        memory = get(0, size, 0o1600)
        shared = _Shared(0, memory, attach(memory, None, 0), 0)
        self._x.attach(self._connection, byref(shared))
        self._x.sync(self._connection, 0)
        control(memory, 0, None)  # it goes when the last of the two lets go of it
        return shared

    def close(self) -> None:
        """End the connection."""
        self._x.close(self._connection)

    # Keys

    def press(self, *keys: str) -> float:
        """Press keys together, such as `Control_L` and `Home`, the last one last; when, by `time.perf_counter`."""
        codes = [self._x.code(self._connection, self._x.symbol(key.encode())) for key in keys]
        for code in codes[:-1]:
            self._x.key(self._connection, code, 1, 0)
        self._x.sync(self._connection, 0)
        when = time.perf_counter()
        self._x.key(self._connection, codes[-1], 1, 0)
        for code in reversed(codes):
            self._x.key(self._connection, code, 0, 0)
        self._x.flush(self._connection)
        return when

    # Pixels

    def pixels(self, where: Rectangle = WHOLE) -> bytes:
        """What is on the screen there, row by row, four bytes a pixel."""
        size = (where.width, where.height)
        if size not in self._images:
            visual = self._x.visual(self._connection, 0)
            self._images[size] = self._x.image(
                self._connection, visual, 24, _Z_PIXMAP, self._shared.address, byref(self._shared), *size
            )
        self._x.fetch(self._connection, self._root, self._images[size], where.x, where.y, _ALL_PLANES)
        return ctypes.string_at(self._shared.address, where.width * where.height * _PIXEL)

    def next_painted(self, until: float) -> list[Painted]:
        """What is painted next, all that is known of at once; empty when nothing is by that `time.perf_counter`."""
        event = _Event()
        found: list[Painted] = []
        while not found:
            while self._x.pending(self._connection):
                self._x.next_event(self._connection, byref(event))
                if event.type == self._damage_type:
                    area = event.damage.area
                    found.append(Painted(time.perf_counter(), Rectangle(area.x, area.y, area.width, area.height)))
            rest = until - time.perf_counter()
            if found or rest <= 0:
                break
            select.select([self._x.connection(self._connection)], [], [], rest)
        return found

    def forget(self) -> None:
        """Leave out what was painted until now."""
        self._x.sync(self._connection, 1)


def missing() -> list[str]:
    """What a screen of our own needs and is not installed."""
    lacking = [program for program in ("Xvfb", "openbox") if not shutil.which(program)]
    for library in _NEEDED:
        try:
            ctypes.CDLL(library)
        except OSError:
            lacking.append(library)
    return lacking


@contextmanager
def own_screen() -> Iterator[tuple[Screen, int]]:
    """A server and a window manager that gives each window the whole screen, and the server's process id."""
    with tempfile.TemporaryDirectory() as folder:
        read_end, write_end = os.pipe()
        geometry = f"{WIDTH}x{HEIGHT}x24"
        command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", geometry, "-nolisten", "tcp"]
        server = subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL)
        os.close(write_end)
        manager = None
        try:
            with os.fdopen(read_end) as answer:
                display = f":{answer.readline().strip()}"
            manager = _start_manager(Path(folder), display)
            screen = Screen(display)
            yield screen, server.pid
            screen.close()
        finally:
            for process in (manager, server):
                if process:
                    process.terminate()
                    process.wait(10)


def _start_manager(folder: Path, display: str) -> subprocess.Popen[bytes]:
    """Start the window manager and wait until it is there: a window opened before has no focus."""
    rules, started = folder / "rc.xml", folder / "started"
    rules.write_text(_MAXIMISED, "utf-8")
    environment = {**os.environ, "DISPLAY": display, "HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    command = ["openbox", "--config-file", str(rules), "--startup", f"touch {started}"]
    manager = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    end = time.perf_counter() + _START_SECONDS
    while not started.exists() and time.perf_counter() < end:
        time.sleep(0.02)
    return manager
