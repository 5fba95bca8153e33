"""The pictures of an exported page: in the page itself or beside it, so that it asks for nothing of any network."""

import re
from base64 import b64encode
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from editor.core.patterns import when_used
from editor.rendering.article_pictures import PictureRefused, read_picture
from editor.rendering.link_grammar import address_of, encoded
from editor.rendering.page_fields import web_address
from editor.rendering.sanitised_tags import Tag, change_tags, element, missing_image

_LARGEST = 20_000_000
_KINDS = (
    ("image/png", ".png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", ".jpg", b"\xff\xd8\xff"),
    ("image/gif", ".gif", b"GIF8"),
    ("image/webp", ".webp", b"RIFF"),
)
_PLACEHOLDER = '<span class="image-missing" title="'
# Tags are taken whole, so that nothing within a value is taken for a placeholder.
_PLACEHOLDER_OR_TAG = when_used(
    rf'{_PLACEHOLDER}(?P<address>[^"]*)">(?P<words>[^<]*)</span>'
    '|<(?P<closing>/?)(?P<name>[a-z][a-z0-9]*)(?: [a-z-]+="[^"]*")*>'
)
_PLAIN_NAME = when_used(r"[^\w-]+")


class PictureFile(NamedTuple):
    """A picture that lies beside the page: its path from the page, with forward slashes, and its bytes."""

    path: str
    data: bytes


class Pictures:
    """Puts the pictures of an article in `folder` into its page, or into the folder `beside` it where that is not "".

    `remote` has the addresses of pictures that became links, `refused` a sentence for each that is not shown.
    """

    def __init__(self, folder: Path, *, beside: str = "") -> None:
        self.folder = folder
        self.beside = beside
        self.files: dict[str, PictureFile] = {}
        self.remote: list[str] = []
        self.refused: list[str] = []
        self._missing: set[str] = set()

    def put(self, html: str) -> str:
        """The HTML with every picture in its place, or what stands for it."""
        if "<img" in html:
            html = change_tags(html, lambda tag: self._picture(tag) if tag.name == "img" else tag.source)
        depth = 0

        def stand_in(found: re.Match[str]) -> str:
            nonlocal depth
            if found["words"] is None:
                if found["name"] == "a":
                    depth += -1 if found["closing"] else 1
                return found[0]
            return self._stand_in(found, in_link=depth > 0)

        return _PLACEHOLDER_OR_TAG.sub(stand_in, html) if _PLACEHOLDER in html else html

    def _stand_in(self, found: re.Match[str], *, in_link: bool) -> str:
        """What stands for a picture that is not in the folder: a link to it where it is on the web."""
        address = unescape(found["address"])
        if not web_address(encoded(address)):
            if address not in self._missing:
                called = address or f"“{unescape(found['words'])}”"
                self.refused.append(f"The image {called} does not lie in the article's folder and was left out.")
            return found[0]
        self.remote.append(address)
        if in_link:
            return f'<span class="picture-link">{found["words"]}</span>'
        return f'<a class="picture-link" href="{escape(encoded(address))}">{found["words"]}</a>'

    def _picture(self, tag: Tag) -> str:
        address = tag.attributes.get("src", "")
        attributes = {"alt": "", **tag.attributes}
        if address.lower().startswith("data:"):
            return element("img", attributes)
        try:
            source = self._beside(address) if self.beside else picture_as_data(address, self.folder)
            return element("img", {**attributes, "src": source})
        except PictureRefused as refusal:
            self.refused.append(str(refusal))
            self._missing.add(address)
            return missing_image(tag.attributes.get("alt", ""), address)

    def _beside(self, address: str) -> str:
        kind, data = _read(address, self.folder)
        suffix = next(suffix for name, suffix, _ in _KINDS if name == kind)
        stem = _PLAIN_NAME.sub("-", PurePosixPath(unquote(urlsplit(address).path)).stem)[:60].strip("-") or "picture"
        # It brings OpenSSL, which a page with its pictures in it need not wait for.
        import hashlib  # noqa: PLC0415

        path = f"{self.beside}/{stem}-{hashlib.sha256(data).hexdigest()[:8]}{suffix}"
        self.files[path] = PictureFile(path, data)
        return address_of(path)


def picture_as_data(address: str, folder: Path) -> str:
    """The `data:` address of the picture at a relative address, which must lie below `folder`. Raises PictureRefused.

    What it is is told by its first bytes, whatever it is called: PNG, JPEG, GIF and WebP pictures run nothing.
    """
    kind, data = _read(address, folder)
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"


def _read(address: str, folder: Path) -> tuple[str, bytes]:
    path = unquote(urlsplit(address).path)
    data = read_picture(folder, path, called=address, largest=_LARGEST)
    for kind, _, beginning in _KINDS:
        if data.startswith(beginning) and (kind != "image/webp" or data[8:12] == b"WEBP"):
            return kind, data
    raise PictureRefused(f"The image {address} is no PNG, JPEG, GIF or WebP picture and was left out.")
