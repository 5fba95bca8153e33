"""The front matter of a folder's articles: a bounded look at each head, so that a large folder costs little."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from editor.core.front_matter import FrontMatter
from editor.core.front_matter_reading import read_front_matter
from editor.storage.folder_files import NotRead, read_head

HEAD_BYTES = 4096
"""Of each file: front matter that is not closed by then is none worth learning from."""
MOST_ARTICLES = 300
"""The newest: what a writer does now tells more than what was done years ago."""
MOST_ENTRIES = 10_000
"""Of the folder, that are looked at."""
_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")


FileState = tuple[int, int, int]
"""By which one tells whether a file is as it was."""


@dataclass(frozen=True, slots=True)
class Head:
    """What an article begins with, and by what it is told from an earlier state of the same file."""

    state: FileState
    front_matter: FrontMatter


Heads = Mapping[str, Head]
"""By the name of the file in its folder."""


def read_heads(folder: Path, known: Heads, stopped: Callable[[], bool]) -> Heads:
    """The heads of the articles in a folder, not in those below it; `known` are those of an earlier look.

    `stopped` is asked before each file that has to be read, may wait to let others work, and ends the reading early.
    Never raises: what cannot be read is left out. May wait for a disk.
    """
    heads: dict[str, Head] = {}
    for name, state in newest_articles(folder):
        earlier = known.get(name)
        if earlier and earlier.state == state:
            heads[name] = earlier
        elif stopped():
            break
        elif front_matter := _read(folder / name):
            heads[name] = Head(state, front_matter)
    return heads


def newest_articles(folder: Path) -> list[tuple[str, FileState]]:
    """Names and states of the articles in a folder, the newest first; () where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            found = list(_articles(islice(entries, MOST_ENTRIES)))
    except (OSError, ValueError):
        return []
    return sorted(found, key=lambda each: (-each[1][2], each[0]))[:MOST_ARTICLES]


def is_article_name(name: str) -> bool:
    """Whether a file of this name is taken for an article."""
    return name.lower().endswith(_ENDINGS) and not name.startswith(".")


def _articles(entries: Iterator[os.DirEntry[str]]) -> Iterator[tuple[str, FileState]]:
    for entry in entries:
        if not is_article_name(entry.name):
            continue
        try:
            if entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                yield entry.name, (status.st_ino, status.st_size, status.st_mtime_ns)
        except OSError:
            continue


def _read(path: Path) -> FrontMatter | None:
    try:
        text = read_head(path, HEAD_BYTES).decode("utf-8-sig", "replace")
    except NotRead:
        return None
    return read_front_matter(text)
