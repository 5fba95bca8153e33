"""Text and preview show the same place. One of them leads, the other follows; what follows is never followed back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer, Signal

from editor.core.article import Article
from editor.core.spots import offset_in, offset_of_words, spot_in
from editor.session.text_buffer import TextBuffer
from editor.ui.preview_pane import Pointed, PreviewPane, PreviewPlace
from editor.ui.text_pane import TextPane

_COLUMNS = 200
"""A caret that goes so far along a line is told of anew, since the line may be higher than the preview."""

_LAID_OUT_MS = 80
"""A few frames: what comes into view for the first time is then as high as it is."""


class ScrollSync(QObject):
    """Keeps the two panes at one place, and the caret's block marked and in view.

    The pane that the writer scrolled last leads: the text also by its caret. What happens between two frames is told
    to the preview at once.
    """

    text_wanted = Signal()
    """The reader double-clicked: on with writing."""

    def __init__(self, buffer: TextBuffer, text: TextPane, preview: PreviewPane) -> None:
        super().__init__(preview)
        self._buffer = buffer
        self._text = text
        self._preview = preview
        self._text_leads = True
        self._is_led = False
        self._is_asking = False
        self._asks_again = False
        self._seen: tuple[PreviewPlace, float] | None = None
        self._caret_told: tuple[int, int, int] | None = None
        self._caret_due = self._reveal_due = self._follow_due = self._ask_due = False
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._tell_preview)
        self._laid_out = QTimer(self, singleShot=True, interval=_LAID_OUT_MS)
        self._laid_out.timeout.connect(self._ask_where)
        bar = text.verticalScrollBar()
        bar.actionTriggered.connect(self._lead_by_text)
        bar.valueChanged.connect(self._text_scrolled)
        # Lines are wrapped anew: a text that follows is elsewhere then.
        bar.rangeChanged.connect(self._preview_scrolled)
        preview.touched.connect(self._lead_by_preview)
        preview.scrolled.connect(self._preview_scrolled)
        preview.pointed_at.connect(self._go_to)
        preview.appeared.connect(self.begin_anew)
        preview.came_back.connect(self._go_on)

    def begin_anew(self) -> None:
        """A pane has come into view, or gone: say all there is to say."""
        self._caret_told = None
        self._caret_due = True
        self._follow_due = self._text_leads
        self._ask_due = True
        # Later, when what has come is laid out.
        self._due.start()

    def _go_on(self) -> None:
        """The preview's page had to be made anew: bring it to where it was, and only then let it lead."""
        seen = None if self._text_leads and self._text.isVisible() else self._seen
        self._text_leads = True
        self._is_asking = False  # nobody is there any more to answer
        self.begin_anew()
        if seen:
            self._follow_due = False
            self._preview.follow(*seen, with_caret=False)

    def caret_moved(self, chunk: int, line: int, column: int) -> None:
        """The caret is in this chunk and line, both from 0, and column. Costs nothing where that is no news."""
        place = chunk, line, column // _COLUMNS
        if place == self._caret_told:
            return
        self._caret_told = place
        self._caret_due = True
        # An edit made in another pane moves the caret too, but nobody looks at it.
        if not self._is_led and not self._buffer.is_editing:
            self._text_leads = self._reveal_due = True
        self._due.start()

    def show(self, offset: int) -> None:
        """Bring the code point `offset` of the article into view in the preview."""
        self._preview.show_place(place_of(self._buffer.article, offset))

    # The text leads

    def _lead_by_text(self) -> None:
        """A wheel, a key or the bar itself scrolls; a caret that moves leads too."""
        self._text_leads = True

    def _text_scrolled(self) -> None:
        """Qt moves a bar by itself as lines that come into view are wrapped: a pane that follows goes on following."""
        if self._text_leads and not self._is_led and self._text.isVisible():
            self._follow_due = True
            self._due.start()

    def _tell_preview(self) -> None:
        caret, reveal, follow, ask = self._caret_due, self._reveal_due, self._follow_due, self._ask_due
        self._caret_due = self._reveal_due = self._follow_due = self._ask_due = False
        if not (self._preview.is_loaded and self._preview.isVisible()):
            return
        article = self._buffer.article
        if caret:
            written_in = self._text.isVisible()
            place = place_of(article, self._text.caret_offset) if written_in else None
            self._preview.set_caret(place, reveal=reveal and written_in)
        if follow:
            height = self._text.scrolled_share
            self._preview.follow(place_of(article, self._text.offset_at(height)), height, with_caret=reveal)
        if ask:
            self._preview_scrolled()

    # The preview leads

    def _lead_by_preview(self) -> None:
        self._caret_told = None
        if self._text_leads:
            self._text_leads = False
            self._preview.let_go()

    def _preview_scrolled(self) -> None:
        """Ask where it is, and once more when what has come into view is laid out: Chromium tells that to nobody."""
        self._ask_where()
        self._laid_out.start()

    def _ask_where(self) -> None:
        """Ask where the preview is, one question at a time: an answer takes as long as a frame."""
        if self._text_leads:
            return
        self._asks_again = self._is_asking
        if not self._is_asking:
            self._is_asking = True
            self._preview.ask_place(self._follow_preview)

    def _follow_preview(self, place: PreviewPlace | None, height: float) -> None:
        self._is_asking = False
        if place:
            self._seen = place, height
        if self._asks_again:
            self._ask_where()
        if place is None or self._text_leads or not self._text.isVisible():
            return
        offset = _offset_of(self._buffer.article, place)
        if offset is not None:
            with self._following():
                self._text.bring(offset, height)

    def _go_to(self, pointed: Pointed, twice: bool) -> None:
        """Put the caret where the reader clicked; the preview, which shows it, stays as it is."""
        article = self._buffer.article
        is_note = pointed.place.number >= article.chunks.length
        offset = _offset_in_notes(article, pointed) if is_note else _offset_of_words(article, pointed)
        if offset is None:
            return
        with self._following():
            self._text.put_caret(offset, pointed.height)
        if twice:
            self.text_wanted.emit()

    @contextmanager
    def _following(self) -> Iterator[None]:
        self._is_led = True
        try:
            yield
        finally:
            self._is_led = False


