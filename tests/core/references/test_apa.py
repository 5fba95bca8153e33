"""References read as a list shows them, in APA's form."""

from __future__ import annotations

import pytest

from editor.core.references.recognise import ReferenceFormat, read_references
from editor.core.references.reference import Reference


def only(text: str) -> Reference:
    read = read_references(text)
    assert read.format is ReferenceFormat.APA
    assert read.problems == ()
    (reference,) = read.references
    return reference


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "Siebrecht, S. (2013). Magnesium bisglycinate as safe form. OM & Ernährung, 144(2), 2–16. https://doi.org/10.1000/x",
            ("Magnesium bisglycinate as safe form", "Siebrecht", "2013", "OM & Ernährung, 144(2), 2–16", "10.1000/x"),
        ),
        (
            "Siebrecht, S. (2013). Magnesium. A safe form. *OM & Ernährung*, *144*, 2-16. doi:10.1000/x.",
            ("Magnesium. A safe form", "Siebrecht", "2013", "OM & Ernährung, 144, 2-16", "10.1000/x"),
        ),
        (
            "Barbagallo, M., & Dominguez, L. J. (2019). Magnesium: why? *Curr. Opin. Nutr., 21*(4).",
            ("Magnesium: why?", "Barbagallo & Dominguez", "2019", "Curr. Opin. Nutr., 21(4)", ""),
        ),
        (
            "Barbagallo, M. and Dominguez, L. J. (2019) Effects in E. coli vs. yeast. J. Am. Nutr., 21(4), 5.",
            ("Effects in E. coli vs. yeast", "Barbagallo & Dominguez", "2019", "J. Am. Nutr., 21(4), 5", ""),
        ),
        (
            "Ng, A., Liu, B., . . . van Loon, C. (2020, May 3). Sleep (and more). Nature, 5, e12.",
            ("Sleep (and more)", "Ng et al.", "2020", "Nature, 5, e12", ""),
        ),
        (
            "Ng, A., et al. (2020a). *Sleep in people* (2nd ed.). Academic Press.",
            ("Sleep in people", "Ng et al.", "2020a", "Academic Press", ""),
        ),
        (
            "World Health Organization. (n.d.). Guidelines on salt. Retrieved May 3, 2020, from https://who.example/a",
            ("Guidelines on salt", "World Health Organization", "n.d.", "", ""),
        ),
        (
            "World Health Organization (WHO). (in press). Guidelines [Data set]. WHO Press.",
            ("Guidelines", "World Health Organization (WHO)", "in press", "WHO Press", ""),
        ),
        (
            "Doe, J.-P. (2001). A chapter. In A. Editor (Ed.), *The book* (pp. 1–2). Press.",
            ("A chapter", "Doe", "2001", "The book", ""),
        ),
        (
            "Ng, A. (2001). What? Really! Journal of Things.",
            ("What? Really!", "Ng", "2001", "Journal of Things", ""),
        ),
        (
            "Ng, A. (2001). *E. coli* and *S. aureus* in mice. *Brain, 1*(2), 3.",
            ("E. coli and S. aureus in mice", "Ng", "2001", "Brain, 1(2), 3", ""),
        ),
        (
            "Ng, A. (2001). Effects of _E. coli_ on mice. Brain, 1(2), 3.",
            ("Effects of E. coli on mice", "Ng", "2001", "Brain, 1(2), 3", ""),
        ),
        (
            "Doe, J. (2001). A chapter. In A. Editor & B. Other (Eds.), The book: A story (2nd ed., pp. 1–2). Press.",
            ("A chapter", "Doe", "2001", "The book: A story", ""),
        ),
        (
            "[12] De Moraes, X., Jr., & {O}'Brien, F. (2001). Short.",
            ("Short", "De Moraes & {O}'Brien", "2001", "", ""),
        ),
        (
            "- van der Berg J, Ng AB (2001). Vancouver names. Brain, 1, 2.",
            ("Vancouver names", "van der Berg & Ng", "2001", "Brain, 1, 2", ""),
        ),
        (
            "Smith, John, & Poe, Ann (2001). Full names. Press.",
            ("Full names", "Smith & Poe", "2001", "Press", ""),
        ),
        (
            "Ng, A. (2001). Linked. *Brain, 1*. [https://doi.org/10.1000/a(b)](https://doi.org/10.1000/a(b))",
            ("Linked", "Ng", "2001", "Brain, 1", "10.1000/a(b)"),
        ),
    ],
)  # fmt: skip
def test_a_reference_comes_apart(written: str, told: tuple[str, str, str, str, str]) -> None:
    found = only(written)
    assert (found.title, found.authors_as_cited, found.year, found.published_in, found.doi) == told


def test_references_stand_in_paragraphs_in_lines_and_in_several_lines() -> None:
    text = (
        "Ng, A. (2001). One. Press.\n\n"
        "1. Ng, A. (2002). Two, which goes\n   on. Press.\n2. Ng, A. (2003). Three. Press.\n"
        "\n"
        "Ng, A. (2004). Four. Press. https://a.example/x\nLiu, B., Batta, C., Siebrecht, D.,\n"
        "Poe, E., & Doe, F. (2005). Five. Press.\nWHO. (2006). Six. Press.\n"
    )
    read = read_references(text)
    assert [(reference.title, reference.line) for reference in read.references] == [
        ("One", 1), ("Two, which goes on", 3), ("Three", 5), ("Four", 7), ("Five", 8), ("Six", 10),
    ]  # fmt: skip
    assert read.references[4].authors_as_cited == "Liu et al."


def test_what_is_no_reference_is_named() -> None:
    read = read_references("## Sources\n\nNg, A. (2001). One. Press.\n\nNg, A. Two. Press.\n\n**References:**\n")
    assert [problem.line for problem in read.problems] == [5]
    assert [reference.title for reference in read.references] == ["One"]
