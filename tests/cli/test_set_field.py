"""`stet set`, `stet unset`, `stet rename`: front matter from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.cli.main import main
from editor.core.front_matter import parse_front_matter

ARTICLE = b"""\
---\r
# the title of the page\r
title: "Sleep: a study"   # quoted\r
date: 2024-05-13\r
---\r
Text\twith trailing blanks  \r
no final newline"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_bytes(ARTICLE)
    return path


def test_setting_a_field_changes_its_value_and_nothing_else(article: Path) -> None:
    assert main(["set", str(article), "title=Light: a = b"]) == 0
    assert article.read_bytes() == ARTICLE.replace(b'"Sleep: a study"', b'"Light: a = b"')


def test_several_fields_are_set_at_once(article: Path) -> None:
    assert main(["set", str(article), "date=2025-01-02", "title=New"]) == 0
    assert article.read_bytes() == ARTICLE.replace(b"2024-05-13", b"2025-01-02").replace(b"Sleep: a study", b"New")


def test_a_field_that_is_not_there_is_added_in_the_files_own_line_ending(article: Path) -> None:
    assert main(["set", str(article), "lang=en", "author=A. Writer"]) == 0
    assert article.read_bytes() == ARTICLE.replace(
        b"2024-05-13\r\n", b"2024-05-13\r\nlang: en\r\nauthor: A. Writer\r\n"
    )


def test_an_article_without_front_matter_gets_one_for_all_fields_of_the_call(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"Text")
    assert main(["set", str(tmp_path / "a.md"), "title=T", "lang=en"]) == 0
    added, _, text = (tmp_path / "a.md").read_bytes().partition(b"Text")
    assert added.split() == [b"---", b"title:", b"T", b"lang:", b"en", b"---"]
    assert text == b""


def test_a_field_removed_takes_its_line_with_it(article: Path) -> None:
    assert main(["unset", str(article), "date"]) == 0
    assert article.read_bytes() == ARTICLE.replace(b"date: 2024-05-13\r\n", b"")


def test_a_field_renamed_keeps_its_value_and_place(article: Path) -> None:
    assert main(["rename", str(article), "title", "headline"]) == 0
    assert article.read_bytes() == ARTICLE.replace(b"\r\ntitle:", b"\r\nheadline:")


def test_a_value_that_is_there_already_writes_nothing(article: Path) -> None:
    before = article.stat()
    assert main(["set", str(article), "title=Sleep: a study"]) == 0
    after = article.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_where_one_edit_is_refused_none_is_made(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unset", str(article), "date", "no such field"]) == 1
    assert article.read_bytes() == ARTICLE
    complaint = capsys.readouterr().err
    assert complaint.startswith(f"stet: {article}:1: ")
    assert "no such field" in complaint
    assert complaint.count("\n") == 1


def test_a_list_is_refused_and_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"---\ntags: [a, b]\n---\n")
    assert main(["set", str(path), "tags=c"]) == 1
    assert path.read_bytes() == b"---\ntags: [a, b]\n---\n"
    assert capsys.readouterr().err.startswith(f"stet: {path}:2: ")


@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_the_encoding_and_the_byte_order_mark_are_kept(tmp_path: Path, bom: bytes) -> None:
    encoding = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}[bom]
    path = tmp_path / "a.md"
    path.write_bytes(bom + "---\ntitle: café\n---\n".encode(encoding))
    assert main(["set", str(path), "title=naïve 😀"]) == 0
    assert path.read_bytes() == bom + "---\ntitle: naïve 😀\n---\n".encode(encoding)


LEGACY = [
    ("cp1252", "Über uns", "Café – “à la carte”"),
    ("cp1251", "Старое имя", "Новое"),
    ("cp932", "古い題名", "新しい題"),
]


@pytest.mark.parametrize(("encoding", "title", "new"), LEGACY)
def test_a_file_in_a_legacy_encoding_is_edited_and_stays_in_it(
    tmp_path: Path, encoding: str, title: str, new: str
) -> None:
    path = tmp_path / "a.md"
    data = f"---\r\ntitle: {title}\r\nlang: xx\r\n---\r\n{title}. {title}!\r\n".encode(encoding)
    path.write_bytes(data)
    assert main(["set", str(path), f"title={new}"]) == 0
    assert path.read_bytes() == data.replace(title.encode(encoding), new.encode(encoding), 1)


