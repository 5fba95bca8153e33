"""Tags taken apart as the sanitiser writes them, which is the only spelling in which they are read."""

from __future__ import annotations

import pytest

from editor.rendering.sanitised_tags import change_tags, tags_of


@pytest.mark.parametrize("tag", ['<a title=" href=">', '<a data-href="x">', "<input checked>", "</a>"])
def test_only_a_tag_that_has_an_attribute_is_one_that_has_it(tag: str) -> None:
    html = f'{tag} href="x" <a href="y">'
    assert [each.attributes["href"] for each in tags_of(html, having="href")] == ["y"]
    assert change_tags(html, lambda _tag: "!", having="href") == f'{tag} href="x" !'


def test_a_switch_is_an_attribute_without_a_value() -> None:
    (box,) = tags_of('<input type="checkbox" checked disabled>')
    assert box.attributes == {"type": "checkbox", "checked": "", "disabled": ""}
