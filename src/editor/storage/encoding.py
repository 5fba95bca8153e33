"""Bytes to text and back, exactly: nothing is normalised, least of all a line ending."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

# UTF-32's little-endian mark begins with UTF-16's, so it is asked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Text that is not Unicode still has no control characters but white space, escape and the end-of-file mark of DOS.
_CONTROLS_OF_NO_TEXT = frozenset(range(0x20)) - frozenset(b"\t\n\v\f\r\x1a\x1b")


class NotText(Exception):
    """Bytes that no reading makes a text of. `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"not text from line {line} on")
        self.line = line


class CannotEncode(Exception):
    """A character that the file's encoding cannot hold. `line` counts from 1, `message` is a sentence."""

    def __init__(self, character: str, encoding: str, line: int) -> None:
        shown = f"“{character}” (U+{ord(character):04X})" if character.isprintable() else f"U+{ord(character):04X}"
        self.message = f"Line {line} holds the character {shown}, which {encoding.upper()} cannot hold."
        self.character = character
        self.line = line
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What bytes say as text.

    `text` is exact but for the byte order mark, which is kept apart in `bom`. `locked` is "" where encoding the text
    gives the same bytes again, else the sentence why it may be read and not edited; `locked_line`, from 1, is the
    line to blame, or 0.
    """

    text: str
    encoding: str
    bom: bytes = b""
    locked: str = ""
    locked_line: int = 0


def decode_bytes(data: bytes) -> Decoded:
    """Read by the byte order mark, or as UTF-8, or (locked) as what comes nearest. Raises NotText for binary data."""
    bom, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(bom) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        line = _line_at(body[: error.start].decode(encoding, "replace"))
        decoded = _nearest_reading(body, encoding, bom, line)
    else:
        decoded = Decoded(text, encoding, bom)
    nul = decoded.text.find("\0")
    if nul >= 0:
        raise NotText(_line_at(decoded.text[:nul]))
    return decoded


def encode(text: str, encoding: str = "utf-8", bom: bytes = b"") -> bytes:
    """The file's bytes for a text. Raises CannotEncode at the first character that the encoding cannot hold."""
    try:
        return bom + text.encode(encoding)
    except UnicodeEncodeError as error:
        raise CannotEncode(text[error.start], encoding, _line_at(text[: error.start])) from error


def _nearest_reading(body: bytes, encoding: str, bom: bytes, line: int) -> Decoded:
    """The text to show, locked, of bytes that are wrong in their encoding on `line`.

    Where other letters are sound UTF-8 the bytes are a damaged UTF-8 file, else most likely a Western one of Windows.
    """
    shown = body.decode(encoding, "replace")
    if not bom:
        controls = next((at for at, byte in enumerate(body) if byte in _CONTROLS_OF_NO_TEXT), None)
        if controls is not None:
            raise NotText(_line_at(body[:controls].decode("latin-1")))
        if shown.replace("\ufffd", "").isascii():
            encoding = "cp1252"
            shown = body.decode(encoding, "replace")
    name = "UTF-8" if not bom else encoding.upper()
    locked = f"Line {line} is not {name}, so this file can be read and not edited. Convert it to UTF-8 to edit it."
    return Decoded(shown, encoding, bom, locked, line)


def _line_at(head: str) -> int:
    """The line, from 1, on which the text after `head` goes on. Only LF, CR and CRLF end a line."""
    return 1 + head.count("\n") + head.count("\r") - head.count("\r\n")
