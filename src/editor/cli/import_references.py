"""`stet row FILE import`: rows for the references of other files."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from editor.cli.complaint import complain, printable
from editor.cli.editing import choose_table, edit_file
from editor.core.article import Article
from editor.core.problems import Problem
from editor.core.text_edit import TextEdit
from editor.storage.article_file import decode, read_article
from editor.storage.file_bytes import LARGEST, FileUnreadable

if TYPE_CHECKING:
    from editor.core.references.plan import PlannedRow
    from editor.core.references.reference import Reference

_STANDARD_INPUT = Path("-")


class _Found(NamedTuple):
    file: Path
    reference: Reference


class _Unread(NamedTuple):
    file: Path
    problem: Problem


@dataclass(slots=True)
class _Outcome:
    """What became of each reference; rows are given by their positions from 1."""

    added: list[tuple[int, Path, PlannedRow]] = field(default_factory=list)
    skipped: list[tuple[Path, PlannedRow]] = field(default_factory=list)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`REFS... [--all] [--json]`."""
    parser.add_argument(
        "references",
        metavar="REFS",
        nargs="+",
        type=Path,
        help="BibTeX, RIS, PubMed's format, CSL-JSON or references in APA's form; - for standard input",
    )
    parser.add_argument("--all", action="store_true", help="also those that are in the table already")
    parser.add_argument("--json", action="store_true", help="answer as JSON, for programs")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> str:
    """Add a row for each reference, all at once, and tell what became of it; what is there already is skipped.

    What cannot be read is told on standard error and keeps nothing from being added beside it. Raises FileUnreadable
    for a file without a reference.
    """
    # What reads references is compiled anew at each start, which no other command has to wait for.
    from editor.core.references.plan import Plan, add_references  # noqa: PLC0415
    from editor.core.references.recognise import read_references  # noqa: PLC0415

    found: list[_Found] = []
    unread: list[_Unread] = []
    for path in arguments.references:
        read = read_references(_read(path))
        if not read.references:
            message, line = (
                (read.problems[0].message, read.problems[0].line) if read.problems else ("holds no reference", 0)
            )
            raise FileUnreadable(message, path, line)
        found += (_Found(path, reference) for reference in read.references)
        unread += (_Unread(path, problem) for problem in read.problems)
    for path, problem in unread:
        complain(problem.message, path, problem.line)
    outcome = _Outcome()

    def add(article: Article) -> tuple[TextEdit, ...]:
        named = arguments.table is not None
        table = choose_table(article, arguments.table) if named else article.citations_table
        plan, position = Plan(table), len(table.rows) if table else 0
        for file, reference in found:
            planned = plan.take(reference)
            if planned.duplicate and not arguments.all:
                outcome.skipped.append((file, planned))
            else:
                position += 1
                outcome.added.append((position, file, planned))
        return add_references(article, table, [planned.reference for _, _, planned in outcome.added])

    edit_file(arguments.file, [add])
    return _as_json(outcome, unread) if arguments.json else _as_text(outcome)


def _read(path: Path) -> str:
    if path == _STANDARD_INPUT:
        data = sys.stdin.buffer.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise FileUnreadable("is too large", path)
        return decode(data, path).text
    return read_article(path).text


def _as_text(outcome: _Outcome) -> str:
    added = (f"Row {position}: {planned.paper}" for position, _, planned in outcome.added)
    skipped = (
        f"Skipped: {planned.paper}. {planned.duplicate.message}" for _, planned in outcome.skipped if planned.duplicate
    )
    return "".join(f"{printable(line)}\n" for line in (*added, *skipped))


def _as_json(outcome: _Outcome, unread: list[_Unread]) -> str:
    """Positions and lines count from 1."""
    answer = {
        "added": [
            {"position": position, "paper": planned.paper, "file": str(file), "line": planned.reference.line}
            for position, file, planned in outcome.added
        ],
        "skipped": [
            {
                "paper": planned.paper,
                "reason": planned.duplicate.message,
                "file": str(file),
                "line": planned.reference.line,
            }
            for file, planned in outcome.skipped
            if planned.duplicate
        ],
        "unread": [{"message": problem.message, "file": str(file), "line": problem.line} for file, problem in unread],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
