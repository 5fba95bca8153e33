"""The menu of what can be done about findings: to mend them, to let them stand, to be told of their kind no more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from editor.core.article import Article
from editor.core.audit import let_stand, subject_of
from editor.core.audit_citations import Finding
from editor.core.audit_fixes import Edits, fixes
from editor.core.citations import Citations
from editor.core.problems import Problem
from editor.core.text_edit import TextEdit


class Mender(Protocol):
    """Does what the menu offers."""

    @property
    def may_edit(self) -> bool:
        """Whether the article can be changed."""

    @property
    def has_folder(self) -> bool:
        """Whether there is a folder whose `stet.toml` can turn findings off."""

    def edit(self, edits: Edits, label: str) -> None:
        """Make edits in one undo step."""

    def turn_off(self, code: str, *, everywhere: bool) -> None:
        """Tell findings of a code no more."""


def mending_menu(
    article: Article, findings: Sequence[Finding], citations: Citations, mender: Mender, parent: QWidget
) -> QMenu:
    """A menu for findings of this article, each below what it says; it is deleted when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for finding in findings:
        problem = finding.problem
        menu.addSeparator()
        menu.addAction(_plain(problem.message)).setEnabled(False)
        for fix in fixes(article, finding, citations):
            label = f"{fix.title[:1].lower()}{fix.title[1:]}"
            menu.addAction(_plain(fix.title), partial(mender.edit, fix.edits, label)).setEnabled(mender.may_edit)
        if subject_of(article, problem):
            stand = partial(mender.edit, partial(_let_stand, problem), "let stand")
            menu.addAction("Let This Stand", stand).setEnabled(mender.may_edit)
        if mender.has_folder:
            off = menu.addMenu(f"Turn Off “{problem.code}”")
            off.addAction("For This &Article", partial(mender.turn_off, problem.code, everywhere=False))
            off.addAction("For the &Folder", partial(mender.turn_off, problem.code, everywhere=True))
    return menu


def _let_stand(problem: Problem, article: Article) -> tuple[TextEdit, ...]:
    return let_stand(article, problem)


def _plain(title: str) -> str:
    """A title in which no sign underlines the next."""
    return title.replace("&", "&&")
