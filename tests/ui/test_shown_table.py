"""Which of an article's tables is shown, whatever is written around it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from editor.core.text_edit import smallest_edit
from editor.session.text_buffer import TextBuffer
from editor.ui.citations_grid import CitationsGrid
from editor.ui.citations_model import CitationsModel
from editor.ui.table_chooser import TableChooser

DOSES = "## Doses & forms\n\n| **Form** | Dose |\n|---|---|\n| Oxide | 400 |\n| Citrate | 300 |\n"
PAPERS = "## Papers\n\n| No. | Study | Cited by |\n|---|---|---|\n| 1 | Sleep (Ng, 2001) | - |\n"
TESTS = "## Tests\n\n| Test | Result |\n|---|---|\n| A | B |\n"
QUOTE = "> | In | Quote |\n> |---|---|\n"
ARTICLE = f"# All\n\n{DOSES}\n{PAPERS}\n{TESTS}\n{QUOTE}\nEnd.\n"


class Shown:
    """A model on a buffer, and the caret that a text pane would tell of."""

    def __init__(self, text: str = ARTICLE) -> None:
        self.buffer = TextBuffer(text)
        self.model = CitationsModel(self.buffer)
        self.tester = QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        self.resets = 0
        self.model.modelReset.connect(self._count)

    def _count(self) -> None:
        self.resets += 1

    @property
    def text(self) -> str:
        return self.buffer.article.text

    @property
    def first(self) -> str:
        """The first heading of the table that is shown."""
        return self.model.table.columns[0] if self.model.table else ""

    def caret(self, before: str) -> None:
        self.model.put_caret(self.text.index(before))

    def edit(self, old: str, new: str) -> None:
        edit = smallest_edit(self.text, self.text.replace(old, new, 1))
        assert edit
        self.buffer.edit([edit], "typing")

    def choose(self, heading: str) -> None:
        table = next(table for table in self.buffer.article.tables if table.columns[0] == heading)
        self.model.show_table(table)


def test_the_table_of_papers_is_shown_wherever_it_stands_until_the_caret_enters_another(qapp: QApplication) -> None:
    shown = Shown()
    assert (shown.first, shown.model.lists_papers) == ("No.", True)
    shown.caret("End.")
    assert shown.first == "No."
    shown.caret("Oxide")
    assert (shown.first, shown.model.lists_papers) == ("**Form**", False)
    shown.caret("End.")
    assert shown.first == "**Form**"
    shown.caret("Sleep")
    assert (shown.first, shown.resets) == ("No.", 2)


def test_edits_go_to_the_table_that_is_shown(qapp: QApplication) -> None:
    shown = Shown()
    shown.caret("Oxide")
    assert shown.model.headerData(0, Qt.Orientation.Horizontal) == "Form"
    assert shown.model.setData(shown.model.index(0, 1), "450")
    assert shown.text == ARTICLE.replace("400", "450")
    shown.buffer.undo()
    assert shown.text == ARTICLE
    assert shown.model.add_row(2)
    assert shown.text == ARTICLE.replace("| Citrate | 300 |\n", "| Citrate | 300 |\n|  |  |\n")
    assert shown.resets == 1


def test_a_table_chosen_stays_while_text_is_written_elsewhere_and_in_the_table_with_the_caret(
    qapp: QApplication,
) -> None:
    shown = Shown()
    shown.caret("Oxide")
    shown.choose("Test")
    resets = shown.resets
    for old, new in (("# All", "# Allow"), ("Oxide", "Oxides"), ("**Form**", "**Forms**"), ("A | B", "AA | B")):
        shown.edit(old, new)
        shown.caret("Oxide")
        assert (shown.first, shown.resets) == ("Test", resets)
    shown.edit("## Doses", "New above.\n\n## Doses")
    assert shown.model.setData(shown.model.index(0, 0), "C")
    assert "| C | B |" in shown.text
    shown.caret("Sleep")
    shown.caret("Oxide")
    assert shown.first == "**Forms**"


def test_a_caret_told_of_before_its_change_counts_in_the_changed_text(qapp: QApplication) -> None:
    shown = Shown()
    document = shown.buffer.document
    document.documentLayout()  # without one it tells of nothing
    document.contentsChange.connect(lambda *_: shown.caret("Oxide"))
    shown.caret("Oxide")
    shown.choose("Test")
    cursor = shown.buffer.document.find("Doses")
    cursor.insertText("Many more and different doses")
    assert "## Many more" in shown.text
    assert shown.first == "Test"
    cursor = shown.buffer.document.find("Sleep")
    document.contentsChange.connect(lambda *_: shown.caret("Sleep"))
    cursor.insertText("Sleep and more")
    assert shown.first == "No."


def test_while_a_chosen_table_is_broken_that_of_papers_stands_in(qapp: QApplication) -> None:
    shown = Shown()
    shown.choose("Test")
    shown.edit("| Test | Result |\n|---|---|", "| Test | Result |\n|--x|---|")
    assert shown.first == "No."
    shown.buffer.undo()
    assert shown.first == "Test"
    shown.edit(TESTS, "")
    assert shown.first == "No."


def test_a_table_whose_headings_no_longer_list_papers_is_shown_on_where_the_caret_is_in_it(
    qapp: QApplication,
) -> None:
    shown = Shown(PAPERS)
    shown.caret("Study")
    shown.edit("Study", "Stud")
    assert (shown.first, shown.model.lists_papers) == ("No.", False)
    shown.edit("Stud", "Study")
    assert (shown.first, shown.model.lists_papers) == ("No.", True)


def test_two_tables_of_papers_are_both_to_be_had(qapp: QApplication) -> None:
    shown = Shown(PAPERS + "\n" + PAPERS.replace("Sleep", "Rest"))
    shown.caret("Rest")
    assert shown.model.index(0, 1).data() == "Rest (Ng, 2001)"
    shown.choose("No.")
    assert shown.model.index(0, 1).data() == "Sleep (Ng, 2001)"


# In the grid


def grid_on(qtbot: QtBot, text: str) -> CitationsGrid:
    grid = CitationsGrid(TextBuffer(text))
    qtbot.addWidget(grid)
    grid.resize(700, 300)
    with qtbot.waitExposed(grid):
        grid.show()
    return grid


def entries(grid: CitationsGrid) -> list[tuple[str, bool]]:
    menu = grid.findChild(TableChooser).menu()
    menu.aboutToShow.emit()
    return [(action.text(), action.isEnabled()) for action in menu.actions() if action.text()]


def test_the_menu_lists_every_table_with_its_place_and_says_which_does_not_open(qtbot: QtBot) -> None:
    grid = grid_on(qtbot, ARTICLE)
    assert entries(grid) == [
        ("Form · Dose\tDoses && forms, line 5", True),
        ("Citations\tPapers, line 12", True),
        ("Test · Result\tTests, line 18", True),
        ("In · Quote\tinside a quote, line 22", False),
    ]


def test_the_menu_is_opened_and_chosen_from_by_keys(qtbot: QtBot) -> None:
    grid = grid_on(qtbot, ARTICLE)
    chooser = grid.findChild(TableChooser)
    assert (chooser.text(), chooser.accessibleName()) == ("Citations", "Table: Citations")
    grid.handlers()["choose-table"]()
    QTest.keyClick(chooser.menu(), Qt.Key.Key_Down)
    QTest.keyClick(chooser.menu(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chooser.text() == "Form · Dose")
    view = grid.findChild(QTableView)
    assert view.model().index(0, 0).data() == "Oxide"
    assert view.currentIndex().row() == 0
    assert any(label.text() == "2 rows" for label in grid.findChildren(QLabel))


def test_a_caret_in_a_quotes_table_is_told_why_it_does_not_open(qtbot: QtBot) -> None:
    grid = grid_on(qtbot, ARTICLE)

    def says() -> str:
        return next(label.text() for label in grid.findChildren(QLabel) if label.isVisible() and label.wordWrap())

    grid.put_caret(ARTICLE.index("Quote"), ARTICLE[: ARTICLE.index("Quote")].count("\n"))
    qtbot.waitUntil(lambda: "inside a quote" in " ".join(label.text() for label in grid.findChildren(QLabel)))
    assert says() == "The table at the caret is inside a quote: it is edited in the text."
    grid.put_caret(0, 0)
    qtbot.waitUntil(lambda: "inside a quote" not in " ".join(label.text() for label in grid.findChildren(QLabel)))


def test_a_citations_table_is_begun_in_one_step_where_there_is_none(qtbot: QtBot) -> None:
    buffer = TextBuffer("# One\n\n" + DOSES)
    grid = CitationsGrid(buffer)
    qtbot.addWidget(grid)
    grid.show()
    grid.put_caret(buffer.article.text.index("Oxide"), 6)
    grid.handlers()["new-table"]()
    assert buffer.article.text.endswith("| Citrate | 300 |\n\n" + ADDED)
    assert grid.findChild(TableChooser).text() == "Citations"
    assert grid.current_row == 0
    assert list(buffer.history.labels()) == ["new citations table"]
    buffer.undo()
    assert buffer.article.text == "# One\n\n" + DOSES


def test_the_button_that_begins_one_is_there_only_without_a_table(qtbot: QtBot) -> None:
    grid = grid_on(qtbot, "# One\n")
    button = next(button for button in grid.findChildren(QPushButton) if button.text() == "New Citations Table")
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isVisible()
    grid.set_read_only("Locked.")
    assert not button.isVisible()


ADDED = (
    "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |\n| --- | --- | --- | --- |\n| 1 |  |  | - |\n"
)
