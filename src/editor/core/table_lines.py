"""One line of a table taken apart into cells and what stands around them, so that it can be written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product

from editor.core.tables import SPACES, bounds_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell's source with the white space between it and what stands beside it."""

    left: str
    source: str
    right: str

    @property
    def text(self) -> str:
        """The piece as it stands in its line."""
        return self.left + self.source + self.right


@dataclass(frozen=True, slots=True)
class LineForm:
    """How a line is written: `opened` and `closed` tell whether it has outer pipes.

    Where it has none, the first piece has no white space to its left and the last none to its right: that is the
    line's `indent` and what is `trailing`.
    """

    indent: str
    opened: bool
    pieces: tuple[Piece, ...]
    closed: bool
    trailing: str

    @property
    def text(self) -> str:
        """The line, without its line ending."""
        inside = "|".join(piece.text for piece in self.pieces)
        return self.indent + "|" * self.opened + inside + "|" * self.closed + self.trailing

    @property
    def sources(self) -> list[str]:
        """The cells' sources."""
        return [piece.source for piece in self.pieces]

    @property
    def pad(self) -> str:
        """What stands between a pipe and a cell: the shortest white space that does, nothing in a tight line."""
        found = [piece.left for piece in self.pieces[not self.opened :]]
        found += [piece.right for piece in self.pieces[: len(self.pieces) - (not self.closed)]]
        return min(filter(None, found), key=len, default="" if found else " ")

    def with_pieces(self, pieces: Iterable[Piece]) -> LineForm:
        """The line with other pieces, of which those that were at an open end get padding where they no longer are."""
        changed = list(pieces)
        old_first, old_last = self.pieces[0], self.pieces[-1]
        last = len(changed) - 1
        for at, piece in enumerate(changed):
            left, right = piece.left, piece.right
            if not self.opened and at == 0 and piece is not old_first:
                left = ""
            elif not self.opened and at > 0 and piece is old_first:
                left = left or self.pad
            if not self.closed and at == last and piece is not old_last:
                right = ""
            elif not self.closed and at < last and piece is old_last:
                right = self.pad
            changed[at] = Piece(left, piece.source, right)
        return replace(self, pieces=tuple(changed))

    def opened_with(self, space: str) -> LineForm:
        """The line with an opening pipe and `space` after it, where it has none."""
        if self.opened:
            return self
        return replace(self, opened=True, pieces=(replace(self.pieces[0], left=space), *self.pieces[1:]))

    def closed_with(self, space: str) -> LineForm:
        """The line with a closing pipe and `space` before it, where it has none."""
        if self.closed:
            return self
        return replace(self, closed=True, pieces=(*self.pieces[:-1], replace(self.pieces[-1], right=space)))

    def without_opening(self) -> LineForm:
        """The line without its opening pipe."""
        return replace(self, opened=False, pieces=(replace(self.pieces[0], left=""), *self.pieces[1:]))

    def without_closing(self) -> LineForm:
        """The line without its closing pipe."""
        return replace(self, closed=False, pieces=(*self.pieces[:-1], replace(self.pieces[-1], right="")))


def form_of(line: str) -> LineForm:
    """How a line of a table is written; its `text` is the line again."""
    bounds = bounds_of(line)
    opened = bounds[0] >= 0 and line[bounds[0]] == "|"
    closed = bounds[-1] < len(line)
    pieces = [_piece(line[left + 1 : right]) for left, right in pairwise(bounds)]
    trailing = line[bounds[-1] + 1 :]
    if not closed:
        trailing = pieces[-1].right
        pieces[-1] = replace(pieces[-1], right="")
    return LineForm(line[: bounds[0] + (not opened)], opened, tuple(pieces), closed, trailing)


def ways_to_write(form: LineForm) -> Iterator[LineForm]:
    """Ways to write a line, the plainest first: as the form has it, then with the outer pipes that it lacks.

    Which of them reads as its pieces is for the caller to see: an empty cell at an open end does not, nor does one
    that would begin another block.
    """
    for opened, closed, space in product((False, True), (False, True), dict.fromkeys((form.pad, " "))):
        way = form.opened_with(space) if opened else form
        yield _guarded(way.closed_with(space) if closed else way)


def _piece(inside: str) -> Piece:
    source = inside.strip(SPACES)
    left = len(inside) - len(inside.lstrip(SPACES)) if source else min(1, len(inside))
    return Piece(inside[:left], source, inside[left + len(source) :])


def _guarded(form: LineForm) -> LineForm:
    """A backslash right before a pipe would take it into the cell: a space parts them."""
    last = len(form.pieces) - (not form.closed)
    pieces = tuple(
        replace(piece, right=" ") if at < last and not piece.right and piece.source.endswith("\\") else piece
        for at, piece in enumerate(form.pieces)
    )
    return replace(form, pieces=pieces)
