"""Fields that can be added: which are suggested, what they begin with, and the edits that add them."""

from __future__ import annotations

from typing import NamedTuple

from editor.core.article import Article
from editor.core.field_kinds import COMMON_FIELDS, FieldKind, kind_by_name
from editor.core.front_matter import FrontMatter, Place, add_field, add_value, fill_in
from editor.core.known_fields import KnownField
from editor.core.text_edit import TextEdit
from editor.core.written_days import ISO, read_day
from editor.session.folder_knowledge import Knowledge
from editor.ui.dates import today
from editor.ui.field_values import can_show
from editor.ui.form_edits import Asked

_TODAY = "today"
"""In a template, for a date: the day on which it is used."""
_USUAL = (("title", ""), ("date", _TODAY))


class Suggestion(NamedTuple):
    """A field that could be added: its name, why it is suggested, and what it could begin with."""

    key: str
    why: str
    value: str = ""


def suggestions(front_matter: FrontMatter, knowledge: Knowledge) -> tuple[Suggestion, ...]:
    """Fields that the article lacks and that have no row yet: the template's, the folder's, then the common ones."""
    settings = knowledge.settings.front_matter
    reasons: dict[str, tuple[str, str]] = {}
    for key, value in settings.template:
        reasons[key] = "template", value if isinstance(value, str) else ", ".join(value)
    for known in knowledge.fields.values():
        reasons.setdefault(known.key, (_in_articles(known), ""))
    for key in COMMON_FIELDS:
        reasons.setdefault(key, ("common", ""))
    there = {field.key for field in front_matter.fields} | set(settings.required if front_matter.format else ())
    return tuple(
        Suggestion(key, why, _first_value(key, value, knowledge))
        for key, (why, value) in reasons.items()
        if key not in there and can_show(key)
    )


def new_kind(key: str, knowledge: Knowledge) -> FieldKind:
    """The kind that a new field of this name would have."""
    known = knowledge.fields.get(key)
    if known and known.kind not in {FieldKind.EMPTY, FieldKind.UNKNOWN}:
        return known.kind
    return kind_by_name(key)


def addition(place: Place, key: str, value: str, knowledge: Knowledge) -> Asked:
    """Add a field, or a key to the map at `place`; a field that is a list elsewhere gets what commas part as items."""
    is_list = not place and new_kind(key, knowledge) is FieldKind.LIST

    def edits(article: Article) -> tuple[TextEdit, ...]:
        front_matter = article.front_matter
        if place:
            return add_value(front_matter, (*place, key), value)
        if is_list and key and front_matter.field(key) is None:
            items = [item for part in value.split(",") if (item := part.strip())]
            return fill_in(front_matter, [(key, items)], newline=article.newline)
        return add_field(front_matter, key, value, newline=article.newline)

    return edits


def beginning(knowledge: Knowledge) -> Asked:
    """Begin with the folder's template, else with what every article has: the first heading is its title."""

    def edits(article: Article) -> tuple[TextEdit, ...]:
        title = article.outline[0].title if article.outline else ""
        values = [
            (key, title if key == "title" and not value else _first_value(key, value, knowledge))
            if isinstance(value, str)
            else (key, value)
            for key, value in knowledge.settings.front_matter.template or _USUAL
        ]
        return fill_in(article.front_matter, values, newline=article.newline)

    return edits


def _first_value(key: str, value: str, knowledge: Knowledge) -> str:
    """A date begins with today, in the style that the folder's other articles have."""
    if new_kind(key, knowledge) is not FieldKind.DATE or value not in {"", _TODAY}:
        return value
    known = knowledge.fields.get(key)
    like = next((day for text in known.texts if (day := read_day(text))), ISO) if known else ISO
    return str(like.on(today()))


def _in_articles(known: KnownField) -> str:
    return "1 article" if known.articles == 1 else f"{known.articles} articles"
