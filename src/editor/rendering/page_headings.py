"""The headings of an exported page: one `h1`, no level left out below it, an anchor at each, a list of them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from editor.rendering.free_ids import FreeIds
from editor.rendering.page_words import Words
from editor.rendering.sanitised_tags import element, start_tag, tags_of, words_of

_HEADING = re.compile(r"<(h([1-6])(?: [a-z-]+=\"[^\"]*\")*)>(.*?)</h\2>", re.DOTALL)
_NOTE_REFERENCE = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_PICTURE = "<img "


class PageHeading(NamedTuple):
    """A heading below the page's `h1`: its level there from 2 to 6, its id and its words."""

    level: int
    id: str
    words: str


class Headings(NamedTuple):
    """A body with its headings in order. `own` is the words of the `h1` that it has, "" where the page needs one."""

    html: str
    own: str
    below: tuple[PageHeading, ...]


def arrange_headings(html: str, title: str, ids: FreeIds, words: Words, *, anchors: bool) -> Headings:
    """The body's headings as those of a page with this title, "" for none; their ids stay what they are.

    The page's `h1` is the body's own where that says the title, where it is the only one and begins the body, or where
    there is no title. Every other heading is one level below the nearest one before it that had a lower level, so that
    readers who go from heading to heading miss none. One without words is left out.
    """
    found = [heading for heading in _HEADING.finditer(html) if words_of(heading[3]) or _PICTURE in heading[3]]
    own = _own(found, html, title)
    arranged = _Arranged(own, ids, words, anchors=anchors)
    html = _HEADING.sub(arranged.heading, html)
    return Headings(html, words_beside_notes(own[3]) if own else "", tuple(arranged.below))


def words_beside_notes(html: str) -> str:
    """What a reader reads of it, on one line, but for the numbers of footnotes."""
    return words_of(_NOTE_REFERENCE.sub("", html))


def contents_list(headings: Sequence[PageHeading], words: Words) -> str:
    """A nested list of links to the headings; "" where there are fewer than two."""
    if len(headings) < 2:
        return ""
    pieces = []
    open_levels: list[int] = []
    for heading in headings:
        while len(open_levels) > 1 and open_levels[-1] > heading.level:
            open_levels.pop()
            pieces.append("</li>\n</ol>\n")
        if not open_levels or heading.level > open_levels[-1]:
            open_levels.append(heading.level)
            pieces.append("<ol>\n" if len(open_levels) == 1 else "\n<ol>\n")
        else:
            pieces.append("</li>\n")
        pieces.append(f"<li>{element('a', {'href': f'#{heading.id}'}, heading.words)}")
    pieces.append("</li>\n</ol>\n" * len(open_levels))
    title = f'<p class="contents-title">{words.said(words.contents)}</p>'
    return (
        f"{start_tag('nav', {'class': 'contents', 'aria-label': words.contents})}\n{title}\n{''.join(pieces)}</nav>\n"
    )


def _own(headings: Sequence[re.Match[str]], html: str, title: str) -> re.Match[str] | None:
    first_level = [heading for heading in headings if heading[2] == "1"]
    if not first_level:
        return None
    first = first_level[0]
    if not title or _folded(words_beside_notes(first[3])) == _folded(title):
        return first
    return first if len(first_level) == 1 and not html[: first.start()].strip() else None


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


class _Arranged:
    """Writes headings one after the other, knowing those before."""

    def __init__(self, own: re.Match[str] | None, ids: FreeIds, words: Words, *, anchors: bool) -> None:
        self._own = own.start() if own else -1
        self._ids = ids
        self._words = words
        self._anchors = anchors
        self._above: list[int] = []
        self.below: list[PageHeading] = []

    def heading(self, found: re.Match[str]) -> str:
        content = found[3]
        said = words_beside_notes(content)
        if not said and _PICTURE not in content:
            return ""
        (tag,) = tags_of(f"<{found[1]}>")
        if found.start() == self._own:
            return f"{start_tag('h1', tag.attributes)}{content}</h1>"
        level = self._level(int(found[2]))
        attributes = tag.attributes if tag.attributes.get("id") else {**tag.attributes, "id": self._ids.take("section")}
        self.below.append(PageHeading(level, attributes["id"], said))
        return f"{start_tag(f'h{level}', attributes)}{content}{self._anchor(attributes['id'])}</h{level}>"

    def _anchor(self, id: str) -> str:  # noqa: A002
        if not self._anchors:
            return ""
        attributes = {"class": "anchor", "href": f"#{id}", "aria-label": self._words.section}
        return f" {element('a', attributes, '#')}"

    def _level(self, written: int) -> int:
        while self._above and self._above[-1] >= written:
            self._above.pop()
        self._above.append(written)
        return min(6, 1 + len(self._above))
