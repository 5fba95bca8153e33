"""The commands of a window as one table of data. Menus, toolbar and the page of shortcuts are made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from editor.ui import theme


class Need(Enum):
    """What must be so for a command to make sense."""

    NOTHING = auto()
    EDITABLE = auto()
    UNDO = auto()
    REDO = auto()
    TABLE = auto()
    ROW = auto()
    ROW_IN_ORDER = auto()
    """A row, and all rows shown in the text's order."""
    OTHER_ORDER = auto()
    """Rows shown in another order, or only some of them."""
    ANY_TABLE = auto()
    """A table, even where it can only be read."""
    CELL = auto()
    """A current cell, even where it can only be read."""
    NO_PAPERS = auto()
    """No citations table, and that one can be added."""
    NUMBERS = auto()
    """Rows whose numbers do not run on."""


class Scope(Enum):
    """Where a command's keys work."""

    WINDOW = auto()
    TEXT = auto()
    GRID = auto()


class Command(NamedTuple):
    """One thing that a writer can ask for.

    `title` has `&` before its mnemonic, `keys` are portable key names with the one that menus show first, `menu` is
    the menu's title with `/` before a submenu's, `group` parts a menu by lines.
    """

    id: str
    title: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    group: int = 0
    toolbar: bool = False
    checkable: bool = False
    needs: Need = Need.NOTHING
    scope: Scope = Scope.WINDOW
    pane: str = ""
    """The pane that must be in view for it, by its name."""


FILE, EDIT, TABLE, VIEW, THEME, HELP = "&File", "&Edit", "&Citations", "&View", "&View/&Theme", "&Help"
SHOWN, COLUMN = "&Citations/S&how Rows", "&Citations/Co&lumn"
LAYOUT, PREVIEW_SIZE, PAGE_THEME = "&View/La&yout", "&View/Preview Si&ze", "&View/Pa&ge Theme"
PAGE_THEMES = ("journal", "plain", "dark")
RECENT, AUTOSAVE, ENCODING = "&File/Open &Recent", "&File/Save by &Itself", "&File/Read in Another Enco&ding"

