"""Nothing active passes, and what markdown makes does."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.rendering.chunk_html import render_article
from editor.rendering.sanitise import sanitise

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<iframe src=https://a.test></iframe>",
    "<object data=https://a.test></object><embed src=https://a.test>",
    "<form action=https://a.test><input name=q autofocus onfocus=alert(1)></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    '<meta http-equiv="refresh" content="0; url=https://a.test">',
    "<base href=https://a.test>",
    '<link rel="stylesheet" href="https://a.test/a.css">',
    "<style>@import url(https://a.test/a.css)</style>",
    '<p style="background:url(https://a.test/a.png)">x</p>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](vbscript:x) [y](data:text/html,x) [z](file:///etc/passwd)",
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<a title="<img src=x onerror=alert(1)>" href="#">x</a>',
    "x {: onclick=alert(1) style=color:red }",
    "```{.x onclick=alert(1)}\n```",
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<video src="https://a.test/a.mp4" poster="https://a.test/a.png"></video>',
    '<img srcset="https://a.test/a.png 2x" src="a.png">',
    '<img src="ht\ntp://a.test/a.png">',
    '<img src=" \thttp://a.test/a.png">',
    '<a href="da\tta:text/html,<script>alert(1)</script>">x</a>',
    '<input type="image" src="https://a.test/a.png">',
]


class _Reader(HTMLParser):
    """Writes down what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "meta",
            "base",
            "link",
            "svg",
            "math",
            "video",
        }:
            self.active.append(tag)
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
            allowed = {"href": {"http", "https", "mailto"}, "src": {"data"}}.get(name, set())
            if name.startswith("on") or name in {"style", "srcset", "poster", "action", "formaction"}:
                self.active.append(name)
            elif name in {"href", "src"} and scheme and scheme[1] not in allowed:
                self.active.append(address)


def active(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.active


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_active_passes(source: str) -> None:
    assert active(render_article(source)) == []
    assert active(render_article(f"words {source} words")) == []


def test_these_checks_see_what_is_active() -> None:
    assert active('<p onclick="x"><a href="java\tscript:x">y</a><script></script>') == [
        "onclick",
        "javascript:x",
        "script",
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*HOSTILE, "<", ">", '"', "\n\n", "- ", "`", "<b>", "</p>", "&lt;"]), max_size=8).map(
        "".join
    )
)
def test_nothing_active_passes_however_it_is_put_together(source: str) -> None:
    assert active(render_article(source)) == []


def test_cleaning_twice_changes_nothing() -> None:
    html = render_article(
        "# a\n\n- [x] b\n\n| c |\n|---|\n| d |\n\n![e](https://a.test/e.png) ![f](g.png) <h>[^1]\n\n[^1]: i"
    )
    assert sanitise(html) == html


def test_an_image_by_its_old_name_is_a_placeholder_too() -> None:
    assert sanitise('<image src="https://a.test/b.png" alt="x">') == (
        '<span class="image-missing" title="https://a.test/b.png">x</span>'
    )


def test_blank_lines_at_the_beginning_of_code_stay() -> None:
    html = sanitise("<pre>\n\n\na\n</pre>")
    assert html == "<pre>\n\n\na\n</pre>"
    assert sanitise(html) == html
    assert sanitise("<pre>a</pre>") == "<pre>a</pre>"


def test_a_line_break_within_a_value_is_no_beginning_of_code() -> None:
    html = '<p title="<pre>\nx">a</p>'
    assert sanitise(sanitise(html)) == sanitise(html)
    assert "\n\n" not in sanitise(html)


def test_html_that_would_never_stay_as_it_is_is_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("editor.rendering.sanitise._MOST_READINGS", 0)
    html = sanitise("\n<b>x</b> &amp; y\u00a0z")
    assert html == "<pre>&lt;b&gt;x&lt;/b&gt; &amp;amp; y&nbsp;z</pre>"


def test_what_must_not_load_shows_its_words() -> None:
    html = render_article('![a "figure"](https://a.test/b.png)')
    assert html == '<p><span class="image-missing" title="https://a.test/b.png">a "figure"</span></p>'


@pytest.mark.parametrize(
    "address", ["//a.test/b.png", "/etc/b.png", "\\\\a\\b.png", "file:///b.png", "stet://shell/b.png", " "]
)
def test_an_image_is_relative_or_a_picture_as_data(address: str) -> None:
    assert "<img" not in sanitise(f'<img src="{address}" alt="x">')


@pytest.mark.parametrize("address", ["b.png", "a/b%20c.png", "../b.png", "data:image/png;base64,AAAA"])
def test_an_image_that_may_load_stays(address: str) -> None:
    assert sanitise(f'<img src="{address}" alt="x">') == f'<img src="{address}" alt="x">'


def test_a_class_of_the_page_itself_cannot_be_taken() -> None:
    assert sanitise('<p class="chunk pending note language-x">a</p>') == '<p class="note language-x">a</p>'


def test_an_id_of_the_page_itself_cannot_be_taken() -> None:
    assert sanitise('<p id="article">a</p><p id="mine">b</p>') == '<p>a</p><p id="mine">b</p>'


def test_plain_html_that_writers_use_passes() -> None:
    html = '<p><kbd>Ctrl</kbd> x<sup>2</sup> <mark>m</mark> <abbr title="t">a</abbr> <a href="#b">c</a></p>'
    assert sanitise(html) == html
