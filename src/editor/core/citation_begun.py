"""The citation that is being written at a place of an article: what is typed of it, and what it has to become."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from editor.core.article import Article
from editor.core.author_words import CONNECTORS, PARTICLES, Token, is_leading, is_name, tokens
from editor.core.chunk_facts import facts_of
from editor.core.chunks import Chunk, ChunkKind
from editor.core.running_text import MASK, Segment, segments

_NO_PROSE = (ChunkKind.FRONT_MATTER, ChunkKind.CODE, ChunkKind.RULE)
_AROUND = 8_000
"""Code points on either side of the caret that are looked at; of a paragraph more is rarely written."""
_LONGEST = 80
"""Code points that may be typed of a name before nobody can mean one."""
_FARTHEST_BRACKET = 400
_FEWEST_LETTERS = 2
_NAME = re.compile(r"[^\W\d_][^\d_,;:()\[\]!?\r\n]*\Z")
_LAST_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019\u2010\u2011-](?=[^\W\d_]))*\Z")
_ONLY_MARKS = re.compile(r"[\s>*+\-]*(?:[0-9]{1,9}[.)]\s+)?\Z")
_IN_LINK_OR_TAG = re.compile(r"\]\([^\s()]*+(?:\([^\s()]*+)?\Z|<[a-zA-Z/!][^<>]*+\Z")
_CLOSES = {"(": ")", "[": "]"}
_OPENS = {")": "(", "]": "["}


class Form(Enum):
    """What a citation has to become."""

    IN_BRACKETS = auto()
    """`Adams, 2013`, since it is between brackets already."""
    WITH_BRACKETS = auto()
    """`(Adams, 2013)`: nothing was typed of it."""
    IN_SENTENCE = auto()
    """`Adams (2013)`: the name is part of the sentence."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What was typed of a citation: code points of the article from `start` up to `end`, where the caret is.

    `closing` is the bracket that is still to be closed behind it, "" where none is; `asked`: the writer asked for
    offers, who else only wants those by the name that he is typing.
    """

    start: int
    end: int
    typed: str
    form: Form
    closing: str = ""
    asked: bool = False


def begun_at(article: Article, caret: int, *, asked: bool) -> Begun | None:
    """What is being written before the caret; None where that is no citation, or no prose at all.

    Unasked it takes a bracket and two letters behind it or behind a semicolon, and the caret at the end of a word.
    """
    place = article.chunks.at_code_point(caret)
    chunk, at = article.chunks[place.index], caret - place.before.code_points
    if chunk.kind in _NO_PROSE or not (asked or _may_be_begun(chunk.text, at)):
        return None
    if any(table.start <= at <= table.start + len(table.text) for table in facts_of(chunk).tables):
        return None
    read = _read_around(chunk, at)
    if read is None:
        return None
    typed_at, typed, form = _asked_for(read.before) if asked else _typed(read.before)
    if typed_at < 0:
        return None
    closing = "" if form is not Form.IN_BRACKETS else _to_close(read)
    return Begun(caret - (at - read.place(typed_at)), caret, typed, form, closing, asked)


def _may_be_begun(text: str, at: int) -> bool:
    """What costs nothing to see first: a key that is no letter begins no citation, nor one without a bracket."""
    behind = text[at : at + 1]
    if not text[at - 1 : at].isalpha() or behind.isalnum():
        return False
    first = max(0, at - _FARTHEST_BRACKET)
    return any(text.rfind(opens, first, at) > text.rfind(closes, first, at) for opens, closes in _CLOSES.items())


@dataclass(frozen=True, slots=True)
class _Read:
    """What a reader reads before the caret in its paragraph, and behind it; places are those of the chunk."""

    before: str
    after: str
    segment: Segment | None
    shift: int
    caret: int

    def place(self, index: int) -> int:
        """Where in the chunk a character of `before` stands; its end is the caret."""
        if self.segment is None or index >= len(self.before):
            return self.caret
        return self.segment.place(index) + self.shift


def _read_around(chunk: Chunk, at: int) -> _Read | None:
    text = chunk.text
    line = text[max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1 : at]
    if _ONLY_MARKS.match(line):
        return _Read("", "", None, 0, at)
    first = max(0, at - _AROUND)
    for segment in segments(text[first : at + _AROUND], indented_is_code=chunk.kind is not ChunkKind.LIST):
        index = _index_in(segment, at - 1 - first)
        if index is None:
            continue
        before = segment.text[: index + 1]
        in_link = any(link.start < at - first < link.end for link in segment.links)
        if before.endswith(MASK) or before.count("`") % 2 or in_link or _IN_LINK_OR_TAG.search(before):
            return None
        return _Read(before, segment.text[index + 1 :], segment, first, at)
    return None


def _index_in(segment: Segment, place: int) -> int | None:
    """Which character that is read stands at a place of the source, if one does."""
    end = len(segment.text)
    for begins, source in reversed(segment.places):
        if source <= place < source + end - begins:
            return begins + place - source
        end = begins
    return None


_NOTHING = (-1, "", Form.IN_BRACKETS)


def _typed(before: str) -> tuple[int, str, Form]:
    """Where what is typed of a name begins, that, and its form, as far as the text alone tells."""
    at = _behind_opening(before)
    typed = before[at:]
    letters = sum(map(str.isalpha, typed[: _LONGEST + 1]))
    if at < 0 or len(typed) > _LONGEST or letters < _FEWEST_LETTERS or not _NAME.match(typed):
        return _NOTHING
    return at, typed, Form.IN_BRACKETS


def _asked_for(before: str) -> tuple[int, str, Form]:
    """The same where the writer asked: then a word is enough, or none."""
    found = _typed(before)
    if found[0] >= 0:
        return found
    word = _LAST_WORD.search(before[-_LONGEST:])
    typed = word[0] if word else ""
    at = len(before) - len(typed)
    if _opening(before) is None:
        return at, typed, Form.IN_SENTENCE if typed else Form.WITH_BRACKETS
    # A further one is parted from the one before it.
    return (at, typed, Form.IN_BRACKETS) if typed or not before[-1].isalnum() else _NOTHING


def _opening(before: str) -> int | None:
    """Where the innermost bracket stands that is open at the end."""
    closed: list[str] = []
    for at in range(len(before) - 1, max(-1, len(before) - 1 - _FARTHEST_BRACKET), -1):
        if before[at] in _OPENS:
            closed.append(_OPENS[before[at]])
        elif before[at] in _CLOSES:
            if not closed:
                return at
            closed.pop()
    return None


def _behind_opening(before: str) -> int:
    """Where a name would begin behind the open bracket, its last semicolon and words such as `see also`; -1: none."""
    opening = _opening(before)
    if opening is None:
        return -1
    start = max(opening, before.rfind(";", opening)) + 1
    words = tokens(before, start, len(before))
    while len(words) > 1 and (is_leading(words[0]) or not words[0].is_word):
        del words[0]
    if words and not _begins_name(words[0]):
        # Words that lead up to a name: `(as shown by several of Ad`.
        words = words[next((at for at, word in enumerate(words) if is_name(word)), 0) :]
    return words[0].start if words else -1


def _begins_name(word: Token) -> bool:
    return is_name(word) or word.text.casefold() in PARTICLES | CONNECTORS


def _to_close(read: _Read) -> str:
    """The bracket that closes the open one, where nothing behind the caret does."""
    opening = _opening(read.before)
    depth = 0
    for letter in read.after:
        depth += (letter in _CLOSES) - (letter in _OPENS)
        if depth < 0:
            return ""
    return _CLOSES[read.before[opening]] if opening is not None else ""
