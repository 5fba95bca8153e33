"""How an article writes its citations, learned from those it has, and a paper cited in that style."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from editor.core.bibliography import AND_OTHERS, parse_authors
from editor.core.mentions import Doubt, Mention
from editor.core.papers import PaperName

_JOINED = re.compile(r"\s(&|and)\s")
_ET_AL = re.compile(r"\bet\s+al\.?", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_INITIALS = re.compile(r",?\s*(?:[^\W\d_]\.[\s-]*)+(?=,|;|&|\Z|\band\b|\s)|(?<![^\s])(?:[^\W\d_]\.[\s-]*)+")
# A name with these in it is one, whatever `and` it holds: `Department of Health and Human Services`.
_ORGANISATION = re.compile(r"\b(?:of|for|the)\b", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:,\s*(?:and\b|&)?|;|&|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """What stands between two authors in brackets and in a sentence, and between authors and year."""

    joined: str = "&"
    joined_in_sentence: str = "and"
    comma: str = ","
    et_al: str = "et al."

    def in_brackets(self, name: PaperName) -> str:
        """A paper as it is cited between brackets, without them: `Adams & Baker, 2013`."""
        return f"{self.authors(name.authors, self.joined)}{self.comma} {name.year}"

    def in_sentence(self, name: PaperName) -> str:
        """A paper whose authors are part of the sentence: `Adams and Baker (2013)`."""
        return f"{self.authors(name.authors, self.joined_in_sentence)} ({name.year})"

    def authors(self, written: str, joined: str) -> str:
        """A row's authors as a citation names them: two at most, and `et al.` from three on (APA 7, section 8.17)."""
        read = parse_authors(written)
        if len(read.names) + read.et_al <= 1 or _ORGANISATION.search(written):
            return _ASIDE.sub("", written).strip() or written
        names = names_in(written)
        if read.et_al or len(read.names) > 2:
            return f"{names[0]} {self.et_al}"
        return f" {joined} ".join(names[:2])


APA = CitationStyle()
"""The style of an article that cites nothing yet."""


def style_of(mentions: Iterable[Mention]) -> CitationStyle:
    """What most of an article's citations do, of what they tell; the rest as APA has it."""
    sure = [mention for mention in mentions if mention.doubt is Doubt.NONE]
    in_brackets = [mention for mention in sure if not mention.narrative]
    told = [mention for mention in in_brackets if mention.authors]
    return CitationStyle(
        joined=_most(_JOINED, in_brackets, APA.joined),
        joined_in_sentence=_most(_JOINED, [mention for mention in sure if mention.narrative], APA.joined_in_sentence),
        comma="" if sum(mention.has_comma for mention in told) * 2 < len(told) else APA.comma,
        et_al=_most(_ET_AL, sure, APA.et_al),
    )


def as_in_rows(cited: str) -> str:
    """Authors as a row names them, from how a sentence does: `Adams & Baker`, `Adams et al.` for `and colleagues`."""
    written = AND_OTHERS.sub(" et al.", cited)
    return written if _ORGANISATION.search(written) else written.replace(" and ", " & ")


def _most(pattern: re.Pattern[str], mentions: Sequence[Mention], default: str) -> str:
    found = [match[match.lastindex or 0] for mention in mentions if (match := pattern.search(mention.authors))]
    return max(found, key=found.count) if found else default


def names_in(written: str) -> list[str]:
    """The names in a row's authors as written, without initials."""
    plain = _INITIALS.sub("", _ET_AL.sub("", _ASIDE.sub("", written)))
    return [part for each in _PARTS.split(plain) if (part := each.strip())]
