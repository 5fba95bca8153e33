"""An article as plain text that reads well: citations as they are written, tables row by row, notes at the end."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape

from editor.rendering.sanitised_tags import Tag, pieces_of

_WIDTH = 78
_NARROWEST = 20
_UNDERLINES = {"h1": "=", "h2": "-"}
_SPACE = re.compile(r"[ \t\r\n]+")
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})
_LEFT_OUT = frozenset({"anchor", "mentions", "footnote-backref"})
"""Classes of what only leads about on a page."""

Block = list[str]
"""Lines that stand together."""


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str]
    children: list[_Element | str] = field(default_factory=list)


def as_text(html: str) -> str:
    """The text of sanitised HTML: lines of at most 78 characters, blocks a blank line apart."""
    return _joined(_blocks(_tree(html), _WIDTH)) + "\n"


def _tree(html: str) -> _Element:
    open_elements = [_Element("", {})]
    for piece in pieces_of(html):
        if isinstance(piece, str):
            open_elements[-1].children.append(unescape(piece))
        elif piece.closing:
            if len(open_elements) > 1:
                open_elements.pop()
        else:
            _begin(open_elements, piece)
    return open_elements[0]


def _begin(open_elements: list[_Element], tag: Tag) -> None:
    element = _Element(tag.name, tag.attributes)
    if tag.attributes.get("class") not in _LEFT_OUT:
        open_elements[-1].children.append(element)
    if tag.name not in _VOID:
        open_elements.append(element)


def _joined(blocks: Iterable[Block]) -> str:
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks)


def _blocks(element: _Element, width: int) -> list[Block]:
    """What an element holds: its blocks, and what stands between them as paragraphs."""
    blocks: list[Block] = []
    running: list[_Element | str] = []

    def end_paragraph() -> None:
        blocks.extend(_paragraph(_words(running), width))
        running.clear()

    for child in element.children:
        reader = _READERS.get(child.name) if isinstance(child, _Element) else None
        if reader is None or isinstance(child, str):
            running.append(child)
        else:
            end_paragraph()
            blocks += reader(child, width)
    end_paragraph()
    return blocks


def _paragraph(words: str, width: int) -> list[Block]:
    lines = [line for part in words.split("\n") for line in _wrapped(part, width)]
    return [lines] if lines else []


def _wrapped(words: str, width: int) -> list[str]:
    width = max(width, _NARROWEST)
    return textwrap.wrap(" ".join(words.split()), width, break_long_words=False, break_on_hyphens=False)


def _words(parts: Iterable[_Element | str]) -> str:
    """What stands in a line; a line's end is a break that the writer set."""
    return "".join(_SPACE.sub(" ", part) if isinstance(part, str) else _inline(part) for part in parts)


def _inline(element: _Element) -> str:
    words = _words(element.children)
    match element.name:
        case "br":
            return "\n"
        case "img":
            return f"[{element.attributes.get('alt') or 'image'}]"
        case "input":
            return "[x]" if "checked" in element.attributes else "[ ]"
        case "sup" if element.attributes.get("id", "").startswith("fnref"):
            return f"[{words}]"
        case "a":
            address = element.attributes.get("href", "")
            shown = address.startswith("#") or words.endswith(address.removeprefix("mailto:"))
            return words if shown else f"{words} ({address})"
    return words


def _heading(element: _Element, width: int) -> list[Block]:
    words = " ".join(_words(element.children).split())
    underline = _UNDERLINES.get(element.name)
    return [[words, underline * min(len(words), width)] if underline else [words]] if words else []


def _preformatted(element: _Element, _width: int) -> list[Block]:
    return [[f"    {line}" for line in _verbatim(element).strip("\n").split("\n")]]


def _verbatim(element: _Element) -> str:
    return "".join(child if isinstance(child, str) else _verbatim(child) for child in element.children)


def _list(element: _Element, width: int) -> list[Block]:
    start = element.attributes.get("start", "1")
    number = int(start) if start.isdecimal() else 1
    items: list[list[Block]] = []
    for item in element.children:
        if isinstance(item, _Element):
            mark = "- " if element.name == "ul" else f"{number}. "
            items.append(_behind(mark, " " * len(mark), _blocks(item, width - len(mark))))
            number += 1
    if any(len(blocks) > 1 for blocks in items):
        return [block for blocks in items for block in blocks]
    return [[line for blocks in items for block in blocks for line in block]] if items else []


def _behind(first: str, further: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with something before each line, and something else before the first."""
    begun = [[f"{further}{line}" for line in block] for block in blocks] or [[further]]
    begun[0][0] = first + begun[0][0].removeprefix(further)
    return begun


def _quote(element: _Element, width: int) -> list[Block]:
    text = _joined(_blocks(element, width - 2))
    return [[f"> {line}" for line in text.split("\n")]] if text else []


def _indented(element: _Element, width: int) -> list[Block]:
    return _behind("    ", "    ", _blocks(element, width - 4))


def _rule(_element: _Element, _width: int) -> list[Block]:
    return [["* * *"]]


def _table(element: _Element, width: int) -> list[Block]:
    """Each row as a block: what it is about first, each further value below it with its column's heading."""
    rows = [[_flat(cell) for cell in _inside(row, "td", "th")] for row in _inside(element, "tr")]
    if not rows:
        return []
    caption = [[" ".join(_words(each.children).split())] for each in _inside(element, "caption")]
    labels, *others = rows
    return caption + [_row(labels, row, width) for row in others if any(row)] or [labels]


def _row(labels: Sequence[str], values: Sequence[str], width: int) -> Block:
    first = f"{values[0]}. " if values[0].isdecimal() and len(values) > 1 else ""
    about = 1 if first else 0
    about_lines = _wrapped(first + values[about], width - 3)
    lines = about_lines[:1] + [f"   {line}" for line in about_lines[1:]]
    for label, value in zip(labels[about + 1 :], values[about + 1 :], strict=False):
        if value:
            lines += [f"   {line}" for line in _wrapped(f"{label}: {value}" if label else value, width - 3)]
    return lines


def _inside(element: _Element, *names: str) -> Iterable[_Element]:
    """The elements of those names in it, those within others of them left out."""
    for child in element.children:
        if isinstance(child, _Element):
            if child.name in names:
                yield child
            else:
                yield from _inside(child, *names)


def _flat(element: _Element) -> str:
    return " ".join(line for block in _blocks(element, 10 * _WIDTH) for line in block)


_READERS: dict[str, Callable[[_Element, int], list[Block]]] = {
    **dict.fromkeys(
        "article caption dl details div dt figcaption figure header li main p section summary".split(), _blocks
    ),
    **dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), _heading),
    "blockquote": _quote,
    "dd": _indented,
    "hr": _rule,
    "ol": _list,
    "pre": _preformatted,
    "table": _table,
    "ul": _list,
}
"""How each block is read; every other element stands within a line."""
