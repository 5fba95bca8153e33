"""In-text citations: every form that DESIGN.md and APA 7 name, each beside a near miss that is no citation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.mentions import Doubt, find_mentions


def found(text: str) -> list[tuple[str, str, str]]:
    """The mentions of a text without the doubtful ones: what of it each is, its authors, its year with the letter."""
    return [
        (text[each.start : each.end], each.authors, each.year + each.letter)
        for each in find_mentions(text)
        if each.doubt is Doubt.NONE
    ]


def doubtful(text: str) -> list[str]:
    """What of a text may be a citation if a row answers it."""
    return [text[each.start : each.end] for each in find_mentions(text) if each.doubt is not Doubt.NONE]


@pytest.mark.parametrize(
    ("text", "mention", "authors", "year"),
    [
        # In brackets
        ("It grew (Siebrecht, 2013).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (Adams & Baker, 2013).", "Adams & Baker, 2013", "Adams & Baker", "2013"),
        ("It grew (Adams and Baker, 2013).", "Adams and Baker, 2013", "Adams and Baker", "2013"),
        ("It grew (Adams and Baker 2013).", "Adams and Baker 2013", "Adams and Baker", "2013"),
        ("It grew (Adams et al., 2013).", "Adams et al., 2013", "Adams et al.", "2013"),
        ("It grew (Adams et al 2013).", "Adams et al 2013", "Adams et al", "2013"),
        ("It grew (Adams, et al., 2013).", "Adams, et al., 2013", "Adams, et al.", "2013"),
        ("It grew (Adams and colleagues, 2013).", "Adams and colleagues, 2013", "Adams and colleagues", "2013"),
        ("It grew (Adams, Baker, & Clark, 2013).", "Adams, Baker, & Clark, 2013", "Adams, Baker, & Clark", "2013"),
        ("It grew [Siebrecht, 2013].", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (Siebrecht, 2013a).", "Siebrecht, 2013a", "Siebrecht", "2013a"),
        ("It grew (Siebrecht, n.d.).", "Siebrecht, n.d.", "Siebrecht", "n.d."),
        ("It grew (Siebrecht, n. d.).", "Siebrecht, n. d.", "Siebrecht", "n.d."),
        ("It grew (Siebrecht, n.d.-b).", "Siebrecht, n.d.-b", "Siebrecht", "n.d.b"),
        ("It grew (Siebrecht, in press).", "Siebrecht, in press", "Siebrecht", "in press"),
        ("It grew (Siebrecht, in press-a).", "Siebrecht, in press-a", "Siebrecht", "in pressa"),
        ("It grew (Freud, 1900/1953).", "Freud, 1900/1953", "Freud", "1953"),
        ("It grew (J. Adams, 2013).", "J. Adams, 2013", "J. Adams", "2013"),
        ("It grew (J.-P. Adams, 2013).", "J.-P. Adams, 2013", "J.-P. Adams", "2013"),
        ("It grew (Siebrecht, 2013, pp. 3-4).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (Siebrecht, 2013, p. 3).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (Siebrecht, 2013, Chapter 2).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (Siebrecht, 2013: 34–36).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (Siebrecht, 2013, May 3).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (see Siebrecht, 2013, for a review).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (see also Siebrecht, 2013).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (e.g., Siebrecht, 2013).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (cf. Siebrecht, 2013).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (but see Siebrecht, 2013).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (reviewed in Adams et al., 2013).", "Adams et al., 2013", "Adams et al.", "2013"),
        ("It grew (Siebrecht,\n2013).", "Siebrecht,\n2013", "Siebrecht", "2013"),
        ("It grew (Adams et al.,\n2013) and fell.", "Adams et al.,\n2013", "Adams et al.", "2013"),
        ("It grew (as in Adams\net al.,\n2013)", "Adams\net al.,\n2013", "Adams et al.", "2013"),
        ("> It grew (Siebrecht,\n> 2013)\n", "Siebrecht,\n> 2013", "Siebrecht", "2013"),
        ("It grew (Siebrecht,\u00a02013).", "Siebrecht,\u00a02013", "Siebrecht", "2013"),
        ("It grew (Marx, [1867] 1990, p. 125).", "Marx, [1867] 1990", "Marx", "1990"),
        ("So Freud ([1900] 1953) says.", "Freud ([1900] 1953)", "Freud", "1953"),
        # In the sentence
        ("Siebrecht (2013) says so.", "Siebrecht (2013)", "Siebrecht", "2013"),
        ("As Adams and Baker (2013) say.", "Adams and Baker (2013)", "Adams and Baker", "2013"),
        ("So Adams, Baker, and Clark (2013) say.", "Adams, Baker, and Clark (2013)", "Adams, Baker, and Clark", "2013"),
        ("However, Adams et al. (2013) say.", "Adams et al. (2013)", "Adams et al.", "2013"),
        ("Adams et al. [2013] say.", "Adams et al. [2013]", "Adams et al.", "2013"),
        ("In Siebrecht (2013, p. 4) it is.", "Siebrecht (2013", "Siebrecht", "2013"),
        ("Siebrecht’s (2013) study grew.", "Siebrecht’s (2013)", "Siebrecht", "2013"),
        ("Adams' (2013) study grew.", "Adams' (2013)", "Adams", "2013"),
        ("Adams and Baker's (2013) study.", "Adams and Baker's (2013)", "Adams and Baker", "2013"),
        ("Adams et al.'s (2013) study.", "Adams et al.'s (2013)", "Adams et al.", "2013"),
        ("It grew (as Siebrecht (2013) says).", "Siebrecht (2013)", "Siebrecht", "2013"),
        ("Adams et al. 2013 say so.", "Adams et al. 2013", "Adams et al.", "2013"),
        ("Adams, Baker, et al. (2013) say.", "Adams, Baker, et al. (2013)", "Adams, Baker, et al.", "2013"),
        ("In London, Baker et al. (2013) say.", "Baker et al. (2013)", "Baker et al.", "2013"),
        ("Adams and her colleagues (2013) say.", "Adams and her colleagues (2013)", "Adams and her colleagues", "2013"),
        ("It was his (Adams, 2013).", "Adams, 2013", "Adams", "2013"),
        ("Building on Siebrecht (2013), it grew.", "Siebrecht (2013)", "Siebrecht", "2013"),
        ("Can Siebrecht (2013) be right?", "Siebrecht (2013)", "Siebrecht", "2013"),
        ("It grew (Can & Siebrecht, 2013).", "Can & Siebrecht, 2013", "Can & Siebrecht", "2013"),
        ("The Board of Health (2013) says.", "Board of Health (2013)", "Board of Health", "2013"),
        # Names
        ("It grew (van Loon, 2013).", "van Loon, 2013", "van Loon", "2013"),
        ("So van der Berg (2013) says.", "van der Berg (2013)", "van der Berg", "2013"),
        ("It grew (De Moraes et al., 2013).", "De Moraes et al., 2013", "De Moraes et al.", "2013"),
        ("It grew (d’Alembert, 2013).", "d’Alembert, 2013", "d’Alembert", "2013"),
        ("It grew (O'Brien & O’Neil, 2013).", "O'Brien & O’Neil, 2013", "O'Brien & O’Neil", "2013"),
        ("It grew (McFall-Ngai, 2013).", "McFall-Ngai, 2013", "McFall-Ngai", "2013"),
        ("It grew (McFall\u2010Ngai, 2013).", "McFall\u2010Ngai, 2013", "McFall\u2010Ngai", "2013"),
        ("It grew (McFall–Ngai, 2013).", "McFall–Ngai, 2013", "McFall–Ngai", "2013"),
        ("It grew (Smith\u2014Jones, 2013).", "Smith\u2014Jones, 2013", "Smith\u2014Jones", "2013"),
        ("It grew in Berlin \u2014 Jones (2013) says.", "Jones (2013)", "Jones", "2013"),
        ("It grew\u2014Jones (2013) says.", "Jones (2013)", "Jones", "2013"),
        ("It grew (al-Khalili, 2013).", "al-Khalili, 2013", "al-Khalili", "2013"),
        ("It grew (Çelik & Øster, 2013).", "Çelik & Øster, 2013", "Çelik & Øster", "2013"),
        ("It grew (王, 2013).", "王, 2013", "王", "2013"),
        ("It grew (St. John, 2013).", "St. John, 2013", "St. John", "2013"),
        ("It grew (An et al., 2013).", "An et al., 2013", "An et al.", "2013"),
        (
            "It grew (World Health Organization, 2013).",
            "World Health Organization, 2013",
            "World Health Organization",
            "2013",
        ),
        ("The Ministry of Health (2013) says.", "Ministry of Health (2013)", "Ministry of Health", "2013"),
        ("It grew (WHO, 2013).", "WHO, 2013", "WHO", "2013"),
        ("So GBD 2019 Collaborators (2013) say.", "GBD 2019 Collaborators (2013)", "GBD 2019 Collaborators", "2013"),
        ("In May 2012 Adams (2013) said.", "Adams (2013)", "Adams", "2013"),
        ("The WHO (2013) says.", "WHO (2013)", "WHO", "2013"),
        (
            "It grew (World Health Organization [WHO], 2013).",
            "World Health Organization [WHO], 2013",
            "World Health Organization [WHO]",
            "2013",
        ),
        (
            "The World Health Organization (WHO, 2013) says.",
            "WHO, 2013",
            "WHO",
            "2013",
        ),
        (
            "It grew (Centers for Disease Control and Prevention, 2013).",
            "Centers for Disease Control and Prevention, 2013",
            "Centers for Disease Control and Prevention",
            "2013",
        ),
        # Markdown
        ("It grew (Adams *et al.*, 2013).", "Adams *et al.*, 2013", "Adams et al.", "2013"),
        ("So **Siebrecht** (2013) says.", "Siebrecht** (2013)", "Siebrecht", "2013"),
        ("It grew (*Growth Is Good*, 2013).", "Growth Is Good*, 2013", "Growth Is Good", "2013"),
        ("So *Adams et al.* (2013) say.", "Adams et al.* (2013)", "Adams et al.", "2013"),
        ("It grew (**Siebrecht**, 2013).", "Siebrecht**, 2013", "Siebrecht", "2013"),
        ("It grew ([Siebrecht, 2013](https://example.org/a)).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew [(Siebrecht, 2013)][s].", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew (Adams &amp; Baker, 2013).", "Adams &amp; Baker, 2013", "Adams & Baker", "2013"),
        ("It grew (Adams \\& Baker, 2013).", "Adams \\& Baker, 2013", "Adams & Baker", "2013"),
        ("It grew (<i>Siebrecht</i>, 2013).", "Siebrecht</i>, 2013", "Siebrecht", "2013"),
        ("> It grew (Siebrecht,\n> 2013).", "Siebrecht,\n> 2013", "Siebrecht", "2013"),
        ("- It grew (Siebrecht, 2013).", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("## Growth (Siebrecht, 2013)", "Siebrecht, 2013", "Siebrecht", "2013"),
        ("It grew.[^1]\n\n[^1]: See Siebrecht (2013).", "Siebrecht (2013)", "Siebrecht", "2013"),
    ],
)
def test_a_citation_is_found(text: str, mention: str, authors: str, year: str) -> None:
    assert found(text) == [(mention, authors, year)]


@pytest.mark.parametrize(
    "text",
    [
        "It grew in 2013.",
        "It grew (in 2013).",
        "It grew (2013).",
        "It grew (May 2013).",
        "In March 2013 it grew.",
        "It grew (12 May 2013).",
        "It grew (accessed June 3, 2013).",
        "It grew (summer 2013).",
        "It grew from 2010–2013 (Table 2).",
        "It grew (Figure 2).",
        "It grew (Figure 2013).",
        "It grew (N = 2013).",
        "It grew (n = 2013, Adams).",
        "The Clean Air Act (1990) says so.",
        "It is Directive 2001/83/EC.",
        "The Treaty of Rome (1957) says so.",
        "The Helsinki Declaration (2013) says so.",
        "The Great Depression (1929) began.",
        "Hurricane Katrina (2005) hit it.",
        "It is the law (Education Act, 2011).",
        "In Brown v. Board of Education (1954) it was.",
        "It is version 2013 of it (Version 2013).",
        "It ran on MATLAB R2014a.",
        "It is ISO 9001:2015.",
        "It grew (J. Adams, personal communication, May 3, 2013).",
        "It grew to 2013 metres (Adams).",
        "In the 1990s (Adams) it grew.",
        "It cost $2013 (Adams).",
        "`(Siebrecht, 2013)` is a citation.",
        "``a ` (Siebrecht, 2013)`` is one.",
        "```\n(Siebrecht, 2013)\n```\n",
        "- a\n\n  ~~~\n  (Siebrecht, 2013)\n  ~~~\n",
        "    (Siebrecht, 2013)\n",
        "<!-- (Siebrecht, 2013) -->",
        '<a title="(Siebrecht, 2013)">a</a>',
        "<https://example.org/(Siebrecht,2013)>",
        "https://example.org/Siebrecht_(2013)",
        "[a](https://example.org/Siebrecht_(2013))",
        "[a]: https://example.org/ (Siebrecht, 2013)",
        "![a](Siebrecht-2013.png)",
        "Siebrecht, S. (2013). On growth. *Journal of Growth*, 1(2), 3–4.",
        "- Adams, B., & Clark, D. E. (2013). On growth.",
        "The (2013) paper grew.",
        "Siebrecht\n\n(2013) grew.",
        "Siebrecht\n\n2013) grew",
        "1. (Siebrecht,\n2. 2013)\n",
        "It grew (siebrecht, 2013).",
        "It was 2013-05-13 (Adams).",
        "It grew (Siebrecht, 20131).",
        "It grew (Siebrecht, 2013ab).",
    ],
)
def test_what_is_no_citation_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It grew (London 2012).", ["London 2012"]),
        ("It grew (Adams 2012:23; Baker 2013: 4).", ["Adams 2012", "Baker 2013"]),
        ("It was run (Adams 2012:23:04).", []),
        ("It grew (Windows 2000 and more).", ["Windows 2000"]),
        ("As Kessler and Baldwin, 2001 say.", ["Kessler and Baldwin, 2001"]),
        ("Siebrecht's 2013 paper says.", ["Siebrecht's 2013"]),
        ("It ran on a Saturn 2000 trap.", ["Saturn 2000"]),
        ("In *Orientalism* (1978) it is.", ["Orientalism* (1978)"]),
    ],
)
def test_what_other_things_are_written_like_is_doubtful(text: str, expected: list[str]) -> None:
    assert found(text) == []
    assert doubtful(text) == expected


def test_each_work_cited_is_a_mention_of_its_own() -> None:
    text = "It grew (Adams, 2001, 2004; see Baker 2010; Clark et al., 2014a, b)."
    said = [(text[each.start : each.end], each.authors, each.year + each.letter) for each in find_mentions(text)]
    assert said == [
        ("Adams, 2001", "Adams", "2001"),
        ("2004", "Adams", "2004"),
        ("Baker 2010", "Baker", "2010"),
        ("Clark et al., 2014a", "Clark et al.", "2014a"),
        ("b", "Clark et al.", "2014b"),
    ]


@pytest.mark.parametrize(
    "text", ["Adams (2001, 2004) says.", "Adams (2001; 2004) says.", "Adams (2001 and 2004) says."]
)
def test_years_in_one_bracket_are_works_of_the_same_authors(text: str) -> None:
    assert [(each.authors, each.year) for each in find_mentions(text)] == [("Adams", "2001"), ("Adams", "2004")]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("It grew (Adams, 2001, p. 4; 2004, pp. 7–9, 12).", ["2001", "2004"]),
        ("It grew (Adams, 2001: 23; 2004: 7).", ["2001", "2004"]),
        ("Adams (2001, Chapter 3; 2004) says.", ["2001", "2004"]),
        ("It grew (Adams, 2001, of 40 samples; 2004 of them small).", ["2001"]),
        ("It grew (Adams, 2001, p. 2004).", ["2001"]),
    ],
)
def test_pages_may_stand_between_years_of_the_same_authors(text: str, years: list[str]) -> None:
    assert [(each.authors, each.year) for each in find_mentions(text)] == [("Adams", year) for year in years]


def test_a_work_known_through_another_is_told_from_it() -> None:
    mentions = find_mentions("It grew (Adams, 1990, as cited in Baker, 2010).")
    assert [(each.authors, each.secondary) for each in mentions] == [("Adams", True), ("Baker", False)]


def test_offsets_are_of_the_source() -> None:
    text = "A 😀 `code`\r\n> **It** &eacute;\r\n> grew (Adams &amp; Baker,\r\n> 2013).\r\n"
    (mention,) = find_mentions(text)
    assert text[mention.start : mention.end] == "Adams &amp; Baker,\r\n> 2013"


_PIECES = st.sampled_from(
    [
        *"()[],;&`*_<>!|.-'’\\\n ",
        "2013",
        "2013a",
        " (",
        ") ",
        "Adams",
        "et al.",
        " and ",
        "van ",
        "https://a.b/",
        "n.d.",
        "`" * 3,
        "\r\n",
        "\n\n",
        "😀",
        "> ",
        "- ",
    ]
)


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_any_text_is_read_and_every_mention_has_its_year_in_place(text: str) -> None:
    last = 0
    for mention in find_mentions(text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
        assert mention.authors.strip()
