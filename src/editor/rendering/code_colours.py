"""Code in colours: what the words of a language are, as spans with short class names that the styles know.

Pygments reads the languages. It is loaded with the first block that names one, and only that one's reader with it. What
it cannot read, or not soon, stays plain: the language is never guessed.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from itertools import groupby
from operator import itemgetter
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_LONGEST = 64 * 1024
_MOST_LINES = 2000
_LONGEST_READING = 1.0
"""Seconds of this process's own time, so that a busy machine shows the same as an idle one."""
_BETWEEN_REMINDERS = 0.1

# By Pygments' own short names of its tokens; one that is not here is what the one before the last dot is.
_CLASSES = {
    "Comment": "c",
    "Comment.Preproc": "k",
    "Generic.Deleted": "gd",
    "Generic.Heading": "gh",
    "Generic.Inserted": "gi",
    "Generic.Output": "c",
    "Generic.Prompt": "c",
    "Generic.Subheading": "gh",
    "Keyword": "k",
    "Keyword.Constant": "m",
    "Keyword.Type": "kt",
    "Literal": "m",
    "Literal.Number": "m",
    "Literal.String": "s",
    "Literal.String.Doc": "c",
    "Literal.String.Escape": "se",
    "Literal.String.Interpol": "se",
    "Name.Attribute": "na",
    "Name.Builtin": "kt",
    "Name.Class": "nf",
    "Name.Constant": "m",
    "Name.Decorator": "na",
    "Name.Entity": "se",
    "Name.Exception": "kt",
    "Name.Function": "nf",
    "Name.Tag": "k",
    "Operator.Word": "k",
}
COLOUR_CLASSES = frozenset(_CLASSES.values())
"""All classes that spans of coloured code may have."""


def coloured(code: str, language: str) -> str:
    """The code as HTML, in colours where Pygments knows a language of that name and can read it; never fails."""
    name = language.lower()
    if name and len(code) <= _LONGEST and code.count("\n") <= _MOST_LINES and name in _names():
        try:
            with _limited_time():
                pieces = [(_class_of(str(kind)), text) for _, kind, text in _lexer(name).get_tokens_unprocessed(code)]
        except Exception:  # noqa: BLE001  # hundreds of readers, any of which may stumble over what it was given
            pieces = []
        if "".join(text for _, text in pieces) == code:
            return "".join(_spans(pieces))
    return escape(code, quote=False)


def _spans(pieces: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, group in groupby(pieces, key=itemgetter(0)):
        text = escape("".join(text for _, text in group), quote=False)
        yield f'<span class="{name}">{text}</span>' if name else text


@cache
def _class_of(kind: str) -> str:
    """The class for a kind as Pygments writes it, such as `Token.Literal.String.Escape`; "" where it has no colour."""
    kind = kind.removeprefix("Token").removeprefix(".")
    while kind and kind not in _CLASSES:
        kind = kind.rpartition(".")[0]
    return _CLASSES.get(kind, "")


@cache
def _names() -> frozenset[str]:
    """All names by which Pygments itself knows a language; it looks through what is installed for any other."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415  # 20 ms that most articles need not wait for

    return frozenset(alias.lower() for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


@cache
def _lexer(name: str) -> Lexer:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415

    return get_lexer_by_name(name)


class _TooSlow(Exception):
    pass


@contextmanager
def _limited_time() -> Iterator[None]:
    """Raise in the middle of what takes too long, even of one regular expression that never comes back.

    Where there is no such timer, or in another thread than the main one, nothing is limited.
    """
    import signal  # noqa: PLC0415  # few articles have code

    try:
        before = signal.signal(signal.SIGVTALRM, _raise_too_slow)
    except (AttributeError, ValueError):
        yield
        return

    def stop() -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

    # What is raised while Python collects garbage is lost, so it waits; what is lost elsewhere comes again.
    collects = gc.isenabled()
    gc.disable()
    signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST_READING, _BETWEEN_REMINDERS)
    try:
        try:
            yield
        finally:
            stop()
    finally:  # the last reminder may have come in the middle of the line before
        stop()
        if collects:
            gc.enable()


def _raise_too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlow
