"""Where an export is to be written, and what is there already."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from editor.publishing.choices import SUFFIXES, Format
from editor.publishing.overwriting import Occupant
from editor.ui import theme
from editor.ui.dialogs.files import named_place

_PAUSE_MS = 150
_ENDING = re.compile(r"\.[a-z][a-z0-9]*$|^\.*$", re.IGNORECASE)
"""What tells other programs the kind of a file, which the number in “Stet 1.2” does not; or no name at all."""
_SAID = {
    Occupant.NOTHING: ("quiet", "A new file."),
    Occupant.OURS: ("quiet", "Replaces what Stet made before."),
    Occupant.STRANGER: ("warning", "Is there already, and not as Stet made it."),
    Occupant.ARTICLE: ("error", "Is the article itself: choose another name."),
    Occupant.NO_FILE: ("error", "Is no file: choose another name."),
}


class ExportPlace(QWidget):
    """A path, what is known of its place, and the writer's word that a stranger's file may be lost."""

    changed = Signal()
    """The place may be taken now, or may not."""
    look_wanted = Signal()
    """The path is another one: `set_occupant` is to say what is there."""
    choosing_wanted = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        """A path that is not absolute is of `folder`."""
        super().__init__(parent)
        self._folder = folder
        self.field = QLineEdit()
        self.field.setAccessibleName("Save as")
        self.choose = QPushButton("C&hoose…", autoDefault=False)
        self.said = QLabel(textFormat=Qt.TextFormat.PlainText)
        # As tall as the box beside it, so that nothing moves when that comes.
        self.said.setMinimumHeight(theme.worn().spacing.control)
        self.agreed = QCheckBox("&Replace it all the same")
        hint = self.agreed.sizePolicy()
        hint.setRetainSizeWhenHidden(True)
        self.agreed.setSizePolicy(hint)
        self._occupant: Occupant | None = None
        self._suffix = SUFFIXES["html"]
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.look_wanted)
        self._lay_out()
        self.field.textChanged.connect(lambda _: self._begin_anew())
        self.choose.clicked.connect(self.choosing_wanted)
        self.agreed.toggled.connect(lambda _: self.changed.emit())
        self._say()

    def _lay_out(self) -> None:
        spacing = theme.worn().spacing
        label = QLabel("Save &as")
        label.setProperty("class", "field")
        label.setBuddy(self.field)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(spacing.medium)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        self.said.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.field, 0, 1, 1, 2)
        grid.addWidget(self.choose, 0, 3)
        grid.addWidget(self.said, 1, 1)
        grid.addWidget(self.agreed, 1, 2, 1, 2)
        grid.setColumnStretch(2, 1)

    @property
    def path(self) -> Path:
        """The place that is named, with the format's ending where the name has none."""
        written = self._written
        is_whole = _ENDING.search(written.name) or self.field.text().rstrip().endswith("/")
        return written if is_whole else written.with_name(written.name + self._suffix)

    @property
    def _written(self) -> Path:
        return named_place(self.field.text(), self._folder)

    @property
    def may_be_taken(self) -> bool:
        """Whether an export may be written there, as far as is known."""
        if not self.field.text().strip() or self._occupant in (Occupant.ARTICLE, Occupant.NO_FILE):
            return False
        return self._occupant is not Occupant.STRANGER or self.agreed.isChecked()

    def set_path(self, path: Path) -> None:
        """Name a place."""
        self.field.setText(str(path))

    def take_suffix(self, chosen: Format) -> None:
        """Let the name end as the format has it, where it ended as another one has it."""
        self._suffix = SUFFIXES[chosen]
        name = self.field.text()
        if SUFFIXES[chosen].endswith(".html") and name.lower().endswith(".htm"):
            return
        # The longest first: “.fragment.html” ends in “.html”.
        for suffix in sorted((*SUFFIXES.values(), ".htm"), key=len, reverse=True):
            if name.lower().endswith(suffix):
                if suffix != self._suffix:
                    self.field.setText(name[: -len(suffix)] + self._suffix)
                return
        if self.path != self._written:
            self._begin_anew()

    def set_occupant(self, occupant: Occupant) -> None:
        """Say what is there."""
        self._occupant = occupant
        self._say()

    def _begin_anew(self) -> None:
        """What was known and agreed to was of another place."""
        self._occupant = None
        with QSignalBlocker(self.agreed):
            self.agreed.setChecked(False)
        self._say()
        self._pause.start()

    def _say(self) -> None:
        look, words = _SAID[self._occupant] if self._occupant else ("quiet", " ")
        if self._occupant and self.path != self._written:
            words = f"“{self.path.name}”: {words[0].lower()}{words[1:]}"
        self.said.setProperty("class", look)
        self.said.setText(words)
        self.agreed.setVisible(self._occupant is Occupant.STRANGER)
        theme.restyle(self.said)
        self.field.setAccessibleDescription(words.strip())
        self.changed.emit()
