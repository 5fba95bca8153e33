"""Writing a citation anew once its paper has other authors or another year, with nothing of it changed but those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editor.core.article import Article
from editor.core.bibliography import compare, fold, parse_authors, split_year
from editor.core.citation_style import CitationStyle, names_in
from editor.core.mentions import Mention, find_mentions
from editor.core.papers import ColumnRole, PaperName, column_roles, with_parts
from editor.core.table_edits import set_cell
from editor.core.text_edit import EditRefused, TextEdit, apply_edits, smallest_edit

_AROUND = 400
"""Code points on either side of a citation in whose lines all others must read as before."""
_FIRST_FEW = 16
_JOINED = re.compile(r"\s(&|and)\s")
_ET_AL = re.compile(r"\bet\s+al\.?", re.IGNORECASE)
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_SPACE = re.compile(r"(\s+)")
_BARE_POSSESSIVE = re.compile(r"['\u2019](?!s)")
_SHARED_NEAR = 16
_FEW_WORDS = 28


@dataclass(frozen=True, slots=True)
class Renaming:
    """The row at `position`, from 1, was `old` and is to be `new`; `mentions` say `old`, placed in the article.

    `changes_row`: the row itself says `old` too, since a citation was changed first. `place` is where the writer
    changed the one or the other, in code points.
    """

    position: int
    old: PaperName
    new: PaperName
    mentions: tuple[Mention, ...]
    place: tuple[int, int]
    changes_row: bool = False


@dataclass(frozen=True, slots=True)
class Rewrite:
    """How one citation, or the row, is written anew; `line` counts from 1, `around` has a few words on either side.

    Without edits it is one for the writer, and `why_not` says why, as a sentence.
    """

    line: int
    before: str
    around: str
    after: str
    edits: tuple[TextEdit, ...] = ()
    why_not: str = ""


def rewrites(article: Article, renaming: Renaming, style: CitationStyle) -> tuple[Rewrite, ...]:
    """What a renaming leads to, in the order of the text; citations that may stay as they are are left out."""
    return tuple(sorted(_rewrites(article, renaming, style), key=lambda each: each.line))


def leads_to_any(article: Article, renaming: Renaming, style: CitationStyle) -> bool:
    """Whether a renaming can rename anything, as far as the row and its first citations tell."""
    few = replace(renaming, mentions=renaming.mentions[:_FIRST_FEW])
    return any(each.edits for each in _rewrites(article, few, style))


def _rewrites(article: Article, renaming: Renaming, style: CitationStyle) -> Iterator[Rewrite]:
    if renaming.changes_row and (row := _rewritten_row(article, renaming)):
        yield row
    for mention in renaming.mentions:
        text = article.slice(mention.start, mention.end)
        line, around = article.line_at(mention.start) + 1, _around(article, mention)
        try:
            after = _rewritten(article, mention, renaming, style)
            edit = smallest_edit(text, after, mention.start)
            _check(article, mention, edit, renaming)
            if edit is None:
                continue
        except EditRefused as refusal:
            yield Rewrite(line, text, around, "", why_not=refusal.message)
        else:
            yield Rewrite(line, text, around, after, (edit,))


def _rewritten_row(article: Article, renaming: Renaming) -> Rewrite | None:
    table = article.citations_table
    if table is None:
        return None
    row = renaming.position - 1
    column = column_roles(table.columns).index(ColumnRole.PAPER)
    line = table.line + table.rows[row].line + 1
    before = table.value(row, column)
    after = with_parts(before, renaming.new)
    try:
        return Rewrite(line, before, before, after, set_cell(table, row, column, after))
    except EditRefused as refusal:
        return Rewrite(line, before, before, "", why_not=refusal.message)


def _around(article: Article, mention: Mention) -> str:
    """A citation between a few words of its paragraph, on one line."""
    before = article.slice(max(0, mention.start - _FEW_WORDS), mention.start)
    behind = article.slice(mention.end, mention.end + _FEW_WORDS)
    paragraph, rest = _BLANK_LINE.split(before)[-1], _BLANK_LINE.split(behind)[0]
    if paragraph == before and mention.start > _FEW_WORDS:
        paragraph = "…" + before[before.find(" ") + 1 :]
    if rest == behind and len(behind) == _FEW_WORDS:
        rest = behind[: behind.rfind(" ")] + "…"
    return " ".join((paragraph + article.slice(mention.start, mention.end) + rest).split())


def _rewritten(article: Article, mention: Mention, renaming: Renaming, style: CitationStyle) -> str:
    """A citation's own text, written anew. Raises EditRefused."""
    text = article.slice(mention.start, mention.end)
    old, new = renaming.old, renaming.new
    authors = _authors_anew(mention, old.authors, new.authors, style)
    names_itself = text.startswith(mention.authors[:1])
    if authors != mention.authors and (not names_itself or _is_shared(article, mention)):
        raise EditRefused("It shares its authors with a citation beside it.")
    year = _year_in(text, mention)
    dated = _dated(new.year)
    if dated != mention.dated:
        if text == mention.letter:
            if split_year(new.year)[0] != mention.year:
                raise EditRefused("It shares its year with the citation before it.")
            dated = split_year(new.year)[1]
        elif split_year(new.year)[0] != mention.year and _shares_year(article, mention):
            raise EditRefused("It shares its year with the citation behind it.")
        text = text[: year[0]] + dated + text[year[1] :]
    return _with_authors(text, year[0], mention.authors, authors) if names_itself else text


