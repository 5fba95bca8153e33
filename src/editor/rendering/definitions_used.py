"""Which of an article's definitions decide how a chunk is rendered, so that a change of the others leaves it alone."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache

from editor.core.text_memory import remembered_by_text

_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
# A label is the same whatever white space, marks of quotes and case it is written with.
_NOT_COMPARED = str.maketrans("", "", " \t\v\f\r\n>\\")
_TITLE = r"""(?:"[^"\\]*"|'[^'\\]*'|\([^()\\]*\))"""
_REFERENCE = re.compile(
    rf" {{0,3}}\[([^\[\]\\^][^\[\]\\]*)\]:([ \t]+[^\s\x00-\x20\x7f<>()\\]+(?:[ \t]+{_TITLE})?[ \t]*)"
)
_ABBREVIATION = re.compile(r"\*\[([^\[\]\\]+)\]:[ \t]*(\S.*)")
_NOTE = re.compile(r"\[(\^[^\[\]\s\\]+)\]:[ \t]+(.*)")
_WORDS_FIRST = re.compile(r"[^\W\d_]")
_LINE = re.compile(r"\r\n|\r|\n")


class _Kind(Enum):
    REFERENCES = auto()
    NOTES = auto()
    ABBREVIATIONS = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class _Defined:
    """What some definitions that stand together define: labels as they are compared, each with what it comes to.

    Of the other kind nothing is known but the text; a note comes to its number, which hangs on all the others.
    """

    kind: _Kind
    text: str
    labels: tuple[tuple[str, str], ...] = ()


class DefinitionsUsed:
    """The texts of the chunks that seem to define something for others, in the article's order."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        self._all = tuple(map(_defined_in, self.texts))

    @cached_property
    def markdown(self) -> str:
        """All of them as one text."""
        return "\n\n".join(self.texts)

    def deciding(self, text: str) -> Hashable:
        """What of them decides how the text is rendered: where that is equal, so is its HTML."""
        if not self.texts:
            return ""
        words = self._abbreviations_in(text)
        if "[" not in text:
            return words
        labels = _labels_in(text)
        used = tuple(sorted((label, self._meanings[label]) for label in labels & self._meanings.keys()))
        notes = self._notes if "[^" in text and (self._others or not labels.isdisjoint(self._note_labels)) else ()
        return used, notes, self._others, words

    def changed_labels(self, before: DefinitionsUsed) -> frozenset[str] | None:
        """The labels that come to something else than before; None where any text may be rendered otherwise."""
        have_same_notes = self._notes == before._notes
        if (self._others, self._abbreviations) != (before._others, before._abbreviations) or (
            self._others and not have_same_notes
        ):
            return None
        meanings = frozenset(label for label, _ in self._meanings.items() ^ before._meanings.items())
        return meanings if have_same_notes else meanings | self._note_labels | before._note_labels

    @cached_property
    def _others(self) -> tuple[str, ...]:
        return tuple(each.text for each in self._all if each.kind is _Kind.OTHER)

    @cached_property
    def _others_may_abbreviate(self) -> bool:
        return any("*[" in each for each in self._others)

    @cached_property
    def _abbreviations(self) -> tuple[tuple[str, str], ...]:
        return tuple(pair for each in self._all if each.kind is _Kind.ABBREVIATIONS for pair in each.labels)

    @cached_property
    def _meanings(self) -> dict[str, tuple[int, str]]:
        """What each label of a reference comes to, the first definition counting, and how many others come before."""
        found: dict[str, tuple[int, str]] = {}
        others = 0
        for each in self._all:
            others += each.kind is _Kind.OTHER
            if each.kind is _Kind.REFERENCES:
                for label, meaning in each.labels:
                    found.setdefault(label, (others, meaning))
        return found

    @cached_property
    def _notes(self) -> tuple[Hashable, ...]:
        """All that the notes' numbers come from."""
        return tuple(
            each.labels if each.kind is _Kind.NOTES else each.text
            for each in self._all
            if each.kind in (_Kind.NOTES, _Kind.OTHER)
        )

    @cached_property
    def _note_labels(self) -> frozenset[str]:
        return frozenset(label for each in self._all if each.kind is _Kind.NOTES for label, _ in each.labels)

    def _abbreviations_in(self, text: str) -> Hashable:
        """Those that the text may hold; of a text with entities or escapes it can't be told."""
        if not self._abbreviations and not self._others:
            return ()
        if self._others_may_abbreviate or "&" in text or "\\" in text:
            return self._abbreviations, self._others
        return tuple(pair for pair in self._abbreviations if pair[0] in text)


def may_use(text: str, labels: frozenset[str]) -> bool:
    """Whether a text may refer to one of these labels."""
    return "[" in text and not labels.isdisjoint(_labels_in(text))


def _compared(label: str) -> str:
    return label.translate(_NOT_COMPARED).casefold()


@remembered_by_text
def _labels_in(text: str) -> frozenset[str]:
    return frozenset(map(_compared, _BRACKETED.findall(text)))


@lru_cache(maxsize=4096)
def _defined_in(text: str) -> _Defined:
    """What a text defines, where each of its lines says so whatever the others are."""
    lines = _LINE.split(text)
    for kind, pattern in ((_Kind.REFERENCES, _REFERENCE), (_Kind.ABBREVIATIONS, _ABBREVIATION)):
        found = [pattern.fullmatch(line) for line in lines]
        if all(found):
            pairs = [(each[1], each[2]) for each in found if each]
            labels = pairs if kind is _Kind.ABBREVIATIONS else [(_compared(name), rest) for name, rest in pairs]
            if all(label for label, _ in labels):
                return _Defined(kind, text, tuple(labels))
    notes = _notes_in(lines)
    return _Defined(_Kind.NOTES, text, tuple((label, "") for label in notes)) if notes else _Defined(_Kind.OTHER, text)


def _notes_in(lines: Sequence[str]) -> list[str]:
    """The labels of notes: of one that may go on as it likes, or of several, each a line that begins with a word."""
    found = [_NOTE.match(line) for line in lines]
    if not found[0] or any("<" in line for line in lines):
        return []
    is_one = not any("]:" in line or "] :" in line for line in (found[0][2], *lines[1:]))
    if is_one:
        return [_compared(found[0][1])]
    simple = all(
        each and _WORDS_FIRST.match(each[2]) and "]:" not in each[2] and "] :" not in each[2] for each in found
    )
    return [_compared(each[1]) for each in found if each] if simple else []
