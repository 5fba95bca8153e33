"""What a page's head says, which is nothing that the page does not show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from editor.rendering.export import export_article

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


def test_where_no_description_is_written_the_first_words_are_it(tmp_path: Path) -> None:
    long = "word " * 60
    assert metas(page_of(f"# T\n\n- item\n\n{long}", tmp_path))["description"] == ["word " * 39 + "word…"]
    assert metas(page_of("First & *words*.\n\nMore.", tmp_path))["description"] == ["First &amp; words."]


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
