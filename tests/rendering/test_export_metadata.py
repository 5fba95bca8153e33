"""What a page's head says, which is nothing that the page does not show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.rendering.export import ExportOptions, export_article
from editor.rendering.sanitised_tags import words_of

FULL = """---
title: 'Sleep </script><b> & "light"'
author: [Ann Adams, {name: Bo Baker}]
date: 2024-05-13
updated: 2024-06-01
lang: de-AT
description: What light does.
canonical_url: https://a.test/sleep?x=1&y=2
---

Words (Clark, 2001).

| No | Paper Title (Author, Year) | DOI | Insight |
|--|--|--|--|
| 1 | On *light* </script> (Clark, 2001) | 10.1/x | a |
| 2 | Undated (Davis et al., n.d.) | | b |
| 3 | malformed | | c |
"""


def page_of(text: str, folder: Path) -> str:
    return export_article(text, folder=folder, name="file").content


def metas(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', page):
        found.setdefault(name, []).append(content)
    return found


def json_ld(page: str) -> dict[str, object]:
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert "<" not in data
    return json.loads(data)


def texts_in(data: object) -> Iterator[str]:
    """The texts of JSON-LD, but for what only machines read."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name not in ("@context", "@type", "inLanguage", "mainEntityOfPage", "datePublished", "dateModified"):
                yield from texts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_in(value)
    else:
        yield str(data)


def test_machines_read_what_the_reader_reads(tmp_path: Path) -> None:
    page = page_of(FULL, tmp_path)
    said = metas(page)
    title = "Sleep &lt;/script&gt;&lt;b&gt; &amp; &quot;light&quot;"
    assert said["description"] == said["og:description"] == ["What light does."]
    assert said["author"] == said["citation_author"] == said["DC.creator"] == ["Ann Adams", "Bo Baker"]
    assert said["og:title"] == said["citation_title"] == said["DC.title"] == [title]
    assert said["article:published_time"] == said["DC.date"] == ["2024-05-13"]
    assert said["article:modified_time"] == ["2024-06-01"]
    assert said["citation_publication_date"] == ["2024/05/13"]
    assert said["citation_language"] == ["de-AT"]
    assert '<link rel="canonical" href="https://a.test/sleep?x=1&amp;y=2">' in page
    body = page[page.index("<body>") :]
    for shown in ("What light does.", "Ann Adams, Bo Baker", "13. Mai 2024", "aktualisiert am", "1. Juni 2024"):
        assert shown in body


def test_the_article_and_its_papers_are_data_that_nothing_in_it_can_end(tmp_path: Path) -> None:
    assert json_ld(page_of(FULL, tmp_path)) == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": 'Sleep </script><b> & "light"',
        "inLanguage": "de-AT",
        "description": "What light does.",
        "datePublished": "2024-05-13",
        "dateModified": "2024-06-01",
        "author": [{"@type": "Person", "name": "Ann Adams"}, {"@type": "Person", "name": "Bo Baker"}],
        "mainEntityOfPage": "https://a.test/sleep?x=1&y=2",
        "citation": [
            {
                "@type": "ScholarlyArticle",
                "name": "On light",
                "author": "Clark",
                "datePublished": "2001",
                "identifier": "10.1/x",
            },
            {"@type": "ScholarlyArticle", "name": "Undated", "author": "Davis et al."},
        ],
    }


def test_the_real_article_as_data(real_article: Path) -> None:
    data = json_ld(page_of(real_article.read_text("utf-8"), real_article.parent))
    assert (data["headline"], data["datePublished"]) == ("The Impact of Magnesium Glycinate on Health", "2024-05-13")
    assert [paper["datePublished"] for paper in data["citation"]] == ["2013", "2012", "2017", "2020", "2019"]


def test_machines_are_told_the_heading_that_readers_see(tmp_path: Path) -> None:
    page = page_of("---\ntitle: Field\nauthor: A\ndate: 2024-05-13\n---\n# Text\n\nWords.\n", tmp_path)
    assert "<title>Field</title>" in page
    assert json_ld(page)["headline"] == "Text"
    assert metas(page)["citation_title"] == metas(page)["og:title"] == ["Text"]


