"""The files shipped with the program: templates, the preview page and its style, icons, a sample article.

They are one tree, named by paths with forward slashes (`preview/preview.css`). In a checkout it is the top-level
`resources/`; a wheel carries it as `editor/_resources`, and so does a packaged app, whether it unpacks itself to a
temporary folder or lies beside its executable.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path, PurePosixPath


class ResourceMissing(FileNotFoundError):
    """A shipped file that is not there: the installation is damaged, or the name is wrong."""


def path(name: str) -> Path:
    """Where the shipped file or folder `name` lies.

    Raises ResourceMissing where no place has it, and ValueError where `name` is absolute or climbs with `..`.
    """
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts:
        raise ValueError(f"not the name of a shipped file: {name!r}")
    roots = _roots()
    for root in roots:
        found = root / relative
        if found.exists():
            return found
    places = ", ".join(str(root) for root in roots if root.is_dir()) or "nowhere to look"
    raise ResourceMissing(f"Stet's own file {name!r} is missing (looked in: {places}). Install Stet again.")


def read_bytes(name: str) -> bytes:
    """The content of the shipped file `name`. Raises what `path` raises."""
    return path(name).read_bytes()


def read_text(name: str) -> str:
    """The UTF-8 text of the shipped file `name`, its line endings as they are. Raises what `path` raises."""
    return read_bytes(name).decode("utf-8")


@cache
def _resolved_folder(file: str) -> Path:
    """Two dozen icons are read before there is a window, and nothing moves meanwhile."""
    return Path(file).resolve().parent


def _roots() -> list[Path]:
    """Where the tree may lie."""
    package = _resolved_folder(__file__)
    candidates = [package / "_resources"]
    if package.parent.name == "src":
        candidates.append(package.parent.parent / "resources")
    if getattr(sys, "frozen", False):
        unpacked = Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
        candidates += (unpacked / "editor" / "_resources", Path(sys.executable).parent / "resources")
    return candidates
