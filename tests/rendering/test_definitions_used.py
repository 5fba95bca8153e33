"""What of the definitions decides a chunk's HTML is known without rendering it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.rendering.chunk_html import render_chunk
from editor.rendering.definitions_used import DefinitionsUsed, may_use

TEXTS = st.sampled_from(
    [
        *("[a] and [B c].", "![a][b  C]", "[x](y) [^1]", "> [b\n> c]", "- [a]\n- HTML", "| [a\\|d] |\n|---|\n| [^2] |"),
        *("HTML & more", "H\\TML", "`[a]`", "[[a]]", "[a\\]b]", "[^1][^2]", "# [A]", "[^ 1]", "[a]: inline", "[ẞ]"),
        *("[a] [^deep]", "[a", "a][b c]", "&#72;TML", "*[HTML]*", "[a|d]", "[b c]{: .tip}", "[ss]", "[^N]"),
    ]
)
DEFINITIONS = st.lists(
    st.sampled_from(
        [
            *("[a]: /1", "[a]: /2", "[b c]: /3 'title'", "[B  C]: /4", "[a]: /1\n[b c]: /2", "[a]: /(1\n[b c]: /2"),
            *("[^1]: Note.", "[^1]: Other.", "[^2]: Two", "[^1]: One\n[^2]: Two", "[^1]: - One\n[^2]: Two", "[^n]: x"),
            *("*[HTML]: Hyper", "*[HTML]: Other", "*[TML]: x", "<!--\n[a]: /5\n-->", "- [a]: /6", "> [^2]: quoted"),
            *(
                "[^1]: Holds\n\n    [^deep]: inner",
                "[^1]: a\n[a]: /7",
                "[a]: <x y>",
                "[a]:\n/8",
                "[a|d]: /9",
                "[ss]: /s",
            ),
            *(
                "[^1]: more\nlines",
                "[^1]: <!--\n[^2]: b",
                "[^1]: `a\n[^2]: b`",
                "[ẞ]: /z",
                "[^1]: a\n\n    b",
                "a\n[a]: /1",
            ),
        ]
    ),
    max_size=4,
)


@given(TEXTS, DEFINITIONS, DEFINITIONS)
@settings(max_examples=300)
def test_a_text_for_which_the_same_decides_is_rendered_the_same(text: str, one: list[str], other: list[str]) -> None:
    before, after = DefinitionsUsed(one), DefinitionsUsed(other)
    same = render_chunk(text, before.markdown) == render_chunk(text, after.markdown)
    assert same or before.deciding(text) != after.deciding(text)
    labels = after.changed_labels(before)
    assert same or labels is None or may_use(text, labels)


def test_what_a_text_does_not_refer_to_does_not_decide() -> None:
    before = DefinitionsUsed(["[a]: /1\n[b]: /2", "[^1]: One.\n[^2]: Two.", "[^3]: Long.\n\n    - list", "*[HTML]: x"])
    after = DefinitionsUsed(["[a]: /1\n[b]: /3", "[^1]: One.\n[^2]: Three.", "[^3]: Other.\n\n    text", "*[HTML]: x"])
    assert after.changed_labels(before) == {"b"}
    for text in ("[a]", "[^1] [^3]", "HTML", "words", "[other](link)"):
        assert before.deciding(text) == after.deciding(text)
    assert before.deciding("[b]") != after.deciding("[b]")
    assert may_use("> [\n> B]", frozenset({"b"}))
