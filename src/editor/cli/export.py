"""`stet export`: articles as pages that need no other file, as fragments for other pages, or as plain text."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

from editor.cli.complaint import Verdict, WrongUsage, complain
from editor.publishing.article_export import CannotExport, MadeExport, make_export, write_export
from editor.publishing.choices import SUFFIXES, ExportChoices
from editor.publishing.overwriting import refuse_other_pictures, refuse_to_overwrite
from editor.storage.article_file import FileText, read_article
from editor.storage.folder_settings import load_folder_settings

_THEMES = ("journal", "plain", "dark")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE... [-o PATH] [--format] [--theme] [--assets] [--contents] [--smart-quotes] [--json] [--force]`."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="an article")
    parser.add_argument("-o", "--output", metavar="PATH", help="the page, or a folder for it; else it lies beside FILE")
    parser.add_argument(
        "--format",
        choices=SUFFIXES,
        default="html",
        help="a page (default), a fragment to paste into another page, or plain text",
    )
    parser.add_argument("--theme", choices=_THEMES, help="how a page looks; else as stet.toml says, or as a journal")
    parser.add_argument(
        "--assets",
        choices=("inline", "folder"),
        help="pictures in the page itself (default), or in a folder beside it",
    )
    parser.add_argument("--contents", action="store_true", help="with a list of the headings")
    parser.add_argument("--smart-quotes", action="store_true", help="with typographic quotes, dashes and dots")
    parser.add_argument("--json", action="store_true", help="answer with a report as JSON, for programs")
    parser.add_argument("--force", action="store_true", help="also overwrite a file that Stet did not make")


def run(arguments: argparse.Namespace) -> str | Verdict:
    """Write every page, each whole or not at all; none where any article cannot be read. Answers with their paths."""
    files: list[Path] = arguments.files
    pages = _pages(files, arguments.output, SUFFIXES[arguments.format])
    for page in pages:
        refuse_to_overwrite(page, files, force=arguments.force)
    articles = [read_article(file) for file in files]
    try:
        made = [_made(article, page, _choices(arguments)) for article, page in zip(articles, pages, strict=True)]
    except CannotExport as refusal:
        complain(str(refusal))
        return Verdict("", 2)
    if not arguments.force:
        for each in made:
            refuse_other_pictures(each)
    for each in made:
        write_export(each)
    if arguments.json:
        reports = [_as_json(file, each) for file, each in zip(files, made, strict=True)]
        return json.dumps({"exported": reports}, ensure_ascii=False, indent=2) + "\n"
    for file, each in zip(files, made, strict=True):
        for sentence in each.report.sentences():
            complain(sentence, file)
    return "".join(f"{page}\n" for page in pages)


def _choices(arguments: argparse.Namespace) -> ExportChoices:
    return ExportChoices(
        format=arguments.format,
        theme=arguments.theme or "",
        assets=arguments.assets or "",
        contents=arguments.contents or None,
        smart_quotes=arguments.smart_quotes or None,
    )


def _pages(files: Sequence[Path], output: str | None, suffix: str) -> list[Path]:
    """Where each article's page goes. Raises WrongUsage where two would go to one place."""
    if output is None:
        pages = [file.with_suffix(suffix) for file in files]
    elif len(files) > 1 or output.endswith(os.sep) or Path(output).is_dir():
        pages = [Path(output) / file.with_suffix(suffix).name for file in files]
    else:
        pages = [Path(output)]
    for index, page in enumerate(pages):
        if page in pages[:index]:
            other = files[pages.index(page)]
            raise WrongUsage(f"{other} and {files[index]} would both be exported to {page}; export them one by one")
    return pages


def _made(article: FileText, page: Path, choices: ExportChoices) -> MadeExport:
    """Export one article by its folder's settings and the command line's, which come first. Raises CannotExport."""
    if article.locked:
        complain(article.locked, article.path, article.locked_line)
    folder = article.path.absolute().parent
    settings = load_folder_settings(folder)
    for problem in settings.problems:
        complain(problem.message, folder)
    return make_export(article.text, article.path, page, choices, settings.export)


def _as_json(article: Path, made: MadeExport) -> dict[str, object]:
    return {
        "article": str(article),
        "page": str(made.target),
        "pictures": [str(path) for path in made.pictures],
        **made.report.as_json(),
    }
