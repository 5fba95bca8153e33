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
    ],
)
def test_lists_and_quotes(source: str, html: str) -> None:
    assert shape(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("text\n```py\nx < 1\n```\nmore", '<p>text</p><pre><code class="language-py">x &lt; 1</code></pre><p>more</p>'),
        ("~~~\n```\n~~~", "<pre><code>```</code></pre>"),
        ("````\n```\n````", "<pre><code>```</code></pre>"),
        ("```\n- a\n\n# b", "<pre><code>- a\n\n# b</code></pre>"),
        ("- a\n  ```\n  - x\n  ```\n- b", "<ul><li>a<pre><code>- x</code></pre></li><li>b</li></ul>"),
        ("> ```\n> x\n> ```", "<blockquote><pre><code>x</code></pre></blockquote>"),
        ("    a\n    - b\n\nc", "<pre><code>a\n- b</code></pre><p>c</p>"),
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
    ],
)
def test_html_ends_where_github_ends_it(source: str, html: str) -> None:
    assert shape(source) == html


def test_what_hangs_under_a_note_is_part_of_it() -> None:
    html = shape("a[^1]\n\n[^1]: note\n    - x\n      - y\n\nb")
    assert "<li>x<ul><li>y</li></ul></li>" in html
    assert "<p>b</p>" in html


_LINES = st.sampled_from(
    ["", "word", "- a", "  - b", "1. c", "> d", "> - e", "```", "    f", "# g", "---", "<div>", "</div>", "  h"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LINES, max_size=12))
def test_no_word_is_lost_whatever_blocks_follow_each_other(lines: list[str]) -> None:
    text = re.sub(r"<[^>]*>", "", render_article("\n".join(lines)))
    assert text.count("word") == lines.count("word")
