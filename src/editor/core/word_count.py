"""How many words an article has: apart from its other facts, since nothing but a number on the screen waits for it."""

from __future__ import annotations

import re

from editor.core.chunks import Chunk, ChunkKind
from editor.core.patterns import when_used
from editor.core.text_memory import remembered_by_text

_ADDRESS_OR_TAG = when_used(r"(?<=\])\([^()\s]*|<[^<>\r\n]*>|\w+://\S+")
_WORD = re.compile(r"\w+(?:[’'\-.,/]\w+)*")


def words_of(chunk: Chunk) -> int:
    """The words of a chunk, remembered by the texts of its parts; front matter has none."""
    return 0 if chunk.kind is ChunkKind.FRONT_MATTER else sum(_count_words(text) for _, text in chunk.parts)


@remembered_by_text
def _count_words(text: str) -> int:
    """Words as a reader counts them: `don't`, `1,000` and `back-pain` are one, `|`, `---` and an address none."""
    if "](" in text or "<" in text or "://" in text:
        text = _ADDRESS_OR_TAG.sub(" ", text)
    return len(_WORD.findall(text))
