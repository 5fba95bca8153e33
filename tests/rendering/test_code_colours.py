"""Code is coloured where its language is named and can be read, and stands as it was written wherever not."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.token import Token

from editor import resources
from editor.rendering import code_colours
from editor.rendering.chunk_html import render_article, render_chunk
from editor.rendering.code_colours import COLOUR_CLASSES, coloured
from editor.rendering.sanitise import sanitise

_TAG = re.compile(r'<span class="([a-z]+)">|</span>')


def plain(html: str) -> str:
    """The code that the HTML shows; nothing but the spans of colours may be in it."""
    assert {name for name in _TAG.findall(html) if name} <= COLOUR_CLASSES
    text = _TAG.sub("", html)
    assert "<" not in text
    return unescape(text)


def test_code_of_a_language_is_coloured() -> None:
    html = render_chunk('```python\n# why\ndef f(a):\n    return "<b>" + 1\n```\n', "")
    assert html == (
        '<pre><code class="language-python"><span class="c"># why</span>\n'
        '<span class="k">def</span> <span class="nf">f</span>(a):\n'
        '    <span class="k">return</span> <span class="s">"&lt;b&gt;"</span> + <span class="m">1</span>\n'
        "</code></pre>"
    )


@pytest.mark.parametrize(
    "name", ["python", "Python", "PY", "c++", "c#", "js", "r", "yaml", "html", "bash", "diff", "tex"]
)
def test_languages_go_by_all_their_names(name: str) -> None:
    source = "# def class <p a='x'> \"s\" 1\n- x: true\n+ y % z\n"
    assert "<span" in coloured(source, name)
    assert plain(coloured(source, name)) == source


@pytest.mark.parametrize("name", ["", "nonsense", "text", "none", "py thon", "__import__", "../lexer", "x" * 9999])
def test_a_language_is_never_guessed(name: str) -> None:
    source = "#!/usr/bin/python\nimport os\n"
    assert coloured(source, name) == source
    assert "<span" not in render_article("```\n" + source + "```\n")
    assert "<span" not in render_article("    import os\n")


@given(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.sampled_from("python html c++ js yaml tex bash json r".split()),
)
def test_whatever_it_holds_it_shows_as_it_was_written(source: str, name: str) -> None:
    assert plain(coloured(source + "\n", name)) == source + "\n"


def test_a_very_long_block_is_not_read() -> None:
    line = "x = 1\n"
    assert "<span" in coloured(line * 2000, "python")
    assert coloured(line * 2001, "python") == line * 2001
    wide = "x = '" + "a" * 65_536 + "'\n"
    assert coloured(wide, "python") == wide
    assert coloured("<" * 200_000, "html") == "&lt;" * 200_000


def reader(monkeypatch: pytest.MonkeyPatch, read: object) -> None:
    lexer = type("Reader", (), {"get_tokens_unprocessed": staticmethod(read)})()
    monkeypatch.setattr(code_colours, "_lexer", lambda _name: lexer)


def test_a_reader_that_stumbles_leaves_the_code_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(code: str) -> Iterator[tuple[int, object, str]]:
        yield 0, Token.Keyword, code[:2]
        raise RuntimeError

    reader(monkeypatch, stumble)
    assert coloured("a < b\n", "python") == "a &lt; b\n"


@pytest.mark.parametrize("said", ["a <", "a < b\n and more", "A < B\n", ""])
def test_a_reader_that_loses_or_adds_something_is_not_believed(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    reader(monkeypatch, lambda _code: [(0, Token.Keyword, said)])
    assert coloured("a < b\n", "python") == "a &lt; b\n"


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No garbage is collected: Hypothesis watches that in Python, and what is raised there is lost."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_a_reader_that_comes_to_no_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_colours, "_LONGEST_READING", 0.05)
    reader(monkeypatch, lambda _code: [(0, Token.Keyword, re.match("(a|a)+$", "a" * 200 + "b"))])
    assert coloured("a < b\n", "python") == "a &lt; b\n"

    def endless(code: str) -> Iterator[tuple[int, object, str]]:
        while True:
            yield 0, Token.Text, ""

    reader(monkeypatch, endless)
    assert coloured("a < b\n", "python") == "a &lt; b\n"
    monkeypatch.undo()
    assert "<span" in coloured("def f(): pass\n", "python")


def test_in_another_thread_it_is_the_same() -> None:
    seen: list[str] = []
    thread = Thread(target=lambda: seen.append(coloured("x = 1\n", "python")))
    thread.start()
    thread.join()
    assert seen == [coloured("x = 1\n", "python")]


def test_nothing_is_loaded_for_an_article_that_names_no_language() -> None:
    program = (
        "import sys, editor.rendering.worker, editor.rendering.chunk_html as c;"
        "c.render_article('# a\\n\\n```\\nb\\n```\\n\\n    c\\n'); print('pygments' in sys.modules);"
        "c.render_article('```json\\n1\\n```\\n');"
        "print(sorted(m for m in sys.modules if m.startswith('pygments.lexers.') and '_' not in m))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["False", "['pygments.lexers.data']"]


def test_the_sanitiser_keeps_the_colours_and_on_spans_alone() -> None:
    for name in COLOUR_CLASSES:
        html = f'<pre><code class="language-x"><span class="{name}">a</span></code></pre>'
        assert sanitise(html) == html
        assert sanitise(f'<p class="{name}">a</p>') == "<p>a</p>"
    assert sanitise('<pre><code><span class="k chunk o">a</span></code></pre>') == (
        '<pre><code><span class="k">a</span></code></pre>'
    )


def colours_of(style: str) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", resources.read_text(f"preview/{style}")))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("style", ["article.css", "dark.css"])
def test_each_colour_can_be_read_on_the_ground_of_code(style: str) -> None:
    colours = colours_of(style)
    named = {name: colour for name, colour in colours.items() if name.startswith("--code-") and name != "--code-paper"}
    assert len(named) == 6
    for name, colour in named.items():
        assert contrast(colour, colours["--code-paper"]) >= 4.5, name
        assert contrast(colour, "#f3f3f3" if style == "article.css" else colours["--code-paper"]) >= 4.5, name


def test_each_class_has_its_look_inside_code_alone() -> None:
    style = resources.read_text("preview/article.css")
    rules = [rule.strip() for rule in re.findall(r"([^{}]*)\{", style)]
    for name in COLOUR_CLASSES:
        (rule,) = (rule for rule in rules if re.search(rf"\.{name}\b(?!-)", rule))
        assert rule.rpartition("\n")[2].startswith("pre code ")
