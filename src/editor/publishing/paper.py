"""The paper that a document is for."""

from __future__ import annotations

from typing import Literal

Paper = Literal["A4", "Letter"]

_LETTER_REGIONS = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())
"""Where paper is Letter and not A4, as Unicode's CLDR has it (supplemental data, `paperSize`)."""


def paper_of(language: str) -> Paper:
    """The paper of the region that a language tag (BCP 47) names; A4 where it names none."""
    regions = {part.upper() for part in language.split("-")[1:]}
    return "Letter" if regions & _LETTER_REGIONS else "A4"
