"""The evidence of an article as a picture: what is drawn where, and drawing it on a screen or into a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from editor.core.citation_state import CitationState
from editor.core.citations import Citation, Citations
from editor.core.evidence import Evidence, SectionEvidence
from editor.ui.highlighter import citation_colour
from editor.ui.tokens import Tokens

_TITLES, _CHIP, _CHIP_GAP, _BAR, _ROW_GAP = 240, 22, 4, 4, 16
_CHART, _YEARS_GAP, _WIDEST_YEAR, _NARROWEST_YEAR = 80, 20, 44, 14
_LONGEST_SPAN = 40
"""Years between the first paper and the last, so that those without a paper are shown too."""
_SIGNS = {CitationState.MISSING: "?", CitationState.CONTRADICTING: "≠", CitationState.AMBIGUOUS: "/"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the picture that leads somewhere: `says` in words what it shows.

    `start` is the code point to go to, or else `rows` has the positions of rows.
    """

    box: QRectF
    says: str
    kind: str
    text: str = ""
    start: int = -1
    rows: tuple[int, ...] = ()
    state: CitationState = CitationState.PLAIN


class EvidencePicture:
    """Lays the picture out in a width, in pixels, and draws it."""

    def __init__(self, evidence: Evidence, citations: Citations, font: QFont, width: float) -> None:
        self._evidence = evidence
        self._citations = citations
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._width = width
        self.parts: list[Part] = []
        self._labels: list[tuple[QRectF, str, bool]] = []
        """Box, text, and whether it is quiet."""
        bottom = self._lay_out_sections()
        self.size = QSizeF(width, self._lay_out_years(bottom))

    def part_at(self, place: QPointF) -> int:
        """The index of the part at a place; -1: none."""
        return next((at for at, part in enumerate(self.parts) if part.box.contains(place)), -1)

    # Layout

    def _lay_out_sections(self) -> float:
        y = 0.0
        most = max((section.words for section in self._evidence.sections), default=0) or 1
        for section in self._evidence.sections:
            y = self._lay_out_section(section, most, y) + _ROW_GAP
        return y

    def _lay_out_section(self, section: SectionEvidence, most: int, y: float) -> float:
        line = self._metrics.height()
        cited = len(section.citations)
        words = f"{section.words:,} {'word' if section.words == 1 else 'words'}"
        says = f"{words} · {cited:,} {'citation' if cited == 1 else 'citations'}"
        title = section.title or "Before the first heading"
        indent = 12.0 * max(section.level - 1, 0)
        shown = self._metrics.elidedText(title, Qt.TextElideMode.ElideRight, _TITLES - 16 - indent)
        room = self._width - _TITLES
        self._labels.append((QRectF(indent, y, _TITLES - indent, line), shown, False))
        self._labels.append((QRectF(_TITLES, y, room, line), says if cited else f"{says}: no source", True))
        bar = QRectF(_TITLES, y + line + 3, max(2.0, room * section.words / most), _BAR)
        self.parts.append(Part(bar.adjusted(-_TITLES, -line - 3, 0, 0), f"{title}: {says}", "bar", start=section.start))
        x, y = float(_TITLES), bar.bottom() + _CHIP_GAP
        for citation in section.citations:
            if x + _CHIP > self._width:
                x, y = float(_TITLES), y + _CHIP + _CHIP_GAP
            self.parts.append(self._chip(citation, QRectF(x, y, _CHIP, _CHIP)))
            x += _CHIP + _CHIP_GAP
        return y + _CHIP if cited else bar.bottom()

    def _chip(self, citation: Citation, box: QRectF) -> Part:
        state, paper, mention = self._citations.state_of(citation), citation.paper, citation.mention
        of = f"row {paper.position}" if paper else "no row" if not citation.answer.papers else "several rows"
        says = f"{mention.authors}, {mention.dated}: {of}"
        sign = _SIGNS.get(state, "")
        return Part(box, says, "chip", f"{paper.position if paper else ''}{sign}" or "–", mention.start, state=state)

    def _lay_out_years(self, top: float) -> float:
        years = list(self._all_years())
        if not years:
            return top
        line = self._metrics.height()
        self._labels.append((QRectF(0, top, self._width, line), "Papers by year", False))
        top += line + _ROW_GAP
        step = min(_WIDEST_YEAR, max(_NARROWEST_YEAR, self._width / len(years)))
        most = max(len(rows) for _, rows in years)
        every = max(1, round((self._metrics.horizontalAdvance("0000") + 6) / step + 0.5))
        for number, (year, rows) in enumerate(years):
            height = _CHART * len(rows) / most
            box = QRectF(number * step, top + _CHART - height, step - min(_YEARS_GAP, step / 3), height)
            papers = f"{len(rows)} {'paper' if len(rows) == 1 else 'papers'}"
            if rows:
                self.parts.append(Part(box, f"{year}: {papers}", "year", rows=rows))
            if number % every == 0 or number == len(years) - 1 - (len(years) - 1) % every:
                self._labels.append((QRectF(box.left(), top + _CHART + 4, step * every, line), year, True))
        return top + _CHART + 4 + line

    def _all_years(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        known = dict(self._evidence.years)
        dated = [int(year) for year in known if year.isdigit()]
        if dated and max(dated) - min(dated) <= _LONGEST_SPAN:
            for year in range(min(dated), max(dated) + 1):
                known.setdefault(str(year), ())
        yield from sorted(known.items())

    # Drawing

    def draw(self, painter: QPainter, look: Tokens, current: int = -1) -> None:
        """Draw it from the painter's origin, with a frame around the part with an index."""
        painter.setFont(self._font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, text, is_quiet in self._labels:
            painter.setPen(QColor(look.palette.muted if is_quiet else look.palette.ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        for part in self.parts:
            if part.kind == "chip":
                self._draw_chip(painter, look, part)
            else:
                bar = part.box if part.kind == "year" else part.box.adjusted(_TITLES, part.box.height() - _BAR, 0, 0)
                painter.fillRect(bar, QColor(look.palette.edge))
        if 0 <= current < len(self.parts):
            painter.setPen(QPen(QColor(look.palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.parts[current].box.adjusted(-3, -3, 3, 3), 4, 4)

    def _draw_chip(self, painter: QPainter, look: Tokens, part: Part) -> None:
        colour = QColor(citation_colour(look, part.state))
        painter.setPen(QPen(colour, 1))
        painter.setBrush(QColor(look.palette.paper))
        painter.drawRoundedRect(part.box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.drawText(part.box, Qt.AlignmentFlag.AlignCenter, part.text)
