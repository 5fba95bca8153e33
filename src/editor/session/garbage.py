"""When garbage is collected: not while a thread works beside Qt's, and never so much that a key would wait.

Python collects in whichever thread happens to allocate, and a widget that nobody has any more would be destroyed in
that thread, which ends the program. All functions are called in the window's thread only.
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


def pass_over_what_stays() -> None:
    """Leave all that there is now out of later collections, so that none of them makes a key wait.

    A collection looks at all that Python holds: 45 ms of it once an article of a megabyte is open.
    """
    gc.freeze()


def look_at_everything() -> None:
    """Let collections look at everything again: some of it is not needed any more."""
    gc.unfreeze()
