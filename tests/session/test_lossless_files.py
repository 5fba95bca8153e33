"""What opens for editing is saved as it was, byte for byte, through the real buffer; what cannot be is locked."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from editor.core.article import Article
from editor.core.text_edit import TextEdit
from editor.session import text_buffer
from editor.session.article_session import ArticleSession, FileUnreadable
from editor.storage.article_file import FileText, decode, read_article
from editor.storage.encoding import decode_as, encode

pytestmark = pytest.mark.usefixtures("qapp")

SHARED = Path(__file__).parents[3] / "shared"


OPEN: list[ArticleSession] = []
STATE = [Path()]


def opened(source: FileText, path: Path | None = None) -> ArticleSession:
    """A session that ends with the test."""
    OPEN.append(ArticleSession(source, STATE[0], path=path))
    return OPEN[-1]


@pytest.fixture(autouse=True)
def sessions_end(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    STATE[0] = tmp_path_factory.mktemp("state")
    yield
    while OPEN:
        OPEN.pop().close()


def saved_again(path: Path) -> bytes:
    """The bytes of a copy saved from a session that read the file and was not edited."""
    session = opened(read_article(path), path)
    assert session.locked == ""
    copy = path.with_name("saved.md")
    session.save(copy)
    session.finish()
    return copy.read_bytes()


EXACT = {
    "empty": "",
    "a mark of UTF-8": "\ufeff---\ntitle: é\n---\ntext\n",
    "LF": "one\ntwo\n",
    "CRLF": "one\r\n\r\ntwo\r\n",
    "CR": "one\r\rtwo\r",
    "mixed endings": "\r\none\r\r\n\n\rtwo\n\r\nthree\r",
    "no final newline": "one\ntwo",
    "no-break spaces": "10\u00a0km \u202f; \u2007\ufeff\u2060\n",
    "next line and line separator": "one\u0085two\u2028three\n",
    "control characters": "".join(map(chr, range(1, 32))) + "\x7f\u0080\u009f\n",
    "tabs and trailing blanks": "\tone \t \n  \n\t\ntwo   ",
    "emoji": "😀 👩‍👩‍👧 🇩🇪 ❤️\n",
    "combining marks": "e\u0301 \u0301 a\u0308\u0323 Z\u0351\u036b\n",
    "a byte order mark inside": "one\n\ufefftwo \ufeff\ufeff\n",
    "noncharacters": "a\ufffe \uffff \U0001fffe \U0010ffff \ufdd2\ufdef\n",
    "a replacement character": "\ufffd one \ufffd\n",
    "right to left": "שלום \u202eabc\u202c \u200f\n",
    "a line of a megabyte": "wörd 😀 " * 90_000,
}


@pytest.mark.parametrize("text", EXACT.values(), ids=EXACT)
def test_an_article_that_nobody_edited_is_saved_in_the_same_bytes(tmp_path: Path, text: str) -> None:
    path = tmp_path / "article.md"
    path.write_bytes(text.encode())
    assert saved_again(path) == text.encode()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_the_other_unicode_encodings_are_kept_with_their_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "article.md"
    data = "\ufeffone\r\ntwo é\u2028😀\rthree\n\ufefffour".encode(encoding)
    path.write_bytes(data)
    assert saved_again(path) == data


LOCKED = {
    "a paragraph separator": (b"one\r\ntwo\rthree \xe2\x80\xa9\nfour", 3),
    "U+FDD0": ("one\n\ufdd0".encode(), 2),
    "U+FDD1 in UTF-16": (codecs.BOM_UTF16_LE + "one\n\n\ufdd1".encode("utf-16-le"), 3),
    "a second mark in front": (codecs.BOM_UTF8 * 2 + b"one\n", 1),
    "U+FFFE in front": ("\ufffeone\n".encode(), 1),
    "half a pair of UTF-16": (codecs.BOM_UTF16_LE + "one\n".encode("utf-16-le") + b"\x3d\xd8a\0", 2),
    "half a pair in UTF-8": ("déjà vu\nçà et là\n".encode() + b"\xed\xa0\x80\n", 3),
    "a stray byte in UTF-8": ("déjà vu\r\nä\r\n".encode() + b"\xff\r\n", 3),
    "a byte that Windows-1252 lacks": ("déjà vu\nnaïve\n".encode("cp1252") + b"\x81\n", 3),
}


@pytest.mark.parametrize(("data", "line"), LOCKED.values(), ids=LOCKED)
def test_a_file_that_would_be_saved_otherwise_opens_for_reading_only_naming_the_line(
    tmp_path: Path, data: bytes, line: int
) -> None:
    path = tmp_path / "article.md"
    path.write_bytes(data)
    session = opened(read_article(path), path)
    assert session.locked_line == line
    assert session.locked.startswith(f"Line {line} ")


PIECES = st.one_of(
    st.binary(max_size=6),
    st.text(max_size=4).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([b"\r", b"\n", b"\r\n", codecs.BOM_UTF8, b"\xe2\x80\xa9", b"---\n", b"caf\xe9 ", b"\xef\xb7\x90"]),
)
BEGINNINGS = st.sampled_from([b"", b"text\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.tuples(BEGINNINGS, st.lists(PIECES, max_size=8).map(b"".join)).map(b"".join))
def test_whatever_bytes_a_file_holds_it_is_refused_locked_or_saved_as_it_was(data: bytes) -> None:
    try:
        source = decode(data, Path("article.md"))
    except FileUnreadable:
        return
    session = opened(source)
    session.read_whole()
    if session.locked:
        assert f"Line {session.locked_line} " in session.locked
    else:
        shown = session.buffer.document.toRawText().split("\u2029")
        assert shown == session.article.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert encode(session.article.text, source.encoding, source.bom) == data


def test_a_file_whose_bytes_the_buffer_does_not_give_back_is_locked_whatever_the_reason() -> None:
    decoded = decode_as(b"text\n", "utf-8")
    session = opened(FileText(Path("a.md"), decoded.text, "utf-8", b"", data=b"other bytes"))
    session.read_whole()
    assert session.locked
    assert session.locked_line == 1


def type_letter(session: ArticleSession) -> None:
    session.buffer.document.documentLayout()  # which a document tells of changes, and others with it
    QTextCursor(session.buffer.document).insertText("a")


@pytest.mark.parametrize(
    "act",
    [
        ArticleSession.read_whole,
        lambda session: session.buffer.edit([TextEdit(0, 0, "a")], "typing"),
        type_letter,
    ],
    ids=["once it is seen", "edited before", "typed into before"],
)
def test_a_file_of_which_something_got_lost_on_the_way_is_locked(
    act: Callable[[ArticleSession], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Article, "begun", lambda text: Article.from_text(text[:-1]))
    session = opened(decode(b"text\n", Path("a.md")))
    act(session)
    assert session.locked.startswith("This file would be saved otherwise")


@pytest.mark.parametrize("lost", ["\u2029", "\ufdd0", "\ud800"])
@pytest.mark.parametrize("act", [ArticleSession.read_whole, type_letter])
def test_so_is_one_of_which_the_document_shows_something_else_than_was_foreseen(
    lost: str, act: Callable[[ArticleSession], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_buffer, "_PERHAPS_NOT_HELD", re.compile("(?!)"))
    text = f"text\n\nmore{lost}\n"
    data = text.encode("utf-8", "surrogatepass")
    session = opened(FileText(Path("a.md"), text, "utf-8", b"", data))
    act(session)
    assert session.locked


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "cp932", "utf-16-le"])
def test_an_edited_article_is_saved_in_the_encoding_it_came_in(tmp_path: Path, encoding: str) -> None:
    language = {"cp1251": "russian", "cp932": "japanese"}.get(encoding, "french")
    prose = Path(__file__).parents[1] / "storage" / "prose" / f"{language}.txt"
    data = prose.read_text(encoding="utf-8").encode(encoding, "ignore")
    path = tmp_path / "article.md"
    path.write_bytes(data)
    session = opened(read_article(path), path)
    session.buffer.edit(
        [TextEdit(3, 3, "é" if language == "french" else "。" if language == "japanese" else "й")], "typing"
    )
    session.save()
    session.finish()
    assert path.read_bytes() == session.article.text.encode(encoding) != data
    session.buffer.undo()
    session.save()
    session.finish()
    assert path.read_bytes() == data


def corpus_files() -> list[Path]:
    folders = (SHARED / "articles", SHARED / "corpus" / "articles", SHARED / "corpus" / "citations")
    return sorted(
        path
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix not in {".json", ".py"}
    )


def test_every_file_of_the_corpus_opens_for_editing_and_is_saved_as_it_was(tmp_path: Path) -> None:
    files = corpus_files()
    if not files:
        pytest.skip("the corpus is not beside this checkout")
    copy = tmp_path / "copy.md"
    for file in files:
        session = opened(read_article(file), file)
        assert not session.locked, file
        session.save(copy)
        session.close()
        assert copy.read_bytes() == file.read_bytes(), file
