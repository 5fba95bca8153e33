"""The table exported for other programs, and read again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.article import Article
from editor.core.references.as_row import references_of
from editor.core.references.export import export_bibtex, export_csl_json, export_csv, export_ris
from editor.core.references.plain_text import as_markdown, as_plain
from editor.core.references.plan import rows_of
from editor.core.references.recognise import read_references
from editor.core.references.reference import Name, Reference, one_line, organisation, title_of
from editor.core.table_edits import add_rows, new_table
from editor.core.tables import Table, find_tables
from editor.core.text_edit import apply_edits

Export = Callable[[Iterable[Reference]], str]
EXPORTS = (export_bibtex, export_ris, export_csl_json)
COLUMNS = ("#", "Paper", "Insight", "Citations", "DOI")

TABLE = """\
| # | Paper | Insight | Citations | DOI |
|---|---|---|---|---|
| 1 | Magnesium & *health*: 50% (Barbagallo & Dominguez, 2019) | Helps, "much".<br>Or not. | 3 | 10.1000/a_b |
| 2 | [Sleep](https://a.example/x) (van Loon et al., n.d.) | =1+1 | - | |
| 3 | No year or author | | - | |
| 4 | | empty | - | |
"""


def table_of(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def table_with(references: Iterable[Reference]) -> Table:
    empty = new_table(COLUMNS, "\n")
    return table_of(apply_edits(empty, add_rows(table_of(empty), rows_of(table_of(empty), list(references)))))


def test_bibtex_has_what_the_rows_tell() -> None:
    assert (
        export_bibtex(references_of(table_of(TABLE)))
        == r"""@misc{barbagallo2019,
  author = {Barbagallo and Dominguez},
  title = {{Magnesium \& health: 50\%}},
  year = {2019},
  doi = {10.1000/a_b},
  note = {Cited by: 3},
  annote = {Helps, "much".<br>Or not.},
}

@misc{vanloonnd,
  author = {{van Loon} and others},
  title = {{Sleep}},
  url = {https://a.example/x},
  annote = {=1+1},
}

@misc{no,
  title = {{No year or author}},
}
"""
    )


def test_ris_has_what_the_rows_tell() -> None:
    assert export_ris(references_of(table_of(TABLE))).split("\r\n")[:16] == [
        "TY  - GEN", "AU  - Barbagallo", "AU  - Dominguez", "TI  - Magnesium & health: 50%", "PY  - 2019",
        "DO  - 10.1000/a_b", "N1  - Cited by: 3", 'N1  - Insight: Helps, "much".<br>Or not.', "ER  - ", "",
        "TY  - GEN", "AU  - van Loon", "AU  - et al.", "TI  - Sleep", "UR  - https://a.example/x",
        "N1  - Insight: =1+1",
    ]  # fmt: skip


def test_csl_json_has_what_the_rows_tell() -> None:
    first, second, third = json.loads(export_csl_json(references_of(table_of(TABLE))))
    assert first == {
        "id": "barbagallo2019",
        "type": "document",
        "title": "Magnesium & health: 50%",
        "author": [{"family": "Barbagallo"}, {"family": "Dominguez"}],
        "issued": {"date-parts": [[2019]]},
        "DOI": "10.1000/a_b",
        "note": "Cited by: 3",
        "annote": 'Helps, "much".<br>Or not.',
    }
    assert second["author"] == [{"family": "van Loon"}, {"literal": "et al."}]
    assert third == {"id": "no", "type": "document", "title": "No year or author"}


def test_csv_is_the_table_and_starts_no_formula() -> None:
    exported = export_csv(table_of(TABLE))
    assert exported.endswith("\r\n")
    heading, first, second, *_ = csv.reader(io.StringIO(exported, newline=""))
    assert tuple(heading) == COLUMNS
    assert first[1:4] == ["Magnesium & *health*: 50% (Barbagallo & Dominguez, 2019)", 'Helps, "much".\nOr not.', "3"]
    assert second[1:4] == ["[Sleep](https://a.example/x) (van Loon et al., n.d.)", "'=1+1", "-"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("-", "-"), ("-5", "-5"), ("- a", "- a"), ("-A1", "'-A1"), ("+5", "'+5"), ("@x", "'@x"), ("a=b", "a=b"),
        (" x", '" x"'), ('"', '""""'),
    ],
)  # fmt: skip
def test_only_what_a_spreadsheet_runs_is_marked(value: str, cell: str) -> None:
    text = new_table(["a"], "\n")
    table = table_of(apply_edits(text, add_rows(table_of(text), [[value]])))
    assert export_csv(table) == f"a\r\n{cell.strip() if value == ' x' else cell}\r\n".replace('" x"', "x")


