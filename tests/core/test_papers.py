"""The rows of the citations table read as papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.papers import (
    COLUMNS,
    ColumnRole,
    PaperName,
    citations_table,
    column_roles,
    format_paper_name,
    new_row,
    next_number,
    paper_name_problem,
    paper_parts,
    papers,
    parse_paper_name,
    with_parts,
)
from editor.core.table_edits import add_row, new_table
from editor.core.tables import Table, find_tables
from editor.core.text_edit import apply_edits

ARTICLE = Path("../shared/articles/magnesium-glycinate.md")


def table_of(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def real_table() -> Table:
    if not ARTICLE.exists():
        pytest.skip("the real article is not beside this checkout")
    return table_of(ARTICLE.read_bytes().decode())


def test_the_new_articles_columns_have_their_roles() -> None:
    assert column_roles(COLUMNS) == (ColumnRole.NUMBER, ColumnRole.PAPER, ColumnRole.INSIGHT, ColumnRole.CITED_BY)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        *(
            (heading, ColumnRole.NUMBER)
            for heading in ("S.No", "No.", "#", "№", "Sr. No.", "Serial number", "Paper No.")
        ),
        *((heading, ColumnRole.PAPER) for heading in ("Paper", "Title", "References", "**Study**", "Paper (Year)")),
        *((heading, ColumnRole.INSIGHT) for heading in ("Relevant Insight", "Key findings", "RELEVANCE")),
        *(
            (heading, ColumnRole.CITED_BY)
            for heading in ("Citations", "Cited by", "No. of citations", "Citation count")
        ),
        *((heading, ColumnRole.DOI) for heading in ("DOI", "doi link", "DOI / URL")),
        *((heading, ColumnRole.OTHER) for heading in ("", "Notes", "Food source", "Number of studies", "(Paper)")),
    ],
)
def test_a_heading_tells_what_its_column_holds(heading: str, role: ColumnRole) -> None:
    assert column_roles([heading]) == (role,)


def test_the_first_of_two_like_columns_has_the_role() -> None:
    assert column_roles(["Title", "Reference", "Paper"]) == (ColumnRole.PAPER, ColumnRole.OTHER, ColumnRole.OTHER)


def test_the_citations_table_is_found_among_others_with_its_columns_in_any_order() -> None:
    doses = "| Food source | Number |\n|---|---|\n\n"
    alone = "| Title |\n|---|\n\n"
    cited = "| Cited by | Reference |\n|---|---|\n| 3 | A (B, 2001) |\n"
    tables = find_tables(doses + alone + cited)
    assert citations_table(tables) is tables[2]
    assert citations_table(tables[:2]) is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (
            "Magnesium and Health (Barbagallo & Dominguez, 2019)",
            ("Magnesium and Health", "Barbagallo & Dominguez", "2019"),
        ),
        ("Magnesium (Mg) in us (all) (Liu et al., 2021a)", ("Magnesium (Mg) in us (all)", "Liu et al.", "2021a")),
        (
            "Guidelines (World Health Organization (WHO), 2020)",
            ("Guidelines", "World Health Organization (WHO)", "2020"),
        ),
        ("Cramps (Sebo, Cerutti & Haller, n.d.)", ("Cramps", "Sebo, Cerutti & Haller", "n.d.")),
        ("Sleep (van Loon, in press)", ("Sleep", "van Loon", "in press")),
        ("Sleep (Ng, n.d.-b)", ("Sleep", "Ng", "n.d.-b")),
        ("Sleep (Ng 2001)", ("Sleep", "Ng", "2001")),
        ("Sleep (2001)", ("Sleep", "", "2001")),
        ("(Ng, 2001)", ("", "Ng", "2001")),
        ("[Sleep](https://a.example/(x)) (Ng,2001) ", ("[Sleep](https://a.example/(x))", "Ng", "2001")),
    ],
)
def test_a_papers_name_comes_apart(value: str, name: tuple[str, str, str]) -> None:
    assert parse_paper_name(value) == PaperName(*name)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Sleep",
        "Sleep (Ng)",
        "Sleep (Ng, 201)",
        "Sleep (Ng, 20011)",
        "Sleep (Ng, 2001",
        "Sleep Ng, 2001)",
        "(A, 2001) B",
        "Sleep (Ng, 2001) (preprint)",
        ")",
        "(",
        "()",
        "Sleep (Ng2001)",
    ],
)
def test_a_malformed_name_is_none(value: str) -> None:
    assert parse_paper_name(value) is None


words = st.text("abcé -’&.", min_size=1).map(str.strip).filter(bool)
names = st.builds(
    PaperName, words | words.map("{} (x)".format), words, st.sampled_from(["2013", "1999b", "n.d.", "in press"])
)


@settings(deadline=None, max_examples=60)
@given(names)
def test_a_formatted_name_comes_apart_into_the_same_parts(name: PaperName) -> None:
    assert parse_paper_name(format_paper_name(name)) == name


def test_missing_parts_leave_no_trace_in_a_name() -> None:
    assert format_paper_name(PaperName("Sleep", "", "2001")) == "Sleep (2001)"
    assert format_paper_name(PaperName("Sleep", "", "")) == "Sleep"
    assert format_paper_name(PaperName("", "Ng", "2001")) == "(Ng, 2001)"


def test_the_real_articles_rows_are_five_papers() -> None:
    table = real_table()
    found = papers(table)
    assert citations_table((table,)) is table
    assert [paper.name.authors if paper.name else None for paper in found] == [
        "Siebrecht", "Lamontagne et al.", "Batta", "Veronese et al.", "Barbagallo & Dominguez",
    ]  # fmt: skip
    assert [paper.number for paper in found] == ["1", "2", "3", "4", "5"]
    assert [paper.cited_by for paper in found] == ["5", "2", "-", "43", "3"]
    assert found[4].insight.startswith("Extensive review")


def test_a_paper_knows_its_place_in_the_article() -> None:
    text = "intro\n\n| Paper | No. |\n|---|---|\n| A\\|B (C, 2001) | 1 |\n"
    (paper,) = papers(table_of(text))
    assert (paper.position, paper.line) == (1, 5)
    assert text[paper.start : paper.end] == "A\\|B (C, 2001)"
    assert paper.written == "A|B (C, 2001)"


def test_a_short_row_and_surplus_cells_are_still_papers() -> None:
    table = table_of("| No. | Paper | Notes | DOI |\n|--|--|--|--|\n| 1 |\n| 2 | A (B, 2001) | n | 10.1/x | more |\n")
    short, long = papers(table)
    assert (short.number, short.written, short.name, short.doi) == ("1", "", None, "")
    assert table.text[short.start : short.end] == "| 1 |"
    assert (long.name, long.doi) == (PaperName("A", "B", "2001"), "10.1/x")


@pytest.mark.parametrize(
    ("numbers", "after"),
    [
        (["1", "2"], "3"),
        (["7", "x", "3"], "8"),
        ([], "1"),
        (["-"], "1"),
        (["[9]"], "[10]"),
        (["01."], "02."),
        (["9" * 5000], "1"),
    ],
)
def test_the_next_number_follows_the_greatest_and_looks_like_it(numbers: list[str], after: str) -> None:
    rows = "".join(f"| {number} | x |\n" for number in numbers)
    assert next_number(table_of("| # | Paper |\n|---|---|\n" + rows)) == after


def test_a_table_without_numbers_gets_none() -> None:
    table = table_of("| Paper | Citations |\n|---|---|\n| a | 4 |\n")
    assert next_number(table) == ""
    assert new_row(table) == ("", "-")


def test_a_new_row_is_numbered_and_not_yet_looked_up() -> None:
    assert new_row(real_table()) == ("6", "", "", "-")


def test_a_new_table_is_a_citations_table_ready_for_its_first_row() -> None:
    text = new_table(COLUMNS, "\r\n")
    table = table_of(text)
    assert citations_table((table,)) is table
    assert apply_edits(text, add_row(table, new_row(table))) == text + "| 1 |  |  | - |\r\n"


# The parts of a paper's cell, each for itself


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("Sleep", ("Sleep", "", "")),
        ("Sleep (Ng)", ("Sleep", "Ng", "")),
        ("Sleep (Ng, 201)", ("Sleep", "Ng", "201")),
        ("Sleep (Ng 20011)", ("Sleep", "Ng", "20011")),
        ("Sleep (preprint)", ("Sleep", "preprint", "")),
        ("Sleep (Ng, 2001", ("Sleep (Ng, 2001", "", "")),
        ("", ("", "", "")),
    ],
)
def test_of_a_malformed_name_the_parts_are_told_as_far_as_they_can_be(value: str, parts: tuple[str, str, str]) -> None:
    assert paper_parts(value) == PaperName(*parts)


@pytest.mark.parametrize(
    ("value", "change", "changed"),
    [
        ("Sleep  ( Ng 2001 )", {"year": "2002a"}, "Sleep  ( Ng 2002a )"),
        ("Sleep  ( Ng 2001 )", {"authors": "Ng & Ho"}, "Sleep  ( Ng & Ho 2001 )"),
        ("Sleep  ( Ng 2001 )", {"title": "*Sleep* (all)"}, "*Sleep* (all)  ( Ng 2001 )"),
        ("2001 (2001, 2001)", {"year": "2002"}, "2001 (2001, 2002)"),
        ("Sleep (2001)", {"authors": "Ng"}, "Sleep (Ng, 2001)"),
        ("Sleep (Ng, 2001)", {"authors": ""}, "Sleep (2001)"),
        ("Sleep (Ng, 2001)", {"year": ""}, "Sleep (Ng)"),
        ("Sleep (Ng, 2001)", {"authors": "", "year": ""}, "Sleep"),
        ("Sleep (Ng, 2001)", {"title": ""}, "(Ng, 2001)"),
        ("(Ng, 2001)", {"title": "Sleep"}, "Sleep (Ng, 2001)"),
        ("Sleep (Ng)", {"year": "2001"}, "Sleep (Ng, 2001)"),
        ("Sleep (Ng,201)", {"year": "2001"}, "Sleep (Ng,2001)"),
        ("Sleep", {"authors": "Ng", "year": "2001"}, "Sleep (Ng, 2001)"),
        ("", {"title": "Sleep", "authors": "Ng", "year": "2001"}, "Sleep (Ng, 2001)"),
    ],
)
def test_a_part_is_changed_without_the_rest(value: str, change: dict[str, str], changed: str) -> None:
    assert with_parts(value, paper_parts(value)._replace(**change)) == changed


@settings(deadline=None, max_examples=60)
@given(st.text("aé ()&,.-1290nd", max_size=24), st.text("aé ()&,.-1290nd", max_size=12).map(str.strip))
def test_parts_that_are_set_as_they_are_change_nothing(value: str, title: str) -> None:
    assert with_parts(value, paper_parts(value)) == value.strip()
    if parse_paper_name(value) and title:
        changed = with_parts(value, paper_parts(value)._replace(title=title))
        assert paper_parts(changed) == paper_parts(value)._replace(title=title)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", ""),
        ("Sleep (Ng, 2001)", ""),
        ("Sleep", "“(Author, Year)” is missing at the end."),
        ("(Ng, 2001) Sleep", "“(Author, Year)” is missing at the end."),
        ("Sleep (Ng, 201)", "“201” is no year: four digits, “n.d.” or “in press”."),
        ("Sleep (Ng, 2001) (preprint)", "“(preprint)” does not end in a year."),
        ("Sleep (Ng, 2001", "A parenthesis is not closed."),
        ("Sleep Ng, 2001)", "A parenthesis is not opened."),
        ("(Ng, 2001)", "The title is missing."),
        ("Sleep (2001)", "The author is missing."),
    ],
)
def test_a_malformed_name_says_why(value: str, problem: str) -> None:
    assert paper_name_problem(value) == problem


@pytest.mark.parametrize(
    "value", ["T (" + "1" * 100_000 + ", x)", "T (x, " + "1" * 100_000 + ",)", "(" * 100_000, "1," * 50_000 + ")"]
)
def test_a_hostile_value_is_read_in_the_time_its_length_takes(value: str) -> None:
    assert parse_paper_name(value) is None
    assert paper_name_problem(value)
