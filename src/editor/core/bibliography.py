"""The citations table as a bibliography: which of its papers a mention means, and what of it contradicts."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from typing import NamedTuple

from editor.core.author_words import (
    CONNECTORS,
    PARTICLES,
    is_initials,
    is_name,
    tokens,
)
from editor.core.mentions import Mention
from editor.core.papers import Paper

_BEHIND_NAMES = frozenset("jr sr ii iii iv ed eds".split())
_OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ħ": "h"}
)
_ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
AND_OTHERS = re.compile(
    r"[\s,]*\b(?:et\s+al(?:ii|ia)?\b\.?|(?:and|&)\s+(?:(?:her|his|their)\s+)?(?:colleagues|others|co-?workers|collaborators)\b).*\Z",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"\s*(?:,\s*(?:and\b|&)?|;|&|\b(?:and|et|und)\b)\s*")
_NEAR_AT_LEAST = 4
_SHORTEST_ACRONYM = 3


class Contradiction(StrEnum):
    """What a mention says otherwise than the row that it means."""

    LETTERS = "letters"
    """A name is spelled otherwise, by a letter."""
    DIACRITICS = "diacritics"
    ET_AL = "et-al"
    """`et al.` where the row has two authors or one."""
    AUTHORS = "authors"
    """One author or two where the row has another number."""
    YEAR_LETTER = "year-letter"
    YEAR = "year"


_WEIGHTS = {
    Contradiction.DIACRITICS: 1,
    Contradiction.YEAR_LETTER: 2,
    Contradiction.ET_AL: 3,
    Contradiction.AUTHORS: 4,
    Contradiction.LETTERS: 8,
    Contradiction.YEAR: 16,
}


class Name(NamedTuple):
    """One author: `words` without initials and particles folded to plain letters; `written` with their diacritics."""

    words: tuple[str, ...]
    particles: tuple[str, ...]
    written: str
    initial: str
    """The first of the initials, "" for none: they tell authors of one family name apart (APA 7, section 8.20)."""

    @property
    def key(self) -> str:
        """The name in plain small letters."""
        return "".join(self.words)


class Authors(NamedTuple):
    """Who wrote a paper, as far as it says: `whole` is all of it in plain letters, `acronyms` what is short for it."""

    names: tuple[Name, ...]
    et_al: bool
    whole: str
    acronyms: frozenset[str]
    is_capitals: bool
    """It may be an acronym itself."""
    is_list: bool
    """Commas or semicolons part it, so that it is hardly one organisation."""


class Answer(NamedTuple):
    """What the table says to a mention: `papers` are the rows that it may mean, in the table's order.

    One: that is the row. None: it is not in the table. Several: it could mean each of them.
    """

    papers: tuple[Paper, ...]
    contradictions: frozenset[Contradiction] = frozenset()


@lru_cache(maxsize=16384)
def parse_authors(text: str) -> Authors:
    """The authors in `Adams & Baker`, `Adams et al.`, `Adams, B., & Clark, D.` or `World Health Organization (WHO)`."""
    asides = [aside for aside in _ASIDE.findall(text) if aside.strip()]
    plain = _ASIDE.sub(" ", text)
    shortened = AND_OTHERS.sub("", plain)
    names = _names(_PARTS.split(shortened))
    capitals = [token.text for token in tokens(plain, 0, len(plain)) if is_name(token)]
    acronyms = {fold(aside) for aside in asides}
    if len(capitals) > 1:
        acronyms.add(fold("".join(word if "." in word else word[0] for word in capitals)))
    whole = fold(shortened) if shortened.isupper() else "".join(name.key for name in names)
    return Authors(
        names, shortened != plain, whole, frozenset(acronyms), shortened.isupper(), bool(re.search("[,;]", shortened))
    )


def _names(parts: Sequence[str]) -> tuple[Name, ...]:
    names: list[Name] = []
    for part in parts:
        if name := _name(part):
            names.append(name)
        elif names and not names[-1].initial:
            names[-1] = names[-1]._replace(initial=fold(part[:1]))
    return tuple(names)


def _name(part: str) -> Name | None:
    words: list[str] = []
    particles: list[str] = []
    written: list[str] = []
    initial = ""
    for token in tokens(part, 0, len(part)):
        bare = token.text.rstrip(".")
        if is_initials(token) and ("." in token.text or (words and not part.isupper())):
            initial = initial or fold(bare[0])
            continue
        if not token.is_word or bare.isdigit() or bare.casefold() in _BEHIND_NAMES:
            continue
        if bare.casefold() in PARTICLES or bare.casefold() in CONNECTORS:
            particles.append(fold(bare))
            continue
        words.append(fold(bare))
        written.append(_plain_case(bare))
    return Name(tuple(words), tuple(particles), " ".join(written), initial) if words else None


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in small letters and digits without diacritics, dashes and apostrophes."""
    if word.isascii():
        return re.sub("[^a-z0-9]", "", word.lower())
    apart = unicodedata.normalize("NFKD", word.casefold().translate(_OTHER_LETTERS))
    return "".join(letter for letter in apart if letter.isalnum())


