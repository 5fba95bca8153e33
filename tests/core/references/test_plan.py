"""References made rows: what each becomes, what is there already, and one edit for all."""

from __future__ import annotations

import pytest

from editor.core.article import Article
from editor.core.references.plan import Plan, add_references, rows_of
from editor.core.references.reference import Name, Reference
from editor.core.tables import Table, find_tables
from editor.core.text_edit import EditRefused, apply_edits

HEAD = "# Title\n\n| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|--|:-:|---|---|\n"
ROWS = "| 1 | First (A, 2001) | one | 5 |\n| 7 | Sécond: a *study* (B & C, 2002) | two | - |\n"
BELOW = "\nText.\n"
NEW = Reference("Third", (Name("D", "E."),), year="2003")


def table_of(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def paper_of(reference: Reference, table: Table | None = None) -> str:
    return Plan(table).take(reference).paper


@pytest.mark.parametrize(
    ("reference", "paper"),
    [
        (NEW, "Third (D, 2003)"),
        (Reference("T", (Name("A"), Name("B")), year="2003a"), "T (A & B, 2003a)"),
        (Reference("T", (Name("A"), Name("B"), Name("C"))), "T (A et al., n.d.)"),
        (Reference("T", (Name("A"),), others=True, year="in press"), "T (A et al., in press)"),
        (Reference("T", year="2003"), "T (2003)"),
        (Reference("Of (Mg)", (Name("World Health Organization (WHO)"),), year="2003"),
         "Of (Mg) (World Health Organization (WHO), 2003)"),
        (Reference("T", (Name("Odd :)"),), year="2003"), "T (Odd :, 2003)"),
        (Reference("CYP2D6*4 in HLA-B, a_b & p < 0.05", year="2003"), "CYP2D6*4 in HLA-B, a_b & p < 0.05 (2003)"),
        (Reference("*a* [b](c) <i>", year="2003"), "\\*a\\* \\[b\\](c) \\<i> (2003)"),
    ],
)  # fmt: skip
def test_a_reference_becomes_the_cell_that_a_writer_would_write(reference: Reference, paper: str) -> None:
    assert paper_of(reference) == paper


def test_rows_are_added_at_the_end_in_one_edit_that_changes_nothing_else() -> None:
    article = Article.from_text(HEAD + ROWS + BELOW)
    edits = add_references(
        article,
        article.citations_table,
        [NEW, Reference("A|b", insight="x|y", cited_by="3", year="2004"), NEW],
    )
    assert len(edits) == 1
    assert article.apply(*edits).after.text == (
        HEAD
        + ROWS
        + "| 8 | Third (D, 2003) |  | - |\n| 9 | A\\|b (2004) | x\\|y | 3 |\n| 10 | Third (D, 2003) |  | - |\n"
        + BELOW
    )


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("| Paper | No. |\r\n|---|---|\r\n|A (B, 2001)|[3]|\r\n", "|Third (D, 2003)|[4]|\r\n|Third (D, 2003)|[5]|\r\n"),
        ("No. | Paper\n--- | ---\n1 | A (B, 2001)", "\n2 | Third (D, 2003)\n3 | Third (D, 2003)"),
        ("| # | Paper |\n|---|---|\n", "| 1 | Third (D, 2003) |\n| 2 | Third (D, 2003) |\n"),
        ("| Paper | Insight |\n|---|---|\n| x |", "\n| Third (D, 2003) |  |\n| Third (D, 2003) |  |"),
    ],
)
def test_rows_are_written_like_those_that_are_there(text: str, after: str) -> None:
    article = Article.from_text(text)
    (edit,) = add_references(article, article.citations_table, [NEW, NEW])
    assert (edit.start, edit.end, edit.text) == (len(text), len(text), after)


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("10.1000/a", "10.1000/B(1)"),
        ("doi:10.1000/a", "doi:10.1000/B(1)"),
        ("https://doi.org/10.1000/a", "https://doi.org/10.1000/B(1)"),
        ("[10.1000/a](https://doi.org/10.1000/a)", "[10.1000/B(1)](https://doi.org/10.1000/B%281%29)"),
        ("", "10.1000/B(1)"),
        ("-", "10.1000/B(1)"),
    ],
)
def test_a_doi_is_written_like_those_in_its_column_and_read_again(column: str, written: str) -> None:
    table = table_of(f"| Paper | DOI | Citations |\n|---|---|---|\n| A (B, 2001) | {column} | - |\n")
    reference = Reference("T", year="2003", doi="10.1000/B(1)")
    assert rows_of(table, [reference]) == [("T (2003)", written, "-")]
    again = table_of(table.text + f"| Other (2004) | {written} | - |\n")
    duplicate = Plan(again).take(reference).duplicate
    assert duplicate is not None
    assert duplicate.message == "Already in row 2: the same DOI."


