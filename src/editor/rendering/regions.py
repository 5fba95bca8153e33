"""A conversion's output in regions: parts of the page that HTML which an article leaves open cannot leave.

Each block at the top level is a region, but blocks of HTML of which a later one closes what an earlier one opens are
one together with all that stands between them, as `editor.core.html_reach` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown.util import HTML_PLACEHOLDER_RE

from editor.core.html_reach import closing_block

# Python-Markdown takes both control characters out of every source, so no article can write this.
_END = "\x02end\x03"

HtmlBlock = tuple[int, str]
"""The line of the text, from 0, at which a block of HTML begins, and the block."""


def serialised(root: Element, html_blocks: dict[int, HtmlBlock], serialise: Callable[[Element], str]) -> str:
    """The document as a conversion writes it, with a mark after each region but the last.

    `html_blocks` are those at the top level, by their numbers in the conversion's stash.
    """
    regions = ("".join(map(serialise, root[first:end])) for first, end in _regions(root, html_blocks))
    return f"<{root.tag}>{_END.join(regions)}</{root.tag}>"


def in_regions(output: str) -> list[str]:
    """The regions of a conversion's output, which is not sanitised yet: an element left open is closed by doing so."""
    return [region.strip() for region in output.split(_END)]


def _regions(root: Element, html_blocks: dict[int, HtmlBlock]) -> Iterator[tuple[int, int]]:
    """The first child of each region, and the one after its last."""
    blocks = [(place, html_blocks[number]) for place, number in _stashed(root) if number in html_blocks]
    at = done = 0
    while at < len(blocks):
        place = blocks[at][0]
        yield from ((each, each + 1) for each in range(done, place))
        last = at + (_closing(blocks, at) or 0)
        done = blocks[last][0] + 1
        yield place, done
        at = last + 1
    yield from ((each, each + 1) for each in range(done, len(root)))


def _closing(blocks: Sequence[tuple[int, HtmlBlock]], at: int) -> int | None:
    return closing_block(blocks[number][1] for number in range(at, len(blocks)))


def _stashed(root: Element) -> Iterator[tuple[int, int]]:
    """The children that stand for something stashed, by their places, and its number in the stash."""
    for place, child in enumerate(root):
        found = HTML_PLACEHOLDER_RE.fullmatch((child.text or "").strip())
        if found and not len(child):
            yield place, int(found[1])
