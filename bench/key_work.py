"""The work that is done for a key, without a window, and what starting a command costs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from statistics import median

from articles import SAMPLE, SIZES, article_of
from editor.core.article import Article
from editor.core.text_edit import TextEdit
from editor.rendering.chunk_html import render_article, render_chunk
from figures import Figures

KEYS = 200


def milliseconds(act: Callable[[], object], times: int = 1) -> float:
    """The median of some runs."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begin) * 1000)
    return median(taken)


def read_facts(article: Article) -> tuple[object, ...]:
    """All that the window asks of an article after each key."""
    return article.counts, article.problems, article.citations_table, article.definitions, article.front_matter


def key_costs(size: int) -> dict[str, float]:
    """What one key in the middle of an article costs, in milliseconds, by what is done for it."""
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


def all_key_costs() -> Figures:
    """The same at each size, how much the largest costs beside the smallest, and a whole article rendered."""
    costs = {f"{size:,}": key_costs(size) for size in SIZES}
    small, large = costs[f"{SIZES[0]:,}"], costs[f"{SIZES[-1]:,}"]
    ratios = {name: large[name] / small[name] for name in large}
    whole = milliseconds(lambda: render_article(article_of(SIZES[1])), 3)
    return {**costs, "largest/smallest": ratios, f"whole article of {SIZES[1]:,}": {"chunk rendered": whole}}


def process_costs() -> Figures:
    """What starting a command costs beside starting Python, in milliseconds."""
    commands = {
        "python3 -c pass": [sys.executable, "-c", "pass"],
        "stet show": [sys.executable, "-m", "editor", "show", str(SAMPLE)],
    }
    return {
        name: {"start to end": milliseconds(partial(subprocess.run, words, check=True, capture_output=True), 11)}
        for name, words in commands.items()
    }
