"""Exporting all articles of a folder: how and where to, how far it is, and what is to be said of single ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.ui import theme
from editor.ui.commands import PAGE_THEMES
from editor.ui.dialogs.dialog_size import resize_within_screen
from editor.ui.dialogs.files import named_place
from editor.ui.tooltips import plain_tip
from editor.ui.wrapped_items import WrappedItems

if TYPE_CHECKING:
    from editor.session.folder_exporter import ExportedPage, FolderSummary
    from editor.storage.folder_settings import ExportSettings

_SIZE = (720, 640)
_FORMATS: Mapping[str, str] = MappingProxyType(
    {"html": "Web pages", "txt": "Plain text", "fragment": "HTML for other pages"}
)
_MOST_SAID = 500
"""Lines about articles. Who has more of them mends some and exports again."""
_ARTICLE = Qt.ItemDataRole.UserRole


class FolderExportChoices(NamedTuple):
    """What is chosen: the folder that takes the pages, and what goes into the command or the folder's settings."""

    output: Path
    format: str
    theme: str
    base_url: str
    site_title: str
    drafts: bool
    force: bool


class FolderExportDialog(QDialog):
    """Shows what it is told and says what is wanted; who exports is another's business.

    It is open beside its window. Enter exports, Escape stops what is being exported, or else closes.
    """

    export_wanted = Signal()
    stop_wanted = Signal()
    save_wanted = Signal()
    choosing_wanted = Signal()
    """Another folder for the pages is to be chosen."""
    open_wanted = Signal(Path)
    """The index is to be seen."""
    article_wanted = Signal(Path)
    """An article of which something was said is to be opened."""

    def __init__(self, parent: QWidget | None, folder: Path, output: Path) -> None:
        super().__init__(parent)
        self._folder = folder
        self._touched: set[QWidget] = set()
        self._total = self._done = self._said = 0
        self._index: Path | None = None
        self._is_busy = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Export Folder “{folder.name}”")
        self.output = _line("Pages go to", str(output))
        self.choose = QPushButton("C&hoose…", autoDefault=False)
        self.format = _box(_FORMATS, "Format")
        self.theme = _box({name: name.capitalize() for name in PAGE_THEMES}, "Theme")
        self.base_url = _line("Address", "", "https://example.org/articles/")
        self.site_title = _line("Title", "", folder.name)
        self.drafts = QCheckBox("Export &drafts too")
        self.force = QCheckBox("&Replace files that Stet did not make, or that were changed since")
        self.unsaved = QWidget()
        self.save = QPushButton("&Save It", autoDefault=False)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName("Articles exported")
        self.status = _quiet("All articles in the folder and in those below it become pages, and an index lists them.")
        self.trouble = _quiet("", "error")
        self.notes = _Notes()
        self.open_when_done = QCheckBox("&Open index when done")
        self.open_index = QPushButton("Open &Index", autoDefault=False)
        self.cancel = QPushButton("Close", autoDefault=False)
        self.export = QPushButton("&Export", default=True)
        self.export.setProperty("class", "primary")
        self._lay_out()
        self._connect()
        resize_within_screen(self, *_SIZE)
        self.show_unsaved("")
        self.set_busy(False)
        self.output.setFocus(Qt.FocusReason.OtherFocusReason)

    # Laying out

    def _lay_out(self) -> None:
        spacing = theme.worn().spacing
        above = QVBoxLayout()
        above.setContentsMargins(spacing.large, spacing.large, spacing.large, spacing.medium)
        above.setSpacing(spacing.small)
        above.addLayout(self._fields())
        above.addWidget(self._unsaved_note())
        above.addSpacing(spacing.small)
        above.addWidget(self.status)
        above.addWidget(self.notes, 1)
        foot = QWidget()
        foot.setProperty("class", "foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        below = QVBoxLayout(foot)
        below.setContentsMargins(spacing.large, spacing.medium, spacing.large, spacing.medium)
        below.addWidget(self.trouble)
        buttons = QHBoxLayout()
        buttons.setSpacing(spacing.small)
        buttons.addWidget(self.open_when_done)
        buttons.addStretch()
        for button in (self.open_index, self.cancel, self.export):
            buttons.addWidget(button)
        below.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above, 1)
        column.addWidget(self.progress)
        column.addWidget(foot)
        for each in (self.progress, self.notes):
            keeps = each.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)
            each.setSizePolicy(keeps)
        self.trouble.hide()
        self.notes.hide()
        self.open_index.hide()

    def _fields(self) -> QGridLayout:
        spacing = theme.worn().spacing
        grid = QGridLayout()
        grid.setHorizontalSpacing(spacing.medium)
        grid.setVerticalSpacing(spacing.small)
        grid.setColumnStretch(1, 1)
        about = "A web address adds a feed and a sitemap. Address and title are kept in the folder’s stet.toml."
        rows: list[tuple[str, QWidget]] = [
            ("Pages &go to", self.output),
            ("&Format", self.format),
            ("&Theme", self.theme),
            ("Web &address", self.base_url),
            ("Site tit&le", self.site_title),
            ("", _quiet(about)),
            ("", self.drafts),
            ("", self.force),
        ]
        for row, (title, field) in enumerate(rows):
            label = QLabel(title)
            label.setProperty("class", "field")
            label.setBuddy(field)
            if title:
                grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1, 1, 1 if field is self.output else 2)
        grid.addWidget(self.choose, 0, 2)
        return grid

    def _unsaved_note(self) -> QWidget:
        line = QHBoxLayout(self.unsaved)
        line.setContentsMargins(0, 0, 0, 0)
        self._unsaved_words = _quiet("", "warning")
        line.addWidget(self._unsaved_words, 1)
        line.addWidget(self.save)
        return self.unsaved

    def _connect(self) -> None:
        for box in (self.format, self.theme):
            box.currentIndexChanged.connect(lambda _, box=box: self._touch(box))
        for field in (self.base_url, self.site_title):
            field.textEdited.connect(lambda _, field=field: self._touch(field))
        self.output.textChanged.connect(lambda _: self._allow())
        self.choose.clicked.connect(self.choosing_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.cancel.clicked.connect(self.reject)
        self.open_index.clicked.connect(self._open_index)
        self.notes.itemActivated.connect(self._open_article)

    # What is chosen

    @property
    def chosen(self) -> FolderExportChoices:
        """All that is chosen; a path that is not absolute is of the folder."""
        return FolderExportChoices(
            output=named_place(self.output.text(), self._folder),
            format=str(self.format.currentData()),
            theme=str(self.theme.currentData()),
            base_url=self.base_url.text().strip(),
            site_title=self.site_title.text().strip(),
            drafts=self.drafts.isChecked(),
            force=self.force.isChecked(),
        )

    def begin_with(self, own: ExportSettings) -> None:
        """Choose what the folder's settings say, but where something is chosen already."""
        with _quietly(self.format, self.theme):
            for box, value in ((self.format, own.format), (self.theme, own.theme)):
                if box not in self._touched:
                    box.setCurrentIndex(max(0, box.findData(value)))
        for field, text in ((self.base_url, own.base_url), (self.site_title, own.site_title)):
            if field not in self._touched:
                field.setText(text)
        self._allow()

    def _touch(self, field: QWidget) -> None:
        self._touched.add(field)
        self._allow()

    def _allow(self) -> None:
        makes_pages = self.format.currentData() == "html"
        of_pages: tuple[QWidget, ...] = (self.theme, self.base_url, self.site_title, self.open_when_done)
        of_all: tuple[QWidget, ...] = (self.output, self.choose, self.format, self.drafts, self.force, self.save)
        for field in of_pages:
            field.setEnabled(makes_pages and not self._is_busy)
        for field in of_all:
            field.setEnabled(not self._is_busy)
        self.export.setEnabled(bool(self.output.text().strip()) and not self._is_busy)

    # What it is told

    def show_unsaved(self, name: str) -> None:
        """Say that an article has changes that are not saved, or with "" that none has."""
        self._unsaved_words.setText(f"“{name}” has changes that are not saved: it is exported as it was saved.")
        self.unsaved.setVisible(bool(name))

    def show_trouble(self, sentence: str) -> None:
        """Say why nothing is exported, or with "" nothing."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def set_busy(self, busy: bool) -> None:
        """Show that it is being exported, which can be stopped and nothing else; or that it is not."""
        was_busy, self._is_busy = self._is_busy, busy
        self.progress.setVisible(busy)
        self.cancel.setText("Stop" if busy else "Close")
        if busy:
            self._begin_anew()
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._allow()
        if was_busy and not busy:
            self.export.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_anew(self) -> None:
        self._total = self._done = self._said = 0
        self._index = None
        self.notes.clear()
        self.notes.hide()
        self.open_index.hide()
        self.show_trouble("")
        self.progress.setRange(0, 0)
        self.status.setText("Looking for articles…")

    def show_total(self, articles: int) -> None:
        """So many articles are to be exported."""
        self._total = articles
        self.progress.setRange(0, max(1, articles))
        self.went_on(())

    def went_on(self, pages: Sequence[ExportedPage]) -> None:
        """These are done."""
        self._done += len(pages)
        self.progress.setValue(self._done)
        self.status.setText(f"{self._done:,} of {self._total:,}")
        for page in pages:
            if page.notes or page.state == "failed":
                said = " ".join(page.notes) or "It could not be exported."
                self._say(self._name_of(page.article), said, is_failure=page.state == "failed", article=page.article)

    def show_stopping(self) -> None:
        """It has been asked to stop."""
        self.status.setText("Stopping…")

    def show_summary(self, summary: FolderSummary) -> None:
        """It is done, or stopped: say what came of it, and open the index if that was wanted."""
        counts = f"{summary.made:,} exported, {summary.skipped:,} unchanged, {summary.failed:,} failed."
        stopped = "Stopped; what was written is whole. " if summary.is_stopped else ""
        for note in summary.notes:
            self._say("", note, is_failure=False, article=None)
        self._index = summary.index_page
        self.open_index.setVisible(summary.index_page is not None)
        self.set_busy(False)
        self.status.setText(stopped + counts)
        if self.open_when_done.isChecked():
            self._open_index()

    def _name_of(self, article: Path) -> str:
        return str(article.relative_to(self._folder)) if article.is_relative_to(self._folder) else str(article)

    def _say(self, name: str, said: str, *, is_failure: bool, article: Path | None) -> None:
        self._said += 1
        if self._said > _MOST_SAID:
            return
        if self._said == _MOST_SAID:
            name, said, article = "", "There is more to be said; mend some of these and export again.", None
        item = QListWidgetItem(f"{name}: {said}" if name else said)
        item.setIcon(theme.icon("error", "error") if is_failure else theme.icon("info", "muted"))
        item.setData(_ARTICLE, article)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{'Failed: ' if is_failure else ''}{item.text()}")
        item.setToolTip(plain_tip(item.text()))
        self.notes.show()  # first, or it is laid out as if it had room for nothing
        self.notes.addItem(item)

    def _open_index(self) -> None:
        if self._index:
            self.open_wanted.emit(self._index)

    def _open_article(self, item: QListWidgetItem) -> None:
        article = item.data(_ARTICLE)
        if article:
            self.article_wanted.emit(article)

    # Leaving

    def reject(self) -> None:
        if self._is_busy:
            self.stop_wanted.emit()
        else:
            super().reject()


class _Notes(QListWidget):
    """What is said of articles. Keeps Enter from the dialog, which would export."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("class", "field")
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(WrappedItems(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What failed, and notes")
        self.setAccessibleDescription("Enter opens the article.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


@contextmanager
def _quietly(*widgets: QWidget) -> Iterator[None]:
    blockers = [QSignalBlocker(each) for each in widgets]
    yield
    for blocker in blockers:
        blocker.unblock()


def _line(name: str, text: str, placeholder: str = "") -> QLineEdit:
    field = QLineEdit(text)
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(name)
    return field


def _quiet(text: str, look: str = "quiet") -> QLabel:
    label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setProperty("class", look)
    return label


def _box(entries: Mapping[str, str], name: str) -> QComboBox:
    box = QComboBox()
    for value, title in entries.items():
        box.addItem(title, value)
    box.setAccessibleName(name)
    return box
