"""The authors that stand before a year: read from right to left, for only their end is known."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from editor.core.author_words import (
    ANDS,
    APOSTROPHES,
    CONNECTORS,
    GROUPS,
    PARTICLES,
    Token,
    ends_sentence,
    is_initials,
    is_leading,
    is_name,
    is_no_author,
    names_a_case,
    tokens,
)

FARTHEST = 300
"""How far left of its year a citation's authors may begin, in characters."""
_NEAR, _MOST_WORDS = 60, 24
_MAY_END_NAMES = re.compile(rf"[^\W\d_][.{APOSTROPHES}]*[)\]]?[\s,:]*\Z")
_BETWEEN_NAMES = ANDS | CONNECTORS | {"/"}
_ALII = frozenset(("al", "alii", "alia"))
_OTHERS = frozenset("colleagues collaborators coworkers co-workers others coauthors co-authors associates".split())
_WHOSE = frozenset(("her", "his", "their"))


class WrittenAuthors(NamedTuple):
    """From index `start` up to `end`: `several` are joined by `and`, an ampersand or `et al.`."""

    start: int
    end: int
    text: str
    several: bool
    et_al: bool


class _Names(NamedTuple):
    """Words before a year: `names` of them may be authors, `before` stand just before those."""

    names: list[Token]
    before: list[Token]
    et_al: bool
    end: int
    has_comma: bool


def authors_before(text: str, start: int, end: int, *, in_brackets: bool) -> WrittenAuthors | None:
    """The authors that end at index `end` but for a comma, beginning at `start` at the earliest."""
    found = _names_before(text, start, end, in_brackets=in_brackets)
    if found is None or not _are_authors(found, in_brackets=in_brackets):
        return None
    first, last = found.names[0], found.names[-1]
    authors_end = found.end if found.et_al else last.end
    raw = " ".join(text[first.start : authors_end].split())
    several = found.et_al or any(token.text.casefold() in ANDS for token in found.names)
    return WrittenAuthors(first.start, authors_end, raw[: len(raw) - _possessive(raw)], several, found.et_al)


def _names_before(text: str, start: int, end: int, *, in_brackets: bool, distance: int = _NEAR) -> _Names | None:
    """The words that may be names: looked for within a few characters, and farther where they begin there."""
    if not _MAY_END_NAMES.search(text, max(start, end - _NEAR), end):
        return None
    lowest = max(start, end - distance)
    found = tokens(text, lowest, end)[-_MOST_WORDS:]
    last = len(found)
    while last > 1 and found[last - 1].text in (",", ":"):
        last -= 1
    if not last:
        return None
    names_end, has_comma = found[last - 1].end, last < len(found)
    et_al, last = _past_others(found, last)
    # APA 7, section 8.18: `Adams, Baker, et al. (2013)` tells two works of the same first author apart.
    in_list = in_brackets or (et_al and found[last].text == ",")
    first, looked_at = _first_of_names(found, last, commas=in_list)
    if looked_at <= 0 and lowest > start and distance < FARTHEST:
        # The first word may have been cut in two.
        return _names_before(text, start, end, in_brackets=in_brackets, distance=FARTHEST)
    while first < last - 1 and _is_no_beginning(found[first], found[first + 1]):
        first += 1
    return _Names(found[first:last], found[max(0, first - 3) : first], et_al, names_end, has_comma)


def _are_authors(found: _Names, *, in_brackets: bool) -> bool:
    """Whether the words are names of people or organisations, and not those of a month, a figure or a statute."""
    names = found.names
    if not any((is_name(token) and not is_initials(token)) or token.text.isupper() for token in names):
        return False
    if names_a_case([*found.before, *names]):
        return False
    if found.et_al:
        return True
    if len(names) == 1 and is_leading(names[0]) and not (in_brackets and found.has_comma):
        return False
    # `Figure A`, `Treaty of Rome`, but `Section Research Group`
    whole = len(names) <= 2 or names[1].text == "of"
    return not is_no_author(names[-1]) and not (whole and is_no_author(names[0]))


