"""How far the HTML that a block of an article leaves open reaches.

A writer may open an element in one block of HTML and close it in a later one, with markdown between them. What such a
block opens reaches to the block that closes it, if one does within `REACH` lines; if none does, it ends with its own
block, as all HTML does that a paragraph, a list or a quote leaves open. So a tag half typed never changes the rest of
an article, and whoever cuts the text and whoever renders it whole agree about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from editor.core.patterns import when_used

REACH = 200
"""Lines from the line of an opening block to that of its closing one."""

_TAG = when_used(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9-]*)", re.DOTALL)
# Neither void elements nor those whose end tag may be left out: the next paragraph or row ends them.
_NEVER_OPEN = frozenset(
    "area base br caption col colgroup dd dt embed frame hr img input li link meta optgroup option p param rp rt source"
    " tbody td tfoot th thead tr track wbr".split()
)
# What these begin is read to its own end, markdown and blank lines included.
_VERBATIM = when_used(r" {0,3}<(?:[!?]|(?:pre|script|style|textarea)(?![a-zA-Z0-9-]))", re.IGNORECASE)


# More elements than this are never open at once in what anybody writes; such HTML ends with its own block.
_DEEPEST = 12


@lru_cache(maxsize=4096)
def _tags(html: str) -> tuple[tuple[bool, str], ...]:
    """The tags of a block of HTML that open or close (True) something, by their names."""
    if _VERBATIM.match(html):
        return ()
    tags = ((bool(closing), name.lower()) for closing, name in _TAG.findall(html))
    return tuple((closing, name) for closing, name in tags if name and name not in _NEVER_OPEN)


def _read(html: str, names: list[str]) -> None:
    """Open and close what a block of HTML does; `names` are those of the open elements, the outermost first."""
    for closing, name in _tags(html):
        if not closing:
            names.append(name)
        elif name in names:
            del names[len(names) - 1 - names[::-1].index(name) :]


def leaves_open(html: str) -> bool:
    """Whether a block of HTML opens an element that it does not close."""
    names: list[str] = []
    _read(html, names)
    return bool(names)


def closing_block(blocks: Iterable[tuple[int, str]]) -> int | None:
    """Which of the blocks of HTML, counted from 0, closes what the first one leaves open.

    Each is given by the number of its first line and its text; no more of them are taken than needed. None where the
    first leaves nothing open, or where nothing within reach closes it.
    """
    names: list[str] = []
    first_line = 0
    for number, (line, html) in enumerate(blocks):
        if not number:
            first_line = line
        elif line - first_line > REACH:
            return None
        _read(html, names)
        if not names:
            return number or None
        if len(names) > _DEEPEST:
            return None
    return None
