"""Writing into `stet.toml` what the window asks for; all else in the file stays as it is."""

from __future__ import annotations

from collections.abc import MutableMapping, MutableSequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from editor.storage.durable import write_durably
from editor.storage.folder_files import NotRead, read_head
from editor.storage.folder_settings import LARGEST, NAME, folder_settings

_MARK = "\ufeff"


class NotTurnedOff(Exception):
    """A finding could not be turned off; the message is a sentence for the writer."""


def turn_off(folder: Path, code: str, article: str = "") -> None:
    """Turn the findings of a code off for the articles of a folder, or for the one whose file has this name.

    When this returns, it is on disk. Raises NotTurnedOff with the file as it was. May wait for a disk.
    """
    path = folder / NAME
    try:
        before = path.stat() if path.exists() else None
        text = read_head(path, LARGEST + 1).decode("utf-8") if before else ""
        write_durably(path, with_code_off(text, code, article).encode("utf-8"), expected=before)
    except (NotRead, UnicodeDecodeError) as error:
        why = str(error) if isinstance(error, NotRead) else "is no UTF-8, so it is not changed."
        raise NotTurnedOff(f"“{NAME}” {why}") from error
    except OSError as error:
        raise NotTurnedOff(f"“{NAME}” could not be written: {error.strerror or error}.") from error


def with_code_off(text: str, code: str, article: str = "") -> str:
    """The text of `stet.toml` with a code added to those that are off, of all articles or of one by its file's name.

    Raises NotTurnedOff where the text is none that could be changed, or would not be read afterwards.
    """
    if len(text.encode("utf-8")) > LARGEST:
        raise NotTurnedOff(f"“{NAME}” has more than {LARGEST // 1024} KB, so it is not read.")
    try:
        document = tomlkit.parse(text.removeprefix(_MARK))
        check = _entry(document, "check", tomlkit.table())
        codes = _entry(_entry(check, "articles", tomlkit.table()) if article else check, article or "off", [])
        if not isinstance(codes, MutableSequence):
            raise NotTurnedOff(f"“{NAME}” has no list of codes under “{article or 'off'}”.")
        if code not in codes:
            codes.append(code)
        written = tomlkit.dumps(document)
    except (TOMLKitError, TypeError, ValueError) as error:
        raise NotTurnedOff(f"“{NAME}” is not written as TOML has it, so it is not changed: {error}.") from error
    if "\r\n" in text:
        written = written.replace("\r\n", "\n").replace("\n", "\r\n")
    written = (_MARK if text.startswith(_MARK) else "") + written
    off = folder_settings(written.removeprefix(_MARK)).check
    if code not in (off.articles.get(article, ()) if article else off.off):
        raise NotTurnedOff(f"“{NAME}” could not be changed so that “{code}” is off.")
    return written


def _entry(parent: Any, name: str, beginning: object) -> Any:
    """What a table has under a name, which is put there where it has nothing."""
    if not isinstance(parent, MutableMapping):
        raise NotTurnedOff(f"“{NAME}” has another thing where the section [check] should be.")
    if name not in parent:
        parent[name] = beginning
    return parent[name]
