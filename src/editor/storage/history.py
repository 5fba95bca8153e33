"""Earlier versions of articles: what a file held before each save, compressed, outside the article's folder."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from editor.storage.descriptors import PRIVATE, make_private_folder, opened, remove, write_all
from editor.storage.file_bytes import LARGEST, FileTrouble, FileUnreadable, why_not_saved

_LEVEL = 2
"""Of zlib. 1 MB of articles takes 11 ms and becomes 370 KB; at 6 it is 35 ms and 326 KB, with lzma at least 46 ms."""

_TIME = "%Y%m%dT%H%M%S.%fZ"
_NAME = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)-(\d+)-(\d+)-([0-9a-f]{64})\.zlib")
_HOUR = 3600.0
"""Seconds between two looks over all articles, and the age of what another process cannot be writing any more."""

_LAST_LOOK = "last-look"


class HistoryLimits(NamedTuple):
    """How much is kept: versions of an article, their age, and bytes on disk of an article and of all together.

    The oldest go first. The newest version of an article goes only for its age.
    """

    versions: int = 50
    age: dt.timedelta = dt.timedelta(days=90)
    article_bytes: int = 10_000_000
    all_bytes: int = 200_000_000


class KeptVersion(NamedTuple):
    """What an article's file held until `when` (in UTC): `size` bytes whose SHA-256 is `digest`."""

    when: dt.datetime
    size: int
    digest: str
    file: Path
    stored: int
    """Bytes on disk."""


class VersionNotKept(FileTrouble):
    """An earlier version could not be kept, or not moved."""


class VersionDamaged(FileUnreadable):
    """A kept version that does not give back what was kept."""


class History(NamedTuple):
    """The versions of all articles, in a folder for each, named after its real path. Several processes may share it."""

    folder: Path
    limits: HistoryLimits = HistoryLimits()

    def keep(self, path: Path, data: bytes, when: dt.datetime) -> None:
        """Keep what the file held until `when`, a time with its zone, unless the newest version is the same.

        Raises VersionNotKept.
        """
        kept_in = self._folder_of(path)
        digest = hashlib.sha256(data).hexdigest()
        versions = _versions_in(kept_in)
        if versions and versions[0].digest == digest:
            return
        packed = zlib.compress(data, _LEVEL)
        name = f"{when.astimezone(dt.UTC):{_TIME}}-{len(data)}-{len(packed)}-{digest}.zlib"
        try:
            _write(kept_in / name, packed)
        except OSError as error:
            raise VersionNotKept(f"has no version kept of what it held: {_why(error)}", path) from error
        self._prune_article(kept_in, when)
        self._look_over_all_now_and_then()

    def versions(self, path: Path) -> tuple[KeptVersion, ...]:
        """What is kept of an article, the newest first; a version cut short by a power cut is left out."""
        return _versions_in(self._folder_of(path))

    def read(self, version: KeptVersion) -> bytes:
        """The bytes that were kept. Raises VersionDamaged."""
        try:
            packed = version.file.read_bytes()
            unpacking = zlib.decompressobj()
            # A damaged file must not unpack to more than memory holds.
            data = unpacking.decompress(packed, max(version.size, 1))
        except (OSError, zlib.error) as error:
            raise VersionDamaged("cannot be read any more; choose another version", version.file) from error
        if hashlib.sha256(data).hexdigest() != version.digest:
            raise VersionDamaged("is damaged; choose another version", version.file)
        return data

    def moved(self, old: Path, new: Path) -> None:
        """An article that was renamed or moved takes its versions with it. Raises VersionNotKept."""
        source, target = self._folder_of(old), self._folder_of(new)
        versions = _versions_in(source)
        if source == target or not versions:
            return
        try:
            make_private_folder(target)
            for version in versions:
                version.file.replace(target / version.file.name)
        except OSError as error:
            raise VersionNotKept(f"has not taken its earlier versions along: {_why(error)}", new) from error

    def prune(self, now: dt.datetime) -> None:
        """Bring all articles within the limits. What cannot be removed stays; what was just written always does."""
        removable: list[KeptVersion] = []
        total = 0
        for kept_in in _folders_in(self.folder):
            _remove_remains(kept_in)
            staying = self._prune_article(kept_in, now)
            total += sum(version.stored for version in staying)
            removable += staying[1:]
            _remove_if_long_empty(kept_in)
        for version in sorted(removable, key=lambda version: version.when):
            if total <= self.limits.all_bytes:
                break
            remove(version.file)
            total -= version.stored

    def _prune_article(self, kept_in: Path, now: dt.datetime) -> list[KeptVersion]:
        """What stays of one article, the newest first."""
        staying: list[KeptVersion] = []
        stored = 0
        for version in _versions_in(kept_in):
            stored += version.stored
            full = len(staying) >= self.limits.versions or stored > self.limits.article_bytes
            if now - version.when > self.limits.age or (staying and full):
                remove(version.file)
            else:
                staying.append(version)
        return staying

    def _look_over_all_now_and_then(self) -> None:
        last_look = self.folder / _LAST_LOOK
        with suppress(OSError):
            now = time.time()
            if not last_look.exists() or now - last_look.stat().st_mtime > _HOUR:
                last_look.touch(PRIVATE)
                self.prune(dt.datetime.fromtimestamp(now, dt.UTC))

    def _folder_of(self, path: Path) -> Path:
        return self.folder / hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()


def _versions_in(folder: Path) -> tuple[KeptVersion, ...]:
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            version = _version(entry)
            if version:
                found.append(version)
    return tuple(sorted(found, key=lambda version: version.when, reverse=True))


def _version(entry: os.DirEntry[str]) -> KeptVersion | None:
    named = _NAME.fullmatch(entry.name)
    if not named:
        return None
    when, size, stored, digest = named.groups()
    with suppress(OSError, ValueError):
        if entry.stat().st_size == int(stored) and int(size) <= LARGEST:
            moment = dt.datetime.strptime(when, _TIME).replace(tzinfo=dt.UTC)
            return KeptVersion(moment, int(size), digest, Path(entry.path), int(stored))
    return None


def _write(file: Path, packed: bytes) -> None:
    """Whole or not at all, at least as long as the power stays; a version is worth no sync."""
    temporary = file.with_name(f"{os.urandom(8).hex()}.part")
    try:
        try:
            make_private_folder(file.parent)
            _fill(temporary, packed)
        except FileNotFoundError:
            # Another process has just removed the folder, which was empty.
            make_private_folder(file.parent)
            _fill(temporary, packed)
        temporary.replace(file)
    except BaseException:  # whatever it is, it goes on once nothing is left beside
        remove(temporary)
        raise


def _fill(file: Path, data: bytes) -> None:
    with opened(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as descriptor:
        write_all(descriptor, data)


def _folders_in(folder: Path) -> Iterator[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        yield from [Path(entry) for entry in entries if entry.is_dir(follow_symlinks=False)]


def _remove_remains(folder: Path) -> None:
    """Files that killed processes or power cuts left half written."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not _version(entry) and time.time() - entry.stat().st_mtime > _HOUR:
                remove(Path(entry))


def _remove_if_long_empty(folder: Path) -> None:
    """One that has just become empty may be where another process is about to write."""
    with suppress(OSError):
        if time.time() - folder.stat().st_mtime > _HOUR:
            folder.rmdir()


def _why(error: OSError) -> str:
    """Without the way out, which is for the article."""
    return why_not_saved(error).partition(";")[0]
