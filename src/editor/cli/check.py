"""`stet check`: what is wrong with articles, for a person, for scripts and for what shows findings beside code."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from editor import __version__
from editor.cli.complaint import Verdict, complain, printable
from editor.cli.places import Places
from editor.core.article import Article
from editor.core.audit import audit
from editor.core.problems import Problem, Severity
from editor.storage.article_file import read_article
from editor.storage.file_bytes import FileTrouble
from editor.storage.folder_settings import load_folder_settings
from editor.storage.linked_files import is_there

_FORMATS = ("text", "json", "sarif", "github")
_RANKS = {Severity.HINT: 0, Severity.WARNING: 1, Severity.ERROR: 2}
# SARIF 2.1.0, section 3.27.10, and the commands of a GitHub workflow.
_SARIF_LEVELS = {"error": "error", "warning": "warning", "hint": "note"}
_GITHUB_COMMANDS = {"error": "error", "warning": "warning", "hint": "notice"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE... [--format text|json|sarif|github] [--fail-on error|warning|hint]`."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="an article")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="how to answer (default: text)")
    parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
    parser.add_argument(
        "--fail-on",
        choices=[str(severity) for severity in Severity],
        default=str(Severity.WARNING),
        help="the least that makes the exit code 1 (default: warning)",
    )


def run(arguments: argparse.Namespace) -> Verdict:
    """The problems of all files. 1 where one of them is as bad as asked, 2 where a file cannot be read."""
    found: list[_Found] = []
    unread = False
    for path in arguments.files:
        try:
            found += _check(path)
        except FileTrouble as trouble:
            complain(trouble.reason, trouble.path, trouble.line)
            unread = True
    least = _RANKS[Severity(arguments.fail_on)]
    failed = any(_RANKS[each.problem.severity] >= least for each in found)
    answer = {"text": _as_text, "json": _as_json, "sarif": _as_sarif, "github": _as_github}[arguments.format]
    return Verdict(answer(found), 2 if unread else int(failed))


@dataclass(frozen=True, slots=True)
class _Found:
    """A problem of a file, with its place as `Places` gives it."""

    path: Path
    problem: Problem
    places: Places

    def as_json(self) -> dict[str, object]:
        said = self.places.problem(self.problem)
        return {"code": said.pop("code"), "severity": said.pop("severity"), "message": said.pop("message")} | {
            "file": str(self.path),
            **said,
        }


def _check(path: Path) -> Iterator[_Found]:
    file = read_article(path)
    places = Places(file.text)
    if file.locked:
        yield _Found(path, Problem("file-locked", Severity.ERROR, file.locked, 0, 0, file.locked_line), places)
    folder = path.resolve().parent
    settings = load_folder_settings(folder)
    for problem in settings.problems:
        complain(problem.message, folder)
    today = datetime.now().astimezone().date()
    article = Article.from_text(file.text)
    off = settings.check.off_in(path.name)
    for finding in audit(article, today, exists=partial(is_there, folder), off=off):
        yield _Found(path, finding.problem, places)


def _as_text(found: Iterable[_Found]) -> str:
    lines = []
    for each in found:
        line, column = each.places.of(each.problem.start)
        problem = each.problem
        lines.append(printable(f"{each.path}:{line}:{column}: {problem.severity}: {problem.message} [{problem.code}]"))
    return "".join(f"{line}\n" for line in lines)


def _as_json(found: Iterable[_Found]) -> str:
    return json.dumps({"problems": [each.as_json() for each in found]}, ensure_ascii=False, indent=2) + "\n"


def _as_sarif(found: Sequence[_Found]) -> str:
    results = [
        {
            "ruleId": said["code"],
            "level": _SARIF_LEVELS[str(said["severity"])],
            "message": {"text": said["message"]},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": Path(str(said["file"])).as_posix()},
                        "region": {
                            "startLine": said["line"],
                            "startColumn": said["column"],
                            "endLine": said["end_line"],
                            "endColumn": said["end_column"],
                        },
                    }
                }
            ],
        }
        for said in (each.as_json() for each in found)
    ]
    rules = [{"id": code} for code in sorted({each.problem.code for each in found})]
    driver = {"name": "Stet", "semanticVersion": __version__, "rules": rules}
    log = {
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _as_github(found: Iterable[_Found]) -> str:
    return "".join(_github_command(each.as_json()) for each in found)


def _github_command(said: dict[str, object]) -> str:
    properties = {
        "file": said["file"],
        "line": said["line"],
        "endLine": said["end_line"],
        "col": said["column"],
        "endColumn": said["end_column"],
        "title": said["code"],
    }
    written = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in properties.items())
    return f"::{_GITHUB_COMMANDS[str(said['severity'])]} {written}::{_escaped(str(said['message']))}\n"


def _escaped(value: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        value = value.replace(character, f"%{ord(character):02X}")
    return value
