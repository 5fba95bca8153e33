"""Which encoding bytes are in that are not UTF-8: the one in which they read most like somebody's prose."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from editor.storage.prose import ASCII_COST, LANGUAGES, common_words, cost

_ROMANCE = ("French", "Spanish", "Portuguese", "Italian", "Catalan")
_WESTERN = ("English", "German", "Dutch", "Swedish", "Danish", "Icelandic", *_ROMANCE)
_CENTRAL = ("Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian", "German")
_CYRILLIC = ("Russian", "Ukrainian", "Belarusian", "Bulgarian", "Serbian")

# Whose files an encoding is met in, and what it costs to be met so seldom. Where two read alike the first is meant.
_CANDIDATES: dict[str, tuple[float, tuple[str, ...]]] = {
    "cp1252": (0, _WESTERN),
    "utf-8": (-2, LANGUAGES),
    "iso8859-15": (2, (*_WESTERN, "Estonian")),
    "mac-roman": (4, _WESTERN),
    "cp850": (4, _WESTERN),
    "cp1250": (2, _CENTRAL),
    "iso8859-2": (3, _CENTRAL),
    "cp852": (5, _CENTRAL),
    "cp1254": (2.5, ("Turkish",)),
    "cp1257": (2.5, ("Lithuanian", "Latvian", "Estonian")),
    "cp1251": (2, _CYRILLIC),
    "koi8-r": (3, ("Russian", "Bulgarian")),
    "koi8-u": (3.5, ("Ukrainian",)),
    "cp866": (4, _CYRILLIC),
    "iso8859-5": (4.5, _CYRILLIC),
    "mac-cyrillic": (6, _CYRILLIC),
    "cp1253": (2, ("Greek",)),
    "iso8859-7": (3, ("Greek",)),
    "cp1255": (2, ("Hebrew",)),
    "cp1256": (2, ("Arabic",)),
    "cp874": (2.5, ("Thai",)),
    "cp932": (2, ("Japanese",)),
    "euc_jp": (2.5, ("Japanese",)),
    "gb18030": (2, ("Chinese", "Traditional Chinese")),
    "cp950": (2.5, ("Traditional Chinese",)),
    "cp949": (2, ("Korean",)),
}

# Asked of charset-normalizer, which knows more languages and is the worse judge of a short text in a common encoding.
_RARER = ("cp1258", "cp737", "cp855", "cp857", "cp862", "mac_latin2", "mac_greek", "iso8859_16", "big5hkscs", "johab")
_ENOUGH = 16
"""Bytes beyond ASCII that make a text worth asking it for."""
_IMPLAUSIBLE = 6.5
"""What a byte beyond ASCII costs, on average, in no text that is read rightly."""

_SOUND = 4
"""Characters of UTF-8 to each error that leave no doubt."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_WINDOWS = 16
_WINDOW = 512
# Never a part of a longer character in any of these encodings: after one of them a character begins.
_BETWEEN_CHARACTERS = re.compile(rb"[\x00-\x2f]")


def detect(data: bytes) -> str:
    """The likeliest encoding, by Python's name, of bytes that are not ASCII: "utf-8" where they are UTF-8, damaged.

    It looks at 8 KB at most, taken evenly from wherever the bytes are not ASCII. Nothing says that all of `data` can
    be decoded so.
    """
    sample = tuple(_sample(data))
    if _is_mostly_utf_8(sample):
        return "utf-8"
    costs = {encoding: rarity + _reading_cost(sample, encoding) for encoding, (rarity, _) in _CANDIDATES.items()}
    best = min(costs, key=costs.__getitem__)
    beyond = sum(len(_BEYOND_ASCII.findall(piece)) for piece in sample)
    each = (costs[best] - ASCII_COST * (sum(map(len, sample)) - beyond)) / max(beyond, 1)
    if beyond >= _ENOUGH and each > _IMPLAUSIBLE:
        return _rarer_encoding(b"\n".join(sample)) or best
    return best


def _is_mostly_utf_8(sample: tuple[bytes, ...]) -> bool:
    """Whether the bytes are UTF-8 with few errors, which bytes of another encoding are hardly ever by chance."""
    text = _decoded(sample, "utf-8")
    errors = text.count("\ufffd")
    return sum(not character.isascii() for character in text) - errors >= _SOUND * max(errors, 1)


def _decoded(sample: tuple[bytes, ...], encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)
    # A piece may end within a character, which a decoder that waits for more leaves out.
    return "\n".join(decoder("replace").decode(piece) for piece in sample)


def _rarer_encoding(sample: bytes) -> str:
    """What charset-normalizer takes it for among encodings of which we know no prose; "" where it knows neither."""
    # It takes longer to import than an article to open.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    match = from_bytes(sample, cp_isolation=list(_RARER), enable_fallback=False).best()
    return codecs.lookup(match.encoding).name if match else ""


