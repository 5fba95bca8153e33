"""PubMed's format read as references."""

from __future__ import annotations

import pytest

from editor.core.references.recognise import ReferenceFormat, read_references
from editor.core.references.reference import Name, Reference

RECORDS = """\

PMID- 101
OWN - NLM
DP  - 2020 Feb-Mar
TI  - Magnesium and health outcomes: an umbrella
      review.
LID - 10.1007/s00394-019 [doi]
AB  - Long
      text.
FAU - Veronese, Nicola
AU  - Veronese N
AD  - Padova.
CN  - European Study Group
FAU - Demurtas, Jacopo
AU  - Demurtas J
JT  - European journal of nutrition
VI  - 59
IP  - 1
PG  - 263-272
AID - S0 [pii]

PMID- 102
TI  - [Magnesium in migraine].
AU  - van der Berg JA Jr
AID - 10.1016/x(1) [doi]
"""


def test_a_record_becomes_a_reference_with_all_that_it_tells() -> None:
    read = read_references(RECORDS)
    assert read.format is ReferenceFormat.NBIB
    assert read.problems == ()
    assert read.references[0] == Reference(
        title="Magnesium and health outcomes: an umbrella review",
        authors=(
            Name("Veronese", "Nicola"),
            Name("European Study Group", is_organisation=True),
            Name("Demurtas", "Jacopo"),
        ),
        year="2020",
        container="European journal of nutrition",
        volume="59",
        issue="1",
        pages="263-272",
        doi="10.1007/s00394-019",
        url="https://pubmed.ncbi.nlm.nih.gov/101/",
        line=2,
    )


def test_short_names_and_translated_titles_are_read() -> None:
    second = read_references(RECORDS.replace("\n", "\r\n")).references[1]
    assert (second.title, second.authors_as_cited) == ("Magnesium in migraine", "van der Berg")
    assert (second.doi, second.year, second.line) == ("10.1016/x(1)", "", 22)


@pytest.mark.parametrize("name", ["Ng A", "Ng, A", "Ng"])
def test_every_way_to_write_a_name_has_a_family(name: str) -> None:
    (reference,) = read_references(f"PMID- 1\nTI  - T\nAU  - {name}\n").references
    assert reference.authors_as_cited == "Ng"
