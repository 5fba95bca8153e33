"""What a cell of a table reads like on the page, as runs of words that a widget can paint: no HTML, no pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto
from functools import lru_cache

from editor.rendering.bare_addresses import MAIL, WEB


class Look(Flag):
    """How words look."""

    PLAIN = 0
    BOLD = auto()
    ITALIC = auto()
    CODE = auto()
    STRUCK = auto()
    RAISED = auto()
    LOWERED = auto()
    PICTURE = auto()
    """The words stand for a picture."""


@dataclass(frozen=True, slots=True)
class CellRun:
    """Words of one look, a line break among them as LF. `link` is the address that they lead to, "" for none."""

    text: str
    look: Look = Look.PLAIN
    link: str = ""


# Where none of this is, a text is nothing but words, and what reads Markdown need not even be loaded.
_MAY_MEAN_MORE = re.compile(rf"[\\<`*_~\]]|&[#A-Za-z]|{WEB}|{MAIL}")


@lru_cache(maxsize=4096)
def read_cell(value: str, definitions: str = "") -> tuple[CellRun, ...]:
    """The runs of a cell's value, `\\|` in its source being `|` already.

    `definitions` is the markdown that defines the addresses of links. Footnotes stay as they are written. HTML is read
    for its line breaks and for how it makes words look, and is not shown.
    """
    if not value:
        return ()
    if not _MAY_MEAN_MORE.search(value):
        return (CellRun(value),)
    from editor.rendering.cell_markdown import runs_of  # noqa: PLC0415  # 20 ms that no window should wait for to open

    return tuple(_joined(runs_of(value, definitions)))


def plain_text(value: str) -> str:
    """The words of a cell's value alone, on one line."""
    return " ".join("".join(run.text for run in read_cell(value)).split("\n"))


def _joined(runs: Iterator[CellRun]) -> Iterator[CellRun]:
    """Neighbours of one look as one run."""
    last: CellRun | None = None
    for run in runs:
        if last and (last.look, last.link) == (run.look, run.link):
            last = CellRun(last.text + run.text, run.look, run.link)
        else:
            if last:
                yield last
            last = run
    if last:
        yield last
