"""Patterns that are compiled when they are used."""

from __future__ import annotations

import re

import pytest

from editor.core.patterns import when_used


def test_a_pattern_is_compiled_at_its_first_use_and_then_does_what_any_does(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def note(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_(pattern, flags)

    monkeypatch.setattr(re, "compile", note)
    word = when_used(r"[a-z]+", re.IGNORECASE)
    assert compiled == []
    assert [found[0] for found in word.finditer("Two words")] == ["Two", "words"]
    assert len(compiled) == 1
    assert [found[0] for found in word.finditer("Three")] == ["Three"]
    assert len(compiled) == 1
    assert word.sub("x", "a 1") == "x 1"
    assert word.match("- a", 2) is not None