def place_of(article: Article, offset: int) -> PreviewPlace:
    """The place in the preview of a code point of the article."""
    found = article.chunks.at_code_point(offset)
    chunk = article.chunks[found.index]
    return PreviewPlace(found.index, str(id(chunk)), spot_in(chunk, offset - found.before.code_points))


def _offset_of_words(article: Article, pointed: Pointed) -> int | None:
    """The code point of what was pointed at, by its words where the text has them."""
    offset = _offset_of(article, pointed.place)
    if offset is None:
        return None
    chunk = article.chunks[pointed.place.number]
    start = article.chunks.place_of(pointed.place.number).before.code_points
    found = offset_of_words(chunk, pointed.before, pointed.after, offset - start)
    return offset if found is None else start + found


def _offset_in_notes(article: Article, pointed: Pointed) -> int | None:
    """The same for a note, which may be defined anywhere."""
    start = 0
    for chunk in article.chunks:
        if chunk.text.lstrip().startswith("[^"):
            found = offset_of_words(chunk, pointed.before, pointed.after, 0)
            if found is not None:
                return start + found
        start += len(chunk.text)
    return None


def _offset_of(article: Article, place: PreviewPlace) -> int | None:
    """The code point of a place in the preview; None where the preview shows an older version there."""
    if place.number >= article.chunks.length:  # the notes, which come last and stand nowhere in the text
        return article.length
    chunk = article.chunks[place.number]
    if str(id(chunk)) != place.chunk:
        return None
    return article.chunks.place_of(place.number).before.code_points + offset_in(chunk, place.spot)
