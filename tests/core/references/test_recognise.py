"""Any text read for references: its format is found, nothing in it raises, and nothing takes long."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.references.recognise import LARGEST, ReferenceFormat, format_of, read_references

BIBTEX = "@misc{a, title = {T}}"
RIS = "TY  - JOUR\nTI  - T\nER  - "
NBIB = "PMID- 1\nTI  - T"
CSL = '[{"title": "T"}]'
APA = "Ng, A. (2001). T. Press."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BIBTEX, ReferenceFormat.BIBTEX),
        ("Exported by X\n\n  @Article (a, title = {TY  - x})", ReferenceFormat.BIBTEX),
        (RIS, ReferenceFormat.RIS),
        (NBIB, ReferenceFormat.NBIB),
        (CSL, ReferenceFormat.CSL_JSON),
        ('{\n "title": "@misc{a, title = {T}}"}', ReferenceFormat.CSL_JSON),
        (APA, ReferenceFormat.APA),
        ("[1] Ng, A. (2001). T. Press.", ReferenceFormat.APA),
        ("", None),
        ("Some words.", None),
        ("(2001)", None),
        ("Siebrecht (2013) found that magnesium helps.", None),
        ("This was found by Siebrecht, S. (2013). It helps.", None),
        ("Magnesium and Health (Barbagallo & Dominguez, 2019)", None),
        ("World Health Organization (2020). Guidelines. WHO.", ReferenceFormat.APA),
        ("van der Berg, J., et al. (2020) *Sleep*. Press.", ReferenceFormat.APA),
        ("References\n\nNg A, Liu BC (2001) Sleep. Brain, 1, 2.", ReferenceFormat.APA),
        ("mail me @home (soon)", None),
        ("{braces}", None),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_format_is_known_by_its_marks(text: str, expected: ReferenceFormat | None, ending: str) -> None:
    written = "\ufeff" + text.replace("\n", ending) + ending
    assert format_of(written) is expected
    read = read_references(written)
    assert read.format is expected
    assert len(read.references) == (expected is not None)


def test_a_text_without_references_says_so_and_an_empty_one_says_nothing() -> None:
    assert [problem.code for problem in read_references("Some words.").problems] == ["references-unknown-format"]
    assert read_references(" \n").problems == ()


def test_too_much_is_not_begun() -> None:
    read = read_references(BIBTEX + " " * LARGEST)
    assert read.references == ()
    assert [(problem.code, problem.line) for problem in read.problems] == [("references-too-large", 1)]


PIECES = st.sampled_from([
    *"{}()[]\"'\\#%&$~@=,.:;-*_<>/|\n\r \t0aÉ\0\u2028🧲",
    *("@misc{", "@string{a=", "@comment(", "title = {", " and ", "\\emph", "\\verb", "\\begin{a}"),
    *("TY  - ", "ER  - ", "AU  - ", "TI  - ", "UR  - ", "PMID- ", "FAU - "),
    *('[{"title":', '"author":', "null", "(2001)", " & ", "Ng, A. ", "...", "In ", "https://doi.org/10.1000/"),
])  # fmt: skip
BEGINNINGS = st.sampled_from(["", BIBTEX, RIS, NBIB, CSL[:-1], APA, '[{"title":'])
TEXTS = st.builds("{}{}".format, BEGINNINGS, st.lists(PIECES, max_size=40).map("".join))


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_whatever_a_text_holds_it_is_read_and_every_problem_is_in_it(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = read_references(text)
    lines = text.count("\n") + text.count("\r") + 1
    for problem in read.problems:
        assert 0 <= problem.start <= problem.end <= len(text)
        assert 1 <= problem.line <= lines
    for reference in read.references:
        for told in (reference.title, reference.authors_as_cited, reference.published_in):
            assert told.isprintable() or not told.isascii()
            assert not {"\n", "\r", "\0"} & set(told)
        assert reference.url == "" or reference.url.lower().startswith("http")
        assert reference.doi == "" or reference.doi.startswith("10.")


HOSTILE = {
    "BibTeX open": ("@misc{a, title = {" * 5_000, 0, 1),
    "BibTeX open lines": ("@misc{a, title = {\n" * 1_000, 0, 1_000),
    "BibTeX braces": ("@misc{a, title = {" + "{" * 50_000, 0, 1),
    "BibTeX nested": ("@misc{a, title = " + "{" * 3_000 + "}" * 3_000 + "}", 0, 1),
    "BibTeX names": ("@misc{a, title={T}, author={" + "a and " * 20_000 + "b}}", 1, 0),
    "BibTeX pieces": ("@misc{a, title=" + '"a" # ' * 20_000 + '"b"}', 1, 0),
    "BibTeX doubling": (
        "@string{a0={xx}}\n" + "".join(f"@string{{a{n + 1}=a{n} # a{n}}}\n" for n in range(60)) + "@misc{a, title=a60}",
        1,
        0,
    ),
    "LaTeX": ("@misc{a, title={" + "\\emph{" * 600 + "T" + "}" * 600 + "}}", 1, 0),
    "RIS goes on": ("TY  - JOUR\nTI  - a\n" + "more\n" * 30_000, 1, 0),
    "RIS records": ("TY  - JOUR\n" * 2_000, 0, 2_000),
    "PubMed goes on": ("PMID- 1\nTI  - a\n" + "      more\n" * 30_000, 1, 0),
    "RIS DOI": ("TY  - JOUR\nTI  - a\nDO  - 10.1000/" + ")" * 150_000, 1, 0),
    "RIS name": ("TY  - JOUR\nTI  - a\nAU  - " + ", " * 50_000, 1, 0),
    "PubMed name": ("PMID- 1\nTI  - a\nAU  - " + "a b " * 50_000, 1, 0),
    "JSON URL": ('[{"title": "a", "URL": "https://' + "(" * 150_000 + ")" * 150_000 + '"}]', 1, 0),
    "JSON nested": ('[{"a":' * 50_000, 0, 1),
    "JSON number": ('[{"volume": ' + "9" * 100_000 + "}]", 0, 1),
    "APA stops": ("A, B. (2001). " + "a. A, " * 800, 1, 0),
    "APA line": ("A, B. (2001). " + "a. " * 50_000, 0, 1),
    "APA authors": ("A, " * 1_500 + "(2001). T.", 1, 0),
    "APA brackets": ("A. (2001). " + "[" * 4_000, 1, 0),
    "APA stars": ("A. (2001). " + "*a " * 1_300, 1, 0),
    "APA lines": ("A, B. (2001).\n" * 1_000, 0, 1_000),
    "spaces": ("A" + " " * 100_000 + "(2001)", 0, 1),
    "at sign": ("\n@" + "a" * 100_000, 0, 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_to_its_end(name: str) -> None:
    text, references, problems = HOSTILE[name]
    read = read_references(text)
    assert (len(read.references), len(read.problems)) == (references, problems)
