"""What a writer may want to mend before an article is published, each with the line to go to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from editor.rendering.export_report import REASONS

if TYPE_CHECKING:
    from editor.rendering.export_report import ExportReport

_LED_BY_LINE = re.compile(r"Line (\d+): (.+)", re.DOTALL)
_NAMED = re.compile(r"“([^”]+)”|\bimage (\S+)")


class ExportProblem(NamedTuple):
    """A sentence for the writer; `line` counts from 1 in the article, 0 where no line of it is to blame."""

    line: int
    message: str


def problems_of(report: ExportReport, text: str, of_settings: Iterable[str] = ()) -> list[ExportProblem]:
    """All that an export has to say of an article's exact text, in the order of its lines, what has none first.

    `of_settings` are sentences about the folder's `stet.toml`.
    """
    found = [*(ExportProblem(0, sentence) for sentence in of_settings), *_of_report(report, text)]
    return sorted(dict.fromkeys(found), key=lambda problem: problem.line)


def _of_report(report: ExportReport, text: str) -> Iterator[ExportProblem]:
    for note in report.notes:
        led = _LED_BY_LINE.fullmatch(note)
        if led:
            yield ExportProblem(int(led[1]), led[2])
        else:
            named = _NAMED.search(note)
            yield ExportProblem(_line_of((named[1] or named[2]) if named else "", text), note)
    for mention in report.unlinked:
        yield ExportProblem(mention.line, f"{mention.text}: {REASONS[mention.why]}, so it stays plain text.")
    for address in report.remote_images:
        yield ExportProblem(_line_of(address, text), f"The image on the web becomes a link: {address}")
    for place in report.broken_links:
        yield ExportProblem(_line_of(f"#{place}", text), f"The link #{place} leads to no place on the page.")


def _line_of(words: str, text: str) -> int:
    """The first line, from 1, that has these words; 0 where they stand nowhere as they are."""
    at = text.find(words) if words else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else 0
