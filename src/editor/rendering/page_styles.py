"""How a page looks, exported or in the preview: a theme that ships, and what a folder adds to it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from editor import resources
from editor.core.patterns import when_used
from editor.rendering.article_pictures import PictureRefused, read_picture

THEMES = ("journal", "plain", "dark")
DEFAULT_THEME = THEMES[0]
LARGEST_STYLE = 100_000
"""Bytes of a folder's own style sheet."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Tokens as CSS Syntax reads them (section 4.3). What begins a comment is none within a string, which ends with its line
# at the latest, nor within an address without quotes; and `url(` begins one only where it is a whole name.
_URL = "".join(rf"(?:\\?{letter}|\\0{{0,4}}(?:{ord(letter):x}|{ord(letter.upper()):x})[ \t\n]?)" for letter in "url")
_TOKEN = when_used(
    rf"""(?P<comment>/\*.*?(?:\*/|\Z))
    |(?P<string>"(?:\\.|[^"\\\n]|\\\Z)*+(?:"|(?=\n)|\Z)|'(?:\\.|[^'\\\n]|\\\Z)*+(?:'|(?=\n)|\Z))
    |{_URL}\((?!\s*["'])(?P<address>(?:\\.|[^)\\]|\\\Z)*+)(?:\)|\Z)
    |[\#@]?(?:[-\w]|[^\0-\x7f]|\\[0-9a-f]{{1,6}}[ \t\n]?|\\[^\n])+""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_LINE_END = when_used(r"\r\n?|\f")
_SPACE = re.compile(r"\s*\n\s*")
# CSS Syntax, section 4.3.7: what an escape stands for, and a line's end that one takes away.
_ESCAPE = when_used(r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|(\r\n|[\r\n\f])|(.))", re.DOTALL)
_IMPORT = when_used(r"@import\b", re.IGNORECASE)
_ADDRESS = when_used(r"\burl\(\s*[\"']?\s*([^\"')]*)", re.IGNORECASE)
# They take addresses as texts, each at a place of its own.
_LOADS_TEXTS = when_used(r"(image-set|\bimage|\bsrc)\(", re.IGNORECASE)


class ThemeRefused(Exception):
    """A folder's theme, style sheet or template that cannot be used; the message is a sentence for the writer."""


def style_of(theme: str) -> str:
    """The CSS of a theme that ships. Raises ThemeRefused for any other name."""
    check_theme(theme)
    return _style_of(theme)


def check_theme(theme: str) -> None:
    """Raise ThemeRefused for any theme but those that ship."""
    if theme not in THEMES:
        known = ", ".join(THEMES)
        raise ThemeRefused(f"There is no theme “{theme[:40]}”, which stet.toml names; the themes are {known}.")


@cache
def _style_of(theme: str) -> str:
    """What all themes share, then the theme, then paper, which is white whatever the screen is."""
    css = "\n".join(
        (
            resources.read_text("preview/article.css"),
            _after_dark(theme),
            resources.read_text("export/page.css"),
            resources.read_text(f"themes/{theme}.css"),
            resources.read_text("preview/print.css"),
            resources.read_text("export/print.css"),
        )
    )
    return _SPACE.sub("\n", _COMMENT.sub("", css)).strip() + "\n"


def preview_style(theme: str, own: str = "") -> str:
    """What comes in the preview after `article.css`: a theme that ships, paper, and a folder's own style.

    In the order that an exported page has them. Raises ThemeRefused for a theme that does not ship.
    """
    check_theme(theme)
    shipped = _after_dark(theme), resources.read_text(f"themes/{theme}.css"), resources.read_text("preview/print.css")
    return "\n".join((*shipped, own))


def _after_dark(theme: str) -> str:
    when = "screen" if theme == "dark" else "screen and (prefers-color-scheme: dark)"
    return f"@media {when} {{\n{resources.read_text('preview/dark.css')}}}"


def folder_style(folder: Path, name: str) -> str:
    """The text of a folder's own style sheet, which may load nothing. Raises ThemeRefused. May wait for a disk."""
    css = read_text_below(folder, name, "style sheet")
    if why := what_it_loads(css):
        raise ThemeRefused(f"The style sheet “{name}” {why}, which a page that asks for nothing cannot have.")
    return css


def read_text_below(folder: Path, name: str, kind: str) -> str:
    """A small file in UTF-8 of the folder or below, `kind` is what it is to be. Raises ThemeRefused."""
    try:
        data = read_picture(folder, name, called=f"“{name}”", largest=LARGEST_STYLE)
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except PictureRefused as refusal:
        said = str(refusal).replace("The image ", f"The {kind} ", 1)
        raise ThemeRefused(said.replace("the article's", "the").replace(" and was left out", "")) from refusal
    except UnicodeDecodeError as error:
        raise ThemeRefused(f"The {kind} “{name}” is no UTF-8.") from error


def what_it_loads(css: str) -> str:
    """What of a style sheet asks for something, or would end the element that it stands in; "" where nothing does.

    Escapes are read first, since `\\75rl(` is `url(`. Data may be in it.
    """
    if "</style" in css.lower() or "<!--" in css:
        return "has “</style” or “<!--” in it"
    read = _TOKEN.sub(_as_read, _LINE_END.sub("\n", css))
    if _IMPORT.search(read):
        return "has an @import"
    for found in _ADDRESS.finditer(read):
        address = found[1].strip()
        if not address.lower().startswith(("data:", "#")):
            return f"asks for “{address[:80]}”"
    asks = _LOADS_TEXTS.search(read)
    return f"asks for a picture by {asks[1]}()" if asks else ""


def _as_read(token: re.Match[str]) -> str:
    """A token without escapes and comments, an address in quotes whose own ones are no quotes any more."""
    if token["comment"]:
        return " "
    if token["address"] is None:
        return _ESCAPE.sub(_character, token[0])
    address = _ESCAPE.sub(_character, token["address"])
    return f"""url("{address.replace('"', "%22").replace("'", "%27")}")"""


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        code = int(escape[1], 16)
        return chr(code) if 0 < code < 0x110000 else "\ufffd"
    return "" if escape[2] else escape[3]
