"""A string in quotes, taken apart, so that a new value keeps the writing of whatever it shares with the old one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

Piece = tuple[str, str]
"""Some of a string as written, and what it means."""

MUST_ESCAPE = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
"""What cannot stand in double quotes as it is, and what would not be seen there, or would end a line elsewhere."""

_PIECE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}"
    # In TOML a backslash at the end of a line takes all blanks and endings that follow away.
    r"|\\[ \t]*\r?\n[ \t\r\n]*"
    r"|\\.|\r\n|.",
    re.DOTALL,
)


def pieces_of(inside: str) -> list[Piece]:
    """What stands between double quotes in TOML or JSON; a CRLF there means LF (TOML)."""
    return [(piece, _meaning(piece)) for piece in _PIECE.findall(inside)]


def spliced(pieces: list[Piece], value: str, write: Callable[[str], str]) -> str:
    """`value` with the pieces that it begins and ends with as they are, and the rest as `write` has it."""
    at, first = 0, 0
    while first < len(pieces) and value.startswith(pieces[first][1], at):
        at += len(pieces[first][1])
        first += 1
    end, last = len(value), len(pieces)
    while last > first and value.endswith(pieces[last - 1][1], at, end):
        last -= 1
        end -= len(pieces[last][1])
    kept = [piece for piece, _ in pieces]
    return "".join((*kept[:first], write(value[at:end]), *kept[last:]))


def escaped(text: str) -> str:
    """`text` as it can stand between double quotes on one line, with escapes that TOML and JSON both read."""
    return MUST_ESCAPE.sub(lambda found: _ESCAPES.get(found.group()) or _hex(found.group()), text)


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def _hex(character: str) -> str:
    return f"\\u{ord(character):04x}"


def _meaning(piece: str) -> str:
    if len(piece) == 1:
        return piece
    if piece == "\r\n":
        return "\n"
    if piece.startswith("\\U"):
        return chr(int(f"0x{piece[2:]}", 0))
    if piece.endswith(("\n", " ", "\t")):
        return ""
    try:
        return str(json.loads(f'"{piece}"'))
    except ValueError:
        return piece  # an escape that is newer than this: not equal to what it means, so it is not kept
