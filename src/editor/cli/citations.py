"""`stet citations`: each mention of a paper in the text and the row that it means, for a person or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from editor.cli.complaint import printable
from editor.cli.editing import add_file
from editor.cli.places import Places
from editor.core.article import Article
from editor.core.audit_citations import find_in_citations
from editor.core.citations import Citation, Citations, citations_of
from editor.core.papers import Paper, as_number
from editor.storage.article_file import read_article


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE [--json]`."""
    add_file(parser)
    parser.add_argument("--json", action="store_true", help="answer as JSON, for programs")


def run(arguments: argparse.Namespace) -> str:
    """The citations of the file and the rows of its table."""
    article = Article.from_text(read_article(arguments.file).text)
    found = citations_of(article)
    if arguments.json:
        return json.dumps(_as_json(article, found), ensure_ascii=False, indent=2) + "\n"
    return "".join(f"{line}\n" for line in _as_text(article, found))


def _as_json(article: Article, found: Citations) -> dict[str, object]:
    """Offsets are code points of the file without a byte order mark; lines, columns and positions count from 1."""
    text = article.text
    places = Places(text)
    today = datetime.now().astimezone().date()
    findings = chain.from_iterable(find_in_citations(article, found, today))
    return {
        "rows": [
            {
                "position": paper.position,
                "row": _row(paper),
                "author": paper.name.authors if paper.name else "",
                "year": paper.name.year if paper.name else "",
                "title": paper.name.title if paper.name else paper.written,
                "line": paper.line,
                "mentions": list(found.by_position.get(paper.position, ())),
            }
            for paper in found.papers
        ],
        "mentions": [_mention(text, places, citation) for citation in found.all],
        "problems": [
            places.problem(problem)
            for problem in sorted((finding.problem for finding in findings), key=lambda each: each.start)
        ],
    }


def _mention(text: str, places: Places, citation: Citation) -> dict[str, object]:
    mention, paper = citation.mention, citation.paper
    line, column = places.of(mention.start)
    return {
        "start": mention.start,
        "end": mention.end,
        "line": line,
        "column": column,
        "text": text[mention.start : mention.end],
        "author": mention.authors,
        "year": mention.dated,
        "position": paper.position if paper else None,
        "row": _row(paper) if paper else None,
    }


def _row(paper: Paper) -> int:
    """The row's number as it is written, or its position where that is no number."""
    number = as_number(paper.number)
    return paper.position if number is None else number


def _as_text(article: Article, found: Citations) -> Iterator[str]:
    """For a person: the mentions in the order of the text, then the papers that none means."""
    text = article.text
    places = Places(text)
    for citation in found.all:
        shown = printable(" ".join(text[citation.mention.start : citation.mention.end].split()))
        rows = " or ".join(f"row {_row(paper)}" for paper in citation.answer.papers)
        yield f"{places.of(citation.mention.start)[0]:>5}  {shown}: {rows or 'not in the table'}"
    for paper in found.uncited:
        yield f"{paper.line:>5}  {printable(paper.written)}: never cited"
