"""Regular expressions that few articles need."""

from __future__ import annotations

import re
from typing import cast


def when_used(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled when it is first asked for something, and as fast as any from then on.

    Compiling one takes a tenth of a millisecond and more, which each start would wait for.
    """
    return cast("re.Pattern[str]", _WhenUsed(pattern, flags))


class _WhenUsed:
    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> object:
        # Python asks here only for what is not there; `re` remembers what it compiled.
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found
