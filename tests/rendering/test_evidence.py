"""Evidence woven into a page: each mention leads to its row, each row back, and nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.constructs import ARTICLES

from editor.core.article import Article
from editor.rendering.chunk_html import render_article
from editor.rendering.evidence import WovenEvidence, weave_evidence
from editor.rendering.export_report import WhyUnlinked
from editor.rendering.page_words import words_in
from editor.rendering.sanitised_tags import tags_of

TABLE = """

| No | Paper Title (Author, Year) | Insight |
|----|---|---|
| 1 | *First* `x` & paper (Adams, 2001) | a |
| 2 | Second (Baker & Clark, 2002a) | b |
| 3 | Third (Baker & Clark, 2002b) | c |
| 4 | Never cited (Davis, 1999) | d |
"""
_LINK = re.compile(r'<a class="cite"[^>]*>((?:(?!<a ).)*?)</a>', re.DOTALL)
_PLACE = re.compile(r'<span class="cite" id="[^"]*">([^<]*)</span>')


def woven(text: str) -> WovenEvidence:
    return weave_evidence(Article.from_text(text + TABLE), words_in("en"))


def links_in(html: str) -> str:
    """The HTML with no more of a link than its place and its words."""
    found = re.sub(
        r'<a class="cite" href="#([^"]*)"( id="[^"]*")? data-paper="[^"]*" aria-describedby="[^"]*">', r"{\1 ", html
    )
    return re.sub(r"\{([^<{]*(?:<(?!/a>)[^<]*)*)</a>", r"{\1}", found)


def without_evidence(html: str) -> str:
    """The HTML with links and places of mentions taken out, and without its table."""
    return _PLACE.sub(r"\1", _LINK.sub(r"\1", html)).partition('<div class="table')[0]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("See (Adams, 2001).", "<p>See ({cite-1 Adams, 2001}).</p>"),
        ("Adams (2001) says", "<p>{cite-1 Adams (2001)} says</p>"),
        ("(Adams, 2001; Baker & Clark, 2002b)", "<p>({cite-1 Adams, 2001}; {cite-3 Baker &amp; Clark, 2002b})</p>"),
        ("*Adams* (2001)", "<p>{cite-1 <em>Adams</em> (2001)}</p>"),
        ("**see *Adams* (2001)**", "<p><strong>see {cite-1 <em>Adams</em> (2001)}</strong></p>"),
        ("_(Adams, 2001)_", "<p><em>({cite-1 Adams, 2001})</em></p>"),
        ("*as Adams* (2001)", "<p><em>as {cite-1 Adams}</em> {cite-1 (2001)}</p>"),
        ("see [Adams](/x) (2001)", '<p>see <a href="/x">Adams</a> {cite-1 (2001)}</p>'),
        ("Adams  \n(2001)", "<p>{cite-1 Adams<br>\n(2001)}</p>"),
        ("> - Adams (2001)", "<blockquote>\n<ul>\n<li>{cite-1 Adams (2001)}</li>\n</ul>\n</blockquote>"),
        ("<p>Adams (2001)</p>", "<p>{cite-1 Adams (2001)}</p>"),
        ("Adams&nbsp;(2001)", "<p>{cite-1 Adams&nbsp;(2001)}</p>"),
        ("`(Adams, 2001)` x", "<p><code>(Adams, 2001)</code> x</p>"),
        ("    (Adams, 2001)", "<pre><code>(Adams, 2001)\n</code></pre>"),
    ],
)  # fmt: skip
def test_a_mention_leads_to_its_row(text: str, html: str) -> None:
    assert links_in(woven(text).html).partition("\n<div class")[0] == html


def test_a_mention_within_a_link_is_only_a_place_to_come_back_to() -> None:
    html = woven("[Adams (2001)](/x 'Adams (2001)')").html
    assert '<p><a href="/x" title="Adams (2001)"><span class="cite" id="mention-1">Adams (2001)</span></a></p>' in html
    assert '<a href="#mention-1" aria-label="Back to mention 1 in the text">1</a>' in html


def test_a_mention_names_its_paper_and_its_row_leads_back_to_every_mention() -> None:
    html = woven("Adams (2001)[^1] (Adams, 2001)\n\n[^1]: Adams (2001)").html
    assert html.count('data-paper="First x &amp; paper (Adams, 2001)" aria-describedby="cite-1-paper"') == 3
    row = html[html.index('<tr id="cite-1">') : html.index('<tr id="cite-2">')]
    assert '<th scope="row"><div id="cite-1-paper"><em>First</em> <code>x</code> &amp; paper (Adams, 2001)</div>' in row
    assert re.findall(r'href="#(mention-\d)"[^>]*>(\d)<', row) == [
        ("mention-1", "1"),
        ("mention-2", "2"),
        ("mention-3", "3"),
    ]
    assert "mention" not in html[html.index('<tr id="cite-4">') : html.index("</tbody>")]


def test_the_table_has_a_caption_and_every_cell_says_what_it_is_of() -> None:
    html = woven("Words.").html
    assert '<div class="table sources" role="group" aria-labelledby="papers" tabindex="0">' in html
    assert '<caption id="papers">Sources of this article</caption>' in html
    assert '<td data-label="No">1</td>' in html
    assert '<th scope="col">Paper Title (Author, Year)</th>' in html


def test_what_is_ambiguous_missing_or_doubtful_stays_plain_and_is_told_with_its_line() -> None:
    text = "(Baker & Clark, 2002)\n\n(Nobody, 1999)\n\n(Adams, 2003)\n\n(Old, 1950, as cited in Davis, 1999)"
    evidence = woven(f"---\ntitle: x\n---\n{text}")
    assert "cite" not in without_evidence(evidence.html).replace("as cited in", "").replace("Davis, 1999", "")
    assert [(each.line, each.text, each.why, each.rows) for each in evidence.unlinked] == [
        (4, "Baker & Clark, 2002", WhyUnlinked.AMBIGUOUS, (2, 3)),
        (6, "Nobody, 1999", WhyUnlinked.MISSING, ()),
        (8, "Adams, 2003", WhyUnlinked.DOUBTFUL, (1,)),
    ]
    assert evidence.linked == 1


def test_ids_of_the_article_itself_stand() -> None:
    html = woven("# Cite 1\n\n<p id='mention-1'>Adams (2001)</p>\n\n[to it](#cite-1)").html
    assert html.count('id="cite-1"') == html.count('id="mention-1"') == 1
    assert '<h1 id="cite-1">' in html
    assert '<p id="mention-1"><a class="cite" href="#cite-1-1" id="mention-1-1"' in html
    assert '<tr id="cite-1-1">' in html


def test_without_a_table_nothing_is_linked() -> None:
    evidence = weave_evidence(Article.from_text("See (Adams, 2001)."), words_in("en"))
    assert evidence.html == "<p>See (Adams, 2001).</p>"
    assert [each.why for each in evidence.unlinked] == [WhyUnlinked.MISSING]


_MENTIONS = st.sampled_from(
    ("(Adams, 2001)", "*Adams* (2001)", "**see _Adams_ (2001)**", "[Adams, 2001]", "[see Adams (2001)](/a)",
     "Adams  \n(2001)",
     "(*Baker*, and **Clark**, 2002a)", "(Davis, 1999; Adams, 2001)[^1]", "![Adams (2001)](b.png)", "`Adams (2001)`",
     "<b>Adams</b> (2001)", "Davis's (1999)", "\"Davis, 1999\"", "[Davis (1999)][ref]", "NMDA, Adams (2001) HTML")
)  # fmt: skip


@given(ARTICLES, st.lists(_MENTIONS, min_size=1, max_size=4), st.sampled_from((" ", "\n", "\n\n", "\n\n> ", "\n\n# ")))
@settings(max_examples=40)
def test_without_the_links_it_is_the_page_without_them(text: str, mentions: list[str], between: str) -> None:
    text = between.join((text, *mentions)) + TABLE
    article = Article.from_text(text)
    html = weave_evidence(article, words_in("en")).html
    plain = render_article(text[article.front_matter.body_start :])
    if "table sources" in html:
        before, _, rest = html.partition('<div class="table sources"')
        assert _PLACE.sub(r"\1", _LINK.sub(r"\1", before)) == plain[: len(_PLACE.sub(r"\1", _LINK.sub(r"\1", before)))]
        after = _PLACE.sub(r"\1", _LINK.sub(r"\1", rest.partition("</table>\n</div>")[2]))
        assert plain.endswith(after)
    else:
        assert html == plain


@given(ARTICLES, st.lists(_MENTIONS, min_size=1, max_size=4))
@settings(max_examples=40)
def test_every_link_leads_somewhere_and_ids_are_there_once(text: str, mentions: list[str]) -> None:
    tags = list(tags_of(woven("\n\n".join((text, *mentions))).html))
    ids = [tag.attributes["id"] for tag in tags if "id" in tag.attributes]
    ours = [each for each in ids if re.match("cite-|mention-|papers", each)]
    assert len(ours) == len(set(ours))
    for tag in tags:
        if tag.attributes.get("class") == "cite" and tag.name == "a":
            assert tag.attributes["href"][1:] in ids
            assert tag.attributes["aria-describedby"] in ids


def test_the_real_article(real_article: Path) -> None:
    evidence = weave_evidence(Article.from_text(real_article.read_text("utf-8")), words_in("en"))
    assert re.findall(r'href="#(cite-\d)" id="(mention-\d)"', evidence.html) == [
        ("cite-1", "mention-1"),
        ("cite-2", "mention-2"),
        ("cite-3", "mention-3"),
        ("cite-4", "mention-4"),
        ("cite-1", "mention-5"),
    ]
    assert [(each.text, each.why) for each in evidence.unlinked] == [
        ("Jargin, 2022", WhyUnlinked.MISSING),
        ("Liu et al., 2021", WhyUnlinked.MISSING),
    ]
    assert [source.name.authors for source in evidence.sources][-1] == "Barbagallo & Dominguez"
