"""The pane of what an article says wrongly or may say better, by what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QLineEdit, QToolButton, QTreeView, QVBoxLayout, QWidget

from editor.core.audit_citations import Finding
from editor.core.problems import Severity
from editor.ui import theme
from editor.ui.findings_model import FindingsModel
from editor.ui.undo_keys import leave_to_window, plain_context_menu

_CHOICES = (
    (Severity.ERROR, "Errors", "error"),
    (Severity.WARNING, "Warnings", "warning"),
    (Severity.HINT, "Hints", "info"),
)
_FILTER_WIDTH = 200
_WELL = "Nothing to mend."
_NOTHING_LEFT = "None of the problems is shown: all are filtered out."


class ProblemsPane(QWidget):
    """Findings in groups, filtered by severity and by words. Up and Down show each in the text, Return goes there,
    and what is typed filters them."""

    pointed = Signal(object)
    """The current `Finding` became this one by the writer's hand."""
    chosen = Signal(object)
    """The writer wants to go to a `Finding`'s place."""
    left = Signal()
    """Escape: the writer goes on in the text."""
    menu_wanted = Signal(object, QPoint)
    """What can be done about a `Finding` is asked for, at a place on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FindingsModel(self)
        self._is_led = False
        self._tree = self._make_tree()
        self._count = QLabel()
        self._count.setProperty("class", "quiet")
        self._notice = QLabel(_WELL, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._notice.setProperty("class", "quiet")
        self.sought = QLineEdit(placeholderText="Filter problems", clearButtonEnabled=True)
        self.sought.setAccessibleName("Filter problems by words")
        self.sought.setFixedWidth(_FILTER_WIDTH)
        self.sought.setProperty("class", "quiet")
        self.sought.installEventFilter(self)
        self.sought.textChanged.connect(self._filter)
        leave_to_window(self.sought)
        plain_context_menu(self.sought)
        self._severities = {severity: self._make_choice(title, icon) for severity, title, icon in _CHOICES}
        self._lay_out()
        self.setFocusProxy(self._tree)
        self._show_state()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these; the current one stays current where it is among them, or one like it."""
        current = self.current
        row = self._tree.currentIndex().row()
        if self._model.show(findings):
            self._unfold(current, row)

    @property
    def current(self) -> Finding | None:
        """The finding that is selected."""
        return self._model.finding(self._tree.currentIndex())

    def select(self, finding: Finding) -> None:
        """Make a finding the current one, where it is shown, without showing its place."""
        index = self._model.index_of(finding)
        if index.isValid():
            self._lead_to(index)

    def place_of_current(self) -> QPoint:
        """Where, on the screen, the menu of the current finding belongs."""
        rect = self._tree.visualRect(self._tree.currentIndex())
        return self._tree.viewport().mapToGlobal(rect.bottomLeft())

    # The pane's own

    def _make_tree(self) -> QTreeView:
        tree = QTreeView(self)
        tree.setModel(self._model)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setItemsExpandable(False)
        tree.setUniformRowHeights(True)
        tree.setIndentation(0)
        tree.setAccessibleName("Problems")
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setResizeContentsPrecision(0)  # what is in view, or a thousand rows would be measured
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.installEventFilter(self)
        tree.customContextMenuRequested.connect(self._ask_for_menu)
        tree.clicked.connect(self._choose)
        tree.selectionModel().currentChanged.connect(self._point)
        return tree

    def _make_choice(self, title: str, icon: str) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setChecked(True)
        button.setIcon(theme.icon(icon, "muted"))
        button.setProperty("class", "filter")
        button.setAccessibleName(f"Show {title.lower()}")
        button.setToolTip(title)
        button.toggled.connect(self._filter)
        return button

    def _lay_out(self) -> None:
        space = theme.worn().spacing
        title = QLabel("Problems")
        title.setProperty("class", "section")
        title.setBuddy(self._tree)
        self._count.setContentsMargins(0, space.small, 0, space.tiny)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.setContentsMargins(0, 0, space.small, 0)
        head.addWidget(title)
        head.addWidget(self._count)
        head.addStretch()
        head.addWidget(self.sought)
        for button in self._severities.values():
            head.addWidget(button)
        self._notice.setContentsMargins(space.medium, 0, space.medium, space.small)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(self._tree, 1)
        self.setProperty("class", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _filter(self) -> None:
        current = self.current
        chosen = frozenset(severity for severity, button in self._severities.items() if button.isChecked())
        self._model.let_through(chosen, self.sought.text().strip())
        self._unfold(current, 0)

    def _unfold(self, current: Finding | None, row: int) -> None:
        for group in range(self._model.rowCount()):  # not all of it: Qt would draw a finding that is open as chosen
            self._tree.expand(self._model.index(group, 0))
            self._tree.setFirstColumnSpanned(group, QModelIndex(), True)
        index = self._model.index_of(current) if current else QModelIndex()
        shown = self._model.shown
        if not index.isValid() and shown:
            index = self._model.index_of(shown[min(max(row, 0), len(shown) - 1)])
        self._lead_to(index)
        self._show_state()

    def _lead_to(self, index: QModelIndex) -> None:
        self._is_led = True
        self._tree.setCurrentIndex(index)
        self._is_led = False

    def _show_state(self) -> None:
        shown, total = len(self._model.shown), self._model.total
        self._count.setText("" if not total else f"{shown:,}" if shown == total else f"{shown:,} of {total:,}")
        self._notice.setText("" if shown else _NOTHING_LEFT if total else _WELL)
        self._notice.setVisible(not shown)
        self._tree.setVisible(bool(shown))
        self.setFocusProxy(self._tree if shown else self.sought)

    def _point(self, index: QModelIndex) -> None:
        finding = self._model.finding(index)
        if finding and not self._is_led:
            self.pointed.emit(finding)

    def _choose(self, index: QModelIndex) -> None:
        if finding := self._model.finding(index):
            self.chosen.emit(finding)

    def _ask_for_menu(self, place: QPoint) -> None:
        finding = self._model.finding(self._tree.indexAt(place))
        if finding:
            self.menu_wanted.emit(finding, self._tree.viewport().mapToGlobal(place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press_in_filter(event) if watched is self.sought else self._press_in_tree(event)
        return super().eventFilter(watched, event)

    def _press_in_tree(self, event: QKeyEvent) -> bool:
        finding = self.current
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and finding:
            self.chosen.emit(finding)
        elif event.key() == Qt.Key.Key_Menu and finding:
            self.menu_wanted.emit(finding, self.place_of_current())
        elif event.text().isprintable() and event.text().strip() and not event.modifiers():
            self.sought.setFocus(Qt.FocusReason.OtherFocusReason)
            self.sought.insert(event.text())
        else:
            return False
        return True

    def _press_in_filter(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            if self.sought.text():
                self.sought.clear()
            else:
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._model.shown:
            self._tree.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True
