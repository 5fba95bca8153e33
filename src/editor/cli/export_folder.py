"""`stet export FOLDER... -o PATH`: the articles of folders as a site.

With `--progress` each line on standard output is a JSON object:

    {"total": 500}                                                            once, at the beginning
    {"done": 1, "article": "a/b.md", "page": "out/b.html", "state": "made", "notes": ["..."]}      for each article
    {"summary": {"made": 499, "skipped": 0, "failed": 1, ...}}                once, at the end

`state` is "made", "skipped" (unchanged since it was exported) or "failed"; articles come in any order. The summary has
what `FolderReport` has. It is missing where the export was stopped (exit code 130) or could not begin (2, with a
sentence on standard error).
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from editor.cli.complaint import Verdict, WrongUsage, complain
from editor.publishing.choices import ExportChoices
from editor.publishing.folder_export import FolderReport, export_folder
from editor.publishing.folder_page import PageOutcome
from editor.publishing.folder_plan import FolderOrder, FolderPlan, plan_export
from editor.publishing.site_address import NoSiteAddress


def run_folder(arguments: argparse.Namespace, choices: ExportChoices) -> Verdict:
    """Export all that can be. 2 where anything could not."""
    plan = _plan(arguments, choices)
    telling = _Telling(plan, as_lines=arguments.progress, keep=arguments.json)
    try:
        with _stopped_like_ctrl_c():
            report = export_folder(plan, telling.hear, jobs=arguments.jobs, prune=arguments.prune)
    except KeyboardInterrupt:
        telling.tell_of_stop()
        raise
    return Verdict(telling.answer(report), 0 if report.is_whole else 2)


def _plan(arguments: argparse.Namespace, choices: ExportChoices) -> FolderPlan:
    if not arguments.output:
        folder = next(source for source in arguments.files if source.is_dir())
        raise WrongUsage(f"{folder}: is a folder; name another, that takes its pages, with -o")
    if arguments.jobs < 0:
        raise WrongUsage("--jobs must be 1 or more")
    if Path(arguments.output).exists() and not Path(arguments.output).is_dir():
        raise WrongUsage(f"{arguments.output} is a file; name a folder with -o")
    order = FolderOrder(
        sources=arguments.files,
        output=Path(arguments.output),
        choices=choices,
        format=arguments.format,
        base_url=arguments.base_url,
        drafts=arguments.drafts,
        force=arguments.force,
    )
    try:
        return plan_export(order)
    except NoSiteAddress as refusal:
        raise WrongUsage(str(refusal)) from refusal


@dataclass(slots=True)
class _Telling:
    """Tells a person or a program what becomes of each page, and keeps no more of it than the answer needs."""

    plan: FolderPlan
    as_lines: bool
    keep: bool
    _done: int = 0
    _kept: list[dict[str, Any]] = field(default_factory=list)
    _failures: Counter[str] = field(default_factory=Counter)
    """How many articles failed for the same reason, which is told of the first."""

    def __post_init__(self) -> None:
        if self.as_lines:
            _print_line({"total": self._total})

    def hear(self, outcome: PageOutcome) -> None:
        """A page is made, skipped or failed."""
        self._done += 1
        said = {"article": outcome.article, "page": outcome.page, "state": outcome.state, "notes": outcome.notes}
        if self.as_lines:
            _print_line({"done": self._done, **said})
            return
        if self.keep:
            self._kept.append({**outcome.report, **said})
        else:
            self._clear()
            if outcome.state == "failed":
                # One style sheet that cannot be used keeps every article from its page.
                self._failures.update(outcome.notes)
            for note in outcome.notes:
                if self._failures[note] <= 1:
                    complain(note, Path(outcome.article))
        if sys.stderr.isatty():
            print(f"\r{self._done} of {self._total}", end="", file=sys.stderr, flush=True)

    def answer(self, report: FolderReport) -> str:
        """What is said at the end."""
        self._clear()
        if self.as_lines:
            return json.dumps({"summary": report.as_json()}) + "\n"
        if self.keep:
            kept = sorted(self._kept, key=lambda each: str(each["article"]))
            return json.dumps({"exported": kept, **report.as_json()}, ensure_ascii=False, indent=2) + "\n"
        for reason, times in self._failures.items():
            if times > 1:
                complain(f"so failed {times} articles: {reason}")
        for sentence in _sentences(report):
            complain(sentence)
        counted = f"{report.made} exported, {report.skipped} unchanged, {report.failed} failed"
        return f"{self.plan.output}: {counted}\n"

    def tell_of_stop(self) -> None:
        """It was stopped before its end."""
        self._clear()
        complain(f"stopped; {self._done} of {self._total} articles are done, and the next export goes on from there")

    @property
    def _total(self) -> int:
        return len(self.plan.pages) + len(self.plan.clashes)

    def _clear(self) -> None:
        """Take the progress away from the terminal's line."""
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _sentences(report: FolderReport) -> Iterator[str]:
    yield from report.notes
    yield from report.troubles
    if report.drafts:
        yield f"Drafts, left out (--drafts takes them in): {', '.join(report.drafts)}."
    if report.removed:
        yield f"Removed, left over from earlier exports: {', '.join(report.removed)}."
    if left := [page for page in report.gone if page not in report.removed]:
        yield f"Left over from earlier exports (--prune removes what nobody changed): {', '.join(left)}."


def _print_line(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


@contextmanager
def _stopped_like_ctrl_c() -> Iterator[None]:
    """SIGTERM, meanwhile, ends the work as Ctrl+C does: in order."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except BrokenPipeError:
        # Who asked for progress has gone. Python would complain when it flushes once more at its end.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise KeyboardInterrupt from None
    finally:
        signal.signal(signal.SIGTERM, before)
