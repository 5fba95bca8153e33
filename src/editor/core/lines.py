"""Lines of an article's exact text. CRLF, CR and LF end one, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def split_lines(text: str) -> list[str]:
    """The lines with their endings; the last may have none."""
    if "\r" in text:
        return _LINE.findall(text)
    # Many times as fast as the pattern where a line is long.
    *lines, last = text.split("\n")
    ended = [line + "\n" for line in lines]
    return [*ended, last] if last else ended


def line_search(pattern: str) -> Callable[[str], bool]:
    """Whether a line of a text begins with what the pattern matches.

    One search for both a text's beginning and what follows an ending would take five times as long.
    """
    at_once, later = re.compile(pattern), re.compile(f"[\\r\\n](?:{pattern})")
    return lambda text: at_once.match(text) is not None or later.search(text) is not None


def line_ends(text: str) -> Iterator[int]:
    """The code points just after each line, its ending included."""
    return (line.end() for line in _LINE.finditer(text))


def line_ending(line: str) -> str:
    """The ending of one line, empty where it has none."""
    return line[len(line.rstrip("\r\n")) :]


def first_ending(text: str) -> str:
    """The ending of the first line, empty where no line is ended."""
    line = _LINE.match(text)
    return line_ending(line.group()) if line else ""


def first_line(text: str) -> str:
    """The first line without its ending."""
    return text[: len(text) if (line := _LINE.match(text)) is None else line.end()].rstrip("\r\n")


def count_endings(text: str) -> int:
    """How many line endings there are."""
    if "\r" in text:
        return text.count("\n") + text.count("\r") - text.count("\r\n")
    return text.count("\n")


def lines_before(text: str, offset: int) -> int:
    """How many lines end at or before the code point `offset`; between CR and LF none has ended yet."""
    count = count_endings(text[:offset])
    return count - 1 if text[offset - 1 : offset + 1] == "\r\n" and offset else count


def has_crlf(text: str) -> bool:
    """Whether a line ends with CRLF. One character is sought a hundred times as fast as two."""
    return "\r" in text and "\r\n" in text


def utf16_length(text: str) -> int:
    """UTF-16 units of a text, a character beyond U+FFFF being two."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def widget_units(text: str) -> int:
    """UTF-16 units of a text in a text widget, where every line ending is one."""
    return utf16_length(text) - (text.count("\r\n") if "\r" in text else 0)


def code_points_of_units(text: str, units: int) -> int:
    """The code points before a text widget's UTF-16 position; inside a surrogate pair, those before the pair."""
    if not has_crlf(text):
        return _code_points(text, units)
    start = 0
    for end in line_ends(text):
        line = widget_units(text[start:end])
        if units < line:
            break
        units -= line
        start = end
    return start + _code_points(text[start:], units)


def _code_points(text: str, units: int) -> int:
    if text.isascii():
        return min(units, len(text))
    head = text[:units].encode("utf-16-le", "surrogatepass")[: 2 * units]
    if len(head) >= 2 and 0xD8 <= head[-1] <= 0xDB:
        head = head[:-2]
    return len(head.decode("utf-16-le", "surrogatepass"))
