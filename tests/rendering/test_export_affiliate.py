"""Links that earn money say so, to readers before they come to one and to search engines in the link."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from editor.rendering.export import ExportOptions, export_article

HEAD = "---\naffiliate_link: https://shop.test/a?b=1&c=ü\n---\n"
REL = 'rel="sponsored nofollow noopener"'


def body_of(text: str, folder: Path, **options: object) -> str:
    page = export_article(text, folder=folder, name="x", options=ExportOptions(**options)).content  # type: ignore[arg-type]
    return page[page.find("<body>") :]


def test_exactly_the_links_to_the_address_are_marked(tmp_path: Path) -> None:
    body = body_of(
        HEAD
        + "[a](<https://shop.test/a?b=1&c=ü>) [b](https://shop.test/a) [c](https://other.test/?x=https://shop.test/a)"
        " <a href='https://shop.test/a?b=1&amp;c=%C3%BC' title='t'>d</a> [e](#x)\n",
        tmp_path,
    )
    assert f'<a href="https://shop.test/a?b=1&amp;c=%C3%BC" {REL}>a</a>' in body
    assert f'<a href="https://shop.test/a?b=1&amp;c=%C3%BC" title="t" {REL}>d</a>' in body
    assert '<a href="https://shop.test/a">b</a> <a href="https://other.test/?x=https://shop.test/a">c</a>' in body
    assert body.count(REL) == 3


def test_the_button_has_its_place_behind_the_article_and_before_the_notes(tmp_path: Path) -> None:
    body = body_of(HEAD + "Words[^1].\n\n[^1]: Note.\n", tmp_path)
    link = f'<a class="button" href="https://shop.test/a?b=1&amp;c=%C3%BC" {REL}>View the product at shop.test</a>'
    button = f'<p class="product">{link}</p>'
    assert body.index("<p>Words") < body.index(button) < body.index('<section class="footnote" role="doc-endnotes"')


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "This page has an affiliate link"),
        ("de", "Diese Seite enthält einen Affiliate-Link"),
        ("fr", "Cette page contient un lien affilié"),
        ("es-MX", "Esta página contiene un enlace de afiliado"),
        ("it", "Questa pagina contiene un link di affiliazione"),
        ("nl", "Deze pagina bevat een affiliatelink"),
        ("pt-BR", "Esta página contém um link de afiliado"),
    ],
)
def test_the_disclosure_comes_before_the_first_such_link_in_the_pages_language(
    tmp_path: Path, lang: str, sentence: str
) -> None:
    body = body_of(HEAD.replace("---\n", f"---\nlang: {lang}\n", 1) + "[a](<https://shop.test/a?b=1&c=ü>)\n", tmp_path)
    assert body.index(sentence) < body.index(REL)
    assert body.count('class="disclosure"') == 1


def test_the_folders_own_sentence_is_used(tmp_path: Path) -> None:
    own = {"": "Ad & <co>.", "de": "Werbung."}
    assert '<p class="disclosure">Ad &amp; &lt;co&gt;.</p>' in body_of(HEAD + "x", tmp_path, disclosure=own)
    german = HEAD.replace("---\n", "---\nlang: de\n", 1)
    assert '<p class="disclosure">Werbung.</p>' in body_of(german + "x", tmp_path, disclosure=own)


@pytest.mark.parametrize(
    ("text", "disclosed"),
    [
        ("I may earn a commission.\n\n[a](<https://shop.test/a?b=1&c=ü>)", True),
        ("[a](<https://shop.test/a?b=1&c=ü>)\n\nI may earn a commission.", False),
        ("Words.", False),
    ],
)
def test_an_article_that_discloses_in_time_is_not_made_to_say_it_twice(
    tmp_path: Path, text: str, disclosed: bool
) -> None:
    assert ('class="disclosure"' not in body_of(HEAD + text, tmp_path)) == disclosed


def test_without_an_address_there_is_nothing_of_it(tmp_path: Path) -> None:
    body = body_of("[a](https://shop.test/a)", tmp_path)
    assert not re.search("rel=|disclosure|product", body)


@pytest.mark.parametrize("format", ["fragment", "txt"])
def test_a_fragment_and_a_text_disclose_too(tmp_path: Path, format: str) -> None:  # noqa: A002
    content = export_article(HEAD + "Words.", folder=tmp_path, name="x", options=ExportOptions(format=format)).content  # type: ignore[arg-type]
    assert content.index("affiliate link") < content.index("Words.") < content.index("View the product at ")
