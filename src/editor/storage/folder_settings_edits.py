"""Writing into `stet.toml` what the window asks for; every other character of the file stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Literal, TypedDict, Unpack

from editor.core.front_matter_edits import add_items, add_value, remove_value, set_value
from editor.core.front_matter_fields import FrontMatter, Place
from editor.core.front_matter_reading import parse_front_matter
from editor.core.lines import first_ending
from editor.core.text_edit import EditRefused, TextEdit, apply_edits
from editor.core.toml_reading import take_apart
from editor.storage.durable import write_durably
from editor.storage.folder_files import NotRead, read_head
from editor.storage.folder_settings import LARGEST, NAME, ExportSettings, folder_settings

_MARK = "\ufeff"
_DEFAULTS = ExportSettings()._asdict()
_NOTHING = frozenset({"", None})


class SettingsNotChanged(Exception):
    """`stet.toml` could not be changed as asked; the message is a sentence for the writer."""


class RememberedExport(TypedDict, total=False):
    """What a dialog chooses of `[export]`. What is not named stays; "" and None take the setting's line away."""

    format: Literal["html", "pdf", "docx", "fragment", "txt"]
    theme: str
    contents: bool
    smart_quotes: bool | None
    assets: Literal["inline", "folder"]
    base_url: str
    site_title: str


def turn_off(folder: Path, code: str, article: str = "") -> None:
    """Turn the findings of a code off for the articles of a folder, or for the one whose file has this name.

    When this returns, it is on disk. Raises SettingsNotChanged with the file as it was. May wait for a disk.
    """
    _change(folder, partial(with_code_off, code=code, article=article))


def remember_export(folder: Path, **choices: Unpack[RememberedExport]) -> None:
    """Write down how the articles of a folder are exported, where that differs from what the file says or means.

    A setting at its default that is not in the file is not added. When this returns, it is on disk. Raises
    SettingsNotChanged with the file as it was. May wait for a disk.
    """
    _change(folder, partial(with_export, choices=choices))


def with_code_off(text: str, code: str, article: str = "") -> str:
    """The text of `stet.toml` with a code added to those that are off, of all articles or of one by its file's name.

    Raises SettingsNotChanged where the text is none that could be changed, or would not be read afterwards.
    """
    check = folder_settings(text.removeprefix(_MARK)).check
    if code in (check.articles.get(article, ()) if article else check.off):
        return text
    file = _File(text)
    section = ("check", "articles") if article else ("check",)
    place = (*section, article or "off")
    file.begin_section(section, place)
    file.edit(lambda settings: add_items(settings, place, [code]))
    off = folder_settings(file.settings).check
    if code not in (off.articles.get(article, ()) if article else off.off):
        raise SettingsNotChanged(f"“{NAME}” could not be changed so that “{code}” is off.")
    return file.text


def with_export(text: str, choices: RememberedExport) -> str:
    """The text of `stet.toml` with these choices in its section `[export]`.

    Raises SettingsNotChanged where the text is none that could be changed, or would not be read afterwards.
    """
    file = _File(text)
    for name, value in choices.items():
        place = ("export", name)
        if value in _NOTHING:
            file.remove(place)
        elif file.loaded(place) is not None or value != _DEFAULTS[name]:
            file.begin_section(("export",), place)
            file.put(place, value)
    export = folder_settings(file.settings).export
    for name, value in choices.items():
        if getattr(export, name) != (_DEFAULTS[name] if value in _NOTHING else value):
            raise SettingsNotChanged(f"“{NAME}” could not be changed so that “{name}” is “{value}”.")
    return file.text


