"""From the head of an article to its fields."""

from __future__ import annotations

from functools import lru_cache

from editor.core.front_matter_fence import fences, format_of, front_matter_length
from editor.core.front_matter_fields import FrontMatter

_NONE = FrontMatter("", "", (), (), 0, "")


@lru_cache(maxsize=32)
def parse_front_matter(text: str) -> FrontMatter:
    """The front matter that a text of `front_matter_length` code points is; one without fields where there is none.

    Never raises. Whatever follows the closing fence is not looked at.
    """
    return read_front_matter(text)


def read_front_matter(text: str) -> FrontMatter:
    """`parse_front_matter` for a text that is not worth remembering in the place of one being edited."""
    length = front_matter_length(text)
    return _parse(text[:length]) if length else _NONE


def _parse(text: str) -> FrontMatter:
    # All that reads costs more to import than an article without front matter, or with another kind of it, should pay.
    start, end = fences(text)
    written_in = format_of(text)
    if written_in == "toml":
        from editor.core.toml_reading import read_toml  # noqa: PLC0415

        return read_toml(text, start, end)
    if written_in == "json":
        from editor.core.json_reading import read_json  # noqa: PLC0415

        return read_json(text)
    from editor.core.front_matter_handlers import loading_problems  # noqa: PLC0415
    from editor.core.yaml_reading import read_yaml_fields  # noqa: PLC0415

    read = read_yaml_fields(text, start, end)
    of_loading = () if read.locked or read.has_aliases else loading_problems(text, read.fields)
    problems = (*read.problems, *of_loading, *read.hints)
    return FrontMatter(text, "yaml", read.fields, problems, len(text), read.locked)
