"""The command line as a whole: words, exit codes, complaints."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from editor import __version__
from editor.cli.main import main, replace_closed_streams

ARTICLE = """\
---
title: Sleep
---

| S.No | Paper Title (Author, Year) | Citations |
|---|---|---|
| 1 | First (A, 2001) | - |
"""

EVERY_COMMAND = """
import sys
from pathlib import Path
from editor.cli.main import main
file = sys.argv[1]
for words in (
    ["show", file],
    ["show", file, "--json"],
    ["set", file, "title=New", "lang=en"],
    ["rename", file, "lang", "language"],
    ["unset", file, "language"],
    ["row", file, "set", "1", "Citations=5"],
    ["row", file, "add", "Citations=6"],
    ["row", file, "move", "2", "1"],
    ["row", file, "remove", "1"],
    ["row", file, "import", str(Path(file).with_suffix(".bib"))],
    ["refs", file],
    ["history", file],
    ["history", file, "--restore", "1"],
    ["export", file],
):
    assert main(words) == 0, words
heavy = ("PySide6", "shiboken6", "editor.app", "editor.ui", "editor.session")
print(*(name for name in sys.modules if name.startswith(heavy)), file=sys.stderr)
"""


def stet(*words: str, **options: str) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "import sys; from editor.cli.main import main; sys.exit(main())", *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **options},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE)
    return path


def test_no_command_but_the_window_imports_qt(article: Path) -> None:
    article.with_suffix(".bib").write_text("@misc{b, title={Second}, author={B}, year=2002}")
    answer = subprocess.run(
        [sys.executable, "-c", EVERY_COMMAND, str(article)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stderr.split() == []


def test_showing_an_article_waits_for_nothing_that_it_does_not_need(article: Path) -> None:
    program = "import sys; from editor.cli.main import main; main(['show', sys.argv[1]]); print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", program, str(article)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    unneeded = {"markdown", "nh3", "pymdownx", "pygments", "email", "http", "bibtexparser", "rispy", "pylatexenc"}
    assert not {*unneeded, "editor.core.references.recognise"} & set(answer.stdout.split())


def test_the_process_ends_with_the_exit_code_and_one_line(article: Path) -> None:
    for words, code in (
        (["show", str(article)], 0),
        (["row", str(article), "remove", "9"], 1),
        (["show", str(article.parent / "gone.md")], 2),
    ):
        answer = stet(*words)
        assert answer.returncode == code
        assert answer.stderr.count("\n") == (1 if code else 0)


def test_the_answer_is_utf_8_in_every_locale(article: Path) -> None:
    article.write_text("# “Café” 😀\n", encoding="utf-8")
    for locale in ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}):
        assert "“Café” 😀" in stet("show", str(article), "--json", **locale).stdout


def test_a_reader_that_stops_reading_is_no_error(article: Path) -> None:
    article.write_text("# heading\n\n" * 50_000)
    program = "import sys; from editor.cli.main import main; sys.exit(main())"
    shown = subprocess.Popen(
        [sys.executable, "-c", program, "show", str(article)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert shown.stdout
    assert shown.stderr
    shown.stdout.readline()
    shown.stdout.close()
    assert (shown.stderr.read(), shown.wait(timeout=60)) == (b"", 0)
    shown.stderr.close()


def test_version_and_help_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"stet {__version__}\n"
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n  {command} " in shown for command in ("show", "set", "unset", "rename", "row", "refs", "export"))
    assert main(["export", "--help"]) == 0
    assert "\nWrite articles as web pages, PDF, Word documents or text.\n" in capsys.readouterr().out


def test_nothing_is_missed_where_standard_output_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("A")
    monkeypatch.setattr(sys, "stdout", None)
    replace_closed_streams()
    assert main(["show", str(tmp_path / "a.md")]) == 0
    sys.stdout.close()


@pytest.mark.parametrize(
    "words", [["show"], ["set"], ["row"], ["row", "a.md", "set"], ["refs"], ["export"], ["rename"]]
)
def test_every_command_explains_itself(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: stet " + words[0])


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--no-such-option"], "unrecognized arguments: --no-such-option"),
        (["show"], "the following arguments are required: FILE"),
        (["set", "a.md"], "the following arguments are required: KEY=VALUE"),
        (["set", "a.md", "title"], "argument KEY=VALUE: “title” is not of the form NAME=VALUE"),
        (["set", "a.md", "=x"], "argument KEY=VALUE: “=x” is not of the form NAME=VALUE"),
        (["row", "a.md", "set", "first", "A=1"], "argument ROW: invalid int value: 'first'"),
        (["row", "a.md", "turn"], "argument VERB: invalid choice: 'turn'"),
        (["export"], "the following arguments are required: FILE"),
    ],
)
def test_wrong_usage_is_told_in_one_line(words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"stet: {complaint}")
    assert told.endswith("--help”)\n")
    assert told.count("\n") == 1


@pytest.mark.parametrize("command", [["set"], ["row", "add"], ["row", "set", "1"]], ids=" ".join)
def test_a_name_given_twice_is_wrong_usage(
    command: list[str], article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command[0], str(article), *command[1:], "Citations=1", "Citations=2"]) == 2
    assert capsys.readouterr().err == "stet: “Citations” is given twice\n"
    assert article.read_text() == ARTICLE


@pytest.mark.parametrize("command", [["show"], ["set", "title=x"], ["row", "remove", "1"], ["export"]])
@pytest.mark.parametrize("name", ["gone.md", "folder", "binary.md", "large.md"])
def test_a_file_that_cannot_be_read_is_told_in_one_line_and_left_alone(
    command: list[str], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.md").write_bytes(b"one\ntwo\0")
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir())
    assert main([command[0], str(tmp_path / name), *command[1:]]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"stet: {tmp_path / name}:" + ("2: " if name == "binary.md" else " "))
    assert told.count("\n") == 1
    assert sorted((path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir()) == before


def test_a_failed_save_is_told_in_one_line(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article.parent.chmod(0o555)
    if os.access(article.parent, os.W_OK):
        article.parent.chmod(0o755)
        pytest.skip("this user may write everywhere")
    assert main(["set", str(article), "title=New"]) == 2
    article.parent.chmod(0o755)
    told = capsys.readouterr().err
    assert (
        told
        == f"stet: {article}: could not be saved: you have no permission to write it or its folder; save it elsewhere\n"
    )
    assert article.read_text() == ARTICLE


def test_a_command_line_that_is_full_of_control_characters_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["show", "no\nsuch\x1bfile"]) == 2
    assert capsys.readouterr().err == "stet: no\\nsuch\\x1bfile: does not exist; check its name and folder\n"