def _sample(data: bytes) -> Iterator[bytes]:
    """Pieces that each begin where a character does; where the data ends, so that it is seen, a line does too."""
    if len(data) <= _WINDOWS * _WINDOW:
        yield data + b"\n"
        return
    at = 0
    for window in range(_WINDOWS):
        found = _BEYOND_ASCII.search(data, max(at, window * len(data) // _WINDOWS))
        if not found:
            return
        if (start := _character_start(data, found.start(), at)) is not None:
            at = start + _WINDOW
            yield data[start:at] + b"\n" * (at >= len(data))


def _character_start(data: bytes, near: int, after: int) -> int | None:
    """A place from which characters can be read, near a byte beyond ASCII; None in a text that has no such place."""
    start = max(after, near - _WINDOW // 8)
    before = [found.end() for found in _BETWEEN_CHARACTERS.finditer(data, start, near)]
    if before or not after:
        return before[-1] if before else near
    next_one = _BETWEEN_CHARACTERS.search(data, near, near + _WINDOW)
    return next_one.end() if next_one else None


def _reading_cost(sample: tuple[bytes, ...], encoding: str) -> float:
    text = _decoded(sample, encoding)
    counts = Counter(text)
    ascii_count = sum(count for character, count in counts.items() if character.isascii())
    others = [(character, count) for character, count in counts.items() if not character.isascii()]
    words = Counter(re.findall("[a-z]+", text.lower(), re.ASCII))
    least = min(
        sum(count * cost(character, language) for character, count in others) - _words_gain(words, language)
        for language in _CANDIDATES[encoding][1]
    )
    return ASCII_COST * ascii_count + least + _misfit(text, counts)


def _words_gain(words: Counter[str], language: str) -> float:
    """What a language's common words speak for it: little, as the text around a quotation may be in another."""
    return min(4.0, 0.7 * sum(words[word] for word in common_words(language)))


# What is seldom done to characters in prose, in kinds of them (see _kind), and what it costs: small letters before a
# capital, two scripts in a word, many letters beyond ASCII together, signs and quotation marks within a word ...
_MISFITS = (
    (re.compile("(?=lA|a[AU]|cC|gG)"), 4.0),
    (re.compile("(?=[lUaA][cCgGk]|[cCgGk][lUaA]|[cC][gGk]|[gG][cCk]|k[cCgG])"), 7.0),
    (re.compile("(?=[aA][aA])"), 1.0),
    (re.compile("(?=CC|GG|AA|UA|AU)"), -1.8),
    (re.compile("(?=[aA]{3})"), 4.0),
    (re.compile("(?=[lUaAcCgGk][sq][lUaAcCgGk])"), 6.0),
    (re.compile("(?=[AC][sn])"), 4.0),
    (re.compile("(?=d[aAcCgGk]|[aAcCgGk]d)"), 3.0),
    (re.compile("(?=[lUaA]p[lUaA])"), -2.0),
    (re.compile("(?<![cCgGk])[cCgGk](?![cCgGk])"), 2.0),
    (re.compile("(?= p[aAcCgGk])"), 2.0),
    (re.compile("(?=[lUaAcC]n[lUaAcC])"), 3.0),
    (re.compile("(?<!h)h(?!h)"), 5.0),
    (re.compile("(?=[lU]h|h[lU])"), 2.0),
)


def _misfit(text: str, counts: Counter[str]) -> float:
    kinds = text.translate({ord(character): _kind(character) for character in counts})
    return sum(weight * len(pattern.findall(kinds)) for pattern, weight in _MISFITS)


@cache
def _kind(character: str) -> str:
    """One letter for what a character is.

    `l U d` ASCII small, capital, digit; `a A` other Latin; `c C` Cyrillic; `g G` Greek; `k` a letter of a script
    without capitals, `h` one of those that stand beside Latin letters without a space; `p` an apostrophe, `q` another
    quotation mark, `n` a no-break space, `s` a sign, and a space for all else.
    """
    if character.isascii():
        return "l" if character.islower() else "U" if character.isupper() else "d" if character.isdigit() else " "
    if character in _MARK_KINDS:
        return _MARK_KINDS[character]
    if ord(character) >= _EAST_ASIA:
        return "h"
    if not unicodedata.category(character).startswith(("L", "M")):
        return "s"
    small, capital = next(kinds for last, kinds in _SCRIPTS if ord(character) <= last)
    return capital if character.isupper() else small


_EAST_ASIA = 0x2E80
_SCRIPTS = ((0x36F, ("a", "A")), (0x3FF, ("g", "G")), (0x52F, ("c", "C")), (_EAST_ASIA, ("k", "k")))
_MARK_KINDS = {"’": "p", "\u00a0": "n"} | dict.fromkeys("–—\u2009\u202f", " ") | dict.fromkeys("“”‘„‚«»‹›…†‡‰ˆ•", "q")
