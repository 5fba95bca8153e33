"""What the form shows, computed without a widget."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.ui.forms import learned

from editor.core.field_kinds import FieldKind
from editor.core.front_matter import parse_front_matter
from editor.session.folder_knowledge import Knowledge
from editor.ui.form_additions import new_kind, suggestions
from editor.ui.form_fields import FormField, form_fields


def rows(written: str, known: Knowledge | None = None, saved: str = "") -> tuple[FormField, ...]:
    front_matter, before = (parse_front_matter(f"---\n{text}\n---\n") for text in (written, saved or written))
    return form_fields(front_matter, before, known or Knowledge())


def test_groups_are_followed_by_what_is_in_them() -> None:
    shown = rows("a: 1\nb:\n  c: [x]\n  d: {e: 2024-01-02}\nf:\n- g: h")
    assert [(field.name, field.kind, field.depth, field.position, field.siblings) for field in shown] == [
        ("A", FieldKind.NUMBER, 0, 0, 3),
        ("B", FieldKind.MAP, 0, 1, 3),
        ("B, C", FieldKind.LIST, 1, 0, 2),
        ("B, D", FieldKind.MAP, 1, 1, 2),
        ("B, D, E", FieldKind.DATE, 2, 0, 1),
        ("F", FieldKind.MAP, 0, 2, 3),
        ("F, 1", FieldKind.MAP, 1, 0, 1),
        ("F, 1, G", FieldKind.TEXT, 2, 0, 1),
    ]
    assert [(field.is_map, field.group_size) for field in shown if field.depth == 0] == [
        (False, 0), (True, 2), (False, 1),
    ]  # fmt: skip


def test_a_list_is_chips_only_where_a_line_can_show_each_item() -> None:
    shown = rows('a: [x, ""]\nb: ["x\\ny"]\nc: []')
    assert [field.kind for field in shown if field.depth == 0] == [FieldKind.LIST, FieldKind.MAP, FieldKind.LIST]
    assert shown[0].items == ("x", "")


def test_the_folder_gives_choices_suggestions_for_lists_and_kinds_of_what_is_empty() -> None:
    known = learned(*["stage: draft\ntags: [sleep, iron]\ntopics: [a]"] * 3, "stage: done\ntags: [iron]")
    stage, tags, topics, draft = rows("stage: new\ntags: [iron]\ntopics:\ndraft:", known)
    assert (stage.kind, stage.choices) == (FieldKind.CHOICE, ("draft", "done"))
    assert (tags.kind, tags.choices) == (FieldKind.LIST, ("iron", "sleep"))
    assert (topics.kind, topics.items) == (FieldKind.LIST, ())
    assert (draft.kind, draft.choices) == (FieldKind.CHOICE, ("true", "false"))


def test_settings_name_choices_and_required_fields_that_are_missing_get_a_row_at_the_end() -> None:
    known = learned(
        settings="[front_matter]\nrequired = ['title', 'tags']\n[front_matter.choices]\nstage = ['a', 'b']\n"
    )
    stage, title, tags = rows("stage: x", known)
    assert (stage.kind, stage.choices) == (FieldKind.CHOICE, ("a", "b"))
    assert [(field.key, field.is_there, field.kind) for field in (title, tags)] == [
        ("title", False, FieldKind.TEXT), ("tags", False, FieldKind.LIST),
    ]  # fmt: skip
    assert [field.key for field in rows("title: 1\ntags:", known)] == ["title", "tags"]
    assert form_fields(parse_front_matter(""), parse_front_matter(""), known) == ()


def test_a_problem_stands_beside_the_field_on_its_line_also_inside_a_group() -> None:
    day, group, first, second = rows("day: 2024-02-31\nmap:\n  a: 1\n  a: 2")
    assert "no day of the calendar" in day.problem
    assert (group.problem, first.problem) == ("", "")
    assert "more than once" in second.problem


@pytest.mark.parametrize(
    ("saved", "others", "day_first"),
    [("date: 25/12/2023", "", True), ("", "date: 12/25/2023", False), ("", "date: 2023-12-25", None)],
)
def test_which_number_is_the_day_is_told_by_the_file_and_the_folder(
    saved: str, others: str, day_first: bool | None
) -> None:
    (date,) = rows("date: 01/02/2024", learned(others), saved)
    assert (date.kind, date.day_first) == (FieldKind.DATE, day_first)
    assert bool(date.doubt) is (day_first is None)


def test_suggestions_are_what_is_not_there_the_template_first_and_each_says_why() -> None:
    known = learned(
        "series: x\nlang: en", "series: y", settings="[front_matter.template]\nstage = 'draft'\ntags = ['a', 'b']\n"
    )
    offered = suggestions(parse_front_matter("---\nlang: en\ntitle: x\n---\n"), known)
    assert [(each.key, each.why, each.value) for each in offered[:4]] == [
        ("stage", "template", "draft"), ("tags", "template", "a, b"), ("series", "2 articles", ""),
        ("description", "common", ""),
    ]  # fmt: skip
    assert not {"lang", "title"} & {each.key for each in offered}


def test_a_new_field_is_of_the_kind_that_the_folder_or_its_name_tells() -> None:
    known = learned("topics: [a]\ntags: one")
    assert [new_kind(key, known) for key in ("topics", "tags", "date", "x")] == [
        FieldKind.LIST, FieldKind.TEXT, FieldKind.DATE, FieldKind.EMPTY,
    ]  # fmt: skip


def test_no_more_rows_than_anyone_fills_in() -> None:
    assert len(rows("\n".join(f"a{at}: {{b: 1}}" for at in range(200)))) == 100


def test_every_field_of_real_articles_has_a_row_or_lies_in_one(corpus: list[Path]) -> None:
    for path in corpus[::8]:
        front_matter = parse_front_matter(path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff"))
        shown = form_fields(front_matter, front_matter, Knowledge())
        if not front_matter.locked and len(shown) < 100:
            assert [field.key for field in shown if not field.depth] == [field.key for field in front_matter.fields]
