"""Ways to write a string as a YAML scalar. None is checked here: who uses one reads it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\0": "\\0", "\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f",
    "\r": "\\r", "\x1b": "\\e", "\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P",
}  # fmt: skip
# YAML 1.1, 5.1: what is not printable must be escaped; a byte order mark is printable and cannot be seen.
_MUST_ESCAPE = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_HEADER = re.compile(r"(?P<kind>[|>])(?P<signs>[-+0-9]*)(?P<rest>[^\r\n]*)")
_CONTENT = re.compile(r"[\r\n](?P<indent> *)(?P<line>[^ \r\n][^\r\n]*)")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a scalar is written: how it was written before ("" for a new one), its key's column, the line ending."""

    was: str
    column: int
    newline: str


def ways_to_write(value: str, style: str, around: Surroundings) -> Iterator[str]:
    """Writings of `value`, the one nearest to `style` first ("" plain, a quote, "|" or ">"), the surest last."""
    if style == "'":
        yield single_quoted(value)
    elif style in {"|", ">"}:
        yield from _blocks(value, around)
    elif not style and "\n" in value:
        yield from _blocks(value, Surroundings("|", around.column, around.newline))
    elif not style:
        yield value
    yield double_quoted(value)


def single_quoted(value: str) -> str:
    """The value in single quotes."""
    return "'" + value.replace("'", "''") + "'"


def double_quoted(value: str) -> str:
    """The value in double quotes, on one line, with escapes for what cannot stand there as it is."""
    return '"' + _MUST_ESCAPE.sub(_escape, value) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or (
        f"\\x{ord(character):02X}" if ord(character) < 256 else f"\\u{ord(character):04X}"
    )


def _blocks(value: str, around: Surroundings) -> Iterator[str]:
    header = _HEADER.match(around.was)
    text = value.rstrip("\n")
    # A last line of blanks alone could not be told from the blank lines below the block.
    if not header or not text.rpartition("\n")[2].strip(" "):
        return
    indent = _indent(around, header["signs"])
    endings = len(value) - len(text)
    signs = _signs(
        header["signs"], endings, needs_width=text.lstrip("\n").startswith(" "), width=indent - around.column
    )
    blank_lines = [""] * max(endings - 1, 0)
    for lines in _folded(text, around.was) if header["kind"] == ">" else [text.split("\n")]:
        written = [" " * indent + line if line else "" for line in lines]
        yield around.newline.join([header["kind"] + signs + header["rest"], *written, *blank_lines])


def _indent(around: Surroundings, signs: str) -> int:
    """Blanks before each line of a block scalar."""
    width = re.search(r"\d", signs)
    if width:
        return around.column + int(width.group())
    content = _CONTENT.search(around.was)
    return len(content["indent"]) if content else around.column + 2


def _signs(signs: str, endings: int, *, needs_width: bool, width: int) -> str:
    """The width and the chomping sign that `endings` line endings after the text ask for; those it had, if they do."""
    digits = re.sub(r"\D", "", signs) or (str(width) if needs_width else "")
    if endings == 0:
        return digits + "-"
    return digits + ("+" if endings > 1 or "+" in signs else "")


def _folded(text: str, was: str) -> Iterator[list[str]]:
    """Lines of a folded scalar: as wide as they were, where there were several; then each paragraph on one line."""
    widths = [len(content["line"]) for content in _CONTENT.finditer(was)]
    if len(widths) > 1:
        yield _fold(text, max(widths))
    yield _fold(text, len(text))


def _fold(text: str, width: int) -> list[str]:
    first, *others = text.split("\n")
    lines = _wrapped(first, width)
    for paragraph in others:
        lines += ["", *_wrapped(paragraph, width)]
    return lines


def _wrapped(paragraph: str, width: int) -> list[str]:
    """The paragraph in lines of at most `width`, cut at single blanks only: those are what folding gives back."""
    lines: list[str] = []
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", paragraph) if paragraph else []:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
