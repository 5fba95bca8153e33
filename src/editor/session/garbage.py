"""No garbage is collected while a thread works beside Qt's.

Python collects in whichever thread happens to allocate, and a widget that nobody has any more would be destroyed in
that thread, which ends the program. Both functions are called in the window's thread only.
"""

from __future__ import annotations

import gc


class _Holders:
    """How many threads are at work, and whether garbage was collected before the first began."""

    count = 0
    was_collecting = True


def hold_garbage() -> None:
    """A thread begins to work."""
    if not _Holders.count:
        _Holders.was_collecting = gc.isenabled()
        gc.disable()
    _Holders.count += 1


def let_go_of_garbage() -> None:
    """A thread that `hold_garbage` told of has done its work."""
    _Holders.count -= 1
    if not _Holders.count and _Holders.was_collecting:
        gc.enable()
