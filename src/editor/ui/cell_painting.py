"""Cells painted as they read: their Markdown as looks, and below it, set apart, what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QMargins, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from editor.core.lines import utf16_length
from editor.rendering.cell_text import CellRun, Look, read_cell
from editor.ui import theme
from editor.ui.cell_faces import FACE, CellFace

_Index = QModelIndex | QPersistentModelIndex
_Part = QStyle.SubElement.SE_ItemViewItemText
_LINE_BREAK = "\u2028"
_REMEMBERED = 512
# Pixels between a value and what is said of it.
_APART = 2
# As tall as no cell is, to learn what the style sheet leaves free around a text.
_TALL = 1000


class _Span(NamedTuple):
    """A link by the UTF-16 units that it reaches over."""

    start: int
    end: int
    address: str


class LaidFace(NamedTuple):
    """A cell's face, laid out in one width."""

    layout: QTextLayout
    links: tuple[_Span, ...]

    @property
    def height(self) -> int:
        """In pixels."""
        return ceil(self.layout.boundingRect().height())

    def link_at(self, place: QPointF) -> str:
        """The address of the link at a place within the text, "" where there is none."""
        for number in range(self.layout.lineCount() if self.links else 0):
            line = self.layout.lineAt(number)
            if line.naturalTextRect().contains(place):
                unit = line.xToCursor(place.x(), line.CursorPosition.CursorOnCharacter)
                return next((link.address for link in self.links if link.start <= unit < link.end), "")
        return ""


class CellPainter(QStyledItemDelegate):
    """Paints faces. Layouts are remembered, so that a cell in sight is laid out once for its width."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._laid: dict[tuple[object, ...], LaidFace] = {}
        self._margins: dict[tuple[object, ...], QMargins] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        whole, text = self._styled(option, index)
        whole.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, whole.widget)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setPen(QColor(theme.worn().palette.ink))
        self._lay_out(whole, text.width(), index).layout.draw(painter, QPointF(text.topLeft()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The cell's width, and room for its face in that."""
        whole, text = self._styled(option, index)
        margins = self._margins_of(whole)
        height = self._lay_out(whole, text.width(), index).height + margins.top() + margins.bottom()
        return QSize(option.rect.width(), height)

    def link_at(self, option: QStyleOptionViewItem, index: _Index, place: QPointF) -> str:
        """The address of the link that is painted at a place of the view's viewport, "" where there is none."""
        whole, text = self._styled(option, index)
        return self._lay_out(whole, text.width(), index).link_at(place - QPointF(text.topLeft()))

    def _styled(self, option: QStyleOptionViewItem, index: _Index) -> tuple[QStyleOptionViewItem, QRect]:
        """The option with what it needs of the index, and where the style sheet has the text in it.

        Qt would ask for eight roles, of which a table has two, and at each paint.
        """
        whole = QStyleOptionViewItem(option)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        if alignment is not None:
            whole.displayAlignment = alignment
        return whole, whole.rect.marginsRemoved(self._margins_of(whole))

    def _margins_of(self, option: QStyleOptionViewItem) -> QMargins:
        """What the style sheet leaves free around the text in a cell of that state."""
        key = (theme.worn().theme, option.state)
        margins = self._margins.get(key)
        if margins is None:
            tall = QStyleOptionViewItem(option)
            tall.rect = QRect(0, 0, _TALL, _TALL)
            style = tall.widget.style()
            beside = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, tall, tall.widget) + 1
            text = style.subElementRect(_Part, tall, tall.widget).adjusted(beside, 0, -beside, 0)
            margins = QMargins(text.left(), text.top(), _TALL - 1 - text.right(), _TALL - 1 - text.bottom())
            self._margins[key] = margins
        return margins

    def _lay_out(self, option: QStyleOptionViewItem, width: int, index: _Index) -> LaidFace:
        face = index.data(FACE) or CellFace(index.data() or "")
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        key = (face, width, option.displayAlignment, option.font.toString(), theme.worn().theme, selected)
        laid = self._laid.get(key)
        if laid is None:
            if len(self._laid) >= _REMEMBERED:
                self._laid.clear()
            laid = self._laid[key] = lay_out(face, width, option.font, option.displayAlignment, quiet=not selected)
        return laid


def lay_out(face: CellFace, width: int, font: QFont, alignment: Qt.AlignmentFlag, *, quiet: bool) -> LaidFace:
    """A face as a layout of that width in pixels; with `quiet` what is set apart is paler than the value."""
    colours = theme.worn().palette
    pieces = [(run, _format(run, font)) for run in face.runs]
    apart = sum(utf16_length(run.text) for run, _ in pieces) + 1
    for text, colour in ((face.aside, colours.muted if quiet else colours.ink), (face.note, colours.warning)):
        runs = read_cell(text) if text is face.aside else (CellRun(text),)
        if text:
            if pieces:
                pieces.append((CellRun("\n"), QTextCharFormat()))
            pieces += ((run, _set_apart(run, font, colour)) for run in runs)
    layout = QTextLayout("".join(run.text for run, _ in pieces).replace("\n", _LINE_BREAK), font)
    layout.setFormats(list(_ranges(pieces)))
    layout.setTextOption(_option(alignment))
    # It is drawn more often than it is made.
    layout.setCacheEnabled(True)
    _break_lines(layout, width, apart)
    return LaidFace(layout, tuple(_links(run for run, _ in pieces)))


def _option(alignment: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption(alignment & Qt.AlignmentFlag.AlignHorizontal_Mask)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _break_lines(layout: QTextLayout, width: int, apart: int) -> None:
    """Break into lines of that width, with a little space above the unit from which on text is set apart."""
    below = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        if line.textStart() == apart:
            below += _APART
        line.setPosition(QPointF(0, below))
        below += line.height()
    layout.endLayout()


def _format(run: CellRun, font: QFont) -> QTextCharFormat:
    look, format_ = run.look, QTextCharFormat()
    syntax = theme.worn().syntax
    if Look.BOLD in look:
        format_.setFontWeight(QFont.Weight.Bold)
    if Look.ITALIC in look or Look.PICTURE in look:
        format_.setFontItalic(True)
    if Look.STRUCK in look:
        format_.setFontStrikeOut(True)
    if Look.CODE in look:
        format_.setFontFamilies(list(theme.worn().type.editor_families))
        format_.setFontPointSize(font.pointSizeF() * theme.worn().type.small)
        format_.setForeground(QColor(syntax.code))
    if Look.RAISED in look:
        format_.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    if Look.LOWERED in look:
        format_.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
    if Look.PICTURE in look:
        format_.setForeground(QColor(theme.worn().palette.muted))
    if run.link:
        format_.setForeground(QColor(syntax.link))
    return format_


def _set_apart(run: CellRun, font: QFont, colour: str) -> QTextCharFormat:
    format_ = _format(run, font)
    format_.setFontPointSize(font.pointSizeF() * theme.worn().type.small)
    if not run.link:
        format_.setForeground(QColor(colour))
    return format_


def _ranges(pieces: list[tuple[CellRun, QTextCharFormat]]) -> Iterator[QTextLayout.FormatRange]:
    at = 0
    for run, format_ in pieces:
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = at, utf16_length(run.text), format_
        at += found.length
        yield found


def _links(runs: Iterator[CellRun]) -> Iterator[_Span]:
    at = 0
    for run in runs:
        end = at + utf16_length(run.text)
        if run.link:
            yield _Span(at, end, run.link)
        at = end
