"""The articles that are measured on: an ordinary one in any size, and those that ask most of an editor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SAMPLE = PROJECT / "resources" / "articles" / "sample.md"
REAL = PROJECT.parent / "shared" / "articles" / "magnesium-glycinate.md"
SIZES = (3_000, 100_000, 1_000_000)
"""In code points, about."""
LARGE = 1_000_000
_SENTENCE = "Those who tried to recall what they had read remembered more of it a week later (Roediger, 2006). "
_PLAIN = "\n\nThis is a plain paragraph behind it, in which somebody writes.\n"
PLAIN_PLACE = "in which somebody writes"
"""In each hostile article, where a writer types who is not in the heavy block."""


def real_article() -> Path:
    """The user's own article, or where it is not here the sample of the same shape."""
    return REAL if REAL.exists() else SAMPLE


def article_of(size: int) -> str:
    """The sample's body again and again, until it has so many code points."""
    text = SAMPLE.read_text("utf-8")
    body = text[text.index("# ") :]
    return text + ("\n" + body) * max(0, (size - len(text)) // len(body))


@dataclass(frozen=True, slots=True)
class Hostile:
    """An article with a block that costs much; both places are texts that stand in it once, or whose first is meant."""

    text: str
    inside: str
    """Where to type in the heavy block itself."""
    outside: str = PLAIN_PLACE
    """Where to type when not in it; empty where the block is the whole article."""


def _long_paragraph() -> Hostile:
    half = _SENTENCE * (LARGE // 2 // len(_SENTENCE))
    return Hostile(f"# Long\n\n{half}HERE {half}{_PLAIN}", "HERE")


def _long_table() -> Hostile:
    rows = "".join(
        f"| {n} | On matter {n} (Doe{n}, {1900 + n % 120}) | Shows that. | {n % 70} |\n" for n in range(1, 5_001)
    )
    head = "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n|---|---|---|---|\n"
    return Hostile(f"# Table\n\nAs said (Doe7, 1907).\n\n{head}{rows}{_PLAIN}", "On matter 2500")


def _definition_items() -> Hostile:
    items = "\n".join(f"Term {n}\n:   What term {n} means, said at some length.\n" for n in range(700))
    return Hostile(f"# Terms\n\n{items}{_PLAIN}", "What term 350")


def _brackets() -> Hostile:
    return Hostile(f"# Brackets\n\n{'[' * 2_000}HERE{'[' * 2_000}{_PLAIN}", "HERE")


def _open_fence() -> Hostile:
    return Hostile("```\nan open fence\n\n" + article_of(LARGE), "Most of us study", "")


def _ordinary() -> Hostile:
    text = article_of(LARGE)
    middle = "PLACE "
    at = text.index("\n\nThe second habit", len(text) // 2) + 2
    return Hostile(text[:at] + middle + text[at:], "Most of us study", middle)


def _references() -> Hostile:
    uses = "\n\n".join(f"This is said [somewhere][r{n}] and there as well [^n{n % 50}]." for n in range(0, 2_000, 10))
    definitions = "".join(f"[r{n}]: https://example.com/{n} 'Title {n}'\n" for n in range(2_000))
    return Hostile(f"# References\n\n{uses}\n\n{definitions}{_PLAIN}", "example.com/1000", "there as well")


def _headings() -> Hostile:
    sections = "\n\n".join(f"## Heading {n % 100}\n\nWhat stands below heading number {n}." for n in range(3_000))
    return Hostile(f"# Headings\n\n{sections}{_PLAIN}", "Heading 50", "below heading number 1500")


def _long_list() -> Hostile:
    items = "".join(f"- item {n} says *something* of interest\n" for n in range(5_000))
    return Hostile(f"# List\n\n{items}{_PLAIN}", "item 2500 says")


HOSTILE: Mapping[str, Callable[[], Hostile]] = {
    "1 MB, ordinary": _ordinary,
    "1 MB paragraph": _long_paragraph,
    "5,000-row citations table": _long_table,
    "700 definition items": _definition_items,
    "[ x 4,000": _brackets,
    "open fence atop 1 MB": _open_fence,
    "2,000 reference definitions": _references,
    "3,000 headings": _headings,
    "5,000-item list": _long_list,
}
