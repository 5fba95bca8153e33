"""Exporting an article: how, where to, what it will look like and what is amiss, seen before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from editor.publishing.choices import Format, format_of
from editor.publishing.export_problems import ExportProblem
from editor.ui import theme
from editor.ui.dialogs.dialog_size import resize_within_screen
from editor.ui.dialogs.export_options import ExportOptionsForm
from editor.ui.dialogs.export_place import ExportPlace
from editor.ui.dialogs.export_preview import ExportPreview
from editor.ui.dialogs.export_problems import ExportProblems
from editor.ui.tooltips import plain_tip

_SIZE = (1080, 700)
_OPTIONS_WIDTH = 320
_IN_HTML = frozenset({"html", "fragment"})
_REMEMBERED = "Writes what is chosen into stet.toml, which all exports of the folder go by."


class ExportDialog(QDialog):
    """Shows what it is told and says what is wanted; who makes exports is another's business.

    It is open beside its window, whose article may go on being written. Enter exports, Escape cancels what is being
    exported, or else closes.
    """

    export_wanted = Signal()
    cancel_wanted = Signal()
    """What is being exported is to be given up."""
    preview_wanted = Signal()
    """Something was chosen that may look otherwise."""

    def __init__(self, parent: QWidget | None, name: str, folder: Path, unavailable: Mapping[Format, str]) -> None:
        """`unavailable` says of formats that cannot be made here how that can be changed."""
        super().__init__(parent)
        self._unavailable = unavailable
        self._is_busy = False
        self._format: Format = "html"
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Export “{name}”")
        self.options = ExportOptionsForm()
        self.problems = ExportProblems()
        self.preview = ExportPreview()
        self.place = ExportPlace(folder)
        self.open_when_done = QCheckBox("&Open when done")
        self.remember = QCheckBox("Re&member for this folder")
        self.remember.setToolTip(plain_tip(_REMEMBERED))
        self.remember.setAccessibleDescription(_REMEMBERED)
        self.trouble = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.trouble.setProperty("class", "error")
        self.progress = QProgressBar(textVisible=False, minimum=0, maximum=0)
        self.progress.setAccessibleName("Exporting")
        self.cancel = QPushButton("Cancel", autoDefault=False)
        self.export = QPushButton("&Export")
        self.export.setProperty("class", "primary")
        self.export.setDefault(True)
        self._lay_out()
        self._connect()
        resize_within_screen(self, *_SIZE)
        self.options.format.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        spacing = theme.worn().spacing
        side = QWidget()
        left = QVBoxLayout(side)
        left.setContentsMargins(spacing.large, spacing.large, spacing.large, spacing.medium)
        left.setSpacing(spacing.large)
        left.addWidget(self.options)
        left.addWidget(self.problems, 1)
        sides = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        sides.addWidget(side)
        sides.addWidget(self.preview)
        sides.setStretchFactor(1, 1)
        sides.setSizes([_OPTIONS_WIDTH, _SIZE[0] - _OPTIONS_WIDTH])
        buttons = QHBoxLayout()
        buttons.setSpacing(spacing.small)
        for tick in (self.open_when_done, self.remember):
            buttons.addWidget(tick)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.export)
        foot = QWidget()
        foot.setProperty("class", "foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        below = QVBoxLayout(foot)
        below.setContentsMargins(spacing.large, spacing.medium, spacing.large, spacing.medium)
        below.setSpacing(spacing.tiny)
        below.addWidget(self.place)
        below.addWidget(self.trouble)
        below.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(sides, 1)
        column.addWidget(self.progress)
        column.addWidget(foot)
        hint = self.progress.sizePolicy()
        hint.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(hint)
        self.progress.hide()
        self.trouble.hide()

    def _connect(self) -> None:
        self.options.changed.connect(self._change)
        self.place.changed.connect(self._allow)
        # What was in the way may not be any more.
        self.place.field.textChanged.connect(self._follow_name)
        self.place.agreed.toggled.connect(self.show_format)
        self.export.clicked.connect(self.export_wanted)
        self.cancel.clicked.connect(self.reject)
        self.preview.escaped.connect(self.reject)
        self.show_format()

    def show_format(self) -> None:
        """Take in which format is chosen now: how its files are named, and whether it can be made."""
        chosen = self.options.chosen.format
        if chosen != self._format:
            self._format = chosen
            self.place.take_suffix(chosen)
        self.show_trouble(self._unavailable.get(chosen, ""))

    def _follow_name(self) -> None:
        """A name that ends as the files of another format do asks for that format."""
        named = format_of(self.place.path.name)
        if named and named != self._format and not {named, self._format} <= _IN_HTML:
            self.options.choose_format(named)
        self.show_format()

    def _change(self) -> None:
        self.show_format()
        self.preview_wanted.emit()

    def _allow(self) -> None:
        can = self.place.may_be_taken and self._format not in self._unavailable
        self.export.setEnabled(can and not self._is_busy)
        self.export.setText("&Export Anyway" if self.problems.count else "&Export")

    # What it is told

    def show_problems(self, problems: Sequence[ExportProblem], number: int) -> None:
        """Show what the export would leave out or do otherwise, the first of so many."""
        self.problems.show_problems(problems, number)
        self._allow()

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no export, or with "" nothing."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self._allow()

    def set_busy(self, busy: bool) -> None:
        """Show that an export is being made, which can be cancelled and nothing else."""
        self._is_busy = busy
        self.progress.setVisible(busy)
        for each in (self.options, self.place, self.problems, self.open_when_done, self.remember):
            each.setEnabled(not busy)
        if busy:
            self.show_trouble("")
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._allow()
        if not busy:
            self.export.setFocus(Qt.FocusReason.OtherFocusReason)

    # Leaving

    def reject(self) -> None:
        if self._is_busy:
            self.cancel_wanted.emit()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self.preview.close_page()
        super().done(result)
