"""The examples of CommonMark 0.31.2 and of GitHub's four extensions come out as their specifications say.

They are compared as a conversion writes them, before the sanitiser takes away what would show a difference.
The specifications are fetched by `make setup`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from editor.rendering.dialect import Dialect

SPECIFICATIONS = Path(__file__).resolve().parents[2] / "build" / "specifications"

DIFFERENCES = {
    "An address is a link without any mark, as it is on GitHub.": (602, 608, 611, 612),
}
"""Why an example of CommonMark's differs, and which do. The list may only shrink."""

_HEADING_OR_EXAMPLE = re.compile(
    r"^#+ +(?P<section>[^\n]+)$|^`{32} example[^\n]*\n(?P<markdown>.*?)^\.\n(?P<html>.*?)^`{32}$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Example:
    """One example by its number in its specification, from 1."""

    number: int
    section: str
    markdown: str
    html: str

    def comes_out(self) -> bool:
        """Whether the dialect makes of it what the specification says."""
        return normal("\n".join(Dialect().whole(self.markdown))) == normal(self.html)


@cache
def examples(specification: str) -> tuple[Example, ...]:
    path = SPECIFICATIONS / specification
    assert path.is_file(), "the specifications are not here: run `make setup`"
    return tuple(_read(path.read_text(encoding="utf-8")))


def _read(text: str) -> Iterator[Example]:
    section, number = "", 0
    for found in _HEADING_OR_EXAMPLE.finditer(text):
        if found["section"]:
            section = found["section"].strip()
            continue
        number += 1
        yield Example(number, section, *(found[part].replace("→", "\t") for part in ("markdown", "html")))


_BLOCKS = frozenset(
    "address article aside blockquote body caption col colgroup dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html iframe li nav ol p pre script section style summary table tbody td textarea"
    " tfoot th thead tr ul video".split()
)
_VOID = frozenset("br hr img input".split())
_COLOUR = re.compile("[a-z]{1,2}[0-9a-z]?")
_OURS = {"class": re.compile(r"align-\w+|task-list(?:-item)?"), "scope": re.compile("col")}


class _Normal(HTMLParser):
    """HTML in one spelling of entities, attributes and empty elements, without white space that no browser shows.

    What this dialect adds to GitHub's HTML on purpose is left out: the box in which a table scrolls, the scope of its
    headings, the classes of task lists, the colours of code. A column's alignment is its class here and an attribute
    there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._left_out: dict[str, list[bool]] = {"div": [], "span": []}
        self._in_pre = 0
        self._after_block = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in self._left_out:
            is_colour = self._in_pre > 0 and _COLOUR.fullmatch(given.get("class", "")) is not None
            self._left_out[tag].append(is_colour if tag == "span" else given.get("class") == "table")
            if self._left_out[tag][-1]:
                return
        if (aligned := given.get("class", "")).startswith("align-"):
            given["align"] = aligned.removeprefix("align-").replace("centre", "center")
        kept = sorted((name, value) for name, value in given.items() if not self._is_ours(name, value))
        self._put_tag(tag, "".join([f"<{tag}", *(f' {name}="{escape(value)}"' for name, value in kept), ">"]))
        self._in_pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or (self._left_out.get(tag) and self._left_out[tag].pop()):
            return
        self._in_pre -= tag == "pre"
        self._put_tag(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._in_pre:
            data = re.sub(r"[ \t\n]+", " ", data)
            data = data.lstrip(" ") if self._after_block else data
        if data:
            self.pieces.append(escape(data, quote=False))
            self._after_block = False

    def handle_comment(self, data: str) -> None:
        self.pieces.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.pieces.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.pieces.append(f"<?{data}>")

    @staticmethod
    def _is_ours(name: str, value: str) -> bool:
        return name in _OURS and _OURS[name].fullmatch(value) is not None

    def _put_tag(self, tag: str, written: str) -> None:
        is_block = tag in _BLOCKS
        if is_block and not self._in_pre and self.pieces:
            self.pieces[-1] = self.pieces[-1].rstrip(" ")
        self.pieces.append(written)
        self._after_block = is_block or tag == "br"


def normal(html: str) -> str:
    """HTML as it is compared."""
    parser = _Normal()
    parser.feed(html.strip())
    parser.close()
    return "".join(parser.pieces).strip()


def test_examples_of_commonmark_differ_where_it_is_listed_and_nowhere_else() -> None:
    listed = {number for numbers in DIFFERENCES.values() for number in numbers}
    found = {example.number for example in examples("commonmark.txt") if not example.comes_out()}
    assert sorted(found - listed) == [], "these differ: mend them, or list them with a reason"
    assert sorted(listed - found) == [], "these do not differ any more: take them off the list"


def test_all_examples_are_there_and_few_are_listed() -> None:
    every = examples("commonmark.txt")
    assert [example.number for example in every] == list(range(1, 653))
    assert len({example.section for example in every}) == 26
    assert sum(map(len, DIFFERENCES.values())) <= 0.22 * len(every)


@pytest.mark.parametrize(
    ("section", "count"),
    [
        ("Tables (extension)", 8),
        ("Strikethrough (extension)", 2),
        ("Task list items (extension)", 2),
        ("Autolinks (extension)", 11),
    ],
)
def test_examples_of_githubs_extension(section: str, count: int) -> None:
    every = [example for example in examples("gfm.txt") if example.section == section]
    assert len(every) == count
    assert [example.number for example in every if not example.comes_out()] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<p>a b</p>", "<p>ab</p>"),
        ("<p>a</p>", "<p><em>a</em></p>"),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ('<a href="/a">b</a>', '<a href="/b">b</a>'),
        ('<td align="left">a</td>', "<td>a</td>"),
        ("<p>a<br>b</p>", "<p>a b</p>"),
    ],
)
def test_what_a_reader_sees_is_compared(one: str, other: str) -> None:
    assert normal(one) != normal(other)
