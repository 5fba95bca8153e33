"""Journals: what is typed, written down as it is typed, so that a program that is killed leaves a draft behind.

A journal is a private file that only grows: a first line, then frames of a length, a checksum and a content (a text as
a whole, or edits of it). A frame that was not written to its end ends the journal there; what came before it counts.
The program that writes a journal holds a lock on it, which the system takes away when the program ends, however it
ends: so a journal that can be locked was left behind.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from editor.core.text_edit import TextEdit, apply_edits
from editor.storage.descriptors import PRIVATE, lock, make_private_folder, remove, sync_folder, write_all

_FIRST_LINE = b"stet journal 1\n"
_NUMBER = 4
"""Bytes of a frame's length and of its checksum (CRC-32 of the content), both big-endian."""
_SUFFIX = ".journal"
_UNFINISHED = ".unfinished"
_MOST_GROWTH = 1 << 20
"""Bytes of edits after which the text as a whole takes less room, and less time to read."""

_SENSELESS = (zlib.error, ValueError, LookupError, TypeError, OverflowError, OSError, AttributeError)
"""What reading a frame can raise whose checksum is right and whose content is not."""

Step = Sequence[TextEdit]
"""Edits made at once; their offsets are those of the text before."""


class Origin(NamedTuple):
    """Where a draft's text comes from: the article's file (None: it has none yet) and the digest of what it held."""

    path: Path | None = None
    digest: str = ""


class Draft(NamedTuple):
    """What a journal holds: the text after the last edit that was written down, and when that was."""

    journal: Path
    origin: Origin
    text: str
    typed: datetime


class Journal:
    """One journal being written. Every method but `close` may raise OSError; the journal then is as it was before."""

    def __init__(self, folder: Path, origin: Origin, text: str) -> None:
        """Begin a journal in a folder, which is made where it is not there, with the text as it is now."""
        make_private_folder(folder)
        self._path = folder / f"{os.urandom(8).hex()}{_SUFFIX}"
        self._descriptor = -1
        self._length = self._most = 0
        self.begin_anew(origin, text)

    @property
    def path(self) -> Path:
        """Its file."""
        return self._path

    def begin_anew(self, origin: Origin, text: str) -> None:
        """Let the text as it is now take the place of all that was written; until that is safe, the old stands."""
        head = {"path": str(origin.path) if origin.path else "", "digest": origin.digest, "at": _now()}
        content = json.dumps(head).encode() + b"\n" + text.encode("utf-8", "surrogatepass")
        data = _FIRST_LINE + _frame(b"T" + zlib.compress(content, 1))
        unfinished = self._path.with_suffix(_UNFINISHED)
        descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, PRIVATE)
        try:
            lock(descriptor, wait=False)
            write_all(descriptor, data)
            os.fsync(descriptor)
            unfinished.rename(self._path)
        except BaseException:  # whatever it is, it goes on once half a journal is gone
            os.close(descriptor)
            remove(unfinished)
            raise
        self.close()
        self._descriptor = descriptor
        self._length = len(data)
        self._most = len(data) + max(_MOST_GROWTH, len(data))
        sync_folder(self._path.parent)

    def append(self, steps: Iterable[Step]) -> None:
        """Write steps down; when this returns, they are on disk."""
        made = [[[edit.start, edit.end, edit.text] for edit in step] for step in steps]
        data = _frame(b"E" + json.dumps({"at": _now(), "steps": made}).encode())
        try:
            write_all(self._descriptor, data)
            os.fdatasync(self._descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._length)
                os.lseek(self._descriptor, self._length, os.SEEK_SET)
            raise
        self._length += len(data)

    @property
    def is_long(self) -> bool:
        """Whether it has grown so much that it should begin anew."""
        return self._length > self._most

    def remove(self) -> None:
        """What was typed is safe elsewhere, or not wanted: the journal is gone."""
        self._path.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Let go of the file, which stays as a draft that was left behind."""
        if self._descriptor >= 0:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = -1


def drafts_left_behind(folder: Path) -> tuple[Draft, ...]:
    """The drafts of programs that ended without saving or discarding them, the newest first.

    Never raises: a journal that cannot be read, or that holds nothing whole, is passed over.
    """
    found = []
    for journal in _entries(folder):
        if journal.suffix not in {_SUFFIX, _UNFINISHED}:
            continue
        data = _read_unlocked(journal)
        if data is None:
            continue
        if journal.suffix == _UNFINISHED:
            remove(journal)  # killed before its first words were safe; the journal before it stands
        elif draft := _draft(journal, data):
            found.append(draft)
    return tuple(sorted(found, key=lambda draft: draft.typed, reverse=True))


def discard(draft: Draft) -> None:
    """Remove a draft that was left behind. Raises OSError."""
    draft.journal.unlink(missing_ok=True)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _read_unlocked(journal: Path) -> bytes | None:
    """The bytes of a journal that nobody is writing, else None."""
    try:
        with journal.open("rb") as file:
            return file.read() if lock(file.fileno(), wait=False) else None
    except OSError:
        return None


def _draft(journal: Path, data: bytes) -> Draft | None:
    """The draft as far as it makes sense: a checksum does not tell what another version of Stet, or a bug, wrote."""
    frames = _frames(data)
    draft = None
    try:
        head_line, _, body = zlib.decompress(next(frames, b"")[1:]).partition(b"\n")
        head = json.loads(head_line)
        text = body.decode("utf-8", "surrogatepass")
        origin = Origin(Path(head["path"]) if head["path"] else None, head["digest"])
        draft = Draft(journal, origin, text, _moment(head["at"]))
        for frame in frames:
            draft = _continued(draft, json.loads(frame[1:]))
    except _SENSELESS:
        pass
    return draft


def _continued(draft: Draft, entry: dict[str, Any]) -> Draft:
    text = draft.text
    for step in entry["steps"]:
        text = apply_edits(text, [TextEdit(*edit) for edit in step])
    return draft._replace(text=text, typed=_moment(entry["at"]))


def _moment(milliseconds: float) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _frame(content: bytes) -> bytes:
    return len(content).to_bytes(_NUMBER, "big") + zlib.crc32(content).to_bytes(_NUMBER, "big") + content


def _frames(data: bytes) -> Iterator[bytes]:
    """The contents of the frames that are whole, up to the first that is not."""
    at = len(_FIRST_LINE) if data.startswith(_FIRST_LINE) else len(data)
    while at + 2 * _NUMBER < len(data):
        begin = at + 2 * _NUMBER
        length = int.from_bytes(data[at : at + _NUMBER], "big")
        content = data[begin : begin + length]
        if len(content) < length or zlib.crc32(content) != int.from_bytes(data[at + _NUMBER : begin], "big"):
            return
        yield content
        at = begin + length


def _now() -> int:
    """Milliseconds since 1970."""
    return int(datetime.now(UTC).timestamp() * 1000)
