"""What the preview shows in its places, one for a chunk, and the patches that change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat, takewhile
from typing import NamedTuple

from editor.core.article import ChunkSplice
from editor.core.chunk_sequence import ChunkSequence
from editor.core.chunks import Chunk


class PiecesPatch(NamedTuple):
    """What a long table's place shows in pieces, of which the first `head` and the last `tail` stay as they are.

    All between them give way to `html`: the first piece of all as it is, of any other the rows of its table.
    """

    head: int
    tail: int
    html: tuple[str, ...]


class PreviewNode(NamedTuple):
    """A chunk in the preview. `html` is None where it is still to come, and what stood there stays, or is in `pieces`.

    It is `stale` where that may take long, the worker having been lost over it; `text` is the chunk's own then, for
    where nothing stood.
    """

    id: int | str
    html: str | None
    stale: bool = False
    text: str = ""
    pieces: PiecesPatch | None = None


class PreviewPatch(NamedTuple):
    """In place of `removed` chunks from the chunk `first` on stand `nodes`."""

    first: int
    removed: int
    nodes: tuple[PreviewNode, ...]


class PreviewPlaces:
    """Knows of each place that shows a long table in pieces which those are, so that only others need be sent.

    `html_of` gives the HTML of a chunk's pieces, None for each that is still to come, and None alone for a chunk that
    is stale.
    """

    def __init__(self, html_of: Callable[[Chunk], tuple[str | None, ...] | None]) -> None:
        self.chunks = ChunkSequence.of(())
        """Those that have their places."""
        self._html_of = html_of
        self._shown: dict[int, tuple[str, ...]] = {}  # by the identity of a chunk in its place

    def patch(self, chunks: ChunkSequence, splice: ChunkSplice) -> PreviewPatch:
        """What makes of the places those of `chunks`, of which the splice is all that is new."""
        gone = self.chunks.between(splice.first, splice.first + splice.removed)
        shown = [self._shown.pop(id(chunk), ()) for chunk in gone]
        self.chunks = chunks
        added = chunks.between(splice.first, splice.first + splice.added)
        nodes = map(self._node, added, chain(shown, repeat(())))
        return PreviewPatch(splice.first, splice.removed, tuple(filter(None, nodes)))

    def fill(self, chunks: Iterable[Chunk]) -> tuple[PreviewNode, ...]:
        """Chunks as they are now, for their places; those in pieces that have gone meanwhile are left out."""
        nodes = (self._node(chunk, self._shown.get(id(chunk))) for chunk in chunks)
        return tuple(filter(None, nodes))

    def _node(self, chunk: Chunk, shown: tuple[str, ...] | None) -> PreviewNode | None:
        """A chunk for a place that shows these pieces; None where it is in pieces and has no place."""
        self._shown.pop(id(chunk), None)
        html = self._html_of(chunk)
        if html is None:
            node = PreviewNode(id(chunk), None, stale=True, text=chunk.text)
        elif len(html) == 1:
            node = PreviewNode(id(chunk), html[0])
        elif shown is None:
            return None
        else:
            known = tuple(each for each in takewhile(lambda each: each is not None, html) if each is not None)
            # One that is not there yet grows; another stays as it is until all of it can give way.
            is_due = len(known) == len(html) or (known and known[: len(shown)] == shown)
            node = PreviewNode(id(chunk), None, pieces=_exchange(shown, known) if is_due else None)
            shown = known if is_due else shown
        if node.html is None and shown is not None:
            self._shown[id(chunk)] = shown
        return node


def _exchange(shown: Sequence[str], wanted: Sequence[str]) -> PiecesPatch:
    """The smallest patch that shows the wanted pieces where others are."""
    most = min(len(shown), len(wanted))
    head = next((at for at in range(most) if shown[at] != wanted[at]), most)
    tail = next((at for at in range(most - head) if shown[-1 - at] != wanted[-1 - at]), most - head)
    return PiecesPatch(head, tail, tuple(wanted[head : len(wanted) - tail]))
