"""What an export will be like, shown before it is made."""

from __future__ import annotations

import re

_LONGEST = 200_000
"""Code points of a text that are shown: what comes after looks no different."""
_PICTURE_DATA = re.compile(r"(data:image/[a-z+]+;base64,[A-Za-z0-9+/]{24})[A-Za-z0-9+/=]+")
_MEDIA = re.compile(r"@media\s+(print|screen)\b")
_OTHER_MEDIUM = {"print": "screen", "screen": "print"}
_STYLE_END = "</style>"
# As print.css has the margins of `@page`, which are none of the page's own.
_SHEET = "@media screen { html { background: #fff } body { padding: 22mm 20mm 24mm } }\n"


def on_paper(page: str) -> str:
    """An exported page that looks on a screen as it does on paper, but for the sheets' ends."""
    style, end, rest = page.partition(_STYLE_END)
    if not end:
        return page
    return _MEDIA.sub(lambda found: f"@media {_OTHER_MEDIUM[found[1]]}", style) + _SHEET + end + rest


def in_short(text: str) -> str:
    """A text as it is, but for the data of pictures and what comes after very much of it."""
    shown = _PICTURE_DATA.sub(r"\1…", text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}\n…"
