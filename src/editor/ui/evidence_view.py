"""The evidence of an article at a glance, in a window of its own whose parts lead to their places."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolTip, QVBoxLayout, QWidget

from editor.core.citations import Citations
from editor.core.evidence import Evidence
from editor.ui import theme
from editor.ui.evidence_picture import EvidencePicture, Part
from editor.ui.tokens import LIGHT
from editor.ui.tooltips import plain_tip

_SIZE = QSize(720, 640)
_SVG_WIDTH = 720
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_NOTHING = "There is nothing to show: the article has no prose and no table of papers."


class EvidenceView(QDialog):
    """Shows evidence; it stays beside the writing and is told when the evidence is another."""

    place_wanted = Signal(int)
    """The writer wants to go to a code point of the article."""
    rows_wanted = Signal(tuple)
    """The writer wants to see rows of the table, by their positions."""
    saving_wanted = Signal()
    """The picture is to be saved: see `svg`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Evidence")
        self.resize(_SIZE)
        self._said = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._said.setProperty("class", "title")
        self._more = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._more.setProperty("class", "quiet")
        self.picture = _Picture()
        self.picture.chosen.connect(self._choose)
        self.picture.pointed.connect(self._more.setText)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(self.picture)
        scrolled.setFocusProxy(self.picture)
        self.picture.brought.connect(
            lambda box: scrolled.ensureVisible(box.center().x(), box.center().y(), box.width() // 2, box.height())
        )
        save = QPushButton("&Save as SVG…")
        save.setAutoDefault(False)
        save.clicked.connect(self.saving_wanted)
        foot = QHBoxLayout()
        foot.addWidget(self._more, 1)
        foot.addWidget(save)
        space = theme.worn().spacing
        column = QVBoxLayout(self)
        column.setContentsMargins(space.large, space.large, space.large, space.medium)
        column.setSpacing(space.medium)
        column.addWidget(self._said)
        column.addWidget(scrolled, 1)
        column.addLayout(foot)
        self.picture.setFocus()

    def show_evidence(self, evidence: Evidence, citations: Citations) -> None:
        """Show this instead."""
        self._said.setText(said_of(evidence))
        self.picture.show_evidence(evidence, citations)

    def svg(self) -> bytes:
        """The picture as a file, on white paper whatever the window wears."""
        return self.picture.svg(self._said.text())

    def _choose(self, part: Part) -> None:
        if part.rows:
            self.rows_wanted.emit(part.rows)
        else:
            self.place_wanted.emit(part.start)


def said_of(evidence: Evidence) -> str:
    """What the picture shows, in a sentence or two."""
    if not evidence.sections and not evidence.years:
        return _NOTHING
    words = sum(section.words for section in evidence.sections)
    bare = len(evidence.bare)
    said = f"{words:,} words, {_counted(evidence.citations, 'citation')}"
    said += f", {_counted(bare, 'section')} without any." if bare else "."
    if evidence.carrier:
        said += f" Row {evidence.carrier} carries {evidence.carried:,} of the citations."
    return said


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


class _Picture(QWidget):
    """Draws the picture in the width it has. Arrow keys go from part to part, Return and a click follow one."""

    chosen = Signal(object)
    pointed = Signal(str)
    brought = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Evidence, Citations] | None = None
        self._drawn: EvidencePicture | None = None
        self.current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Evidence by section and by year")
        self.setProperty("class", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    @property
    def parts(self) -> list[Part]:
        """What leads somewhere, from top to bottom."""
        return self._drawn.parts if self._drawn else []

    def show_evidence(self, evidence: Evidence, citations: Citations) -> None:
        self._shown = evidence, citations
        self._lay_out()

    def svg(self, title: str) -> bytes:
        written = QByteArray()
        device = QBuffer(written)
        generator = QSvgGenerator()
        if self._shown:
            drawn = EvidencePicture(*self._shown, self.font(), _SVG_WIDTH - 2 * self._margin)
            size = drawn.size.toSize() + QSize(2 * self._margin, 2 * self._margin)
            generator.setOutputDevice(device)
            generator.setSize(size)
            generator.setViewBox(QRect(QPoint(), size))
            generator.setTitle(title)
            painter = QPainter(generator)
            painter.translate(self._margin, self._margin)
            drawn.draw(painter, LIGHT)
            painter.end()
        return bytes(written.data())

    @property
    def _margin(self) -> int:
        return theme.worn().spacing.medium

    def _lay_out(self) -> None:
        if self._shown:
            width = max(self.width(), self.minimumSizeHint().width()) - 2 * self._margin
            self._drawn = EvidencePicture(*self._shown, self.font(), width)
            self.current = min(self.current, len(self.parts) - 1)
            self.setMinimumHeight(int(self._drawn.size.height()) + 2 * self._margin)
            self.update()

    def _point(self, index: int) -> None:
        self.current = index
        says = self.parts[index].says if 0 <= index < len(self.parts) else ""
        self.setAccessibleDescription(says)
        self.pointed.emit(says)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(_SVG_WIDTH // 2, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drawn:
            painter = QPainter(self)
            painter.translate(self._margin, self._margin)
            self._drawn.draw(painter, theme.worn(), self.current if self.hasFocus() else -1)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS and self.parts:
            self._point(min(max(self.current + _STEPS[Qt.Key(event.key())], 0), len(self.parts) - 1))
            self.brought.emit(self.parts[self.current].box.translated(self._margin, self._margin).toRect())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current >= 0:
            self.chosen.emit(self.parts[self.current])
        else:
            super().keyPressEvent(event)

    def _at(self, event: QMouseEvent | QHelpEvent) -> int:
        place = event.position() if isinstance(event, QMouseEvent) else event.pos().toPointF()
        margin = self._margin
        return self._drawn.part_at(place - QPoint(margin, margin).toPointF()) if self._drawn else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event)
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._point(index)
            self.chosen.emit(self.parts[index])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._at(event)
            QToolTip.showText(event.globalPos(), plain_tip(self.parts[index].says) if index >= 0 else "")
            return True
        return super().event(event)
