"""Aligning a table: white space is put around its cells so that its pipes stand under each other. Only when asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editor.core.display_width import display_width
from editor.core.table_lines import LineForm, Piece, form_of
from editor.core.table_trial import reads_as, refusal
from editor.core.tables import Alignment, Table, split_row
from editor.core.text_edit import TextEdit, smallest_edit

_LEAST_DASHES = 3
_MOST_CHARACTERS = 4_000_000
"""A table that would come out longer is not aligned: one endless cell would pad every row to its width."""
_MANY_LINES = 500
"""A longer table gets one edit a line and not one a cell: a caret in it may move, but no one waits for seconds."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a table are written so that pipes stand under each other.

    `widths` are the columns' widths without padding, surplus cells' included. `dashes_padded` tells whether the
    delimiter row has white space beside its pipes or dashes that reach from one to the next.
    """

    indent: str
    opened: bool
    pad: str
    dashes_padded: bool
    alignments: tuple[Alignment, ...]
    widths: tuple[int, ...]

    def line(self, form: LineForm, *, is_delimiter: bool) -> LineForm:
        """The line with the white space, and the opening pipe, that this layout gives it."""
        form = replace(form.opened_with(self.pad) if self.opened else form, indent=self.indent)
        last = len(form.pieces) - 1
        pieces = []
        for at, piece in enumerate(form.pieces):
            ends = (at == 0 and not form.opened, at == last and not form.closed)
            pieces.append(self._dashes(piece, at, ends) if is_delimiter else self._filled(piece, at, ends))
        return replace(form, pieces=tuple(pieces))

    def _filled(self, piece: Piece, at: int, ends: tuple[bool, bool]) -> Piece:
        fill = self.widths[at] - _width_in(piece, self.pad)
        before = {Alignment.RIGHT: fill, Alignment.CENTRE: fill // 2}.get(self.alignments[at], 0) if piece.source else 0
        if ends[0]:
            # White space there would be the line's indentation.
            before = 0
        left = "" if ends[0] else self.pad + " " * before
        right = "" if ends[1] else (self.pad or _guard(piece)) + " " * (fill - before)
        if not piece.source:
            space = left + right
            left, right = space[:1], space[1:]
        return Piece(left, piece.source, right)

    def _dashes(self, piece: Piece, at: int, ends: tuple[bool, bool]) -> Piece:
        left, right = ("" if end or not self.dashes_padded else self.pad for end in ends)
        reach = 0 if self.dashes_padded else len(self.pad) * (2 - sum(ends))
        begins, stops = (":" * colon for colon in (piece.source.startswith(":"), piece.source.endswith(":")))
        dashes = "-" * (self.widths[at] + reach - len(begins + stops))
        return Piece(left, begins + dashes + stops, right)


def align_table(table: Table) -> tuple[TextEdit, ...]:
    """Put white space around the cells so that pipes stand under each other; no edit where they do already.

    Widths are those of `display_width`. Cells stay as they are written, and each line keeps as many as it has, and the
    delimiter row its colons, by which the cells are aligned. A table without any white space beside its pipes gets none
    beyond what fills a cell up. What aligning needs besides is done: one indentation for all lines, and an opening pipe
    for all where some have one. Raises EditRefused where the table would come out too large.
    """
    forms = [form_of(line.source) for line in table.lines]
    layout = layout_of(forms, table.alignments)
    if sum(layout.widths) * len(forms) > _MOST_CHARACTERS:
        widest = max(layout.widths)
        raise refusal(table, table.header, f"A cell of {widest:,} characters is too wide to align a table by.")
    # `1.` with white space behind it would begin a list, were it not for a pipe.
    with_pipes = layout_of([form.opened_with(layout.pad) for form in forms], table.alignments)
    for each in (layout, with_pipes):
        edits = _edits(table, forms, each)
        if edits is not None:
            return tuple(edit.moved(table.start) for edit in edits)
    raise refusal(table, table.header, "This table cannot be aligned without changing what its cells hold.")


def layout_of(forms: Sequence[LineForm], alignments: Sequence[Alignment]) -> Layout:
    """The layout of a table with these lines: its header, its delimiter row, its rows."""
    header, delimiter, *rows = forms
    columns = max(len(form.pieces) for form in forms)
    sides = (*alignments, *[Alignment.NONE] * (columns - len(alignments)))
    opened = any(form.opened for form in forms)
    pad = "" if _is_tight((header, *rows), sides) else " "
    padded = bool(pad) and any(piece.left or piece.right for piece in delimiter.pieces)
    widths = [0] * columns
    for form in (header, *rows):
        for at, piece in enumerate(form.pieces):
            widths[at] = max(widths[at], _width_in(piece, pad))
    last = len(delimiter.pieces) - 1
    for at in range(columns):
        reach = (at > 0 or opened) + (at < last or delimiter.closed)
        widths[at] = max(widths[at], _LEAST_DASHES - (0 if padded else reach * len(pad))) if at <= last else widths[at]
    return Layout(header.indent, opened, pad, padded, sides, tuple(widths))


def laid_out(forms: Sequence[LineForm], alignments: Sequence[Alignment]) -> list[LineForm]:
    """These lines of a table with their pipes under each other."""
    return list(_lines(layout_of(forms, alignments), forms))


def is_laid_out(forms: Sequence[LineForm], alignments: Sequence[Alignment]) -> bool:
    """Whether the pipes of these lines of a table stand under each other as `align_table` would put them."""
    aligned = _lines(layout_of(forms, alignments), forms)
    return all(form == new for form, new in zip(forms, aligned, strict=True))


def _edits(table: Table, forms: Sequence[LineForm], layout: Layout) -> list[TextEdit] | None:
    """The edits that give the lines this layout; None where the result would not read back with the same cells."""
    aligned = list(_lines(layout, forms))
    edits: list[TextEdit] = []
    for line, old, new in zip(table.lines, forms, aligned, strict=True):
        if len(forms) > _MANY_LINES:
            whole = smallest_edit(line.source, new.text, line.start)
            edits += [whole] if whole else []
        else:
            edits += _changes(old, new, line.start)
    same = all([cell.source for cell in split_row(form.text)] == form.sources for form in aligned if edits)
    sound = not edits or (same and reads_as(table, edits, [form.text for form in aligned]))
    return edits if sound else None


def _lines(layout: Layout, forms: Sequence[LineForm]) -> Iterator[LineForm]:
    return (layout.line(form, is_delimiter=index == 1) for index, form in enumerate(forms))


def _is_tight(forms: Sequence[LineForm], alignments: Sequence[Alignment]) -> bool:
    """Whether no cell has white space on the side to which its column is aligned; others tell nothing."""
    found: set[str] = set()
    for form in forms:
        last = len(form.pieces) - 1
        for at, piece in enumerate(form.pieces):
            if not piece.source or alignments[at] is Alignment.CENTRE or (at == 0 and not form.opened):
                continue
            if alignments[at] is not Alignment.RIGHT:
                found.add(piece.left)
            elif not _guard(piece):
                found |= {piece.right} if at < last or form.closed else set()
    return found == {""}


def _width_in(piece: Piece, pad: str) -> int:
    return display_width(piece.source) + (0 if pad else len(_guard(piece)))


def _guard(piece: Piece) -> str:
    """What has to stand between a cell and its pipe: a backslash there would take the pipe into the cell."""
    return " " if piece.source.endswith("\\") else ""


def _changes(old: LineForm, new: LineForm, start: int) -> Iterator[TextEdit]:
    """The edits that make one form of a line of another with the same cells, on a line that begins at `start`."""
    for before, after in zip(_parts(old), _parts(new), strict=True):
        if edit := smallest_edit(before, after, start):
            yield edit
        start += len(before)


def _parts(form: LineForm) -> Iterator[str]:
    yield form.indent + "|" * form.opened + form.pieces[0].left
    for piece, following in zip(form.pieces[:-1], form.pieces[1:], strict=True):
        yield piece.source
        yield f"{piece.right}|{following.left}"
    yield form.pieces[-1].source
    yield form.pieces[-1].right + "|" * form.closed + form.trailing
