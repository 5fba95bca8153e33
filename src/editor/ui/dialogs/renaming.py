"""What a renaming leads to, shown before it is done: each citation as it is and as it becomes, to be chosen from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.core.citation_renaming import Rewrite
from editor.ui import theme
from editor.ui.tooltips import plain_tip

_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 760, 240, 520
_LINE_WIDTH, _BECOMES_WIDTH = 96, 264
_REWRITE = Qt.ItemDataRole.UserRole
_LINE, _NOW, _BECOMES = range(3)


def ask(
    parent: QWidget, what: str, found: Sequence[Rewrite], rename: Callable[[tuple[Rewrite, ...]], object]
) -> RenamingDialog:
    """Show what a renaming leads to; `rename` is called with what the writer chose of it, once that is accepted.

    `what` says, as a sentence, what is renamed; `found` is at least one. The dialog is open when this returns, and is
    deleted when it closes.
    """
    dialog = RenamingDialog(parent, what, found, rename)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class RenamingDialog(QDialog):
    """All that can be renamed is ticked; what cannot be says why, and is left to the writer."""

    def __init__(
        self, parent: QWidget, what: str, found: Sequence[Rewrite], rename: Callable[[tuple[Rewrite, ...]], object]
    ) -> None:
        super().__init__(parent)
        self._rename = rename
        self.setWindowTitle("Rename Citations")
        title = QLabel(what, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.rows = self._make_rows(found)
        self.rows.setAccessibleDescription(what)
        self.left = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.left.setProperty("class", "quiet")
        refused = sum(not each.edits for each in found)
        self.left.setText(f"{refused} of them {'is' if refused == 1 else 'are'} for you to change." if refused else "")
        self.accept_button = QPushButton("Rename")
        self.accept_button.setDefault(True)
        self.accept_button.setProperty("class", "primary")
        self.accept_button.clicked.connect(self._accept_chosen)
        self._lay_out(title)
        self._count()
        self.rows.itemChanged.connect(self._count)
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_rows(self, found: Sequence[Rewrite]) -> QTreeWidget:
        rows = QTreeWidget()
        rows.setRootIsDecorated(False)
        rows.setAllColumnsShowFocus(True)
        rows.setHeaderLabels(["Line", "Now", "Becomes"])
        rows.setAccessibleName("Citations to rename")
        rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = rows.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_LINE, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(_LINE, _LINE_WIDTH)
        header.setSectionResizeMode(_NOW, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_BECOMES, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(_BECOMES, _BECOMES_WIDTH)
        rows.ensurePolished()  # or rows are as high as those of another style
        items = [_row(each) for each in found]
        rows.addTopLevelItems(items)
        rows.setCurrentItem(items[0])
        return rows

    def _lay_out(self, title: QLabel) -> None:
        spacing = theme.worn().spacing
        title.setContentsMargins(spacing.large, spacing.medium, spacing.large, spacing.medium)
        cancel = QPushButton("Cancel", autoDefault=False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(spacing.large, spacing.small, spacing.large, spacing.medium)
        foot.setSpacing(spacing.small)
        foot.addWidget(self.left, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(self.rows, 1)
        column.addLayout(foot)
        rows = self.rows.topLevelItemCount() * spacing.huge
        self.resize(_WIDTH, max(_LEAST_HEIGHT, min(_MOST_HEIGHT, _LEAST_HEIGHT // 2 + rows)))

    @property
    def chosen(self) -> tuple[Rewrite, ...]:
        """What is ticked, in order."""
        return tuple(self._chosen())

    def _chosen(self) -> Iterator[Rewrite]:
        for index in range(self.rows.topLevelItemCount()):
            row = self.rows.topLevelItem(index)
            if row and row.checkState(_LINE) is Qt.CheckState.Checked:
                yield row.data(_LINE, _REWRITE)

    def _count(self) -> None:
        number = len(self.chosen)
        self.accept_button.setText(f"Rename {number:,}" if number else "Rename")
        self.accept_button.setEnabled(number > 0)

    def _accept_chosen(self) -> None:
        chosen = self.chosen
        self.accept()
        self._rename(chosen)


def _row(found: Rewrite) -> QTreeWidgetItem:
    becomes = " ".join(found.after.split()) if found.edits else found.why_not
    row = QTreeWidgetItem([f"{found.line:,}", found.around, becomes])
    row.setData(_LINE, _REWRITE, found)
    spoken = f"Line {found.line}: {found.before}, {'becomes ' + becomes if found.edits else becomes}"
    row.setData(_LINE, Qt.ItemDataRole.AccessibleTextRole, spoken)
    for column in (_NOW, _BECOMES):
        row.setToolTip(column, plain_tip(row.text(column)))
    if found.edits:
        row.setCheckState(_LINE, Qt.CheckState.Checked)
    else:
        row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        row.setForeground(_BECOMES, QColor(theme.worn().palette.warning))
    return row
