"""A long table rendered in pieces is the same as rendered at once."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core import chunks
from editor.core.article import Article
from editor.rendering.chunk_html import render_chunk
from editor.rendering.chunk_pieces import pieces_of

HEAD = "| a | b |\n|---|:-:|\n"
REFERENCES = "[r]: /r\n\n[^n]: Note.\n\n*[abbr]: long\n"
CELLS = st.sampled_from(
    [
        *("word", "*e", "e*", "**s**", "`c", "c`", "`a|b`", "\\|", "[r]", "[r", "][r]", "![p](p)", "[^n]", "abbr", ""),
        *('"q', 'q"', "'s", "--", "...", "{: .tip}", "https://x.y", "<https://x.y>", "<3", "a < b"),
        *("<b>", "</b>", "<br>", "<br/>", "</sub>", "<code>", "<B>", "<i>x</i>", "</strong>"),
        *("</td>", "<tr>", "</table>", "<table>", "<!--", "-->", "<style>", "<a href='x'>", "</a>", "<p>", "<x-y>"),
    ]
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=3).map(lambda cells: "| " + " | ".join(cells) + " |\n"))


def in_pieces(text: str) -> tuple[str, ...]:
    with patch.object(chunks, "_LINES_A_MARK", 3), patch.object(chunks, "_LEAST_A_MARK", 0):
        (chunk,) = Article.from_text(text).chunks
        return pieces_of(chunk)


def put_together(pieces: list[str]) -> str:
    first, *others = pieces
    beginning, end = "<tbody>\n", "</tbody>"
    body, rest = first.rsplit(end, 1)
    return body + "".join(each.split(beginning, 1)[1].rsplit(end, 1)[0] for each in others) + end + rest


@given(ROWS, st.booleans())
@settings(max_examples=250)
def test_pieces_put_together_are_the_whole(rows: list[str], smart_quotes: bool) -> None:
    text = HEAD + "| 1 | 2 |\n" + "".join(rows)
    pieces = [render_chunk(each, REFERENCES, smart_quotes=smart_quotes) for each in in_pieces(text)]
    assert put_together(pieces) == render_chunk(text, REFERENCES, smart_quotes=smart_quotes)


@pytest.mark.parametrize("rest", ["", "\n\n", "| 1 | <b>x</b><br> |\n", "| 1 | <https://x.y> |\n"])
def test_a_long_table_is_in_pieces(rest: str) -> None:
    first, *others = in_pieces(HEAD + "| 1 | 2 |\n" * 20 + rest)
    assert len(others) >= 5
    assert all(each.startswith(HEAD) for each in (first, *others))


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "| 1 | 2 |\n" * 20 + "| </table> | 2 |\n",
        HEAD + "| 1 | 2 |\n" * 20 + "# h\n",
        "words\n" + HEAD + "| 1 | 2 |\n" * 20,
        "words\n" * 20,
    ],
    ids=["reaching", "with more", "under words", "no table"],
)
def test_whatever_else_is_long_is_in_one_piece(text: str) -> None:
    assert in_pieces(text) == (text,)
