"""What is known of a field's name from the other articles of its folder: its usual kind, its usual texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from editor.core.field_kinds import FieldKind
from editor.core.front_matter_fields import Field, FrontMatter

_LONGEST_TEXT = 60
"""Code points of a text that is worth suggesting."""
_MOST_TEXTS = 200
MOST_FIELDS = 100
"""Of each article, and items of each list, that are looked at: what has more was written by a program."""
_MOST_NAMES = 500
_MOST_CHOICES = 12
_FEWEST_ARTICLES = 3
_MOST_NEW = 0.5
"""Texts to articles, up to which a field is a choice: beyond that, most articles say something of their own."""
_KINDS_OF_CHOICE = frozenset({FieldKind.TEXT, FieldKind.CHOICE})


@dataclass(frozen=True, slots=True)
class KnownField:
    """What a field of one name holds in `articles` articles.

    `kind` is the one that most of them have, EMPTY where all are empty. `texts` are its texts, or the items where it is
    a list, the most frequent first.
    """

    key: str
    kind: FieldKind
    articles: int
    texts: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """Its texts where they are so few that a writer chooses among them; else ()."""
        is_choice = self.kind in _KINDS_OF_CHOICE and self.articles >= _FEWEST_ARTICLES
        few = len(self.texts) <= min(_MOST_CHOICES, self.articles * _MOST_NEW)
        return self.texts if is_choice and few and self.texts else ()


KnownFields = Mapping[str, KnownField]
"""By name, the one that most articles have first."""


@dataclass(slots=True)
class _Gathered:
    articles: int = 0
    kinds: Counter[FieldKind] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    has_long: bool = False


def known_fields(articles: Iterable[FrontMatter]) -> KnownFields:
    """What these articles' front matter says of each field that any of them has."""
    gathered: dict[str, _Gathered] = {}
    for front_matter in articles:
        # Of a name that is written twice readers keep the last.
        for one in {each.key: each for each in front_matter.fields[:MOST_FIELDS]}.values():
            if one.key in gathered or len(gathered) < _MOST_NAMES:
                _take_in(gathered.setdefault(one.key, _Gathered()), one)
    ordered = sorted(gathered.items(), key=lambda item: -item[1].articles)
    return {key: _known(key, found) for key, found in ordered}


def _take_in(gathered: _Gathered, one: Field) -> None:
    gathered.articles += 1
    if one.value:
        gathered.kinds[one.kind] += 1
    items = [one.value] if isinstance(one.value, str) else one.value if isinstance(one.value, list) else []
    texts = {item for item in items[:MOST_FIELDS] if isinstance(item, str) and item}
    short = {text for text in texts if len(text) <= _LONGEST_TEXT and "\n" not in text}
    gathered.has_long |= texts != short
    gathered.texts.update(sorted(short))


def _known(key: str, gathered: _Gathered) -> KnownField:
    kind = gathered.kinds.most_common(1)[0][0] if gathered.kinds else FieldKind.EMPTY
    texts = () if gathered.has_long and kind is not FieldKind.LIST else _frequent(gathered.texts)
    return KnownField(key, kind, gathered.articles, texts)


def _frequent(texts: Counter[str]) -> tuple[str, ...]:
    return tuple(text for text, _ in sorted(texts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_TEXTS])
