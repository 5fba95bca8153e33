"""An article's file: read whole and exactly, saved durably."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from editor.storage.encoding import (
    ENCODINGS,
    CannotEncode,
    NotText,
    decode_as,
    decode_bytes,
    encode,
    encoding_name,
)
from editor.storage.file_bytes import (
    LARGEST,
    ChangedOutside,
    FileMissing,
    FileUnreadable,
    SaveFailed,
    digest,
    read_bytes,
    save_bytes,
)

if TYPE_CHECKING:
    from editor.storage.safekeeping import Safekeeping

__all__ = [
    "ENCODINGS",
    "LARGEST",
    "CannotEncode",
    "ChangedOutside",
    "FileMissing",
    "FileText",
    "FileUnreadable",
    "SaveFailed",
    "decode",
    "encode",
    "encoding_name",
    "read_article",
    "save_article",
]


class FileText(NamedTuple):
    """A file as read.

    `text` is what the bytes say, line endings included and the byte order mark (`bom`) not; `encoding` is Python's
    name of it. `locked` is "" or the sentence why the text may be read and not edited, `locked_line` the line to blame,
    from 1 (0: none).
    """

    path: Path
    text: str
    encoding: str
    bom: bytes
    data: bytes
    locked: str = ""
    locked_line: int = 0

    def is_given_back_by(self, text: str) -> bool:
        """Whether a text would be saved as the very bytes that were read."""
        try:
            return encode(text, self.encoding, self.bom) == self.data
        except CannotEncode:
            return False

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return digest(self.data)


def read_article(path: Path, encoding: str = "", *, safe: "Safekeeping | None" = None) -> FileText:
    """Read a file, in the encoding given or else in the one it seems to be in. Raises FileUnreadable.

    A save of it that was cut off is finished before, if `safe` has one.
    """
    if safe:
        safe.finish(path)
    return decode(read_bytes(path), path, encoding)


def decode(data: bytes, path: Path, encoding: str = "") -> FileText:
    """The text of bytes read from `path`, as `read_article` says. Raises FileUnreadable where they are no text."""
    try:
        decoded = decode_as(data, encoding) if encoding else decode_bytes(data)
    except NotText as error:
        raise FileUnreadable("is not text; open it in the program that made it", path, error.line) from error
    return FileText(
        path=path,
        text=decoded.text,
        encoding=decoded.encoding,
        bom=decoded.bom,
        data=data,
        locked=decoded.locked,
        locked_line=decoded.locked_line,
    )


def save_article(
    path: Path,
    text: str,
    encoding: str = "utf-8",
    bom: bytes = b"",
    *,
    safe: "Safekeeping | None" = None,
    expected: str | None = None,
) -> str:
    """Save durably and return the digest of the bytes now in the file; `safe` keeps what was in it as a version.

    `expected` is the digest of what the file must still hold. Raises CannotEncode, before anything is written,
    SaveFailed, and of those ChangedOutside where the file holds something else.
    """
    data = encode(text, encoding, bom)
    if safe:
        safe.save(path, data, expected)
    else:
        save_bytes(path, data, expected=expected)
    return digest(data)
