"""Whether readers are told that a link pays before they come to it."""

from __future__ import annotations

import pytest

from editor.core.article import Article
from editor.core.disclosure import Disclosure, discloses, disclosure_of

LINK = "https://amzn.to/4bchO3u"
HEAD = f"---\naffiliate_link: {LINK}\n---\n"
SAID = "As an Amazon Associate I earn from qualifying purchases."


def of(body: str) -> Disclosure:
    return disclosure_of(Article.from_text(HEAD + body), LINK)


def test_a_disclosure_above_the_link_or_in_its_paragraph_comes_in_time() -> None:
    above = of(f"# H\n\n{SAID}\n\nBuy [it]({LINK}).\n")
    assert above == Disclosure(first_use=7, disclosed=5)
    assert above.comes_in_time
    assert of(f"Buy [it]({LINK}) (paid link).\n").comes_in_time


def test_one_below_the_link_comes_too_late_and_none_never() -> None:
    below = of(f"Buy [it]({LINK}).\n\n{SAID}\n")
    assert (below.first_use, below.disclosed, below.comes_in_time) == (3, 5, False)
    assert of(f"Buy [it]({LINK}).\n") == Disclosure(first_use=3, disclosed=None)


def test_a_link_that_a_template_puts_in_is_disclosed_anywhere_in_the_text() -> None:
    assert of("Text.\n").comes_in_time is False
    assert of(f"Text.\n\n{SAID}\n").comes_in_time
    assert disclosure_of(Article.from_text("Text."), "") == Disclosure(None, None)


def test_code_and_the_addresses_themselves_disclose_nothing() -> None:
    assert not of(f"```\n{SAID}\n```\n\nBuy [it]({LINK}).\n").comes_in_time
    assert not discloses("See https://example.org/affiliate/commission now.")


@pytest.mark.parametrize(
    "text",
    [
        "This post contains affiliate links.",
        "I may get a commission.",
        "A post #ad",
        "Sponsored by X",
        "You pay, I earn a fee.",
    ],
)
def test_the_usual_words_disclose(text: str) -> None:
    assert discloses(text)


@pytest.mark.parametrize("text", ["The commissioner spoke.", "Learn more.", "#add", "He was well paid.", ""])
def test_words_that_only_look_like_them_do_not(text: str) -> None:
    assert not discloses(text)
