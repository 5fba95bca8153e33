"""The window's layout: panes in splitters, menus, toolbar and status line. It knows no article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QSplitter, QToolBar, QToolButton, QVBoxLayout, QWidget

from editor.ui import theme
from editor.ui.commands import COMMANDS, ENCODING, RECENT, Need, Scope, actions_for
from editor.ui.notices import NoticeBar

_SPLITTERS = {"sides": (11, 10), "below": (11, 10), "rows": (13, 6)}
"""Each splitter's shares, to begin with."""
_SHARE_OF_SCREEN = 0.94
"""Of a small screen, so that the desktop's own frame fits as well."""
_PANES = ("text", "form", "grid", "problems", "preview")
_HIDEABLE = ("form", "grid", "problems", "preview")
_BELOW = ("grid", "problems")
_STATUS_COMMANDS = {"citations": "go-to-problems"}
"""What a click on a part of the status line does."""
_LAYOUTS = {"both": None, "text": {"text"}, "preview": {"preview"}}
"""What each layout shows; both sides, with what else the writer had in view."""


class Panes(NamedTuple):
    """The widgets that a window lays out; the names of all but `find` are in commands' ids."""

    form: QWidget
    text: QWidget
    find: QWidget
    grid: QWidget
    problems: QWidget
    preview: QWidget


