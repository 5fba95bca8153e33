"""What can be cited in the article of a window: the papers of its table and those of the folder's other articles."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from editor.core.article import Article
from editor.core.audit import Audit
from editor.core.citation_begun import Begun
from editor.core.citation_offers import Offer, OfferIndex, citing, indexing, offers_for
from editor.core.citation_style import APA, style_of
from editor.core.citations import Citations
from editor.core.papers import PaperName
from editor.core.steps import Steps
from editor.core.text_edit import TextEdit

_SLICE_S = 0.004


class CitationOffers(QObject):
    """Follows the audits of an article. What it has to say is ready before it is asked, made a little at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._citations: Citations | None = None
        self._names: tuple[PaperName | None, ...] | None = None
        self._table = OfferIndex()
        self._elsewhere = OfferIndex()
        self._table_steps: Steps[OfferIndex] | None = None
        self._elsewhere_steps: Steps[OfferIndex] | None = None
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._work)

    def learn(self, audit: Audit) -> None:
        """The article was audited: these are its papers, and this is how it cites."""
        self._citations = audit.citations
        names = tuple(paper.name for paper in audit.citations.papers)
        if names != self._names:
            self._names = names
            self._table_steps = indexing(Offer(name) for name in names if name)
            self._next.start()

    def learn_elsewhere(self, papers: Iterable[Offer]) -> None:
        """The other articles of the folder list these."""
        self._elsewhere_steps = indexing(papers)
        self._next.start()

    @property
    def is_ready(self) -> bool:
        """Whether all is known that was learned."""
        return self._citations is not None and not self._next.isActive()

    def close(self) -> None:
        """Give up."""
        self._next.stop()

    def offers(self, begun: Begun) -> tuple[Offer, ...]:
        """What to offer for what was typed."""
        return offers_for(begun, self._table, self._elsewhere)

    def citing(self, article: Article, begun: Begun, offer: Offer) -> tuple[tuple[TextEdit, ...], int]:
        """The edits that cite a paper as the article does, and where the caret is then. Raises EditRefused."""
        style = style_of(citation.mention for citation in self._citations.all) if self._citations else APA
        return citing(article, begun, offer, style)

    def _work(self) -> None:
        until = perf_counter() + _SLICE_S
        while perf_counter() < until:
            if self._table_steps:
                try:
                    next(self._table_steps)
                except StopIteration as done:
                    self._table, self._table_steps = done.value, None
            elif self._elsewhere_steps:
                try:
                    next(self._elsewhere_steps)
                except StopIteration as done:
                    self._elsewhere, self._elsewhere_steps = done.value, None
            else:
                self._next.stop()
                return
