"""The look of the window: the tokens of `editor.ui.tokens` as Qt's palette, style sheet, icons and fonts, worn
on Qt's style Fusion, with which the program starts.

`resources/theme/window.qss` says which part wears which token. Widgets ask for a look by a dynamic property and name
no colour themselves:

- `QLabel[class="section"]` heads a pane, `[class="quiet"]` is an aside, `[class="field"]` names a form's field;
- `QFrame[class="notice"]` is a notice bar; its property `severity` is a `Severity` (`hint`, `warning`, `error`);
- `QWidget[class="pane"]` is a plain container on paper, `[class="bar"]` one on chrome with a hairline below (Qt paints
  either only where the widget has `WA_StyledBackground`);
- `QPushButton[class="primary"]` is the one thing to do next, `QToolButton[class="quiet"]` a small aside;
- `[invalid="true"]` on a line, date or text edit marks a value that was refused.

A property set after a widget was shown needs `restyle`.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from string import Template
from typing import ClassVar

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QFontInfo, QIcon, QIconEngine, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from editor import resources
from editor.ui.tokens import DARK, LIGHT, Ink, Palette, Spacing, Syntax, Theme, Tokens, Type

__all__ = [
    "Ink",
    "Palette",
    "Spacing",
    "Syntax",
    "Theme",
    "Tokens",
    "Type",
    "apply_theme",
    "editor_font",
    "icon",
    "restyle",
    "tokens",
    "worn",
]


def tokens(theme: Theme) -> Tokens:
    """The tokens of a theme; `Theme.SYSTEM` asks the desktop, and is light where the desktop does not say."""
    return _tokens(theme, QApplication.styleHints().colorScheme())


def _tokens(theme: Theme, desktop: Qt.ColorScheme) -> Tokens:
    if theme is Theme.SYSTEM:
        return DARK if desktop is Qt.ColorScheme.Dark else LIGHT
    return DARK if theme is Theme.DARK else LIGHT


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole application in `theme`, and go on following the desktop while that is `Theme.SYSTEM`.

    May be called again at any time. Icons made by `icon` follow without being set anew; what paints with tokens itself
    (the highlighter, the preview) does so on `QEvent.Type.ApplicationPaletteChange`.
    """
    wardrobe = _Wardrobe.of_the_application or _Wardrobe(app)
    wardrobe.choose(theme)


def worn() -> Tokens:
    """The tokens that the application wears now; those of light before `apply_theme`."""
    wardrobe = _Wardrobe.of_the_application
    return wardrobe.worn if wardrobe else LIGHT


def restyle(widget: QWidget) -> None:
    """Give a widget that is shown the look of the dynamic properties that it has now."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def editor_font(size: float | None = None) -> QFont:
    """The font of the text being written: the first of `Type.editor_families` that is here, `size` in points."""
    type_ = worn().type
    font = QFont(list(type_.editor_families))
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(type_.editor_size if size is None else size)
    # A programmer's font draws `---`, `|-` and `->` as one sign: here they are markup that is counted and edited.
    for feature in ("calt", "liga"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def icon(name: str, ink: Ink = "ink") -> QIcon:
    """The icon `resources/icons/NAME.svg`, drawn in the colour `ink` of the theme worn when it is painted.

    Grey where disabled, the accent where switched on. Raises what `editor.resources` does for a name unknown.
    """
    _drawing(name)
    return QIcon(_InkEngine(name, ink))


@cache
def _drawing(name: str) -> str:
    return resources.read_text(f"icons/{name}.svg")


def _inked(name: str, colour: str) -> bytes:
    """The SVG of an icon in one colour."""
    return _drawing(name).replace("currentColor", colour).encode()


def _painted(name: str, colour: str, size: QSize) -> QPixmap:
    """The icon in one colour; `size` in device pixels."""
    key = f"stet {name} {colour} {size.width()} {size.height()}"
    pixmap = QPixmap(size)
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap.fill(Qt.GlobalColor.transparent)
    svg = QSvgRenderer(QByteArray(_inked(name, colour)))
    svg.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    painter = QPainter(pixmap)
    svg.render(painter, QRectF(pixmap.rect()))
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


class _InkEngine(QIconEngine):
    """Asks for the theme's ink at the moment of painting, so that a change of theme needs no new icons."""

    def __init__(self, name: str, ink: Ink) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    def clone(self) -> QIconEngine:
        import ctypes  # noqa: PLC0415 - hardly ever

        copy = _InkEngine(self._name, self._ink)
        # Qt owns the copy, which PySide 6.11 doesn't know: Python would delete it while Qt still paints with it.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(copy))
        return copy

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _painted(self._name, self._colour(mode, state), size)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.pixmap((rect.size().toSizeF() * ratio).toSize(), mode, state))

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        colours = worn().palette
        if mode is QIcon.Mode.Disabled:
            return colours.disabled
        return colours.accent if state is QIcon.State.On else str(getattr(colours, self._ink))


