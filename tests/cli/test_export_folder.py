"""`stet export FOLDER`: what it says, and what is left where it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from editor.cli.main import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    for name in ("a", "b"):
        (path / f"{name}.md").write_text(
            f"# {name}\n\n(Nobody, 1999)\n\n| No | Paper Title (Author, Year) |\n|--|--|\n"
        )
    return path


def test_a_person_is_told_how_many_and_what_pages_lack(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "draft.md").write_text("---\ndraft: true\n---\n")
    assert main(["export", str(folder), "-o", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert told.out == f"{tmp_path / 'out'}: 2 exported, 0 unchanged, 0 failed\n"
    assert told.err.splitlines() == [
        f"stet: {folder / 'a.md'}: Citation not in the table, left as plain text: Nobody, 1999.",
        f"stet: {folder / 'b.md'}: Citation not in the table, left as plain text: Nobody, 1999.",
        f"stet: Drafts, left out (--drafts takes them in): {folder / 'draft.md'}.",
    ]


def test_a_program_is_told_of_each_page_as_it_comes(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "c.md").write_bytes(b"\0")
    assert main(["export", str(folder), "-o", str(tmp_path / "out"), "--progress", "--jobs", "1"]) == 2
    told = capsys.readouterr()
    total, *pages, last = map(json.loads, told.out.splitlines())
    assert total == {"total": 3}
    assert [each["done"] for each in pages] == [1, 2, 3]
    assert pages[0] == {
        "done": 1,
        "article": str(folder / "a.md"),
        "page": str(tmp_path / "out" / "a.html"),
        "state": "made",
        "notes": ["Citation not in the table, left as plain text: Nobody, 1999."],
    }
    assert pages[2]["state"] == "failed"
    assert last["summary"]["made"] == 2
    assert last["summary"]["failed"] == 1
    assert told.err == ""


def test_a_whole_report_for_programs(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(folder), "-o", str(tmp_path / "out"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [each["article"] for each in report["exported"]] == [str(folder / "a.md"), str(folder / "b.md")]
    assert report["exported"][0]["unlinked"][0]["text"] == "Nobody, 1999"
    assert report["site"] == [str(tmp_path / "out" / "index.html")]


def test_what_fails_for_one_reason_is_told_once(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "stet.toml").write_text('[export]\ncss = "gone.css"\n')
    assert main(["export", str(folder), "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr()
    assert told.out == f"{tmp_path / 'out'}: 0 exported, 0 unchanged, 2 failed\n"
    assert told.err.splitlines() == [
        f"stet: {folder / 'a.md'}: The style sheet “gone.css” was not found.",
        "stet: so failed 2 articles: The style sheet “gone.css” was not found.",
        "stet: index.html: The style sheet “gone.css” was not found.",
    ]


def test_files_and_folders_can_be_named_together(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "c.md").write_text("C\n")
    assert main(["export", str(tmp_path / "c.md"), str(folder), "-o", str(tmp_path / "out")]) == 0
    assert {path.name for path in (tmp_path / "out").glob("*.html")} == {"a.html", "b.html", "c.html", "index.html"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "{}/a.md"], "is a file; name a folder with -o"),
        (["-o", "{}/out", "--jobs", "-1"], "--jobs must be 1 or more"),
        (["-o", "{}/out", "--base-url", "a.test"], "“a.test” is no base URL"),
        (["-o", "{}/a.md/out"], "could not be made"),
    ],
)
def test_what_cannot_begin_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    before = sorted(folder.iterdir())
    assert main(["export", str(folder), *(word.format(folder) for word in words)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert sorted(folder.iterdir()) == before


def test_a_wrong_address_in_a_file_is_told_with_the_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "stet.toml").write_text('[export]\nbase_url = "a.test"\n')
    assert main(["export", str(folder), "-o", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith(f"stet: {folder / 'stet.toml'}: “a.test” is no base URL; ")


def test_what_earlier_exports_left_is_told_as_such(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["export", str(folder), "-o", str(out), "--base-url", "https://a.test/"]) == 0
    (folder / "b.md").unlink()
    assert main(["export", str(folder), "-o", str(out)]) == 0
    left = ", ".join(str(out / name) for name in ("b.html", "feed.xml", "sitemap.xml"))
    told = capsys.readouterr().err
    assert f"stet: Left over from earlier exports (--prune removes what nobody changed): {left}.\n" in told


def test_the_format_is_the_folders_own_unless_another_is_asked_for(folder: Path, tmp_path: Path) -> None:
    (folder / "stet.toml").write_text('[export]\nformat = "txt"\n')
    assert main(["export", str(folder), "-o", str(tmp_path / "out")]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {".stet-export.jsonl", "a.txt", "b.txt"}
    assert main(["export", str(folder), "-o", str(tmp_path / "pages"), "--format", "html"]) == 0
    assert (tmp_path / "pages" / "a.html").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_stopped_at_any_moment_it_leaves_whole_pages_and_goes_on_from_there(tmp_path: Path, number: int) -> None:
    folder, out, whole = tmp_path / "articles", tmp_path / "out", tmp_path / "whole"
    folder.mkdir()
    for name in range(30):
        (folder / f"{name:0200}.md").write_text(f"# Article {name}\n\n[next]({name + 1:0200}.md)\n")
    command = [sys.executable, "-m", "editor", "export", str(folder), "--progress", "--jobs", "2", "-o", str(out)]
    # Progress that nobody reads fits into the pipe for a few pages only, and then the export waits.
    pipe = {"stdout": subprocess.PIPE, "pipesize": 4096, "bufsize": 0}
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, **pipe) as process:
        assert process.stdout
        for _ in range(6):
            process.stdout.readline()
        os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
        try:
            # What is read to its end has been let go by every process of it.
            process.communicate(timeout=60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 130)
    there = {path.name: path.read_bytes() for path in out.glob("*.html")}
    assert 3 < len(there) < 30
    assert all(page.endswith(b"</html>\n") for page in there.values())
    assert number == signal.SIGKILL or not list(out.glob(".stet-new-*"))
    for target in (out, whole):
        assert main(["export", str(folder), "-o", str(target), "--jobs", "1"]) == 0
    pages = {path.name: path.read_bytes() for path in whole.glob("*.html")}
    assert {path.name: path.read_bytes() for path in out.glob("*.html")} == pages
    assert pages.items() >= there.items()
    assert (out / ".stet-export.jsonl").read_bytes() == (whole / ".stet-export.jsonl").read_bytes()
