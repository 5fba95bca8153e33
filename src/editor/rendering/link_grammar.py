"""What the parts of a link look like, in running text and in a definition: CommonMark 0.31, sections 4.7 and 6.3."""

import re
from html import unescape
from html.entities import html5
from typing import NamedTuple
from urllib.parse import quote, unquote

from editor.core.patterns import when_used

PUNCTUATION = r"!-/:-@\[-`{-~"
# Of the named entities only those that end in a semicolon count (section 2.5).
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
ENTITY = when_used(_ENTITY)
_ESCAPED = when_used(rf"\\([{PUNCTUATION}])|({_ENTITY})")

# Spaces with at most one line ending among them.
_GAP = when_used(r"[ \t]*+(?:\n[ \t]*+)?")
_POINTED = when_used(r"<((?:[^<>\n\\]|\\.)*+)>")
_BARE = when_used(r"[^\x00-\x20\x7f\\()]++|\\[^\x00-\x20\x7f]?+|[()]")
_TITLE = when_used(r""""((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)""", re.DOTALL)
LONGEST_LABEL = 999
_IN_BRACKETS = rf"\[((?:[^\[\]\\]|\\.){{0,{LONGEST_LABEL}}}+)\]"
_LABEL = when_used(_IN_BRACKETS, re.DOTALL)
_DEFINES = when_used(rf" {{0,3}}{_IN_BRACKETS}:", re.DOTALL)
_LINE_END = when_used(r"[ \t]*+(?:\n|\Z)")
_DEEPEST_PARENTHESES = 32

_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT_IN_ADDRESSES = ";/?:@&=+$,-_.!~*'()#%"


class Target(NamedTuple):
    """Where a link leads, its title or "", and `end`, the offset after its source."""

    address: str
    title: str
    end: int


class Definition(NamedTuple):
    """`[label]: address "title"`; `label` is normalised."""

    label: str
    target: Target


def read_target(text: str, at: int) -> Target | None:
    """The target in parentheses that begins at the offset `at`, if one does."""
    if text[at : at + 1] != "(":
        return None
    at = _past_gap(text, at + 1)
    destination = _destination(text, at) or ("", at)
    title, end = _title(text, destination[1])
    end = _past_gap(text, end)
    return Target(encoded(resolved(destination[0])), title or "", end + 1) if text[end : end + 1] == ")" else None


def read_definition(text: str, at: int) -> Definition | None:
    """The definition that begins at the offset `at`, the beginning of a line, if one does."""
    found = _DEFINES.match(text, at)
    if not found or not found[1].strip():
        return None
    start = _past_gap(text, found.end())
    destination = _destination(text, start)
    if destination is None or destination[1] == start:
        return None
    title, end = _title(text, destination[1])
    line_end = _LINE_END.match(text, end)
    if title is not None and not line_end:
        # What looked like a title on a line of its own is text.
        title, line_end = None, _LINE_END.match(text, destination[1])
    if not line_end:
        return None
    target = Target(encoded(resolved(destination[0])), title or "", line_end.end())
    return Definition(normal_label(found[1]), target)


def read_label(text: str, at: int) -> tuple[str, int] | None:
    """The label in brackets that begins at the offset `at`, as written, and the offset after it."""
    found = _LABEL.match(text, at)
    return (found[1], found.end()) if found else None


def normal_label(label: str) -> str:
    """A label as labels are compared."""
    return " ".join(label.split()).casefold()


def resolved(source: str) -> str:
    """A text with its backslash escapes and entities read."""
    return (
        _ESCAPED.sub(lambda found: found[1] or character(found[2]), source)
        if "\\" in source or "&" in source
        else source
    )


def character(entity: str) -> str:
    """What an entity stands for; one that does not exist stands for itself."""
    if entity[1] == "#" or entity[1:] in html5:
        return unescape(entity)
    return entity


def address_of(path: str) -> str:
    """A path as a relative address. Bytes of a name that is no UTF-8 stay those bytes."""
    return quote(path, errors="surrogateescape")


def path_of(address: str) -> str:
    """The path that a relative address without query and fragment says."""
    return unquote(address, errors="surrogateescape")


def encoded(address: str) -> str:
    """An address in which what an address cannot hold is percent-encoded, and what was encoded stays."""
    return quote(_STRAY_PERCENT.sub("%25", address), safe=_KEPT_IN_ADDRESSES, errors="replace")


def _past_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _destination(text: str, at: int) -> tuple[str, int] | None:
    if text[at : at + 1] == "<":
        pointed = _POINTED.match(text, at)
        return (pointed[1], pointed.end()) if pointed else None
    depth = 0
    end = at
    while piece := _BARE.match(text, end):
        if piece[0] == "(":
            depth += 1
        elif piece[0] == ")":
            depth -= 1
        if depth < 0:
            break
        if depth > _DEEPEST_PARENTHESES:
            return None
        end = piece.end()
    return (text[at:end], end) if depth <= 0 else None


def _title(text: str, at: int) -> tuple[str | None, int]:
    """The title after a destination and the offset after it; None and `at` where there is none."""
    start = _past_gap(text, at)
    title = _TITLE.match(text, start) if start > at else None
    if not title:
        return None, at
    return resolved(title[title.lastindex or 0]), title.end()
