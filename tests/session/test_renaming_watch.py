"""What is renamed is noticed from one audit to the next, once it is typed, and until the writer has decided."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication

from editor.core.audit import Audit
from editor.core.citations import citations_of
from editor.core.text_edit import smallest_edit
from editor.session import renaming_watch
from editor.session.renaming_watch import RenamingWatch
from editor.session.text_buffer import TextBuffer

TEXT = (
    "So (Doe, 2013). And Doe (2013).\n\n| No | Paper (Author, Year) | Insight |\n|---|---|---|\n"
    "| 1 | On it (Doe, 2013) | x |\n"
)


class Desk:
    """A buffer that is watched, and what is written in it."""

    def __init__(self) -> None:
        self.caret: int | None = None
        self.buffer = TextBuffer(TEXT)
        self.watch = RenamingWatch(self.buffer, lambda: self.caret)
        self.audit()

    def audit(self) -> None:
        self.watch.learn(Audit((), citations_of(self.buffer.article)))

    def write(self, old: str, new: str) -> None:
        text = self.buffer.article.text
        edit = smallest_edit(text, text.replace(old, new, 1))
        assert edit
        self.buffer.edit([edit], "test")
        self.audit()

    @property
    def found(self) -> list[tuple[str, str, int]]:
        return [(each.new.authors, each.new.year, len(each.mentions)) for each in self.watch.renamings]


@pytest.fixture
def desk(qapp: QCoreApplication) -> Desk:
    return Desk()


def test_a_row_that_is_malformed_for_a_while_is_waited_for_whatever_is_written_meanwhile(desk: Desk) -> None:
    desk.write("it (Doe, 2013)", "it (Doe, 20")
    desk.write("So", "So so")
    assert desk.found == []
    desk.write("it (Doe, 20", "it (Dow, 2014)")
    assert desk.found == [("Dow", "2014", 2)]
    desk.write("it (Dow, 2014)", "it (Doe, 2013)")
    assert desk.found == []


def test_nothing_is_said_while_the_caret_is_where_it_was_changed(desk: Desk) -> None:
    desk.caret = TEXT.index("13). And")
    desk.write("(Doe, 2013). And", "(Doe, 20). And")
    desk.write("(Doe, 20). And", "(Doe, 2014). And")
    assert desk.found == []
    desk.watch.moved()
    assert desk.found == []
    desk.caret = 0
    desk.watch.moved()
    assert desk.found == [("Doe", "2014", 1)]
    assert [each.after for each in desk.watch.rewrites(desk.watch.renamings[0])] == ["Doe (2014)", "On it (Doe, 2014)"]


def test_what_the_writer_decided_is_not_asked_again(desk: Desk) -> None:
    desk.write("it (Doe, 2013)", "it (Doe, 2014)")
    desk.write("So (Doe, 2013)", "So (Doe, 2014)")
    assert desk.found == [("Doe", "2014", 1)]
    desk.watch.settle()
    assert desk.found == []
    desk.audit()
    desk.write("So", "Yes")
    assert desk.found == []
    desk.write("it (Doe, 2014)", "it (Doe, 2015)")
    assert desk.found == [("Doe", "2015", 1)]


def test_what_was_changed_long_ago_is_taken_as_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming_watch, "_MOST_STEPS", 3)
    desk.write("it (Doe, 2013)", "it (Doe, 2014)")
    for number in range(2):
        desk.write("So", f"So {number}")
    assert desk.found
    for number in range(3):
        desk.write("So", f"So {number}")
    assert desk.found == []
