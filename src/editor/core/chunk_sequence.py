"""An article's chunks as an immutable sequence in which places are found and chunks exchanged without walking it all.

The chunks lie in runs of at most `RUN_LENGTH`. A run knows its extent, so that finding a place among 10,000 chunks
looks at a hundred runs and then at a hundred chunks, and an exchange copies no more than that.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from editor.core.chunks import Chunk
from editor.core.word_count import words_of

if TYPE_CHECKING:
    from editor.core.chunk_facts import Facts

RUN_LENGTH = 96


class Extent(NamedTuple):
    """How far a text reaches, in code points, in UTF-16 units (a line ending is one) and in line endings."""

    code_points: int
    units: int
    lines: int

    def plus(self, other: "Extent") -> "Extent":
        """The extent of the two texts one after the other."""
        return Extent(self.code_points + other.code_points, self.units + other.units, self.lines + other.lines)


NOWHERE = Extent(0, 0, 0)


_Ends = tuple[list[int], list[int], list[int]]
"""How far each of several texts one after the other reaches, in each of an Extent's three measures."""


class Run:
    """A few neighbouring chunks."""

    def __init__(self, chunks: tuple[Chunk, ...]) -> None:
        self.chunks: Final = chunks

    @cached_property
    def ends(self) -> _Ends:
        """Where each of its chunks ends, counted from the run's beginning."""
        return (
            list(accumulate(len(chunk.text) for chunk in self.chunks)),
            list(accumulate(chunk.units for chunk in self.chunks)),
            list(accumulate(chunk.lines for chunk in self.chunks)),
        )

    @cached_property
    def extent(self) -> Extent:
        """How far its chunks reach together."""
        return _end(self.ends, len(self.chunks))

    @cached_property
    def facts(self) -> "Facts":
        """What its chunks hold together; places are in the run's own text."""
        # A text can be seen and written in before anything reads its tables and headings.
        from editor.core.chunk_facts import facts_together  # noqa: PLC0415

        return facts_together(self.chunks)

    @cached_property
    def words(self) -> int:
        """How many words its chunks have."""
        return sum(map(words_of, self.chunks))


class Place:
    """A chunk by its index from 0, and the extent of the text before it."""

    __slots__ = ("before", "index")

    def __init__(self, index: int, before: Extent) -> None:
        self.index: Final = index
        self.before: Final = before


_NOTHING_FOUND = (0, 0, Place(0, NOWHERE))


