"""Questions that must be answered before something would be lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6 import QtWidgets  # of which a name is made when it is first asked for: not at the start
from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox, QWidget


def ask_about_unsaved(
    parent: QWidget, name: str, save: Callable[[], object], discard: Callable[[], object]
) -> QMessageBox:
    """Ask what is to become of unsaved changes before a window closes; nothing happens on Cancel."""
    box = _box(parent, f"Save the changes to “{name}”?", "If you don’t save, they will be lost.")
    buttons = QtWidgets.QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    answers = {buttons.Save: save, buttons.Discard: discard}
    box.buttonClicked.connect(lambda button: answers.get(box.standardButton(button), _nothing)())
    box.open()
    return box


def ask_about_outside_change(parent: QWidget, name: str, overwrite: Callable[[], object]) -> QMessageBox:
    """Ask before a file that another program changed is written over."""
    text = "Another program wrote to the file after you opened it. Saving would take that away."
    box = _box(parent, f"“{name}” has changed on disk.", text)
    box.addButton(QtWidgets.QMessageBox.StandardButton.Cancel)
    button = box.addButton("Save anyway", QtWidgets.QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(QtWidgets.QMessageBox.StandardButton.Cancel)
    button.clicked.connect(overwrite)
    box.open()
    return box


def tell_about(parent: QWidget, version: str) -> QMessageBox:
    """Say what the program is."""
    box = _box(
        parent,
        f"Stet {version}",
        "An editor for articles that argue from evidence.\n\nNothing you write leaves this machine.",
    )
    box.open()
    return box


def _box(parent: QWidget, title: str, text: str) -> QMessageBox:
    box = QtWidgets.QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("Stet")
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    box.setInformativeText(text)
    return box


def _nothing() -> None:
    return None
