"""Tables to edit: generated ones of every style, and those of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from editor.core.article import Article
from editor.core.tables import Table, find_tables

_CONTENT = st.text("ab|\\`# -:>1.*é\u00a0\u2028🧲", max_size=5).map(lambda text: text.replace("|", "\\|").strip(" "))


@st.composite
def _one_table(draw: st.DrawFn) -> str:
    """An article with one table: with and without outer pipes, padded or tight, ragged, aligned, indented."""
    width = draw(st.integers(1, 4))
    opened, closed, pad = draw(st.booleans()), draw(st.booleans()), draw(st.sampled_from(["", " ", "  ", "\t"]))
    newline, indent = draw(st.sampled_from(["\n", "\r\n", "\r"])), draw(st.sampled_from(["", "  "]))

    def line(cells: list[str]) -> str:
        return indent + "|" * opened + pad + f"{pad}|{pad}".join(cells) + pad + "|" * closed

    heading = draw(st.lists(_CONTENT, min_size=width, max_size=width))
    delimiter = draw(st.lists(st.sampled_from(["---", ":-", ":-:", "-----:"]), min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(_CONTENT, min_size=1, max_size=5), max_size=4))
    lines = [line(heading), line(delimiter), *(line(row) for row in rows)]
    before, end = draw(st.sampled_from(["", "text", "# h"])), draw(st.sampled_from(["", newline, newline * 2 + "end"]))
    text = (before + newline if before else "") + newline.join(lines) + end
    found = find_tables(text)
    assume(len(found) == 1 and [row.source for row in found[0].lines] == lines)
    return text


@pytest.fixture(scope="session")
def texts_with_a_table() -> st.SearchStrategy[str]:
    """Articles with one table, of every style that a table can have."""
    return _one_table()


@pytest.fixture(scope="session")
def cell_values() -> st.SearchStrategy[str]:
    """What a writer may put into a cell."""
    return st.text("ab|\\`# -:>1.*é\n\r\u00a0\u2028🧲", max_size=8) | st.text(max_size=8)


@pytest.fixture(scope="session")
def real_tables(corpus: list[Path], real_article: Path) -> list[tuple[str, Table]]:
    """Every table of the corpus and of the real article, with its article's text."""
    texts = [path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff") for path in [real_article, *corpus]]
    return [(text, table) for text in texts for table in Article.from_text(text).tables]
