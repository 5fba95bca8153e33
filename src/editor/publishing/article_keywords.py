"""What an article is filed under, for documents that are searched by it."""

from __future__ import annotations

from editor.core.front_matter_fields import FieldValue
from editor.core.front_matter_reading import parse_front_matter

_KEYS = ("keywords", "tags")


def keywords_of(text: str) -> tuple[str, ...]:
    """The keywords in an article's front matter, its tags where it has none; each once, on one line."""
    front_matter = parse_front_matter(text)
    for key in _KEYS:
        field = front_matter.field(key)
        if field and (words := _words(field.value)):
            return words
    return ()


def _words(value: FieldValue) -> tuple[str, ...]:
    texts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    lines = (" ".join(text.split()) for text in texts if isinstance(text, str))
    return tuple(dict.fromkeys(filter(None, lines)))
