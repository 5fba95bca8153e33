"""What screen readers and validators ask of HTML that writers put into their articles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.constructs import ARTICLES

from editor.rendering.chunk_html import CannotRender, render_article
from editor.rendering.page_markup import mark_addresses, mend_markup
from editor.rendering.page_words import words_in
from editor.rendering.sanitise import sanitise
from editor.rendering.sanitised_tags import words_of

BOXED = (
    '<div class="table" role="group" aria-label="Table" tabindex="0"><table>'
    '<thead><tr><th scope="col">a</th></tr></thead>'
    '<tbody><tr><th scope="row">b</th><td>c</td><th scope="col">d</th></tr></tbody></table></div>'
)


@pytest.mark.parametrize(
    ("html", "mended"),
    [
        ("<pre>x</pre>", '<pre tabindex="0">x</pre>'),
        ("<input type=checkbox checked>", '<input aria-label="Done" checked="" disabled="" type="checkbox">'),
        ("<p>a <a href='/b'></a>c</p>", "<p>a c</p>"),
        ("<p>a <a href='/b' id='x'></a></p>", '<p>a <a href="/b" id="x"></a></p>'),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", '<ul><li>a</li><li class="sublist"><ul><li>b</li></ul></li></ul>'),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        (
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><th>b</th><td>c</td><th>d</th></tr></tbody></table>",
            BOXED,
        ),
    ],
)
def test_it_is_mended(html: str, mended: str) -> None:
    assert mend_markup(sanitise(html), words_in("en")) == mended


def test_a_table_of_markdown_is_boxed_once_and_named_in_the_pages_language() -> None:
    html = mend_markup(render_article("| a |\n|---|\n| b |\n"), words_in("de"))
    assert html.startswith('<div class="table" role="group" aria-label="Tabelle" tabindex="0">\n<table>')
    assert html.count("<div") == html.count("</div>") == 1


@given(ARTICLES)
@settings(max_examples=60)
def test_it_stays_whole_and_its_words_stay(text: str) -> None:
    try:
        html = render_article(text)
    except CannotRender:
        return
    mended = mend_markup(html, words_in("en"))
    assert words_of(mended) == words_of(html)
    assert mended.count("<div") == mended.count("</div>")
    assert mended.count("<li") == mended.count("</li>")


@pytest.mark.parametrize(
    ("address", "words", "is_it"),
    [
        ("https://a.test/x?y=1&amp;z", "https://a.test/x?y=1&amp;z", True),
        ("http://www.a.test/", "a.test", True),
        ("https://doi.org/10.1/x", "10.1/x", True),
        ("https://dx.doi.org/10.1/x", "doi:10.1/x", True),
        ("https://a.test/x", "x", False),
        ("https://a.test/x", "<em>https://a.test/x</em>", False),
        ("mailto:a@a.test", "a@a.test", False),
    ],
)
def test_a_link_whose_words_are_its_address_is_known_for_it(address: str, words: str, is_it: bool) -> None:
    link = f'<a href="{address}" title="t">{words}</a>'
    assert mark_addresses(f"<p>See {link}.</p>") == (
        f'<p>See <span class="address">{link}</span>.</p>' if is_it else f"<p>See {link}.</p>"
    )
