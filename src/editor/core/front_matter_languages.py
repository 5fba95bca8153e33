"""Which module edits front matter in a language other than YAML."""

from __future__ import annotations

from typing import Protocol

from editor.core.front_matter_fields import FrontMatter, Place
from editor.core.text_edit import TextEdit


class LanguageEdits(Protocol):
    """A module that edits one language; `front_matter_edits` says what each of its functions does."""

    def set_value(
        self, front_matter: FrontMatter, place: Place, value: str, *, as_in: FrontMatter | None = None
    ) -> tuple[TextEdit, ...]: ...
    def begin_list(self, front_matter: FrontMatter, place: Place) -> tuple[TextEdit, ...]: ...
    def add_value(self, front_matter: FrontMatter, place: Place, value: str) -> tuple[TextEdit, ...]: ...
    def remove_value(self, front_matter: FrontMatter, place: Place) -> tuple[TextEdit, ...]: ...
    def rename_value(self, front_matter: FrontMatter, place: Place, new: str) -> tuple[TextEdit, ...]: ...
    def move_value(self, front_matter: FrontMatter, place: Place, to: int) -> tuple[TextEdit, ...]: ...
    def tags_in(self, front_matter: FrontMatter, key: str) -> dict[Place, str]: ...


def edits_but_yaml(front_matter: FrontMatter) -> LanguageEdits | None:
    """The module that edits this TOML or JSON; None for YAML, which new front matter is written in as well."""
    # The readers of a language cost more to import than an article in none, or in another, should pay.
    if front_matter.format == "toml":
        from editor.core import toml_edits  # noqa: PLC0415

        return toml_edits
    if front_matter.format == "json":
        from editor.core import json_edits  # noqa: PLC0415

        return json_edits
    return None
