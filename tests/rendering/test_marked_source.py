"""Marks go through the conversion with the text and change nothing in it, wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.constructs import ARTICLES, MARKS_AT_RANDOM

from editor.core.article import Article
from editor.core.citations import citations_of
from editor.rendering.chunk_html import render_article
from editor.rendering.marked_source import render_marked

_MENTIONS = (
    "(Adams, 2001)", "Adams (2001)", "*Adams* (2001)", "_(Adams, 2001)_", "**Adams (2001)**x", "[Adams, 2001]",
    "[(Adams, 2001)](/a 'b')", "![Adams (2001)](c.png)", "`(Adams, 2001)`", "\"Adams, 2001\"", "(*Adams*, 2001[^1])",
    "<i title='Adams (2001)'>Adams (2001)</i>", "Adams & Baker (2001a)", "(Adams, 2001, 2002; Baker, 2003)",
    "https://a.test/(Adams,2001)", "Adams\n(2001)", "(Adams,  \n2001)", "| Adams (2001) |", "NMDA (2001)",
    "[Adams, 2001]: /a", "{: title='Adams (2001)' }", "# Adams (2001) #", "- Adams (2001)", "> Adams (2001)",
)  # fmt: skip


@given(ARTICLES, st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 30)), max_size=5), st.booleans())
@settings(max_examples=80)
def test_without_its_marks_the_html_is_that_of_the_text(
    text: str, places: list[tuple[int, int]], smart_quotes: bool
) -> None:
    spans: list[tuple[int, int]] = []
    for place, length in sorted(places):
        start = max(len(text) * place // 1000, spans[-1][1] if spans else 0)
        spans.append((start, min(len(text), start + length)))
    marked = render_marked(text, spans, smart_quotes=smart_quotes)
    assert marked.without_marks() == render_article(text, smart_quotes=smart_quotes)


@given(
    st.lists(st.tuples(st.sampled_from((" ", "\n\n", "word ", "[^1]: ")), st.sampled_from(_MENTIONS)), max_size=6),
    MARKS_AT_RANDOM,
    st.booleans(),
)
@settings(max_examples=80)
def test_marked_mentions_change_nothing(parts: list[tuple[str, str]], between: str, smart_quotes: bool) -> None:
    text = between.join("".join(part) for part in parts)
    found = citations_of(Article.from_text(text)).all
    spans = [(each.mention.start, each.mention.end) for each in found]
    marked = render_marked(text, spans, smart_quotes=smart_quotes)
    assert marked.without_marks() == render_article(text, smart_quotes=smart_quotes)


@pytest.mark.parametrize(
    "text", ["(Adams, 2001)", "*Adams* et al. (2001)", "see [x](y) and Adams (2001).", "# Adams (2001)"]
)
def test_a_mark_stands_where_its_span_does(text: str) -> None:
    (citation,) = citations_of(Article.from_text(text)).all
    span = (citation.mention.start, citation.mention.end)
    marked = render_marked(text, [span])
    (mark,) = marked.marks
    words = text[slice(*span)].replace("*", "</em>", 1) if "*" in text else text[slice(*span)]
    assert f"{mark.opening}{words}{mark.closing}" in marked.html


def test_characters_of_the_text_are_no_marks() -> None:
    text = "\U000f0000 \U000f0001 Adams (2001) \U000f0003"
    marked = render_marked(text, [(4, 16)])
    assert (
        marked.html
        == f"<p>\U000f0000 \U000f0001 {marked.marks[0].opening}Adams (2001){marked.marks[0].closing} \U000f0003</p>"
    )
    assert marked.without_marks() == render_article(text)


def test_of_spans_that_overlap_the_first_is_marked() -> None:
    marked = render_marked("see Adams (2001) here", [(4, 16), (10, 16), (17, 21)])
    assert marked.without_marks() == "<p>see Adams (2001) here</p>"
    assert [mark.opening in marked.html for mark in marked.marks] == [True, False, True]