def test_titles_are_links_where_most_are_and_the_publication_has_an_address() -> None:
    table = table_of("| Paper | Citations |\n|---|---|\n| [A](https://a.example) (B, 2001) | - |\n")
    assert paper_of(Reference("T [x]", year="2003", doi="10.1000/B(1)"), table) == (
        "[T \\[x\\]](https://doi.org/10.1000/B%281%29) (2003)"
    )
    assert paper_of(Reference("T", year="2003", url="https://b.example/x?a=1"), table) == (
        "[T](https://b.example/x?a=1) (2003)"
    )
    assert paper_of(NEW, table) == "Third (D, 2003)"


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (Reference("second – A Study!", year="2002a"), "Already in row 2: the same title and year."),
        (Reference("Second: a study", year="2003"), None),
        (Reference("Anything", doi="10.1000/X"), "Already in row 3: the same DOI."),
        (Reference("Linked", year="2005"), "Already in row 3: the same title and year."),
        (Reference("日本", year="2005"), None),
    ],
)
def test_what_is_there_already_is_named(reference: Reference, message: str | None) -> None:
    table = table_of(HEAD + ROWS + "| 8 | [Linked](https://dx.doi.org/10.1000/x) (D, 2005) | | |\n")
    duplicate = Plan(table).take(reference).duplicate
    assert (duplicate.message if duplicate else None) == message


def test_a_reference_that_comes_twice_is_named_once() -> None:
    plan = Plan(None)
    references = [
        NEW,
        Reference("Other", doi="10.1/a"),
        Reference("THIRD", year="2003"),
        Reference("Else", doi="10.1/A"),
    ]
    duplicates = [plan.take(reference).duplicate for reference in references]
    assert [duplicate.message if duplicate else None for duplicate in duplicates] == [
        None,
        None,
        "The same as number 1 of these: the same title and year.",
        "The same as number 2 of these: the same DOI.",
    ]


@pytest.mark.parametrize("text", ["", "# T", "# T\n", "# T\r\n\r\nText.\r\n", "# T\n\n", "| A |\n|---|\n| x |\n"])
def test_an_article_without_a_table_of_papers_gets_one_at_its_end(text: str) -> None:
    article = Article.from_text(text)
    after = article.apply(*add_references(article, article.citations_table, [NEW])).after
    assert after.text.startswith(text)
    assert after.citations_table is not None
    newline = article.newline
    assert after.citations_table.text == newline.join((
        "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |",
        "| --- | --- | --- | --- |",
        "| 1 | Third (D, 2003) |  | - |",
        "",
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# T\n\n```\ncode", "not closed"),
        ("<div>\n\n<!-- open\n", "not closed"),
    ],
)
def test_where_no_table_can_stand_none_is_made(text: str, reason: str) -> None:
    article = Article.from_text(text)
    with pytest.raises(EditRefused, match=reason):
        add_references(article, None, [NEW])


def test_a_table_of_something_else_gets_no_papers() -> None:
    text = "intro\n\n| Food | Salt |\n|---|---|\n| x | 1 |\n"
    article = Article.from_text(text)
    with pytest.raises(EditRefused, match="no column of papers") as refused:
        add_references(article, article.tables[0], [NEW])
    assert refused.value.line == 3


def test_nothing_chosen_is_no_edit() -> None:
    article = Article.from_text(HEAD + ROWS)
    assert add_references(article, article.citations_table, []) == ()
    assert apply_edits(article.text, add_references(article, None, [])) == article.text
