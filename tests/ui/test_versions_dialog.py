"""Choosing among versions: by keys, with what differs, and nothing discarded without a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from editor.ui.dialogs.versions import Version, VersionAction, VersionsDialog, Wording
from editor.ui.theme import Theme, apply_theme, worn

WORDING = Wording("Earlier Versions", "Each save keeps one.", "Earlier", "Now", "No earlier version is kept.")
NOW = "One.\n\nTwo.\n"
QUESTION = "Discard this draft? It cannot be brought back."


def gone() -> str:
    raise OSError("The file is gone.")


VERSIONS = (
    Version("a", "Today 14:02", "2 words · 9 B", lambda: "One.\n"),
    Version("b", "Today 11:40", "2 words · 9 B", lambda: NOW),
    Version("c", "Yesterday 18:20", "0 words · 0 B", gone),
    Version("d", "Draft", "3 words · 12 B", lambda: "Draft.\n", compare_with=lambda: "In the file.\n"),
)
Open = Callable[..., VersionsDialog]


@pytest.fixture
def done() -> list[tuple[str, str]]:
    """What was done with which version."""
    return []


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot, done: list[tuple[str, str]]) -> Iterator[Open]:
    apply_theme(qapp, Theme.LIGHT)
    dialogs: list[VersionsDialog] = []

    def open_dialog(*entries: Version) -> VersionsDialog:
        actions = (
            VersionAction("Restore", lambda version: done.append(("restore", version.key))),
            VersionAction("Discard…", lambda version: done.append(("discard", version.key)), QUESTION),
        )
        dialog = VersionsDialog(None, WORDING, entries or VERSIONS, lambda: NOW, actions)
        dialogs.append(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    yield open_dialog
    for dialog in dialogs:
        if isValid(dialog):
            dialog.close()


def focused(dialog: VersionsDialog) -> str:
    focus = dialog.focusWidget()
    return focus.text() if isinstance(focus, QPushButton) else focus.accessibleName()


def titles(dialog: VersionsDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def press(qtbot: QtBot, dialog: VersionsDialog, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(dialog.focusWidget(), key)


# Looking


def test_the_first_version_is_compared_with_the_text_now(opened: Open) -> None:
    dialog = opened()
    assert focused(dialog) == "Earlier Versions"
    assert dialog.view.summary == "1 change: 2 lines added"
    assert dialog.view.plain_text == "\tOne.\n+\t\n+\tTwo."


def test_arrows_choose_another_version(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    press(qtbot, dialog, Qt.Key.Key_Down)
    assert dialog.view.message == "No differences."
    press(qtbot, dialog, Qt.Key.Key_Down)
    assert dialog.view.message == "This version cannot be shown. The file is gone."
    press(qtbot, dialog, Qt.Key.Key_Down)
    assert dialog.view.plain_text == "−\tIn the file.\n+\tDraft."


def test_a_version_is_read_only_once_it_is_looked_at(opened: Open, qtbot: QtBot) -> None:
    read: list[str] = []
    versions = [Version(key, key, "", lambda key=key: read.append(key) or key) for key in "abc"]
    dialog = opened(*versions)
    assert read == ["a"]
    press(qtbot, dialog, Qt.Key.Key_Down)
    assert read == ["a", "b"]
    dialog.remove("b")
    assert read == ["a", "b", "c"]


def test_alt_down_goes_on_in_what_differs_while_the_list_has_the_focus(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(Version("a", "a", "", lambda: "Uno.\n\nDue.\n"))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    text = dialog.findChild(QTextEdit)
    assert text.textCursor().block().text() == "−\tDue."


# Doing


def test_enter_does_the_first_action(opened: Open, qtbot: QtBot, done: list[tuple[str, str]]) -> None:
    dialog = opened()
    press(qtbot, dialog, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert done == [("restore", "b")]


def test_of_a_version_that_cannot_be_read_there_is_nothing_to_do_but_discard_it(
    opened: Open, qtbot: QtBot, done: list[tuple[str, str]]
) -> None:
    dialog = opened(VERSIONS[2], VERSIONS[0])
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert done == []
    assert [button.isEnabled() for button in dialog.buttons] == [False, True]
    press(qtbot, dialog, Qt.Key.Key_Down)
    assert [button.isEnabled() for button in dialog.buttons] == [True, True]


def test_nothing_is_discarded_before_the_question_is_answered(
    opened: Open, qtbot: QtBot, done: list[tuple[str, str]]
) -> None:
    dialog = opened()
    dialog.buttons[1].click()
    assert focused(dialog) == "Keep"
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert (done, focused(dialog)) == ([], "Earlier Versions")
    dialog.buttons[1].click()
    press(qtbot, dialog, Qt.Key.Key_Backtab)
    assert focused(dialog) == "Discard"
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert done == [("discard", "a")]


def test_choosing_another_version_takes_the_question_back(
    opened: Open, qtbot: QtBot, done: list[tuple[str, str]]
) -> None:
    dialog = opened()
    dialog.buttons[1].click()
    dialog.list.setCurrentRow(1)
    assert dialog.buttons[0].isVisible()
    assert done == []


def test_escape_takes_the_question_back_and_then_closes(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    dialog.buttons[1].click()
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.destroyed):
        press(qtbot, dialog, Qt.Key.Key_Escape)


def test_what_is_removed_leaves_the_next_one_selected(opened: Open, done: list[tuple[str, str]]) -> None:
    dialog = opened()
    dialog.remove("a")
    dialog.remove("unknown")
    assert titles(dialog) == ["Today 11:40", "Yesterday 18:20", "Draft"]
    assert dialog.selected == VERSIONS[1]
    assert dialog.view.message == "No differences."


def test_a_list_with_nothing_left_says_so_and_offers_nothing(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(VERSIONS[0])
    dialog.remove("a")
    assert dialog.view.message == "No earlier version is kept."
    assert not any(button.isEnabled() for button in dialog.buttons)
    assert focused(dialog) == "Close"


# Reaching


def test_tab_reaches_the_list_what_differs_and_every_button(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    reached = []
    for _ in range(8):
        reached.append(focused(dialog))
        press(qtbot, dialog, Qt.Key.Key_Tab)
    order = ["Earlier Versions", "Differences", "Restore", "Discard…", "Close"]
    assert sorted({*reached} & {*order}) == sorted(order)
    assert [name for name in reached if name in order][:2] == order[:2]
    assert "" not in reached


def test_a_version_is_read_out_with_what_is_known_of_it(opened: Open) -> None:
    dialog = opened()
    assert QAccessible.queryAccessibleInterface(dialog.list).childCount() >= len(VERSIONS)
    first = QAccessible.queryAccessibleInterface(dialog.list).child(0)
    assert first.text(QAccessible.Text.Name) == "Today 14:02, 2 words · 9 B"


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_titles_are_in_ink_and_details_muted_and_where_keys_go_can_be_seen(
    opened: Open, qapp: QApplication, theme: Theme
) -> None:
    dialog = opened()
    apply_theme(qapp, theme)
    look = worn().palette
    assert colours(dialog.list.grab().toImage()) >= {look.ink, look.muted, look.paper, look.selection, look.accent}
    dialog.view.setFocus()
    assert look.accent not in colours(dialog.list.grab().toImage())
