"""What a writer sees of the program and of its peers, measured from outside in one run: keys go in, pixels come out.

Each program has the whole of the same screen, the same articles, a home of its own and what it does by itself, but for
the preview, which each shows beside the text.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from articles import LARGE, SIZES, article_of, real_article
from changes import NothingChanged
from figures import Figures
from opening_seen import opening
from programs import OURS, PEERS, Program, processor_seconds, running
from screen import Screen, missing, own_screen
from typing_seen import typing

REAL = "real article"


def outside() -> Iterator[tuple[str, Figures]]:
    """Tables with their titles: typing and opening by program and article, what it is beside each peer, and the cost.

    There are none where the machine cannot be measured on.
    """
    if lacking := missing():
        print(f"Nothing is measured from outside: {', '.join(lacking)} is not installed.")
        return
    programs = [each for each in (OURS, *PEERS) if each.is_installed]
    for peer in PEERS:
        if peer not in programs:
            print(f"{peer.name} is not installed, so nothing is measured beside it.")
    with own_screen() as (screen, server):
        begin = time.perf_counter(), time.process_time(), processor_seconds(server)
        typed = _by_article({f"{size:,}": article_of(size) for size in SIZES}, programs, screen, _typing)
        yield "typing, seen from outside", typed
        yield "typing, Stet beside its peers", beside(typed)
        articles = {REAL: real_article().read_text("utf-8"), f"{LARGE:,}": article_of(LARGE)}
        opened = _by_article(articles, programs, screen, opening)
        yield "opening, seen from outside", opened
        yield "opening, Stet beside its peers", beside(opened)
        taken = time.perf_counter() - begin[0]
        shares = {
            "this": (time.process_time() - begin[1]) / taken,
            "the server": (processor_seconds(server) - begin[2]) / taken,
        }
        yield "what measuring took", {name: {"% of a CPU": share * 100} for name, share in shares.items()}


def _typing(screen: Screen, program: Program, article: str) -> dict[str, float]:
    with running(program, article, screen.display) as run:
        return typing(screen, program, run)


def _by_article(
    articles: dict[str, str],
    programs: list[Program],
    screen: Screen,
    measure: Callable[[Screen, Program, str], dict[str, float]],
) -> Figures:
    figures = {}
    for name, article in articles.items():
        for program in programs:
            try:
                figures[row_of(program.name, name)] = measure(screen, program, article)
            except NothingChanged as failure:
                print(f"{program.name} could not be measured on {name}: {failure}")
    return figures


def row_of(program: str, article: str) -> str:
    """A table's row."""
    return f"{article}, {program}"


def beside(figures: Figures) -> Figures:
    """Our figures in shares of each peer's: below 1 is less."""
    ratios = {}
    for row, theirs in figures.items():
        article, _, program = row.rpartition(", ")
        ours = figures.get(row_of(OURS.name, article))
        if ours and program != OURS.name:
            ratios[f"{article}, / {program}"] = {
                name: ours[name] / figure for name, figure in theirs.items() if name in ours and figure
            }
    return ratios
