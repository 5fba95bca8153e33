"""Blocks begin and end where CommonMark and GitHub have them begin and end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.rendering.chunk_html import render_article


def shape(source: str) -> str:
    """The HTML without white space between its tags."""
    return re.sub(r"\s*(</?[a-z][^>]*>)\s*", r"\1", render_article(source))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("text\n- a\n- b", "<p>text</p><ul><li>a</li><li>b</li></ul>"),
        ("text\n1. a", "<p>text</p><ol><li>a</li></ol>"),
        ("text\n7. a", "<p>text\n7. a</p>"),
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("- a\n    - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("3) a\n4) b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\nlazy\n- b", "<ul><li>a\nlazy</li><li>b</li></ul>"),
        ("- a\n\n  b\n\nc", "<ul><li><p>a</p><p>b</p></li></ul><p>c</p>"),
        ("- a\n\n      code\n- b", "<ul><li><p>a</p><pre><code>code</code></pre></li><li><p>b</p></li></ul>"),
        ("-\n- a", "<ul><li></li><li>a</li></ul>"),
        ("- a\n---\n- b", "<ul><li>a</li></ul><hr><ul><li>b</li></ul>"),
        ("- a\n> b", "<ul><li>a</li></ul><blockquote><p>b</p></blockquote>"),
        ("> - a\n>   - b", "<blockquote><ul><li>a<ul><li>b</li></ul></li></ul></blockquote>"),
        ("> a\nb", "<blockquote><p>a\nb</p></blockquote>"),
        ("* * *\n- - -", "<hr><hr>"),
        ("- a\n\n[x]: y\n\n- b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        (
            "- a\n+ b\n1. c\n2) d",
            '<ul><li>a</li></ul><ul><li>b</li></ul><ol><li>c</li></ol><ol start="2"><li>d</li></ol>',
        ),
        ("- a\n  - b\n\n    c\n- d", "<ul><li>a<ul><li><p>b</p><p>c</p></li></ul></li><li>d</li></ul>"),
        ("- a\n- b\n\n- c", "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul>"),
        ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
        ("> - a\nlazy", "<blockquote><ul><li>a\nlazy</li></ul></blockquote>"),
        ("-\ta\n\n\tb", "<ul><li><p>a</p><p>b</p></li></ul>"),
    ],
)
def test_lists_and_quotes(source: str, html: str) -> None:
    assert shape(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "text\n```none\nx < 1\n```\nmore",
            '<p>text</p><pre><code class="language-none">x &lt; 1</code></pre><p>more</p>',
        ),
        ("~~~\n```\n~~~", "<pre><code>```</code></pre>"),
        ("````\n```\n````", "<pre><code>```</code></pre>"),
        ("```\n- a\n\n# b", "<pre><code>- a\n\n# b</code></pre>"),
        ("- a\n  ```\n  - x\n  ```\n- b", "<ul><li>a<pre><code>- x</code></pre></li><li>b</li></ul>"),
        ("> ```\n> x\n> ```", "<blockquote><pre><code>x</code></pre></blockquote>"),
        ("    a\n    - b\n\nc", "<pre><code>a\n- b</code></pre><p>c</p>"),
        ("    a\tb\n\n\tc", "<pre><code>a\tb\n\nc</code></pre>"),
        ("```c++ extra\na\n```", '<pre><code class="language-c++">a</code></pre>'),
        ("~~~{.python}\na\n~~~", '<pre><code class="language-python">a</code></pre>'),
        ("1. a\n   ```\n     b\n   ```", "<ol><li>a<pre><code>b</code></pre></li></ol>"),
    ],
)
def test_code_is_left_as_it_stands(source: str, html: str) -> None:
    assert shape(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<div>\n- a\n</div>\n\n- b", "<div>- a</div><ul><li>b</li></ul>"),
        (
            "<details>\n<summary>s</summary>\n\n*b*\n\n</details>",
            "<details><summary>s</summary><p><em>b</em></p></details>",
        ),
        ("<!-- a\n\n- b -->\n\nc", "<p>c</p>"),
        ("text\n<div>a</div>", "<p>text</p><div>a</div>"),
        ("<del>\n*a*\n</del>\n\n*b*", "<del>*a*</del><p><em>b</em></p>"),
        ("<pre>\n\n*a*\n</pre>\n*b*", "<pre>*a*</pre><p><em>b</em></p>"),
    ],
)
def test_html_ends_where_github_ends_it(source: str, html: str) -> None:
    assert shape(source) == html


def test_what_hangs_under_a_note_is_part_of_it() -> None:
    html = shape("a[^1]\n\n[^1]: note\n    - x\n      - y\n\nb")
    assert "<li>x<ul><li>y</li></ul></li>" in html
    assert "<p>b</p>" in html


def test_a_meaning_has_a_term() -> None:
    assert shape("a\nb\n: c\n: d") == "<dl><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd></dl>"
    assert shape("a\n\n:   b\n\n    - c") == "<dl><dt>a</dt><dd><p>b</p><ul><li>c</li></ul></dd></dl>"
    assert shape("***\n: a") == "<hr><p>: a</p>"
    assert shape("[a]: b\n\n: c") == "<p>: c</p>"


def test_an_admonition_that_the_library_would_not_read_is_text() -> None:
    assert shape("!!! a `b\n\n    - c") == "<p>!!! a `b</p><pre><code>- c</code></pre>"


def test_definitions_of_each_kind_may_stand_right_under_each_other() -> None:
    html = shape("[a] NMDA[^1]\n\n[^1]: note\n[a]: /b\n*[NMDA]: receptor\n[^2]: other")
    assert html.startswith('<p><a href="/b">a</a><abbr title="receptor">NMDA</abbr><sup')
    assert html.count("<li") == 2


def test_a_definition_takes_as_many_lines_as_it_needs_and_none_from_a_paragraph() -> None:
    assert shape('[x y]\n\n[X\ny]:\n/a\n"t"\nb') == '<p><a href="/a" title="t">x y</a></p><p>b</p>'
    assert shape("a\n[x]: /b\n\n[x]") == "<p>a\n[x]: /b</p><p>[x]</p>"


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "[^1]: ", "a\n: ", "- > "])
def test_depth_brings_nothing_down(mark: str) -> None:
    assert render_article(mark * 2000 + "end")


_PIECES = st.sampled_from(
    "a|b |\n|\n\n|    |\t|\r|*|__|~~|`|```\n|[|]|![|](|)|<b>|<div>\n|<!--|-->|&amp;|\\|> |- |1. |# |---\n|[^1]|[^1]: "
    "|[x]: /u\n|[x]|*[A]: t\n|A|: m\n|!!! note\n|{: .c }|http://a.b|a@b.c|\x02|\x03|[ ] |\u00a0|\x02block:0\x03".split(
        "|"
    )
)


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_no_mark_of_the_converters_own_reaches_the_page(source: str) -> None:
    html = render_article(source)
    assert not re.search("[\x02\x03]|wzxhzdk", html)
    assert html.count("block:") <= source.count("block:")


_LINES = st.sampled_from(
    ["", "word", "- a", "  - b", "1. c", "> d", "> - e", "```", "    f", "# g", "---", "<div>", "</div>", "  h"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LINES, max_size=12))
def test_no_word_is_lost_whatever_blocks_follow_each_other(lines: list[str]) -> None:
    text = re.sub(r"<[^>]*>", "", render_article("\n".join(lines)))
    assert text.count("word") == lines.count("word")
