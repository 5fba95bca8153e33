"""Which kind a field is: by its value, its writing, its name and the folder's other articles."""

from __future__ import annotations

import pytest

from editor.core.field_kinds import FieldKind, kind_by_name, kind_in_folder, kind_of, opposite
from editor.core.front_matter import parse_front_matter
from editor.core.known_fields import MOST_FIELDS, known_fields


def kind(written: str) -> FieldKind:
    return parse_front_matter(f"---\n{written}\n---\n").fields[0].kind


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("x: words", FieldKind.TEXT),
        ("x: 12:30", FieldKind.TEXT),
        ("x: 'no'", FieldKind.TEXT),
        ("x: '12'", FieldKind.TEXT),
        ("x: |\n  one\n  two", FieldKind.LONG_TEXT),
        (f"x: {'long ' * 30}", FieldKind.LONG_TEXT),
        ("description: short", FieldKind.LONG_TEXT),
        ("x: 2024-05-13", FieldKind.DATE),
        ("x: '2024-05-13'", FieldKind.DATE),
        ("x: 1 Feb 2024", FieldKind.DATE),
        ("x: February 1, 2024", FieldKind.DATE),
        ("x: 13/02/2024", FieldKind.DATE),
        ("x: 01/02/2024", FieldKind.TEXT),
        ("date: 01/02/2024", FieldKind.DATE),
        ("title: 1 Feb 2024", FieldKind.TEXT),
        ("x: 2024-05-13T10:00:00+02:00", FieldKind.DATE_TIME),
        ("x: 2024-05-13 10:00", FieldKind.DATE_TIME),
        ("x: 1.10", FieldKind.NUMBER),
        ("x: no", FieldKind.YES_NO),
        ("x: https://example.org", FieldKind.URL),
        ("affiliate_link: nonsense", FieldKind.URL),
        ("x: [a]", FieldKind.LIST),
        ("x: {a: b}", FieldKind.MAP),
        ("x:", FieldKind.EMPTY),
        ("x: !!str 12", FieldKind.UNKNOWN),
    ],
)
def test_an_article_alone_tells_the_kind(written: str, expected: FieldKind) -> None:
    assert kind(written) is expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("tags", FieldKind.LIST), ("draft", FieldKind.YES_NO), ("canonical_url", FieldKind.URL),
        ("lastModified", FieldKind.DATE), ("homepage", FieldKind.URL), ("excerpt", FieldKind.LONG_TEXT),
        ("anything", FieldKind.EMPTY),
    ],
)  # fmt: skip
def test_a_name_tells_what_is_expected(key: str, expected: FieldKind) -> None:
    assert kind_by_name(key) is expected


@pytest.mark.parametrize(
    ("key", "written", "usual", "choices", "expected"),
    [
        ("topics", "", FieldKind.LIST, False, FieldKind.LIST),
        ("stage", "", FieldKind.TEXT, True, FieldKind.CHOICE),
        ("stage", "review", FieldKind.TEXT, True, FieldKind.CHOICE),
        ("stage", "'2024-05-13'", FieldKind.TEXT, True, FieldKind.DATE),
        ("published", "soon", None, False, FieldKind.DATE),
        ("homepage", "my page", None, False, FieldKind.URL),
        ("tags", "one", FieldKind.LIST, False, FieldKind.TEXT),
        ("weight", "12", FieldKind.LIST, False, FieldKind.NUMBER),
        ("draft", "", None, False, FieldKind.YES_NO),
        ("extra", "", FieldKind.MAP, False, FieldKind.EMPTY),
        ("blurb", "a line", FieldKind.LONG_TEXT, False, FieldKind.LONG_TEXT),
        ("plain", "a line", None, False, FieldKind.TEXT),
    ],
)
def test_the_folder_tells_what_the_article_leaves_open_and_overrules_nothing(
    key: str, written: str, usual: FieldKind | None, choices: bool, expected: FieldKind
) -> None:
    field = parse_front_matter(f"---\n{key}: {written}\n---\n").fields[0]
    assert kind_in_folder(field.kind, key, field.value, usual, has_choices=choices) is expected


def test_what_is_quoted_and_empty_is_as_open_as_what_is_not_there() -> None:
    assert kind_of("date", "") is FieldKind.DATE
    assert kind_in_folder(kind_of("x", ""), "x", "", FieldKind.LIST, has_choices=False) is FieldKind.LIST


def test_yes_and_no_have_an_opposite_in_the_same_writing() -> None:
    assert [opposite(word) for word in ("true", "False", "YES", "Off", "n", "maybe")] == [
        "false", "True", "NO", "On", "y", "",
    ]  # fmt: skip


# What the folder's articles say


def of(*articles: str) -> list[str]:
    return [f"---\n{article}\n---\n" for article in articles]


def test_the_names_of_a_folder_come_with_their_usual_kind_and_texts_the_most_frequent_first() -> None:
    known = known_fields(
        parse_front_matter(text)
        for text in of(
            "tags: [sleep, light]\nstage: draft\ntitle: One",
            "tags: [sleep]\nstage: review\ntitle: Two",
            "tags: []\nstage: draft\ntitle: Three",
            "stage:\ntags: loose",
        )
    )
    assert list(known) == ["tags", "stage", "title"]
    assert (known["tags"].kind, known["tags"].texts[0]) == (FieldKind.LIST, "sleep")
    assert known["stage"].choices == ("draft", "review")
    assert (known["title"].choices, known["tags"].choices) == ((), ())


def test_a_field_whose_texts_are_long_is_no_choice() -> None:
    known = known_fields(parse_front_matter(text) for text in of(*[f"note: {'word ' * 20}"] * 6))
    assert known["note"].choices == ()
    assert known_fields([]) == {}


def test_what_a_program_wrote_is_not_learned_by_heart() -> None:
    many = "\n".join(f"k{number}: x" for number in range(2 * MOST_FIELDS))
    items = ", ".join(f"i{number}" for number in range(2 * MOST_FIELDS))
    known = known_fields(parse_front_matter(text) for text in of(f"tags: [{items}]\n{many}"))
    assert (len(known), len(known["tags"].texts)) == (MOST_FIELDS, MOST_FIELDS)
    others = (parse_front_matter(text) for text in of(*(f"a{at}: 1\nb{at}: 1\nc{at}: 1" for at in range(300))))
    assert len(known_fields(others)) == 500
