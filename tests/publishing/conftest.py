"""What tests of exports share: an article with all that a document has to keep, a printer that ends, a folder."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from editor.cli.main import main
from editor.publishing.pdf_printer import PdfPrinter, own_printer

Export = Callable[..., dict[str, Any]]
RunStet = Callable[[list[str], Path], "subprocess.CompletedProcess[str]"]

ARTICLE = """---
title: Sleep & magnesium
author: [Ann Example, Bo Other]
date: 2024-05-13
updated: 2024-06-01
description: A short look.
lang: LANGUAGE
tags: [sleep, "trace <elements>"]
affiliate_link: https://shop.example/x
---

Light helps (Siebrecht, 2013) and more[^a]. See [the other](other.md#part), [the web](https://example.org/?a=1&b=2),
[below](#sources).

![A dot](dot.png)

## First, and *more*

Words `code`[^b], and again[^a].

FILLER

### Deeper

- [x] done
- [ ] open

```python
def f(): return 1
```

## Überblick & Fazit

Short.

## Sources

| No | Paper Title (Author, Year) | Insight | Citations |
|----|----------------------------|---------|----------:|
| 1  | Magnesium bisglycinate as a safe form of it in human nutrition (Siebrecht, 2013) | Good | 5 |
| 2  | Other thing (Batta, 2017)  | Fine    | -         |

[^a]: First *note* with a [link](https://n.example), see note two[^b].
[^b]: Second.

    It has two paragraphs.
[^c]: Nobody refers to it.
"""
_FILLER = "\n\n".join(["A sentence to fill a page with. " * 12] * 20)


def article_in(folder: Path, language: str = "de-DE") -> Path:
    """The article, more than a page long, with its picture beside it."""
    (folder / "dot.png").write_bytes(png(4, 3, b"\xcc\x22\x22" * 12))
    article = folder / "article.md"
    article.write_text(ARTICLE.replace("LANGUAGE", language).replace("FILLER", _FILLER), "utf-8")
    return article


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A picture, as large as what it shows: its pixels are three bytes each and not packed."""
    rows = b"".join(b"\0" + pixels[at : at + 3 * width] for at in range(0, len(pixels), 3 * width))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pictures(pdf: PdfReader) -> list[tuple[int, int]]:
    """Width and height of each picture, in its own pixels."""
    drawn = [each.get_object() for page in pdf.pages for each in page["/Resources"].get("/XObject", {}).values()]
    return [(each["/Width"], each["/Height"]) for each in drawn if each["/Subtype"] == "/Image"]


@pytest.fixture(scope="module")
def printer() -> Iterator[PdfPrinter]:
    """The printer of this process, which the exports of a module's tests share."""
    shared = own_printer()
    yield shared
    shared.close()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Three articles, one of them in a folder below."""
    folder = tmp_path / "articles"
    (folder / "more").mkdir(parents=True)
    (folder / "old.md").write_text("---\ntitle: Old & <dear>\ndate: 2020-02-03\ndescription: Of 2020\n---\n\nOld.\n")
    (folder / "new.md").write_text("---\ntitle: New\ndate: 2024-05-06\n---\n\nFirst words of new.\n")
    (folder / "more" / "ä ö.md").write_text("See [the old one](../old.md#x), [none](none.md).\n")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Where the pages go."""
    return tmp_path / "site"


@pytest.fixture
def export(articles: Path, site: Path, capsys: pytest.CaptureFixture[str]) -> Export:
    """Exports the folder with more arguments and gives the report with the exit code as `code`."""

    def run(*words: str) -> dict[str, Any]:
        capsys.readouterr()
        code = main(["export", str(articles), "-o", str(site), "--json", "--jobs", "1", *words])
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        return {**report, "code": code}

    return run


@pytest.fixture
def run_stet() -> RunStet:
    """Runs the command as a process of its own in a folder."""

    def run(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "editor", *words]
        return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=60)

    return run
