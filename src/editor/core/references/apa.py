"""References as a list of them shows them, in APA's form: `Siebrecht, S. (2013). Title. Journal, 1(2), 3–4. https://…`.

By the Publication Manual of the American Psychological Association (7th edition), chapter 9: author, date, title,
source, each ended by a full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from editor.core.references.reference import (
    Name,
    Reference,
    Unread,
    address_in,
    authors_and_others,
    doi_in,
    has_organisation_word,
    one_line,
    organisation,
    person,
    title_of,
    year_of,
)

_LONGEST = 5_000
_AUTHOR = re.compile(r"[^\W\d_][\w'’ -]{0,40}, (?:[^\W\d_]{1,2}\.)")
_DATE = re.compile(
    r"\(\s*((?:ca\. )?(?:[12][0-9]{3}[a-z]?|n\.\s?d\.(?:-[a-z])?|in press|forthcoming)"
    r"(?:[/–-][0-9]{4})?(?:,\s[^()]{1,40})?)\s*\)",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"\s*(?:[-*+•]|\[[0-9]{1,3}\]|[0-9]{1,3}[.)])\s+")
_HEADING = re.compile(
    r"#{1,6} |[*_]*(?:references|bibliography|literature(?: cited)?|works cited|sources|further reading)[*_]*:?[*_]*\Z",
    re.IGNORECASE,
)
# In the names of people and organisations, besides what is capitalised.
_SMALL_WORDS = frozenset(
    "al and at av bin da das de del della den der des di do dos du e el et for für ibn in la le of on ten ter the "
    "to und van von y zu zum zur".split()
)
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?([^()<>\s]*(?:\([^()\s]*\)[^()<>\s]*)*)>?\s*\)")
_SOURCE_LINK = re.compile(r"(?:Retrieved\b[^.]{0,80}?\bfrom\s+)?<?(?:https?://|\bdoi:\s?)", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<!\w)([*_]{1,3})(?=[^\s*_])([^*_]+)\1")
_ED = re.compile(r"\(\s*(?:eds?|hrsg|dir)\.?\s*\)", re.IGNORECASE)
_OTHERS = re.compile(r"[,\s]*(?:\bet al\b\.?|\band others\b|…|\.\s?\.\s?\.)[,\s&]*", re.IGNORECASE)
_LAST_AUTHOR = re.compile(r",?\s*(?:&|\\&)\s*|;\s*|,?\s+and\s+(?=[^,]{1,40},\s*(?:[^\W\d_]{1,2}\.[\s-]*)+(?:,|\Z))")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[\s‐-]*)+(?:[a-z]+(?:\s[a-z]+)*)?\Z|[A-Z]{1,3}\Z")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?\Z|I{2,3}\Z|IV\Z")
_FAMILY_INITIALS = re.compile(r"([^\W\d_][\w'’ -]*) ([A-Z]{1,3})\Z")
_BREAK = re.compile(r"[.?!][\"”’)]?\s+(?=[^\s])")
_JOURNAL = re.compile(
    r"(?P<container>[^,]{2,150}(?:,[^,0-9]{1,80}){0,3}),\s*(?:vol\.? ?)?(?P<volume>[0-9]{1,4}[A-Za-z]?)"
    r"(?:\s*\((?P<issue>[^()]{1,40})\))?"
    r"(?:\s*[,:]\s*(?:pp?\.\s*|Article\s+)?(?P<pages>[A-Za-z]{0,3}[0-9][\w.]*(?:\s?[–—-]\s?\w+)?))?\.?\s*\Z",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"[A-Z][a-z]{0,6}\.\s+")
_EDITORS = re.compile(r"\A[^()]*\((?:Eds?|Hrsg)\.\),?\s*", re.IGNORECASE)
_PAGES = re.compile(r"\s*\([^()]*\bpp?\..*", re.DOTALL)
_CHAPTER = re.compile(r"[.?!]\s+In:?\s+")
_ABBREVIATION = re.compile(
    r"(?:\A|[\s(])(?:[^\W\d_]|vs|e\.g|i\.e|cf|approx|ca|dr|st|no|al|spp?|var|vol)\Z", re.IGNORECASE
)
_AFTER_TITLE = re.compile(
    r"\s*(?:\[[^\[\]]*\]|\((?:[^()]*\b(?:ed|eds|no|nos|vol|vols|pp?|rev)\b\.?[^()]*)\))\s*\Z", re.IGNORECASE
)


class _Source(NamedTuple):
    title: str
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def looks_like_apa(text: str) -> bool:
    """Whether a piece of it begins with names and their date, and goes on as a title does: not as a sentence does."""
    return _DATE.search(text) is not None and any(_begins_as_reference(written) for _, written in _pieces(text))


def read_apa(text: str) -> Iterator[Reference | Unread]:
    """Each reference of a text whose lines end in LF: one a paragraph, or one a line, or one in some lines."""
    for line, written in _pieces(text):
        if _HEADING.match(written):
            continue
        if len(written) > _LONGEST:
            yield Unread(line, "This is too long to be a reference.")
        else:
            yield _reference(written, line)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The line that each reference begins on, and its text on one line.

    A line that has its authors and date begins another one, unless that before it has not come to its date.
    """
    lines: list[str] = []
    first = 0
    dated = False
    for number, line in enumerate((*text.split("\n"), ""), start=1):
        content = line[: _LONGEST + 1].strip()
        mark = _LIST_MARK.match(content)
        if lines and (not content or mark or (dated and _begins_one(content, lines[-1]))):
            yield first, one_line(" ".join(lines))
            lines = []
        if content:
            if not lines:
                first, dated = number, False
            lines.append(content[mark.end() :] if mark else content)
            dated = dated or _DATE.search(content) is not None


