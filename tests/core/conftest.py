"""What the tests of core draw and read: tables of every style, and front matter of every kind."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from editor.core.article import Article
from editor.core.tables import Table, find_tables

_CONTENT = st.text("ab|\\`# -:>1.*é\u00a0\u2028🧲", max_size=5).map(lambda text: text.replace("|", "\\|").strip(" "))


@st.composite
def _one_table(draw: st.DrawFn, least_rows: int = 0) -> str:
    """An article with one table: with and without outer pipes, padded or tight, ragged, aligned, indented."""
    width = draw(st.integers(1, 4))
    opened, closed, pad = draw(st.booleans()), draw(st.booleans()), draw(st.sampled_from(["", " ", "  ", "\t"]))
    newline, indent = draw(st.sampled_from(["\n", "\r\n", "\r"])), draw(st.sampled_from(["", "  "]))

    def line(cells: list[str]) -> str:
        return indent + "|" * opened + pad + f"{pad}|{pad}".join(cells) + pad + "|" * closed

    heading = draw(st.lists(_CONTENT, min_size=width, max_size=width))
    delimiter = draw(st.lists(st.sampled_from(["---", ":-", ":-:", "-----:"]), min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(_CONTENT, min_size=1, max_size=5), min_size=least_rows, max_size=4))
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
def texts_with_a_row() -> st.SearchStrategy[str]:
    """The same, where the table has a row."""
    return _one_table(least_rows=1)


@pytest.fixture(scope="session")
def cell_values() -> st.SearchStrategy[str]:
    """What a writer may put into a cell."""
    return st.text("ab|\\`# -:>1.*é\n\r\u00a0\u2028🧲", max_size=8) | st.text(max_size=8)


@pytest.fixture(scope="session")
def real_tables(corpus: list[Path], real_article: Path) -> list[tuple[str, Table]]:
    """Every table of the corpus and of the real article, with its article's text."""
    texts = [path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff") for path in [real_article, *corpus]]
    return [(text, table) for text in texts for table in Article.from_text(text).tables]


@pytest.fixture(scope="session")
def published() -> list[Path]:
    """Articles whose publisher says which row each citation means, in a `.gold.json` beside each."""
    folder = Path(__file__).parents[3] / "shared" / "corpus" / "citations"
    if not folder.is_dir():
        pytest.skip("the corpus of published articles is not beside the project")
    return sorted(folder.glob("*.md"))


SCALARS = ("a", "b c", "'it''s'", '"d: e"', "12", "1.10", "2024-05-01", "2024-05-01T10:00:00+02:00", "yes", "~")


class _Writer:
    """Draws one text. `marks` numbers its comments, names and anchors, so that no two are alike."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.marks = count()
        self.anchors: list[str] = []

    def one_of(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def block_map(self, column: int, depth: int) -> str:
        lines = [
            f"{self._above(column)}{' ' * column}{self._name()}:{self._value(column, depth)}\n" for _ in self._some(3)
        ]
        return "".join(lines)

    def _some(self, most: int) -> range:
        return range(self.draw(st.integers(1, most)))

    def _name(self) -> str:
        name = f"k{next(self.marks)}"
        return self.one_of(name, name, f"'{name}'", f'"{name}"')

    def _above(self, column: int) -> str:
        kind = self.one_of("", "", "", "comment", "deep", "blank", "both")
        comment = f"{' ' * column}# c{next(self.marks)}\n"
        return {"comment": comment, "deep": f" {comment}", "blank": "\n", "both": f"{comment}\n"}.get(kind, "")

    def _anchored(self, value: str) -> str:
        """The value, perhaps with an anchor, which what comes after it can repeat."""
        if self.one_of("", "", "", "", "&") == "":
            return value
        self.anchors.append(f"x{next(self.marks)}")
        return f" &{self.anchors[-1]}{value}"

    def _scalar(self) -> str:
        return self.one_of(*SCALARS)

    def _comment(self) -> str:
        return self.one_of("", "", f" # c{next(self.marks)}", f"   # c{next(self.marks)}")

    def _value(self, column: int, depth: int, *, in_list: bool = False) -> str:
        margin = " " * (column + 2)
        blocks = {
            "block": f" {self.one_of('|', '|-', '|+')}\n{margin}one # no comment\n\n{margin}  two",
            "folded": f" >-\n{margin}one two\n{margin}three\n",
        }
        nested = ("list", "map", "list", "map") if depth else ()
        kind = self.one_of("scalar", "scalar", "flow", "empty", "alias", *blocks, *nested)
        if kind in nested:
            return self._nested(kind, column, depth - 1, in_list=in_list).removesuffix("\n")
        if kind in blocks:
            return blocks[kind]
        if kind == "alias" and self.anchors:
            return f" *{self.one_of(*self.anchors)}{self._comment()}"
        written = {"scalar": self._scalar, "flow": lambda: self._flow(2)}.get(kind)
        return (self._anchored(f" {written()}") if written else "") + self._comment()

    def _nested(self, kind: str, column: int, depth: int, *, in_list: bool) -> str:
        if kind == "list":
            deeper = column if not in_list and self.one_of("", "in") == "" else column + 2
            return self._anchored(f"{self._comment()}\n{self._list(deeper, depth)}")
        lines = self.block_map(column + 2, depth)
        if in_list and self.one_of("", "below") == "":
            # It begins behind the dash, and not with a comment.
            return " " + lines.lstrip(" #c0123456789\n")
        return f"{self._comment()}\n{lines}"

    def _list(self, column: int, depth: int) -> str:
        return "".join(
            f"{self._above(column)}{' ' * column}-{self._value(column, depth, in_list=True)}\n" for _ in self._some(3)
        )

    def _flow(self, depth: int) -> str:
        comma, pad = self.one_of(", ", ",", " , ", ",\n     "), self.one_of("", " ")
        end = self.one_of("", "", ",")
        many = range(self.draw(st.integers(0, 3)))
        values = [self._flow(depth - 1) if depth and self.one_of("", "", "deep") else self._scalar() for _ in many]
        if self.one_of("list", "map") == "map":
            values = [f"{self._name()}: {value}" for value in values]
            return f"{{{pad}{comma.join(values)}{end if values else ''}{pad}}}"
        return f"[{pad}{comma.join(values)}{end if values else ''}{pad}]"


@st.composite
def _front_matters(draw: st.DrawFn) -> str:
    """A head with both fences that every reader of YAML can read."""
    text = f"---\n{_Writer(draw).block_map(0, 3)}---\n"
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))


@pytest.fixture(scope="session")
def yaml_front_matters() -> st.SearchStrategy[str]:
    """Heads of articles in YAML, with both fences."""
    return _front_matters()
