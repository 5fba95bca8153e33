"""What stands beside and below a field: how much of it search results show, and a sentence where one is due."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from editor.core.search_results import SearchLength, search_length
from editor.ui import theme
from editor.ui.form_fields import FormField

_NEARLY_FULL = 0.8
"""Of what search results show, from which on it is counted."""


class SearchCount(QLabel):
    """Characters of a title or a description, and how many of them search results have room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "quiet")
        # It lies over the line that is counted.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def count(self, field: FormField, *, is_edited: bool) -> None:
        """Count a field where it is nearly full or being written."""
        length = length_in_results(field)
        used = length.characters / length.most_characters if length else 0.0
        self.setText(f"{length.characters}/{length.most_characters}" if length else "")
        self.setVisible(length is not None and (used >= _NEARLY_FULL or is_edited))
        _wear(self, "warning" if length and length.is_cut else "quiet")

    @property
    def room(self) -> int:
        """Pixels that it takes of a line."""
        return 0 if self.isHidden() else self.sizeHint().width()


class FieldNote(QLabel):
    """One sentence below a field: what is wrong with its value, else what else there is to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def say(self, fault: str, aside: str, *, is_warning: bool) -> None:
        """Show the fault, or where there is none what is said aside; nothing where both are empty."""
        self.setText(fault or aside)
        _wear(self, "error" if fault else "warning" if is_warning else "quiet")
        self.setVisible(bool(fault or aside))


def length_in_results(field: FormField) -> SearchLength | None:
    """How long a field is for search results; None where they do not show it."""
    return search_length(field.key, field.text) if field.depth == 0 and not field.items else None


def cut_in_results(field: FormField) -> str:
    """A sentence where search results cut the end of a field; else ""."""
    length = length_in_results(field)
    if not length or not length.is_cut:
        return ""
    width = f", {length.pixels} of {length.most_pixels} px" if length.most_pixels else ""
    return f"Search results cut its end: {length.characters} of about {length.most_characters} characters{width}."


def _wear(label: QLabel, look: str) -> None:
    if label.property("class") != look:
        label.setProperty("class", look)
        theme.restyle(label)
