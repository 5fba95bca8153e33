"""Asking how an article is to be printed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

_MARGINS = QMarginsF(20, 22, 20, 24)
"""In millimetres, as the style sheet for paper has them, which Qt does not ask."""


def ask_how_to_print(parent: QWidget, name: str, print_on: Callable[[QPrinter], object]) -> None:
    """Open the desktop's print dialog; `name` is what a printer's queue or a PDF's title shows."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageMargins(_MARGINS, QPageLayout.Unit.Millimeter)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: print_on(printer))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
