"""Places of an article's source found again in its HTML: marks put into the text go through the conversion with it.

A mark is a pair of private-use characters that the text has nowhere. Markdown takes such a character for a word's
letter, so that a mark beside a character with a meaning may change how the text is read. Where it could, the text is
converted without marks too, and a region that the marks changed is taken without them: with its marks taken out, the
HTML is always that of the text itself.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from editor.rendering.chunk_html import render_regions
from editor.rendering.numbering import numbered
from editor.rendering.sanitised_tags import change_tags

_PRIVATE_USE = (range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE), range(0xE000, 0xF900))
# Beside these a mark changes nothing, whatever stands further away: it is as little a space, a mark of punctuation or
# a part of a word as a boundary between them is.
_NEUTRAL = re.compile(r"[^\W_]|[ (),;.]")
_IN_ITEM_MARK = re.compile(r"(?:^|[\r\n>*+-])[ \t]*[0-9]{1,9}[.)]?\Z")
_LINE_ENDS = ("", "\n", "\r")
# What can reach over more than its neighbours: HTML, lists of attributes, labels of what is defined elsewhere, the kind
# of an admonition.
_FAR_REACHING = re.compile(r"[<{]|\]:|\*\[|!!!")


class Mark(NamedTuple):
    """The characters before and behind one span of the source."""

    opening: str
    closing: str


class MarkedHtml(NamedTuple):
    """Sanitised, numbered HTML of an article with marks, none within a tag; one may be lost, whole or in half."""

    html: str
    marks: tuple[Mark, ...]

    def without_marks(self) -> str:
        """The HTML of the article itself."""
        return _unmarked(self.html, self.marks)


def render_marked(body: str, spans: Sequence[tuple[int, int]], *, smart_quotes: bool = False) -> MarkedHtml:
    """Render an article's body with a mark for each span, in their order. Raises CannotRender.

    Spans are code points of `body`, in order; one may be empty. One that begins within the span before has no mark, and
    of more spans than there are free characters neither have the last.
    """
    characters = _free_characters(body)
    marks = tuple(Mark(one, other) for _, one, other in zip(spans, characters, characters, strict=False))
    regions = render_regions(_marked(body, spans, marks), smart_quotes=smart_quotes)
    if not all(_is_neutral(body, span) for span in spans) or (spans and _FAR_REACHING.search(body)):
        plain = render_regions(body, smart_quotes=smart_quotes)
        regions = _only_unchanged(regions, plain, marks)
    return MarkedHtml(numbered(_outside_tags("\n".join(regions), marks)), marks)


def _free_characters(text: str) -> Iterator[str]:
    present = set(text)
    return (character for each in _PRIVATE_USE for character in map(chr, each) if character not in present)


def _marked(text: str, spans: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> str:
    pieces: list[str] = []
    at = 0
    for (start, end), mark in zip(spans, marks, strict=False):
        if start < at:
            continue
        pieces += (text[at:start], mark.opening, text[start:end], mark.closing)
        at = end
    return "".join((*pieces, text[at:]))


def _is_neutral(text: str, span: tuple[int, int]) -> bool:
    return all(_is_neutral_place(text, at) for at in span)


def _is_neutral_place(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    if not all(each in _LINE_ENDS or _NEUTRAL.fullmatch(each) for each in (before, after)):
        return False
    if _IN_ITEM_MARK.search(text, max(0, at - 20), at):
        return False
    # Within a word a mark would part it, white space counts at a line's beginning, and there only a letter is sure to
    # begin nothing.
    if before in _LINE_ENDS or before == " ":
        return after.isalpha() or (before == " " and after.isalnum())
    return not (before.isalnum() and after.isalnum())


def _only_unchanged(regions: Sequence[str], plain: Sequence[str], marks: Sequence[Mark]) -> list[str]:
    if len(regions) != len(plain):
        return list(plain)
    return [
        marked if _unmarked(marked, marks) == unmarked else unmarked
        for marked, unmarked in zip(regions, plain, strict=True)
    ]


def _outside_tags(html: str, marks: Sequence[Mark]) -> str:
    """The HTML without the marks that came into values of attributes, such as ids that are still to be numbered."""
    if not marks:
        return html
    within = re.compile(f"[{''.join(mark.opening + mark.closing for mark in marks)}]")
    return change_tags(html, lambda tag: within.sub("", tag.source))


def _unmarked(html: str, marks: Sequence[Mark]) -> str:
    return html.translate({ord(character): None for mark in marks for character in (mark.opening, mark.closing)})
