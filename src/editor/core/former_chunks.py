"""Chunks that an edit took away, for when their text comes back: a fence is closed, a deletion is undone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, islice
from typing import Final

from editor.core.chunks import Chunk

FEWEST = 64
"""So many are worth being looked for; fewer are cut anew in a moment."""
_LOOKED_AT_AFTER = 2
"""A cut looks at up to two blocks after its chunk, so that of chunks that have come back the last are not sure."""
_MOST_TRIED = 8
_BEGINNING = 40
"""So many characters tell the beginnings of chunks apart, as far as they can be."""


class FormerChunks:
    """Neighbouring chunks of a former version, none of which is in the article: a chunk has one place in it."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks: Final = chunks

    def come_back(self, text: str, at: int, later_than: int) -> tuple[int, Sequence[Chunk]]:
        """Those that a cut of the text from the code point `at` on would find again, and the index after the last.

        Only chunks from the index `later_than` on are offered.
        """
        for index in self._by_beginning.get(text[at : at + _BEGINNING], ())[:_MOST_TRIED]:
            if index >= later_than:
                end = self._last_alike(text, at, index)
                if end - index >= FEWEST:
                    return end, self.chunks[index:end]
        return later_than, ()

    def _last_alike(self, text: str, at: int, index: int) -> int:
        """The first chunk from the index on, which begins `at`, that is not sure to be cut from the text."""
        sure = index
        for number in range(index, len(self.chunks)):
            chunk = self.chunks[number]
            # HTML that is left open reaches further than can be seen here.
            if chunk.leaves_open or not text.startswith(chunk.text, at):
                break
            at += len(chunk.text)
            sure = max(index, number + 1 - _LOOKED_AT_AFTER)
        return sure

    @cached_property
    def _by_beginning(self) -> dict[str, list[int]]:
        text = "".join(chunk.text for chunk in self.chunks)
        starts = accumulate((len(chunk.text) for chunk in self.chunks), initial=0)
        found: dict[str, list[int]] = {}
        for index, start in enumerate(islice(starts, len(self.chunks))):
            found.setdefault(text[start : start + _BEGINNING], []).append(index)
        return found


NO_FORMER_CHUNKS = FormerChunks(())
