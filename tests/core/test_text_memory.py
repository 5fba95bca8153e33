"""What is known of texts is remembered, but not of ever more megabytes."""

from __future__ import annotations

from functools import lru_cache
from unittest.mock import patch

from editor.core import text_memory
from editor.core.text_memory import forget_texts, forgotten_with_texts, remembered_by_text


def test_what_was_asked_is_not_asked_again() -> None:
    asked: list[tuple[str, str]] = []

    @remembered_by_text
    def joined(kind: str, text: str) -> str:
        asked.append((kind, text))
        return kind + text

    long = "x" * 10_000
    for kind, text in (("a", "short"), ("b", "short"), ("a", long), ("b", long)) * 2:
        assert joined(kind, text) == kind + text
    assert asked == [("a", "short"), ("b", "short"), ("a", long), ("b", long)]


def test_of_long_texts_the_one_asked_for_longest_ago_is_forgotten_first() -> None:
    asked: list[str] = []

    @remembered_by_text
    def first(text: str) -> str:
        asked.append(text[0])
        return text[0]

    with patch.object(text_memory, "MOST_CHARACTERS", 30_000):
        for letter in "abcadabc":
            assert first(letter * 10_000) == letter
    assert asked == list("abcdbc")


def test_texts_are_forgotten_when_a_process_goes_on_to_others() -> None:
    asked: list[str] = []

    @remembered_by_text
    def first(text: str) -> str:
        asked.append(text[0])
        return text[0]

    @forgotten_with_texts
    @lru_cache
    def last(text: str) -> str:
        asked.append(text[-1])
        return text[-1]

    for _ in range(2):
        for text in ("ab", "cd" * 10_000):
            first(text)
            last(text)
    assert asked == list("abcd")
    forget_texts()
    assert [first("ab"), last("ab"), first("cd" * 10_000)] == list("abc")
    assert asked == list("abcdabc")