def _begins_as_reference(written: str) -> bool:
    date = _DATE.search(written[:_LONGEST])
    if date is None:
        return False
    words = written[: date.start()].replace(",", " ").split()
    named = all(not word[0].islower() or word.casefold().strip(".") in _SMALL_WORDS for word in words)
    after = written[date.end() :].lstrip()
    return bool(words) and named and (after[:1] in tuple(".*_“\"'[") or after[:1].isupper())


def _begins_one(line: str, before: str) -> bool:
    """Whether a line begins with authors and their date, or, behind the end of a reference, with an author."""
    date = _DATE.search(line)
    is_after_end = before.endswith(".") or "://" in before.rsplit(maxsplit=1)[-1]
    if date is not None and line[:1].isalpha() and (is_after_end or line[: date.start()].rstrip().endswith((".", ")"))):
        return True
    return is_after_end and _AUTHOR.match(line) is not None


def _reference(written: str, line: int) -> Reference | Unread:
    plain = _LINK.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]} {link[2]}", written)
    date = _DATE.search(plain)
    if date is None or not plain[: date.start()].strip(" .*_"):
        return Unread(line, "No authors with a year in parentheses behind them: “Author, A. (2013). Title. Journal.”")
    authors, others = authors_and_others(_authors(plain[: date.start()]))
    others = others or _OTHERS.search(plain[: date.start()]) is not None
    rest = plain[date.end() :].lstrip(" .,:")
    link = _SOURCE_LINK.search(rest)
    source = _source(rest[: link.start()] if link else rest)
    links = rest[link.start() :] if link else ""
    return Reference(
        title=source.title,
        authors=authors,
        others=others,
        year=year_of(date[1].split(",")[0].split("/")[-1]),
        container=source.container,
        volume=source.volume,
        issue=source.issue,
        pages=source.pages,
        doi=doi_in(links, rest),
        url=address_in(links),
        line=line,
    )


