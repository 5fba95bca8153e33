"""Changes of the front matter that leave every other character alone, whichever language it is written in.

Each edit is tried on a copy and read again: whatever moves another value, or reads back as anything but what was asked
for, is not made. So nothing here need know all of a language; it need only propose.
"""

from __future__ import annotations

from editor.core import yaml_edits
from editor.core.front_matter_fields import FrontMatter, Place
from editor.core.text_edit import TextEdit


def set_value(
    front_matter: FrontMatter, place: Place, value: str, *, as_in: FrontMatter | None = None
) -> tuple[TextEdit, ...]:
    """The edit that makes the scalar at `place` hold `value`, in the quotes or the block style that it has.

    `as_in` is an earlier version, such as the file as it was opened: where that writes this very value at this place,
    it is written so again, so that a value set back leaves no trace. No edits where the place holds the value already.
    Raises EditRefused for a place that is not there, is no scalar, is locked or cannot hold the value.
    """
    return yaml_edits.set_value(front_matter, place, value, as_in=as_in)


def set_field(
    front_matter: FrontMatter, key: str, value: str, *, as_in: FrontMatter | None = None
) -> tuple[TextEdit, ...]:
    """`set_value` of a field of that name."""
    return set_value(front_matter, (key,), value, as_in=as_in)


def add_field(front_matter: FrontMatter, key: str, value: str, *, newline: str) -> tuple[TextEdit, ...]:
    """The edit that adds a field at the end, before the closing fence, and the fences where there are none.

    `newline` ends the lines of new fences; elsewhere the line above gives its own ending. Raises EditRefused where the
    field is there already, has no name, or the front matter is locked.
    """
    return yaml_edits.add_field(front_matter, key, value, newline=newline)


def remove_field(front_matter: FrontMatter, key: str) -> tuple[TextEdit, ...]:
    """The edit that removes a field with its lines, a comment on them included, lists and maps as well.

    Raises EditRefused for a field that is not there, is written twice, or is needed by another (a YAML anchor).
    """
    return yaml_edits.remove_field(front_matter, key)


def rename_field(front_matter: FrontMatter, key: str, new: str) -> tuple[TextEdit, ...]:
    """The edit that gives a field another name, in the quotes that the old one has; its value and place stay.

    Raises EditRefused for a field that is not there, a name that is taken, and a name written in a way that
    only the text can edit.
    """
    return yaml_edits.rename_field(front_matter, key, new)
