"""BibTeX and biblatex read as references."""

from __future__ import annotations

import pytest

from editor.core.references.recognise import ReferenceFormat, read_references
from editor.core.references.reference import Name, Reference


def only(text: str) -> Reference:
    read = read_references(text)
    assert read.format is ReferenceFormat.BIBTEX
    assert read.problems == ()
    (reference,) = read.references
    return reference


def entry(**fields: str) -> str:
    return "@article{k,\n" + "".join(f"  {name} = {value},\n" for name, value in fields.items()) + "}\n"


def test_an_entry_becomes_a_reference_with_all_that_it_tells() -> None:
    found = only(
        entry(
            author="{Barbagallo, Mario and Dominguez, Ligia J.}",
            title="{Magnesium and Health}",
            journal='"Current Opinion"',
            year="2019",
            volume="{21}",
            number="4",
            pages="{3--9}",
            doi="{https://doi.org/10.1000/ABC.1}",
            url="{https://example.org/a_b}",
        )
    )
    assert found == Reference(
        title="Magnesium and Health",
        authors=(Name("Barbagallo", "Mario"), Name("Dominguez", "Ligia J.")),
        year="2019",
        container="Current Opinion",
        volume="21",
        issue="4",
        pages="3–9",
        doi="10.1000/ABC.1",
        url="https://example.org/a_b",
        line=1,
    )
    assert found.published_in == "Current Opinion, 21(4), 3–9"


@pytest.mark.parametrize(
    ("written", "cited"),
    [
        ("{Siebrecht, S.}", "Siebrecht"),
        ("{Barbagallo, M. and Dominguez, L. J.}", "Barbagallo & Dominguez"),
        ("{A, B. and C, D. and E, F.}", "A et al."),
        ("{Lamontagne, C. and others}", "Lamontagne et al."),
        ("{{World Health Organization}}", "World Health Organization"),
        ("{World Health Organization}", "World Health Organization"),
        ("{{Ministry of Food and Health} and Ng, A.}", "Ministry of Food and Health & Ng"),
        ("{van der Berg, Jan}", "van der Berg"),
        ("{Barbagallo, M.; Dominguez, L. J.}", "Barbagallo & Dominguez"),
        ("{Barbagallo, Mario and J Dominguez, Ligia and D Souza, A.}", "Barbagallo et al."),
        ("{J Dominguez, Ligia and D Souza, A.}", "Dominguez & D Souza"),
        ("{Jan van der Berg}", "van der Berg"),
        ("{De Moraes, X.}", "De Moraes"),
        ("{Jos{\\'e} Garc{\\'\\i}a M{\\'a}rquez and {\\O}stby, H.}", "Márquez & Østby"),
        ('{M{\\"u}ller-L{\\"u}denscheidt, K. AND Ng, A.}', "Müller-Lüdenscheidt & Ng"),
        ("{King, Jr., Martin Luther}", "King"),
        ("{family=Gogh, given=Vincent, prefix=van}", "van Gogh"),
        ("{O'Brien, Flann\n   and\n   Ng, A.}", "O'Brien & Ng"),
        ('"Knuth, {D}onald"', "Knuth"),
    ],
)
def test_authors_are_cited_as_their_names_are_meant(written: str, cited: str) -> None:
    assert only(entry(author=written, title="{T}")).authors_as_cited == cited


