"""YAML's events, and in plain words why there are no more of them where the text breaks off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NoReturn

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVE: Callable[[type[yaml.ScalarNode], str, tuple[bool, bool]], str] = yaml.resolver.Resolver().resolve


class UnreadableError(Exception):
    """The text cannot be read from here on. `at` is a code point of the text that was given."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


def events_of(source: str) -> Iterator[yaml.Event]:
    """YAML's events; whatever makes it give up raises UnreadableError instead."""
    if "\ufeff" in source:
        # The C loader drops one at the beginning and counts every place after it one short.
        raise UnreadableError("it holds a byte order mark, which cannot be seen.", source.index("\ufeff"))
    try:
        yield from yaml.parse(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableError(_in_words(error), mark.index if mark else 0) from None
    except yaml.reader.ReaderError as error:
        # Its position counts bytes with one loader and code points with the other.
        character = error.character if isinstance(error.character, int) else 0
        _refuse_character(source, chr(character))
    except UnicodeEncodeError as error:
        _refuse_character(source, source[error.start])


def start_of(event: yaml.Event) -> int:
    """The code point at which an event begins, its anchor and tag included."""
    mark = event.start_mark
    return mark.index if mark else 0


def end_of(event: yaml.Event) -> int:
    """The code point just after an event; that of a block takes in whatever blank lines and comments follow."""
    mark = event.end_mark
    return mark.index if mark else 0


def type_of(event: yaml.ScalarEvent) -> str:
    """YAML's short name for the type that its readers take a scalar for."""
    if event.tag:
        return event.tag.rpartition(":")[2]
    return _type_of_plain(event.value) if event.implicit[0] else "str"


@lru_cache(maxsize=4096)
def _type_of_plain(value: str) -> str:
    """Remembered, since the same values are read again at each key."""
    return _RESOLVE(yaml.ScalarNode, value, (True, False)).rpartition(":")[2]


def _refuse_character(source: str, character: str) -> NoReturn:
    message = f"it holds a character that YAML forbids (U+{ord(character):04X})."
    raise UnreadableError(message, source.find(character)) from None


def _in_words(error: yaml.MarkedYAMLError) -> str:
    """What usually lies behind a complaint of the YAML library; its own words where nothing is known to."""
    problem = str(error.problem or error.context or "").strip()
    for complaint, words in _MEANINGS:
        if complaint in problem:
            return words
    return f"{problem}."


_MEANINGS = (
    ("mapping values are not allowed", "a value with a colon and a blank in it needs quotes around it."),
    ("could not find expected ':'", "a line has no colon after its name."),
    ("found character that cannot start any token", "a value cannot begin with this character, nor a line with a tab."),
    ("found unexpected end of stream", "a quote or bracket is not closed."),
    ("did not find expected node content", "text that begins with a bracket, a brace or a percent sign needs quotes."),
    ("did not find expected key", "this does not fit the lines above it: a quote or an indentation is wrong."),
    ("did not find expected ',' or ']'", "a list in brackets is not closed."),
    ("did not find expected ',' or '}'", "a map in braces is not closed; text that begins with a brace needs quotes."),
    ("did not find expected <document start>", "this is not indented as the first field is."),
    ("a tab character", "it is indented with a tab, where YAML wants blanks."),
    ("maximum nesting depth", "it is nested too many levels deep."),
    ("unknown escape character", "a backslash in double quotes must be doubled, or the quotes single."),
)
