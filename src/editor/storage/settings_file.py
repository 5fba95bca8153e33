"""The writer's settings: one value, kept in one small JSON file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from editor.storage.file_bytes import FileMissing, FileUnreadable, SaveFailed, read_bytes, save_bytes

Theme = Literal["system", "light", "dark"]
SoftwareRendering = Literal["auto", "on", "off"]
Autosave = Literal["off", "pause", "focus"]
Layout = Literal["both", "text", "preview"]

RECENT_FILES = 10
"""How many recent files are remembered."""


def _meaning(read: Callable[[object], object], title: str, description: str) -> Mapping[str, object]:
    """A field's metadata. `read` makes its value of what JSON held, or raises ValueError with what is allowed."""
    return {"read": read, "title": title, "description": description}


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise ValueError(f"one of {', '.join(choices)}")

    return read


def _between(smallest: int, largest: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        # To Python, true is the number 1.
        if isinstance(value, int) and not isinstance(value, bool) and smallest <= value <= largest:
            return value
        raise ValueError(f"a number from {smallest} to {largest}")

    return read


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("true or false")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("a text")


def _paths(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(path for path in value if isinstance(path, str))[:RECENT_FILES]
    raise ValueError("a list of paths")


def _sizes(value: object) -> dict[str, tuple[int, ...]]:
    if isinstance(value, dict) and all(isinstance(sizes, list) for sizes in value.values()):
        return {name: tuple(_between(0, 1_000_000)(size) for size in sizes) for name, sizes in value.items()}
    raise ValueError("a list of sizes for each name")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, passed in and never global. A field's metadata holds its `title` and `description`."""

    theme: Theme = field(
        default="system",
        metadata=_meaning(_one_of(get_args(Theme)), "Theme", "Light, dark, or as the system is."),
    )
    editor_font_size: int = field(
        default=12,
        metadata=_meaning(_between(6, 48), "Text size", "Of the text being written, in points."),
    )
    column_width: int = field(
        default=72,
        metadata=_meaning(
            _between(30, 300), "Column width", "Of the text being written, in characters; the preview's goes with it."
        ),
    )
    preview_zoom: int = field(
        default=100,
        metadata=_meaning(_between(30, 400), "Preview size", "In percent of its usual size."),
    )
    layout: Layout = field(
        default="both",
        metadata=_meaning(_one_of(get_args(Layout)), "Layout", "Text and preview side by side, or one of them alone."),
    )
    smart_quotes: bool = field(
        default=False,
        metadata=_meaning(
            _yes_or_no,
            "Smart quotes",
            "Quotes, dashes and dots of the preview and of exported pages as typographers set them.",
        ),
    )
    open_exported: bool = field(
        default=False,
        metadata=_meaning(_yes_or_no, "Open when done", "Open what was exported, once it is written."),
    )
    software_rendering: SoftwareRendering = field(
        default="auto",
        metadata=_meaning(
            _one_of(get_args(SoftwareRendering)),
            "Draw without the graphics card",
            "Faster where there is none. Automatic looks for one at each start.",
        ),
    )
    autosave: Autosave = field(
        default="off",
        metadata=_meaning(
            _one_of(get_args(Autosave)),
            "Save by itself",
            "Never, after a pause in typing, or when Stet loses the focus.",
        ),
    )
    recent_files: tuple[str, ...] = field(
        default=(),
        metadata=_meaning(_paths, "Recent files", "The newest first."),
    )
    last_folder: str = field(
        default="",
        metadata=_meaning(_text, "Last folder", "Where the file dialogs begin."),
    )
    window_geometry: str = field(
        default="",
        metadata=_meaning(_text, "Window", "Its size and place, in base 64."),
    )
    splitters: Mapping[str, tuple[int, ...]] = field(
        default_factory=dict,
        metadata=_meaning(_sizes, "Panes", "The sizes of each splitter, in pixels."),
    )

    def with_recent_file(self, path: Path) -> Settings:
        """The same with `path` as the newest recent file and its folder as the last one."""
        newest = str(path.absolute())
        others = tuple(recent for recent in self.recent_files if recent != newest)
        return replace(self, recent_files=(newest, *others)[:RECENT_FILES], last_folder=str(path.absolute().parent))

    def without_recent_file(self, path: Path) -> Settings:
        """The same with `path`, which is there no more, forgotten."""
        return replace(self, recent_files=tuple(recent for recent in self.recent_files if Path(recent) != path))


def load_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings in a file and, a sentence each, what of it could not be used and stays at its default.

    Never raises, and has nothing to say of a file that is not there yet.
    """
    try:
        stored = json.loads(read_bytes(path))
    except FileMissing:
        return Settings(), ()
    except FileUnreadable as error:
        return Settings(), (error.message,)
    except (ValueError, RecursionError):
        stored = None
    if not isinstance(stored, dict):
        return Settings(), (f"“{path.name}” does not hold settings as JSON; all are at their defaults.",)
    return _from_json(stored)


def save_settings(path: Path, settings: Settings) -> None:
    """Save durably, making the folder if need be. Raises SaveFailed."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SaveFailed(f"could not be saved: {error.strerror}", path) from error
    save_bytes(path, (json.dumps(asdict(settings), indent=2) + "\n").encode())


def settings_path() -> Path:
    """Where settings are kept, by the XDG Base Directory Specification."""
    return _folder("XDG_CONFIG_HOME", ".config") / "settings.json"


def state_folder() -> Path:
    """Where what outlives a session and is no setting is kept, by the same. It need not exist yet."""
    return _folder("XDG_STATE_HOME", ".local/state")


def _from_json(stored: Mapping[str, object]) -> tuple[Settings, tuple[str, ...]]:
    # The types of the values are what each field's reader has checked.
    values: dict[str, Any] = {}
    notices = []
    for setting in fields(Settings):
        if setting.name not in stored:
            continue
        try:
            values[setting.name] = setting.metadata["read"](stored[setting.name])
        except ValueError as error:
            notices.append(f"The setting “{setting.name}” must be {error}; it is at its default.")
    return Settings(**values), tuple(notices)


def _folder(variable: str, default: str) -> Path:
    """The specification says to ignore a relative path."""
    named = os.environ.get(variable, "")
    return (Path(named) if Path(named).is_absolute() else Path.home() / default) / "stet"
