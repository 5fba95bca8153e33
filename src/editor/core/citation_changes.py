"""What a writer gave other authors or another year: a row but not its citations, or a citation but not its row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from editor.core.article import Article
from editor.core.bibliography import Contradiction, fold, parse_authors
from editor.core.citation_renaming import Renaming
from editor.core.citation_style import names_in
from editor.core.citations import Citation, Citations
from editor.core.mentions import Mention
from editor.core.papers import Paper, PaperName
from editor.core.references.duplicates import title_key
from editor.core.text_edit import TextEdit

_GUESSES = frozenset({Contradiction.LETTERS, Contradiction.YEAR})
_MOST_CHANGED = 8
"""Citations changed between two audits beyond which somebody did something else than to change one."""

T = TypeVar("T")

Step = Sequence[TextEdit]
"""The edits of one step, in order and in code points of the text before it."""


@dataclass(frozen=True, slots=True)
class Version:
    """An article with its citations."""

    article: Article
    citations: Citations


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one version to another.

    `half_typed` are places of the later one where a citation was and may yet be another; `is_malformed`: a row that is
    cited cannot be read as it is.
    """

    renamings: tuple[Renaming, ...] = ()
    half_typed: tuple[tuple[int, int], ...] = ()
    is_malformed: bool = False


def changes_between(before: Version, now: Version, steps: Sequence[Step]) -> Changes:
    """The rows or else the citations that were renamed by these steps, each of at least one edit."""
    rows = _paired_rows(before.citations.papers, now.citations.papers)
    changed = [(old, new) for old, new in rows if old.written != new.written and old.name != new.name]
    if changed:
        return _of_rows(before, now, steps, changed)
    return _of_citations(before, now, steps, {old.position: new for old, new in rows})


def _differing(before: Sequence[T], now: Sequence[T], key: Callable[[T], object]) -> tuple[int, int, int]:
    """From which index on two sequences differ, and up to which of the earlier and of the later one."""
    most = min(len(before), len(now))
    first = 0
    while first < most and key(before[first]) == key(now[first]):
        first += 1
    tail = 0
    while tail < most - first and key(before[-1 - tail]) == key(now[-1 - tail]):
        tail += 1
    return first, len(before) - tail, len(now) - tail


# Rows


def _paired_rows(before: Sequence[Paper], now: Sequence[Paper]) -> list[tuple[Paper, Paper]]:
    """The rows that are in both, wherever they went: by all that they say, by their titles, and the rest by order."""
    first, last, now_last = _differing(before, now, _written)
    pairs = [*zip(before[:first], now, strict=False), *zip(before[last:], now[now_last:], strict=True)]
    before, now = before[first:last], now[first:now_last]
    for key in (_written, _title):
        before, now = _pair_by(key, before, now, pairs)
    return [*pairs, *zip(before, now, strict=True)] if len(before) == len(now) else pairs


def _written(paper: Paper) -> str:
    return paper.written


def _title(paper: Paper) -> str:
    return title_key(paper.name.title) if paper.name else ""


def _pair_by(
    key: Callable[[Paper], str], before: Sequence[Paper], now: Sequence[Paper], pairs: list[tuple[Paper, Paper]]
) -> tuple[list[Paper], list[Paper]]:
    """Pair the rows that have a key in common, and return those that are left; "" is no key."""
    wanted = {key(paper): paper for paper in now}
    left: list[Paper] = []
    paired: set[int] = set()
    for paper in before:
        same = wanted.pop(key(paper), None) if key(paper) else None
        if same:
            pairs.append((paper, same))
            paired.add(same.position)
        else:
            left.append(paper)
    return left, [paper for paper in now if paper.position not in paired]


def _of_rows(before: Version, now: Version, steps: Sequence[Step], changed: Sequence[tuple[Paper, Paper]]) -> Changes:
    renamings: list[Renaming] = []
    is_malformed = False
    for old, new in changed:
        mentions = tuple(_still_there(before, now, steps, old))
        if not mentions or old.name is None:
            continue
        if new.name is None:
            is_malformed = True
        elif new.name.authors == old.name.authors or title_key(new.name.title) == title_key(old.name.title):
            renamings.append(Renaming(new.position, old.name, new.name, mentions, (new.start, new.end)))
    return Changes(tuple(renamings), is_malformed=is_malformed)


