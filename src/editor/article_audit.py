"""The audit of one article in its window: what it finds is shown in the panes, stepped through and mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from editor.article_panes import ArticlePanes
from editor.core.article import Article
from editor.core.problems import Severity
from editor.core.text_edit import EditRefused
from editor.session.article_session import ArticleSession
from editor.ui.main_window import MainWindow

if TYPE_CHECKING:
    from editor.core.audit import Audit
    from editor.core.audit_citations import Finding
    from editor.core.audit_fixes import Edits
    from editor.core.citations import Citation, Citations
    from editor.session.auditor import Auditor
    from editor.session.background import Background
    from editor.ui.preview_citations import PreviewCitations
    from editor.ui.text_citations import TextCitations

_WHISPER_S = 8
_MOST_PLACES = 30
"""In a menu of the places where a paper is cited."""
_WORDS_AROUND = 24
"""Code points shown before a citation in that menu."""


class ArticleAudit(QObject):
    """Connects an Auditor with the text, the grid, the preview and the pane of problems.

    Nothing of it is there before `begin`, which comes well after the window is seen. What is to be done to a finding
    waits until the findings are those of the article as it is.
    """

    changed = Signal()
    """`counts` are others."""

    def __init__(self, session: ArticleSession, panes: ArticlePanes, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._panes = panes
        self._window = window
        self._audit: Audit | None = None
        self._audited: Article | None = None
        self._waiting: list[Callable[[], object]] = []
        self._auditor: Auditor | None = None
        self._background: Background | None = None
        self._text: TextCitations | None = None
        self._preview: PreviewCitations | None = None

    # Its life

    def begin(self) -> None:
        """Audit the article from now on."""
        from editor.session.auditor import Auditor  # noqa: PLC0415
        from editor.session.background import Background  # noqa: PLC0415
        from editor.ui.preview_citations import PreviewCitations  # noqa: PLC0415
        from editor.ui.text_citations import TextCitations  # noqa: PLC0415

        self._background = Background("folder-audit", self)
        self._auditor = Auditor(self._session.buffer, self._background, self)
        self._auditor.audited.connect(self._take)
        self._text = TextCitations(self._panes.text, self._session.buffer)
        self._text.followed.connect(self._follow_to_row)
        self._preview = PreviewCitations(self._panes.preview, self._session.buffer)
        self._preview.followed.connect(self._follow_to_row)
        problems = self._panes.problems
        problems.chosen.connect(self._go_to)
        problems.pointed.connect(self._reveal)
        problems.menu_wanted.connect(self._offer)
        problems.left.connect(partial(self._window.go_to, "text"))
        places = QMenu("W&here It Is Cited", self._panes.grid)
        places.menuAction().setObjectName("cited-places")
        places.aboutToShow.connect(partial(self._fill_with_places, places))
        self._panes.grid.addAction(places.menuAction())
        self._session.renamed.connect(self._learn)
        self._panes.folder.changed.connect(self._learn)
        self._learn()
        # What is opened is not half typed: its marks are to come with the rest, and not after a pause.
        self._auditor.begin()

    def close(self) -> None:
        """Audit no more."""
        self._waiting.clear()
        if self._preview:
            self._preview.close()
        if self._auditor and self._background:
            self._auditor.close()
            self._background.close()

    @property
    def auditor(self) -> Auditor | None:
        """What audits; None before `begin`."""
        return self._auditor

    def _learn(self) -> None:
        """Look for linked files in the article's folder, and tell nothing that its `stet.toml` turns off."""
        path = self._session.path
        if self._auditor:
            self._auditor.set_folder(path.parent if path else None)
            check = self._panes.folder.knowledge.settings.check
            self._auditor.turn_off(check.off_in(path.name) if path else frozenset())

    def _take(self, audit: Audit) -> None:
        self._audit, self._audited = audit, self._session.article
        if self._text:
            self._text.judge_by(audit.citations)
        if self._preview:
            self._preview.judge_by(audit.citations)
        cited = {position - 1: len(places) for position, places in audit.citations.by_position.items()}
        self._panes.grid.set_mentions(cited if audit.citations.has_table else None)
        self._panes.problems.show_findings(audit.findings)
        self.changed.emit()
        waiting, self._waiting = self._waiting, []
        for do in waiting:
            self.when_fresh(do)

    def when_fresh(self, do: Callable[[], object]) -> None:
        """Do something with the findings of the article as it is: at once, or as soon as they are there."""
        if self._audited is self._session.article:
            do()
        elif self._auditor:
            self._waiting.append(do)
            self._auditor.begin()

    @property
    def citations(self) -> Citations | None:
        """The citations of the article that was audited last."""
        return self._audit.citations if self._audit else None

    @property
    def counts(self) -> str:
        """The papers of the table and how they are cited, in a few words; "" before anything is known."""
        if self._audit is None or not self._audit.citations.has_table:
            return ""
        citations = self._audit.citations
        papers, cited = len(citations.papers), len(citations.by_position)
        missing = sum(citations.state_of(each) == "missing" for each in citations.all)
        words = f"{papers:,} {'paper' if papers == 1 else 'papers'}, {'all' if papers == cited else f'{cited:,}'} cited"
        without = f" · {missing:,} {'citation' if missing == 1 else 'citations'} without a paper"
        return (words if papers else "no papers") + (without if missing else "")

    # Findings

    def step(self, by: int) -> None:
        """Go to the next finding from the caret, or with -1 to the one before; round at the ends."""
        self.when_fresh(partial(self._step, by))

    def _step(self, by: int) -> None:
        findings = self._audit.findings if self._audit else ()
        if not findings or not self._text:
            self._window.whisper("No problems.", _WHISPER_S)
            return
        here = self._text.selection_start
        if by > 0:
            found = next((each for each in findings if each.problem.start > here), findings[0])
        else:
            before = [each.problem.start for each in findings if each.problem.start < here]
            start = before[-1] if before else findings[-1].problem.start
            found = next(each for each in findings if each.problem.start == start)
        self._panes.problems.select(found)
        self._go_to(found)

    def _go_to(self, finding: Finding) -> None:
        if self._audited is not self._session.article or not self._text:
            return
        self._window.set_shown("text", True)
        self._text.select(finding.problem.start, finding.problem.end)
        self._window.whisper(finding.problem.message, _WHISPER_S)

    def _reveal(self, finding: Finding) -> None:
        if self._audited is self._session.article:
            self._panes.text.reveal_line(finding.problem.line - 1)

    def mend(self) -> None:
        """Open a menu of what can be done about the selected finding, or from the text about those at the caret."""
        self.when_fresh(self._mend)

    def _mend(self) -> None:
        problems = self._panes.problems
        if problems.isAncestorOf(self._window.focusWidget()) and problems.current:
            self._offer(problems.current, problems.place_of_current())
        elif self._text and self._audit:
            here = self._text.selection_start
            found = [each for each in self._audit.findings if each.problem.start <= here <= each.problem.end]
            if found:
                self._show_menu(found, self._text.place_of_caret())
            else:
                self._window.whisper("There is no problem at the caret. F8 goes to the next.", _WHISPER_S)

    def _offer(self, finding: Finding, place: QPoint) -> None:
        self.when_fresh(partial(self._show_menu, [finding], place))

    def _show_menu(self, findings: list[Finding], place: QPoint) -> None:
        from editor.ui.mending_menu import mending_menu  # noqa: PLC0415

        if self._audit is None:
            return
        article = self._session.article
        known = [finding for finding in findings if finding in self._audit.findings]
        menu = mending_menu(article, known, self._audit.citations, self, self._window)
        if not menu.isEmpty():
            menu.popup(place)

    # What the menu asks

    @property
    def may_edit(self) -> bool:
        """Whether the article can be changed."""
        return not self._session.locked

    @property
    def has_folder(self) -> bool:
        """Whether there is a folder whose `stet.toml` can turn findings off."""
        return self._session.path is not None

    def edit(self, edits: Edits, label: str) -> None:
        """Make edits of the article, in one undo step, or say why not."""
        self._panes.finish_editing()
        try:
            self._session.buffer.edit(edits(self._session.article), label)
        except EditRefused as refusal:
            self._panes.refused.emit(refusal.message, refusal.line)

    def turn_off(self, code: str, *, everywhere: bool) -> None:
        """Tell the findings of a code no more, of this article or of all in its folder."""
        from editor.storage.folder_settings_edits import turn_off  # noqa: PLC0415

        if self._session.path and self._background:
            path = self._session.path
            work = partial(turn_off, path.parent, code, "" if everywhere else path.name)
            self._background.run(work, partial(self._turned_off, code))

    def _turned_off(self, code: str, done: Future[None]) -> None:
        from editor.storage.folder_settings_edits import SettingsNotChanged  # noqa: PLC0415

        try:
            done.result()
        except SettingsNotChanged as error:
            self._window.notices.show_notice("turn-off", str(error), Severity.ERROR)
        else:
            self._window.whisper(f"“{code}” is turned off in stet.toml.", _WHISPER_S)
            self._panes.folder.look()

    # Citations and rows

    def follow(self) -> None:
        """From a citation in the text to its row; from a row of the grid to the first place that cites it."""
        if self._is_in_grid:
            self.step_citations()
        elif self._text:
            citation = self._text.at_caret()
            if citation is None:
                self._window.whisper("The caret is in no citation.", _WHISPER_S)
            else:
                self._follow_to_row(citation)

    def _follow_to_row(self, citation: Citation) -> None:
        self.go_to_row(citation.answer.papers[0].position if citation.answer.papers else 0)

    def go_to_row(self, position: int) -> None:
        """Show a row of the table, from 1, in the grid and in the text, whose caret stays; say so where it is none."""
        table = self._session.article.citations_table
        if table is None or not 1 <= position <= len(table.rows):
            self._window.whisper("The paper is not in the table.", _WHISPER_S)
            return
        self._panes.text.reveal_line(table.line + table.rows[position - 1].line)
        self._window.go_to("grid")
        self._panes.grid.put_caret(table.start, table.line)  # which shows this table, where it was another
        self._panes.grid.select_row(position - 1)

    def step_citations(self) -> None:
        """Go to the next place that cites the paper of the grid's row, or of the citation at the caret."""
        self.when_fresh(self._step_citations)

    def _step_citations(self) -> None:
        if not self._text or not self._audit:
            return
        citation = None if self._is_in_grid else self._text.at_caret()
        papers = citation.answer.papers if citation else ()
        position = papers[0].position if papers else self._cited_row + 1 if self._is_in_grid else 0
        places = [each.mention for each in self._citing(position)]
        if not places:
            self._window.whisper("The paper is not cited." if position else "The caret is in no citation.", _WHISPER_S)
            return
        here = self._text.selection_start
        mention = next((each for each in places if each.start > here), places[0])
        self._window.set_shown("text", True)
        self._text.select(mention.start, mention.end)
        self._window.whisper(f"{places.index(mention) + 1} of {len(places)} places that cite it.", _WHISPER_S)

    @property
    def _is_in_grid(self) -> bool:
        return self._panes.grid.isAncestorOf(self._window.focusWidget())

    @property
    def _cited_row(self) -> int:
        """The grid's current row, from 0, where it shows the papers; -1: none."""
        shown, papers = self._panes.grid.table, self._session.article.citations_table
        return self._panes.grid.current_row if shown and papers and shown.start == papers.start else -1

    def _citing(self, position: int) -> Iterator[Citation]:
        if self._audit:
            citations = self._audit.citations
            yield from (citations.all[index] for index in citations.by_position.get(position, ()))

    def _fill_with_places(self, menu: QMenu) -> None:
        """Fill a menu of the grid with the places where the current row's paper is cited."""
        menu.clear()
        article = self._session.article
        found = list(self._citing(self._cited_row + 1)) if self._audited is article else []
        for citation in found[:_MOST_PLACES]:
            mention = citation.mention
            around = article.slice(max(0, mention.start - _WORDS_AROUND), mention.end)
            words = " ".join(around.split()).replace("&", "&&")
            title = f"Line {article.line_at(mention.start) + 1:,}:  …{words}"
            go = partial(self.go_to_place, mention.start, mention.end)
            menu.addAction(title, partial(self.when_fresh, go))
        if not found:
            menu.addAction("Nowhere").setEnabled(False)

    def go_to_place(self, start: int, end: int) -> None:
        """Select code points of the article, which must be the one that was audited last."""
        if self._text:
            self._window.set_shown("text", True)
            self._text.select(start, end)


AUDIT_COMMANDS: Mapping[str, Callable[[ArticleAudit], object]] = {
    "next-problem": lambda audit: audit.step(1),
    "previous-problem": lambda audit: audit.step(-1),
    "quick-fix": ArticleAudit.mend,
    "follow-citation": ArticleAudit.follow,
    "next-citation": ArticleAudit.step_citations,
}
