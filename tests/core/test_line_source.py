"""What is passed over in a long chunk changes nothing but the price of an edit in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core import chunks
from editor.core.article import Article
from editor.core.text_edit import TextEdit, apply_edits

LINES = st.sampled_from(
    [
        *(
            "word\n",
            "word\n",
            "- item\n",
            "> quote\n",
            "\n",
            "\n",
            "```\n",
            "````\n",
            "~~~\n",
            "===\n",
            "# h\n",
            "a\r\n",
            "b\r",
        ),
        *(
            "<div>\n",
            "</div>\n",
            "<!--\n",
            "-->\n",
            ": d\n",
            "    code\n",
            "| a |\n",
            "|---|\n",
            "[r]: /u\n",
            "[open\n",
            "label]: /u\n",
            "<?\n",
            "?>\n",
        ),
    ]
)
FACTS = ("outline", "tables", "definitions", "counts", "problems")


@contextmanager
def marks_everywhere() -> Iterator[None]:
    """Chunks of a few lines are long ones."""
    with patch.object(chunks, "_LINES_A_MARK", 2), patch.object(chunks, "_LEAST_A_MARK", 0):
        yield


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> TextEdit:
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 8)))
    return TextEdit(start, end, draw(st.lists(LINES | st.sampled_from("`x-\n"), max_size=2).map("".join)))


@given(st.data(), st.lists(LINES, max_size=60).map("".join))
@settings(max_examples=300)
def test_an_edit_in_long_chunks_gives_the_chunks_of_the_text(data: st.DataObject, text: str) -> None:
    with marks_everywhere():
        article = Article.from_text(text)
        for _ in range(5):
            edit = data.draw(edits_of(text))
            text = apply_edits(text, [edit])
            article = article.apply(edit).after
            fresh = Article.from_text(text)
            assert list(article.chunks) == list(fresh.chunks)
            assert [getattr(article, fact) for fact in FACTS] == [getattr(fresh, fact) for fact in FACTS]


@given(st.data(), st.lists(LINES, max_size=60).map("".join), st.integers(2, 20))
def test_edits_of_one_step_in_long_chunks_are_made_at_once(data: st.DataObject, text: str, count: int) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2 * count, max_size=2 * count)))
    edits = [TextEdit(start, end, data.draw(LINES)) for start, end in zip(places[::2], places[1::2], strict=True)]
    with marks_everywhere():
        change = Article.from_text(text).apply(*edits)
        assert list(change.after.chunks) == list(Article.from_text(apply_edits(text, edits)).chunks)


@given(st.lists(LINES, max_size=60).map("".join))
def test_facts_of_a_long_chunk_are_those_of_its_text(text: str) -> None:
    with marks_everywhere():
        marked = Article.from_text(text)
    plain = Article.from_text(text)
    assert list(marked.chunks) == list(plain.chunks)
    assert [getattr(marked, fact) for fact in FACTS] == [getattr(plain, fact) for fact in FACTS]


def test_a_definition_is_one_though_its_label_runs_over_a_mark() -> None:
    with marks_everywhere():
        article = Article.from_text("word\n[a\nlabel]: /address\n")
    assert [mark.at for mark in article.chunks[0].marks] == [8]
    assert article.definitions


LONG = {
    "paragraph": "A line of a paragraph.\n" * 40_000,
    "list": "- An item of a list\n" * 40_000,
    "loose list": "- An item of a list\n\n" * 40_000,
    "quote": "> A line of a quote\n" * 40_000,
    "table": "| a | b |\n|---|---|\n" + "| one | two |\n" * 40_000,
    "fence": "```\n" + "A line of code\n\n" * 40_000 + "```\n",
    "open fence": "```\n" + "A line of code\n\n" * 40_000,
    "html": "<div>\n" + "A line of HTML\n\n" * 40_000 + "</div>\n",
    "comment": "<!--\n" + "A line of a comment\n\n" * 40_000 + "-->\n",
    "line endings": "A line of a paragraph.\r\n" * 40_000,
}


@pytest.fixture(scope="module", params=LONG.values(), ids=LONG)
def long_article(request: pytest.FixtureRequest) -> Article:
    """An article with a long chunk; read once, since no edit changes it."""
    return Article.from_text("Before.\n\n" + request.param + "\nAfter.\n")


@pytest.mark.parametrize("share", [0.001, 0.5, 0.999])
def test_a_key_in_a_long_chunk_reads_the_lines_around_it(long_article: Article, share: float) -> None:
    article = long_article
    place = article.line_start(int(article.chunks.extent.lines * share)) + 3
    for key in range(4):
        change = article.apply(TextEdit(place + key, place + key, "x"))
        assert change.lines_scanned <= 1200
        article = change.after
    after = article.apply(TextEdit(article.length - 2, article.length - 2, "x"))
    assert after.lines_scanned <= 1200