class MainWindow(QMainWindow):
    """Lays out panes; what they show and do is connected elsewhere."""

    files_dropped = Signal(list)
    """Local files were dropped on it: their paths as texts."""
    close_asked = Signal(QCloseEvent)
    """It is about to close; ignore the event to keep it open."""
    layout_chosen = Signal(str)
    """The writer chose a layout, by its name, or left one by asking for a pane that it does not show."""

    def __init__(self, panes: Panes, handlers: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self.panes = panes
        self.commands = actions_for(self._with_their_panes({**handlers, **self._view_handlers()}), self)
        self.notices = NoticeBar()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.splitters: dict[str, QSplitter] = {}
        self._sizes_with_all: dict[str, tuple[int, ...]] = {}
        self.layout_name = "both"
        self._wanted = set(_HIDEABLE)
        self._empty: set[str] = set()
        self._shown_beside = set(_HIDEABLE)
        self._menus: dict[str, QMenu] = {}
        self._lay_out()
        self._fill_menus()
        self._fill_toolbar()
        self._status: dict[str, QLabel | QToolButton] = {}
        self._fill_status_line()

    def _lay_out(self) -> None:
        self._writing = QWidget()
        column = QVBoxLayout(self._writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self.panes.form, 0), (self.panes.find, 0), (self.panes.text, 1)):
            column.addWidget(widget, stretch)
        sides = self._splitter("sides", Qt.Orientation.Horizontal, self._writing, self.panes.preview)
        self._below = self._splitter("below", Qt.Orientation.Horizontal, self.panes.grid, self.panes.problems)
        rows = self._splitter("rows", Qt.Orientation.Vertical, sides, self._below)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notices)
        layout.addWidget(rows, 1)
        self.setCentralWidget(whole)

    def _splitter(self, name: str, orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
        splitter = QSplitter(orientation)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        for index, (widget, share) in enumerate(zip(widgets, _SPLITTERS[name], strict=True)):
            splitter.addWidget(widget)
            splitter.setStretchFactor(index, share)
        self._sizes_with_all[name] = tuple(share * 50 for share in _SPLITTERS[name])
        splitter.setSizes(self._sizes_with_all[name])
        self.splitters[name] = splitter
        return splitter

    def _fill_menus(self) -> None:
        places: dict[Scope, QWidget] = {Scope.TEXT: self.panes.text, Scope.GRID: self.panes.grid}
        for command in COMMANDS:
            menu = self.menu(command.menu)
            action = self.commands[command.id]
            if menu.actions() and menu.property("group") != command.group:
                menu.addSeparator()
            menu.setProperty("group", command.group)
            menu.addAction(action)
            places.get(command.scope, self).addAction(action)
            if command.id == "open":
                self.menu(RECENT).setIcon(theme.icon("recent"))
                self.menu(ENCODING)

    def menu(self, path: str) -> QMenu:
        """The menu of that path of titles with `/` between them, made where it is not there yet."""
        if path not in self._menus:
            parent, _, title = path.rpartition("/")
            self._menus[path] = self.menu(parent).addMenu(title) if parent else self.menuBar().addMenu(title)
        return self._menus[path]

    def _fill_toolbar(self) -> None:
        bar = QToolBar("Toolbar")
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        size = theme.worn().spacing.icon
        bar.setIconSize(bar.iconSize().scaled(size, size, Qt.AspectRatioMode.KeepAspectRatio))
        shown = [command for command in COMMANDS if command.toolbar]
        for number, (_, commands) in enumerate(groupby(shown, key=lambda command: command.menu)):
            if number:
                bar.addSeparator()
            bar.addActions([self.commands[command.id] for command in commands])
        self.addToolBar(bar)

    def _fill_status_line(self) -> None:
        line = self.statusBar()
        line.setSizeGripEnabled(False)
        for name in ("words", "citations", "encoding", "position"):
            label = QToolButton() if name in _STATUS_COMMANDS else QLabel()
            label.setObjectName(name)
            if isinstance(label, QToolButton):
                label.clicked.connect(self.commands[_STATUS_COMMANDS[name]].trigger)
                label.setToolTip(self.commands[_STATUS_COMMANDS[name]].toolTip())
            line.addPermanentWidget(label)
            self._status[name] = label

    def whisper(self, text: str, seconds: int = 0) -> None:
        """Say something in the status line for so long, or with 0 until something else or an empty text is said."""
        self.statusBar().showMessage(text, seconds * 1000)

    def set_status(self, **texts: str) -> None:
        """Set parts of the status line: `words`, `citations`, `encoding`, `position`."""
        for name, text in texts.items():
            self._status[name].setText(text)
            self._status[name].setAccessibleName(text)

    def enable(self, need: Need, met: bool) -> None:
        """Enable the commands that need this, or disable them."""
        for command in COMMANDS:
            if command.needs is need:
                self.commands[command.id].setEnabled(met)

    # Panes

    def _view_handlers(self) -> dict[str, Callable[[], object]]:
        handlers: dict[str, Callable[[], object]] = {
            "next-pane": partial(self.step_panes, 1),
            "previous-pane": partial(self.step_panes, -1),
        }
        for name in _PANES:
            handlers[f"go-to-{name}"] = partial(self.go_to, name)
        for name in _HIDEABLE:
            handlers[f"show-{name}"] = partial(self._toggle, name)
        for name in _LAYOUTS:
            handlers[f"layout-{name}"] = partial(self._choose_layout, name)
        return handlers

    def _with_their_panes(self, handlers: Mapping[str, Callable[[], object]]) -> dict[str, Callable[[], object]]:
        """The same, but a command that needs a pane in view brings it there first."""

        def show_and(pane: str, handler: Callable[[], object]) -> None:
            self.set_shown(pane, True)
            handler()

        panes = {command.id: command.pane for command in COMMANDS if command.pane}
        return {
            name: partial(show_and, panes[name], handler) if name in panes else handler
            for name, handler in handlers.items()
        }

    def pane(self, name: str) -> QWidget:
        """The pane of that name."""
        pane: QWidget = getattr(self.panes, name)
        return pane

    def go_to(self, name: str) -> None:
        """Show a pane and give it the focus."""
        self.set_shown(name, True)
        pane = self.pane(name)
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
        focus: QWidget | None = self.focusWidget()
        if focus is not None and focus is not pane and not pane.isAncestorOf(focus):
            focus.clearFocus()  # there is nothing to write in: keys must not go on into the pane left

    def step_panes(self, by: int) -> None:
        """Give the focus to the next pane that is shown, or with -1 to the one before."""
        shown = [name for name in _PANES if self.pane(name).isVisible()]
        focus = self.focusWidget()
        focused = (name for name in shown if self.pane(name) is focus or self.pane(name).isAncestorOf(focus))
        here = next(focused, shown[0])
        self.go_to(shown[(shown.index(here) + by) % len(shown)])

    def set_shown(self, name: str, shown: bool) -> None:
        """Show a pane or hide it. One that the layout has no place for changes the layout."""
        alone = _LAYOUTS[self.layout_name]
        if shown and alone is not None and name not in alone:
            self._choose_layout("both")
        if shown:
            self._empty.discard(name)
        if name in _HIDEABLE:
            self._put(name, shown)
        if not shown and name == "preview" and self.layout_name == "preview":
            self._choose_layout("both")

    def set_empty(self, name: str, empty: bool) -> None:
        """A pane that has nothing to show takes no room until it has, or is asked for all the same."""
        if (name in self._empty) is empty:
            return
        if empty:
            self._empty.add(name)
            if self.pane(name).isAncestorOf(self.focusWidget()):
                self.go_to("text")
        else:
            self._empty.discard(name)
        self._put(name, name in self._wanted)

    def _put(self, name: str, shown: bool) -> None:
        if shown:
            self._wanted.add(name)
        else:
            self._wanted.discard(name)
        visible = shown and name not in self._empty
        self.pane(name).setVisible(visible)
        self._below.setHidden(all(self.pane(each).isHidden() for each in _BELOW))
        self.commands[f"show-{name}"].setChecked(visible)

    # Layouts

    def _choose_layout(self, name: str) -> None:
        self.set_layout(name)
        self.layout_chosen.emit(name)

    def set_layout(self, name: str) -> None:
        """Show `text` or `preview` alone, or `both` and the other panes as they were."""
        before, alone = _LAYOUTS[self.layout_name], _LAYOUTS[name]
        if before is None:
            self._shown_beside = self._wanted | {"preview"}
        self.layout_name = name
        shown = self._shown_beside if alone is None else alone
        for each in _LAYOUTS:
            self.commands[f"layout-{each}"].setChecked(each == name)
        # What comes before what goes: left to Qt, the focus would wander to the first link or table of the page.
        for comes in (True, False):
            if not comes:
                self._keep_focus_in({*shown, "text"} if name != "preview" else shown)
            if comes is (name != "preview"):
                self._writing.setVisible(comes)
            for each in _HIDEABLE:
                if comes is (each in shown):
                    self._put(each, comes)

    def _keep_focus_in(self, shown: set[str]) -> None:
        """Give the focus to one of these panes where none of them has it."""
        focus: QWidget | None = self.focusWidget()
        panes = [self.pane(each) for each in shown]
        if focus is None or not any(pane is focus or pane.isAncestorOf(focus) for pane in panes):
            self.focus_first()

    def focus_first(self) -> None:
        """Give the focus to the text, or where only the preview is shown to that."""
        self.pane("preview" if self.layout_name == "preview" else "text").setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, name: str) -> None:
        self.set_shown(name, self.commands[f"show-{name}"].isChecked())
        focus: QWidget | None = self.focusWidget()
        if focus is None or not focus.isVisible():
            self.go_to("text")

    # What outlives the window

    def layout_state(self) -> tuple[str, dict[str, tuple[int, ...]]]:
        """Size and place in base 64, and each splitter's sizes in pixels, those it began with where it hides a pane."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        sizes = {name: tuple(splitter.sizes()) for name, splitter in self.splitters.items()}
        return geometry, {name: found if all(found) else self._sizes_with_all[name] for name, found in sizes.items()}

    def restore_layout(self, geometry: str, splitters: Mapping[str, tuple[int, ...]]) -> None:
        """Take a layout that `layout_state` gave; what does not fit is passed over."""
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore"))):
            self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize() * _SHARE_OF_SCREEN))
        for name, splitter in self.splitters.items():
            sizes = splitters.get(name, ())
            if len(sizes) == splitter.count() and all(sizes):
                self._sizes_with_all[name] = sizes
                splitter.setSizes(list(sizes))

    # Events that concern the window as a whole

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_asked.emit(event)