def test_a_value_that_the_files_encoding_cannot_hold_is_refused_and_the_file_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.md"
    data = "---\nlang: fr\ntitle: déjà vu\n---\nCafé\n".encode("cp1252")
    path.write_bytes(data)
    assert main(["set", str(path), "title=a → b"]) == 1
    assert path.read_bytes() == data
    sentence = "Line 3 holds the character “→” (U+2192), which Windows-1252 cannot hold."
    assert capsys.readouterr().err == f"stet: {path}:3: {sentence}\n"


def test_a_damaged_file_is_refused_naming_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.md"
    data = "---\ntitle: déjà vu\n---\n".encode() + b"caf\xe9\n"
    path.write_bytes(data)
    assert main(["set", str(path), "title=y"]) == 1
    assert path.read_bytes() == data
    assert capsys.readouterr().err.startswith(f"stet: {path}:4: Line 4 is not UTF-8")


def test_a_value_that_no_encoding_can_hold_is_refused(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["set", str(article), "title=a\udcffb"]) == 1
    assert article.read_bytes() == ARTICLE
    assert capsys.readouterr().err.count("\n") == 1


NESTED = b"---\ntags: [a, b]   # c\nauthor:\n  name: A\n  role: B\nauthor.name: C\n---\n"


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (["set", "tags.2=x"], b"[a, b]", b"[a, x]"),
        (["set", "tags.3=x"], b"[a, b]", b"[a, b, x]"),
        (["set", "author.role=x"], b"role: B", b"role: x"),
        (["set", "author.city=x"], b"role: B\n", b"role: B\n  city: x\n"),
        # A field of that very name is meant before a place inside another.
        (["set", "author.name=x"], b"name: C", b"name: x"),
        # Where no list or map is called so, the name is one with a dot in it.
        (["set", "og.title=x"], b"name: C\n", b"name: C\nog.title: x\n"),
        (["unset", "tags.1"], b"[a, b]", b"[b]"),
        (["unset", "author.role"], b"  role: B\n", b""),
        (["rename", "author.role", "job"], b"role: B", b"job: B"),
        (["move", "author.role", "1"], b"  name: A\n  role: B\n", b"  role: B\n  name: A\n"),
    ],
)
def test_a_place_inside_a_field_is_named_with_dots(tmp_path: Path, words: list[str], old: bytes, new: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(NESTED)
    command, *rest = words
    assert main([command, str(path), *rest]) == 0
    assert path.read_bytes() == NESTED.replace(old, new)


def test_a_field_is_moved_to_a_position_with_the_comment_above_it(article: Path) -> None:
    assert main(["move", str(article), "title", "2"]) == 0
    moved = b'date: 2024-05-13\r\n# the title of the page\r\ntitle: "Sleep: a study"   # quoted\r\n'
    assert article.read_bytes() == b"---\r\n" + moved + ARTICLE[ARTICLE.index(b"---\r\nText") :]


def test_a_position_that_is_none_is_refused(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["move", str(article), "title", "3"]) == 1
    assert "position 3 of 2" in capsys.readouterr().err
    assert article.read_bytes() == ARTICLE


@pytest.mark.parametrize("command", ["set", "unset", "rename", "move", "item"])
def test_help_says_how_a_place_is_named(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "author.name" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fence", "line"),
    [
        (b"---", b"x: plain text"),
        (b"---", b"x: 'quoted for nothing'   # why"),
        (b"---", b'x: "2024-05-13"'),
        (b"---", b"x: 2024-05-13 10:00:00 +0200"),
        (b"---", b"x: |\n  two\n  lines"),
        (b"---", b"x: no"),
        (b"+++", b"x = 2024-05-13T10:00:00+02:00"),
        (b"+++", b"x = 1_000 # many"),
        (b"+++", b"x = 'literal'"),
    ],
)
def test_a_value_set_back_by_another_command_leaves_no_trace(tmp_path: Path, fence: bytes, line: bytes) -> None:
    path = tmp_path / "a.md"
    original = fence + b"\nfirst" + (b": 1\n" if fence == b"---" else b" = 1\n") + line + b"\n" + fence + b"\n\nText.\n"
    path.write_bytes(original)
    field = parse_front_matter(original.decode()).field("x")
    assert field
    assert main(["set", str(path), "x=a: b #c"]) == 0
    assert path.read_bytes() != original
    assert main(["set", str(path), f"x={field.value}"]) == 0
    assert path.read_bytes() == original
