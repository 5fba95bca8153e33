"""How much of a title or description a page of search results shows."""

from __future__ import annotations

import pytest

from editor.core.search_results import search_length, title_pixels


def test_a_title_is_cut_by_its_width_and_not_by_its_characters() -> None:
    narrow, wide = search_length("title", "i" * 100), search_length("title", "W" * 40)
    assert narrow
    assert wide
    assert (narrow.characters, narrow.is_cut) == (100, False)
    assert (wide.pixels, wide.is_cut) == (755, True)


def test_a_usual_title_of_sixty_characters_just_fits() -> None:
    sixty = "The Impact of Magnesium Glycinate on Health, Sleep and Mood!"
    length = search_length("title", sixty)
    assert length
    assert (length.characters, length.most_characters, length.is_cut) == (60, 60, False)
    longer = search_length("title", sixty + " Again")
    assert longer
    assert longer.is_cut


def test_a_description_is_cut_by_its_characters() -> None:
    fits, cut = search_length("description", "x" * 160), search_length("description", "x" * 161)
    assert fits
    assert cut
    assert (fits.is_cut, cut.is_cut) == (False, True)


@pytest.mark.parametrize("key", ["subtitle", "date", "abstract", ""])
def test_other_fields_are_shown_nowhere(key: str) -> None:
    assert search_length(key, "x" * 500) is None


@pytest.mark.parametrize(
    ("text", "pixels"), [("", 0), ("é", 11), ("e\u0301", 11), ("漢", 20), ("™", 11), ("s", 10), ("y", 10)]
)
def test_letters_beyond_ascii_have_a_width_too(text: str, pixels: int) -> None:
    assert title_pixels(text) == pixels
