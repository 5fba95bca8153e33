"""The list, in an exported folder, of the files that Stet made there and of what each was made from.

It says what need not be made anew, and what is Stet's to overwrite and to remove. The folder may have come from
anywhere, so the list is believed no further than the files that it names by their content, in the folder and below.

`.stet-export.jsonl` has an object a line, the first saying which version of this format it is. While an export is under
way lines are added as files are written, so that one that is killed is taken up again; of several for one file the last
holds. At the end it is written anew, in order.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from editor.storage.article_file import SaveFailed
from editor.storage.file_bytes import save_bytes, why_not_saved
from editor.storage.folder_files import NotRead, read_head

NAME = ".stet-export.jsonl"
_VERSION = 1
_LARGEST = 256 * 1024 * 1024
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)


class PageRecord(NamedTuple):
    """A file that was made, and what from.

    `page` and `article` are paths from the exported folder with `/` between names; an index or a feed has "" for
    `article`. `digest` is the SHA-256 of its bytes, `made_from` of the article's and of all that was chosen. `files`
    has what else was read: folder (as `article`), name in it, and digest, "" where it could not be. `links` has where
    addresses in the article lead, "" where nowhere else. `pictures` are the digests of the pictures beside it by path.
    `card` is what an index says of it.
    """

    page: str
    article: str
    digest: str
    made_from: str
    files: tuple[tuple[str, str, str], ...] = ()
    links: Mapping[str, str] = {}
    pictures: Mapping[str, str] = {}
    card: Mapping[str, str] = {}


Records = dict[str, PageRecord]
"""By the page's path."""


def load_records(folder: Path) -> Records:
    """What the list says; nothing where there is none, and without what makes no sense. Never raises."""
    try:
        lines = read_head(folder / NAME, _LARGEST).split(b"\n")
    except NotRead:
        return {}
    if _loaded(lines[0]) != {"stet-export": _VERSION}:
        return {}
    found = (record_of(_loaded(line)) for line in lines[1:] if line)
    return {record.page: record for record in found if record}


def record_of(held: object) -> PageRecord | None:
    """A record of what JSON holds of one; None where it is none, or of a file elsewhere."""
    if not isinstance(held, dict) or held.keys() != set(PageRecord._fields):
        return None
    texts = (held["page"], held["article"], held["digest"], held["made_from"])
    maps = (held["links"], held["pictures"], held["card"])
    try:
        files = tuple((str(folder), str(name), str(digest)) for folder, name, digest in held["files"])
    except (TypeError, ValueError):
        return None
    if not all(isinstance(text, str) for text in texts) or not all(_is_map_of_texts(each) for each in maps):
        return None
    if not all(map(_lies_below, (held["page"], *held["pictures"]))):
        return None
    return PageRecord(*texts, files, *maps)


def save_records(folder: Path, records: Records) -> None:
    """Write the list anew, if it says anything else than the one that is there. Raises SaveFailed."""
    data = _written(records[page] for page in sorted(records))
    try:
        if read_head(folder / NAME, _LARGEST) == data:
            return
    except NotRead as error:
        if not error.is_missing:
            raise SaveFailed(f"{str(error).rstrip('.')}; remove it", folder / NAME) from error
        if not records:
            return
    save_bytes(folder / NAME, data)


class RecordsUnderWay:
    """Adds a line for each file as it is made; copies of this process may do so too."""

    def __init__(self, folder: Path, known: Records) -> None:
        """Raises SaveFailed. The folder must be there."""
        save_records(folder, known)
        self._path = folder / NAME
        try:
            self._descriptor = os.open(self._path, _APPEND, 0o666)
            if not known:
                os.ftruncate(self._descriptor, 0)
                os.write(self._descriptor, _written(()))
        except OSError as error:
            raise SaveFailed(f"could not be written: {why_not_saved(error)}", self._path) from error

    def add(self, record: PageRecord) -> None:
        """Raises SaveFailed."""
        try:
            os.write(self._descriptor, _line(record))
        except OSError as error:
            raise SaveFailed(f"could not be written: {why_not_saved(error)}", self._path) from error

    def close(self) -> None:
        """Nothing more is added."""
        os.close(self._descriptor)


def _written(records: Iterable[PageRecord]) -> bytes:
    head = json.dumps({"stet-export": _VERSION}).encode("ascii") + b"\n"
    return head + b"".join(map(_line, records))


def _line(record: PageRecord) -> bytes:
    return json.dumps(record._asdict(), sort_keys=True).encode("ascii") + b"\n"


def _loaded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _is_map_of_texts(held: object) -> bool:
    return isinstance(held, dict) and all(isinstance(text, str) for text in held.values())


def _lies_below(path: object) -> bool:
    if not isinstance(path, str) or "\0" in path:
        return False
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts
