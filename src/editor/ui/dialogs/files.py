"""Choosing files, with the desktop's own dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtWidgets  # of which a name is made when it is first asked for: not at the start
from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog, QWidget

_ARTICLES = ("Articles (*.md *.markdown *.mdown *.mkd *.txt)", "All files (*)")
_REFERENCES = ("References (*.bib *.bibtex *.ris *.nbib *.json *.txt)", "All files (*)")
_TABLES = {
    "CSV for spreadsheets (*.csv)": "csv",
    "BibTeX (*.bib)": "bib",
    "RIS (*.ris)": "ris",
    "CSL-JSON (*.json)": "json",
}
_PICTURES = ("SVG pictures (*.svg)", "All files (*)")


def named_place(name: str, folder: Path) -> Path:
    """What a writer means by a path: of `folder` where it is not absolute, and `~` the home of somebody here."""
    path = Path(name.strip())
    try:
        return folder / path.expanduser()
    except RuntimeError:  # of nobody here
        return folder / path


def ask_for_articles(parent: QWidget, folder: str, then: Callable[[list[Path]], object]) -> QFileDialog:
    """Let the writer choose articles to open; `then` is called with them unless the choice is cancelled."""
    dialog = _dialog(parent, "Open", folder, _ARTICLES)
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: then([Path(path) for path in paths]))
    dialog.open()
    return dialog


def ask_where_to_save(parent: QWidget, proposed: Path, then: Callable[[Path], object]) -> QFileDialog:
    """Let the writer choose an article's name and folder; the dialog asks before an existing file is taken."""
    return _save_dialog(parent, "Save As", proposed, _ARTICLES, "md", then)


def ask_where_to_export(parent: QWidget, proposed: Path, then: Callable[[Path], object]) -> QFileDialog:
    """Let the writer choose an exported file's name and folder; whether one there may be lost is asked elsewhere."""
    suffix = proposed.suffix.removeprefix(".")
    return _save_dialog(parent, "Export To", proposed, ("All files (*)",), suffix, then, confirms=False)


def ask_where_to_save_picture(parent: QWidget, proposed: Path, then: Callable[[Path], object]) -> QFileDialog:
    """Let the writer choose a picture's name and folder."""
    return _save_dialog(parent, "Save as SVG", proposed, _PICTURES, "svg", then)


def ask_for_folder(parent: QWidget, proposed: Path, then: Callable[[Path], object]) -> QFileDialog:
    """Let the writer choose a folder, which need not be there yet."""
    there = next(each for each in (proposed, *proposed.parents) if each.is_dir())
    dialog = _dialog(parent, "Choose a Folder", str(there), ("All files (*)",))
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.Directory)
    dialog.setOption(QtWidgets.QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
    return dialog


def ask_for_references(parent: QWidget, folder: str, then: Callable[[list[Path]], object]) -> QFileDialog:
    """Let the writer choose files of references."""
    dialog = _dialog(parent, "Import References", folder, _REFERENCES)
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: then([Path(path) for path in paths]))
    dialog.open()
    return dialog


def ask_where_to_export_table(parent: QWidget, proposed: Path, then: Callable[[Path], object]) -> QFileDialog:
    """Let the writer choose a table's file; its name ends as the kind chosen says, where it has no other end."""
    dialog = _save_dialog(parent, "Export Table", proposed, tuple(_TABLES), "csv", then)
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_TABLES[kind]))
    dialog.filterSelected.connect(lambda kind: dialog.selectFile(f"{proposed.stem}.{_TABLES[kind]}"))
    return dialog


def _save_dialog(
    parent: QWidget,
    title: str,
    proposed: Path,
    kinds: tuple[str, ...],
    suffix: str,
    then: Callable[[Path], object],
    *,
    confirms: bool = True,
) -> QFileDialog:
    dialog = _dialog(parent, title, str(proposed.parent), kinds)
    # Before it is open: the desktop's own dialog is not asked later.
    dialog.setOption(QtWidgets.QFileDialog.Option.DontConfirmOverwrite, not confirms)
    dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(proposed.name)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, folder: str, kinds: tuple[str, ...]) -> QFileDialog:
    dialog = QtWidgets.QFileDialog(parent, title, folder)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilters(kinds)
    return dialog
