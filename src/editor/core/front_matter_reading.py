"""From the head of an article to its fields."""

from __future__ import annotations

from functools import lru_cache

from editor.core.front_matter_fence import fences, front_matter_length
from editor.core.front_matter_fields import FrontMatter

_NONE = FrontMatter("", "", (), (), 0, "")


@lru_cache(maxsize=32)
def parse_front_matter(text: str) -> FrontMatter:
    """The front matter that a text of `front_matter_length` code points is; one without fields where there is none.

    Never raises. Whatever follows the closing fence is not looked at.
    """
    length = front_matter_length(text)
    return _parse(text[:length]) if length else _NONE


def _parse(text: str) -> FrontMatter:
    # Both cost more to import than an article without front matter should pay.
    from editor.core.front_matter_handlers import format_of, loading_problems, read_only  # noqa: PLC0415
    from editor.core.yaml_reading import read_yaml_fields  # noqa: PLC0415

    start, end = fences(text)
    written_in = format_of(text)
    if written_in != "yaml":
        return read_only(text, start, end, written_in)
    read = read_yaml_fields(text, start, end)
    problems = read.problems if read.locked or read.has_aliases else read.problems + loading_problems(text, read.fields)
    return FrontMatter(text, "yaml", read.fields, problems, len(text), read.locked)