def test_what_a_template_leaves_out_machines_are_not_told_either(tmp_path: Path) -> None:
    (tmp_path / "own.html").write_text("{{ heading }}{{ content }}{{ authors|first }} {{ published }}")
    options = ExportOptions(template="own.html")
    page = export_article(FULL, folder=tmp_path, name="x", options=options).content
    data = json_ld(page)
    assert (data["author"], data["datePublished"]) == ([{"@type": "Person", "name": "Ann Adams"}], "2024-05-13")
    assert "dateModified" not in data
    assert metas(page)["description"] == [data["description"]] == ["Words (Clark, 2001)."]


def test_where_no_description_is_written_the_first_words_are_it(tmp_path: Path) -> None:
    long = "word " * 60
    assert metas(page_of(f"# T\n\n- item\n\n{long}", tmp_path))["description"] == ["word " * 39 + "word…"]
    assert metas(page_of("First & *words*.\n\nMore.", tmp_path))["description"] == ["First &amp; words."]
    assert metas(page_of("First[^n] words[^n].\n\n[^n]: Note.", tmp_path))["description"] == ["First words."]
    assert metas(page_of(f"# 标题\n\n{'很长' * 120}", tmp_path))["description"] == ["很长" * 100 + "…"]


def test_whether_an_article_is_published_is_not_when(tmp_path: Path) -> None:
    assert "false" not in page_of("---\npublished: false\n---\nWords.", tmp_path)
    assert metas(page_of("---\npublished: 2024-05-13\n---\nWords.", tmp_path))["article:published_time"]


def test_a_title_with_a_note_is_the_title(tmp_path: Path) -> None:
    page = page_of("---\ntitle: Sleep\n---\n# Sleep[^n]\n\n# Other\n\n[^n]: Note.", tmp_path)
    assert re.findall("<h[12].*?>", page) == ['<h1 id="sleep">', '<h2 id="other">']


def test_a_description_that_the_article_begins_with_is_not_said_twice(tmp_path: Path) -> None:
    page = page_of("---\ndescription: First words.\n---\nFirst words. And more.\n", tmp_path)
    assert "standfirst" not in page[page.index("<body>") :]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//a.test", "/a", "https://", 'https://a.test/"onload=x', "ftp://a.test"]
)
def test_only_an_address_of_the_web_is_canonical_or_the_products(tmp_path: Path, address: str) -> None:
    page = page_of(f"---\ncanonical_url: '{address}'\naffiliate_link: '{address}'\n---\nWords.\n", tmp_path)
    assert "canonical" not in page
    assert "og:url" not in page
    assert 'class="product"' not in page


def test_an_article_that_says_nothing_of_itself_has_no_data(tmp_path: Path) -> None:
    page = page_of("Words.", tmp_path)
    assert "ld+json" not in page
    assert not {name for name in metas(page) if name.startswith(("citation_", "DC."))}


def test_control_characters_reach_no_page(tmp_path: Path) -> None:
    page = page_of('+++\ntitle = "A\\u0000B\\u001b"\ndescription = "x\\u0007y"\n+++\nWords.\n', tmp_path)
    assert "<title>A B</title>" in page
    assert metas(page)["description"] == ["x y"]


def test_what_machines_are_told_of_real_articles_stands_on_the_page(corpus: list[Path], real_article: Path) -> None:
    for path in (real_article, *corpus)[::40]:
        page = page_of(path.read_bytes().decode("utf-8-sig"), path.parent)
        if "ld+json" not in page:
            continue
        data = json_ld(page)
        body = page[page.index("<body>") :]
        shown = words_of(body)
        for text in texts_in(data):
            assert text.removesuffix("…") in shown, path.name
        days = {data[name] for name in ("datePublished", "dateModified") if name in data}
        assert days <= set(re.findall(r'<time datetime="([^"]*)">', body)), path.name
        assert words_of(re.findall("<h1.*?</h1>", body)[0]) == data["headline"], path.name
