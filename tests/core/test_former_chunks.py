"""What an edit took away comes back as it was, and as it would be cut anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.constructs import ARTICLES, Change

from editor.core import article as articles
from editor.core import former_chunks
from editor.core.article import Article
from editor.core.text_edit import TextEdit

FENCES = st.sampled_from(
    ["```\n", "\n```\n", "~~~\n", "<div>\n", "</div>\n", "<!--\n", "-->\n", "\n\n", "x", "", ": d\n"]
)
CHANGES = st.builds(Change, st.integers(0, 1000), st.sampled_from((0, 0, 1, 40, 4000)), FENCES)
PARAGRAPHS = "".join(f"Paragraph {number}.\n\n- item\n\n" for number in range(500))


@contextmanager
def few_are_looked_for() -> Iterator[None]:
    with patch.object(articles, "FEWEST", 1), patch.object(former_chunks, "FEWEST", 1):
        yield


@given(ARTICLES, st.lists(st.tuples(CHANGES, st.booleans()), max_size=6))
@settings(max_examples=150)
def test_whatever_goes_and_comes_back_the_article_is_the_one_of_its_text(
    text: str, changes: list[tuple[Change, bool]]
) -> None:
    article = Article.from_text(text * 2)
    with few_are_looked_for():
        for change, is_undone in changes:
            edit = change.of(article)
            gone = article.slice(edit.start, edit.end)
            article = article.apply(edit).after
            if is_undone:
                article = article.apply(TextEdit(edit.start, edit.start + len(edit.text), gone)).after
            assert list(article.chunks) == list(Article.from_text(article.text).chunks)
            assert len(set(map(id, article.chunks))) == len(article.chunks)


def test_a_fence_that_is_closed_gives_back_the_chunks_that_it_took() -> None:
    before = Article.from_text("# Title\n\n" + PARAGRAPHS)
    opened = before.apply(TextEdit(9, 9, "```\n")).after
    assert len(opened.chunks) == 2
    typed = opened.apply(TextEdit(13, 13, "code\n")).after
    closed = typed.apply(TextEdit(18, 18, "```\n\n"))
    assert closed.lines_scanned < 200
    assert len(set(map(id, before.chunks)) & set(map(id, closed.after.chunks))) > 900
    assert list(closed.after.chunks) == list(Article.from_text(closed.after.text).chunks)


def test_what_came_back_and_is_pasted_once_more_has_chunks_of_its_own() -> None:
    before = Article.from_text(PARAGRAPHS)
    gone = before.apply(TextEdit(0, before.length, "x")).after
    back = gone.apply(TextEdit(0, 1, PARAGRAPHS)).after
    twice = back.apply(TextEdit(0, 0, PARAGRAPHS)).after
    assert list(twice.chunks) == list(Article.from_text(PARAGRAPHS * 2).chunks)
    assert len(set(map(id, twice.chunks))) == len(twice.chunks)
