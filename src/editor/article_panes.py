"""The panes of one article's window, in the order in which they come: the text first, and all else behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from operator import methodcaller
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWidgets import QWidget

from editor.core.blocks import may_hold_table
from editor.session.article_session import ArticleSession
from editor.session.render_queue import RenderQueue
from editor.storage.settings_file import Settings
from editor.ui.commands import COMMANDS, Need, Scope
from editor.ui.first_paint import FirstPaint
from editor.ui.main_window import Panes
from editor.ui.pane_place import PanePlace, RowsToCome
from editor.ui.preview_pane import PreviewPane
from editor.ui.scroll_sync import ScrollSync
from editor.ui.text_pane import TextPane

if TYPE_CHECKING:
    from editor.session.folder_knowledge import FolderKnowledge
    from editor.ui.citations_grid import CitationsGrid
    from editor.ui.find_bar import FindBar
    from editor.ui.front_matter_form import FrontMatterForm
    from editor.ui.problems_pane import ProblemsPane

_FIELD = re.compile(r"^[^\s#\-+\]}][^:=]*[:=]", re.MULTILINE)
"""What is in all likelihood a field of front matter, which is not read before the text is seen."""
_NOTED = re.compile(r"^\w*affiliate\w*[ \t]*[:=]", re.MULTILINE)
"""What in all likelihood has a line of note below it."""
_OF_FORM = ("frontmatter", "editor.session.folder_knowledge", "editor.ui.front_matter_form")
_OF_GRID = ("editor.ui.citations_view", "editor.ui.citations_grid")
"""Modules of which each takes about as long to import as the others: a key comes in between, instead of after all."""
_GLANCE_MS, _GLANCES = 3, 12
"""How often, and how many times, to look whether what the preview is to show has come before anything else is built."""
_EMPTY_PAUSE_MS = 1_000
"""How long the article has to be without a table before the grid goes."""


class ArticlePanes(QObject):
    """Text and preview, and the others once the text is seen; one that is asked for before is built at once.

    Nothing is lost by what comes late: each pane begins with the article as it is then.
    """

    refused = Signal(str, int)
    """An edit that could not be made: a sentence, and the line from 1 (0: none)."""
    references_wanted = Signal(str)
    """A text was pasted into the grid that seems to hold references, which the writer may want as rows."""
    reference_files_dropped = Signal(list)
    """Paths of files dropped on the grid that by their names hold references."""
    link_activated = Signal(QUrl)
    """The writer wants to open a link of the form, the grid or the preview."""
    needs_changed = Signal()
    """Other commands of the grid make sense now."""
    grid_emptied = Signal(bool)
    """The grid has had no table to show for a while; False: it has one."""

    def __init__(self, session: ArticleSession, queue: RenderQueue, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._queue = queue
        self.text = TextPane(session.buffer, settings.editor_font_size, settings.column_width)
        self.preview = PreviewPane(queue, session.folder)
        self.scroll_sync = ScrollSync(session.buffer, self.text, self.preview)
        fields, notes = (len(each.findall(session.article.head)) for each in (_FIELD, _NOTED))
        rows_to_come = RowsToCome("Front matter", "Add field", fields, notes)
        self._form = PanePlace(self._make_form, rows_to_come)
        self._grid = PanePlace(self._make_grid)
        self._find = PanePlace(self._make_find)
        self._problems = PanePlace(self._make_problems)
        self.may_have_table = may_hold_table(session.text)
        """Whether the grid is likely to have something to show, found in the time that a search of the text takes."""
        self.text.refused.connect(self.refused)
        self.preview.link_clicked.connect(self.link_activated)
        self._empty_due = QTimer(self, singleShot=True, interval=_EMPTY_PAUSE_MS)
        self._empty_due.timeout.connect(self._tell_whether_empty)
        self.text.caret_moved.connect(self._show_row)
        self._to_build: list[Callable[[], object]] = []
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._build_next)
        self._glances = _GLANCES
        self._first_paint: FirstPaint | None = None
        self._folder: FolderKnowledge | None = None

    @property
    def places(self) -> Panes:
        """The widgets to be laid out."""
        return Panes(
            form=self._form,
            text=self.text,
            find=self._find,
            grid=self._grid,
            problems=self._problems,
            preview=self.preview,
        )

    @property
    def form(self) -> FrontMatterForm:
        """The form of the front matter."""
        return self._form.pane

    @property
    def grid(self) -> CitationsGrid:
        """The grid of the citations table."""
        return self._grid.pane

    @property
    def find(self) -> FindBar:
        """The line above the text in which something is sought."""
        return self._find.pane

    @property
    def problems(self) -> ProblemsPane:
        """What the audit found."""
        return self._problems.pane

    @property
    def folder(self) -> FolderKnowledge:
        """What the article's folder tells, which is looked for from when it is first asked."""
        from editor.session.folder_knowledge import FolderKnowledge  # noqa: PLC0415

        if self._folder is None:
            self._folder = folder = FolderKnowledge(self)
            self._session.renamed.connect(lambda: folder.learn_for(self._session.path))
            folder.learn_for(self._session.path)
        return self._folder

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Those of the commands that concern one pane, by the command's id; they build it where it is not there yet."""
        return {
            "add-field": partial(self._form.ask, methodcaller("open_add_row")),
            **{name: partial(self._find.ask, command) for name, command in _FIND_COMMANDS.items()},
            **{name: partial(self._grid.ask, partial(_do, name)) for name in _GRID_COMMANDS},
        }

    # The order

    def build_behind(self, window: QWidget, first: Callable[[], object], then: Sequence[Callable[[], object]]) -> None:
        """Build what is not there yet once `window` is seen: Chromium, then `first`; `then` do what else can wait.

        A part in each turn of the event loop, so that keys come in between. Chromium goes on starting in processes of
        its own, and asks later for what `first` finds out; what nobody sees comes last.
        """
        self._to_build = [
            self._session.read_whole,
            *(partial(import_module, each) for each in _OF_FORM),
            lambda: self.form,
            *(partial(import_module, each) for each in _OF_GRID),
            self._tell_of_grid,
            *then,
            lambda: self.find,
            lambda: self.problems,
        ]
        if self.preview.may_come_late:
            self._to_build[:0] = [self.preview.import_browser, self.preview.load, first]
        else:
            first()
            self.preview.load()
        self._first_paint = FirstPaint(window)
        self._first_paint.came.connect(self._build_next)

    def _build_next(self) -> None:
        if self._queue.is_waiting and self._glances:
            # Chromium can paint what comes while the rest is built, but has to be given it first.
            self._glances -= 1
            self._turn.start(_GLANCE_MS)
        elif self._to_build:
            self._to_build.pop(0)()
            self._turn.start(0)

    def _tell_of_grid(self) -> None:
        """Build the grid; what is known of it then may be another thing than what was likely."""
        self._tell_whether_empty()
        self.needs_changed.emit()

    def close(self) -> None:
        """Build nothing any more, learn nothing any more, and let go of the preview's page."""
        self._to_build.clear()
        self._empty_due.stop()
        if self._folder:
            self._folder.close()
        if self._first_paint:
            self._first_paint.stop()
        self.preview.close_page()

    # Imported here: all that reads, edits and shows front matter and tables would keep the text waiting.

    def _make_form(self) -> FrontMatterForm:
        from editor.ui.front_matter_form import FrontMatterForm  # noqa: PLC0415

        form = FrontMatterForm(self._session.buffer)
        form.refused.connect(self.refused)
        form.link_activated.connect(lambda address: self.link_activated.emit(QUrl(address)))
        form.shown_in_text.connect(lambda line: self.text.go_to_line(line - 1))
        if locked := self._session.locked:
            form.set_read_only(locked)
        self.folder.changed.connect(lambda: form.learn(self.folder.knowledge))
        return form

    def _make_grid(self) -> CitationsGrid:
        from editor.ui.citations_grid import CitationsGrid  # noqa: PLC0415

        grid = CitationsGrid(self._session.buffer)
        if locked := self._session.locked:
            grid.set_read_only(locked)
        grid.refused.connect(self.refused)
        grid.needs_changed.connect(self.needs_changed)
        grid.has_table.connect(self._table_came_or_went)
        grid.line_selected.connect(self._show_line)
        grid.references_wanted.connect(self.references_wanted)
        grid.reference_files_dropped.connect(self.reference_files_dropped)
        grid.link_activated.connect(lambda address: self.link_activated.emit(QUrl(address)))
        return grid

    def _make_find(self) -> FindBar:
        from editor.ui.find_bar import FindBar  # noqa: PLC0415

        return FindBar(self.text)

    def _make_problems(self) -> ProblemsPane:
        from editor.ui.problems_pane import ProblemsPane  # noqa: PLC0415

        return ProblemsPane()

    # The grid and the text

    def _show_row(self, line: int) -> None:
        grid = self._grid.if_made
        if grid is not None:
            grid.put_caret(self.text.caret_offset, line)
            grid.follow_caret(line)

    def _show_line(self, line: int) -> None:
        """Bring the line, from 0, of a row that was selected into view; the caret stays where the writer left it."""
        self.text.reveal_line(line)
        self.scroll_sync.show(self._session.article.line_start(line))

    def _table_came_or_went(self, is_there: bool) -> None:
        """A heading that is being written is none for a moment: only in a pause does the grid go."""
        if is_there:
            self._tell_whether_empty()
        else:
            self._empty_due.start()

    def _tell_whether_empty(self) -> None:
        self.grid_emptied.emit(not self.grid.shows_table)

    # All of them together

    def met_needs(self) -> dict[Need, bool]:
        """Which commands of the grid make sense now; before it is there, what a table alone is needed for."""
        grid = self._grid.if_made
        return {Need.TABLE: self.may_have_table and not self._session.locked} if grid is None else grid.met_needs()

    def show_lock(self) -> None:
        """A text that could not be saved back as it was is for reading only."""
        locked = self._session.locked
        self.text.setReadOnly(bool(locked))
        for pane in (self._form.if_made, self._grid.if_made):
            if pane is not None:
                pane.set_read_only(locked)

    def finish_editing(self) -> None:
        """Bring into the article what is still in an open editor of the grid."""
        grid = self._grid.if_made
        if grid is not None:
            grid.finish_editing()


_FIND_COMMANDS: Mapping[str, Callable[[FindBar], object]] = {
    "find": methodcaller("open"),
    "find-next": methodcaller("find_next"),
    "find-previous": methodcaller("find_previous"),
}
_GRID_COMMANDS = (
    *("align-table", "choose-table", "filter-rows", "new-table"),
    *(each.id for each in COMMANDS if each.scope is Scope.GRID),
)


def _do(command: str, grid: CitationsGrid) -> None:
    grid.handlers()[command]()
