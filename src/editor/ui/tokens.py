"""The design tokens: every colour, distance and type size of the window, for light and for dark."""

from enum import StrEnum
from typing import Literal, NamedTuple

Ink = Literal["ink", "muted", "accent", "warning", "error"]
"""The colours of `Palette` that an icon may be drawn in."""


class Theme(StrEnum):
    """What the writer chose; the values are those of the setting."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Palette(NamedTuple):
    """The window's colours as `#rrggbb`. Text in ink, muted, accent and error can be read on paper and on chrome."""

    paper: str
    """What is written on: editor, grid, fields."""
    chrome: str
    """What is around it: menus, toolbar, status line."""
    ink: str
    muted: str
    disabled: str
    """Text and icons that cannot be used; exempt from contrast."""
    hairline: str
    edge: str
    """What shows where a field is: 3:1 on paper."""
    hover: str
    pressed: str
    accent: str
    """Focus, the default button, what is switched on. Text on it is paper."""
    selection: str
    current_line: str
    warning: str
    error: str
    hint_wash: str
    warning_wash: str
    error_wash: str
    added_wash: str
    """Behind a line that one version has and the other does not; ink can be read on these four."""
    added_word: str
    """Behind the words in it that differ."""
    removed_wash: str
    removed_word: str


class Syntax(NamedTuple):
    """Colours of the markdown editor's text as `#rrggbb`, all to be read on paper."""

    heading: str
    strong: str
    emphasis: str
    code: str
    link: str
    quote: str
    key: str
    """A front matter key."""
    value: str
    citation: str
    """A mention that the table answers; one that it does not takes `Palette.error`."""
    pipe: str
    """A table's pipes and its delimiter row."""
    marker: str
    """Characters that mark up: `#`, `**`, fences, list bullets, `---`."""
    html: str


class Spacing(NamedTuple):
    """Distances in device-independent pixels, on a grid of 4."""

    tiny: int = 4
    small: int = 8
    medium: int = 12
    large: int = 16
    huge: int = 24
    radius: int = 4
    control: int = 28
    """The height of a button or a one-line field."""
    icon: int = 20
    scroll_bar: int = 10


class Type(NamedTuple):
    """Families in the order wanted; sizes in points for the editor, as factors of the system's UI font elsewhere."""

    editor_families: tuple[str, ...] = (
        "iA Writer Duo",
        "iA Writer Duo S",
        "JetBrains Mono",
        "Cascadia Mono",
        "SF Mono",
        "DejaVu Sans Mono",
        "monospace",
    )
    editor_size: float = 12.0
    small: float = 0.9
    title: float = 1.25


class Tokens(NamedTuple):
    """All that a theme is made of; `theme` is `Theme.LIGHT` or `Theme.DARK`."""

    theme: Theme
    palette: Palette
    syntax: Syntax
    spacing: Spacing = Spacing()
    type: Type = Type()


LIGHT = Tokens(
    Theme.LIGHT,
    Palette(
        paper="#fdfcfa",
        chrome="#f4f1ea",
        ink="#23211e",
        muted="#6f6a62",
        disabled="#aea79b",
        hairline="#e4dfd6",
        edge="#928a7e",
        hover="#ebe6dc",
        pressed="#e0d9cc",
        accent="#8c2f1b",
        selection="#f3ddd3",
        current_line="#f8f5ef",
        warning="#9a6700",
        error="#a8141f",
        hint_wash="#ece7dc",
        warning_wash="#f8ecd0",
        error_wash="#f9e1dc",
        added_wash="#edf3e6",
        added_word="#c9dfb8",
        removed_wash="#fbeae4",
        removed_word="#f3c6b8",
    ),
    Syntax(
        heading="#23211e",
        strong="#23211e",
        emphasis="#4a3a2c",
        code="#3f5a4a",
        link="#2b5a7a",
        quote="#635a4c",
        key="#7a3b5e",
        value="#23211e",
        citation="#8c2f1b",
        pipe="#777064",
        marker="#777064",
        html="#5f6350",
    ),
)

DARK = Tokens(
    Theme.DARK,
    Palette(
        paper="#1c1b19",
        chrome="#242220",
        ink="#e4e0d8",
        muted="#9b958a",
        disabled="#66615a",
        hairline="#3a3733",
        edge="#736d63",
        hover="#302d2a",
        pressed="#3a3632",
        accent="#e08a6d",
        selection="#4a3229",
        current_line="#21201d",
        warning="#d9a441",
        error="#f2877f",
        hint_wash="#2e2b28",
        warning_wash="#38301d",
        error_wash="#422a26",
        added_wash="#20291d",
        added_word="#3a532f",
        removed_wash="#33211d",
        removed_word="#6b372b",
    ),
    Syntax(
        heading="#f0ece4",
        strong="#f0ece4",
        emphasis="#dccbb4",
        code="#9fc2ac",
        link="#8fbcdc",
        quote="#b5aa98",
        key="#d8a0bf",
        value="#e4e0d8",
        citation="#e08a6d",
        pipe="#918b7f",
        marker="#918b7f",
        html="#b3b597",
    ),
)
