"""One open article: its buffer, the file it came from, and what must be known to save it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.core.article import Article
from editor.session.text_buffer import TextBuffer, without_characters_not_held
from editor.storage.article_file import (
    CannotEncode,
    FileMissing,
    FileText,
    FileUnreadable,
    SaveFailed,
    decode,
    read_article,
    save_article,
)

UNTITLED = "Untitled"


class OutsideChange(Exception):
    """The file no longer holds what was read or saved last: saving would take away what another program wrote."""


class ArticleSession(QObject):
    """Opens, follows and saves one article. `path` is None until a new one is saved for the first time."""

    renamed = Signal()
    """The article has another path."""

    def __init__(self, source: FileText, parent: QObject | None = None, *, path: Path | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.encoding = source.encoding
        self._bom = source.bom
        self._digest = source.digest
        self.buffer = TextBuffer(without_characters_not_held(source.text), self)
        self.locked, self.locked_line = source.locked, source.locked_line
        different = self.buffer.first_difference(source.text)
        if not self.locked and different is not None:
            self.locked_line = different + 1
            self.locked = (
                f"Line {self.locked_line} holds a character that a text field cannot, so this file can be read and not"
                " edited. Replace the character in another program to edit it."
            )

    @classmethod
    def open(cls, path: Path, parent: QObject | None = None) -> ArticleSession:
        """Read an article from its file. Raises FileUnreadable."""
        return cls(read_article(path), parent, path=path.absolute())

    @classmethod
    def new(cls, text: str, parent: QObject | None = None) -> ArticleSession:
        """An article that has no file yet and begins with this text."""
        return cls(decode(text.encode(), Path(UNTITLED)), parent)

    @property
    def article(self) -> Article:
        """The article as it is now."""
        return self.buffer.article

    @property
    def name(self) -> str:
        """What the window calls it."""
        return self.path.name if self.path else UNTITLED

    @property
    def folder(self) -> Path | None:
        """Where its pictures are looked for."""
        return self.path.parent if self.path else None

    @property
    def is_dirty(self) -> bool:
        """Whether the text differs from what the file holds, by the steps taken since."""
        return not self.buffer.history.is_saved

    @property
    def has_bom(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return bool(self._bom)

    def save(self, path: Path | None = None, *, over_outside_change: bool = False) -> None:
        """Save, to another `path` if one is given, which is its path from then on.

        Raises OutsideChange where the file at its own path has changed since, SaveFailed, and CannotEncode; the text
        then stays as unsaved as it was.
        """
        target = path or self.path
        if target is None:
            raise ValueError("an article without a path is saved to one")
        is_own = self.path is not None and target.resolve() == self.path.resolve()
        if is_own and not over_outside_change and self._changed_outside(target):
            raise OutsideChange
        self._digest = save_article(target, self.article.text, self.encoding, self._bom)
        if not is_own:
            self.path = target.absolute()
            self.renamed.emit()
        self.buffer.mark_saved()

    def _changed_outside(self, path: Path) -> bool:
        try:
            return read_article(path).digest != self._digest
        except FileMissing:
            return False
        except FileUnreadable:
            return True


__all__ = [
    "UNTITLED",
    "ArticleSession",
    "CannotEncode",
    "FileMissing",
    "FileUnreadable",
    "OutsideChange",
    "SaveFailed",
]