def begins_entry(text: str, end: int) -> bool:
    """Whether a text is up to here the authors of an entry in a list of references: `Adams, B., & Clark, D. (2001).`"""
    if end > FARTHEST:
        return False
    found = [token for token in tokens(text, 0, end) if token.is_word or token.text in ",&"]
    with_initials = any(
        is_name(one) and comma.text == "," and is_initials(other)
        for one, comma, other in zip(found, found[1:], found[2:], strict=False)
    )
    return with_initials and all(
        token.text in ",&" or is_name(token) or is_initials(token) or _is_particle(token) or token.text in ANDS
        for token in found
    )


def _possessive(text: str) -> int:
    """How many characters of a possessive end the text: 2 for `Adams's`, 1 for `Adams'`."""
    if len(text) > 2 and text[-1] == "s" and text[-2] in APOSTROPHES:
        return 2
    return 1 if text[-1:] and text[-1] in APOSTROPHES else 0


def _past_others(found: Sequence[Token], last: int) -> tuple[bool, int]:
    """Whether the words before index `last` end in `et al.` or the like, and where that begins."""
    at = last
    if at < 2:
        return False, last
    word, before = found[at - 1].bare, found[at - 2].bare
    word = word[: len(word) - _possessive(word)].rstrip(".")
    if before in _WHOSE and at > 2:
        at, before = at - 1, found[at - 3].bare
    if not ((before == "et" and word in _ALII) or (before in ("and", "&") and word in _OTHERS)):
        return False, last
    at -= 2
    while at and found[at - 1].text == ",":
        at -= 1
    return True, at


def _first_of_names(found: Sequence[Token], last: int, *, commas: bool) -> tuple[int, int]:
    """The first of the words that may be part of the names which end before index `last`, and the first looked at."""
    first = at = last
    while at > 0:
        token = found[at - 1]
        if token.is_word and at < last and ends_sentence(token):
            break
        if is_name(token) or is_initials(token):
            first = at = at - 1
        elif _is_particle(token):
            at -= 1
            if first == at + 1:
                first = at
        elif (
            token.bare in _BETWEEN_NAMES
            or _is_in_group(token, found[last - 1])
            or _joins(found, at)
            or (token.text == "," and (commas or _ends_list(found, at, last)))
        ):
            at -= 1
        elif token.text in (")", "]") and (opening := _acronym(found, at)) is not None:
            first = at = opening
        else:
            break
    return first, at - 1


def _joins(found: Sequence[Token], at: int) -> bool:
    """Whether the token before index `at` is a long dash that stands within a name: `Smith—Jones`."""
    if not 2 <= at < len(found) or found[at - 1].text != "\u2014":
        return False
    return found[at - 2].end == found[at - 1].start and found[at - 1].end == found[at].start


def _is_particle(token: Token) -> bool:
    return (token.text.casefold() in PARTICLES and token.text[0].islower()) or token.text in ("'t", "\u2019t")


def _is_in_group(token: Token, last: Token) -> bool:
    """Whether a year is part of the name that ends with a word, as in `GBD 2019 Collaborators`."""
    return last.text in GROUPS and len(token.text) == 4 and token.text.isdecimal()


def _is_no_beginning(token: Token, behind: Token) -> bool:
    """Whether names do not begin with a word: `However,`, `Building on`; in `An & Baker` and `For, Baker &` they do."""
    if behind.text.casefold() in ANDS:
        return not is_name(token)
    if behind.text in ("on", "upon") and token.bare.endswith("ing"):
        return True
    return is_leading(token) or not (is_name(token) or _is_particle(token))


def _ends_list(found: Sequence[Token], at: int, last: int) -> bool:
    """Whether the words from the comma before `at` on are the end of a list: `Adams, Baker, and Clark`."""
    rest = found[at:last]
    return any(token.text.casefold() in ANDS for token in rest) and len(rest) <= 12


def _acronym(found: Sequence[Token], at: int) -> int | None:
    """Where the bracket opens that closes before `at` and holds an acronym: `World Health Organization (WHO)`."""
    if at >= 3 and found[at - 3].text in ("(", "[") and found[at - 2].is_word and found[at - 2].text[:1].isupper():
        return at - 3
    return None
