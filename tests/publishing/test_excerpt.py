"""A part of an article comes out as it does in the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.publishing.excerpt import begins_with_title, excerpt, without_places
from editor.publishing.worker import copy
from editor.storage.article_file import decode

TEXT = (
    "---\nlang: de\n---\n\n# Title\n\nOne [a], [^n] and HTML.\n\nTwo.\n\n- three\n- four\n\n"
    "[a]: https://a.example\n[b]: https://b.example\n\n*[HTML]: Hyper\n*[XML]: Extended\n\n"
    "[^n]: A note, [see][b].\n[^m]: Another.\n"
)


def part(begin: str, end: str) -> str:
    return excerpt(TEXT, TEXT.index(begin), TEXT.index(end) + len(end))


def test_blocks_touched_are_whole_and_have_what_they_use_of_the_definitions() -> None:
    text = part("ne", "One")
    assert text.startswith("---\nlang: de\n---\n")
    assert "One [a], [^n] and HTML." in text
    assert [line for line in text.split("\n") if "]:" in line] == [
        "[a]: https://a.example",
        "[b]: https://b.example",
        "*[HTML]: Hyper",
        "[^n]: A note, [see][b].",
    ]
    assert "Two" not in text


def test_several_blocks_stay_as_they_are_written() -> None:
    assert "Two.\n\n- three\n- four\n" in part("wo", "thr")
    assert "]:" not in part("wo", "thr")


def test_what_is_chosen_of_the_front_matter_alone_is_the_front_matter() -> None:
    assert part("lang", "de").strip() == "---\nlang: de\n---"


@pytest.mark.parametrize(
    ("text", "begins"), [("# T\n", True), ("---\na: b\n---\n\n# T\n", True), ("## T\n", False), ("x\n\n# T\n", False)]
)
def test_a_title_is_a_heading_of_the_first_level_before_all_else(text: str, begins: bool) -> None:
    assert begins_with_title(text) is begins


def test_links_within_the_page_become_plain_and_ways_back_go() -> None:
    html = (
        '<p><a href="#cite-1">Doe, <em>2013</em></a> <a href="https://a.example">out</a></p>'
        '<p>Note.<a class="footnote-backref" href="#fnref:1">↩</a></p>'
    )
    assert without_places(html) == '<p>Doe, <em>2013</em> <a href="https://a.example">out</a></p><p>Note.</p>'


def test_every_block_of_real_articles_comes_out_as_in_the_whole(corpus: list[Path]) -> None:
    for path in corpus[::16]:
        text = decode(path.read_bytes(), path).text
        whole = copied(text, path, 0, 0)
        middle = len(text) // 2
        for line in copied(text, path, middle, middle + 50).split("\n"):
            # Numbers of notes, and of headings that are called the same, count what is there.
            if "fn" not in line and " id=" not in line:
                assert line in whole, (path.name, line)


def copied(text: str, path: Path, start: int, end: int) -> str:
    return str(copy(text, str(path), quotes=False, start=start, end=end, rich=False)["html"])
