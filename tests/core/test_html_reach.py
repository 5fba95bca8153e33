"""Which block of HTML closes what an earlier one opens."""

from __future__ import annotations

import pytest

from editor.core.html_reach import REACH, closing_block, leaves_open


@pytest.mark.parametrize(
    "html", ["<div>", "<DIV class='a'>\n<b>x</b>", "<details>\n<summary>s</summary>", "<a <b>", "<i"]
)
def test_an_element_that_is_not_closed_is_left_open(html: str) -> None:
    assert leaves_open(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div></div>",
        "</div>",
        "<br>\n<img src=a>",
        "<p align=center>",
        "<li>a\n<li>b",
        "<!-- <div> -->",
        "<pre><code>",
        "<script>'<div>'",
        "<?php <div> ?>",
        "<!DOCTYPE html>",
    ],
)
def test_what_ends_by_itself_is_not_left_open(html: str) -> None:
    assert not leaves_open(html)


@pytest.mark.parametrize(
    ("blocks", "closing"),
    [
        (["<div>", "</div>"], 1),
        (["<div>", "<div>", "</div>", "</div>", "</div>"], 3),
        (["<div><span>", "</div>"], 1),
        (["<div>", "</section>", "<p>", "</DIV>"], 3),
        (["<div>", "<div>", "</div>"], None),
        (["<div></div>", "</div>"], None),
        (["</div>"], None),
        ([], None),
    ],
)
def test_the_block_that_closes_the_last_open_element_is_found(blocks: list[str], closing: int | None) -> None:
    assert closing_block(enumerate(blocks)) == closing


def test_a_tag_far_below_closes_nothing() -> None:
    assert closing_block([(3, "<div>"), (3 + REACH, "</div>")]) == 1
    assert closing_block([(3, "<div>"), (4 + REACH, "</div>")]) is None


def test_no_more_blocks_are_taken_than_needed() -> None:
    blocks = iter([(0, "<div>"), (1, "</div>"), (2, "<div>")])
    assert closing_block(blocks) == 1
    assert next(blocks) == (2, "<div>")
