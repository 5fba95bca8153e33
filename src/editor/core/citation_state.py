"""What there is to say of a citation, in a word."""

from __future__ import annotations

from enum import StrEnum


class CitationState(StrEnum):
    """What there is to say of a citation; `PLAIN` is one of which nothing is to be said."""

    PLAIN = "plain"
    ANSWERED = "answered"
    MISSING = "missing"
    CONTRADICTING = "contradicting"
    AMBIGUOUS = "ambiguous"
