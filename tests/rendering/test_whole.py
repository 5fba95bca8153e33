"""Chunks rendered one by one and numbered together are one conversion of the whole article, after any edits."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.constructs import ARTICLES, CHANGES, MARKS_AT_RANDOM, Change, random_change, undone

from editor.core.article import Article
from editor.core.chunks import ChunkKind
from editor.rendering.chunk_html import render_article, render_chunk, render_notes
from editor.rendering.numbering import numbered

_SILENT = (ChunkKind.FRONT_MATTER, ChunkKind.BLANK)


def in_chunks(article: Article) -> str:
    """The article rendered chunk by chunk, as the preview puts it together."""
    definitions = article.definitions
    chunks = [render_chunk(each.text, definitions) for each in article.chunks if each.kind not in _SILENT]
    return numbered("\n".join(filter(None, (*chunks, render_notes(definitions)))))


def whole(article: Article) -> str:
    """The same in one conversion."""
    return render_article(article.text[article.front_matter.body_start :])


@given(ARTICLES)
@settings(max_examples=300)
def test_an_article_of_every_construct(text: str) -> None:
    article = Article.from_text(text)
    assert in_chunks(article) == whole(article)


@given(MARKS_AT_RANDOM)
@settings(max_examples=500)
def test_marks_at_random(text: str) -> None:
    article = Article.from_text(text)
    assert in_chunks(article) == whole(article)


@given(ARTICLES, CHANGES, st.booleans())
@settings(max_examples=150)
def test_after_any_edits(text: str, changes: list[Change], back: bool) -> None:
    article = Article.from_text(text)
    for each in changes:
        change = article.apply(each.of(article))
        article = change.after
        assert in_chunks(article) == whole(article)
    if back:
        assert in_chunks(undone(change).after) == whole(change.before)


@pytest.mark.parametrize("part", range(8))
def test_real_articles_with_random_edits(corpus: list[Path], real_article: Path, part: int) -> None:
    dice = random.Random(part)
    for path in (real_article, *corpus)[part::64]:
        article = Article.from_text(path.read_bytes().decode("utf-8-sig"))
        for _ in range(3):
            article = article.apply(random_change(dice).of(article)).after
            assert in_chunks(article) == whole(article), path.name
