"""RIS read as references."""

from __future__ import annotations

import pytest

from editor.core.references.recognise import ReferenceFormat, read_references
from editor.core.references.reference import Name, Reference

ARTICLE = """\
TY  - JOUR
AU  - Barbagallo, Mario
AU  - Dominguez, Ligia J.
TI  - Magnesium and
   Health.
T2  - Current Opinion
PY  - 2019/05/01/
VL  - 21
IS  - 4
SP  - 3
EP  - 9
DO  - 10.1000/x
UR  - https://a.example/x;https://b.example
ER  -
"""


def only(text: str) -> Reference:
    read = read_references(text)
    assert read.format is ReferenceFormat.RIS
    assert read.problems == ()
    (reference,) = read.references
    return reference


def record(*lines: str) -> str:
    return "TY  - JOUR\nTI  - T\n" + "".join(f"{line}\n" for line in lines) + "ER  - \n"


@pytest.mark.parametrize("text", [ARTICLE, "\ufeff" + ARTICLE.replace("\n", "\r\n"), ARTICLE.replace("\n", "\r")])
def test_a_record_becomes_a_reference_with_all_that_it_tells(text: str) -> None:
    assert only(text) == Reference(
        title="Magnesium and Health",
        authors=(Name("Barbagallo", "Mario"), Name("Dominguez", "Ligia J.")),
        year="2019",
        container="Current Opinion",
        volume="21",
        issue="4",
        pages="3–9",
        doi="10.1000/x",
        url="https://a.example/x",
        line=1,
    )


@pytest.mark.parametrize(
    ("lines", "cited"),
    [
        (["A1  - van der Berg, Jan"], "van der Berg"),
        (["AU  - World Health Organization"], "World Health Organization"),
        (["AU  - Centers for Disease Control,, Atlanta"], "Centers for Disease Control, Atlanta"),
        (["AU  - Novartis,", "AU  - Ng, A., Jr."], "Novartis & Ng"),
        (["AU  - Liu, A.", "AU  - et al."], "Liu et al."),
        (["A2  - Editor, E."], "Editor"),
        (["AU  -"], ""),
    ],
)
def test_authors_are_cited_as_their_names_are_meant(lines: list[str], cited: str) -> None:
    assert only(record(*lines)).authors_as_cited == cited


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["Y1  - 2001///"], "2001"),
        (["DA  - 2001/03/04"], "2001"),
        (["PY  - ", "DA  - 2001"], "2001"),
        (["PY  - in press"], "in press"),
        ([], ""),
    ],
)
def test_the_year_is_found_where_it_is_told(lines: list[str], year: str) -> None:
    assert only(record(*lines)).year == year


def test_the_title_has_several_tags() -> None:
    for tag in ("TI", "T1"):
        assert only(f"TY  - BOOK\n{tag}  - Of one\nER  - ").title == "Of one"


def test_records_follow_each_other_even_where_one_is_not_ended() -> None:
    text = "Provider: x\n\n" + ARTICLE + "\n" + record().replace("ER  - \n", "") + record("XX  - odd", "stray line")
    read = read_references(text)
    assert [(reference.title, reference.line) for reference in read.references] == [
        ("Magnesium and Health", 3), ("T", 18), ("T", 20),
    ]  # fmt: skip


def test_a_record_without_a_title_is_named() -> None:
    read = read_references("TY  - JOUR\nAU  - A, B\nER  - \n" + record())
    assert [problem.line for problem in read.problems] == [1]
    assert len(read.references) == 1


def test_how_often_it_is_cited_and_the_own_insight_are_kept_and_other_notes_are_not() -> None:
    found = only(record("N1  - Export Date: 1 May 2020; Cited By: 43", "N1  - Insight: Helps *much*."))
    assert (found.cited_by, found.insight) == ("43", "Helps *much*.")
