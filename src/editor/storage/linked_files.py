"""Whether the files are there that an article links to."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

_LEVELS_ABOVE = 2
"""How far above its folder an article's files are looked for. Farther up lie places that only a look would mount."""


def are_there(folder: Path, names: Collection[str]) -> Mapping[str, bool]:
    """For each path relative to a folder, with `/` between names, whether something is there. May wait for a disk.

    What lies too far away to be looked for counts as there, and so does what cannot be looked at.
    """
    return {name: is_there(folder, name) for name in names}


def is_there(folder: Path, name: str) -> bool:
    """The same for one path."""
    path = Path(os.path.normpath(folder / name))
    near = folder.resolve().parents[min(_LEVELS_ABOVE, len(folder.resolve().parents)) - 1]
    if "\0" in name or not path.is_relative_to(near):
        return True
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
