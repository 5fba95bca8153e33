"""The papers that a folder's articles list: their tables of papers, read within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from editor.core.blocks import may_hold_table
from editor.core.chunks import ChunkKind, cut
from editor.core.citation_offers import Offer
from editor.core.front_matter_fence import front_matter_length
from editor.core.line_source import LineSource
from editor.core.papers import citations_table, read_papers
from editor.core.tables import tables_in
from editor.storage.folder_articles import FileState, newest_articles
from editor.storage.folder_files import NotRead, read_head

MOST_ARTICLES = 100
"""The newest: who writes on one matter has cited its papers lately."""
MOST_BYTES = 1_000_000
"""Of one article."""
MOST_BYTES_TOGETHER = 8_000_000
MOST_PAPERS = 10_000
_AT_A_TIME = 16
"""Chunks or rows that are read before others may work; reading them is work in Python, which a key would wait for."""


class Listed(NamedTuple):
    """The papers of an article, and by what it is told from an earlier state of the same file."""

    state: FileState
    papers: tuple[Offer, ...]


PapersByFile = Mapping[str, Listed]
"""By the name of the file in its folder, the newest first."""


def read_folder_papers(folder: Path, known: PapersByFile, stopped: Callable[[], bool]) -> PapersByFile:
    """The papers of the articles in a folder, not in those below it; `known` are those of an earlier look.

    `stopped` is asked every few paragraphs and rows, may wait to let others work, and ends the reading early. Never
    raises: what cannot be read is left out. May wait for a disk.
    """
    found: dict[str, Listed] = {}
    bytes_left, papers_left = MOST_BYTES_TOGETHER, MOST_PAPERS
    for name, state in newest_articles(folder)[:MOST_ARTICLES]:
        listed = known.get(name)
        if listed is None or listed.state != state:
            if bytes_left <= 0 or stopped():
                break
            raw = _read(folder / name, min(MOST_BYTES, bytes_left))
            bytes_left -= len(raw)
            papers = _papers(name, raw.decode("utf-8-sig", "replace"), stopped)
            if papers is None:
                break
            listed = Listed(state, papers)
        if len(listed.papers) > papers_left:
            break
        papers_left -= len(listed.papers)
        found[name] = listed
    return found


def _read(path: Path, most: int) -> bytes:
    try:
        return read_head(path, most)
    except NotRead:
        return b""


def _papers(name: str, text: str, stopped: Callable[[], bool]) -> tuple[Offer, ...] | None:
    """The papers of an article's table; None where there was no time to read them."""
    found: list[Offer] = []
    for number, offer in enumerate(_offers(name, text)):
        if number % _AT_A_TIME == _AT_A_TIME - 1 and stopped():
            return None
        if offer:
            found.append(offer)
    return tuple(found)


def _offers(name: str, text: str) -> Iterator[Offer | None]:
    """Each paper, and None for each step that came to none."""
    if not may_hold_table(text):
        return
    for chunk, _ in cut(LineSource(text[front_matter_length(text) :])):
        yield None
        if chunk.kind is ChunkKind.CODE or not may_hold_table(chunk.text):
            continue
        # Not remembered with the facts of the window's own article, which another thread asks for.
        table = citations_table(tables_in([part for _, part in chunk.parts]))
        if table:
            for paper in read_papers(table):
                yield Offer(paper.name, name, paper.cited_by, paper.doi) if paper.name else None
            return
