"""Bytes to text and back, exactly: nothing is normalised, least of all a line ending."""

import codecs
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from editor.core.patterns import when_used
from editor.storage.encoding_names import ENCODINGS, encoding_name

__all__ = ["ENCODINGS", "CannotEncode", "Decoded", "NotText", "decode_as", "decode_bytes", "encode", "encoding_name"]

# UTF-32's little-endian mark begins with UTF-16's, so it is asked for first.
_MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}

# Text that is not Unicode still has no control characters but white space, escape and the end-of-file mark of DOS.
_CONTROLS_OF_NO_TEXT = when_used("[\x00-\x08\x0e-\x19\x1c-\x1f]")

_UNMARKED_SAMPLE = 64 * 1024
_UNMARKED_LEAST = 8

_MOST_NAMED = 20


class NotText(Exception):
    """Bytes that no reading makes a text of. `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"not text from line {line} on")
        self.line = line


class CannotEncode(Exception):
    """Characters that the file's encoding cannot hold, so that nothing was saved.

    `characters` are the different ones as they come in the text, at most 20, and `more` is how many others there are.
    `line`, from 1, is that of the first, `utf_8_holds` whether UTF-8 could hold them all, and `message` a sentence.
    """

    def __init__(self, characters: Sequence[str], encoding: str, line: int) -> None:
        self.characters = tuple(characters[:_MOST_NAMED])
        self.more = len(characters) - len(self.characters)
        self.encoding = encoding
        self.line = line
        self.utf_8_holds = not any(0xD800 <= ord(character) <= 0xDFFF for character in characters)
        self.message = (
            f"Line {line} holds the character {_shown(characters[0])}, which {encoding_name(encoding)} cannot hold."
        )
        super().__init__(self.message)

    @property
    def character(self) -> str:
        """The first."""
        return self.characters[0]

    @property
    def listed(self) -> str:
        """All of them for a person: “’” (U+2019), “→” (U+2192) and 3 more."""
        listed = ", ".join(map(_shown, self.characters))
        return f"{listed} and {self.more} more" if self.more else listed


class Decoded(NamedTuple):
    """What bytes say as text.

    `text` is exact but for the byte order mark, which is kept apart in `bom`. `encoding` is Python's name of the codec,
    for which `encoding_name` gives a person's. `locked` is "" where encoding the text gives the same bytes again, else
    the sentence why it may be read and not edited; `locked_line`, from 1, is the line to blame, or 0.
    """

    text: str
    encoding: str
    bom: bytes = b""
    locked: str = ""
    locked_line: int = 0


def decode_bytes(data: bytes) -> Decoded:
    """Read by the byte order mark, or as UTF-8, or in the likeliest other encoding. Raises NotText for binary data."""
    marked = next((encoding for encoding, mark in _MARKS.items() if data.startswith(mark)), "")
    return decode_as(data, marked or _unmarked_utf_16(data) or _encoding_without_mark(data))


def decode_as(data: bytes, encoding: str) -> Decoded:
    """Read in an encoding that is known. Raises NotText where a NUL is in it, and LookupError for no encoding."""
    encoding = codecs.lookup(encoding).name
    mark = _MARKS.get(encoding, b"")
    bom = mark if data.startswith(mark) else b""
    body = data[len(bom) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        line = _line_at(body[: error.start].decode(encoding, "replace"))
        locked = (
            f"Line {line} is not {encoding_name(encoding, bom)}, so this file can be read and not edited."
            " To edit it, mend the line or convert the file to UTF-8 in another program."
        )
        decoded = Decoded(body.decode(encoding, "replace"), encoding, bom, locked, line)
    else:
        decoded = _locked_where_it_changes(Decoded(text, encoding, bom), body)
    nul = decoded.text.find("\0")
    if nul >= 0:
        raise NotText(_line_at(decoded.text[:nul]))
    return decoded


def encode(text: str, encoding: str = "utf-8", bom: bytes = b"") -> bytes:
    """The file's bytes for a text. Raises CannotEncode where they would not be read as the same text again."""
    try:
        data = text.encode(encoding)
        # Some codecs of Python's take a character for another: Shift JIS, a yen sign for a backslash.
        if encoding in _MARKS or data.decode(encoding) == text:
            return bom + data
    except UnicodeError:
        pass
    # No codec in use loses characters together that it keeps apart; if one did, nothing must be saved either.
    lost = list(_lost_characters(text, encoding)) or [text[0]]
    raise CannotEncode(lost, encoding, _line_at(text[: text.index(lost[0])]))


def _encoding_without_mark(data: bytes) -> str:
    try:
        data.decode()
    except UnicodeDecodeError:
        # Latin-1 makes a character of every byte.
        text = data.decode("latin-1")
        if control := _CONTROLS_OF_NO_TEXT.search(text):
            raise NotText(_line_at(text[: control.start()])) from None
        # Most files are UTF-8, and the tables of the detection take a while to import.
        from editor.storage.encoding_detection import detect  # noqa: PLC0415

        return detect(data)
    return "utf-8"


def _unmarked_utf_16(data: bytes) -> str:
    """UTF-16 that has no byte order mark, where that is plain: nearly every other byte is NUL, and it reads as text."""
    if len(data) < _UNMARKED_LEAST:
        return ""
    sample = data[:_UNMARKED_SAMPLE]
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        highs = sample[high::2]
        if highs.count(0) > 0.7 * len(highs):
            text = sample.decode(encoding, "replace")
            return "" if _CONTROLS_OF_NO_TEXT.search(text) else encoding
    return ""


def _locked_where_it_changes(decoded: Decoded, body: bytes) -> Decoded:
    """The same, locked where its text would be saved in other bytes."""
    try:
        again = decoded.text.encode(decoded.encoding)
    except UnicodeEncodeError as error:
        line = _line_at(decoded.text[: error.start])
    else:
        if again == body:
            return decoded
        line = _line_at(body[: _common(again, body)].decode(decoded.encoding, "ignore"))
    locked = (
        f"Line {line} holds bytes that would be others once saved in {encoding_name(decoded.encoding)}, so this file"
        " can be read and not edited. To edit it, convert it to UTF-8 in another program."
    )
    return Decoded(decoded.text, decoded.encoding, decoded.bom, locked, line)


def _lost_characters(text: str, encoding: str) -> Iterator[str]:
    """The different characters that the encoding does not give back, as they come in the text."""
    for character in dict.fromkeys(text):
        try:
            if character.encode(encoding).decode(encoding) != character:
                yield character
        except UnicodeError:
            yield character


def _common(one: bytes, other: bytes) -> int:
    """How much both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shown(character: str) -> str:
    number = f"U+{ord(character):04X}"
    return f"“{character}” ({number})" if character.isprintable() else number


def _line_at(head: str) -> int:
    """The line, from 1, on which the text after `head` goes on. Only LF, CR and CRLF end a line."""
    return 1 + head.count("\n") + head.count("\r") - head.count("\r\n")
