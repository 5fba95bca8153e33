"""Measure what a keystroke costs, as ratios within one run, and try what is promised of files many times over.

Prints tables and writes the figures to build/bench.json. What is measured of a key is the work done for it, without a
screen; what a writer sees is measured from outside, by pixels, once there is a screen to look at.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median

from editor.core.article import Article
from editor.core.text_edit import TextEdit
from editor.rendering.chunk_html import render_article, render_chunk
from safety import kills, outside_changes

PROJECT = Path(__file__).resolve().parent.parent
SAMPLE = PROJECT / "resources" / "articles" / "sample.md"
SIZES = (3_000, 100_000, 1_000_000)
KEYS = 200


def milliseconds(act: Callable[[], object], times: int = 1) -> float:
    """The median of some runs."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begin) * 1000)
    return median(taken)


def article_of(size: int) -> str:
    """The sample's body again and again, until it has so many code points."""
    text = SAMPLE.read_text("utf-8")
    body = text[text.index("# ") :]
    return text + ("\n" + body) * max(0, (size - len(text)) // len(body))


def read_facts(article: Article) -> tuple[object, ...]:
    """All that the window asks of an article after each key."""
    return article.counts, article.problems, article.citations_table, article.definitions, article.front_matter


def key_costs(size: int) -> dict[str, float]:
    """What one key in the middle of an article costs, by what is done for it."""
    text = article_of(size)
    article = Article.from_text(text)
    read_facts(article)
    places = count(article.chunks.place_of(article.chunks.length // 2).before.code_points)

    def press() -> None:
        nonlocal article
        place = next(places)
        article = article.apply(TextEdit(place, place, "x")).after

    def press_and_count() -> None:
        press()
        read_facts(article)

    chunk = article.chunks[article.chunks.length // 2].text
    definitions = article.definitions
    return {
        "open": milliseconds(lambda: Article.from_text(text), 3),
        "key": milliseconds(press, KEYS),
        "key with facts": milliseconds(press_and_count, KEYS),
        "chunk rendered": milliseconds(lambda: render_chunk(chunk, definitions), 50),
    }


def process_costs() -> dict[str, float]:
    """What starting a command costs beside starting Python."""
    python = [sys.executable, "-c", "pass"]
    show = [sys.executable, "-m", "editor", "show", str(SAMPLE)]
    run = {
        name: lambda command=command: subprocess.run(command, check=True, capture_output=True)
        for name, command in (("python3 -c pass", python), ("stet show", show))
    }
    return {name: milliseconds(act, 11) for name, act in run.items()}


def main() -> None:
    """Measure, print and write."""
    figures: dict[str, dict[str, float]] = {f"{size:,}": key_costs(size) for size in SIZES}
    names = list(next(iter(figures.values())))
    print("milliseconds   " + "".join(f"{name:>16}" for name in names))
    for size, costs in figures.items():
        print(f"{size:>14} " + "".join(f"{costs[name]:16.3f}" for name in names))
    small, large = figures[f"{SIZES[0]:,}"], figures[f"{SIZES[-1]:,}"]
    print("largest/small  " + "".join(f"{large[name] / small[name]:16.2f}" for name in names))
    whole = milliseconds(lambda: render_article(article_of(SIZES[1])), 3)
    print(f"\nwhole article of {SIZES[1]:,} rendered: {whole:.0f} ms")
    figures["processes"] = process_costs()
    extra = figures["processes"]["stet show"] - figures["processes"]["python3 -c pass"]
    print(f"`stet show` takes {extra:.0f} ms more than `python3 -c pass`")
    figures["kills"], figures["outside changes"] = kills(), outside_changes()
    for name in ("kills", "outside changes"):
        print(f"\n{name}")
        for what, figure in figures[name].items():
            print(f"  {what:<42}{figure:10,.0f}")
    target = PROJECT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
