"""Pictures put into the exported page itself, so that it asks for nothing."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LARGEST = 20_000_000
_KINDS = (
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/gif", b"GIF8"),
)


class PictureRefused(Exception):
    """The picture cannot or may not be part of the page; the message is a sentence naming it."""


def picture_as_data(address: str, folder: Path) -> str:
    """The `data:` address of the picture at a relative address, which must lie below `folder`.

    What it is is told by its first bytes, whatever it is called: PNG, JPEG, GIF and WebP pictures run nothing. A link
    in the file system that leads out of the folder leads nowhere. Raises PictureRefused.
    """
    path = _path_below(folder, unquote(urlsplit(address).path), address)
    try:
        if not path.is_file():
            raise PictureRefused(f"The image {address} was not found.")
        if path.stat().st_size > _LARGEST:
            raise PictureRefused(f"The image {address} is larger than {_LARGEST // 1_000_000} MB and was left out.")
        data = path.read_bytes()
    except OSError as error:
        raise PictureRefused(f"The image {address} could not be read.") from error
    kind = _kind(data)
    if not kind:
        raise PictureRefused(f"The image {address} is no PNG, JPEG, GIF or WebP picture and was left out.")
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"


def _path_below(folder: Path, relative: str, address: str) -> Path:
    try:
        top = folder.resolve()
        path = (top / relative).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise PictureRefused(f"The image {address} was not found.") from error
    if not path.is_relative_to(top):
        raise PictureRefused(f"The image {address} lies outside the article's folder and was left out.")
    return path


def _kind(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for kind, beginning in _KINDS if data.startswith(beginning)), "")
