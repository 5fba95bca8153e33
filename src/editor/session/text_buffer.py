"""The buffer: a QTextDocument in which text is shown and typed, with the article and its history in step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from time import monotonic

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from editor.core.article import Article, ArticleChange
from editor.core.lines import (
    code_points_of_units,
    count_endings,
    first_ending,
    line_ending,
    split_lines,
    utf16_length,
    widget_units,
)
from editor.core.text_edit import EditRefused, TextEdit, apply_edits, in_order, smallest_edit
from editor.session.undo import TYPING, UndoStack, UndoStep

_ENDING = re.compile(r"\r\n|\r|\n")
# QTextDocument turns the first three into block breaks; PySide drops the others from a string that it hands to Qt.
_NOT_HELD = re.compile("[\u2029\ufdd0\ufdd1\ud800-\udfff]|\\A[\ufeff\ufffe]")
_PERHAPS_NOT_HELD = re.compile("[\u2029\ud800-\udfff\ufdd0\ufdd1\ufeff\ufffe]")
"""The same without a place, which is found in a third of the time."""
_DROPPED_IN_FRONT = ("\ufeff", "\ufffe")
_REPLACEMENT = "\ufffd"


def without_characters_not_held(text: str) -> str:
    """The text as far as a document can show it, with U+FFFD for each character that it cannot."""
    return _NOT_HELD.sub(_REPLACEMENT, text) if _PERHAPS_NOT_HELD.search(text) else text


class TextBuffer(QObject):
    """One article's text, shown in `document`, known as `article`.

    All edits come through here, whether typed into a widget on the document or asked for by `edit`. Each becomes one
    step of the history (or part of one) and is told once through `changed`. Qt's own undo is off.
    """

    changed = Signal(ArticleChange)
    """The article changed; emitted after the document and its layout have."""
    history_changed = Signal()
    """What can be undone or redone, or whether the text is what the file holds."""
    shown = Signal(int, int)
    """Undo or redo changed the text between two code points of the new article: show it."""

    def __init__(self, text: str, parent: QObject | None = None, document: QTextDocument | None = None) -> None:
        """`document` is an empty one, where it is to be laid out otherwise than Qt does by itself.

        A layout that comes after a megabyte of text goes through all of it.
        """
        super().__init__(parent)
        self.document = document or QTextDocument()
        self.document.setParent(self)
        self.document.setUndoRedoEnabled(False)
        self.document.setPlainText(_ENDING.sub("\n", text) if "\r" in text else text)
        self._article = Article.begun(text)
        self.synced = self._article
        """The article as its file held it when both last agreed."""
        self.history = UndoStack()
        self._editing = False
        self._untaken: tuple[int, int] | None = None
        self._untold: list[ArticleChange] = []
        self.document.contentsChange.connect(self._notice)
        self.document.contentsChanged.connect(self._tell)

    @property
    def article(self) -> Article:
        """The article as the document shows it."""
        if self._untaken:
            self._take_in(*self._untaken)
        return self._article

    def is_as_long_as(self, text: str) -> bool:
        """Whether the document has as many lines and characters as `text`, which is found in no time."""
        document = self.document
        return document.blockCount() == count_endings(text) + 1 and document.characterCount() == widget_units(text) + 1

    def first_difference(self, text: str) -> int | None:
        """The first line, from 0, of `text` that the document has otherwise; None where all are the same."""
        raw = self.document.toRawText()
        if "\u2029" not in text and raw.replace("\u2029", "\n") == text:
            return None
        shown = raw.split("\u2029")
        lines = _ENDING.split(text)
        different = (number for number, pair in enumerate(zip(shown, lines, strict=False)) if pair[0] != pair[1])
        return next(different, None if len(shown) == len(lines) else min(len(shown), len(lines)) - 1)

    @property
    def is_editing(self) -> bool:
        """Whether the document has changed and the article is about to follow."""
        return self._editing or self._untaken is not None

    # Edits asked for

    def edit(self, edits: Sequence[TextEdit], label: str, group: str = "") -> None:
        """Make the edits of one step, in code points of the article as it is.

        Steps of one `group` that touch each other join until a pause. Raises EditRefused, with nothing changed, where
        the text holds a character that the document cannot.
        """
        for edit in edits:
            if not edit.text.isascii() and (found := _NOT_HELD.search(edit.text)):
                line = self.article.line_at(edit.start) + 1
                raise EditRefused(f"The character U+{ord(found.group()):04X} cannot be put into the text.", line)
        edits = self._smallest(edits)
        if not edits:
            return
        change = self._apply(edits)
        self.history.record(UndoStep.of(change, label), group=group, now_ms=_now_ms())
        self._announce(change)

    def with_own_endings(self, text: str, offset: int) -> str:
        """A text from elsewhere with the line endings of the place, in code points, where it is to go in."""
        ending = _ending_near(self.article, offset)
        return text if ending == "\n" and "\r" not in text else _ENDING.sub(ending, text)

    def _smallest(self, edits: Sequence[TextEdit]) -> list[TextEdit]:
        """The smallest edits that do the same, so that a caret in text that stays is not moved.

        None of them cuts a CRLF in two or makes one out of halves, since the document would not see that.
        """
        ordered = in_order(edits)
        trimmed = (smallest_edit(self.article.slice(each.start, each.end), each.text, each.start) for each in ordered)
        whole = [self._with_whole_endings(each) for each in trimmed if each]
        if any(second.start < first.end for first, second in pairwise(whole)):
            start = min(whole[0].start, ordered[0].start)
            end = max(each.end for each in (*whole, *ordered))
            text = apply_edits(self.article.slice(start, end), [each.moved(-start) for each in ordered])
            return [TextEdit(start, end, text)]
        return whole

    def _with_whole_endings(self, edit: TextEdit) -> TextEdit:
        start, end, text = edit.start, edit.end, edit.text
        around = self.article.slice(max(0, start - 1), end + 1)
        before, after = around[: start > 0], around[end - start + (start > 0) :]
        old = around[len(before) : len(around) - len(after)]
        if before == "\r" and "\n" in ((old + after)[:1], (text + after)[:1]):
            start, text = start - 1, before + text
        if after == "\n" and "\r" in ((before + old)[-1:], (before + text)[-1:]):
            end, text = end + 1, text + after
        return TextEdit(start, end, text)

    def _apply(self, edits: Sequence[TextEdit]) -> ArticleChange:
        """Change document and article alike."""
        change = self.article.apply(*edits)
        spans = [(self.article.unit_of(edit.start), self.article.unit_of(edit.end)) for edit in change.edits]
        cursor = QTextCursor(self.document)
        self._editing = True
        cursor.beginEditBlock()
        try:
            for (start, end), edit in zip(reversed(spans), reversed(change.edits), strict=True):
                _put(cursor, start, end, _ENDING.sub("\n", edit.text))
        finally:
            cursor.endEditBlock()
            self._editing = False
        self._article = change.after
        return change

    # Going back and forth

    def undo(self) -> None:
        """Take back the last step, if there is one, and show where."""
        if step := self.history.undo():
            self._go(step.backward())

    def redo(self) -> None:
        """Take the last step that was taken back again, if there is one, and show where."""
        if step := self.history.redo():
            self._go(step.forward())

    def _go(self, edits: tuple[TextEdit, ...]) -> None:
        change = self._apply(edits)
        self._announce(change)
        growth = sum(edit.growth for edit in change.edits)
        self.shown.emit(change.edits[0].start, change.edits[-1].end + growth)

    def mark_saved(self, state: int | None = None, article: Article | None = None) -> None:
        """The file holds this article, the text of that state of the history; both are by default as they are now."""
        self.synced = article or self.article
        self.history.mark_saved(state)
        self.history_changed.emit()

    # Edits typed

    def _notice(self, position: int, _removed: int, added: int) -> None:
        """Remember what of the document a widget may have changed; Qt's counts are UTF-16 units.

        It is taken in once the layout, which hears of it next, has let it be seen, and before anyone asks.
        """
        if self._editing:
            return
        behind = max(0, self.document.characterCount() - 1 - position - added)
        before, after = self._untaken or (position, behind)
        self._untaken = min(before, position), min(after, behind)

    def _take_in(self, before: int, behind: int) -> None:
        """Bring the article in step with the document, of which so many UTF-16 units have not changed at either end.

        Qt reports one hull for an edit block, one unit too many at the end of the text, and formatting or a new layout
        as if text had changed or come. So it is believed only about what has not changed, and the texts are compared.
        """
        self._untaken = None
        article = self._article
        units = self.document.characterCount() - 1
        position, added = before, units - behind - before
        removed = article.chunks.extent.units - behind - before
        if removed < 0:
            position, added, removed = 0, units, article.chunks.extent.units
        start = article.offset_of_unit(position)
        back = position - article.unit_of(start)
        end = article.offset_of_unit(position + removed)
        new = self._document_text(position - back, position + added)
        edit = _typed_edit(article, start, end, new)
        if edit is None:
            return
        change = article.apply(edit)
        self._article = change.after
        step = UndoStep.of(change, _typed_label(change))
        group = _typed_group(change)
        self.history.record(step, group=group, now_ms=_now_ms())
        self._untold.append(change)

    def _tell(self) -> None:
        """Take in what is not yet, and emit it, now that the document's layout knows of it too."""
        if self._untaken:
            self._take_in(*self._untaken)
        untold, self._untold = self._untold, []
        for change in untold:
            self._announce(change)

    def _announce(self, change: ArticleChange) -> None:
        self.changed.emit(change)
        self.history_changed.emit()

    def _document_text(self, start: int, end: int) -> str:
        """The document's text between two UTF-16 positions, block breaks as LF. `toPlainText` would lose NBSP."""
        block = self.document.findBlock(start)
        pieces: list[str] = []
        while block.isValid() and block.position() < end:
            pieces.append(_block_text(block, start, end))
            block = block.next()
        if block.isValid() and block.position() == end and pieces:
            pieces.append("")
        return "\n".join(pieces)