def test_editors_stand_in_for_authors() -> None:
    assert only(entry(editor="{Knuth, D. and Lamport, L.}", title="{T}")).authors_as_cited == "Knuth & Lamport"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("{{Magnesium} in {H}ealth}", "Magnesium in Health"),
        ("{{Magnesium in Health}}", "Magnesium in Health"),
        ('{50\\% of {\\"o}thers \\& more}', "50% of öthers & more"),
        ("{50% of others & more}", "50% of others & more"),
        ("{The role of $\\alpha$-tocopherol}", "The role of α-tocopherol"),
        ("{It costs $5}", "It costs $5"),
        ("{``Quoted'' --- and   more\n  lines}", "“Quoted” — and more lines"),
        ("{\\emph{In vivo} and \\textit{in vitro}}", "In vivo and in vitro"),
        ('"A {"}quoted{"} word"', 'A "quoted" word'),
        ("{Ends in a stop.}", "Ends in a stop"),
        ("{Why?}", "Why?"),
        ("{In <i>E. coli</i> \\&amp; p &lt; 0.05}", "In E. coli & p < 0.05"),
        ("{A~b \\TeX{} \\textless{} c}", "A b TeX < c"),
    ],
)
def test_latex_in_a_title_is_decoded(written: str, title: str) -> None:
    assert only(entry(author="{A}", title=written)).title == title


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({"year": "2013"}, "2013"),
        ({"year": "{2013a}"}, "2013a"),
        ({"date": "{2013-05}"}, "2013"),
        ({"date": "{2013-05-01/2013-06}"}, "2013"),
        ({"year": "{in press}"}, "in press"),
        ({"note": "{Forthcoming}"}, "in press"),
        ({"note": "{Accessed: 2021-02-03}"}, ""),
        ({"pubstate": "{inpress}"}, "in press"),
        ({"year": "{n.d.}"}, "n.d."),
        ({"month": "jan"}, ""),
    ],
)
def test_the_year_is_found_where_it_is_told(fields: dict[str, str], year: str) -> None:
    assert only(entry(title="{T}", **fields)).year == year


@pytest.mark.parametrize(
    ("fields", "doi"),
    [
        ({"doi": "{10.1000/a\\_b}"}, "10.1000/a_b"),
        ({"doi": "{doi:10.1000/a}"}, "10.1000/a"),
        ({"DOI": "{http://dx.doi.org/10.1000/a%2Fb}"}, "10.1000/a/b"),
        ({"url": "{https://doi.org/10.1000/a}"}, "10.1000/a"),
        ({"howpublished": "{\\url{https://doi.org/10.1000/a_b}}"}, "10.1000/a_b"),
        ({"doi": "{10.1002/(SICI)1097-0258(1998)17:15<1661::AID-SIM968>3.0.CO;2-2}"},
         "10.1002/(SICI)1097-0258(1998)17:15<1661::AID-SIM968>3.0.CO;2-2"),
        ({"url": "{javascript:alert(1)}"}, ""),
    ],
)  # fmt: skip
def test_a_doi_is_bare_however_it_is_written(fields: dict[str, str], doi: str) -> None:
    assert only(entry(title="{T}", **fields)).doi == doi


def test_strings_are_joined_and_comments_and_preambles_are_none() -> None:
    text = (
        'A comment.\n@comment{@article{no, title={No}}}\n@preamble{"\\newcommand{\\x}{y}" # {z}}\n'
        '@string{jn = "Journal of " # "Nutrition"}\n@STRING(Pub = {Press})\n'
        '@article(k, journal = JN # " B", title = {One}, month = may)\n% more\n@book{b, title="Two", publisher = pub}'
    )
    first, second = read_references(text).references
    assert (first.title, first.container, second.container) == ("One", "Journal of Nutrition B", "Press")
    assert (first.line, second.line) == (6, 8)


def test_an_entry_that_cannot_be_read_is_named_and_spoils_none_beside_it() -> None:
    text = (
        "@article{a, title = {One}}\n\n@article{b, title = {never closed\n"
        "@article{c, title = {Three}}\n@article{d, year=2000}\n"
    )
    read = read_references(text)
    assert [reference.title for reference in read.references] == ["One", "Three"]
    assert [(problem.line, text[problem.start : problem.end]) for problem in read.problems] == [
        (3, "@article{b, title = {never closed\n"),
        (5, "@article{d, year=2000}\n"),
    ]
    assert "brace" in read.problems[0].message
    assert read.problems[1].message == "This reference has no title."


def test_a_field_given_twice_counts_once() -> None:
    assert only("@misc{a, title={One}, title={Two}}").title == "One"


def test_notes_of_ones_own_and_counts_are_kept() -> None:
    found = only(entry(title="{T}", note="{Cited by: 43}", annote="{Shows 5\\% more.}"))
    assert (found.cited_by, found.insight, found.year) == ("43", "Shows 5% more.", "")
