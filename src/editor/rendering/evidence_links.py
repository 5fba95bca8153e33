"""Mentions in an article's HTML as links to the rows that they mean.

What is linked is the mention's own words. Where it begins or ends within emphasis, whole elements are taken in if they
are at its very edge, and else the mention is linked piece by piece. A link holds no other: of a mention within a link
nothing is linked, and it is only marked as a place that its row can lead back to.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from editor.rendering.marked_source import Mark
from editor.rendering.sanitised_tags import Tag, pieces_of, start_tag

_EDGES = frozenset("abbr b bdi bdo cite del dfn em i ins mark q s samp small span strong sub sup u var".split())
"""Elements that a link may hold as well as be held by."""
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})
_UNLINKABLE = frozenset({"a", "summary"})

_Token = Tag | str


class MentionLink(NamedTuple):
    """Where one mention's mark stands in the HTML, and what it becomes: `id` its own, `row` its row's; `words` name
    the paper, and `described_by` is the id of the element that does so on the page."""

    mark: Mark
    id: str
    row: str
    words: str
    described_by: str


def weave(html: str, links: Sequence[MentionLink]) -> tuple[str, frozenset[str]]:
    """The HTML with those links in place of their marks, and the ids of the mentions that were found in it.

    With the links' own tags taken out, it is the HTML without the marks.
    """
    by_opening = {link.mark.opening: link for link in links}
    if not by_opening:
        return html, frozenset()
    characters = {each for link in links for each in (link.mark.opening, link.mark.closing)}
    woven = _Weaving(_split(html, characters), characters)
    found = {link.id for link in links if woven.put(link)}
    return woven.html(), frozenset(found)


def _split(html: str, marks: Iterable[str]) -> Iterator[_Token]:
    """Tags, texts, and the characters of marks as texts of their own."""
    pattern = re.compile(f"([{''.join(marks)}])")
    for piece in pieces_of(html):
        if isinstance(piece, str):
            yield from filter(None, pattern.split(piece))
        else:
            yield piece


class _Weaving:
    def __init__(self, tokens: Iterable[_Token], marks: Container[str]) -> None:
        self._tokens: list[_Token] = []
        self._places: dict[str, int] = {}
        """Where each character of a mark stood first; all have given way to empty texts."""
        for at, token in enumerate(tokens):
            is_mark = isinstance(token, str) and token in marks
            self._tokens.append("" if is_mark else token)
            if is_mark:
                self._places.setdefault(str(token), at)
        self._before: dict[int, str] = {}
        self._behind: dict[int, str] = {}
        self._in_link = self._find_links()

    def put(self, link: MentionLink) -> bool:
        """Plan the tags of a mention; whether its mark is in the text, and whole."""
        first, last = self._places.get(link.mark.opening, -1), self._places.get(link.mark.closing, -1)
        if not 0 <= first < last:
            return False
        first, last = self._widened(first + 1, last - 1)
        attributes = _attributes(link)
        if self._is_whole(first, last):
            self._enclose(first, last, start_tag("a", attributes), "</a>")
            return True
        texts = [at for at in range(first, last + 1) if self._is_words(at)]
        linkable = [at for at in texts if not self._in_link[at]]
        if not texts:
            return False
        for at in linkable:
            self._enclose_words(at, start_tag("a", attributes), "</a>")
            attributes = {name: value for name, value in attributes.items() if name != "id"}
        if not linkable:
            self._enclose_words(texts[0], start_tag("span", {"class": "cite", "id": link.id}), "</span>")
        return True

    def html(self) -> str:
        """The tokens with what was planned, and without marks."""
        written = []
        for at, token in enumerate(self._tokens):
            written.append(self._before.get(at, ""))
            written.append(token if isinstance(token, str) else token.source)
            written.append(self._behind.get(at, ""))
        return "".join(written)

    def _find_links(self) -> list[bool]:
        depth, inside = 0, []
        for token in self._tokens:
            if isinstance(token, Tag) and token.name in _UNLINKABLE:
                depth += -1 if token.closing else 1
            inside.append(depth > 0)
        return inside

    def _enclose(self, first: int, last: int, before: str, behind: str) -> None:
        self._before[first] = before
        self._behind[last] = behind

    def _enclose_words(self, at: int, before: str, behind: str) -> None:
        text = str(self._tokens[at])
        words = text.strip()
        start = text.index(words)
        self._tokens[at] = f"{text[:start]}{before}{words}{behind}{text[start + len(words) :]}"

    def _is_words(self, at: int) -> bool:
        token = self._tokens[at]
        return isinstance(token, str) and bool(token.strip())

    def _is_whole(self, first: int, last: int) -> bool:
        """Whether the tokens are words and whole elements that a link may hold, outside any link."""
        tags = [token for token in self._tokens[first : last + 1] if isinstance(token, Tag)]
        return (
            first <= last
            and not any(self._in_link[first : last + 1])
            and _unmatched(tags) == ([], [])
            and all(tag.name in _EDGES | _VOID for tag in tags)
        )

    def _widened(self, first: int, last: int) -> tuple[int, int]:
        """The range with the tags right before and behind it that its own elements begin or end with."""
        tags = [token for token in self._tokens[first : last + 1] if isinstance(token, Tag)]
        ending, beginning = _unmatched(tags)
        new_first, new_last = first, last
        for name in ending:
            new_first = self._past_marks(new_first, -1)
            if not self._is_edge(new_first, name, closing=False):
                return first, last
        for name in reversed(beginning):
            new_last = self._past_marks(new_last, 1)
            if not self._is_edge(new_last, name, closing=True):
                return first, last
        return new_first, new_last

    def _past_marks(self, at: int, step: int) -> int:
        at += step
        while 0 <= at < len(self._tokens) and self._tokens[at] == "":
            at += step
        return at

    def _is_edge(self, at: int, name: str, *, closing: bool) -> bool:
        token = self._tokens[at] if 0 <= at < len(self._tokens) else ""
        return isinstance(token, Tag) and token.name == name and token.closing == closing and name in _EDGES


def _unmatched(tags: Iterable[Tag]) -> tuple[list[str], list[str]]:
    """The names of the elements that end and were not begun there, and of those that begin and do not end there."""
    ending: list[str] = []
    open_names: list[str] = []
    for tag in tags:
        if tag.name in _VOID:
            continue
        if not tag.closing:
            open_names.append(tag.name)
        elif open_names:
            open_names.pop()
        else:
            ending.append(tag.name)
    return ending, open_names


def _attributes(link: MentionLink) -> dict[str, str]:
    return {
        "class": "cite",
        "href": f"#{link.row}",
        "id": link.id,
        "data-paper": link.words,
        "aria-describedby": link.described_by,
    }
