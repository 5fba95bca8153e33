"""Reading YAML inside lists and maps: where each value stands, and what is wrong or unusual there."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.front_matter import FrontMatter, front_matter_length, parse_front_matter
from editor.core.front_matter_fields import Node
from editor.core.problems import Severity

YAML_LIKE = st.text(alphabet="ab1:-#'\"|>[]{}&*!?%~,. \t\r\n\u2028\ufeff\x00😀", max_size=60)


def of(*lines: str) -> FrontMatter:
    return parse_front_matter("\n".join(("---", *lines, "---", "")))


def all_of(node: Node | None) -> Iterator[Node]:
    """A value and all that it holds, in order."""
    if node:
        yield node
        for child in node.children:
            yield from all_of(child)


def test_tags_and_aliases_are_hints_with_their_line_wherever_they_stand() -> None:
    problems = of("a: &x b", "c: !!str d", "e:", "  - f: [*x, *x]", "  - !g h").problems
    assert [(problem.code, problem.severity, problem.line) for problem in problems] == [
        ("front-matter-tag", Severity.HINT, 3),
        ("front-matter-alias", Severity.HINT, 5),
        ("front-matter-tag", Severity.HINT, 6),
    ]


def test_what_is_wrong_comes_before_what_is_merely_unusual() -> None:
    problems = of("a: !!int x", "a: b").problems
    assert [problem.severity for problem in problems] == [Severity.ERROR, Severity.ERROR, Severity.HINT]


def test_a_name_written_twice_inside_a_value_is_a_problem_on_its_second_line() -> None:
    front_matter = of("a:", "  - b: 1", "    c: {d: 2, e: 3, d: 4}", "    b: 5")
    duplicates = [(problem.code, problem.line) for problem in front_matter.problems]
    assert duplicates == [("front-matter-duplicate-key", 4), ("front-matter-duplicate-key", 5)]
    assert front_matter.fields[0].value == [{"b": "5", "c": {"d": "4", "e": "3"}}]


def test_every_value_inside_a_value_knows_its_exact_place() -> None:
    text = "---\nl: &x\n- 'a'   # c\n-\n- k: &y |\n    b\n\n  'm': [c , {n: *y}, ]\n---\n".replace("\n", "\r\n")
    spans = [
        (text[node.key_start : node.key_end] if node.key else "", text[node.content_start : node.end])
        for node in all_of(parse_front_matter(text).fields[0].node)
    ]
    assert spans == [
        ("l", text[text.index("- 'a'") : text.index("]") + 1]),
        ("", "'a'"),
        ("", ""),
        ("", text[text.index("k:") : text.index("]") + 1]),
        ("k", "|\r\n    b"),
        ("'m'", "[c , {n: *y}, ]"),
        ("", "c"),
        ("", "{n: *y}"),
        ("n", "*y"),
    ]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_value_lies_within_the_one_that_holds_it_and_after_its_name(
    yaml_front_matters: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(yaml_front_matters | YAML_LIKE.map(lambda inside: f"---\n{inside}\n---\n"))
    for field in parse_front_matter(text[: front_matter_length(text)]).fields:
        assert field.node
        for node in all_of(field.node):
            assert field.start <= node.start <= node.content_start <= node.end <= field.end
            assert all(
                node.content_start <= max(child.key_start, 0) <= node.end for child in node.children if child.key
            )
            assert all(node.content_start <= child.start <= child.end <= node.end for child in node.children)
