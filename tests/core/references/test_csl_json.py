"""CSL-JSON read as references."""

from __future__ import annotations

import json

import pytest

from editor.core.references.recognise import ReferenceFormat, read_references
from editor.core.references.reference import Name, Reference

ITEM = {
    "type": "article-journal",
    "title": "Magnesium <i>in vivo</i> &amp; <sub>more</sub>",
    "author": [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        {"literal": "World Health Organization"},
    ],
    "issued": {"date-parts": [[2013, 5]]},
    "container-title": "Nutrients",
    "volume": 3,
    "issue": "4",
    "page": "5-6",
    "DOI": "10.1000/X",
    "URL": "https://a.example/x",
}


def only(text: str) -> Reference:
    read = read_references(text)
    assert read.format is ReferenceFormat.CSL_JSON
    assert read.problems == ()
    (reference,) = read.references
    return reference


@pytest.mark.parametrize("written", [ITEM, [ITEM], {"items": [ITEM]}, {"status": "ok", "message": ITEM}])
def test_an_item_becomes_a_reference_with_all_that_it_tells(written: object) -> None:
    assert only(json.dumps(written)) == Reference(
        title="Magnesium in vivo & more",
        authors=(Name("van der Berg", "Jan"), Name("World Health Organization", is_organisation=True)),
        year="2013",
        container="Nutrients",
        volume="3",
        issue="4",
        pages="5–6",
        doi="10.1000/X",
        url="https://a.example/x",
        line=1,
    )


@pytest.mark.parametrize(
    ("told", "year"),
    [
        ({"issued": {"date-parts": [["2013"]]}}, "2013"),
        ({"issued": {"raw": "May 2013"}}, "2013"),
        ({"issued": {"literal": "n.d.-b"}}, "n.d.-b"),
        ({"issued": {"date-parts": [[2013]]}, "year-suffix": "b"}, "2013b"),
        ({"issued": "2013-05-01"}, "2013"),
        ({"published-print": {"date-parts": [[2013]]}}, "2013"),
        ({"status": "In Press"}, "in press"),
        ({"issued": {"date-parts": [[None]]}}, ""),
        ({"issued": {"date-parts": "2013"}}, ""),
        ({}, ""),
    ],
)
def test_the_year_is_found_where_it_is_told(told: dict[str, object], year: str) -> None:
    assert only(json.dumps([{"title": "T", **told}])).year == year


@pytest.mark.parametrize("odd", [None, 3, True, "x", [], {}, [None], [3], [{}], {"family": 3}, [[[]]]])
def test_values_of_any_kind_are_no_obstacle(odd: object) -> None:
    item = dict.fromkeys((*ITEM, "annote", "note", "year-suffix", "editor"), odd)
    assert only(json.dumps([{**item, "title": ["T"]}])).title == "T"


def test_a_list_is_read_up_to_where_it_breaks_off() -> None:
    text = '[\n{"title": "One"},\n7,\n{"title": "Two"},\n{"title": }\n]'
    read = read_references(text)
    assert [(reference.title, reference.line) for reference in read.references] == [("One", 2), ("Two", 4)]
    assert [problem.line for problem in read.problems] == [3, 5]
    assert read_references('[{"title": "One"} {"title": "Two"}]').problems[0].line == 1
