"""The encoding of prose is found again, from a paragraph and from a line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.storage.encoding import decode_as, decode_bytes, encode
from editor.storage.encoding_detection import _sample, detect

PROSE = Path(__file__).with_name("prose")
COMMON = {
    "english": ["cp1252", "iso8859-1"],
    "french": ["cp1252", "iso8859-15"],
    "german": ["cp1252"],
    "spanish": ["cp1252"],
    "portuguese": ["cp1252"],
    "swedish": ["cp1252"],
    "polish": ["cp1250", "iso8859-2"],
    "czech": ["cp1250", "iso8859-2"],
    "hungarian": ["cp1250", "iso8859-2"],
    "turkish": ["cp1254"],
    "russian": ["cp1251", "koi8-r", "iso8859-5"],
    "ukrainian": ["cp1251", "koi8-u"],
    "greek": ["cp1253", "iso8859-7"],
    "hebrew": ["cp1255"],
    "japanese": ["cp932", "euc_jp"],
    "chinese-simplified": ["gb18030"],
    "chinese-traditional": ["cp950", "gb18030"],
    "korean": ["cp949"],
}
OF_OLD_MACHINES = {
    "english": ["mac-roman"],
    "french": ["cp850", "mac-roman"],
    "german": ["cp850", "mac-roman"],
    "polish": ["cp852", "mac-latin2", "iso8859-16"],
    "hungarian": ["cp852"],
    "turkish": ["cp857"],
    "russian": ["cp866", "mac-cyrillic", "cp855"],
}

# In the encoding of Windows an accent of tone is a character of its own, after its letter.
VIETNAMESE = (
    "Tiê\u0301ng Viê\u0323t la\u0300 cu\u0309a ngươ\u0300i Viê\u0323t, va\u0300 ngôn ngư\u0303 cu\u0309a ho\u0323. "
)


def pairs(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, encoding) for language, encodings in table.items() for encoding in encodings]


def prose(language: str, encoding: str) -> str:
    """A paragraph as it could be written in the encoding: what that lacks, such as curly quotes, is left out."""
    text = (PROSE / f"{language}.txt").read_text(encoding="utf-8")
    return text.encode(encoding, "ignore").decode(encoding)


def lines_of_60(text: str) -> Iterator[str]:
    """Pieces that are not all ASCII."""
    pieces = (text[start : start + 60] for start in range(0, len(text) - 59, 30))
    return (piece for piece in pieces if not piece.isascii())


@pytest.mark.parametrize(("language", "encoding"), pairs(COMMON) + pairs(OF_OLD_MACHINES))
def test_a_paragraph_opens_for_editing_with_the_right_text(language: str, encoding: str) -> None:
    text = prose(language, encoding)[:600]
    decoded = decode_bytes(encode(text, encoding))
    assert decoded.text == text
    assert not decoded.locked


@pytest.mark.parametrize(("language", "encoding"), pairs(COMMON))
def test_of_twenty_lines_of_sixty_characters_at_most_one_is_misread(language: str, encoding: str) -> None:
    pieces = list(lines_of_60(prose(language, encoding)))
    misread = [piece for piece in pieces if decode_bytes(encode(piece, encoding)).text != piece]
    assert len(misread) <= len(pieces) / 20, misread


@pytest.mark.parametrize(("language", "encoding"), [("french", "cp1252"), ("japanese", "cp932"), ("russian", "koi8-r")])
def test_a_long_file_is_judged_by_its_few_letters_beyond_ascii_wherever_they_are(language: str, encoding: str) -> None:
    ascii_part = b"| `code` | and plain words |\n" * 20_000
    for data in (encode(prose(language, encoding), encoding), encode(prose(language, encoding), encoding) * 40):
        assert decode_bytes(ascii_part + data + ascii_part).encoding == encoding


def test_a_long_file_is_judged_by_all_its_parts() -> None:
    text = "Café, résumé, déja\n" * 2_000 + prose("czech", "cp1250") * 20
    assert decode_bytes(encode(text, "cp1250")).text == text


def test_one_letter_at_the_very_end_of_a_long_file_counts() -> None:
    assert decode_bytes(b"plain words\n" * 2_000 + b"caf\xe9").text.endswith("\ncafé")


@pytest.mark.parametrize(("language", "encoding"), [("japanese", "cp932"), ("korean", "cp949"), ("russian", "utf-8")])
def test_what_is_looked_at_of_a_long_file_begins_between_characters(language: str, encoding: str) -> None:
    pieces = list(_sample(encode(prose(language, encoding) * 97, encoding)))
    assert len(pieces) > 5
    for piece in pieces:
        codecs.getincrementaldecoder(encoding)("strict").decode(piece)


@pytest.mark.parametrize("text", [VIETNAMESE, "ŋ̩ ɔ̃ ɛ́ ʔ ɣ̞", "Երեւան քաղաք", "ܫܠܡܐ ܐܢܬ", "ქართული"])
def test_damaged_utf_8_is_seen_as_such_in_a_language_of_which_nothing_is_known(text: str) -> None:
    decoded = decode_bytes(text.encode() + b"\n\xff\n")
    assert decoded.text == text + "\n\ufffd\n"
    assert decoded.locked_line == 2


def test_a_line_without_any_gap_between_its_characters_is_read_from_its_beginning() -> None:
    line = prose("chinese-simplified", "gb18030").translate(dict.fromkeys(map(ord, "，。：\n"))) * 100
    assert decode_bytes(encode(line, "gb18030")).text == line


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"caf\xe9", "café"),
        (b"\xe9", "é"),
        (b"1\xbd cups at 20 \xb0C \xb1 2", "1½ cups at 20 °C ± 2"),
        (b"M\xfcller & S\xf8n (2013)", "Müller & Søn (2013)"),
        (b"it\x92s \x93so\x94 \x96 5 \x80", "it’s “so” – 5 €"),
        ("The team’s plan isn’t what’s done. ".encode("cp1252") * 9, "The team’s plan isn’t what’s done. " * 9),
        (b"10\xa0km, 5\xa0kg and 3\xa0m of the rope", "10\u00a0km, 5\u00a0kg and 3\u00a0m of the rope"),
        ("รัฐบาลประกาศแผนใหม่".encode("cp874"), "รัฐบาลประกาศแผนใหม่"),
        ("أعلنت الحكومة اليوم".encode("cp1256"), "أعلنت الحكومة اليوم"),
        (b"\xc9T\xc9 \xc0 PARIS", "ÉTÉ À PARIS"),
        ("Привет".encode("cp1251"), "Привет"),
        ("日本".encode("cp932"), "日本"),
        ("中国".encode("gb18030"), "中国"),
        ("한국".encode("cp949"), "한국"),
    ],
)
def test_a_word_or_two_are_read_as_the_likeliest(data: bytes, text: str) -> None:
    assert decode_bytes(data).text == text


def test_where_two_encodings_read_alike_the_one_of_windows_is_meant() -> None:
    assert detect("Déjà vu".encode("iso8859-15")) == "cp1252"
    assert detect("Dvořák".encode("iso8859-2")) == "cp1250"


def test_vietnamese_of_windows_is_known_to_charset_normalizer() -> None:
    data = encode(VIETNAMESE * 4, "cp1258")
    assert decode_bytes(data) == decode_as(data, "cp1258")
