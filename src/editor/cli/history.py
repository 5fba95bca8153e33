"""`stet history`: the earlier versions of an article that its saves have kept."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from editor.cli.editing import add_file, safekeeping
from editor.core.text_edit import EditRefused
from editor.storage.article_file import decode
from editor.storage.file_bytes import FileUnreadable

if TYPE_CHECKING:
    from editor.storage.history import KeptVersion
    from editor.storage.safekeeping import Safekeeping


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE [--json | --show N | --restore N]`."""
    add_file(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--json", action="store_true", help="list as JSON, for programs")
    what.add_argument("--show", metavar="N", type=int, help="print the Nth version; 1 is the newest")
    what.add_argument("--restore", metavar="N", type=int, help="save the Nth version again, keeping what is there now")


def run(arguments: argparse.Namespace) -> str:
    """The list of versions, the newest first and numbered from 1; or one of them, printed as text or restored."""
    safe = safekeeping()
    versions = safe.history.versions(arguments.file)
    if arguments.show is not None:
        return decode(_read(safe, versions, arguments.show, arguments.file), arguments.file).text
    if arguments.restore is not None:
        safe.save(arguments.file, _read(safe, versions, arguments.restore, arguments.file))
        return ""
    if arguments.json:
        return json.dumps([_as_json(*numbered) for numbered in enumerate(versions, start=1)], indent=2) + "\n"
    return "".join(_as_line(*numbered) for numbered in enumerate(versions, start=1))


def _read(safe: Safekeeping, versions: Sequence[KeptVersion], number: int, file: Path) -> bytes:
    if not 1 <= number <= len(versions):
        count = "1 earlier version" if len(versions) == 1 else f"{len(versions)} earlier versions"
        raise EditRefused(f"The article has {count}: there is no version {number}.")
    try:
        return safe.history.read(versions[number - 1])
    except FileUnreadable as error:
        raise FileUnreadable(f"version {number} {error.reason}", file) from error


def _as_json(number: int, version: KeptVersion) -> dict[str, object]:
    """`time` is that of the save which replaced the version, in UTC; `size` is in bytes."""
    return {
        "number": number,
        "time": version.when.isoformat(),
        "size": version.size,
        "digest": version.digest,
    }


def _as_line(number: int, version: KeptVersion) -> str:
    """The time is local."""
    return f"{number:>5}  {version.when.astimezone():%Y-%m-%d %H:%M:%S}  {version.size:>10,} bytes\n"
