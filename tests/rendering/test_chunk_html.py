"""A chunk is rendered as it is in the whole, and nothing that a text holds brings the renderer down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from editor.core.article import Article
from editor.core.chunks import ChunkKind
from editor.rendering.chunk_html import CannotRender, render_article, render_chunk, render_notes, unrendered

DEFINITIONS = '[site]: https://a.test "Title"\n\n*[NMDA]: a receptor\n\n[^z]: Last\n\n[^a]: First with [site]'
TOO_DEEP = "".join(f"{' ' * 4 * depth}!!! a\n" for depth in range(400))


def joined(article: Article) -> str:
    """The article rendered chunk by chunk, without white space and without the count of repeated references."""
    kinds = (ChunkKind.FRONT_MATTER, ChunkKind.BLANK)
    chunks = [render_chunk(chunk.text, article.definitions) for chunk in article.chunks if chunk.kind not in kinds]
    return normal("".join((*chunks, render_notes(article.definitions))))


def normal(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"fnref\d+:", "fnref:", html))


def test_definitions_elsewhere_resolve() -> None:
    html = render_chunk("A [site], [text][site], NMDA and a note[^a].", DEFINITIONS)
    assert html.count('<a href="https://a.test" title="Title">') == 2
    assert '<abbr title="a receptor">NMDA</abbr>' in html
    assert '<a class="footnote-ref" href="#fn:a">2</a>' in html


def test_the_last_definition_counts_even_in_the_chunk_of_the_first() -> None:
    assert 'href="https://b.test"' in render_chunk(
        "[x]\n\n[x]: https://a.test", "[x]: https://a.test\n\n[x]: https://b.test"
    )


def test_what_is_defined_nowhere_stays_as_written() -> None:
    assert render_chunk("[site] NMDA [^a]", "") == "<p>[site] NMDA [^a]</p>"


def test_a_chunk_has_no_notes_and_the_notes_nothing_else() -> None:
    assert "footnote-backref" not in render_chunk(f"a[^a]\n\n{DEFINITIONS}", DEFINITIONS)
    notes = render_notes(f"Words beside them.\n\n{DEFINITIONS}")
    assert "Words" not in notes
    assert notes.count("footnote-backref") == 2


def test_without_footnotes_there_are_no_notes() -> None:
    assert render_notes("") == ""
    assert render_notes("[site]: https://a.test") == ""


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\nWords [b].\n\n- c\n\n  d\n\n1. e\n\n[b]: https://a.test\n",
        "a\n- b\n\n> c\n\nd\n\n    e\n\n    f\n\n***\n\n> g\n",
        "- a\n\n[x]: y\n\n- b\n\n> c\n\n[^1]: d\n\n> e[^1]\n",
        "| a |\n|---|\n| b |\n\nc\n| d |\n|---|\n\n```\ne\n\nf\n```\n",
        "<div>\n\n*a*\n\n</div>\n\nb\r\n\r\n<!-- c\r\n\r\nd -->\r\n\r\ne",
        "Term\n\n:   Def\n\n    more\n\n!!! note\n    a\n\n    b\n\nc",
    ],
)
def test_chunks_joined_are_the_whole(text: str) -> None:
    assert joined(Article.from_text(text)) == normal(render_article(text))


def test_chunks_joined_are_the_whole_in_real_articles(corpus: list[Path], real_article: Path) -> None:
    for path in (real_article, *corpus[::12]):
        article = Article.from_text(path.read_bytes().decode("utf-8-sig"))
        body = article.text[article.front_matter.body_start :]
        whole = normal(render_article(body))
        # A note that is referred to twice has a second way back only where both are in one text.
        if "fnref:" not in whole or whole.count('footnote-ref"') == whole.count('footnote-backref"'):
            assert joined(article) == whole, path.name


def test_a_text_that_cannot_be_rendered_says_so_and_the_next_one_is_fine() -> None:
    with pytest.raises(CannotRender, match="nested too deeply"):
        render_chunk(TOO_DEEP, "")
    assert render_chunk("*fine*", "") == "<p><em>fine</em></p>"


def test_a_text_that_cannot_be_rendered_is_shown_as_written() -> None:
    assert unrendered("<b> & c") == '<pre class="unrendered">&lt;b&gt; &amp; c</pre>'