COMMANDS = (
    Command("new", "&New", FILE, ("Ctrl+N",), "new", toolbar=True),
    Command("open", "&Open…", FILE, ("Ctrl+O",), "open", toolbar=True),
    Command("save", "&Save", FILE, ("Ctrl+S",), "save", 2, toolbar=True),
    Command("save-as", "Save &As…", FILE, ("Ctrl+Shift+S",), "save-as", 2),
    Command("autosave-off", "&Never", AUTOSAVE, ("Ctrl+Alt+S",), checkable=True),
    Command("autosave-pause", "After a &Pause", AUTOSAVE, ("Ctrl+Alt+P",), checkable=True),
    Command("autosave-focus", "When Stet Loses the &Focus", AUTOSAVE, ("Ctrl+Alt+F",), checkable=True),
    Command("versions", "Earlier &Versions…", FILE, ("Ctrl+Shift+H",), "", 3),
    Command("drafts", "Unsaved &Drafts…", FILE, ("Ctrl+Shift+D",), "", 3),
    Command("export", "&Export…", FILE, ("Ctrl+E",), "export", 3, toolbar=True),
    Command("export-folder", "Export Fo&lder…", FILE, ("Ctrl+Alt+O",), "", 3),
    Command("export-again", "Export A&gain", FILE, ("Ctrl+Alt+E",), "", 3),
    Command("print", "&Print…", FILE, ("Ctrl+P",), "", 3),
    Command("close", "&Close", FILE, ("Ctrl+W",), "close", 4),
    Command("quit", "&Quit", FILE, ("Ctrl+Q",), "", 4),
    Command("undo", "&Undo", EDIT, ("Ctrl+Z",), "undo", toolbar=True, needs=Need.UNDO),
    Command("redo", "&Redo", EDIT, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", toolbar=True, needs=Need.REDO),
    Command("cut", "Cu&t", EDIT, ("Ctrl+X",), "", 2),
    Command("copy", "&Copy", EDIT, ("Ctrl+C",), "", 2),
    Command("copy-html", "Copy as &HTML", EDIT, ("Ctrl+Alt+H",), "", 2),
    Command("copy-rich", "Copy as Rich Te&xt", EDIT, ("Ctrl+Alt+C",), "", 2),
    Command("paste", "&Paste", EDIT, ("Ctrl+V",), "", 2),
    Command("select-all", "Select &All", EDIT, ("Ctrl+A",), "", 2),
    Command("find", "&Find…", EDIT, ("Ctrl+F",), "find", 3, pane="text"),
    Command("find-next", "Find &Next", EDIT, ("Ctrl+G", "F3"), "", 3, pane="text"),
    Command("find-previous", "Find Pre&vious", EDIT, ("Ctrl+Shift+G", "Shift+F3"), "", 3, pane="text"),
    Command("cite", "C&ite a Paper", EDIT, ("Ctrl+Space",), "", 4, needs=Need.EDITABLE, scope=Scope.TEXT, pane="text"),
    Command("next-problem", "Next P&roblem", EDIT, ("F8",), "", 5),
    Command("previous-problem", "Previous Pro&blem", EDIT, ("Shift+F8",), "", 5),
    Command("quick-fix", "&Mend…", EDIT, ("Ctrl+.",), "", 5),
    Command("add-field", "Add &Field…", EDIT, ("Ctrl+Shift+A",), "form", 4, needs=Need.EDITABLE, pane="form"),
    Command(
        "add-row",
        "&Add Row Below",
        TABLE,
        ("Ctrl+Return",),
        "add-row",
        0,
        toolbar=True,
        needs=Need.TABLE,
        scope=Scope.GRID,
    ),
    Command(
        "add-row-above", "Add Row A&bove", TABLE, ("Ctrl+Shift+Return",), "", 0, needs=Need.TABLE, scope=Scope.GRID
    ),
    Command("duplicate-row", "D&uplicate Row", TABLE, ("Ctrl+Alt+D",), "", 0, needs=Need.ROW, scope=Scope.GRID),
    Command("remove-row", "&Remove Row", TABLE, ("Ctrl+Delete",), "remove-row", 0, needs=Need.ROW, scope=Scope.GRID),
    Command("edit-cell", "&Edit Cell", TABLE, ("F2",), "", 1, needs=Need.ROW, scope=Scope.GRID),
    Command("edit-large", "Edit in a Lar&ger Box", TABLE, ("Ctrl+F2",), "", 1, needs=Need.ROW, scope=Scope.GRID),
    Command("edit-parts", "&Title, Authors and Year", TABLE, ("Alt+Return",), "", 1, needs=Need.ROW, scope=Scope.GRID),
    Command("open-link", "Open Lin&k", TABLE, ("Ctrl+Alt+Return",), "", 1, needs=Need.CELL, scope=Scope.GRID),
    Command("fill-down", "Fill &Down", TABLE, ("Ctrl+D",), "", 1, needs=Need.ROW, scope=Scope.GRID),
    Command("clear-cells", "&Clear Cells", TABLE, ("Delete",), "", 1, needs=Need.ROW, scope=Scope.GRID),
    Command("select-row", "Select R&ow", TABLE, ("Shift+Space",), "", 1, needs=Need.ROW, scope=Scope.GRID),
    Command("select-column", "Select Colu&mn", TABLE, ("Ctrl+Space",), "", 1, needs=Need.ROW, scope=Scope.GRID),
    Command("row-up", "Move Row U&p", TABLE, ("Alt+Up",), "row-up", 2, needs=Need.ROW_IN_ORDER, scope=Scope.GRID),
    Command(
        "row-down", "Move Row Do&wn", TABLE, ("Alt+Down",), "row-down", 2, needs=Need.ROW_IN_ORDER, scope=Scope.GRID
    ),
    Command("renumber", "Re&number Rows", TABLE, ("Ctrl+Alt+R",), "", 2, needs=Need.NUMBERS, scope=Scope.GRID),
    Command("sort-up", "&Sort A→Z / Smallest First", TABLE, ("Alt+Shift+Up",), "", 3, needs=Need.ROW, scope=Scope.GRID),
    Command(
        "sort-down", "Sort &Z→A / Largest First", TABLE, ("Alt+Shift+Down",), "", 3, needs=Need.ROW, scope=Scope.GRID
    ),
    Command("filter-rows", "&Filter Rows…", TABLE, ("Ctrl+Shift+R",), "find", 4, needs=Need.TABLE, pane="grid"),
    Command(
        "show-sorted-up", "&Show A→Z / Smallest First", SHOWN, ("Alt+PgUp",), "", 0, needs=Need.ROW, scope=Scope.GRID
    ),
    Command(
        "show-sorted-down", "Show &Z→A / Largest First", SHOWN, ("Alt+PgDown",), "", 0, needs=Need.ROW, scope=Scope.GRID
    ),
    Command(
        "show-as-in-text", "As in the &Text", SHOWN, ("Alt+Home",), "", 0, needs=Need.OTHER_ORDER, scope=Scope.GRID
    ),
    Command("add-column", "&Add Column…", COLUMN, ("Alt+Insert",), "", 0, needs=Need.TABLE, scope=Scope.GRID),
    Command("rename-column", "&Rename Column…", COLUMN, ("Shift+F2",), "", 0, needs=Need.ROW, scope=Scope.GRID),
    Command("remove-column", "Re&move Column", COLUMN, ("Alt+Delete",), "", 0, needs=Need.ROW, scope=Scope.GRID),
    Command("column-left", "Move Column &Left", COLUMN, ("Alt+Left",), "", 1, needs=Need.ROW, scope=Scope.GRID),
    Command("column-right", "Move Column Ri&ght", COLUMN, ("Alt+Right",), "", 1, needs=Need.ROW, scope=Scope.GRID),
    Command(
        "align-column-none", "A&lignment Not Said", COLUMN, ("Alt+Shift+N",), "", 2, needs=Need.ROW, scope=Scope.GRID
    ),
    Command("align-column-left", "Align L&eft", COLUMN, ("Alt+Shift+L",), "", 2, needs=Need.ROW, scope=Scope.GRID),
    Command("align-column-centre", "Align &Centre", COLUMN, ("Alt+Shift+C",), "", 2, needs=Need.ROW, scope=Scope.GRID),
    Command("align-column-right", "Align R&ight", COLUMN, ("Alt+Shift+R",), "", 2, needs=Need.ROW, scope=Scope.GRID),
    Command("choose-table", "Another Table…", TABLE, ("Ctrl+Shift+T",), "", 5, pane="grid"),
    Command("new-table", "New Citations Table", TABLE, ("Ctrl+Alt+T",), "", 5, needs=Need.NO_PAPERS, pane="grid"),
    Command("align-table", "Al&ign Table", TABLE, ("Ctrl+Shift+L",), "", 5, needs=Need.TABLE),
    Command("import-references", "&Import References…", TABLE, ("Ctrl+Alt+I",), "", 6, needs=Need.EDITABLE),
    Command("paste-references", "Paste as References…", TABLE, ("Ctrl+Shift+V",), "", 6, needs=Need.EDITABLE),
    Command("export-table", "E&xport Table…", TABLE, ("Ctrl+Shift+E",), "", 6, needs=Need.ANY_TABLE),
    Command("follow-citation", "&Go to the Paper Cited, or Where It Is", TABLE, ("F12",), "", 7),
    Command("next-citation", "Next Citation of the &Paper", TABLE, ("Shift+F12",), "", 7),
    Command("evidence", "E&vidence…", TABLE, ("Ctrl+Shift+I",), "", 7),
    Command("go-to-text", "Go to &Text", VIEW, ("Ctrl+1",)),
    Command("go-to-form", "Go to &Front Matter", VIEW, ("Ctrl+2",)),
    Command("go-to-grid", "Go to &Citations", VIEW, ("Ctrl+3",)),
    Command("go-to-preview", "Go to &Preview", VIEW, ("Ctrl+4",)),
    Command("go-to-problems", "Go to Pro&blems", VIEW, ("Ctrl+5",)),
    Command("next-pane", "&Next Pane", VIEW, ("F6",)),
    Command("previous-pane", "Pre&vious Pane", VIEW, ("Shift+F6",)),
    Command("show-form", "Show F&ront Matter", VIEW, ("Ctrl+Shift+F",), "form", 2, toolbar=True, checkable=True),
    Command("show-grid", "Show C&itations", VIEW, ("Ctrl+Shift+C",), "grid", 2, toolbar=True, checkable=True),
    Command("show-preview", "Show Previe&w", VIEW, ("Ctrl+Shift+P",), "preview", 2, toolbar=True, checkable=True),
    Command("show-problems", "Show Probl&ems", VIEW, ("Ctrl+Shift+B",), "warning", 2, toolbar=True, checkable=True),
    Command("larger", "&Larger Text", VIEW, ("Ctrl++", "Ctrl+="), "", 3),
    Command("smaller", "&Smaller Text", VIEW, ("Ctrl+-",), "", 3),
    Command("usual-size", "&Usual Text Size", VIEW, ("Ctrl+0",), "", 3),
    Command("wider", "Wi&der Column", VIEW, ("Ctrl+Alt+W",), "", 4),
    Command("narrower", "Narr&ower Column", VIEW, ("Ctrl+Alt+N",), "", 4),
    Command("smart-quotes", "Smart &Quotes in the Preview", VIEW, ("Ctrl+Alt+Q",), "", 4, checkable=True),
    Command("layout-both", "Text and &Preview", LAYOUT, ("Ctrl+Alt+3",), checkable=True),
    Command("layout-text", "&Text Only", LAYOUT, ("Ctrl+Alt+4",), checkable=True),
    Command("layout-preview", "Preview &Only", LAYOUT, ("Ctrl+Alt+5",), checkable=True),
    Command("zoom-in", "&Larger Preview", PREVIEW_SIZE, ("Ctrl+Alt++", "Ctrl+Alt+=")),
    Command("zoom-out", "&Smaller Preview", PREVIEW_SIZE, ("Ctrl+Alt+-",)),
    Command("zoom-usual", "&Usual Preview Size", PREVIEW_SIZE, ("Ctrl+Alt+Home",)),
    Command("page-journal", "&Journal", PAGE_THEME, ("Ctrl+Alt+6",), checkable=True),
    Command("page-plain", "&Plain", PAGE_THEME, ("Ctrl+Alt+7",), checkable=True),
    Command("page-dark", "&Dark", PAGE_THEME, ("Ctrl+Alt+8",), checkable=True),
    Command("theme-system", "As the &System", THEME, ("Ctrl+Alt+0",), checkable=True),
    Command("theme-light", "&Light", THEME, ("Ctrl+Alt+1",), checkable=True),
    Command("theme-dark", "&Dark", THEME, ("Ctrl+Alt+2",), checkable=True),
    Command("shortcuts", "&Keyboard Shortcuts", HELP, ("F1",), "keyboard"),
    Command("about", "&About Stet", HELP, ("Shift+F1",)),
)


def actions_for(handlers: Mapping[str, Callable[[], object]], parent: QWidget) -> dict[str, QAction]:
    """One action a command, by its id. Raises KeyError for a command that nobody handles."""
    actions = {}
    for command in COMMANDS:
        action = QAction(command.title, parent)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(command.checkable)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if command.icon:
            action.setIcon(theme.icon(command.icon))
        if command.scope is not Scope.WINDOW:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        handler = handlers[command.id]
        action.triggered.connect(lambda _checked=False, handler=handler: handler())
        title = command.title.replace("&", "").removesuffix("…")
        action.setToolTip(f"{title}  {action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)}")
        actions[command.id] = action
    return actions
