"""Which lines are what to the eye: the same whether a chunk is looked at whole or by its parts."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core import chunks
from editor.core.article import Article
from editor.ui.highlighter import kinds_of_parts, line_kinds

LINES = st.sampled_from(
    [
        "word\n",
        "- item\n",
        "  - item\n",
        "> quote\n",
        "\n",
        "```\n",
        "~~~~\n",
        "  ```\n",
        "===\n",
        "# h\n",
        "    code\n",
    ]
)


@given(st.lists(LINES, min_size=1, max_size=40).map("".join))
@settings(max_examples=300)
def test_lines_of_a_long_chunk_are_what_they_are_in_the_whole(text: str) -> None:
    with patch.object(chunks, "_LINES_A_MARK", 2), patch.object(chunks, "_LEAST_A_MARK", 0):
        article = Article.from_text(text)
    for chunk in article.chunks:
        by_parts = [kind for _, kinds in kinds_of_parts(chunk) for kind in kinds]
        assert by_parts == list(line_kinds(chunk.kind, chunk.text))
