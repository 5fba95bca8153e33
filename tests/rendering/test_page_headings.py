"""A page's headings: one of the first level, none left out below it, and ids as they were."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from tests.constructs import ARTICLES

from editor.rendering.chunk_html import CannotRender, render_article
from editor.rendering.free_ids import FreeIds
from editor.rendering.page_headings import Headings, arrange_headings, contents_list
from editor.rendering.page_words import words_in
from editor.rendering.sanitised_tags import tags_of

ENGLISH = words_in("en")


def arranged(text: str, title: str = "", *, anchors: bool = False) -> Headings:
    html = render_article(text)
    return arrange_headings(html, title, FreeIds(html), ENGLISH, anchors=anchors)


def levels(html: str) -> str:
    return "".join(re.findall("<h([1-6])", html))


@pytest.mark.parametrize(
    ("text", "title", "own", "after"),
    [
        ("# A\n## B\n### C", "", "A", "123"),
        ("# A\n## B\n# C\n## D", "", "A", "1223"),
        ("# A\n### B\n##### C\n### D\n## E", "A", "A", "12322"),
        ("# Intro\nx\n# Methods\n## Sub", "The title", "", "223"),
        ("x\n# the  TITLE\n## Sub\n# More", "The title", "the TITLE", "122"),
        ("# Other", "The title", "Other", "1"),
        ("Words\n\n# Other", "The title", "", "2"),
        ("#### B\n## C", "The title", "", "22"),
        ("# \n\n# A", "", "A", "1"),
        ("words", "", "", ""),
    ],
)
def test_one_heading_is_the_pages_and_no_level_is_left_out(text: str, title: str, own: str, after: str) -> None:
    headings = arranged(text, title)
    assert (headings.own, levels(headings.html)) == (own, after)


@given(ARTICLES)
@settings(max_examples=60)
def test_ids_stay_what_they_were_and_no_level_is_skipped(text: str) -> None:
    try:
        html = render_article(text)
    except CannotRender:
        return
    headings = arrange_headings(html, "", FreeIds(html), ENGLISH, anchors=True)
    before = [tag.attributes["id"] for tag in tags_of(html) if "id" in tag.attributes]
    after = [tag.attributes["id"] for tag in tags_of(headings.html) if "id" in tag.attributes]
    assert [each for each in after if not each.startswith("section")] == before
    found = [int(level) for level in levels(headings.html)]
    assert found.count(1) <= 1
    assert all(level <= above + 1 for above, level in zip([1, *found], found, strict=False))


def test_a_heading_can_be_linked_to_also_where_it_has_no_letters() -> None:
    html = arranged("# A\n## Some *words*\n## !!!", anchors=True).html
    assert (
        '<h2 id="some-words">Some <em>words</em>'
        ' <a class="anchor" href="#some-words" aria-label="Link to this section">#</a></h2>'
    ) in html
    assert '<h2 id="section">!!! <a class="anchor" href="#section"' in html


def test_the_list_of_headings_is_nested_as_they_are() -> None:
    headings = arranged("# A\n## B & b[^1]\n### C\n### D\n## E\n\n[^1]: note")
    assert contents_list(headings.below, ENGLISH).replace("\n", "") == (
        '<nav class="contents" aria-label="Contents"><p class="contents-title">Contents</p>'
        '<ol><li><a href="#b--b">B &amp; b</a><ol><li><a href="#c">C</a></li><li><a href="#d">D</a></li></ol></li>'
        '<li><a href="#e">E</a></li></ol></nav>'
    )


@pytest.mark.parametrize("text", ["# A", "# A\n## B"])
def test_a_list_of_one_is_none(text: str) -> None:
    assert contents_list(arranged(text).below, ENGLISH) == ""
