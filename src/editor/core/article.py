"""An article as an immutable value: its text in chunks, and all that is known of it, kept up by edits."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from editor.core.chunk_sequence import BegunSequence, ChunkSequence
from editor.core.chunks import Chunk, ChunkKind, cut
from editor.core.former_chunks import FEWEST, NO_FORMER_CHUNKS, FormerChunks
from editor.core.front_matter_fence import FRONT_MATTER_LIMIT, front_matter_length
from editor.core.html_reach import REACH
from editor.core.line_source import WHOLE, Boundary, LineSource, kept_boundaries
from editor.core.lines import code_points_of_units, first_ending, line_ends, lines_before, widget_units
from editor.core.text_edit import TextEdit, apply_edits, in_order

if TYPE_CHECKING:
    from editor.core.chunk_facts import Heading
    from editor.core.front_matter_fields import FrontMatter
    from editor.core.problems import Problem
    from editor.core.tables import Table

# A cut looks at up to two blocks after its chunk, so an edit may move the end of the two chunks before its own.
_CHUNKS_BEFORE = 2
# Beyond so many edits in one step, one new cut of all between the first and the last costs less than one for each.
_MANY_EDITS = 16
_FENCE_OPENERS = ("---", "+++", "{")


class Counts(NamedTuple):
    """What the status line counts. `citations` are the rows of the citations table."""

    words: int
    characters: int
    citations: int


class ChunkSplice(NamedTuple):
    """From the chunk `first` on, `removed` chunks gave way to `added` new ones; all others are the same objects."""

    first: int
    removed: int
    added: int

    def then(self, later: "ChunkSplice") -> "ChunkSplice":
        """One splice that covers this one and a later one; the later one counts chunks as this one left them."""
        first = min(self.first, later.first)
        end = max(self.first + self.added, later.first + later.removed)
        removed = end - first - (self.added - self.removed)
        added = end - first + (later.added - later.removed)
        return ChunkSplice(first, removed, added)


class Article:
    """One version of an article. Offsets are code points of the exact text, lines count from 0."""

    def __init__(self, chunks: ChunkSequence, former: FormerChunks = NO_FORMER_CHUNKS) -> None:
        self.chunks: Final = chunks
        self.former: Final = former
        """What edits took away last that may come back."""

    @classmethod
    def from_text(cls, text: str) -> "Article":
        """The article whose exact text this is."""
        return cls(ChunkSequence.of(_cut_text(text)))

    @classmethod
    def begun(cls, text: str) -> "Article":
        """The same, with only its beginning cut until more is asked for, so that it can be seen before all is known."""
        return cls(BegunSequence(_cut_text(text)))

    @property
    def text(self) -> str:
        """The whole text as one string. Not for the typing path."""
        return "".join(chunk.text for chunk in self.chunks)

    @property
    def length(self) -> int:
        """Code points in the whole text."""
        return self.chunks.extent.code_points

    def slice(self, start: int, end: int) -> str:
        """The text from the code point `start` up to `end`."""
        place = self.chunks.at_code_point(start)
        begin = place.before.code_points
        text = self.chunks[place.index].text
        if end - begin <= len(text):
            return text[start - begin : end - begin]
        pieces: list[str] = []
        have = begin
        for chunk in self.chunks.following(place.index):
            if have >= end:
                break
            pieces.append(chunk.text)
            have += len(chunk.text)
        return "".join(pieces)[start - begin : end - begin]

    @cached_property
    def newline(self) -> str:
        """The line ending that new lines take where no neighbour says otherwise: the article's first one, or LF."""
        return next((first_ending(chunk.text) for chunk in self.chunks if chunk.lines), "\n")

    # Facts

    @property
    def head(self) -> str:
        """The text of its front matter, with the fences; "" where there is none."""
        first = self.chunks[0]
        return first.text if first.kind is ChunkKind.FRONT_MATTER else ""

    @cached_property
    def front_matter(self) -> "FrontMatter":
        """Its front matter; one without fields where there is none."""
        # A text can be seen and written in before anything reads its fields.
        from editor.core.front_matter_reading import parse_front_matter  # noqa: PLC0415

        return parse_front_matter(self.head)

    @cached_property
    def tables(self) -> "tuple[Table, ...]":
        """All its tables in order, placed in the article."""
        return tuple(
            table.moved(before.code_points, before.lines)
            for facts, before in self.chunks.facts()
            for table in facts.tables
        )

    @cached_property
    def citations_table(self) -> "Table | None":
        """The table of papers, found by its heading row."""
        for facts, before in self.chunks.facts():
            if facts.citations_table:
                return facts.citations_table.moved(before.code_points, before.lines)
        return None

    def table_at(self, offset: int) -> "Table | None":
        """The table in whose lines the code point `offset` is, found without a look at those elsewhere."""
        facts, before = self.chunks.facts_near(min(offset, max(self.length - 1, 0)))
        for table in facts.tables:
            within = offset - before.code_points - table.start
            is_behind_last = within == len(table.text) and not table.text.endswith(("\n", "\r"))
            if 0 <= within < len(table.text) or is_behind_last:
                return table.moved(before.code_points, before.lines)
        return None

    @cached_property
    def first_table(self) -> "Table | None":
        """The first table, of whatever."""
        for facts, before in self.chunks.facts():
            if facts.tables:
                return facts.tables[0].moved(before.code_points, before.lines)
        return None

    @cached_property
    def outline(self) -> "tuple[Heading, ...]":
        """Its headings in order, placed in the article."""
        return tuple(
            heading.moved(before.code_points, before.lines)
            for facts, before in self.chunks.facts()
            for heading in facts.headings
        )

    @cached_property
    def definitions(self) -> str:
        """The markdown of the chunks that define link references, footnotes and abbreviations for all the others."""
        return "\n\n".join(chain.from_iterable(facts.definitions for facts, _ in self.chunks.facts()))

    @cached_property
    def counts(self) -> Counts:
        """Words of the body, characters of the whole text, rows of the citations table."""
        words = sum(run.words for run in self.chunks.runs)
        return Counts(words, self.length, len(self.citations_table.rows) if self.citations_table else 0)

    @cached_property
    def problems(self) -> "tuple[Problem, ...]":
        """What could not be read as the writer may have meant it, in order of place."""
        of_tables = (
            problem.moved(before.code_points, before.lines)
            for facts, before in self.chunks.facts()
            for problem in facts.problems
        )
        return (*self.front_matter.problems, *of_tables)

    # Places

    def line_at(self, offset: int) -> int:
        """The line, from 0, that holds the code point `offset`."""
        place = self.chunks.at_code_point(offset)
        return place.before.lines + lines_before(self.chunks[place.index].text, offset - place.before.code_points)

    def line_start(self, line: int) -> int:
        """The offset of the first code point of a line counted from 0; the text's end for a line beyond the last."""
        place = self.chunks.at_line(line)
        left = line - place.before.lines
        if left <= 0:
            return place.before.code_points
        text = self.chunks[place.index].text
        return place.before.code_points + next(islice(line_ends(text), left - 1, None), len(text))

    def unit_of(self, offset: int) -> int:
        """The UTF-16 unit at which the code point `offset` stands in a text widget, where a line ending is one unit."""
        place = self.chunks.at_code_point(offset)
        chunk, code_points = self.chunks[place.index], offset - place.before.code_points
        units = min(code_points, len(chunk.text)) if chunk.has_plain_units else widget_units(chunk.text[:code_points])
        return place.before.units + units

    def offset_of_unit(self, unit: int) -> int:
        """The code point that stands at a text widget's UTF-16 `unit`; inside a surrogate pair, the character's own."""
        place = self.chunks.at_unit(unit)
        chunk, units = self.chunks[place.index], unit - place.before.units
        if chunk.has_plain_units:
            return place.before.code_points + min(units, len(chunk.text))
        return place.before.code_points + code_points_of_units(chunk.text, units)

    # Edits

    def apply(self, *edits: TextEdit) -> "ArticleChange":
        """The next version, after the edits of one step; they are in code points of this one.

        Raises ValueError where edits overlap or lie outside the text.
        """
        ordered = in_order(edits)
        if not ordered or ordered[0].start < 0 or max(edit.end for edit in ordered) > self.length:
            raise ValueError(f"no edit, or one outside the text of {self.length} code points: {ordered}")
        if len(ordered) > _MANY_EDITS:
            return self._apply_together(ordered)
        change = self._apply_together(ordered[-1:])
        for edit in reversed(ordered[:-1]):
            earlier = change.after.apply(edit)
            splice = change.splice.then(earlier.splice)
            scanned = change.lines_scanned + earlier.lines_scanned
            change = ArticleChange(self, earlier.after, ordered, splice, scanned)
        return change._replace(edits=ordered)

    def _apply_together(self, edits: Sequence[TextEdit]) -> "ArticleChange":
        """Cut anew the chunks from two before the first edit to the one that holds the end of the last."""
        start, end = edits[0].start, edits[-1].end
        head_may_change = self._head_may_change(start)
        first = 0 if head_may_change else self._first_to_cut(start)
        place = self.chunks.place_of(first)
        last = self.chunks.at_code_point(end).index
        chunks = self.chunks.between(first, last + 1)
        moved = [edit.moved(-place.before.code_points) for edit in edits]
        text = apply_edits("".join(chunk.text for chunk in chunks), moved)
        boundaries = kept_boundaries(chunks, moved, text)
        while last + 1 < self.chunks.length and _runs_on(text, self.chunks[last + 1].text):
            last += 1
            text += self.chunks[last].text
        return self._cut_anew(edits, first, last, text, boundaries, head_may_change)

    def _cut_anew(
        self,
        edits: Sequence[TextEdit],
        first: int,
        last: int,
        text: str,
        boundaries: Sequence[Boundary],
        with_head: bool,
    ) -> "ArticleChange":
        added: list[Chunk] = []
        if with_head and text.startswith(_FENCE_OPENERS):
            head = front_matter_length(self._lengthened(text, last + 1))
            while head > len(text):
                last += 1
                text += self.chunks[last].text
            if head:
                added.append(Chunk(ChunkKind.FRONT_MATTER, text[:head]))
                text, boundaries = text[head:], WHOLE
        taken, came_back, scanned = self._cut_text(text, last + 1, boundaries, added)
        removed = last + 1 - first + taken
        if removed == self.chunks.length and not added:
            added = [Chunk(ChunkKind.BLANK, "")]
        added, first, removed = self._keep_unchanged(added, first, removed)
        former = NO_FORMER_CHUNKS if came_back else self.former
        if removed >= FEWEST:
            former = FormerChunks(self.chunks.between(first, first + removed))
        after = Article(self.chunks.exchange(first, removed, added), former)
        return ArticleChange(self, after, tuple(edits), ChunkSplice(first, removed, len(added)), scanned)

    def _cut_text(
        self, text: str, following: int, boundaries: Sequence[Boundary], added: list[Chunk]
    ) -> tuple[int, int, int]:
        """Add the chunks of the text, up to an end that is one among the chunks from `following` on.

        Says how many of those were taken, how many came back that an earlier edit had taken away, and how many lines
        were looked at.
        """
        at = later_than = came_back = scanned = 0
        while at < len(text):
            known = [*WHOLE, *(each._replace(at=each.at - at) for each in boundaries if each.at > at)]
            source = LineSource(text[at:], self.chunks.following(following), known)
            back: Sequence[Chunk] = ()
            for chunk, line in cut(source):
                added.append(chunk)
                taken = source.following_taken(line)
                if taken is not None:
                    return taken, came_back, scanned + source.scanned
                end = at + source.offset(line)
                later_than, back = self.former.come_back(text, end, later_than)
                if back:
                    added += back
                    at = end + sum(len(each.text) for each in back)
                    break
            scanned += source.scanned
            came_back += len(back)
            if not back:
                break
        return 0, came_back, scanned

    def _lengthened(self, text: str, following: int) -> str:
        """The text and as much of the chunks from `following` on as the search for a closing fence looks at."""
        pieces, length = [text], len(text)
        for chunk in self.chunks.following(following):
            if length > FRONT_MATTER_LIMIT:
                break
            pieces.append(chunk.text)
            length += len(chunk.text)
        return "".join(pieces)

    def _keep_unchanged(self, added: list[Chunk], first: int, removed: int) -> tuple[list[Chunk], int, int]:
        """Leave out the chunks at either end that came out as they were, so that they stay the same objects."""
        old = self.chunks.between(first, first + removed)
        head = 0
        while head < min(len(old), len(added)) and old[head] == added[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(added)) - head and old[-1 - tail] == added[-1 - tail]:
            tail += 1
        return added[head : len(added) - tail], first + head, removed - head - tail

    def _first_to_cut(self, start: int) -> int:
        # An insertion at a chunk's first character also belongs to the blank lines at the end of the chunk before.
        lowest = 1 if self.chunks[0].kind is ChunkKind.FRONT_MATTER else 0
        index = max(lowest, self.chunks.at_code_point(max(0, start - 1)).index - _CHUNKS_BEFORE)
        # HTML that a chunk leaves open may be closed by what comes in, or by what comes nearer.
        earliest = self.chunks.at_line(max(0, self.chunks.place_of(index).before.lines - REACH)).index
        before = self.chunks.between(earliest, index)
        return next((earliest + place for place, chunk in enumerate(before) if chunk.leaves_open), index)

    def _head_may_change(self, start: int) -> bool:
        """Whether an edit that begins at `start` could make, end or move the end of front matter."""
        head = self.chunks[0]
        if head.kind is ChunkKind.FRONT_MATTER:
            length = len(head.text)
            return start < length or (start == length and not head.text.endswith("\n"))
        if start <= len(_FENCE_OPENERS[0]):
            return True
        return start <= FRONT_MATTER_LIMIT and head.text.startswith(_FENCE_OPENERS)


class ArticleChange(NamedTuple):
    """One step from one version of an article to the next.

    `edits` are in order, in code points of `before`. `lines_scanned` counts the lines looked at to cut `after`.
    """

    before: Article
    after: Article
    edits: tuple[TextEdit, ...]
    splice: ChunkSplice
    lines_scanned: int


def _cut_text(text: str) -> Iterator[Chunk]:
    head = front_matter_length(text)
    if head or not text:
        yield Chunk(ChunkKind.FRONT_MATTER if head else ChunkKind.BLANK, text[:head])
    yield from (chunk for chunk, _ in cut(LineSource(text[head:])))


def _runs_on(text: str, following: str) -> bool:
    """Whether the last line of `text` goes on in what follows, so that the two can't be cut apart."""
    if text.endswith("\r"):
        return following.startswith("\n")
    return bool(text) and not text.endswith("\n")
