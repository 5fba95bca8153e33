"""Pictures put into the exported page itself, so that it asks for nothing."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from urllib.parse import unquote, urlsplit

from editor.rendering.article_pictures import PictureRefused, read_picture

_LARGEST = 20_000_000
_KINDS = (
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/gif", b"GIF8"),
)


def picture_as_data(address: str, folder: Path) -> str:
    """The `data:` address of the picture at a relative address, which must lie below `folder`.

    What it is is told by its first bytes, whatever it is called: PNG, JPEG, GIF and WebP pictures run nothing. Raises
    PictureRefused.
    """
    path = unquote(urlsplit(address).path)
    data = read_picture(folder, path, called=address, largest=_LARGEST)
    kind = _kind(data)
    if not kind:
        raise PictureRefused(f"The image {address} is no PNG, JPEG, GIF or WebP picture and was left out.")
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"


def _kind(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for kind, beginning in _KINDS if data.startswith(beginning)), "")