def _plain_case(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", word.casefold()) if letter.isalnum())


class Bibliography:
    """The papers of a table, to be asked which of them a mention means."""

    def __init__(self) -> None:
        self._by_year: dict[str, list[tuple[Paper, Authors, str]]] = defaultdict(list)
        self._by_author: dict[str, list[tuple[Paper, Authors, str]]] = defaultdict(list)

    def add(self, paper: Paper) -> None:
        """Add the next row of the table; one whose cell is malformed can't be meant by any mention."""
        if paper.name is None:
            return
        year, letter = split_year(paper.name.year)
        entry = (paper, parse_authors(paper.name.authors), letter)
        self._by_year[year].append(entry)
        for key in {name.key for name in entry[1].names[:1]} | {entry[1].whole}:
            self._by_author[key].append(entry)

    def answer(self, mention: Mention) -> Answer:
        """The rows that a mention means: by its year, then by its first author, then by the second."""
        authors = parse_authors(mention.authors)
        entries = self._by_year.get(mention.year, ())
        found = list(_found(entries, mention, partial(_compare_all, authors)))
        found = found or list(_found(entries, mention, partial(compare, authors)))
        found = found or list(self._in_other_years(authors))
        if not found:
            return Answer(())
        least = min(_weight(said) for _, said in found)
        best = [(paper, said) for paper, said in found if _weight(said) == least]
        return Answer(tuple(paper for paper, _ in best), frozenset().union(*(said for _, said in best)))

    def _in_other_years(self, authors: Authors) -> Iterator[tuple[Paper, frozenset[Contradiction]]]:
        keys = {name.key for name in authors.names[:1]} | {authors.whole}
        entries = {id(entry): entry for key in keys for entry in self._by_author.get(key, ())}
        for paper, row, _ in entries.values():
            said = compare(authors, row)
            if said is not None and not said - {Contradiction.DIACRITICS}:
                yield paper, said | {Contradiction.YEAR}


_Entry = tuple[Paper, Authors, str]
"""A row, its authors and the letter behind its year."""


def _found(
    entries: Iterable[_Entry], mention: Mention, compared: Callable[[Authors], frozenset[Contradiction] | None]
) -> Iterator[tuple[Paper, frozenset[Contradiction]]]:
    for paper, row, letter in entries:
        said = compared(row)
        if said is not None:
            yield paper, said | _year_letters(mention.letter, letter)


def split_year(year: str) -> tuple[str, str]:
    """A row's year and the letter behind it: `2013a`, `n.d.-b`, `in press`."""
    folded = year.casefold().replace(" ", "")
    letter = re.search(r"(?<=[0-9])[a-z]\Z|(?<=-)[a-z]\Z", folded)
    plain = folded[: letter.start()].rstrip("-") if letter else folded
    known = {"nd": "n.d.", "n.d": "n.d.", "n.d.": "n.d.", "inpress": "in press"}
    return known.get(plain, plain), letter[0] if letter else ""


def _weight(said: Iterable[Contradiction]) -> int:
    return sum(_WEIGHTS[each] for each in said)


def _year_letters(mention: str, row: str) -> frozenset[Contradiction]:
    return frozenset() if mention == row else frozenset({Contradiction.YEAR_LETTER})


def compare(mention: Authors, row: Authors) -> frozenset[Contradiction] | None:
    """What the authors of a mention contradict in those of a row; None where they are others."""
    said = _compare_all(mention, row)
    # What was taken for a first name may be a word before it: `Drosophila, Adams and Baker (2010)`.
    left_out = 1
    while said is None and left_out < len(mention.names) and row.names:
        said = _compare_names(mention.names[left_out:], mention.et_al, row)
        left_out += 1
    return said


def _compare_all(mention: Authors, row: Authors) -> frozenset[Contradiction] | None:
    """The same where all that was taken for names is one."""
    if not row.names or not mention.names:
        return None
    if not mention.et_al and not row.et_al and (_is_same_whole(mention, row) or _is_acronym(mention, row)):
        return _spelling(mention.names, row.names)
    return _compare_names(mention.names, mention.et_al, row)


def _is_same_whole(mention: Authors, row: Authors) -> bool:
    return mention.whole == row.whole and all(map(_may_be_one, mention.names, row.names))


def _may_be_one(one: Name, other: Name) -> bool:
    """Whether the initials of two names do not tell them apart."""
    return not (one.initial and other.initial) or one.initial == other.initial


def _is_acronym(mention: Authors, row: Authors) -> bool:
    return any(
        short.whole in long.acronyms
        or (short.is_capitals and not long.is_list and any(_leaves_out(short.whole, each) for each in long.acronyms))
        for short, long in ((mention, row), (row, mention))
    )


def _leaves_out(short: str, long: str) -> bool:
    """Whether an acronym leaves out some of the words: `CDC` that of Prevention, `FDA` that of the country."""
    letters = iter(long)
    return len(short) >= _SHORTEST_ACRONYM and all(letter in letters for letter in short)


def _compare_names(names: Sequence[Name], et_al: bool, row: Authors) -> frozenset[Contradiction] | None:
    first = _same_name(names[0], row.names[0])
    if first is None:
        return None
    at_least = len(row.names) + row.et_al
    if et_al:
        if any(_same_name(*pair) is None for pair in zip(names[1:], row.names[1:], strict=False)):
            return None
        said = {Contradiction.ET_AL} if not row.et_al and at_least <= 2 else set()
    elif len(names) == 1:
        said = {Contradiction.AUTHORS} if at_least > 1 else set()
    elif row.et_al and len(row.names) == 1:
        said = {Contradiction.AUTHORS} if len(names) == 2 else set()
    else:
        second = _same_name(names[1], row.names[1]) if len(row.names) > 1 else None
        if second is None:
            return None
        said = set(second) | ({Contradiction.AUTHORS} if (len(names) > 2) != (at_least > 2) else set())
    return first | said


def _same_name(mention: Name, row: Name) -> frozenset[Contradiction] | None:
    """What a name's spelling contradicts; None where it is another. Capital words before the name are left out."""
    if not _may_be_one(mention, row):
        return None
    if mention.key == row.key or mention.words[-len(row.words) :] == row.words:
        return _spelling([mention], [row])
    if {*mention.particles, *row.particles} and "".join((*mention.particles, mention.key)) == "".join(
        (*row.particles, row.key)
    ):
        return frozenset()
    if is_near(mention.key, row.key):
        return frozenset({Contradiction.LETTERS})
    return None


def _spelling(names: Sequence[Name], row: Sequence[Name]) -> frozenset[Contradiction]:
    pairs = zip(names, row, strict=False)
    same = all(
        one.written.replace(" ", "") == other.written.replace(" ", "") or one.key != other.key for one, other in pairs
    )
    return frozenset() if same else frozenset({Contradiction.DIACRITICS})


def is_near(one: str, other: str) -> bool:
    """Whether two words differ by a letter: one exchanged, left out, put in, or two neighbours in the other order."""
    if one == other or min(len(one), len(other)) < _NEAR_AT_LEAST or abs(len(one) - len(other)) > 1:
        return False
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    rest, others = one[head:], other[head:]
    if len(rest) == len(others):
        return rest[1:] == others[1:] or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    longer, shorter = (rest, others) if len(rest) > len(others) else (others, rest)
    return longer[1:] == shorter
