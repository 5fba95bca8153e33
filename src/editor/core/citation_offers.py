"""Papers that can be cited, found by what is typed of their names, and the edits that cite one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from editor.core.article import Article
from editor.core.bibliography import fold, parse_authors
from editor.core.citation_begun import Begun, Form
from editor.core.citation_style import CitationStyle
from editor.core.new_citations_table import new_table_of
from editor.core.papers import ColumnRole, PaperName, column_roles, format_paper_name, new_row
from editor.core.references.duplicates import title_key, year_key
from editor.core.steps import Steps
from editor.core.table_edits import add_row
from editor.core.tables import Table
from editor.core.text_edit import TextEdit

MOST = 50
"""Offers at a time: who sees more goes on typing."""
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that can be cited. One of another article has the name of that file in `elsewhere`, and no row yet.

    `cited_by` and `doi` are what that article's table says of the paper, for the row that citing it adds.
    """

    name: PaperName
    elsewhere: str = ""
    cited_by: str = ""
    doi: str = ""

    @property
    def dated(self) -> str:
        """Authors and year as the row has them."""
        return ", ".join(part for part in (self.name.authors, self.name.year) if part)


@dataclass
class OfferIndex:
    """Offers in the order of their names. Asking takes a few microseconds, however many there are."""

    offers: list[Offer] = field(default_factory=list)
    _first: list[tuple[str, int]] = field(default_factory=list)
    """By the first author, by all of them and by what is short for them, in order."""
    _further: list[tuple[str, int]] = field(default_factory=list)
    _titles: str = ""
    """Each title's words in plain letters, on a line of its own that begins with a space."""
    _title_starts: list[int] = field(default_factory=list)
    _known: set[tuple[str, str]] = field(default_factory=set)

    def knows(self, offer: Offer) -> bool:
        """Whether it has the same publication: the same DOI, or title and year."""
        return any(mark in self._known for mark in _marks(offer))

    def add(self, offer: Offer) -> None:
        """Take in an offer."""
        number = len(self.offers)
        self.offers.append(offer)
        self._known.update(_marks(offer))
        authors = parse_authors(offer.name.authors)
        keys = {authors.whole, *authors.acronyms}
        for name in authors.names[:1]:
            keys |= {name.key, "".join((*name.particles, name.key)), f"{name.key}etal"}
        for key in keys:
            insort(self._first, (key, number))
        for name in authors.names[1:]:
            insort(self._further, (name.key, number))

    def found(self, typed: str, *, with_titles: bool) -> Iterator[Offer]:
        """Those of a first author that begins so, then of another, then, if wanted, those with such words in the title.

        All, where nothing is typed. Case and diacritics do not matter.
        """
        key = fold(typed)
        seen: set[int] = set()
        for keys in (self._first, self._further):
            begin = bisect_left(keys, (key,))
            for _, number in keys[begin : bisect_right(keys, (key + _LAST,), begin)] if key else keys:
                if number not in seen:
                    seen.add(number)
                    yield self.offers[number]
        if with_titles and key:
            yield from (self.offers[number] for number in self._with_words(typed) if number not in seen)

    def set_titles(self, titles: Iterable[str]) -> None:
        """The words of all titles, in the order of the offers."""
        lines = list(titles)
        self._title_starts, start = [], 0
        for line in lines:
            self._title_starts.append(start)
            start += len(line)
        self._titles = "".join(lines)

    def _with_words(self, typed: str) -> Iterator[int]:
        first, *more = (f" {fold(word)}" for word in typed.split())
        at = self._titles.find(first)
        while at >= 0:
            number = bisect_right(self._title_starts, at) - 1
            end = self._titles.index("\n", at)
            if all(word in self._titles[self._title_starts[number] : end] for word in more):
                yield number
            at = self._titles.find(first, end)


def indexing(offers: Iterable[Offer]) -> Steps[OfferIndex]:
    """The index of offers, made in steps; of other articles' offers, the first of several that are the same."""
    index = OfferIndex()
    titles: list[str] = []
    for offer in offers:
        if not (offer.elsewhere and index.knows(offer)):
            index.add(offer)
            titles.append("".join(f" {fold(word)}" for word in offer.name.title.split()) + "\n")
        yield
    index.set_titles(titles)
    return index


def _marks(offer: Offer) -> Iterator[tuple[str, str]]:
    if offer.name.title:
        yield title_key(offer.name.title), year_key(offer.name.year)
    else:
        yield fold(offer.name.authors), offer.name.year
    if offer.doi:
        yield "doi", offer.doi.casefold()


def offers_for(begun: Begun, table: OfferIndex, elsewhere: OfferIndex) -> tuple[Offer, ...]:
    """What to offer for what is typed, the likeliest first: the table's papers, then those of other articles."""
    own = table.found(begun.typed, with_titles=begun.asked)
    others = elsewhere.found(begun.typed, with_titles=begun.asked)
    first = tuple(islice(own, MOST))
    return (*first, *islice((offer for offer in others if not table.knows(offer)), MOST - len(first)))


def written(begun: Begun, offer: Offer, style: CitationStyle) -> str:
    """The citation of a paper in the article's own style, as it goes in the place of what is typed."""
    if begun.form is Form.IN_SENTENCE:
        return style.in_sentence(offer.name)
    mention = style.in_brackets(offer.name)
    return f"({mention})" if begun.form is Form.WITH_BRACKETS else mention + begun.closing


def citing(article: Article, begun: Begun, offer: Offer, style: CitationStyle) -> tuple[tuple[TextEdit, ...], int]:
    """The edits that write a citation, and the row of a paper of another article; and where the caret is then.

    Raises EditRefused where the row cannot be added.
    """
    mention = TextEdit(begun.start, begun.end, written(begun, offer, style))
    caret = begun.start + len(mention.text)
    table = article.citations_table
    if not offer.elsewhere:
        return (mention,), caret
    if table is None:
        return _with_new_table(article, mention, offer), caret
    row = add_row(table, _row(table, offer))
    return (*row, mention), caret + sum(edit.growth for edit in row if edit.end <= begun.start)


def _with_new_table(article: Article, mention: TextEdit, offer: Offer) -> tuple[TextEdit, ...]:
    """The same where there is no table yet: one at the article's end, which the citation may be as well."""
    cited = article.apply(mention).after
    (table,) = new_table_of(cited, lambda table: [_row(table, offer)])
    if mention.end == article.length:
        return (mention._replace(text=mention.text + table.text),)
    return mention, table.moved(-mention.growth)


def _row(table: Table, offer: Offer) -> Sequence[str]:
    """The row of a paper in this article; what it shows here is for the writer to say."""
    said = {
        ColumnRole.PAPER: format_paper_name(offer.name),
        ColumnRole.CITED_BY: offer.cited_by,
        ColumnRole.DOI: offer.doi,
    }
    roles = column_roles(table.columns)
    return [said.get(role) or value for role, value in zip(roles, new_row(table), strict=True)]
