"""The page around an article's body: the preview's script and the exported file."""

from binascii import crc32
from html import escape
from typing import NamedTuple

from editor import __version__, resources

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ku ps sd ug ur yi".split())
# That of the whole page, with `_NONE` in its own place.
_CHECKSUM = '<meta name="stet-checksum" content="'
_NONE = "00000000"
_PREVIEW_SCRIPTS = (
    "looks.js",
    "sections.js",
    "numbering.js",
    "rewording.js",
    "pictures.js",
    "long_tables.js",
    "citations.js",
    "preview.js",
    "places.js",
)


def preview_script() -> str:
    """The script that shows an article in the preview; what it offers is called by the names of its parts."""
    return "\n".join(resources.read_text(f"preview/{name}") for name in _PREVIEW_SCRIPTS)


class Page(NamedTuple):
    """What an exported page is made of. `body`, all that is shown, and `metadata` are HTML, `style` is CSS, the others
    text. With `own_folder` the page may load pictures that lie beside it."""

    language: str
    title: str
    body: str
    style: str = ""
    metadata: str = ""
    own_folder: bool = False


def exported_page(page: Page) -> str:
    """The whole file: one page that asks for nothing and runs nothing."""
    direction = ' dir="rtl"' if page.language.lower().split("-")[0] in _RIGHT_TO_LEFT else ""
    pictures = "'self' data:" if page.own_folder else "data:"
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}; font-src data:; base-uri 'none';"
        " form-action 'none'"
    )
    return _with_checksum(f"""<!DOCTYPE html>
<html lang="{escape(page.language)}"{direction}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Stet {__version__}">
{_CHECKSUM}{_NONE}">
<title>{escape(page.title, quote=False)}</title>
{page.metadata}<style>
{page.style}</style>
</head>
<body>
{page.body}</body>
</html>
""")


def is_as_exported(page: bytes) -> bool | None:
    """Whether nobody has changed an exported page, by the checksum in its head; None of what has none."""
    before, mark, after = page.partition(_CHECKSUM.encode())
    known, rest = after[: len(_NONE)], after[len(_NONE) :]
    return known == _checksum(before + mark + _NONE.encode() + rest).encode() if mark else None


def _with_checksum(page: str) -> str:
    known = _checksum(page.encode("utf-8", "replace"))
    return page.replace(_CHECKSUM + _NONE, _CHECKSUM + known, 1)


def _checksum(page: bytes) -> str:
    return f"{crc32(page):08x}"