def test_every_entry_has_a_key_of_its_own() -> None:
    exported = export_bibtex([Reference("T", (Name("Ångström Óin"),), year="2001")] * 3 + [Reference("日本")])
    assert [line for line in exported.split("\n") if line.startswith("@")] == [
        "@misc{angstromoin2001,", "@misc{angstromoin2001-2,", "@misc{angstromoin2001-3,", "@misc{reference,",
    ]  # fmt: skip


MARKUP = st.sampled_from(["a <i>b</i>", "&amp;", "&lt;sub&gt;", "\\&amp;", "<br>"])
WORDS = st.text("abBé ß.,:;!?'’“\"`-–—()[]{}<>&%$#_*^~\\/|=+@0123456789日🧲", min_size=1, max_size=20).map(one_line)
TITLES = MARKUP | WORDS.map(title_of).filter(lambda title: any(map(str.isalnum, title)))
FAMILIES = st.sampled_from(
    ["Ng", "van der Berg", "De Moraes", "O’Brien", "Müller-Lüdenscheidt", "Ångström", "and", "Li"]
)
GIVEN = st.sampled_from(["", "A.", "Jean-Paul", "X. Y., Jr."])
ORGANISATIONS = st.sampled_from(
    ["World Health Organization", "Food & Drug Administration", "Simon and Sons Ltd", "AT&T_Labs", "WHO (Geneva)"]
)
AUTHORS = st.lists(st.builds(Name, FAMILIES, GIVEN) | ORGANISATIONS.map(organisation), max_size=4).map(tuple)
REFERENCES = st.builds(
    Reference,
    title=TITLES,
    authors=AUTHORS,
    others=st.booleans(),
    year=st.sampled_from(["2013", "1999b", "n.d.", "in press", "n.d.-b", ""]),
    doi=st.sampled_from(["", "10.1000/a_b", "10.1002/(SICI)1097(1998)17:15<1661::AID-SIM968>3.0.CO;2-2"]),
    insight=WORDS,
    cited_by=st.sampled_from(["", "0", "43", "1,234", "~50 (2020)"]),
)


@pytest.mark.parametrize("export", EXPORTS)
@settings(deadline=None, max_examples=30)
@given(references=st.lists(REFERENCES, max_size=3))
def test_what_is_exported_and_imported_again_gives_the_same_rows(export: Export, references: list[Reference]) -> None:
    table = table_with(references)
    read = read_references(export(references_of(table)))
    assert read.problems == ()
    assert table_with(read.references).text == table.text


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize(
    "name", ["Centers for Disease Control, Atlanta", "Simon and Schuster", "AT&T {x}, Inc.", "and"]
)
def test_an_organisation_is_never_taken_apart(export: Export, name: str) -> None:
    authors = (organisation(name), Name("Ng", "A."))
    (reference,) = read_references(export([Reference("T", authors, year="2001")])).references
    assert reference.authors == authors


def test_the_real_articles_rows_come_back_from_every_format(real_article: Path) -> None:
    table = Article.from_text(real_article.read_text(encoding="utf-8")).citations_table
    assert table is not None
    values = [tuple(cell.value for cell in row.cells) for row in table.rows]
    for export in EXPORTS:
        assert rows_of(table, read_references(export(references_of(table))).references) == [
            (str(len(values) + position), *row[1:]) for position, row in enumerate(values, start=1)
        ]


@settings(deadline=None, max_examples=80)
@given(st.text("ab *_~`\\[]()<>&;#!|1/:.x\"'", max_size=24).map(one_line) | WORDS)
def test_a_plain_text_made_markdown_says_the_same(text: str) -> None:
    assert as_plain(as_markdown(text)) == text


HOSTILE_CELLS = [
    "<!--",
    "[",
    "[a",
    "[a](",
    '[a](b "',
    "[[a]",
    "*a ",
    "**a*",
    "_a_",
    "`a",
    "``",
    "\\",
    "<a ",
    "&#1",
    "![",
    "~~a",
]


@pytest.mark.parametrize("piece", HOSTILE_CELLS)
def test_hostile_markdown_is_made_plain_to_its_end(piece: str) -> None:
    assert as_plain(piece * 40_000 + " end").endswith("end")


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Bold *and* more** `a*b*` ~~gone~~", "Bold and more a*b* gone"),
        ("[A [b] c](https://a.example/(x) \"t\") ![d](e.png)[^1]", "A [b] c d"),
        ("a\\*b &amp; &#945; <br> <i>c</i>", "a*b & α c"),
        ("2 * 3 * 4, a_b_c, p < 0.05", "2 * 3 * 4, a_b_c, p < 0.05"),
        ("<https://a.example/x_y_>", "https://a.example/x_y_"),
    ],
)  # fmt: skip
def test_markdown_becomes_plain(markdown: str, plain: str) -> None:
    assert as_plain(markdown) == plain