class _Drawings:
    """Icons in one colour as files, since a style sheet can take a picture from nowhere else; gone with the program."""

    def __init__(self) -> None:
        self._folder = QTemporaryDir()

    def path(self, name: str, colour: str) -> str:
        """Where `resources/icons/NAME.svg` lies in `colour`; in a full or read-only place, where it would."""
        path = self._folder.filePath(f"{name}-{colour[1:]}.svg")
        with suppress(OSError):
            Path(path).write_bytes(_inked(name, colour))
        return path


class _Wardrobe(QObject):
    """Belongs to the application: remembers the theme chosen and dresses it again when the desktop's changes."""

    of_the_application: ClassVar[_Wardrobe | None] = None
    """There is one application at most. Qt would look for it among its children, and that by all kinds of objects."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        _Wardrobe.of_the_application = self
        self.worn = LIGHT
        self._app = app
        self._theme = Theme.SYSTEM
        self._points = QFontInfo(app.font()).pointSizeF()
        self._drawings = _Drawings()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, theme: Theme) -> None:
        self._theme = theme
        # Title bars and native dialogs are drawn by the desktop, which must be told.
        self._app.styleHints().setColorScheme(_SCHEMES[theme])
        self._dress(tokens(theme))

    def _follow(self, desktop: Qt.ColorScheme) -> None:
        self._dress(_tokens(self._theme, desktop))

    def _dress(self, look: Tokens) -> None:
        if look is self.worn and self._app.styleSheet():
            return
        self.worn = look
        self._app.setPalette(_qt_palette(look.palette))
        self._app.setStyleSheet(_stylesheet(look, self._points, self._drawings))


_CHEVRONS = ("up", "down", "left", "right")
_SCHEMES = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}


def _stylesheet(look: Tokens, points: float, drawings: _Drawings) -> str:
    """The window's Qt style sheet in these tokens, `points` being the size of the system's UI font."""
    sizes = {"small_type": look.type.small, "title_type": look.type.title}
    return Template(resources.read_text("theme/window.qss")).substitute(
        look.palette._asdict(),
        **{name: f"{pixels}px" for name, pixels in look.spacing._asdict().items()},
        **{name: f"{points * factor:.1f}pt" for name, factor in sizes.items()},
        **{f"chevron_{way}": drawings.path(f"chevron-{way}", look.palette.muted) for way in _CHEVRONS},
        tick=drawings.path("tick", look.palette.paper),
    )


def _qt_palette(colours: Palette) -> QPalette:
    role = QPalette.ColorRole
    worn = {
        role.Window: colours.chrome,
        role.WindowText: colours.ink,
        role.Base: colours.paper,
        role.AlternateBase: colours.current_line,
        role.Text: colours.ink,
        role.PlaceholderText: colours.muted,
        role.Button: colours.chrome,
        role.ButtonText: colours.ink,
        role.BrightText: colours.error,
        role.ToolTipBase: colours.ink,
        role.ToolTipText: colours.paper,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.ink,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.paper,
        role.Midlight: colours.hover,
        role.Mid: colours.hairline,
        role.Dark: colours.edge,
        role.Shadow: colours.edge,
    }
    palette = QPalette()
    for part, colour in worn.items():
        palette.setColor(part, QColor(colour))
    for part in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(colours.disabled))
    return palette
