"""Where a text is cut into chunks, and that a cut depends on no more than it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.chunks import Chunk, ChunkKind, cut
from editor.core.html_reach import REACH
from editor.core.line_source import LineSource

BLOCKS = st.sampled_from(
    [
        "A paragraph.\nof two lines\n",
        "# Heading\n",
        "Heading\n===\n",
        "- item\n- item\n",
        "1. first\n",
        "  - nested\n",
        "> quote\n",
        "```\ncode\n\nmore\n```\n",
        "~~~~\nopen fence\n",
        "    indented\n",
        "<div>\n\n<div>\n</div>\n",
        "</div>\n",
        "<!-- open\n",
        "-->\n",
        "Term\n: meaning\n",
        ": meaning\n",
        "[a]: /b\n",
        "[^1]: note\n    more\n",
        "| a | b |\n|---|---|\n| c | d |\n",
        "---\n",
        "text\n- list right after\n",
        "\u00a0\n",
        " \t\n",
    ]
)
ENDINGS = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.tuples(st.lists(st.tuples(BLOCKS, st.sampled_from(["", "\n", "\n\n"]))), ENDINGS).map(
    lambda drawn: "".join(block + gap for block, gap in drawn[0]).replace("\n", drawn[1])
)


def chunks_of(text: str) -> list[Chunk]:
    return [chunk for chunk, _ in cut(LineSource(text))]


@given(TEXTS)
def test_chunks_joined_are_the_text(text: str) -> None:
    assert "".join(chunk.text for chunk in chunks_of(text)) == text


@given(TEXTS)
def test_cutting_may_begin_at_any_chunk(text: str) -> None:
    chunks = chunks_of(text)
    for index in range(len(chunks)):
        rest = "".join(chunk.text for chunk in chunks[index:])
        assert chunks_of(rest) == chunks[index:]


@given(TEXTS)
@settings(max_examples=60)
def test_a_line_source_reads_chunks_as_it_reads_text(text: str) -> None:
    chunks = chunks_of(text)
    for index in range(len(chunks)):
        head = "".join(chunk.text for chunk in chunks[:index])
        source = LineSource(head, chunks[index:])
        assert [chunk for chunk, _ in cut(source)] == chunks


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a\n\nb\n", "PARAGRAPH PARAGRAPH"),
        ("# a\n\nb\n", "HEADING PARAGRAPH"),
        ("- a\n\n- b\n\nc\n", "LIST PARAGRAPH"),
        ("- a\n\n  b\n\nc\n", "LIST PARAGRAPH"),
        ("a\n- b\n\n- c\n", "PARAGRAPH"),
        ("> a\n\n> b\n\nc\n", "QUOTE PARAGRAPH"),
        ("```\na\n\nb\n```\n\nc\n", "CODE PARAGRAPH"),
        ("````\na\n```\n\nb\n````\n\nc\n", "CODE PARAGRAPH"),
        ("```\na\n\nb\n", "CODE"),
        ("    a\n\n    b\n\nc\n", "CODE PARAGRAPH"),
        ("<div>\n\na\n\n</div>\n\nb\n", "HTML PARAGRAPH"),
        ("<!-- a\n\nb -->\n\nc\n", "HTML PARAGRAPH"),
        ("<b>a</b>\n\nc\n", "HTML PARAGRAPH"),
        ("<details>\n\n```\n</details>\n```\n\n</details>\n\nb\n", "HTML PARAGRAPH"),
        ("a\n<div>\n\nb\n\n</div>\nc\n\nd\n", "PARAGRAPH PARAGRAPH"),
        ("<div>\n\na\n\nb\n", "HTML PARAGRAPH PARAGRAPH"),
        ("<p>\n\na\n\n</p>\n", "HTML PARAGRAPH HTML"),
        ("<div\n```\n\na\n", "HTML PARAGRAPH"),
        ("- ```\n  a\n\n  b\n  ```\n\nc\n", "LIST PARAGRAPH"),
        ("- ```\na\n  ```\n\nb\n", "LIST"),
        ("- <!--\n\na\n", "LIST PARAGRAPH"),
        ("[^1]: a\n\n    ```\n\nb\n", "DEFINITIONS PARAGRAPH"),
        ("- a\n\n\u00a0\n- b\n", "LIST"),
        ("a\n\n: b\n\nc\n\n: d\n\ne\n", "PARAGRAPH PARAGRAPH"),
        ("[a]: /b\n\nc\n", "DEFINITIONS PARAGRAPH"),
        ("a\n\n---\n\nb\n", "PARAGRAPH RULE PARAGRAPH"),
        ("\n\n", "BLANK"),
    ],
)
def test_blocks_that_could_be_one_construct_stay_together(text: str, kinds: str) -> None:
    assert " ".join(chunk.kind.name for chunk in chunks_of(text)) == kinds


def test_what_closes_html_counts_within_reach_alone() -> None:
    def opened(lines: int) -> list[Chunk]:
        return chunks_of("<div>\n\n" + "a\n\n" * (lines // 2 - 1) + "</div>\n")

    (near,) = opened(REACH)
    first, *others = opened(REACH + 2)
    assert not near.leaves_open
    assert first.leaves_open
    assert first.text == "<div>\n\n"
    assert not any(chunk.leaves_open for chunk in others)


def test_a_no_break_space_is_text_and_no_blank_line() -> None:
    assert len(chunks_of("a\n\u00a0\nb\n")) == 1


def test_only_line_endings_end_a_line() -> None:
    chunk = Chunk(ChunkKind.PARAGRAPH, "a\u2028b\u0085c\x0cd\r\ne\rf\n")
    assert chunk.lines == 3
    assert chunk.units == len(chunk.text) - 1


def test_units_count_an_emoji_twice_and_a_line_ending_once() -> None:
    assert Chunk(ChunkKind.PARAGRAPH, "😀\r\n").units == 3
