"""What a plain word of YAML is taken for, and so whether a value or a name can be written without quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.core.field_kinds import is_prose_key
from editor.core.front_matter_fields import Node, Place, is_real_day
from editor.core.front_matter_reading import parse_front_matter
from editor.core.yaml_scalars import double_quoted, single_quoted

_NUMBER = frozenset({"int", "float"})
# Strings to libyaml, but numbers or yes and no to some other reader (1e3, 0o17, y), or an error (a tab).
_NOT_TEXT_ELSEWHERE = re.compile(
    r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|0o[0-7]+|\d+(?::\d+)+|[yYnN]|.*\t.*", re.DOTALL
)


def names(key: str, quote: str) -> Iterator[str]:
    """Ways to write a name, the one with the quote it had first; plain only where no reader takes it for a number."""
    if quote == "'":
        yield single_quoted(key)
    elif quote != '"':
        alone = parse_front_matter(f"---\nx: {key}\n---\n").field("x")
        if alone and alone.value == key and alone.tag == "str" and not _NOT_TEXT_ELSEWHERE.fullmatch(key):
            yield key
    yield double_quoted(key)


def keeps_type(found: Node, old_tag: str, place: Place) -> bool:
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
        name = next((part for part in reversed(place) if isinstance(part, str)), "")
        return bool(obvious) and not is_prose_key(name)
    return tag == old_tag or {tag, old_tag} <= _NUMBER
