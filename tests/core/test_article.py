"""An article kept up by edits is the article read anew, at the price of the edit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.article import Article, ArticleChange, ChunkSplice
from editor.core.chunk_sequence import RUN_LENGTH, BegunSequence
from editor.core.html_reach import REACH
from editor.core.lines import split_lines, utf16_length
from editor.core.text_edit import TextEdit, apply_edits

PIECES = st.sampled_from(
    [
        *(
            "a ",
            "word",
            "\n",
            "\n\n",
            "\r\n",
            "\r\n\r\n",
            "\r",
            "---\n",
            "title: x\n",
            "+++\n",
            "# h\n",
            "- i\n",
            "> q\n",
        ),
        *(
            "```\n",
            "<div>\n",
            "</div>\n",
            "<!--",
            "-->",
            "    c\n",
            ": d\n",
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            "[r]: /u\n",
        ),
        *("😀", "\u00a0", "\u2028", "(A, 2013)", "{", "}\n", "===\n", "***\n"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> TextEdit:
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 12)))
    return TextEdit(start, end, draw(st.lists(PIECES, max_size=3).map("".join)))


def check_same(change: ArticleChange, text: str) -> None:
    fresh = Article.from_text(text)
    assert list(change.after.chunks) == list(fresh.chunks)
    assert change.after.chunks.extent == fresh.chunks.extent
    before, after = list(change.before.chunks), list(change.after.chunks)
    splice = change.splice
    tail = len(before) - splice.first - splice.removed
    assert all(old is new for old, new in zip(before[: splice.first], after, strict=False))
    assert all(old is new for old, new in zip(before[len(before) - tail :], after[len(after) - tail :], strict=True))
    assert len(after) - len(before) == splice.added - splice.removed


@given(st.data(), TEXTS)
@settings(max_examples=300)
def test_an_edited_article_is_the_one_read_from_the_edited_text(data: st.DataObject, text: str) -> None:
    article = Article.from_text(text)
    for _ in range(4):
        edit = data.draw(edits_of(text))
        text = apply_edits(text, [edit])
        change = article.apply(edit)
        check_same(change, text)
        article = change.after


@given(st.data(), TEXTS, st.integers(2, 24))
def test_edits_of_one_step_are_made_at_once(data: st.DataObject, text: str, count: int) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2 * count, max_size=2 * count)))
    edits = [TextEdit(start, end, data.draw(PIECES)) for start, end in zip(places[::2], places[1::2], strict=True)]
    change = Article.from_text(text).apply(*edits)
    check_same(change, apply_edits(text, edits))


@given(TEXTS)
def test_facts_of_an_edited_article_are_those_of_the_text(text: str) -> None:
    typed = Article.from_text("")
    for start, line in enumerate(split_lines(text)):
        typed = typed.apply(TextEdit(typed.length, typed.length, line)).after
        assert typed.chunks.extent.lines >= start
    fresh = Article.from_text(text)
    for fact in ("outline", "tables", "definitions", "counts", "problems", "front_matter"):
        assert getattr(typed, fact) == getattr(fresh, fact)


@given(TEXTS)
def test_units_and_code_points_lead_back_to_each_other(text: str) -> None:
    article = Article.from_text(text)
    plain = text.replace("\r\n", "\n")
    assert article.chunks.extent.units == utf16_length(plain)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n" or not offset:
            assert article.offset_of_unit(article.unit_of(offset)) == offset


@given(TEXTS)
def test_line_starts_are_where_lines_start(text: str) -> None:
    article = Article.from_text(text)
    start = 0
    for number, line in enumerate(split_lines(text)):
        assert article.line_start(number) == start
        assert article.line_at(start) == number
        start += len(line)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_slice_is_that_part_of_the_text(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    assert Article.from_text(text).slice(start, start + length) == text[start : start + length]


LONG = "".join(f"Paragraph 😀 {number}\r\nof two lines.\n\n" for number in range(3 * RUN_LENGTH))
QUESTIONS: dict[str, Callable[[Article, int], object]] = {
    "the line at": lambda article, at: article.line_at(at),
    "the start of line": lambda article, at: article.line_start(at // 20),
    "the unit at": lambda article, at: article.unit_of(at),
    "what is at the unit": lambda article, at: article.offset_of_unit(at),
    "a slice": lambda article, at: article.slice(at, at + 50),
    "the chunk": lambda article, at: article.chunks[at * article.chunks.length // len(LONG)],
    "what follows": lambda article, at: list(article.chunks.following(at // 40)),
    "the place of": lambda article, at: article.chunks.place_of(at // 40).before,
    "the front matter": lambda article, _at: article.head,
    "the length": lambda article, _at: (article.length, article.chunks.length),
    "the text": lambda article, _at: article.text,
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("share", [0, 0.1, 0.33, 0.34, 0.9, 1])
def test_an_article_that_is_begun_answers_as_the_whole_does(
    ask: Callable[[Article, int], object], share: float
) -> None:
    at = int(share * (len(LONG) - 1))
    assert ask(Article.begun(LONG), at) == ask(Article.from_text(LONG), at)


@given(TEXTS)
def test_what_is_begun_comes_to_the_same_chunks(text: str) -> None:
    assert list(Article.begun(text).chunks) == list(Article.from_text(text).chunks)


def test_the_beginning_is_seen_before_the_rest_is_cut() -> None:
    to_come = iter(list(Article.from_text(LONG).chunks))
    chunks = BegunSequence(to_come)
    visible = list(islice(chunks.following(chunks.at_line(0).index), 30))
    assert (chunks.at_unit(40).index, chunks.at_code_point(40).index, chunks[5]) == (1, 1, visible[5])
    assert len(list(to_come)) == 2 * RUN_LENGTH


def test_a_unit_inside_a_pair_is_the_characters_own() -> None:
    assert Article.from_text("a😀b").offset_of_unit(2) == 1


@pytest.mark.parametrize("edit", [TextEdit(-1, 0, "a"), TextEdit(2, 4, "")])
def test_an_edit_outside_the_text_is_an_error(edit: TextEdit) -> None:
    with pytest.raises(ValueError, match="outside"):
        Article.from_text("abc").apply(edit)


def test_splices_one_after_the_other_are_one() -> None:
    assert ChunkSplice(5, 2, 3).then(ChunkSplice(6, 1, 1)) == ChunkSplice(5, 2, 3)
    assert ChunkSplice(5, 2, 3).then(ChunkSplice(1, 1, 2)) == ChunkSplice(1, 6, 8)
    assert ChunkSplice(0, 1, 1).then(ChunkSplice(9, 1, 0)) == ChunkSplice(0, 10, 9)


def megabyte() -> str:
    paragraph = "Magnesium is vital in over 300 enzyme systems (Batta, 2017).\n\n"
    table = "| S.No | Paper Title (Author, Year) |\n|---|---|\n| 1 | On it (Batta, 2017) |\n\n"
    return '---\ntitle: "Long"\n---\n\n' + "# Heading\n\n" + (paragraph * 100 + table) * 165


@pytest.mark.parametrize("share", [0.0001, 0.5, 0.9999])
def test_a_key_in_a_megabyte_costs_what_it_touches(share: float) -> None:
    text = megabyte()
    assert len(text) > 1_000_000
    article = Article.from_text(text)
    change = article.apply(TextEdit(place := int(len(text) * share), place, "x"))
    assert change.splice.added <= 3
    assert change.lines_scanned <= 40


@pytest.mark.parametrize("head", ["---\n\n", "+++\n\n", "{{ x }}\n\n"])
def test_a_rule_at_the_top_does_not_make_every_key_read_the_whole(head: str) -> None:
    article = Article.from_text(head + megabyte()[24:])
    place = article.length - 10
    assert article.apply(TextEdit(place, place, "x")).lines_scanned <= 40


def test_a_key_in_a_megabyte_makes_no_string_of_it() -> None:
    text = megabyte()
    article = Article.from_text(text)
    change = article.apply(TextEdit(500_000, 500_000, "x"))
    shared = set(map(id, article.chunks.runs)) & set(map(id, change.after.chunks.runs))
    assert len(shared) >= len(article.chunks.runs) - 2
    assert max(len(chunk.text) for chunk in change.after.chunks) < 1000


def test_facts_after_a_key_read_only_the_runs_that_changed() -> None:
    article = Article.from_text(megabyte())
    assert article.counts.words > 100_000
    outline = article.outline
    change = article.apply(TextEdit(500_000, 500_000, "x"))
    unread = [run for run in change.after.chunks.runs if not {"facts", "words"} <= vars(run).keys()]
    assert len(unread) <= 2
    assert change.after.outline == outline


def test_the_table_at_a_place_is_the_one_in_whose_lines_it_is() -> None:
    text = ("Words.\n\n" * 150 + "| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n\r\n") * 3 + "| a |\n|---|\n| 1 |"
    article = Article.from_text(text)
    found = [article.table_at(offset) for offset in range(len(text) + 1)]
    for offset, table in enumerate(found):
        line = article.line_at(offset)
        expected = (each for each in article.tables if each.line <= line < each.line + len(each.lines))
        assert table == next(expected, None)
    assert len({table.start for table in found if table}) == 4


def test_the_real_article_is_read_as_its_writer_means_it(real_article: Path) -> None:
    article = Article.from_text(real_article.read_text("utf-8"))
    assert [field.key for field in article.front_matter.fields] == ["title", "date", "affiliate_link"]
    assert [heading.level for heading in article.outline] == [1, 2]
    assert article.citations_table is not None
    assert article.counts.citations >= 5
    assert article.problems == ()


@pytest.mark.parametrize("paragraphs", [20, 90, 110, 2000])
def test_a_tag_typed_far_below_closes_html_within_its_reach(paragraphs: int) -> None:
    article = Article.from_text("a\n\n<div>\n\n" + "b\n\n" * paragraphs)
    for edit in (TextEdit(article.length, article.length, "</div>\n"), TextEdit(50, 50, "c"), TextEdit(13, 19, "")):
        change = article.apply(edit)
        article = change.after
        assert list(article.chunks) == list(Article.from_text(article.text).chunks)
        assert change.lines_scanned <= 3 * REACH
