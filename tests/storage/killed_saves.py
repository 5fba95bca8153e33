"""Saves that are killed, one at each of their system calls: a script that a test runs in a process of its own.

The process has one thread, so it may fork: a child for each kill, 3 ms instead of 80 for a new Python.

    python killed_saves.py SOURCE FOLDER old.bin new.bin in-place|rename

Prints a JSON object for each kill: what was found right after it, and once the save was finished.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

CALLS = (
    "open write read fsync close replace lseek ftruncate posix_fallocate fchmod fchown listxattr getxattr setxattr"
    " removexattr unlink stat lstat fstat mkdir scandir listdir"
).split()


def main(source: str, folder: str, old: str, new: str, how: str) -> None:
    sys.path.insert(0, source)
    from editor.storage.safekeeping import Safekeeping

    contents = {"old": Path(old).read_bytes(), "new": Path(new).read_bytes()}
    path = Path(folder) / "articles" / "article.md"
    path.parent.mkdir()
    path.write_bytes(contents["old"])
    if how == "in-place":
        Path(folder, "other name").hardlink_to(path)
    safe = Safekeeping.in_folder(Path(folder) / "state")
    for at in range(1000):
        path.write_bytes(contents["old"])
        child = os.fork()
        if not child:
            die_at(at)
            safe.save(path, contents["new"])
            os._exit(0)
        _, status = os.waitpid(child, 0)
        after_kill = name_of(path, contents)
        beside = sorted({entry.name.rpartition("-")[0] for entry in path.parent.iterdir() if entry != path})
        safe.finish(path)
        records = [entry.name for entry in safe.saves.glob("*")]
        sys.stdout.write(json.dumps([after_kill, name_of(path, contents), beside, records]) + "\n")
        sys.stdout.flush()
        if os.WIFEXITED(status):
            sys.exit(os.WEXITSTATUS(status))


def name_of(path: Path, contents: dict[str, bytes]) -> str:
    present = path.read_bytes()
    return next((name for name, content in contents.items() if content == present), "torn")


def die_at(last: int) -> None:
    """Kill this process in place of its nth system call; writes are taken in parts, so that one can be cut in two."""
    left = [last]

    def wrapped(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return real(*arguments, **options)

        return call

    really_write = os.write
    os.write = lambda descriptor, data: really_write(descriptor, data[:700])
    for name in CALLS:
        setattr(os, name, wrapped(getattr(os, name)))
    fcntl.flock = wrapped(fcntl.flock)


if __name__ == "__main__":
    main(*sys.argv[1:])
