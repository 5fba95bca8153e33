"""Headings have the ids that a writer expects from GitHub, and notes as many ways back as they have references."""

from __future__ import annotations

import re

import pytest

from editor.rendering.chunk_html import render_article
from editor.rendering.numbering import numbered, slug, with_slugs


def ids(html: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', html)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("What is it?", "what-is-it"),
        ("A  B - c", "a--b---c"),
        ("snake_case, 2.5 mg/kg", "snake_case-25-mgkg"),
        ("Ünïcode ÉTÉ", "ünïcode-été"),
        ("中文 и русский", "中文-и-русский"),
        ("हिन्दी", "हिन्दी"),
        ("😀 smile", "-smile"),
        ("“Quoted” – dashed", "quoted--dashed"),
        ("!?", ""),
    ],
)
def test_a_slug_is_made_as_on_github(words: str, expected: str) -> None:
    assert slug(words) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A `code` & *more*", "a-code--more"),
        ("Under\n=====", "under"),
        ("# [Words](https://a.test) <b>bold</b>", "words-bold"),
        ("# ![logo](https://a.test/l.png) Name", "name"),
        ("# Noted[^1]\n\n[^1]: note", "noted"),
        ("# Own {#mine}", "mine"),
        ("<h2>In HTML</h2>", "in-html"),
        ("> # In a quote", "in-a-quote"),
    ],
)
def test_a_heading_is_named_by_its_words(source: str, expected: str) -> None:
    assert ids(render_article(source))[0] == expected


def test_a_heading_without_letters_has_no_id() -> None:
    assert ids(render_article("# ?!\n\n# ...")) == []


def test_headings_alike_are_told_apart_in_their_order() -> None:
    assert ids(render_article("# a\n\n# a-1\n\n# a\n\n# A!\n\n# b\n\n# b")) == ["a", "a-1", "a-2", "a-3", "b", "b-1"]


def test_an_id_that_the_article_gives_is_never_given_to_another_heading() -> None:
    assert ids(render_article("# a\n\n# b {#a}\n\n# a-1\n\n<p id='b'>c</p>\n\n# b")) == [
        "a-1",
        "a",
        "a-1-1",
        "b",
        "b-1",
    ]


def test_the_pages_own_ids_are_not_given_to_headings() -> None:
    assert ids(render_article("# Article\n\n# Dark")) == ["article-1", "dark-1"]


def test_each_reference_has_an_id_and_the_note_a_way_back_to_it() -> None:
    html = render_article("a[^n] b[^m]\n\n- c[^n]\n\n> d[^n]\n\n[^n]: note[^m]\n[^m]: other")
    assert [each for each in ids(html) if "ref" in each] == ["fnref:n", "fnref:m", "fnref2:n", "fnref3:n", "fnref2:m"]
    ways_back = re.findall(r'footnote-backref" href="#([^"]*)" title="([^"]*)"', html)
    assert [to for to, _ in ways_back] == ["fnref:n", "fnref2:n", "fnref3:n", "fnref:m", "fnref2:m"]
    assert {title[-13:] for _, title in ways_back} == {"1 in the text", "2 in the text"}


def test_what_html_makes_of_ids_stays_inert() -> None:
    html = numbered(with_slugs('<h1 id="~&quot;&gt;&lt;b&gt;">a</h1><h2>b "c" &lt;d&gt;</h2>'))
    assert html == '<h1 id="&quot;&gt;&lt;b&gt;">a</h1><h2 id="b-c-d">b "c" &lt;d&gt;</h2>'