class ChunkSequence:
    """The chunks of one version of an article."""

    def __init__(self, runs: tuple[Run, ...]) -> None:
        self._runs: Final = runs

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its chunks in runs, which versions share."""
        return self._runs

    @classmethod
    def of(cls, chunks: Iterable[Chunk]) -> "ChunkSequence":
        """A sequence of these chunks."""
        return cls(_in_runs(list(chunks)))

    @cached_property
    def _ends(self) -> _Ends:
        """Where each run ends."""
        extents = [run.extent for run in self.runs]
        return (
            list(accumulate(extent.code_points for extent in extents)),
            list(accumulate(extent.units for extent in extents)),
            list(accumulate(extent.lines for extent in extents)),
        )

    @cached_property
    def _firsts(self) -> list[int]:
        """The index of each run's first chunk, and at last how many chunks there are."""
        return list(accumulate((len(run.chunks) for run in self.runs), initial=0))

    @property
    def length(self) -> int:
        """How many chunks there are."""
        return self._firsts[-1]

    @property
    def extent(self) -> Extent:
        """How far the whole text reaches."""
        return _end(self._ends, len(self.runs))

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Chunk]:
        for run in self.runs:
            yield from run.chunks

    def __getitem__(self, index: int) -> Chunk:
        if not 0 <= index < self.length:
            raise IndexError(index)
        number = bisect_right(self._firsts, index) - 1
        return self.runs[number].chunks[index - self._firsts[number]]

    def between(self, first: int, end: int) -> list[Chunk]:
        """The chunks from `first` up to `end`, which may lie beyond the last."""
        found: list[Chunk] = []
        begin = 0
        for run in self.runs:
            if begin >= end:
                break
            if begin + len(run.chunks) > first:
                found += run.chunks[max(0, first - begin) : end - begin]
            begin += len(run.chunks)
        return found

    def following(self, first: int) -> Iterator[Chunk]:
        """The chunks from `first` on, taken one by one."""
        number = bisect_right(self._firsts, first) - 1
        if number < len(self.runs):
            yield from self.runs[number].chunks[first - self._firsts[number] :]
        for run in self.runs[number + 1 :]:
            yield from run.chunks

    def place_of(self, index: int) -> Place:
        """Where the chunk `index` begins; beyond the last, the end of the text."""
        if index >= self.length:
            return Place(self.length, self.extent)
        number = bisect_right(self._firsts, index) - 1
        return self._place(number, index - self._firsts[number])

    def _place(self, number: int, within: int) -> Place:
        code_points, units, lines = _end(self._ends, number) if number else NOWHERE
        if within:
            ends = self.runs[number].ends
            code_points, units, lines = (
                code_points + ends[0][within - 1],
                units + ends[1][within - 1],
                lines + ends[2][within - 1],
            )
        return Place(self._firsts[number] + within, Extent(code_points, units, lines))

    def at_code_point(self, offset: int) -> Place:
        """The chunk that holds the code point `offset`; the last one for the end of the text."""
        return self._find(0, offset)

    def at_unit(self, offset: int) -> Place:
        """The chunk that holds the UTF-16 unit `offset`; the last one for the end of the text."""
        return self._find(1, offset)

    def at_line(self, line: int) -> Place:
        """The chunk that holds the beginning of the line `line`, from 0; the last one for a line beyond."""
        return self._find(2, line)

    def _find(self, measure: int, offset: int) -> Place:
        begin, end, found = self._last_found.get(measure, _NOTHING_FOUND)
        if begin <= offset < end:
            return found
        number = min(bisect_right(self._ends[measure], offset), len(self.runs) - 1)
        run = self.runs[number]
        left = offset - (self._ends[measure][number - 1] if number else 0)
        within = min(bisect_right(run.ends[measure], left), len(run.chunks) - 1)
        place = self._place(number, within)
        begin = place.before[measure]
        length = run.ends[measure][within] - (run.ends[measure][within - 1] if within else 0)
        self._last_found[measure] = begin, begin + length, place
        return place

    @cached_property
    def _last_found(self) -> dict[int, tuple[int, int, Place]]:
        """By measure the chunk that was found last, from where it begins up to its end: the next is often the same."""
        return {}

    def facts(self) -> "Iterator[tuple[Facts, Extent]]":
        """The facts of every run, each with the extent of the text before it."""
        before = NOWHERE
        for run in self.runs:
            yield run.facts, before
            before = before.plus(run.extent)

    def facts_near(self, offset: int) -> "tuple[Facts, Extent]":
        """The facts of the run that holds the code point `offset`, and the extent of the text before it."""
        number = min(bisect_right(self._ends[0], offset), len(self.runs) - 1)
        return self.runs[number].facts, _end(self._ends, number)

    def exchange(self, first: int, removed: int, added: Iterable[Chunk]) -> "ChunkSequence":
        """The sequence in which `added` stands in place of the `removed` chunks from `first` on."""
        begin, first_run = 0, 0
        while first_run < len(self.runs) and begin + len(self.runs[first_run].chunks) <= first:
            begin += len(self.runs[first_run].chunks)
            first_run += 1
        end, last_run = begin, first_run
        while last_run < len(self.runs) and (end < first + removed or last_run == first_run):
            end += len(self.runs[last_run].chunks)
            last_run += 1
        touched = [chunk for run in self.runs[first_run:last_run] for chunk in run.chunks]
        touched[first - begin : first - begin + removed] = added
        return ChunkSequence(self.runs[:first_run] + _in_runs(touched) + self.runs[last_run:])


class BegunSequence(ChunkSequence):
    """A sequence of which only the first run has been cut; whoever asks for more than that has the rest cut as well.

    It answers as the whole does, and belongs to one thread until it is the whole.
    """

    def __init__(self, chunks: Iterator[Chunk]) -> None:
        """`chunks` are all of them, taken when they are needed."""
        self._begun: Final = ChunkSequence.of(islice(chunks, RUN_LENGTH))
        super().__init__(self._begun.runs)
        self._rest: Final = chunks

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        return _in_runs([*self._begun, *self._rest])

    def __getitem__(self, index: int) -> Chunk:
        return self._begun[index] if 0 <= index < self._begun.length else super().__getitem__(index)

    def following(self, first: int) -> Iterator[Chunk]:
        if first < self._begun.length:
            yield from self._begun.following(first)
        yield from super().following(max(first, self._begun.length))

    def place_of(self, index: int) -> Place:
        return self._begun.place_of(index) if index < self._begun.length else super().place_of(index)

    def at_code_point(self, offset: int) -> Place:
        begun = self._begun
        return begun.at_code_point(offset) if offset < begun.extent.code_points else super().at_code_point(offset)

    def at_unit(self, offset: int) -> Place:
        begun = self._begun
        return begun.at_unit(offset) if offset < begun.extent.units else super().at_unit(offset)

    def at_line(self, line: int) -> Place:
        begun = self._begun
        return begun.at_line(line) if line < begun.extent.lines else super().at_line(line)


def _end(ends: _Ends, count: int) -> Extent:
    """How far the first `count` reach together."""
    return Extent(ends[0][count - 1], ends[1][count - 1], ends[2][count - 1]) if count else NOWHERE


def _in_runs(chunks: list[Chunk]) -> tuple[Run, ...]:
    """Runs of even length, none above RUN_LENGTH."""
    if not chunks:
        return ()
    count = -(-len(chunks) // RUN_LENGTH)
    bounds = [len(chunks) * number // count for number in range(count + 1)]
    return tuple(Run(tuple(chunks[start:end])) for start, end in pairwise(bounds))
