"""A row renamed renames what cites it, in the smallest edits, and a citation renamed its row; nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.article import Article
from editor.core.citation_changes import Changes, Version, changes_between
from editor.core.citation_renaming import Rewrite, rewrites
from editor.core.citation_style import style_of
from editor.core.citations import citations_of
from editor.core.text_edit import TextEdit, smallest_edit

HEAD = "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"


def article_with(prose: str, *papers: str) -> str:
    rows = "".join(f"| {n} | Paper {n} ({paper}) | x | - |\n" for n, paper in enumerate(papers, 1))
    return f"# One\n\n{prose}\n\n{HEAD}{rows}"


def version(text: str) -> Version:
    article = Article.from_text(text)
    return Version(article, citations_of(article))


def changes(before: str, *texts: str) -> Changes:
    """What is seen to have changed from a text to the last of others, each of which came by its smallest edit."""
    first, text, steps = version(before), before, []
    for after in texts:
        edit = smallest_edit(text, after)
        steps += [[edit]] if edit else []
        text = after
    return changes_between(first, version(text), steps)


def rewritten(before: str, after: str) -> tuple[str, list[Rewrite], Article]:
    """The text once all that can be is renamed, and what would be."""
    (renaming,) = changes(before, after).renamings
    now = version(after)
    found = rewrites(now.article, renaming, style_of(each.mention for each in now.citations.all))
    edits = [edit for each in found for edit in each.edits]
    changed = now.article.apply(*edits).after if edits else now.article
    return changed.text, list(found), now.article


@pytest.mark.parametrize(
    ("prose", "old", "new", "renamed"),
    [
        # The year.
        ("So (Doe, 2013).", "Doe, 2013", "Doe, 2014", "So (Doe, 2014)."),
        (
            "So Doe’s (2013) and (see Doe 2013, p. 3).",
            "Doe, 2013",
            "Doe, 2014a",
            "So Doe’s (2014a) and (see Doe 2014a, p. 3).",
        ),
        ("So (Doe, 2013; Roe, 2013) [Doe, 2013].", "Doe, 2013", "Doe, n.d.", "So (Doe, n.d.; Roe, 2013) [Doe, n.d.]."),
        ("So (Doe, 1999, 2013, 2020).", "Doe, 2013", "Doe, 2014", "So (Doe, 1999, 2014, 2020)."),
        ("So (Doe, 2013a, b).", "Doe, 2013a", "Doe, 2013c", "So (Doe, 2013c, b)."),
        ("So (Doe, 2013a, b).", "Doe, 2013b", "Doe, 2013c", "So (Doe, 2013a, c)."),
        ("So **(Doe, *2013*)** (Doe, 1900/2013).", "Doe, 2013", "Doe, 2014", "So **(Doe, *2014*)** (Doe, 1900/2014)."),
        # The authors.
        ("So (Doe, 2013) and Doe’s (2013).", "Doe, 2013", "Dow, 2013", "So (Dow, 2013) and Dow’s (2013)."),
        ("So Adams’ (2013) point.", "Adams, 2013", "Adam, 2013", "So Adam’s (2013) point."),
        (
            "So (Doe & Roe, 2013), Doe and\nRoe (2013) and (Doe and Roe 2013).",
            "Doe & Roe, 2013",
            "Doe & Poe, 2013",
            "So (Doe & Poe, 2013), Doe and\nPoe (2013) and (Doe and Poe 2013).",
        ),
        (
            "So (Doe & Roe, 2013) by Doe and Roe (2013).",
            "Doe & Roe, 2013",
            "Doe et al., 2013",
            "So (Doe et al., 2013) by Doe et al. (2013).",
        ),
        ("So (Doe *et al.*, 2013).", "Doe et al., 2013", "Dow et al., 2013", "So (Dow *et al.*, 2013)."),
        ("So (*Doe* & Roe, 2013).", "Doe & Roe, 2013", "Doe & Poe, 2013", "So (*Doe* & Poe, 2013)."),
        (
            "So Doe, Roe, and Poe (2013).",
            "Doe, Roe, & Poe, 2013",
            "Doe, Ray, & Poe, 2013",
            "So Doe, Ray, and Poe (2013).",
        ),
        ("So (Doe et al., 2013).", "Doe, Roe, & Poe, 2013", "Doe & Roe, 2013", "So (Doe & Roe, 2013)."),
        ("So (Zoller, 2013).", "Zoller, 2013", "Zöller, 2013", "So (Zöller, 2013)."),
        # Both.
        (
            "So Doe (2013, p. 1) and 🙂 (Doe, 2013).",
            "Doe, 2013",
            "Dow, 2014",
            "So Dow (2014, p. 1) and 🙂 (Dow, 2014).",
        ),
    ],
)
def test_citations_are_renamed_with_their_row_each_in_its_own_form(
    prose: str, old: str, new: str, renamed: str
) -> None:
    others = ("Lee, 2013", "Doe, 1999", "Doe, 2020", "Doe, 2013a" if old.endswith("b") else "Doe, 2013b")
    text, found, _ = rewritten(article_with(prose, old, *others), article_with(prose, new, *others))
    assert [each.why_not for each in found] == [""] * len(found)
    assert text == article_with(renamed, new, *others)
    assert not any(each.answer.contradictions for each in version(text).citations.all if each.mention.authors == new)


@pytest.mark.parametrize(
    ("prose", "old", "new", "why"),
    [
        ("So (Doe, 2013, 2020).", "Doe, 2020", "Dow, 2020", "It shares its authors with a citation beside it."),
        ("So (Doe, 2013, 2020).", "Doe, 2013", "Dow, 2013", "It shares its authors with a citation beside it."),
        ("So (Doe, 2013a, b).", "Doe, 2013a", "Doe, 2014", "It shares its year with the citation behind it."),
        ("So (Doe, 2013a, b).", "Doe, 2013b", "Doe, 2014", "It shares its year with the citation before it."),
        (
            "So (WHO, 2013).",
            "World Health Organization, 2013",
            "World Food Programme, 2013",
            "It would not mean the row.",
        ),
        (
            "So Doe, Roe, and Poe (2013).",
            "Doe, Roe, & Poe, 2013",
            "Doe & Roe, 2013",
            "It names the authors in a way of its own.",
        ),
    ],
)
def test_what_cannot_be_renamed_safely_is_told_and_stays(prose: str, old: str, new: str, why: str) -> None:
    beside = ["Doe, 2013a", "Doe, 2013b"] if "2013a" in prose else ["Doe, 2013", "Doe, 2020"]
    others = [each for each in beside if each != old]
    text, found, _ = rewritten(article_with(prose, old, *others), article_with(prose, new, *others))
    assert [each.why_not for each in found] == [why]
    assert text == article_with(prose, new, *others)


@pytest.mark.parametrize(
    ("prose", "changed", "row", "renamed"),
    [
        (
            "So (Doe, 2013). And Doe (2013).",
            "So (Doe, 2014). And Doe (2013).",
            "Doe, 2014",
            "So (Doe, 2014). And Doe (2014).",
        ),
        (
            "So (Doe & Roe, 2013; Doe & Roe, 2013).",
            "So (Doe & Ray, 2013; Doe & Roe, 2013).",
            "Doe & Ray, 2013",
            "So (Doe & Ray, 2013; Doe & Ray, 2013).",
        ),
    ],
)
def test_a_citation_renamed_renames_its_row_and_the_others(prose: str, changed: str, row: str, renamed: str) -> None:
    old = row.replace("2014", "2013").replace("Ray", "Roe")
    text, found, article = rewritten(article_with(prose, old, "Poe, 2013"), article_with(changed, old, "Poe, 2013"))
    assert text == article_with(renamed, row, "Poe, 2013")
    assert [each.line for each in found] == [3, article.line_at(article.text.index("Paper 1")) + 1]


@given(st.permutations(range(6)))
@settings(max_examples=30)
def test_rows_in_another_order_are_no_other_rows(order: list[int]) -> None:
    rows = [f"| {n} | Paper {n} (Doe, {2000 + n}) | x | - |\n" for n in range(6)]
    prose = "So (" + "; ".join(f"Doe, {2000 + n}" for n in range(6)) + ").\n\n" + HEAD
    sorted_anew = prose + "".join(rows[n] for n in order)
    assert changes(prose + "".join(rows), sorted_anew).renamings == ()
    (renaming,) = changes(
        prose + "".join(rows), sorted_anew.replace("Paper 3 (Doe, 2003)", "Paper 3 (Doe, 1999)")
    ).renamings
    assert (renaming.new.year, len(renaming.mentions)) == ("1999", 1)


def test_a_row_renamed_by_a_citation_keeps_its_own_writing() -> None:
    before = article_with("So (Doe, 2013).", "Doe, 2013").replace("1 (Doe, 2013)", "1  (Doe  2013)")
    text, _, _ = rewritten(before, before.replace("So (Doe, 2013)", "So (Dow, 2013)"))
    assert text == before.replace("Doe", "Dow")


def test_what_is_half_typed_is_waited_for_and_what_is_another_citation_is_none_of_it() -> None:
    before = article_with("So (Doe, 2013).", "Doe, 2013", "Poe, 2013")
    row, half = before.replace("1 (Doe, 2013)", "1 (Doe, 20"), before.replace("So (Doe, 2013)", "So (Doe, 20)")
    assert changes(before, row) == Changes(is_malformed=True)
    assert [half[start:end] for start, end in changes(before, half).half_typed] == ["Doe, 20"]
    assert changes(before, row, before.replace("1 (Doe, 2013)", "1 (Doe, 2014)")).renamings
    assert changes(before, half, before.replace("So (Doe, 2013)", "So (Doe, 2014)")).renamings
    nothing = Changes()
    assert changes(before, row, before) == nothing
    assert changes(before, before.replace("So (Doe", "So (Poe")) == nothing
    assert changes(before, before.replace("So (Doe, 2013)", "So (Ray, 1990)")) == nothing
    assert changes(before, before.replace("Paper 1 (Doe, 2013)", "Other (Ray, 1990)")).renamings == ()
    assert changes(before, before.replace("Paper 2 (Poe, 2013)", "Paper 2 (Ray, 2013)")).renamings == ()
    rows = before.split("\n")
    assert changes(before, "\n".join([*rows[:-3], rows[-2], rows[-3], ""])).renamings == ()


PIECES = st.lists(
    st.sampled_from(
        [
            "Doe and Roe (2013)",
            "(Doe & Roe, 2013)",
            "(see Doe & Roe 2013; Poe, 2001, p. 2)",
            "Poe’s (2001)",
            "`(Poe, 2001)`",
            "\r\n",
            "\n\n> ",
            "é🙂 ",
            "*(Doe & Roe, 2013a)*",
            "(Poe, 2001, 2013)",
            "Doe *and* Roe [(2013)](x)",
            "2013 ",
            ". ",
        ]
    ),
    max_size=8,
)
NAMES = st.sampled_from(["Doe & Roe", "Doe & Ray", "Dœ & Roe", "Doe et al.", "Doe", "Zed & Roe"])
YEARS = st.sampled_from(["2013", "2014", "2013a", "n.d."])


@given(PIECES, NAMES, YEARS)
@settings(max_examples=50)
def test_only_names_and_years_change_and_undo_gives_the_same_bytes(pieces: list[str], authors: str, year: str) -> None:
    prose = " ".join(pieces)
    before = article_with(prose, "Doe & Roe, 2013", "Poe, 2001")
    after = article_with(prose, f"{authors}, {year}", "Poe, 2001")
    for renaming in changes(before, after).renamings:
        now = version(after)
        found = rewrites(now.article, renaming, style_of(each.mention for each in now.citations.all))
        edits = [edit for each in found for edit in each.edits]
        if not edits:
            continue
        change = now.article.apply(*edits)
        spans = [(mention.start, mention.end) for mention in renaming.mentions]
        assert all(any(start <= edit.start <= edit.end <= end for start, end in spans) for edit in edits)
        back = [
            TextEdit(edit.start + shift, edit.start + shift + len(edit.text), after[edit.start : edit.end])
            for edit, shift in shifted(edits)
        ]
        assert change.after.apply(*back).after.text == after
        cited = [each for each in citations_of(change.after).all if each.paper and each.paper.position == 1]
        done = sum(bool(each.edits) for each in found)
        assert sum(not each.answer.contradictions for each in cited) >= done


def shifted(edits: list[TextEdit]) -> list[tuple[TextEdit, int]]:
    shifts, shift = [], 0
    for edit in sorted(edits, key=lambda each: each.start):
        shifts.append((edit, shift))
        shift += edit.growth
    return shifts
