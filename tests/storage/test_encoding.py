"""Bytes to text and back, exactly."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.storage.encoding import CannotEncode, NotText, decode_bytes, encode

MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}

ODD_CHARACTERS = st.sampled_from("\r\n\t\x0b\x0c\x1c\x85\xa0\u2028\u2029\ufeff\ufffd\ufdd0é’😀\u0301|#-")
TEXTS = st.text(st.one_of(ODD_CHARACTERS, st.characters(exclude_characters="\0", exclude_categories=["Cs"])))


@settings(max_examples=50, deadline=None)
@given(data=st.binary())
def test_whatever_opens_for_editing_is_encoded_to_the_same_bytes(data: bytes) -> None:
    try:
        decoded = decode_bytes(data)
    except NotText:
        return
    assert decoded.locked or encode(decoded.text, decoded.encoding, decoded.bom) == data


@settings(max_examples=50, deadline=None)
@given(text=TEXTS)
def test_every_text_without_nul_survives_utf_8_with_no_mark(text: str) -> None:
    decoded = decode_bytes(encode("x" + text))
    assert (decoded.text, decoded.encoding, decoded.bom, decoded.locked) == ("x" + text, "utf-8", b"", "")


@pytest.mark.parametrize("encoding", MARKED)
@settings(max_examples=50, deadline=None)
@given(text=TEXTS)
def test_every_text_without_nul_survives_each_marked_encoding(encoding: str, text: str) -> None:
    bom = MARKED[encoding]
    decoded = decode_bytes(encode(text, encoding, bom))
    assert (decoded.text, decoded.encoding, decoded.bom, decoded.locked) == (text, encoding, bom, "")


def test_only_one_mark_is_taken_off() -> None:
    decoded = decode_bytes(codecs.BOM_UTF8 * 2 + b"a")
    assert decoded.text == "\ufeffa"
    assert encode(decoded.text, decoded.encoding, decoded.bom) == codecs.BOM_UTF8 * 2 + b"a"


def test_a_western_file_of_windows_opens_locked_with_its_letters_right() -> None:
    decoded = decode_bytes("Café\r\nnaïve – “quoted”\r\n".encode("cp1252"))
    assert decoded.text == "Café\r\nnaïve – “quoted”\r\n"
    assert decoded.locked.startswith("Line 1 is not UTF-8")
    assert decoded.locked_line == 1


def test_a_damaged_utf_8_file_opens_locked_with_its_other_letters_right() -> None:
    decoded = decode_bytes("Café\rline two\r\n".encode() + b"broken \xff here")
    assert decoded.text == "Café\rline two\r\nbroken \ufffd here"
    assert decoded.encoding == "utf-8"
    assert decoded.locked_line == 3


@pytest.mark.parametrize("tail", [b"\x00\xd8", b"a"], ids=["lone surrogate", "half a unit"])
def test_damaged_utf_16_opens_locked_naming_the_line(tail: bytes) -> None:
    decoded = decode_bytes(codecs.BOM_UTF16_LE + "one\ntwo\n".encode("utf-16-le") + tail)
    assert decoded.text.startswith("one\ntwo\n")
    assert decoded.locked == (
        "Line 3 is not UTF-16-LE, so this file can be read and not edited. Convert it to UTF-8 to edit it."
    )


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"one\ntwo\0", 2),
        (b"\xff\xfe" + "a\nb\0".encode("utf-16-le"), 2),
        (b"\x89PNG\r\n\x1a\n\x01\x02", 3),
        (b"\xff\xd8\xff\xe0\x10JFIF", 1),
    ],
    ids=["nul", "nul in utf-16", "png", "jpeg"],
)
def test_binary_data_is_refused_naming_the_line(data: bytes, line: int) -> None:
    with pytest.raises(NotText) as refusal:
        decode_bytes(data)
    assert refusal.value.line == line


def test_a_character_that_the_encoding_cannot_hold_is_named_with_its_line() -> None:
    with pytest.raises(CannotEncode) as refusal:
        encode("one\r\ntwo\rcafé ’", "latin-1")
    assert refusal.value.line == 3
    assert refusal.value.message == "Line 3 holds the character “’” (U+2019), which LATIN-1 cannot hold."


def test_a_lone_surrogate_is_named_by_its_number() -> None:
    with pytest.raises(CannotEncode, match=r"Line 1 holds the character U\+D800, which UTF-8 cannot hold\."):
        encode("\ud800")
