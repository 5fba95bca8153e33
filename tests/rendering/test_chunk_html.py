"""A chunk is rendered as it is in the whole, and nothing that a text holds brings the renderer down."""

from __future__ import annotations

import re

import pytest

from editor.rendering.chunk_html import CannotRender, render_article, render_chunk, render_notes, unrendered

DEFINITIONS = '[site]: https://a.test "Title"\n\n*[NMDA]: a receptor\n\n[^z]: Last\n\n[^a]: First with [site]'
HALF_A_CHARACTER = "a \ud800"


def test_definitions_elsewhere_resolve() -> None:
    html = render_chunk("A [site], [text][site], NMDA and a note[^a].", DEFINITIONS)
    assert html.count('<a href="https://a.test" title="Title">') == 2
    assert '<abbr title="a receptor">NMDA</abbr>' in html
    assert '<a class="footnote-ref" href="#fn:a">2</a>' in html


def test_the_first_definition_counts_even_in_the_chunk_of_the_last() -> None:
    assert 'href="https://a.test"' in render_chunk(
        "[x]\n\n[x]: https://b.test", "[x]: https://a.test\n\n[x]: https://b.test"
    )


def test_what_is_defined_nowhere_stays_as_written() -> None:
    assert render_chunk("[site] NMDA [^a]", "") == "<p>[site] NMDA [^a]</p>"


def test_a_chunk_has_no_notes_and_the_notes_nothing_else() -> None:
    assert "footnote-backref" not in render_chunk(f"a[^a]\n\n{DEFINITIONS}", DEFINITIONS)
    notes = render_notes(f"Words beside them.\n\n{DEFINITIONS}")
    assert "Words" not in notes
    assert notes.count("footnote-backref") == 2


def test_a_note_may_hold_blocks_and_definitions() -> None:
    definitions = "[^1]: - a\n\n    [b]: /c"
    assert render_chunk("[b] [^1]", definitions).startswith('<p><a href="/c">b</a> <sup')
    assert "<li>a</li>" in render_notes(definitions)


def test_without_footnotes_there_are_no_notes() -> None:
    assert render_notes("") == ""
    assert render_notes("[site]: https://a.test") == ""


def test_what_is_numbered_over_the_whole_is_left_to_who_has_it() -> None:
    html = render_chunk("# A *b*\n\nc[^a] d[^a]", DEFINITIONS)
    assert '<h1 id="~a-b">' in html
    assert html.count('<sup id="fnref:a">') == 2
    assert render_notes(DEFINITIONS).count("footnote-backref") == 2


def test_a_note_may_hold_definitions_for_the_whole_article() -> None:
    html = render_article("a[^1] b[^2] [c]\n\n[^1]: one\n\n    [^2]: two\n\n    [c]: /d\n")
    assert html.count("footnote-ref") == 2
    assert '<a href="/d">c</a>' in html


def test_html_left_open_ends_with_its_block() -> None:
    assert render_article("a <b>b\n\nc</b> d") == "<p>a <b>b</b></p>\n<p>c d</p>"
    assert render_article("---\n\n<div>\n\nb") == "<hr>\n<div></div>\n<p>b</p>"


def test_html_that_a_later_block_closes_holds_what_is_between() -> None:
    html = render_article("<details>\n<summary>a</summary>\n\n*b*\n\n</details>\n\nc")
    assert re.sub(r"\s", "", html) == "<details><summary>a</summary><p><em>b</em></p></details><p>c</p>"


def test_a_text_that_cannot_be_rendered_says_so_and_the_next_one_is_fine() -> None:
    with pytest.raises(CannotRender, match="could not be turned into a page"):
        render_chunk(HALF_A_CHARACTER, "")
    assert render_chunk("*fine*", "") == "<p><em>fine</em></p>"


def test_a_text_that_cannot_be_rendered_is_shown_as_written() -> None:
    assert unrendered("<b> & c") == '<pre class="unrendered">&lt;b&gt; &amp; c</pre>'
