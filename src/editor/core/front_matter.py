"""Front matter without loss: its fields are read with their places, and an edit changes the characters of one value."""

from __future__ import annotations

from editor.core.field_kinds import FieldKind, kind_of
from editor.core.front_matter_edits import (
    add_field,
    add_items,
    add_value,
    fill_in,
    move_field,
    move_value,
    remove_field,
    remove_value,
    rename_field,
    rename_value,
    set_field,
    set_value,
)
from editor.core.front_matter_fence import FRONT_MATTER_LIMIT, front_matter_length
from editor.core.front_matter_fields import Field, FieldValue, FrontMatter, Place
from editor.core.front_matter_reading import parse_front_matter

__all__ = [
    "FRONT_MATTER_LIMIT",
    "Field",
    "FieldKind",
    "FieldValue",
    "FrontMatter",
    "Place",
    "add_field",
    "add_items",
    "add_value",
    "fill_in",
    "front_matter_length",
    "kind_of",
    "move_field",
    "move_value",
    "parse_front_matter",
    "remove_field",
    "remove_value",
    "rename_field",
    "rename_value",
    "set_field",
    "set_value",
]