def _put(cursor: QTextCursor, start: int, end: int, text: str) -> None:
    """Put a text in the place of another, by UTF-16 positions; a mark at its beginning needs something before it."""
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    if text[:1] not in _DROPPED_IN_FRONT:
        cursor.insertText(text)
        return
    cursor.insertText("x" + text)
    cursor.setPosition(start)
    cursor.deleteChar()


def _block_text(block: QTextBlock, start: int, end: int) -> str:
    text = block.text()
    if start <= block.position() and block.position() + block.length() - 1 <= end:
        return text
    first = code_points_of_units(text, max(0, start - block.position()))
    return text[first : code_points_of_units(text, end - block.position())]


def _typed_edit(article: Article, start: int, end: int, new: str) -> TextEdit | None:
    """The smallest edit that makes the text from `start` to `end` read `new`, where `new` has LF for every ending.

    Lines that stay keep their own ending; new ones take that of the line they were typed in.
    """
    old = article.slice(start, end)
    plain_old = _ENDING.sub("\n", old)
    plain = smallest_edit(plain_old, new)
    if plain is None:
        return None
    first = _with_endings(old, plain.start)
    last = _with_endings(old, plain.end)
    text = plain.text
    if "\n" in text:
        text = text.replace("\n", _ending_near(article, start + first))
    return _kept_apart(article, TextEdit(start + first, start + last, text))


