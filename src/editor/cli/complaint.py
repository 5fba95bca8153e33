"""What a command says when it cannot do what was asked: one line on standard error."""

import re
import sys
from pathlib import Path
from typing import NamedTuple

# Control characters, line and paragraph separators, and what turns the direction of writing. None is printable.
_OBEYED = "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"


class Verdict(NamedTuple):
    """What a command that judges prints, and its exit code."""

    answer: str
    code: int


class WrongUsage(Exception):
    """Words on the command line that make no command. The message says which and what is wanted."""


def complain(message: str, path: Path | None = None, line: int = 0) -> None:
    """Print `stet: FILE:LINE: message`, without what is not known; lines count from 1."""
    place = "" if path is None else f"{path}:{line}: " if line else f"{path}: "
    print("stet: " + printable(place + message), file=sys.stderr)


def printable(text: str) -> str:
    """The text on one line, harmless to a terminal, which obeys control characters whoever wrote them."""
    if text.isprintable():
        return text
    return re.sub(_OBEYED, lambda found: found[0].encode("unicode_escape").decode(), text)
