"""Where an article's front matter ends: a bounded search, so that an open fence costs next to nothing."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from editor.core.patterns import when_used

Format: TypeAlias = Literal["yaml", "toml", "json", ""]
"""A language of front matter; "" where there is none."""
FRONT_MATTER_LIMIT = 65_536
"""Code points within which the closing fence must end. Reading more than that as YAML would be felt at every key."""

_ENDING = r"(?:\r\n|\r|\n)"
_OPENING = re.compile(rf"(---|\+\+\+|\{{)[ \t]*{_ENDING}")
_CLOSING = {
    # A line of three dots ends a YAML document as well; pandoc and Jekyll take it for a closing fence.
    "---": re.compile(rf"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:{_ENDING}|\Z)"),
    "+++": re.compile(rf"(?<=[\r\n])\+\+\+[ \t]*(?:{_ENDING}|\Z)"),
    "{": re.compile(rf"(?<=[\r\n])\}}[ \t]*(?:{_ENDING}|\Z)"),
}
_FORMATS: dict[str, Format] = {"---": "yaml", "+++": "toml", "{": "json"}
_KEY = r"(?:[^\s#\"'{}\[\],&*!|>%@`-]|-(?=\S)|\"[^\"\r\n]*\"|'[^'\r\n]*')"
_FIELD = when_used(rf"(?:^|(?<=[\r\n])){_KEY}[^\r\n]*?:(?=[ \t\r\n]|\Z)")
_FIRST_CONTENT = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*(?P<content>[^\r\n]*)")
_FIRST_FIELD = re.compile(rf"[ \t]*(?:{_KEY}[^\r\n]*?:(?:[ \t]|\Z)|\{{|\?[ \t]|[&!%])")


def front_matter_length(text: str) -> int:
    """The code points of the front matter that `text` begins with, both fences and the last one's ending included.

    0 where there is none: no fence on the very first line, none that closes it within FRONT_MATTER_LIMIT code points,
    or nothing between the two that could be fields, since a thematic break (GFM 4.1) is written like a fence. Whatever
    follows the first FRONT_MATTER_LIMIT + 1 code points makes no difference.
    """
    opening = _OPENING.match(text)
    if not opening:
        return 0
    closing = _CLOSING[opening[1]].search(text[: FRONT_MATTER_LIMIT + 1], opening.end())
    if not closing or closing.end() > FRONT_MATTER_LIMIT:
        return 0
    inside = text[opening.end() : closing.start()]
    return closing.end() if _could_be_fields(opening[1], inside) else 0


def format_of(text: str) -> Format:
    """The language that the first line of a front matter announces."""
    opening = _OPENING.match(text)
    return _FORMATS[opening[1]] if opening else ""


def fences(text: str) -> tuple[int, int]:
    """Where the inside of a front matter begins and ends, in code points of its `text`, which has both fences."""
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    closing = _CLOSING[opening[1]].search(text, start) if opening else None
    return start, closing.start() if closing else len(text)


def _could_be_fields(fence: str, inside: str) -> bool:
    """Whether it looks like fields, finished or not, rather than like prose between two rules.

    YAML that is broken just now must stay front matter while it is being typed, so this asks for little: a first line
    that names a field, or any such line where the text follows the fence at once, as nobody writes prose after a rule.
    Comments alone pass on the same condition, since a comment is written like a heading.
    """
    first = _FIRST_CONTENT.match(inside)
    content = first["content"] if first else ""
    if fence == "{":
        return not content or content.lstrip().startswith('"')
    if fence == "+++" or not inside.strip() or _FIRST_FIELD.match(content):
        return True
    begins_at_once = not inside[0].isspace()
    return begins_at_once and (not content or _FIELD.search(inside) is not None)