def _still_there(before: Version, now: Version, steps: Sequence[Step], paper: Paper) -> Iterator[Mention]:
    """The citations that meant a row and read as they did, placed where they are now."""
    for index in before.citations.by_position.get(paper.position, ()):
        citation = before.citations.all[index]
        if citation.paper is None or citation.answer.contradictions & _GUESSES:
            continue
        mention = citation.mention
        start, end = followed(mention.start, mention.end, steps)
        if now.article.slice(start, end) == before.article.slice(mention.start, mention.end):
            yield mention._replace(start=start, end=end)


def followed(start: int, end: int, steps: Sequence[Step]) -> tuple[int, int]:
    """Where a span is after some steps; it takes in what was written within it."""
    for step in steps:
        shift = growth = 0
        first, last = start, end
        for edit in step:
            if edit.end <= start:
                shift += edit.growth
            elif edit.start < end:
                first, last = min(first, edit.start), max(last, edit.end)
                growth += edit.growth
        start, end = first + shift, last + shift + growth
    return start, end


# Citations


def _of_citations(before: Version, now: Version, steps: Sequence[Step], rows: Mapping[int, Paper]) -> Changes:
    first, behind = _unchanged(now.article.length, steps)
    old, new = _between(before, first, behind), _between(now, first, behind)
    begin, end, new_end = _differing(old, new, _key)
    old, new = old[begin:end], new[begin:new_end]
    if not old or len(old) > _MOST_CHANGED:
        return Changes()
    if len(old) > len(new):
        places = (followed(each.mention.start, each.mention.end, steps) for each in old)
        return Changes(half_typed=tuple(places))
    if len(old) < len(new):
        return Changes()
    renamings = []
    for one, other in zip(old, new, strict=True):
        paper = one.paper
        row = rows.get(paper.position) if paper else None
        if paper is None or row is None or one.answer.contradictions or not _is_renamed(one, other, row):
            continue
        if name := _named_as(one.mention, other.mention, row.name):
            mentions = tuple(_still_there(before, now, steps, paper))
            place = other.mention.start, other.mention.end
            renamings.append(Renaming(row.position, row.name or name, name, mentions, place, changes_row=True))
    return Changes(tuple(renamings))


def _unchanged(length: int, steps: Sequence[Step]) -> tuple[int, int]:
    """How many code points at the beginning and at the end of a text of this length the steps left alone."""
    first = behind = length
    for step in reversed(steps):
        for edit in step:
            length -= edit.growth
        first = min(first, *(edit.start for edit in step))
        behind = min(behind, *(length - edit.end for edit in step))
    return first, behind


def _between(version: Version, first: int, behind: int) -> Sequence[Citation]:
    """The citations that do not lie wholly in what was left alone."""
    found = version.citations.all
    begin = bisect_left(found, first, key=lambda each: each.mention.end)
    end = bisect_right(found, version.article.length - behind, begin, key=lambda each: each.mention.start)
    return found[begin:end]


def _key(citation: Citation) -> tuple[str, str, str]:
    mention = citation.mention
    return mention.authors, mention.year, mention.letter


def _is_renamed(one: Citation, other: Citation, row: Paper) -> bool:
    """Whether a citation that meant the row now contradicts it, in its year or in a name, and means no other row."""
    if other.answer.papers and other.paper != row:
        return False
    if other.answer.papers and not other.answer.contradictions & {*_GUESSES, Contradiction.YEAR_LETTER}:
        return False
    same_year = one.mention.dated == other.mention.dated
    same_authors = fold(one.mention.authors) == fold(other.mention.authors)
    return same_year != same_authors


def _named_as(one: Mention, other: Mention, row: PaperName | None) -> PaperName | None:
    """The row's name changed as the citation was; None where one cannot tell how."""
    if row is None:
        return None
    if one.dated != other.dated:
        return row._replace(year=other.dated)
    old, new = names_in(one.authors), names_in(other.authors)
    if len(old) != len(new) or parse_authors(one.authors).et_al != parse_authors(other.authors).et_al:
        return None
    authors = row.authors
    for name, given in zip(old, new, strict=True):
        if name != given:
            if authors.count(name) != 1:
                return None
            authors = authors.replace(name, given)
    return row._replace(authors=authors)
