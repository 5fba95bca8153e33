"""What the form says beside a link that earns its writer money: what it is, and whether readers are told in time."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from editor.core.article import Article
from editor.core.disclosure import disclosure_of
from editor.core.field_kinds import FieldKind
from editor.ui.form_fields import FormField, Identity

_PAUSE_MS = 600
"""The whole text is looked through: not between two keys."""
_WHAT_IT_IS = "Pays you when readers buy."
_NAME = re.compile(r"affiliate", re.IGNORECASE)


class AffiliateNotes(QObject):
    """Asks, in a pause of the writer's, for the notes of such fields to be shown anew."""

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._links: dict[Identity, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.due)

    def watch(self, fields: Iterable[FormField]) -> dict[Identity, str]:
        """These are the form's fields now. Returns what is to be said of those that were none before."""
        links = {field.identity: field.text for field in fields if _is_affiliate_link(field)}
        new = dict.fromkeys(links.keys() - self._links.keys(), _WHAT_IT_IS)
        if links != self._links:
            self._links = links
            self._pause.start(0 if new else _PAUSE_MS)
        return new

    def wait(self) -> None:
        """The text changed."""
        if self._links:
            self._pause.start(_PAUSE_MS)

    def notes(self, article: Article) -> dict[Identity, tuple[str, bool]]:
        """For each such field what is to be said, and whether it is a warning."""
        return {identity: _note(article, address) for identity, address in self._links.items()}


def _is_affiliate_link(field: FormField) -> bool:
    return field.kind is FieldKind.URL and field.depth == 0 and _NAME.search(field.key) is not None


def _note(article: Article, address: str) -> tuple[str, bool]:
    if not address:
        return _WHAT_IT_IS, False
    found = disclosure_of(article, address)
    said = f"disclosed on line {found.disclosed + 1}" if found.disclosed is not None else "not disclosed in the text"
    if found.first_use is not None:
        late = "" if found.comes_in_time or found.disclosed is None else ", too late"
        said = f"first used on line {found.first_use + 1}, {said}{late}"
    return f"{_WHAT_IT_IS.removesuffix('.')}: {said}.", not found.comes_in_time
