"""In-text citations by author and year, found from the year leftwards (APA 7, sections 8.10 to 8.22).

Each work cited is a mention of its own, also in `(Adams, 2001, 2004; Baker, 2010)`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from editor.core.author_words import GROUPS
from editor.core.chunks import Chunk, ChunkKind
from editor.core.mention_authors import FARTHEST, WrittenAuthors, authors_before, begins_entry
from editor.core.patterns import when_used
from editor.core.running_text import Segment, segments
from editor.core.text_memory import remembered_by_text

_GROUP = rf"(?-i:(?:[A-Z][\w-]*+\s(?:and\s)?){{0,5}}(?:{'|'.join(sorted(GROUPS))})\b)"
_YEAR = re.compile(
    r"""(?<![^\s(\[,;*_])
    # the year of the original, as in 1900/1953 and [1900] 1953
    (?:(?:ca?\.\s?)?[0-9]{1,4}(?:\s?B\.?C\.?(?:E\.?)?)?\s?/\s?|\[(?:ca?\.\s?)?[0-9]{3,4}\]\s?)?
    (?P<year>(?:1[4-9]|20)[0-9]{2})(?P<letter>[a-rt-z])?(?![^\W_]|[-\u2010-\u2014/.%][0-9]|:[0-9]+:|,[0-9]{3}(?![0-9]))
    (?!\sGROUP)
    |(?<![^\s(\[,;])(?P<undated>n\.\s?d\.|in\spress)(?:-(?P<undated_letter>[a-z])(?![^\W_]))?(?![^\W_])""".replace(
        "GROUP", _GROUP
    ),
    re.VERBOSE | re.IGNORECASE,
)
_MORE_LETTERS = when_used(r"\s*(?:,|&|\band\b)\s*([a-rt-z])(?![^\W_]|\.)")
_BRACKET = re.compile(r"[()\[\]]")
_ITALIC = frozenset("*_")
_CLOSES = {")": "(", "]": "["}
# Pages and the like between two years: `(Adams, 2001, pp. 3-4; 2004, p. 7)`, `(Adams 2001: 3; 2004: 7)`.
_PLACE = r"(?:pp?|paras?|chap(?:ter)?s?|ch|sect(?:ion)?s?|vol|figs?|tables?)\b\.?\s*"
_LOCATOR = rf"[,:]\s*(?:{_PLACE})?[0-9]{{1,4}}(?:[-\u2010-\u2014][0-9]{{1,4}})?f{{0,2}}\.?"
_ANOTHER_YEAR = when_used(rf"(?:{_LOCATOR})*+\s*(?:[,;&]|and|,\s*(?:and|&))\s*", re.IGNORECASE)
_SECONDARY = re.compile(
    r"[,;]?\s*(?:as\s+)?(?:cited|quoted|discussed|reported|referenced)\s+(?:in|by)\b", re.IGNORECASE
)
_PRIVATE = re.compile(r"\b(?:personal\s+communications?|pers\.\s*comm|unpublished)", re.IGNORECASE)
_BEHIND_PLAIN = when_used(r"\s*(?:[),;\]:&.]|\Z|(?:and|but|for|in|pp?|para|see|cf|as|also|chap|ch|sect?|fig|table)\b)")


class Doubt(Enum):
    """Why what looks like a citation may be something else, unless a row of the table answers it."""

    NONE = auto()
    NO_COMMA = auto()
    """`(Adams 2013)`: so is `(London 2012)` written, but in an article that leaves out all commas."""
    BARE = auto()
    """`Adams, 2013` or `Adams's 2013 paper` outside brackets, and `*Adams* (2013)`, which is how titles are written."""


class Mention(NamedTuple):
    """One work cited at one place: code points from `start` up to `end` of the text it was found in.

    `authors` is as written, without a possessive; in `(Adams, 2001, 2004)` the second mention has the first one's.
    `year` is four digits, `n.d.` or `in press`, `letter` what tells works of one year apart, "" for none.
    """

    start: int
    end: int
    authors: str
    year: str
    letter: str
    doubt: Doubt = Doubt.NONE
    has_comma: bool = False
    """A comma stands between authors and year."""
    narrative: bool = False
    """The authors are part of the sentence and the year is in brackets: `Adams (2013)`."""
    secondary: bool = False
    """Known through another work, as in `(Adams, 1990, as cited in Baker, 2010)`: only that one has to be listed."""

    @property
    def dated(self) -> str:
        """The year with its letter, as a row has it: `2013a`, `n.d.-b`."""
        return f"{self.year}-{self.letter}" if self.letter and not self.year.isdigit() else self.year + self.letter

    def moved(self, by: int) -> "Mention":
        """The same mention in a text where this one begins `by` code points further on."""
        return self._replace(start=self.start + by, end=self.end + by)


def mentions_of(chunk: Chunk) -> tuple[Mention, ...]:
    """The mentions in a chunk, placed in its text and remembered by it; of a long one, by its parts."""
    if chunk.kind in (ChunkKind.FRONT_MATTER, ChunkKind.BLANK, ChunkKind.RULE):
        return ()
    found: list[Mention] = []
    start = 0
    for _, text in chunk.parts:
        found += (mention.moved(start) for mention in find_mentions(text, in_list=chunk.kind is ChunkKind.LIST))
        start += len(text)
    return tuple(found)


def find_mentions(text: str, *, in_list: bool = False) -> tuple[Mention, ...]:
    """The mentions in markdown without front matter, in order. Never raises, and takes time in proportion to the text.

    `in_list`: indented lines are no code.
    """
    return _mentions_in(in_list, text)


@remembered_by_text
def _mentions_in(in_list: bool, text: str) -> tuple[Mention, ...]:
    if not _YEAR.search(text):
        return ()
    found: list[Mention] = []
    for segment in segments(text, indented_is_code=not in_list):
        found += _SegmentReader(segment, text).mentions()
    return tuple(found)


class _Year(NamedTuple):
    start: int
    end: int
    year: str
    letter: str


class _Bracket(NamedTuple):
    opening: int
    closing: int


class _SegmentReader:
    """Reads the mentions of one segment from left to right."""

    def __init__(self, segment: Segment, source: str) -> None:
        self._segment = segment
        self._source = source
        self._text = segment.text
        self._years = list(_years(self._text))
        self._brackets = _brackets(self._text) if self._years else []
        self._openings = [bracket.opening for bracket in self._brackets]
        self._last: Mention | None = None
        """The mention read last, with places in the segment's text."""
        self._last_bracket: _Bracket | None = None

    def mentions(self) -> Iterator[Mention]:
        for year in self._years:
            bracket = self._bracket_around(year)
            mention = self._another_year(year, bracket) or self._with_authors(year, bracket)
            if mention:
                self._last, self._last_bracket = mention, bracket
                start, end = self._segment.span(mention.start, mention.end)
                yield mention._replace(start=start, end=end)

    def _bracket_around(self, year: _Year) -> _Bracket | None:
        """The innermost bracket that the year is in, and that closes in this segment."""
        at = bisect_right(self._openings, year.start) - 1
        while at >= 0 and year.start - self._openings[at] < 4 * FARTHEST:
            if self._brackets[at].closing >= year.end:
                return self._brackets[at]
            at -= 1
        return None

    def _another_year(self, year: _Year, bracket: _Bracket | None) -> Mention | None:
        """A further work of the authors just named: `2004` in `(Adams, 2001, 2004)`."""
        last = self._last
        if last is None or bracket != self._last_bracket:
            return None
        if bracket is None and not last.has_comma:
            return None
        between = self._text[min(last.end, year.start) : year.start].rstrip(")]")
        if not _ANOTHER_YEAR.fullmatch(between):
            return None
        return last._replace(start=year.start, end=year.end, year=year.year, letter=year.letter, secondary=False)

    def _with_authors(self, year: _Year, bracket: _Bracket | None) -> Mention | None:
        text = self._text
        lowest = max(0, year.start - FARTHEST)
        if self._last:
            lowest = max(lowest, min(self._last.end, year.start))
        opens = bracket is not None and not text[bracket.opening + 1 : year.start].strip()
        outer = self._outer(bracket) if opens and bracket else bracket
        if outer:
            lowest = max(lowest, outer.opening + 1)
        end = bracket.opening if opens and bracket else year.start
        authors = authors_before(text, lowest, end, in_brackets=outer is not None)
        if authors is None or (opens and begins_entry(text, authors.end)):
            return None
        if _PRIVATE.search(text, authors.start, year.start):
            return None
        comma = "," in text[authors.end : year.start]
        stop = year.end
        if opens and bracket and not text[year.end : bracket.closing].strip():
            stop = bracket.closing + 1
        plain = not (authors.several or comma)
        return Mention(
            authors.start,
            stop,
            authors.text,
            year.year,
            year.letter,
            doubt=self._doubt(year, bracket, authors, opens=opens, plain=plain),
            has_comma=comma,
            narrative=opens,
            secondary=_SECONDARY.match(text, stop) is not None,
        )

    def _doubt(
        self, year: _Year, bracket: _Bracket | None, authors: WrittenAuthors, *, opens: bool, plain: bool
    ) -> Doubt:
        if opens and not authors.several and self._is_in_italics(authors):
            return Doubt.BARE
        if authors.et_al or opens:
            return Doubt.NONE
        if bracket is None or (plain and not _BEHIND_PLAIN.match(self._text, year.end)):
            return Doubt.BARE
        return Doubt.NO_COMMA if plain else Doubt.NONE

    def _is_in_italics(self, authors: WrittenAuthors) -> bool:
        """Whether names stand in italics by themselves, as titles do: `*Jaws* (1975)`."""
        start, end = self._segment.span(authors.start, authors.end)
        before, behind = self._source[max(0, start - 2) : start], self._source[end : end + 2]
        return before[-1:] in _ITALIC and behind[:1] in _ITALIC and before[-2:-1] not in _ITALIC

    def _outer(self, bracket: _Bracket) -> _Bracket | None:
        at = bisect_right(self._openings, bracket.opening) - 2
        while at >= 0 and bracket.opening - self._openings[at] < 4 * FARTHEST:
            if self._brackets[at].closing > bracket.closing:
                return self._brackets[at]
            at -= 1
        return None


def _years(text: str) -> Iterator[_Year]:
    for found in _YEAR.finditer(text):
        if undated := found["undated"]:
            year = "n.d." if undated[0] in "nN" else "in press"
            if year == "in press" and not undated.startswith("in"):
                continue
            yield _Year(found.start(), found.end(), year, found["undated_letter"] or "")
            continue
        letter = found["letter"] or ""
        if letter.isupper():
            continue
        yield _Year(found.start(), found.end(), found["year"], letter)
        end = found.end()
        while letter and (more := _MORE_LETTERS.match(text, end)):
            yield _Year(more.start(1), more.end(1), found["year"], more[1])
            end = more.end()


def _brackets(text: str) -> list[_Bracket]:
    """The pairs of brackets, by where they open."""
    opened: list[int] = []
    found: list[_Bracket] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] not in _CLOSES:
            opened.append(bracket.start())
        elif opened and text[opened[-1]] == _CLOSES[bracket[0]]:
            found.append(_Bracket(opened.pop(), bracket.start()))
    return sorted(found, key=lambda pair: pair.opening)