def _dated(year: str) -> str:
    """A row's year as a citation has it."""
    plain, letter = split_year(year)
    return f"{plain}-{letter}" if letter and not plain.isdigit() else plain + letter


def _year_in(text: str, mention: Mention) -> tuple[int, int]:
    """From where up to where the year stands in a citation's text."""
    written = mention.letter if text == mention.letter else mention.dated
    at = text.rfind(written)
    if at < 0 or any(map(str.isalnum, text[at + len(written) :])):
        raise EditRefused("Its year is not written in one piece.")
    return at, at + len(written)


def _authors_anew(mention: Mention, old: str, new: str, style: CitationStyle) -> str:
    """The authors as the citation names them, with the new names in place of the old. Raises EditRefused."""
    written = mention.authors
    if old == new:
        return written
    joined = _JOINED.search(written)
    et_al = _ET_AL.search(written)
    own = replace(style, et_al=et_al[0] if et_al else style.et_al)
    usual = joined[1] if joined else style.joined_in_sentence if mention.narrative else style.joined
    if fold(own.authors(old, usual)) == fold(written):
        return _spaced_like(written, own.authors(new, usual))
    before, after = names_in(old), names_in(new)
    if len(before) != len(after) or parse_authors(old).et_al != parse_authors(new).et_al:
        raise EditRefused("It names the authors in a way of its own.")
    for name, other in zip(before, after, strict=True):
        if name != other:
            found = re.split(rf"(?<!\w){re.escape(name)}(?!\w)", written)
            if len(found) > 2:
                raise EditRefused("It has the name more than once.")
            written = other.join(found)
    return written


def _spaced_like(written: str, wanted: str) -> str:
    """The same words with the white space of what they take the place of: a line may end between two of them."""
    spaces, words = _SPACE.findall(written), wanted.split()
    if len(spaces) != len(words) - 1:
        return wanted
    return words[0] + "".join(space + word for space, word in zip(spaces, words[1:], strict=True))


def _with_authors(text: str, year: int, written: str, authors: str) -> str:
    """A citation's text with other authors, in which marks of markdown may stand between the words."""
    change = smallest_edit(written, authors)
    if change is None:
        return text
    if text.startswith(written):
        rest = text[len(written) :]
        if _BARE_POSSESSIVE.match(rest) and not authors.endswith("s"):
            rest = f"{rest[0]}s{rest[1:]}"
        return authors + rest
    start, end = change.start, change.end
    while start and not written[start - 1].isspace():
        start -= 1
    while end < len(written) and not written[end].isspace():
        end += 1
    word, other = written[start:end], authors[start : end + change.growth]
    if not word or text[:year].count(word) != 1:
        raise EditRefused("Marks stand within the names.")
    at = text.index(word)
    return text[:at] + other + text[at + len(word) :]


# Further years of the same authors


def _is_shared(article: Article, mention: Mention) -> bool:
    """Whether another year behind a citation has its authors: `(Adams, 2001, 2004)`."""
    further = _behind(article, mention)
    return further is not None and not article.slice(further.start, further.end).startswith(further.authors[:1])


def _shares_year(article: Article, mention: Mention) -> bool:
    """Whether only a letter follows: `(Adams, 2001a, b)`."""
    further = _behind(article, mention)
    return further is not None and article.slice(further.start, further.end) == further.letter


def _behind(article: Article, mention: Mention) -> Mention | None:
    start, found = _mentions_around(article, mention)
    later = (each for each in found if start + each.start >= mention.end)
    nearest = next(later, None)
    if nearest is None or start + nearest.start - mention.end > _SHARED_NEAR or nearest.authors != mention.authors:
        return None
    return nearest.moved(start)


# What must stay


def _mentions_around(article: Article, mention: Mention) -> tuple[int, Sequence[Mention]]:
    start, text = _window(article, mention)
    return start, find_mentions(text, in_list=True)


def _window(article: Article, mention: Mention) -> tuple[int, str]:
    """Where the lines around a citation begin, and they."""
    first = article.line_start(article.line_at(max(0, mention.start - _AROUND)))
    last = article.line_start(article.line_at(min(article.length, mention.end + _AROUND)) + 1)
    return first, article.slice(first, last)


def _check(article: Article, mention: Mention, edit: TextEdit | None, renaming: Renaming) -> None:
    """Raises EditRefused unless the citation then means the row, and all around it read as before."""
    start, text = _window(article, mention)
    before = find_mentions(text, in_list=True)
    after = find_mentions(apply_edits(text, [edit.moved(-start)] if edit else []), in_list=True)
    own = next((at for at, each in enumerate(before) if start + each.start == mention.start), None)
    if own is None or len(before) != len(after):
        raise EditRefused("It would not be read as a citation any more.")
    others = [(one, two) for at, (one, two) in enumerate(zip(before, after, strict=True)) if at != own]
    if any((one.authors, one.dated) != (two.authors, two.dated) for one, two in others):
        raise EditRefused("A citation beside it would be another.")
    said, row = parse_authors(after[own].authors), parse_authors(renaming.new.authors)
    allowed = compare(parse_authors(before[own].authors), parse_authors(renaming.old.authors))
    contradictions = compare(said, row)
    if after[own].dated != _dated(renaming.new.year) or contradictions is None or contradictions - (allowed or set()):
        raise EditRefused("It would not mean the row.")
