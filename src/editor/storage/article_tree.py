"""The articles in a folder and below it, found without following a link."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from editor.storage.folder_articles import is_article_name

DEEPEST = 100
"""Levels below the folder; no writer's tree is deeper."""


class FoundArticles(NamedTuple):
    """Articles by their paths from the folder, in a steady order, and sentences: `notes` about what was left out,
    `troubles` about folders that could not be looked into."""

    articles: tuple[Path, ...]
    notes: tuple[str, ...]
    troubles: tuple[str, ...]


def articles_below(folder: Path, besides: Collection[Path] = ()) -> FoundArticles:
    """Find all articles in a folder and below.

    Left out are hidden files and folders, the folders `besides`, and links, which are noted where they look like
    articles. Never raises. May wait for a disk.
    """
    notes: list[str] = []
    troubles: list[str] = []
    left_out = {os.path.realpath(each) for each in besides}
    found = sorted(_below(folder, Path(), left_out, (notes, troubles)), key=lambda path: path.parts)
    return FoundArticles(tuple(found), tuple(sorted(notes)), tuple(sorted(troubles)))


def _below(top: Path, at: Path, left_out: Collection[str], sentences: tuple[list[str], list[str]]) -> Iterator[Path]:
    notes, troubles = sentences
    try:
        with os.scandir(top / at) as entries:
            inside = [entry for entry in entries if not entry.name.startswith(".")]
    except (OSError, ValueError) as error:
        troubles.append(f"“{top / at}” could not be looked into: {getattr(error, 'strerror', None) or error}.")
        return
    for entry in inside:
        path = at / entry.name
        if entry.is_symlink():
            if is_article_name(entry.name):
                notes.append(f"“{path}” is a link and was left out.")
        elif entry.is_dir(follow_symlinks=False):
            if len(path.parts) > DEEPEST:
                notes.append(f"“{path}” lies more than {DEEPEST} folders deep and was left out.")
            elif os.path.realpath(entry.path) not in left_out:
                yield from _below(top, path, left_out, sentences)
        elif is_article_name(entry.name) and entry.is_file(follow_symlinks=False):
            yield path
