"""The pane of problems: what it shows of many, and what stays where it is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QTreeView
from pytestqt.qtbot import QtBot

from editor.core.audit_citations import Finding
from editor.core.problems import Problem, Severity
from editor.ui.problems_pane import ProblemsPane


def finding(code: str, line: int, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(Problem(code, severity, f"What {code} says in {line}.", line * 10, line * 10 + 5, line))


MANY = (
    finding("title-missing", 1, Severity.HINT),
    finding("citation-missing", 3),
    finding("citation-year", 5),
    finding("paper-twice", 9, Severity.ERROR),
)


@pytest.fixture
def pane(qtbot: QtBot) -> ProblemsPane:
    pane = ProblemsPane()
    qtbot.addWidget(pane)
    pane.resize(500, 300)
    pane.show()
    pane.show_findings(MANY)
    return pane


def tree(pane: ProblemsPane) -> QTreeView:
    return pane.findChild(QTreeView)


def rows(pane: ProblemsPane, parent: QModelIndex | None = None) -> list[str]:
    model = tree(pane).model()
    parent = parent or QModelIndex()
    found: list[str] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += [str(model.data(index)), *rows(pane, index)]
    return found


def says(findings: Sequence[Finding]) -> list[str]:
    return [each.problem.message for each in findings]


def test_findings_are_in_groups_and_told_with_their_severity_and_line(pane: ProblemsPane) -> None:
    assert rows(pane) == [
        "Citations  2",
        *says(MANY[1:3]),
        "Table  1",
        *says(MANY[3:]),
        "Article  1",
        *says(MANY[:1]),
    ]
    model = tree(pane).model()
    first = model.index(0, 0, model.index(0, 0))
    told = model.data(first, Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Warning in line 3: What citation-missing says in 3."
    assert model.data(first.siblingAtColumn(1)) == "3"


def test_severities_and_words_filter_and_escape_takes_the_words_away(pane: ProblemsPane, qtbot: QtBot) -> None:
    hints = next(each for each in pane.findChildren(QToolButton) if each.accessibleName() == "Show hints")
    hints.click()
    assert rows(pane)[-1] == says(MANY)[-1]
    tree(pane).setFocus()
    QTest.keyClicks(tree(pane), "yEar")
    assert rows(pane) == ["Citations  1", *says(MANY[2:3])]
    QTest.keyClicks(pane.sought, "s ago")
    assert rows(pane) == []
    assert any("filtered out" in label.text() for label in pane.findChildren(QLabel) if label.isVisible())
    QTest.keyClick(pane.sought, Qt.Key.Key_Escape)
    assert len(rows(pane)) == 5
    with qtbot.waitSignal(pane.left):
        QTest.keyClick(pane.sought, Qt.Key.Key_Escape)


def test_the_finding_that_is_selected_stays_so_when_all_of_them_move_and_others_go(pane: ProblemsPane) -> None:
    pane.select(MANY[2])
    below = tuple(finding(each.problem.code, each.problem.line + 1, each.problem.severity) for each in MANY)
    pane.show_findings(below)
    assert pane.current == below[2]
    pane.show_findings(below[2:])
    assert pane.current == below[2]
    pane.show_findings(below[3:])
    assert pane.current == below[3]
    pane.show_findings(())
    assert pane.current is None
    assert pane.focusProxy() is pane.sought


def test_of_very_many_the_first_are_shown_and_the_others_counted(pane: ProblemsPane) -> None:
    pane.show_findings([finding("citation-missing", line) for line in range(2_000)])
    assert rows(pane)[0] == "Citations  500"
    assert any(label.text() == "500 of 2,000" for label in pane.findChildren(QLabel))
    pane.sought.setText("in 1999")
    assert rows(pane)[1:] == ["What citation-missing says in 1999."]


def test_a_walk_through_the_rows_shows_each_and_return_goes_to_it(pane: ProblemsPane, qtbot: QtBot) -> None:
    pane.select(MANY[1])
    tree(pane).setFocus()
    with qtbot.waitSignal(pane.pointed) as pointed:
        QTest.keyClick(tree(pane), Qt.Key.Key_Down)
    assert pointed.args == [MANY[2]]
    with qtbot.waitSignal(pane.pointed) as pointed:
        QTest.keyClick(tree(pane), Qt.Key.Key_Down)
    assert pointed.args == [MANY[3]]
    with qtbot.waitSignal(pane.chosen) as chosen:
        QTest.keyClick(tree(pane), Qt.Key.Key_Return)
    assert chosen.args == [MANY[3]]
    with qtbot.waitSignal(pane.menu_wanted) as wanted:
        QTest.keyClick(tree(pane), Qt.Key.Key_Menu)
    assert wanted.args is not None
    assert wanted.args[0] == MANY[3]
