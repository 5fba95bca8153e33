"""How the pages of an article's folder look, as its `stet.toml` has it, read again whenever that changes."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from editor.rendering.page_styles import DEFAULT_THEME, ThemeRefused, check_theme, folder_style, preview_style
from editor.session.background import Background
from editor.session.picture_watch import PictureWatch
from editor.storage.folder_settings import NAME, load_folder_settings

_LONGEST_WAIT_MS = 1_000
"""A page is shown in the usual look rather than later than that."""


class PageLook(NamedTuple):
    """A theme that ships, the text of the folder's own style sheet, and the folder's choice of quotes, None for none.

    `refused` says why it is not all that `stet.toml` asks for, "" where it is.
    """

    theme: str = DEFAULT_THEME
    own_style: str = ""
    smart_quotes: bool | None = None
    refused: str = ""

    @property
    def style(self) -> str:
        """The sheet that the preview wears. May wait for the disk that the program is on."""
        return preview_style(self.theme, self.own_style)


class FolderLook(QObject):
    """Follows the look of one folder, which it reads in the background. An article without a file has the usual one."""

    changed = Signal()
    """`look` is known, or another."""
    not_remembered = Signal(str)
    """The theme chosen could not be written down: a sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look: PageLook | None = None
        """None before it is known."""
        self._folder: Path | None = None
        self._watched: set[str] = set()
        self._background = Background("folder look", self)
        self._watch = PictureWatch(self)
        self._watch.changed.connect(lambda _names: self._read())
        self._late = QTimer(self, singleShot=True, interval=_LONGEST_WAIT_MS)
        self._late.timeout.connect(self._wait_no_longer)

    def learn(self, folder: Path | None) -> None:
        """Follow this folder from now on, or none."""
        if folder == self._folder and self.look:
            return
        self._folder = folder
        self._watch.clear()
        self._watched.clear()
        if folder is None:
            self._take(PageLook())
            return
        if self.look is None:
            self._late.start()
        self._follow(NAME)
        self._read()

    def choose(self, theme: str) -> None:
        """Wear a theme that ships, and write it down for the folder."""
        self._take((self.look or PageLook())._replace(theme=theme))
        if self._folder:
            self._background.run(partial(_remember, self._folder, theme), self._tell_whether_remembered)

    def close(self) -> None:
        """Follow nothing any more."""
        self._late.stop()
        self._watch.clear()
        self._background.close()

    def _wait_no_longer(self) -> None:
        if self.look is None:
            self._take(PageLook())

    def _read(self) -> None:
        if self._folder and not self._background.is_closed:
            self._background.run(partial(_look_of, self._folder), partial(self._learned, self._folder))

    def _learned(self, folder: Path, answer: Future[tuple[PageLook, str]]) -> None:
        if folder != self._folder or self._background.is_closed:
            return
        look, css = answer.result()
        self._late.stop()
        self._take(look)
        if css and self._follow(css):
            self._read()  # it may have changed before it was watched

    def _follow(self, name: str) -> bool:
        """Watch a file of the folder. False where it is watched, or leads elsewhere."""
        if self._folder is None or name in self._watched or Path(name).is_absolute() or ".." in Path(name).parts:
            return False
        self._watched.add(name)
        self._watch.add(name, self._folder / name)
        return True

    def _tell_whether_remembered(self, done: Future[str]) -> None:
        if why := done.result():
            self.not_remembered.emit(why)
        self._read()

    def _take(self, look: PageLook) -> None:
        if look != self.look:
            self.look = look
            self.changed.emit()


def _look_of(folder: Path) -> tuple[PageLook, str]:
    """The look, and the path of the folder's own style sheet."""
    export = load_folder_settings(folder).export
    theme, own, refused = export.theme, "", []
    try:
        check_theme(theme)
    except ThemeRefused as refusal:
        theme = DEFAULT_THEME
        refused.append(str(refusal))
    try:
        own = folder_style(folder, export.css) if export.css else ""
    except ThemeRefused as refusal:
        refused.append(str(refusal))
    return PageLook(theme, own, export.smart_quotes, " ".join(refused)), export.css


def _remember(folder: Path, theme: str) -> str:
    """Why it could not be written down, "" where it is."""
    # What writes TOML costs more to import than those who choose no theme should pay.
    from editor.storage.folder_settings_edits import SettingsNotChanged, remember_export  # noqa: PLC0415

    try:
        remember_export(folder, theme=theme)
    except SettingsNotChanged as error:
        return str(error)
    return ""
