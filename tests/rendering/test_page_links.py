"""Links to other articles lead to their pages, and no other link changes."""

from __future__ import annotations

import pytest

from editor.rendering.page_links import lead_to_pages


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("other.md", "other.html"),
        ("other.md#a%20part", "other.html#a%20part"),
        ("other.md?x=1&amp;y=2#z", "other.html?x=1&amp;y=2#z"),
        ("#other.md", "#other.md"),
        ("https://a.test/other.md", "https://a.test/other.md"),
        ("//a.test/other.md", "//a.test/other.md"),
        ("mailto:other.md", "mailto:other.md"),
        ("gone.md", "gone.md"),
        ("http://[other.md", "http://[other.md"),
    ],
)
def test_a_relative_link_leads_where_it_is_told_to(address: str, leads_to: str) -> None:
    pages = {"other.md": "other.html"}
    html = f'<p><a class="x" href="{address}">o</a> <img src="other.md"></p>'
    assert lead_to_pages(html, lambda path: pages.get(path, "")) == html.replace(
        f'href="{address}"', f'href="{leads_to}"'
    )
