"""One reference as a value, and how its parts are read whatever format it comes in."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

NO_DATE = "n.d."
IN_PRESS = "in press"
CITED_BY = "Cited by: "
"""What a note begins with that says how often a paper is cited."""
INSIGHT = "Insight: "
"""What a note begins with that is the writer's own on the paper, in formats without a field for it."""

_IN_PRESS = re.compile(r"\b(?:in[ -]?press|forthcoming|to appear|accepted)\b", re.IGNORECASE)
_NO_DATE = re.compile(r"\bn\.? ?d\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?:[a-z](?![a-z]))?(?![0-9])")
_DATELESS_LETTER = re.compile(r"\bn\.d\.-[a-z]\b")
_TIMES_CITED = re.compile(r"\bcited by ?:? ?([0-9]+)", re.IGNORECASE)
_DOI = re.compile(r"(?<![0-9.])10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"]{1,1000}")
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]{1,2000}", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span|scp|jats:\w+)(?:\s[^<>]*)?>", re.IGNORECASE)
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_BODY = re.compile(
    r"\b(?:academy|administration|agency|alliance|association|authority|board|bureau|cent(?:er|re)s?|college|"
    r"collaborati(?:on|ve)|commission|committee|confederation|consortium|consortia|corporation|council|department|"
    r"federation|foundation|fund|group|hospital|initiative|institut(?:e|es|ion|o|ut)|investigators|laborator(?:y|ies)|"
    r"league|ministry|museum|network|office|organi[sz]ations?|panel|programme|project|school|service|societ(?:y|ies)|"
    r"task force|team|trust|union|universit(?:y|ies|[äàé]t?)|workgroup|working group)\b",
    re.IGNORECASE,
)


class Name(NamedTuple):
    """An author. `family` has its particle (`van der Berg`), or is the whole name of an organisation."""

    family: str
    given: str = ""
    is_organisation: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication as a reference describes it. Every text is on one line and plain, and "" where it is not told.

    `others` says that there are more authors than `authors` names. `year` is four digits with or without a letter,
    `n.d.` or `in press`. `doi` is bare (`10.1000/x`), `url` an http address. `insight` is the writer's own note on the
    paper, in Markdown, and `cited_by` how often the reference says that the paper is cited. `line` counts from 1 in the
    text that the reference was read from, and is 0 where it was not read.
    """

    title: str
    authors: tuple[Name, ...] = ()
    others: bool = False
    year: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    insight: str = ""
    cited_by: str = ""
    line: int = 0

    @property
    def authors_as_cited(self) -> str:
        """The authors as a citation names them: `A`, `A & B`, from three on `A et al.`."""
        families = [name.family for name in self.authors]
        if len(families) > 2 or (families and self.others):
            return f"{families[0]} et al."
        return " & ".join(families)

    @property
    def published_in(self) -> str:
        """Where it appeared, as far as that is told: `Journal, 1(2), 3–4`."""
        number = self.volume + (f"({self.issue})" if self.issue else "")
        return ", ".join(part for part in (self.container, number, self.pages) if part)


class Unread(NamedTuple):
    """Why a part of a text is no reference: a sentence, and its line from 1."""

    line: int
    message: str


def one_line(text: str) -> str:
    """The text composed (NFC) on one line, without control characters, each run of white space one space."""
    return " ".join(_INVISIBLE.sub(" ", unicodedata.normalize("NFC", text)).split())


def unmarked(text: str) -> str:
    """A text without the markup that CSL, Crossref and publishers put into titles (`<i>`, `&amp;`)."""
    return html.unescape(_MARKUP.sub("", text))


def title_of(text: str) -> str:
    """A title on one line, without markup and without the full stop that some formats end it with."""
    title = one_line(unmarked(text))
    return title.removesuffix(".").rstrip() if not title.endswith("..") else title


def year_of(*told: str) -> str:
    """The year in the first of some dates that has one; else `in press` or `n.d.` where one says so, else ""."""
    for text in told:
        if found := _YEAR.search(text):
            return found[0]
    everything = " ".join(told)
    if found := _DATELESS_LETTER.search(everything):
        return found[0]
    if _IN_PRESS.search(everything):
        return IN_PRESS
    return NO_DATE if _NO_DATE.search(everything) else ""


def doi_in(*told: str) -> str:
    """The bare DOI in the first of some texts that has one: a DOI, `doi:10.1000/x`, an address of a resolver."""
    for text in told:
        if found := _DOI.search(text):
            doi = found[0]
            if "://" in text[: found.start()]:
                doi = _PERCENT.sub(_decoded, doi.partition("?")[0].partition("#")[0])
            return _without_what_follows(doi)
    return ""


def address_in(*told: str) -> str:
    """The http address in the first of some texts that has one."""
    for text in told:
        if found := _ADDRESS.search(text):
            return _without_what_follows(found[0])
    return ""


def cited_by_in(note: str) -> str:
    """How often a note says that the paper is cited: all behind `Cited by: `, or the number in one of Scopus’s."""
    if note.startswith(CITED_BY) and ";" not in note:
        return note.removeprefix(CITED_BY)
    found = _TIMES_CITED.search(note)
    return found[1] if found else ""


def has_organisation_word(name: str) -> bool:
    """Whether a name has a word in it that a person's has not: `World Health Organization`."""
    return _BODY.search(name) is not None


def person(family: str, given: str = "", particle: str = "", suffix: str = "") -> Name:
    """A person of these names; a suffix (`Jr.`) is kept with the given names."""
    whole = one_line(f"{particle} {family}")
    return Name(whole, one_line(", ".join(part for part in (given, suffix) if part)))


def organisation(name: str) -> Name:
    """An organisation, whose name is never taken apart."""
    return Name(one_line(name), is_organisation=True)


def authors_and_others(names: Iterable[Name]) -> tuple[tuple[Name, ...], bool]:
    """Names without those that are none (`others`, `et al.`), and whether there was one of these."""
    named = [name for name in names if name.family]
    authors = tuple(
        name for name in named if name.family.casefold().rstrip(".") not in ("et al", "others", "and others")
    )
    return authors, len(authors) < len(named)


def _decoded(escapes: re.Match[str]) -> str:
    return bytes.fromhex(escapes[0].replace("%", "")).decode("utf-8", "replace")


def _without_what_follows(text: str) -> str:
    """Without the punctuation of the sentence around it: brackets that it does not open, and stops."""
    while text:
        last = text[-1]
        opening = {")": "(", "]": "[", "}": "{", ">": "<"}.get(last)
        if (opening and text.count(last) > text.count(opening)) or last in ".,;:'*_":
            text = text[:-1]
        else:
            break
    return text
