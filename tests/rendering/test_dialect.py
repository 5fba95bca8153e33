"""What writers know from GitHub works, beside what Python-Markdown brings."""

from __future__ import annotations

import re

import pytest

from editor.rendering.chunk_html import render_article
from editor.rendering.dialect import Dialect


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a ~~b~~", "<p>a <del>b</del></p>"),
        ("H~2~O", "<p>H~2~O</p>"),
        ("snake_case_name *em*phasis", "<p>snake_case_name <em>em</em>phasis</p>"),
        ("#no heading", "<p>#no heading</p>"),
        ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
        ("Note: a first paragraph", "<p>Note: a first paragraph</p>"),
        ("Title\n---", '<h2 id="title">Title</h2>'),
        ('"quotes" -- stay...', '<p>"quotes" -- stay...</p>'),
    ],
)
def test_words_read_as_writers_mean_them(source: str, html: str) -> None:
    assert render_article(source) == html


@pytest.mark.parametrize("address", ["https://a.test/b_c_d", "http://a.test/?q=1"])
def test_a_bare_address_is_a_link(address: str) -> None:
    assert f'<a href="{address}">{address}</a>.' in render_article(f"See {address}.")


def test_a_bare_www_address_and_a_mail_address_are_links() -> None:
    html = render_article("See www.a.test or write to a@b.test.")
    assert '<a href="http://www.a.test">www.a.test</a>' in html
    assert '<a href="mailto:a@b.test">a@b.test</a>' in html


def test_a_task_list_shows_boxes_that_cannot_be_ticked() -> None:
    html = render_article("- [ ] open\n- [x] done")
    assert html.count('type="checkbox"') == 2
    assert html.count("disabled") == 2
    assert html.count("checked") == 1


def test_a_loose_item_and_a_numbered_one_may_be_tasks_and_words_are_none() -> None:
    html = render_article("1. [X] *a*\n\n   b\n2. [ ] c {: .note }\n\n- [x]\n- [ ](d) e")
    assert html.count("task-list-item") == 2
    assert re.search("<p><input [^>]*> <em>a</em></p>", html)
    assert "<li>[x]</li>" in html
    assert '<a href="d"> </a> e' in html


def test_an_admonition_has_its_title() -> None:
    html = render_article('!!! warning "Mind"\n    The gap.')
    assert '<div class="admonition warning">' in html
    assert '<p class="admonition-title">Mind</p>' in html


def test_definition_lists_and_abbreviations_work() -> None:
    html = render_article("Term\n:   What ABC is.\n\n*[ABC]: alphabet")
    assert "<dt>Term</dt>" in html
    assert '<abbr title="alphabet">ABC</abbr>' in html


def test_footnotes_are_numbered_in_the_order_of_their_definitions() -> None:
    html = render_article("b[^b] a[^a]\n\n[^a]: first\n[^b]: second")
    assert 'b<sup id="fnref:b"><a class="footnote-ref" href="#fn:b">2</a></sup>' in html
    assert html.index('id="fn:a"') < html.index('id="fn:b"')


def test_no_text_can_move_the_footnotes() -> None:
    html = render_article("///Footnotes Go Here///\n\na[^1]\n\nend\n\n[^1]: note")
    assert html.index("<p>end</p>") < html.index('class="footnote"')


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("\"a\" and 'b'", "<p>“a” and ‘b’</p>"),
        ("don't, the writers' and the '90s", "<p>don’t, the writers’ and the ’90s</p>"),
        ('"*a*" (**"b"**)', "<p>“<em>a</em>” (<strong>“b”</strong>)</p>"),
        ("\"'a' b\"", "<p>“‘a’ b”</p>"),
        ("a -- b --- c... ---- ..", "<p>a – b — c… ---- ..</p>"),
        ('`"a" --` "b"', '<p><code>"a" --</code> “b”</p>'),
        ('\\"a\\"', '<p>"a"</p>'),
        ('[a "b"](/c "d \'e\'")', '<p><a href="/c" title="d \'e\'">a “b”</a></p>'),
        ('<b title="x">"a"</b>', '<p><b title="x">“a”</b></p>'),
        ('one\n"two"', "<p>one\n“two”</p>"),
    ],
)
def test_smart_quotes_are_a_choice(source: str, html: str) -> None:
    assert "\n".join(Dialect(smart_quotes=True).whole(source)) == html
    assert "“" not in "\n".join(Dialect().whole(source))
