"""Places in chunks: between landmarks, by characters and by lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.article import Article
from editor.core.chunks import Chunk
from editor.core.spots import Spot, offset_in, offset_of_words, spot_in

TABLE = """| a | b |
|---|---|
| one | 1 |
| two | 2 |

"""
LIST = """- first
- second
  goes on

- third
"""
CODE = """```python
a = 1

print(a, "a long line that makes no difference")
```
"""


def only_chunk(text: str) -> Chunk:
    (chunk,) = Article.from_text(text).chunks
    return chunk


@pytest.mark.parametrize(
    ("text", "words", "item"),
    [(TABLE, "a | b", 0), (TABLE, "one", 1), (TABLE, "two", 2), (LIST, "first", 0), (LIST, "goes", 1), (LIST, "th", 2)],
)
def test_a_place_is_in_its_row_or_item(text: str, words: str, item: int) -> None:
    spot = spot_in(only_chunk(text), text.index(words))
    assert (spot.count, spot.item) == (3, item)
    assert 0 <= spot.part < 1


def test_the_delimiter_row_belongs_to_the_header_that_is_shown() -> None:
    assert spot_in(only_chunk(TABLE), TABLE.index("|---")).item == 0


def test_lines_of_code_count_alike() -> None:
    starts = [spot_in(only_chunk(CODE), CODE.index(words)).share for words in ("```p", "a = 1", "print", "```\n")]
    assert starts == pytest.approx([0, 0.2, 0.6, 0.8])


def test_blank_lines_after_a_chunk_are_its_end() -> None:
    assert spot_in(only_chunk("Text.\n\n\n"), 7).share == 1


@pytest.mark.parametrize(
    "text", [TABLE, LIST, CODE, "Prose that\ngoes on.\n\n", "# Heading\n", "\n\nLate.\n", "> - a\n> - b\n"]
)
def test_there_and_back_is_the_same_place(text: str) -> None:
    chunk = only_chunk(text)
    end = len(text.rstrip())
    first = len(text) - len(text.lstrip("\n"))
    assert [offset_in(chunk, spot_in(chunk, offset)) for offset in range(first, end)] == list(range(first, end))


def test_where_the_page_has_other_landmarks_the_share_counts() -> None:
    chunk = only_chunk(TABLE)
    assert offset_in(chunk, Spot(share=0.5, count=7, item=2, part=0)) == round(0.5 * len(TABLE.rstrip()))


@given(st.text(alphabet="ab|- \n`1.>#", max_size=60), st.floats(0, 1), st.integers(-1, 5), st.floats(0, 1))
def test_every_spot_is_in_the_chunk(text: str, share: float, item: int, part: float) -> None:
    for chunk in Article.from_text(text).chunks:
        count = spot_in(chunk, 0).count
        assert 0 <= offset_in(chunk, Spot(share, count, item, part)) <= len(chunk.text)
        assert 0 <= spot_in(chunk, round(share * len(chunk.text))).share <= 1


def test_words_are_found_through_markup_and_nearest_to_where_they_seem_to_be() -> None:
    text = "An effect (Doe, 2013) and **an effect** again (Doe, 2013).\n"
    chunk = only_chunk(text)
    assert offset_of_words(chunk, "again (", "Doe, 2013).", 50) == text.rindex("Doe")
    assert offset_of_words(chunk, "An effect (", "Doe, 2013) and an", 0) == text.index("Doe")
    assert offset_of_words(chunk, "and an eff", "ect", 30) == text.rindex("ect*")
    assert offset_of_words(chunk, "nothing of it", "is there", 30) is None
