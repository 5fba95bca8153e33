"""What was measured: rows of named figures, printed as a table and kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

Figures = Mapping[str, Mapping[str, float]]
"""Figures by row and column; a column that a row does not have is left empty."""

_WIDTH = 11


def print_table(title: str, figures: Figures) -> None:
    """Print rows under their columns' names, wrapped to the columns' width."""
    columns = list(dict.fromkeys(column for row in figures.values() for column in row))
    first = max((len(name) for name in figures), default=0) + 2
    print(f"\n{title}")
    heads = [_wrapped(column) for column in columns]
    for line in range(max(map(len, heads), default=0)):
        words = [
            head[line - max(map(len, heads))] if line >= max(map(len, heads)) - len(head) else "" for head in heads
        ]
        print(" " * first + "".join(f"{word:>{_WIDTH}}" for word in words))
    for name, row in figures.items():
        print(
            f"{name:<{first}}" + "".join(f"{_written(row[each]) if each in row else '':>{_WIDTH}}" for each in columns)
        )


def _wrapped(column: str) -> list[str]:
    lines = [""]
    for word in column.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 >= _WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _written(figure: float) -> str:
    if figure == int(figure) or abs(figure) >= 1000:
        return f"{figure:,.0f}"
    return f"{figure:.2f}" if abs(figure) < 10 else f"{figure:.1f}"


def keep(target: Path, part: str, figures: Figures) -> None:
    """Write a part's figures into the JSON file beside those of other parts, which may be of an earlier run."""
    kept = json.loads(target.read_text("utf-8")) if target.exists() else {}
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({**kept, part: figures}, indent=2) + "\n", "utf-8")
