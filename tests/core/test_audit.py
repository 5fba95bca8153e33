"""What is found in an article as a whole, and what is told no more."""

from __future__ import annotations

from datetime import date

import pytest

from editor.core.article import Article
from editor.core.audit import audit, let_stand

TODAY = date(2026, 11, 25)
WORDS = "word " * 201


def codes(text: str, *, there: tuple[str, ...] = (), off: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The code of each finding and the text that it is about."""
    article = Article.from_text(text)
    found = [finding.problem for finding in audit(article, TODAY, exists=there.__contains__, off=off)]
    return [(problem.code, article.slice(problem.start, problem.end)) for problem in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It grew.\n", [("title-missing", "")]),
        ("---\ntitle: ''\n---\nIt grew.\n", [("title-missing", "")]),
        ("## Growth\n", [("title-missing", "")]),
        ("# Growth\n", []),
        ("---\ntitle: 'On *growth*: “a”'\n---\n\n# On growth — ‘A’\n", []),
        ("---\ntitle: Growth\n---\n\n# Decay #\n\nb\n", [("title-differs", "# Decay #")]),
        ("---\ntitle: Growth\n---\n\nIt grew.\n\n# Decay\n", []),
        ("---\ntitle: Growth\n---\n\n# Decay\n\n# Growth\n", []),
        ("---\ntitle: Growth\n---\n\n# {{ page.title }}\n", []),
        ("# a\n\n### b\n\n## c\n", [("heading-skips", "### b")]),
        ("# a\n\n## b\n\n### c\n\n# d\n\n## b\n", []),
        ("# a\n\n## b\n\n## *B*\r\n", [("heading-repeats", "## *B*")]),
        ("# a\n\n## C\n\n## C++\n\n## C#\n", []),
        ("---\ntitle: a\ndate: 2024-02-31\n---\n", [("front-matter-date", "date: 2024-02-31")]),
        ("---\ntitle: a\ndate: soon\n---\n", [("date-invalid", "date: soon")]),
        ("---\ntitle: a\ndate: 2027-01-01\n---\n", [("date-future", "date: 2027-01-01")]),
        ("---\ntitle: a\ndate: 05/06/2024\n---\n", []),
        ("---\ntitle: a\ndate: May 13, 2024\n---\n", []),
        ("# a\n\n![](https://example.org/a.png)\n", [("picture-undescribed", "![](https://example.org/a.png)")]),
        (
            "# a\n\n<IMG class=b src='c%20d.png'> <img src=there.png alt=''> <img alt=\"e\" src=\"https://a.b/c.png\"/>\n",
            [
                ("picture-missing", "<IMG class=b src='c%20d.png'>"),
                ("picture-undescribed", "<IMG class=b src='c%20d.png'>"),
            ],
        ),
        ("# a\n\n`![](a.png)` and\n\n    ![](a.png)\n", []),
        (
            "# a\n\n[b](c.pdf) [d](/e.pdf) [f](#g) [h](i) [j](k.html) [l](mailto:m@n.o)\n",
            [("link-broken", "[b](c.pdf)")],
        ),
        ("# a\n\n[b][c]\n\n[c]: <d e.pdf> 'f'\n", [("link-broken", "[c]: <d e.pdf>")]),
        ("# a\n\n![b](%63.png) ![d](there.png?x#y)\n", [("picture-missing", "![b](%63.png)")]),
        (
            "---\ntitle: a\naffiliate_link: https://a.b/c\n---\n\nBuy.\n",
            [("affiliate-undisclosed", "affiliate_link: https://a.b/c")],
        ),
        ("---\ntitle: a\naffiliate_link: https://a.b/c\n---\n\nAn affiliate link.\n\n[Buy](https://a.b/c).\n", []),
        (
            "---\ntitle: a\naffiliate_link: https://a.b/c\n---\n\n[Buy](https://a.b/c).\n\nAn affiliate link.\n",
            [("affiliate-undisclosed", "affiliate_link: https://a.b/c")],
        ),
        (f"# a\n\n{WORDS}\n", []),
    ],
)
def test_what_is_wrong_is_found_where_it_is(text: str, expected: list[tuple[str, str]]) -> None:
    assert codes(text, there=("there.png",)) == expected


@pytest.mark.parametrize(("more", "count"), [("", 1), ("(Adams, 2001)", 0)])
def test_a_long_paragraph_without_a_source_is_told_where_there_is_a_table(more: str, count: int) -> None:
    table = "| S.No | Paper Title (Author, Year) | Relevant Insight |\n|---|---|---|\n| 1 | A (Adams, 2001) | x |\n"
    text = f"# a\n\n{WORDS}{more}\n\nAdams (2001) says.\n\n{table}"
    assert [code for code, _ in codes(text)] == ["paragraph-uncited"] * count


def test_what_could_not_be_read_is_told_too() -> None:
    assert ("table-heading-empty", "") in [(code, "") for code, _ in codes("# a\n\n| b | |\n|---|---|\n")]
    assert codes("# a\n\n| | b |\n|---|---|\n") == []


def test_a_code_can_be_turned_off() -> None:
    assert codes("It grew.\n", off=("title-missing",)) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_finding_is_let_stand_by_a_comment_and_no_other_is(newline: str) -> None:
    text = newline.join(["# a", "", "![b -- “d”](c.png) ![e](f.png)", ""])
    article = Article.from_text(text)
    finding = audit(article, TODAY, exists=lambda _: False)[0]
    after = article.apply(*let_stand(article, finding.problem)).after
    assert after.text == f"{text}{newline}<!-- stet: picture-missing “![b d ](c.png)” -->{newline}"
    assert codes(after.text) == [("picture-missing", "![e](f.png)")]
