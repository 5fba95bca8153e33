"""Running text is read as CommonMark and GitHub read it, whatever is in it."""

from __future__ import annotations

import pytest

from editor.rendering.chunk_html import render_article


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[a [b](/c) d](/e)", '[a <a href="/c">b</a> d](/e)'),
        ('[a `]`](/b "t\\"")', '<a href="/b" title="t&quot;">a <code>]</code></a>'),
        ("[a](</b c>)", '<a href="/b%20c">a</a>'),
        ("[a](/b_(c)_d)", '<a href="/b_(c)_d">a</a>'),
        ("*a **b** c*d_e_f", "<em>a <strong>b</strong> c</em>d_e_f"),
        ("**a*", "*<em>a</em>"),
        ("`` a`b `` \\`c", "<code>a`b</code> `c"),
        ("\\``` a ``", "`<code>a</code>"),
        ("a\\*b\\& &lt;&copy;&nope;", "a*b&amp; &lt;©&amp;nope;"),
        ("a <b>*c*</b> <!-- d --> e", "a <b><em>c</em></b>  e"),
        ("a  \nb\\\nc \n d", "a<br>\nb<br>\nc\nd"),
        ("~~a *b*~~ ~c~", "<del>a <em>b</em></del> ~c~"),
        ("\\{: .note } *a*{: .note }", '{: .note } <em class="note">a</em>'),
    ],
)
def test_marks(source: str, html: str) -> None:
    assert render_article(source) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("source", "address", "words"),
    [
        ("(see https://a.test/b_(c)).", "https://a.test/b_(c)", "https://a.test/b_(c)"),
        ("**www.a.test**, a", "http://www.a.test", "www.a.test"),
        ('"http://localhost/x?a=1&b"!', "http://localhost/x?a=1&amp;b", "http://localhost/x?a=1&amp;b"),
        ("*a.b-c_d+e@f.test*", "mailto:a.b-c_d+e@f.test", "a.b-c_d+e@f.test"),
        ("[https://a.test](/b)", "/b", "https://a.test"),
        ("[see https://a.test", "https://a.test", "https://a.test"),
        ("<https://a.test/ä>", "https://a.test/%C3%A4", "https://a.test/ä"),
    ],
)
def test_one_link(source: str, address: str, words: str) -> None:
    html = render_article(source)
    assert html.count("<a ") == 1
    assert f'<a href="{address}">{words}</a>' in html


@pytest.mark.parametrize(
    "source", ["http://", "www.", "https://a_b.c_d", "a@b", "a/b@c.test", "xhttp://a.test", "awww.b.test"]
)
def test_what_names_no_host_is_no_link(source: str) -> None:
    assert "<a" not in render_article(source)


def test_an_address_at_the_end_of_a_note_ends_there() -> None:
    assert '<a href="https://a.test">https://a.test</a>\u00a0<a' in render_article(
        "a[^1]\n\n[^1]: https://a.test"
    ).replace("&nbsp;", "\u00a0")


def test_the_words_of_an_image_are_its_description() -> None:
    assert render_article("![a *b* [c](/d) `e`](f.png)") == '<p><img alt="a b c e" src="f.png"></p>'


HOSTILE = (
    "[",
    "![",
    "[a](",
    "[a][",
    "*",
    "*a ",
    "**a*",
    "_a",
    "~~a",
    "`",
    "<",
    "<!--",
    '<a b="',
    "&",
    "\\",
    "http://a_",
    "a@",
)


@pytest.mark.parametrize("source", [mark * (12_000 // len(mark)) for mark in HOSTILE])
def test_marks_without_end_bring_nothing_down(source: str) -> None:
    assert render_article(f"a {source}")
