"""How an article is to be exported, as fields to choose in."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from editor.publishing.choices import SUFFIXES, ExportChoices, Format
from editor.ui import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from editor.storage.folder_settings import ExportSettings

_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "html": "Web page",
        "pdf": "PDF",
        "docx": "Word document",
        "txt": "Plain text",
        "fragment": "HTML for another page",
    }
)
_THEMES: Mapping[str, str] = MappingProxyType({"journal": "Journal", "plain": "Plain", "dark": "Dark"})
_PICTURES: Mapping[str, str] = MappingProxyType({"inline": "In the page", "folder": "In a folder beside it"})
_THEMED = frozenset({"html", "pdf"})
_WITH_CONTENTS = frozenset({"html", "pdf", "docx", "fragment"})
_WITH_PICTURES = frozenset({"html", "fragment"})


class ExportOptionsForm(QWidget):
    """Format, theme, pictures, contents and quotes. What a format has no use for cannot be chosen with it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.format = _box({name: title for name, title in _FORMATS.items() if name in SUFFIXES}, "Format")
        self.theme = _box(_THEMES, "Theme")
        self.pictures = _box(_PICTURES, "Pictures")
        self.contents = QCheckBox("List of &contents")
        self.smart_quotes = QCheckBox("Smart &quotes")
        self.own = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.own.setProperty("class", "quiet")
        self.own.hide()
        self._named = ""
        self._touched: set[QWidget] = set()
        self._lay_out()
        for box in (self.format, self.theme, self.pictures):
            box.currentIndexChanged.connect(lambda _, box=box: self._change(box))
        for tick in (self.contents, self.smart_quotes):
            tick.toggled.connect(lambda _, tick=tick: self._change(tick))
        self._allow()

    def _lay_out(self) -> None:
        spacing = theme.worn().spacing
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(spacing.medium)
        grid.setVerticalSpacing(spacing.small)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [
            ("&Format", self.format),
            ("&Theme", self.theme),
            ("", self.own),
            ("P&ictures", self.pictures),
            ("", self.contents),
            ("", self.smart_quotes),
        ]
        for row, (title, field) in enumerate(rows):
            if title:
                label = QLabel(title)
                label.setProperty("class", "field")
                label.setBuddy(field)
                grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)

    @property
    def chosen(self) -> ExportChoices:
        """All that is chosen."""
        return ExportChoices(
            format=cast("Format", self.format.currentData()),
            theme=str(self.theme.currentData()),
            assets="folder" if self.pictures.currentData() == "folder" else "inline",
            contents=self.contents.isChecked(),
            smart_quotes=self.smart_quotes.isChecked(),
        )

    def choose(self, choices: ExportChoices) -> None:
        """Choose as was chosen before."""
        with self._quietly():
            for box, value in (
                (self.format, choices.format),
                (self.theme, choices.theme),
                (self.pictures, choices.assets),
            ):
                box.setCurrentIndex(max(0, box.findData(value)))
            self.contents.setChecked(bool(choices.contents))
            self.smart_quotes.setChecked(bool(choices.smart_quotes))
        self._touched.update((self.format, self.theme, self.pictures, self.contents, self.smart_quotes))
        self._allow()

    @property
    def is_touched(self) -> bool:
        """Whether anything was chosen, and not only told by settings."""
        return bool(self._touched)

    def choose_format(self, chosen: Format) -> None:
        """Choose this format, as a writer would."""
        self.format.setCurrentIndex(max(0, self.format.findData(chosen)))

    def choose_theme(self, theme: str) -> None:
        """Choose this theme, as a writer would."""
        self.theme.setCurrentIndex(max(0, self.theme.findData(theme)))

    def begin_with(self, own: ExportSettings, *, smart_quotes: bool) -> None:
        """Choose what a folder's settings say, but where something is chosen already.

        `smart_quotes` is the program's setting, which holds where the folder's say nothing.
        """
        with self._quietly():
            for box, value in ((self.format, own.format), (self.theme, own.theme), (self.pictures, own.assets)):
                if box not in self._touched:
                    box.setCurrentIndex(max(0, box.findData(value)))
            wanted = smart_quotes if own.smart_quotes is None else own.smart_quotes
            for tick, ticked in ((self.contents, own.contents), (self.smart_quotes, wanted)):
                if tick not in self._touched:
                    tick.setChecked(ticked)
        self._named = " and ".join(f"“{name}”" for name in (own.css, own.template) if name)
        self._allow()

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        blockers = [QSignalBlocker(each) for each in self.findChildren(QWidget)]
        yield
        for blocker in blockers:
            blocker.unblock()

    def _change(self, field: QWidget) -> None:
        self._touched.add(field)
        self._allow()
        self.changed.emit()

    def _allow(self) -> None:
        chosen = self.format.currentData()
        self.theme.setEnabled(chosen in _THEMED)
        self.pictures.setEnabled(chosen in _WITH_PICTURES)
        self.contents.setEnabled(chosen in _WITH_CONTENTS)
        of_folder = f"with {self._named} of this folder" if self._named and chosen in _THEMED else ""
        said = "Word gives it looks of its own" if chosen == "docx" else of_folder
        self.own.setText(said)
        self.own.setVisible(bool(said))


def _box(entries: Mapping[str, str], name: str) -> QComboBox:
    box = QComboBox()
    for value, title in entries.items():
        box.addItem(title, value)
    box.setAccessibleName(name)
    return box