def _source(text: str) -> _Source:
    """What title and source are, as emphasis parts them or else as sentences do."""
    text = text.strip(" .")
    for span in _EMPHASIS.finditer(text):
        before, after = text[: span.start()].rstrip(), text[span.end() :].lstrip()
        if not before and (not after or after[0] in ".([" or span[2].endswith((".", "?", "!"))):
            return _Source(_title(span[2]), _place(after))
        if before.endswith((".", "?", "!", "”", '"', "),")):
            # A word in the title may be emphasised too: a source stands behind a stop.
            chapter = _CHAPTER.search(before)
            journal = None if chapter else _JOURNAL.match(_plain(text[span.start() :]))
            title = _title(before[: chapter.start() + 1] if chapter else before)
            return _Source(title, **journal.groupdict("")) if journal else _Source(title, _place(span[2]))
    return _source_in_words(_plain(text))


def _source_in_words(text: str) -> _Source:
    if chapter := _CHAPTER.search(text):
        book = _PAGES.sub("", _EDITORS.sub("", text[chapter.end() :]))
        return _Source(_title(text[: chapter.start() + 1]), _place(book))
    breaks = list(_BREAK.finditer(text))
    for index in range(len(breaks) - 1, -1, -1):
        if journal := _JOURNAL.match(text, breaks[index].end()):
            first = index
            while first and _ABBREVIATED.fullmatch(text, breaks[first - 1].end(), breaks[first].end()):
                first -= 1
            found = {**journal.groupdict(""), "container": text[breaks[first].end() : journal.end("container")]}
            return _Source(_title(text[: breaks[first].end()]), **found)
    ends = [
        found
        for found in breaks
        if (text[found.end()].isupper() or text[found.end()] in "[(")
        and not _ABBREVIATION.search(text[: found.start()][-8:])
    ]
    # A title that asks or calls out may go on; one that is ended by a full stop does not.
    end = next((found for found in ends if found[0].startswith(".")), ends[-1] if ends else None)
    return _Source(_title(text[: end.end()]), _place(text[end.end() :])) if end else _Source(_title(text))


def _title(text: str) -> str:
    title = title_of(_plain(text))
    shorter = _AFTER_TITLE.sub("", title).rstrip(" .")
    return shorter or title


def _place(text: str) -> str:
    """Where something appeared, without the edition or kind in parentheses that may stand before it."""
    return re.sub(r"\A\([^()]*\)", "", _plain(text)).strip(" .,")


def _plain(text: str) -> str:
    return one_line(re.sub(r"\*+|(?<!\w)_+|_+(?!\w)", "", text))


def _authors(text: str) -> Iterator[Name]:
    text = _OTHERS.sub(", & ", _ED.sub("", text.replace("*", ""))).strip(" ,&")
    for segment in _LAST_AUTHOR.split(text):
        yield from _names(segment.strip(" ,"))


def _names(segment: str) -> Iterator[Name]:
    """The names between two `&`: `Family, I. I., Family, I.`, or an organisation."""
    if not segment:
        return
    parts = [part.strip() for part in segment.split(",")]
    initials = [_INITIALS.match(part) is not None for part in parts]
    if not any(initials[1:]):
        yield from _names_in_words(segment, parts)
        return
    at = 0
    while at < len(parts):
        stop = next((index for index in range(at + 1, len(parts)) if initials[index]), None)
        if stop is None:
            yield organisation(", ".join(parts[at:]).rstrip("."))
            return
        for whole in parts[at : stop - 1]:
            yield organisation(whole)
        suffix = parts[stop + 1] if stop + 1 < len(parts) and _SUFFIX.match(parts[stop + 1]) else ""
        yield person(parts[stop - 1], parts[stop], suffix=suffix)
        at = stop + (2 if suffix else 1)


def _names_in_words(segment: str, parts: list[str]) -> Iterator[Name]:
    if len(parts) % 2 == 0 and not has_organisation_word(segment) and all(len(part.split()) <= 3 for part in parts):
        for family, given in zip(parts[::2], parts[1::2], strict=True):
            yield person(family, given.rstrip("."))
    elif all(short := [_FAMILY_INITIALS.match(part.rstrip(".")) for part in parts]):
        for name in short:
            if name:
                yield person(name[1], name[2])
    else:
        yield organisation(segment.rstrip("."))
