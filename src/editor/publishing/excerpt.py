"""A part of an article as an article of its own, so that it comes out as it does in the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable

from editor.core.article import Article
from editor.core.chunk_facts import facts_of
from editor.rendering.sanitised_tags import Tag, pieces_of

_DEFINITION = re.compile(r"^ {0,3}(\*?)\[(\^?[^\[\]]+)\]:", re.MULTILINE)


def excerpt(text: str, start: int, end: int) -> str:
    """The blocks that the code points from `start` to `end` of an article's exact text touch, whole.

    With them go the front matter, which says the language, and of the definitions elsewhere (link references,
    footnotes, abbreviations) those that the blocks use.
    """
    article = Article.from_text(text)
    first = article.chunks.at_code_point(start).index
    last = article.chunks.at_code_point(max(start, end - 1)).index
    blocks = "".join(chunk.text for chunk in article.chunks.between(first, last + 1)).removeprefix(article.head)
    elsewhere: list[str] = []
    for index, chunk in enumerate(article.chunks):
        if not first <= index <= last and (definitions := facts_of(chunk).definitions):
            elsewhere += definitions
    return "\n\n".join((article.head + blocks.rstrip("\r\n"), *_used(blocks, elsewhere))) + "\n"


def _used(blocks: str, definitions: Iterable[str]) -> list[str]:
    """The single definitions that the blocks use, and those that these use, in their order."""
    single = {piece: _DEFINITION.match(piece) for text in definitions for piece in _single(text)}
    used: set[str] = set()
    reading = blocks
    while found := {piece for piece, name in single.items() if piece not in used and name and _uses(reading, name)}:
        used |= found
        reading = "\n".join(found)
    return [piece for piece in single if piece in used]


def _single(definitions: str) -> list[str]:
    starts = [found.start() for found in _DEFINITION.finditer(definitions)]
    return [definitions[at:end].rstrip() for at, end in zip(starts, [*starts[1:], len(definitions)], strict=True)]


def _uses(text: str, definition: re.Match[str]) -> bool:
    abbreviates, label = definition.groups()
    return (
        label in text if abbreviates else f"[{' '.join(label.split())}]".casefold() in " ".join(text.split()).casefold()
    )


def begins_with_title(text: str) -> bool:
    """Whether an article's text begins with a heading of the first level."""
    article = Article.from_text(text)
    first = next(iter(article.outline), None)
    return first is not None and first.level == 1 and not article.slice(len(article.head), first.start).strip()


def without_places(html: str) -> str:
    """Sanitised HTML without links to places in itself; what they hold stays, but for a note's way back."""
    written: list[str] = []
    # A link holds no other.
    place = way_back = False
    for piece in pieces_of(html):
        is_link = isinstance(piece, Tag) and piece.name == "a"
        if isinstance(piece, Tag) and is_link and not piece.closing:
            place = piece.attributes.get("href", "#").startswith("#")
            way_back = place and piece.attributes.get("class") == "footnote-backref"
        if not way_back and not (is_link and place):
            written.append(piece.source if isinstance(piece, Tag) else piece)
        elif isinstance(piece, Tag) and piece.closing:
            way_back = False
    return "".join(written)