class _File:
    """A settings file's text under edits. Between fences it is front matter in TOML, whose edits are proved."""

    def __init__(self, text: str) -> None:
        """Raises SettingsNotChanged for what is no TOML."""
        self._mark = _MARK if text.startswith(_MARK) else ""
        self._ending = first_ending(text) or "\n"
        self.settings = text.removeprefix(_MARK)
        self._check_size()
        self._read()

    @property
    def text(self) -> str:
        """The file's text, with the byte order mark that it had."""
        return self._mark + self.settings

    def loaded(self, place: Place) -> object:
        """What stands at a place; None where nothing does."""
        try:
            return take_apart(self._read().text).at(place)
        except LookupError:
            return None

    def begin_section(self, section: Place, place: Place) -> None:
        """Let a section have a place, below a header of its own at the end of the file if there is no other."""
        if self.loaded(place) is not None or self._can_hold(place):
            return
        name = ".".join(map(str, section))
        gap = self._ending * (bool(self.settings.strip()) + bool(self.settings and not self.settings.endswith("\n")))
        self.settings += f"{gap}[{name}]{self._ending}"
        try:
            self._read()
        except SettingsNotChanged as refusal:
            raise SettingsNotChanged(f"“{NAME}” has another thing where the section [{name}] should be.") from refusal

    def put(self, place: Place, value: object) -> None:
        """Let a place hold a text or a truth value, written as what was there where that is of its kind."""
        written = value if isinstance(value, str) else str(value).lower()
        if self.loaded(place) is not None and type(self.loaded(place)) is not type(value):
            self.remove(place)
        if self.loaded(place) is None:
            # Empty at first, so that a text stays one which a reader would take for a number.
            self.edit(lambda settings: add_value(settings, place, "" if isinstance(value, str) else written))
        self.edit(lambda settings: set_value(settings, place, written))

    def remove(self, place: Place) -> None:
        """Take what stands at a place away, with its line."""
        if self.loaded(place) is not None:
            self.edit(lambda settings: remove_value(settings, place))

    def edit(self, edits: Callable[[FrontMatter], Iterable[TextEdit]]) -> None:
        """Make edits of the settings as front matter. Raises SettingsNotChanged where they are refused."""
        settings = self._read()
        try:
            after = apply_edits(settings.text, tuple(edits(settings)))
        except EditRefused as refusal:
            raise SettingsNotChanged(f"“{NAME}”, line {max(refusal.line - 1, 1)}: {refusal.message}") from refusal
        self.settings = after.removeprefix(self._opening).removesuffix(self._closing)
        self._check_size()

    @property
    def _opening(self) -> str:
        return f"+++{self._ending}"

    @property
    def _closing(self) -> str:
        return f"{self._ending}+++"

    def _can_hold(self, place: Place) -> bool:
        try:
            add_value(self._read(), place, "")
        except EditRefused:
            return False
        return True

    def _read(self) -> FrontMatter:
        settings = parse_front_matter(between := f"{self._opening}{self.settings}{self._closing}")
        if settings.locked or settings.text != between:
            why = next((problem for problem in settings.problems), None)
            line = f", line {max(why.line - 1, 1)}:" if why else ""
            raise SettingsNotChanged(f"“{NAME}”{line} is not written as TOML has it, so it is not changed.")
        return settings

    def _check_size(self) -> None:
        if len(self.text.encode("utf-8")) > LARGEST:
            raise SettingsNotChanged(f"“{NAME}” may have no more than {LARGEST // 1024} KB, so it is not changed.")


def _change(folder: Path, change: Callable[[str], str]) -> None:
    path = folder / NAME
    try:
        before = path.stat() if path.exists() else None
        text = read_head(path, LARGEST + 1).decode("utf-8") if before else ""
        changed = change(text)
        if changed != text:
            write_durably(path, changed.encode("utf-8"), expected=before)
    except (NotRead, UnicodeDecodeError) as error:
        why = str(error) if isinstance(error, NotRead) else "is no UTF-8, so it is not changed."
        raise SettingsNotChanged(f"“{NAME}” {why}") from error
    except OSError as error:
        raise SettingsNotChanged(f"“{NAME}” could not be written: {error.strerror or error}.") from error
