"""Changes of YAML front matter that leave every other character alone; `front_matter_edits` says what each does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.core.front_matter_fence import fences, front_matter_length
from editor.core.front_matter_fields import Field, FrontMatter, Place, is_prose_key, is_real_day
from editor.core.front_matter_reading import parse_front_matter
from editor.core.problems import Severity
from editor.core.text_edit import EditRefused, TextEdit, apply_edits, smallest_edit
from editor.core.yaml_scalars import Surroundings, double_quoted, single_quoted, ways_to_write

_REST_OF_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_NUMBER = frozenset({"int", "float"})
# Strings to libyaml, but numbers or yes and no to some other reader (1e3, 0o17, y), or an error (a tab).
_NOT_TEXT_ELSEWHERE = re.compile(
    r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|0o[0-7]+|\d+(?::\d+)+|[yYnN]|.*\t.*", re.DOTALL
)


def set_value(
    front_matter: FrontMatter, place: Place, value: str, *, as_in: FrontMatter | None = None
) -> tuple[TextEdit, ...]:
    """A plain value stays plain where it is read back as the same string and as no other type.

    Text that would be taken for a date, a number or yes/no gets quotes, a date's new date does not.
    """
    key, _ = str(place[0]), as_in
    field = _existing(front_matter, key)
    if field.locked:
        raise EditRefused(f"“{key}”: {field.locked}", field.line)
    if field.value == value:
        return ()
    text, index = front_matter.text, front_matter.fields.index(field)
    was = text[field.value_start : field.value_end]
    around = Surroundings(was, len(_indentation(text, field)), _ending_after(text, field.start))
    gap = "" if text[field.value_start - 1] in " \t\r\n" else " "
    for written in ways_to_write(value, field.style, around):
        edit = TextEdit(field.value_start, field.value_end, gap + written if written else "")
        found = _changed(front_matter, edit, was=index, now=index)
        if found and (found.key, found.value) == (key, value) and _keeps_type(found, field.tag):
            smallest = smallest_edit(was, edit.text, field.value_start)
            return (smallest,) if smallest else ()
    raise EditRefused(
        f"“{key}” cannot hold this value without touching something else. Edit it in the text.", field.line
    )


def add_field(front_matter: FrontMatter, key: str, value: str, *, newline: str) -> tuple[TextEdit, ...]:
    """New fields are written as their neighbours are."""
    if not front_matter.format:
        fresh = parse_front_matter(f"---{newline}---{newline}")
        return (TextEdit(0, 0, apply_edits(fresh.text, add_field(fresh, key, value, newline=newline))),)
    _refuse_if_locked(front_matter)
    _refuse_name(front_matter, key)
    text = front_matter.text
    _, at = fences(text)
    ending = "\r\n" if text.endswith("\r\n", 0, at) else text[at - 1]
    indentation = _indentation(text, front_matter.fields[0]) if front_matter.fields else ""
    for name in _names(key, ""):
        for written in ways_to_write(value, "", Surroundings("", len(indentation), ending)):
            gap = " " if written else ""
            edit = TextEdit(at, at, f"{indentation}{name}:{gap}{written}{ending}")
            found = _changed(front_matter, edit, now=len(front_matter.fields))
            if found and (found.key, found.value) == (key, value) and _keeps_type(found, "null"):
                return (edit,)
    raise EditRefused(f"“{key}” cannot be added with this value. Write it in the text.")


def remove_field(front_matter: FrontMatter, key: str) -> tuple[TextEdit, ...]:
    """A field goes with its lines."""
    field = _existing(front_matter, key)
    text = front_matter.text
    rest = _REST_OF_LINE.match(text, field.end)
    start = field.start - len(_indentation(text, field))
    edit = TextEdit(start, rest.end() if rest else field.end, "")
    begins_its_line = text[start - 1] in "\r\n"
    if not begins_its_line or not _changed(front_matter, edit, was=front_matter.fields.index(field)):
        message = f"“{key}” cannot be removed without touching something else. Edit it in the text."
        raise EditRefused(message, field.line)
    return (edit,)


def rename_field(front_matter: FrontMatter, key: str, new: str) -> tuple[TextEdit, ...]:
    """The name keeps its quotes."""
    field = _existing(front_matter, key)
    if new == key:
        return ()
    _refuse_name(front_matter, new)
    text, index = front_matter.text, front_matter.fields.index(field)
    was = text[field.start : field.key_end]
    for name in _names(new, was[:1]) if was[:1] not in "&!*|>" and key != "<<" else ():
        edit = TextEdit(field.start, field.key_end, name)
        found = _changed(front_matter, edit, was=index, now=index)
        if found and found.key == new and _written(apply_edits(text, (edit,)), found) == _written(text, field):
            smallest = smallest_edit(was, name, field.start)
            return (smallest,) if smallest else ()
    raise EditRefused(f"“{key}” cannot be renamed to “{new}” here. Edit it in the text.", field.line)


def _existing(front_matter: FrontMatter, key: str) -> Field:
    field = front_matter.field(key)
    if not field:
        raise EditRefused(f"There is no field “{key}” in the front matter.", 1)
    _refuse_if_locked(front_matter)
    if sum(other.key == key for other in front_matter.fields) > 1:
        raise EditRefused(field.locked, field.line)
    return field


def _refuse_if_locked(front_matter: FrontMatter) -> None:
    if front_matter.locked:
        problem = next((problem for problem in front_matter.problems if problem.message == front_matter.locked), None)
        raise EditRefused(front_matter.locked, problem.line if problem else 1)


def _refuse_name(front_matter: FrontMatter, key: str) -> None:
    if not key.strip():
        raise EditRefused("A field needs a name.")
    there = front_matter.field(key)
    if there:
        raise EditRefused(f"There is a field “{key}” already, on line {there.line}.", there.line)


def _names(key: str, quote: str) -> Iterator[str]:
    """Ways to write a name, the one with the quote it had first; plain only where no reader takes it for a number."""
    if quote == "'":
        yield single_quoted(key)
    elif quote != '"':
        alone = parse_front_matter(f"---\nx: {key}\n---\n").field("x")
        if alone and alone.value == key and alone.tag == "str" and not _NOT_TEXT_ELSEWHERE.fullmatch(key):
            yield key
    yield double_quoted(key)


def _changed(front_matter: FrontMatter, edit: TextEdit, *, was: int = -1, now: int = -1) -> Field | None:
    """The field at `now` after the edit, or any field's stand-in for -1; None unless all others stand as they did.

    `was` is the changed field's index before the edit, -1 for one that is new.
    """
    text = apply_edits(front_matter.text, (edit,))
    if front_matter_length(text) != len(text):
        return None
    after = parse_front_matter(text)
    if after.locked or _errors(after) > _errors(front_matter):
        return None
    if _others(front_matter, was) != _others(after, now):
        return None
    return after.fields[now] if 0 <= now < len(after.fields) else front_matter.fields[was]


def _others(front_matter: FrontMatter, but: int) -> list[tuple[object, ...]]:
    return [
        (field.key, field.value, field.tag, field.style, _written(front_matter.text, field))
        for index, field in enumerate(front_matter.fields)
        if index != but
    ]


def _written(text: str, field: Field) -> str:
    return text[field.value_start : field.value_end]


def _errors(front_matter: FrontMatter) -> int:
    return sum(problem.severity is Severity.ERROR for problem in front_matter.problems)


def _keeps_type(found: Field, old_tag: str) -> bool:
    """Whether a new value, if plain, is still of the type that the old one was of to YAML's readers.

    Where there was none yet (null), plain stands for what all readers agree on and a writer can mean only so: whole
    numbers, true and false, days; but under a name such as `title` even those are words.
    """
    value, tag = found.value, found.tag
    if found.style or not isinstance(value, str):
        return True
    if tag == "str":
        return not _NOT_TEXT_ELSEWHERE.fullmatch(value)
    if tag == "null":
        return old_tag != "str" and not value
    if old_tag == "null":
        obvious = re.fullmatch(r"0|-?[1-9]\d{0,14}|true|false", value) or is_real_day(value)
        return bool(obvious) and not is_prose_key(found.key)
    return tag == old_tag or {tag, old_tag} <= _NUMBER


def _indentation(text: str, field: Field) -> str:
    """The blanks before a field on its line."""
    line = text[: field.start]
    return line[len(line.rstrip(" ")) :]


def _ending_after(text: str, at: int) -> str:
    line = _REST_OF_LINE.match(text, at)
    return line.group().lstrip().removeprefix(line.group().rstrip("\r\n").lstrip()) if line else "\n"
