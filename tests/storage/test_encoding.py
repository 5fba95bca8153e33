"""Bytes to text and back, exactly."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.lines import count_endings, split_lines
from editor.storage.encoding import (
    ENCODINGS,
    CannotEncode,
    Decoded,
    NotText,
    decode_as,
    decode_bytes,
    encode,
    encoding_name,
)

MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}

ODD_CHARACTERS = st.sampled_from("\r\n\t\x0b\x0c\x1c\x85\xa0\u2028\u2029\ufeff\ufffd\ufdd0é’😀\u0301|#-")
TEXTS = st.text(st.one_of(ODD_CHARACTERS, st.characters(exclude_characters="\0", exclude_categories=["Cs"])))


# Much of a legacy file is ASCII, and its lines end.
PIECES = st.one_of(
    st.binary(max_size=12), st.sampled_from([b"caf\xe9 ", b"\n", b"\r\n", b"\r", b"text ", b"\x82\xa0", b"\0"])
)
BYTES = st.one_of(st.binary(), st.lists(PIECES, max_size=12).map(b"".join))


@settings(max_examples=150)
@given(data=BYTES)
def test_whatever_opens_for_editing_is_encoded_to_the_same_bytes(data: bytes) -> None:
    with contextlib.suppress(NotText):
        decoded = decode_bytes(data)
        if decoded.locked:
            assert decoded.locked.startswith(f"Line {decoded.locked_line} ")
            assert 1 <= decoded.locked_line <= 1 + count_endings(decoded.text)
        else:
            assert encode(decoded.text, decoded.encoding, decoded.bom) == data


def reads_back(data: bytes, encoding: str) -> bool:
    try:
        return data.decode(encoding).encode(encoding) == data
    except UnicodeError:
        return False


def holds(encoding: str, character: str) -> bool:
    try:
        return character.encode(encoding).decode(encoding) == character
    except UnicodeError:
        return False


@settings(max_examples=150)
@given(data=BYTES.map(lambda data: data.replace(b"\0", b"") + b"\xff"))
def test_a_lock_blames_the_first_line_that_cannot_be_saved_as_it_was(data: bytes) -> None:
    with contextlib.suppress(NotText):
        decoded = decode_bytes(data)
        if decoded.locked and not decoded.encoding.startswith("utf-16"):
            lines = [line.encode("latin-1") for line in split_lines(data.decode("latin-1"))]
            before, blamed = lines[: decoded.locked_line - 1], lines[decoded.locked_line - 1]
            assert all(reads_back(line, decoded.encoding) for line in before)
            assert not reads_back(blamed, decoded.encoding)


@pytest.mark.parametrize("encoding", [encoding for encoding, _ in ENCODINGS])
@settings(max_examples=20)
@given(data=st.binary(max_size=60))
def test_a_text_of_each_encoding_reopens_in_it_and_is_saved_in_the_same_bytes(encoding: str, data: bytes) -> None:
    drawn = data.decode(encoding, "ignore").replace("\0", "").replace("\x1b", "")
    text = "x\r\n" + "".join(character for character in drawn if holds(encoding, character))
    saved = encode(text, encoding)
    decoded = decode_as(saved, encoding)
    assert (decoded.text, decoded.encoding, decoded.bom, decoded.locked) == (text, encoding, b"", "")
    with contextlib.suppress(NotText):
        guessed = decode_bytes(saved)
        assert guessed.locked or encode(guessed.text, guessed.encoding, guessed.bom) == saved


@settings(max_examples=40)
@given(text=TEXTS)
def test_every_text_without_nul_survives_utf_8_with_no_mark(text: str) -> None:
    decoded = decode_bytes(encode("x" + text))
    assert (decoded.text, decoded.encoding, decoded.bom, decoded.locked) == ("x" + text, "utf-8", b"", "")


@pytest.mark.parametrize("encoding", MARKED)
@settings(max_examples=40)
@given(text=TEXTS)
def test_every_text_without_nul_survives_each_marked_encoding(encoding: str, text: str) -> None:
    bom = MARKED[encoding]
    decoded = decode_bytes(encode(text, encoding, bom))
    assert (decoded.text, decoded.encoding, decoded.bom, decoded.locked) == (text, encoding, bom, "")


def test_only_one_mark_is_taken_off() -> None:
    decoded = decode_bytes(codecs.BOM_UTF8 * 2 + b"a")
    assert decoded.text == "\ufeffa"
    assert encode(decoded.text, decoded.encoding, decoded.bom) == codecs.BOM_UTF8 * 2 + b"a"


def test_a_western_file_of_windows_opens_for_editing_with_its_letters_right() -> None:
    data = "Café\r\nnaïve – “quoted”\r\n".encode("cp1252")
    assert decode_bytes(data) == Decoded("Café\r\nnaïve – “quoted”\r\n", "cp1252")


def test_a_file_with_one_byte_that_its_encoding_lacks_is_locked_on_that_line() -> None:
    decoded = decode_bytes("Café\rnaïve\r\n".encode("cp1252") + b"a \x81 b\nd\xe9j\xe0 vu")
    assert decoded.text == "Café\rnaïve\r\na \ufffd b\ndéjà vu"
    assert decoded.locked.startswith("Line 3 is not Windows-1252, so this file can be read and not edited.")


@pytest.mark.parametrize(
    ("data", "text", "line"),
    [
        ("Café\rline two\r\n".encode() + b"broken \xff here", "Café\rline two\r\nbroken \ufffd here", 3),
        ("naïve, déjà vu\n".encode() + b"caf\xe9 \xe0 la", "naïve, déjà vu\ncaf\ufffd \ufffd la", 2),
        ("Она пришла вечером".encode()[:-1], "Она пришла вечеро\ufffd", 1),
        ("“Quoted” – it’s\n".encode() + b"it\x92s", "“Quoted” – it’s\nit\ufffds", 2),
    ],
    ids=["a stray byte", "words pasted from Windows", "cut off", "an apostrophe of Windows"],
)
def test_a_damaged_utf_8_file_opens_locked_with_its_other_letters_right(data: bytes, text: str, line: int) -> None:
    decoded = decode_bytes(data)
    assert (decoded.text, decoded.encoding, decoded.locked_line) == (text, "utf-8", line)
    assert decoded.locked.startswith(f"Line {line} is not UTF-8")


@pytest.mark.parametrize("tail", [b"\x00\xd8", b"a"], ids=["lone surrogate", "half a unit"])
def test_damaged_utf_16_opens_locked_naming_the_line(tail: bytes) -> None:
    decoded = decode_bytes(codecs.BOM_UTF16_LE + "one\ntwo\n".encode("utf-16-le") + tail)
    assert decoded.text.startswith("one\ntwo\n")
    assert decoded.locked.startswith("Line 3 is not UTF-16 LE, so this file can be read and not edited.")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_where_it_is_plain(encoding: str) -> None:
    text = "It’s plain English,\r\nwith a naïve word or two.\r\n"
    assert decode_bytes(text.encode(encoding)) == Decoded(text, encoding)


def test_two_ways_to_write_a_character_in_shift_jis_lock_the_line_of_the_one_that_would_be_lost() -> None:
    decoded = decode_bytes("本の題名\nそれは".encode("cp932") + b"\x87\x90\n")
    assert (decoded.encoding, decoded.locked_line) == ("cp932", 2)
    assert decoded.text.startswith("本の題名\nそれは")


def test_a_wrong_guess_is_repaired_by_reading_in_another_encoding() -> None:
    data = "Erdős\r\n".encode("cp1250")
    assert decode_bytes(data).text == "Erdõs\r\n"
    assert decode_as(data, "windows-1250") == Decoded("Erdős\r\n", "cp1250")
    assert decode_as(data, "utf-8").locked_line == 1
    assert decode_as(codecs.BOM_UTF8 + b"a", "utf-8") == Decoded("a", "utf-8", codecs.BOM_UTF8)


def test_reading_in_an_encoding_that_does_not_fit_locks_or_refuses_and_never_fails() -> None:
    for encoding, _ in ENCODINGS:
        for data in (b"caf\xe9 \x81\n", b"\xff\xfea\n", b"\x1b$B\x80", b"\r\xd8\0", b"\0"):
            with contextlib.suppress(NotText):
                decoded = decode_as(data, encoding)
                assert decoded.locked or encode(decoded.text, encoding, decoded.bom) == data


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"one\ntwo\0", 2),
        (b"\xff\xfe" + "a\nb\0".encode("utf-16-le"), 2),
        (b"\x89PNG\r\n\x1a\n\x01\x02", 3),
        (b"\xff\xd8\xff\xe0\x10JFIF", 1),
        (bytes(byte for number in range(1, 60) for byte in (number, 0)), 1),
        ("plain\n".encode("utf-32-le"), 1),
    ],
    ids=["nul", "nul in utf-16", "png", "jpeg", "numbers of two bytes", "utf-32 without a mark"],
)
def test_binary_data_is_refused_naming_the_line(data: bytes, line: int) -> None:
    with pytest.raises(NotText) as refusal:
        decode_bytes(data)
    assert refusal.value.line == line


def test_a_character_that_the_encoding_cannot_hold_is_named_with_its_line() -> None:
    with pytest.raises(CannotEncode) as refusal:
        encode("one\r\ntwo\rcafé ’ → ’ 😀", "latin-1")
    assert refusal.value.line == 3
    assert refusal.value.message == "Line 3 holds the character “’” (U+2019), which ISO-8859-1 cannot hold."
    assert refusal.value.characters == ("’", "→", "😀")
    assert refusal.value.listed == "“’” (U+2019), “→” (U+2192), “😀” (U+1F600)"
    assert refusal.value.utf_8_holds


def test_many_characters_that_cannot_be_held_are_named_in_part_and_counted() -> None:
    with pytest.raises(CannotEncode) as refusal:
        encode("".join(map(chr, range(0x4E00, 0x4E32))), "cp1252")
    assert (len(refusal.value.characters), refusal.value.more) == (20, 30)
    assert refusal.value.listed.endswith(" and 30 more")


@pytest.mark.parametrize(
    ("character", "encoding"), [("¥", "euc_jp"), ("−", "cp932"), ("•", "cp950"), ("¥", "shift_jis")]
)
def test_a_character_is_never_saved_as_one_that_looks_like_it(character: str, encoding: str) -> None:
    with pytest.raises(CannotEncode) as refusal:
        encode(f"a\n{character}", encoding)
    assert (refusal.value.characters, refusal.value.line) == ((character,), 2)


def test_a_lone_surrogate_is_named_by_its_number() -> None:
    with pytest.raises(CannotEncode, match=r"Line 1 holds the character U\+D800, which UTF-8 cannot hold\.") as refusal:
        encode("\ud800")
    assert not refusal.value.utf_8_holds


def test_every_encoding_has_one_name_for_python_and_one_for_a_person() -> None:
    for encoding, name in ENCODINGS:
        assert codecs.lookup(encoding).name == encoding
        assert encoding_name(encoding).removesuffix(" without BOM") == name
    assert len(dict(ENCODINGS)) == len({name for _, name in ENCODINGS}) == len(ENCODINGS)


def test_a_mark_is_named_where_it_is_a_surprise() -> None:
    assert [encoding_name("utf-8", bom) for bom in (b"", codecs.BOM_UTF8)] == ["UTF-8", "UTF-8 with BOM"]
    assert encoding_name("utf-16-le", codecs.BOM_UTF16_LE) == "UTF-16 LE"
    assert encoding_name("utf-16-le") == "UTF-16 LE without BOM"
    assert [encoding_name("windows-1252"), encoding_name("sjis"), encoding_name("cp500")] == [
        "Windows-1252",
        "SJIS",
        "CP500",
    ]