def _kept_apart(article: Article, edit: TextEdit) -> TextEdit:
    """The same edit where it does not make one CRLF of two line endings that the document still shows as two."""
    before = article.slice(max(0, edit.start - 1), edit.start)
    after = article.slice(edit.end, edit.end + 1)
    end, text = edit.end, edit.text
    if after == "\n" and (before + text)[-1:] == "\r":
        end, text = (end + 1, "\r") if not text else (end, text[:-1] + "\n")
    if before == "\r" and text[:1] == "\n":
        text = "\r" + text[1:]
    return TextEdit(edit.start, end, text)


def _with_endings(text: str, plain_offset: int) -> int:
    """The offset in `text` of what stands at `plain_offset` once every line ending counts one."""
    if "\r\n" not in text:
        return plain_offset
    offset = 0
    for line in split_lines(text):
        plain = len(line) - (line_ending(line) == "\r\n")
        if plain_offset < plain:
            break
        plain_offset -= plain
        offset += len(line)
    return offset + plain_offset


def _ending_near(article: Article, offset: int) -> str:
    """The ending of the line at `offset`, else of the line before it, else the article's."""
    line = article.line_at(offset)
    for number in (line, line - 1):
        if number >= 0:
            ending = first_ending(article.slice(article.line_start(number), article.line_start(number + 1)))
            if ending:
                return ending
    return article.newline


def _typed_label(change: ArticleChange) -> str:
    edit = change.edits[0]
    if not edit.text:
        return "deletion"
    return "typing"


def _typed_group(change: ArticleChange) -> str:
    """Typing joins typing and deleting joins deleting, a character at a time; a longer text stands alone."""
    edit = change.edits[0]
    replaced = edit.end - edit.start
    if not edit.text:
        return "deletion" if replaced <= 2 else ""
    return TYPING if utf16_length(edit.text) <= 2 else ""


def _now_ms() -> float:
    return monotonic() * 1000
